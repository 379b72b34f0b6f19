from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: E402

from training import bindings as binding  # noqa: E402
from training import static  # noqa: E402
from training.batches import Corpus  # noqa: E402
from training.bindings import Bindings, Recipe, damaged_texts, train  # noqa: E402
from training.corpus import Pair  # noqa: E402
from training.damage import Damage  # noqa: E402
from transcheck.encode.contextual import bound  # noqa: E402

NAMES = ["Anna", "Boris", "Maria", "Peter", "Oleg", "Vera"]
RUSSIAN = ["Аня", "Боря", "Маша", "Петя", "Олег", "Вера"]
VERBS = {"saw": "увидел", "called": "позвал", "left": "оставил", "heard": "услышал"}


def _pairs(count: int) -> list[Pair]:
    rng = random.Random(3)
    pairs = []
    for _ in range(count):
        a, b = rng.sample(range(len(NAMES)), 2)
        verb = rng.choice(list(VERBS))
        english, russian = f"today {NAMES[a]} {verb} {NAMES[b]}", f"сегодня {RUSSIAN[a]} {VERBS[verb]} {RUSSIAN[b]}"
        pairs.append(Pair("wmt", "", "en", "ru", english, russian))
    return pairs


def _vocabulary() -> Tokenizer:
    words = ["today", "сегодня", *NAMES, *RUSSIAN, *VERBS, *VERBS.values()]
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(["<unk>", *words])}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


def _tokens(pairs: list[Pair], vocabulary: Tokenizer) -> static.TokenisedPairs:
    sides = []
    for texts in ([p.text_a for p in pairs], [p.text_b for p in pairs]):
        ids = [vocabulary.encode(t).ids for t in texts]
        flat = np.array([i for one in ids for i in one], dtype=np.int32)
        offsets = np.concatenate([[0], np.cumsum([len(one) for one in ids])])
        sides.append((flat, offsets, static.text_keys(flat, offsets)))
    return static.TokenisedPairs(*sides[0], *sides[1], np.ones(len(pairs)))


def _rows(vocabulary: Tokenizer) -> np.ndarray:
    """Static rows of a perfect static encoder: translations have the same."""
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(vocabulary.get_vocab_size(), 12)).astype(np.float32)
    for one, other in (*zip(NAMES, RUSSIAN, strict=True), *VERBS.items(), ("today", "сегодня")):
        rows[vocabulary.token_to_id(other)] = rows[vocabulary.token_to_id(one)]
    return rows


def test_exchanged_roles_are_told_apart_after_training() -> None:
    vocabulary, pairs = _vocabulary(), _pairs(600)
    rows, tokens = _rows(vocabulary), _tokens(pairs, vocabulary)
    damage = Damage((lang, t) for p in pairs for lang, t in ((p.lang_a, p.text_a), (p.lang_b, p.text_b)))
    recipe = Recipe(dimensions=16, reach=3, steps=120, batch=64, pairs=600, rate=0.02)
    corpus = Corpus(pairs, tokens, np.ones(600, dtype=np.float32), np.arange(600))
    made = train(corpus, vocabulary, rows, damage, 8, recipe, 1)
    table = binding.scaled(rows)

    def read(text: str) -> torch.Tensor:
        with torch.no_grad():
            return made(table[torch.tensor([vocabulary.encode(text).ids])])[0]

    right = [
        float(read(f"today {NAMES[a]} saw {NAMES[b]}") @ read(f"сегодня {RUSSIAN[a]} увидел {RUSSIAN[b]}"))
        > float(read(f"today {NAMES[b]} saw {NAMES[a]}") @ read(f"сегодня {RUSSIAN[a]} увидел {RUSSIAN[b]}"))
        for a in range(6)
        for b in range(6)
        if a != b
    ]
    assert np.mean(right) >= 0.9


def test_padding_changes_nothing_and_hidden_output_takes_part() -> None:
    torch.manual_seed(1)
    bindings = Bindings(6, 4, 5, 2)
    torch.nn.init.normal_(bindings.role)
    rows, hidden = torch.randn(1, 4, 6), torch.randn(1, 4, 4)
    zeros = torch.zeros(1, 3, 6)
    assert torch.allclose(bindings(rows), bindings(torch.cat([rows, zeros], 1)), atol=1e-6)
    longer = bindings(torch.cat([rows, zeros], 1), torch.cat([hidden, torch.randn(1, 3, 4)], 1))
    assert torch.allclose(bindings(rows, hidden), longer, atol=1e-6)
    assert not torch.allclose(bindings(rows, hidden), bindings(rows), atol=1e-2)


@pytest.mark.parametrize("offset", [-2, -1, 1, 2])
def test_a_neighbour_counts_by_its_distance_and_side(offset: int) -> None:
    torch.manual_seed(1)
    bindings, rows = Bindings(6, 4, 5, 2), torch.randn(1, 5, 6)
    with torch.no_grad():
        bindings.near.zero_()
        bindings.near[bindings.offsets().index(offset)] = 1.0
        left, right = rows[0] @ bindings.left, rows[0] @ bindings.right
        wanted = sum(left[i] * right[i + offset] for i in range(5) if 0 <= i + offset < 5)
        assert torch.allclose(bindings(rows)[0], torch.nn.functional.normalize(wanted, dim=0), atol=1e-5)


@pytest.mark.parametrize("length", [1, 2, 3, 4, 9])
def test_the_packaged_encoder_computes_the_same(length: int) -> None:
    torch.manual_seed(length)
    bindings = Bindings(6, 4, 5, 3)
    torch.nn.init.normal_(bindings.role)
    rows, hidden = torch.randn(1, length, 6), torch.randn(1, length, 4)
    state = {name: value.numpy() for name, value in bindings.state_dict().items()}
    mine = bound(rows[0].numpy(), hidden[0].numpy(), **state).sum(axis=0)
    with torch.no_grad():
        np.testing.assert_allclose(mine / np.linalg.norm(mine), bindings(rows, hidden)[0].numpy(), atol=1e-5)


def test_damaged_texts_belong_to_a_pair_and_a_side() -> None:
    pairs, vocabulary = _pairs(40), _vocabulary()
    damage = Damage((lang, t) for p in pairs for lang, t in ((p.lang_a, p.text_a), (p.lang_b, p.text_b)))
    found = damaged_texts(pairs, np.arange(5, 40), damage, vocabulary, Recipe(), 2)
    assert set(found) == set(range(5, 40))
    assert {one.side for several in found.values() for one in several} == {0, 1}
    for index, several in found.items():
        for one in several:
            whole = pairs[index].text_b if one.side else pairs[index].text_a
            assert sorted(one.ids) == sorted(vocabulary.encode(whole).ids)
            assert one.ids != vocabulary.encode(whole).ids


def test_bindings_are_written_and_read(tmp_path: Path) -> None:
    torch.manual_seed(1)
    bindings, rows = Bindings(6, 4, 5, 2), torch.randn(2, 3, 6)
    binding.save(bindings, tmp_path / "bindings.pt")
    assert torch.equal(binding.load(tmp_path / "bindings.pt")(rows), bindings(rows))
    torch.save({"left": torch.zeros(2, 2)}, tmp_path / "bindings.pt")
    with pytest.raises(ValueError, match=r"bindings\.pt holds no bindings.*delete it"):
        binding.load(tmp_path / "bindings.pt")
