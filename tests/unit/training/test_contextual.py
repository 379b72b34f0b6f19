from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from tokenizers import Tokenizer, models, pre_tokenizers, processors  # noqa: E402
from transformers import BertConfig, BertModel  # noqa: E402

from training import batches as batching  # noqa: E402
from training import contextual, static  # noqa: E402
from training import student as student_module  # noqa: E402
from training.batches import Corpus, batches, same_sources  # noqa: E402
from training.bindings import Bindings  # noqa: E402
from training.contextual import Trainer, more  # noqa: E402
from training.contrast import Memory, contrast, related, word_loss  # noqa: E402
from training.corpus import Pair  # noqa: E402
from training.damage import Damage  # noqa: E402
from training.recipe import Recipe  # noqa: E402
from training.student import Reading, Student, initial_table, padded  # noqa: E402

WORDS = "he i me him saw told the old new bridge river night two six not did Anna Boris".lower().split()
RUSSIAN = ["он", "я", "меня", "его", "видел", "сказал", "старый", "новый", "мост", "река", "ночь", "два", "шесть", "не"]
RECIPE = Recipe(memory=60, steps=8, tokens=120, max_tokens=16, chunk=300, warmup=2, hard_from=2, layer_rate=1e-3)


def _vocabulary(words: list[str], begin: str) -> Tokenizer:
    table = {w: i for i, w in enumerate(["<unk>", "[CLS]", "[SEP]", "[PAD]", *(begin + w for w in words)])}
    tokenizer = Tokenizer(models.WordLevel(table, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Whitespace(), *([pre_tokenizers.Metaspace(split=True)] if begin else [])]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 1), ("[SEP]", 2)]
    )
    return tokenizer


def _bert(vocabulary: int) -> BertModel:
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=vocabulary, hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    return BertModel(config, add_pooling_layer=False).eval()


def _corpus(vocabulary: Tokenizer, count: int = 200) -> Corpus:
    rng = random.Random(5)
    pairs = []
    for _ in range(count):
        words = [rng.randrange(14) for _ in range(rng.randint(3, 9))]
        pairs.append(
            Pair("wmt", "x", "en", "ru", " ".join(WORDS[i] for i in words), " ".join(RUSSIAN[i] for i in words))
        )
    sides = []
    for texts in ([p.text_a for p in pairs], [p.text_b for p in pairs]):
        ids = [vocabulary.encode(t, add_special_tokens=False).ids for t in texts]
        flat = np.array([i for one in ids for i in one], dtype=np.int32)
        offsets = np.concatenate([[0], np.cumsum([len(one) for one in ids])])
        sides.append((flat, offsets, static.text_keys(flat, offsets)))
    tokens = static.TokenisedPairs(*sides[0], *sides[1], np.ones(count))
    return Corpus(pairs, tokens, np.ones(count, dtype=np.float32), same_sources(tokens))


def _trainer(work: Path, recipe: Recipe = RECIPE) -> Trainer:
    vocabulary, english = _vocabulary(WORDS + RUSSIAN, "▁"), _vocabulary(WORDS, "")
    size = vocabulary.get_vocab_size()
    rng = np.random.default_rng(4)
    rows = np.concatenate([rng.normal(size=(size, 6)), np.zeros((3, 6))]).astype(np.float32)
    table = rng.normal(size=(size + 3, 16)).astype(np.float32)
    torch.manual_seed(2)
    student = Student(_bert(1), table, rows, Bindings(6, 16, 5, 2))
    work.mkdir(exist_ok=True)
    corpus = _corpus(vocabulary)
    damage = Damage((lang, t) for p in corpus.pairs for lang, t in ((p.lang_a, p.text_a), (p.lang_b, p.text_b)))
    return Trainer(student, _bert(40), english, vocabulary, corpus, damage, recipe, work)


def test_new_subwords_begin_near_the_english_ones_they_translate() -> None:
    vocabulary, english = _vocabulary(["bridge", "river", "мост"], "▁"), _vocabulary(["bridge", "river"], "")
    rows = np.zeros((vocabulary.get_vocab_size(), 60), dtype=np.float32)
    ids = {w: vocabulary.token_to_id(f"▁{w}") for w in ("bridge", "river", "мост")}
    rows[ids["bridge"], 0] = rows[ids["river"], 1] = 1.0
    rows[ids["мост"], :2] = 0.9, 0.1
    teacher = np.random.default_rng(1).normal(size=(english.get_vocab_size(), 16)).astype(np.float32)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(student_module, "_ANCHORS", 1)
        table = initial_table(vocabulary, rows, english, teacher)
    bridge = teacher[english.token_to_id("bridge")]
    np.testing.assert_allclose(table[ids["bridge"]], bridge)
    np.testing.assert_allclose(table[ids["мост"]], bridge, rtol=1e-5)
    np.testing.assert_allclose(table[-3:], teacher[[1, 2, 3]])


def test_batches_hold_alike_lengths_and_no_more_than_the_tokens_asked_for() -> None:
    corpus = _corpus(_vocabulary(WORDS + RUSSIAN, "▁"), 2000)
    rows = np.random.default_rng(1).normal(size=(60, 6)).astype(np.float32)
    recipe = replace(RECIPE, tokens=200, chunk=1500)
    lengths = np.diff(corpus.tokens.offsets_a) + 2
    made = [b for b, _ in zip(batches(corpus, rows, recipe), range(30), strict=False)]
    assert all(len(b) * lengths[b].max() <= 200 and len(b) >= 16 for b in made)
    by_length = replace(recipe, clustered=0.0)
    assert np.mean([np.ptp(lengths[b]) for b, _ in zip(batches(corpus, rows, by_length), range(30), strict=False)]) <= 3
    again = [b for b, _ in zip(batches(corpus, rows, recipe), range(30), strict=False)]
    assert all(np.array_equal(a, b) for a, b in zip(made, again, strict=True))


def test_neighbours_stand_in_one_group() -> None:
    rng = np.random.default_rng(1)
    size = batching._GROUP
    centres = rng.normal(size=(12, 20))
    vectors = (np.repeat(centres, size, axis=0) + 0.05 * rng.normal(size=(12 * size, 20))).astype(np.float32)
    groups = batching._groups(vectors, rng.permutation(12 * size))
    assert sorted(int(i) for group in groups for i in group) == list(range(12 * size))
    assert all(len({int(i) // size for i in group}) == 1 for group in groups)


def test_a_leaf_is_halved_until_it_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batching, "_LEAF", 50)
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(400, 20)).astype(np.float32)
    for given in (vectors, np.ones_like(vectors)):
        leaves = batching._leaves(given, np.arange(400), rng)
        assert sorted(int(i) for leaf in leaves for i in leaf) == list(range(400))
        assert max(len(leaf) for leaf in leaves) <= 50


def test_pairs_of_one_source_are_known_by_long_texts_only() -> None:
    texts = [
        ([1, 2, 3, 4, 5, 6], [11] * 6),
        ([1, 2, 3, 4, 5, 6], [12] * 6),
        ([12] * 6, [13] * 6),
        ([7], [8]),
        ([7], [9]),
    ]
    sides = []
    for side in (0, 1):
        flat = np.array([i for pair in texts for i in pair[side]], dtype=np.int32)
        offsets = np.concatenate([[0], np.cumsum([len(pair[side]) for pair in texts])])
        sides.append((flat, offsets, static.text_keys(flat, offsets)))
    found = same_sources(static.TokenisedPairs(*sides[0], *sides[1], np.ones(5))).tolist()
    assert found[0] == found[1] == found[2]
    assert len(set(found)) == 3


def test_padding_marks_what_is_no_subword() -> None:
    ids, mask = padded([[5, 6], [7]], 10)
    assert ids.tolist() == [[10, 5, 6, 11], [10, 7, 11, 12]]
    assert mask.tolist() == [[True] * 4, [True, True, True, False]]


def test_word_loss_is_low_when_counterparts_meet() -> None:
    rows = torch.nn.functional.normalize(torch.randn(1, 5, 8, generator=torch.Generator().manual_seed(1)), dim=2)
    bags = rows.clone()
    bags[0, 0] = bags[0, -1] = 0
    order = torch.tensor([0, 3, 1, 2, 4])
    met = word_loss((rows, rows[:, order]), (bags, bags[:, order]), RECIPE)
    crossed = word_loss((rows, rows[:, order.flip(0)]), (bags, bags[:, order]), RECIPE)
    assert float(met) < 0.1 < float(crossed)


def test_a_subword_that_stands_twice_has_no_one_counterpart() -> None:
    row = torch.nn.functional.normalize(torch.randn(8, generator=torch.Generator().manual_seed(1)), dim=0)
    once, twice = torch.zeros(1, 4, 8), torch.zeros(1, 4, 8)
    once[0, 1] = twice[0, 1] = twice[0, 2] = row
    hidden = torch.randn(1, 4, 8, generator=torch.Generator().manual_seed(2))
    assert float(word_loss((hidden, hidden), (once, twice), RECIPE)) == 0.0
    once[0, 2] = -row
    assert float(word_loss((hidden, hidden.flip(1)), (once, once), RECIPE)) > 0.0


def test_a_run_learns_and_one_that_was_cut_ends_as_the_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contextual, "CHECKPOINT_STEPS", 4)
    whole = _trainer(tmp_path / "whole")
    indices = np.arange(20)
    with torch.no_grad():
        before = float(whole._loss(indices, 7))
    whole = _trainer(tmp_path / "whole")
    whole.run()
    cut = _trainer(tmp_path / "cut")
    real = cut._loss

    def failing(indices: np.ndarray, step: int) -> torch.Tensor:
        if step == 5:
            raise KeyboardInterrupt
        return real(indices, step)

    monkeypatch.setattr(cut, "_loss", failing)
    with pytest.raises(KeyboardInterrupt):
        cut.run()
    resumed = _trainer(tmp_path / "cut")
    resumed.run()
    for name, value in whole.student.state_dict().items():
        assert torch.allclose(resumed.student.state_dict()[name], value, atol=1e-6), name

    whole.memory = Memory(RECIPE.memory, whole.student.width)
    with torch.no_grad():
        assert float(whole._loss(indices, 7)) < before - 0.5


def test_the_checkpoint_of_another_recipe_stops_the_run(tmp_path: Path) -> None:
    _trainer(tmp_path).run()
    with pytest.raises(ValueError, match=r"contextual\.pt was made by another recipe.*delete it"):
        _trainer(tmp_path, replace(RECIPE, steps=9)).run()


def test_more_steps_draw_other_pairs_and_damage_from_the_first() -> None:
    recipe = more(7)
    assert (recipe.steps, recipe.hard_from) == (7, 0)
    assert recipe.seed != Recipe().seed


def test_a_damaged_text_costs_by_the_side_it_stands_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    trainer = _trainer(tmp_path)
    unit = torch.nn.functional.normalize(torch.randn(3, 4, generator=torch.Generator().manual_seed(1)), dim=1)

    def reading(row: torch.Tensor) -> Reading:
        return Reading(torch.zeros(1, 1, 1), row[None], row[None], row[None])

    a, b, far = reading(unit[0]), reading(0.9 * unit[0] + 0.1 * unit[1]), reading(-unit[0])
    # near to the first text, as a damaged second one would be
    for side, kept, cheap in ((1, far, True), (1, a, False), (0, far, True), (0, b, False)):
        monkeypatch.setattr(trainer.student, "read", lambda ids, mask, kept=kept: kept)
        loss = float(trainer._against_damage(a, b, [(0, side, "he saw me")]))
        assert (loss < 0.01) == cheap, (side, cheap, loss)


def test_static_rows_reach_the_table(tmp_path: Path) -> None:
    trainer = _trainer(tmp_path)
    before = trainer.student.merged()
    np.testing.assert_allclose(before, trainer.student.table.detach().numpy())
    trainer.run()
    student = trainer.student
    added = student.merged() - student.table.detach().numpy()
    assert np.abs(added[: student.size]).max() > 1e-4
    assert np.abs(added[student.size :]).max() == 0.0


def test_a_text_in_common_on_either_side_relates_pairs() -> None:
    marks = torch.tensor([[1, 2, 10], [2, 3, 20], [4, 5, 10], [6, 7, 30]])
    assert related(marks, marks).tolist() == [
        [True, True, True, False],
        [True, True, False, False],
        [True, False, True, False],
        [False, False, False, True],
    ]


def test_the_memory_keeps_the_last_texts_and_knows_which_are_no_negatives() -> None:
    memory = Memory(4, 2)
    memory.add(torch.ones(3, 2), torch.tensor([[1, 0, 10], [2, 0, 20], [3, 0, 30]]))
    memory.add(2 * torch.ones(2, 2), torch.tensor([[4, 0, 40], [5, 0, 50]]))
    assert memory.marks[:, 0].tolist() == [5, 2, 3, 4]
    assert memory.vectors[:, 0].tolist() == [2.0, 1.0, 1.0, 2.0]
    assert memory.no_negatives(torch.tensor([[2, 8, 30], [7, 4, 9]])).tolist() == [
        [False, True, True, False],
        [False, False, False, True],
    ]
    assert Memory(2, 2).no_negatives(torch.tensor([[1, 2, 3]])).all()


def test_a_remembered_text_that_is_near_costs_what_one_of_the_batch_costs() -> None:
    a = torch.nn.functional.normalize(torch.randn(3, 4, generator=torch.Generator().manual_seed(1)), dim=1)
    none, same = torch.zeros(3, 2, dtype=torch.bool), torch.zeros(3, 3, dtype=torch.bool)
    alone = contrast(a, a, torch.zeros(2, 4), same, ~none, 0.05)
    assert float(alone) == pytest.approx(float(static.symmetric_loss(a, a, 0.05)), abs=1e-6)
    assert float(contrast(a, a, a[:2], same, none, 0.05)) > float(alone) + 0.4
    masked = torch.eye(3, 2, dtype=torch.bool)
    assert float(contrast(a, a, a[:2], same, masked, 0.05)) < float(alone) + 0.2


def test_learning_rates_rise_stay_and_fall(tmp_path: Path) -> None:
    trainer = _trainer(tmp_path, replace(RECIPE, steps=100, warmup=10, decay=0.2))
    assert [round(trainer._factor(s), 2) for s in (0, 9, 50, 80, 90, 99)] == [0.1, 1.0, 1.0, 1.0, 0.5, 0.05]


def test_every_term_of_the_loss_takes_part(tmp_path: Path) -> None:
    trainer = _trainer(tmp_path)
    trainer.run()
    assert set(trainer.losses.sums) == {"alone", "bound", "both", "words", "distilled", "hard"}
    assert all(np.isfinite(v) and v > 0 for k, v in trainer.losses.sums.items() if k != "words")
