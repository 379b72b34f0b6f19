from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from training import drift_damage, drift_judged  # noqa: E402
from training.calibrate import cell  # noqa: E402
from training.corpus import Pair  # noqa: E402
from training.critic import static_table  # noqa: E402
from training.drift import Keys, Network, Sampler, Shard, collate, loss_of, train  # noqa: E402
from training.drift_damage import KINDS, Drift  # noqa: E402
from training.drift_data import (  # noqa: E402
    CHANGED,
    KEPT,
    MISSING,
    UNKNOWN,
    Example,
    examples,
    labelled,
    likeness,
    read_text,
    save,
    stood_for,
)
from transcheck.checks import drift  # noqa: E402
from transcheck.checks.coverage import words_of  # noqa: E402
from transcheck.encode import load_contextual  # noqa: E402
from transcheck.encode.words import word_spans  # noqa: E402
from transcheck.text import translations  # noqa: E402
from transcheck.types import Lang  # noqa: E402

MODEL = Path(__file__).parents[3] / "transcheck" / "models" / "static"
PAIRS = [
    Pair("own", "", "ru", "en", "Мы уехали утром, а дом сгорел ночью.",
         "We left in the morning, and the house burned down at night."),
    Pair("own", "", "ru", "en", "Врач осмотрел раненых и уехал, потому что его ждали в другом селе.",
         "The doctor examined the wounded and left because people were waiting in another village."),
    Pair("own", "", "uk", "en", "Сусідка принесла нам хліб і воду до підвалу.",
         "A neighbour brought us bread and water to the cellar."),
    Pair("own", "", "ru", "uk", "Никто не знал, когда придёт автобус.", "Ніхто не знав, коли прийде автобус."),
]  # fmt: skip


@pytest.fixture(scope="module")
def table() -> np.ndarray:
    return static_table(MODEL)


@pytest.fixture(scope="module")
def maker() -> Drift:
    texts: list[tuple[Lang, str]] = [side for p in PAIRS for side in ((p.lang_a, p.text_a), (p.lang_b, p.text_b))] * 3
    return Drift(texts, load_contextual())


@pytest.fixture(scope="module")
def shard(maker: Drift, table: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Shard:
    path = tmp_path_factory.mktemp("drift") / "shard.npz"
    save(*examples(PAIRS * 3, maker, load_contextual(), table, random.Random(1)), path)
    return Shard.load(path, Keys(MODEL))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_changes_a_text_or_finds_no_place(maker: Drift, kind: str) -> None:
    made = [
        (text, maker.one(text, lang, kind, random.Random(seed)))
        for p in PAIRS
        for lang, text in ((p.lang_a, p.text_a), (p.lang_b, p.text_b))
        for seed in range(5)
    ]
    changed = [(a, b) for a, b in made if b is not None]
    if kind in ("clause", "phrase", "word"):
        assert changed
        assert all(len(b) < len(a) for a, b in changed)
    if kind.endswith(" in"):
        assert all(len(b) > len(a) for a, b in changed)
    assert kind == "exchange" or all(
        a != b for a, b in changed
    )  # a clause may be exchanged for itself: no variant then


def test_a_cut_is_tidied_at_the_seam() -> None:
    assert drift_damage.tidy("", ", а дом сгорел.") == "А дом сгорел."
    assert drift_damage.tidy("Мы уехали", ", .") == "Мы уехали."


def test_words_that_lost_their_counterpart_are_missing(table: np.ndarray) -> None:
    encoder = load_contextual()
    ru, whole, cut = PAIRS[0].text_a, PAIRS[0].text_b, "We left in the morning."
    other, old, new = read_text(ru, "ru", encoder), read_text(whole, "en", encoder), read_text(cut, "en", encoder)
    fresh, rest = labelled(old, whole, new, cut, other, likeness(other, ru, old, whole, table))
    assert fresh.tolist() == [KEPT] * 5
    found = {ru[a:b]: int(label) for (a, b), label in zip(other.spans, rest, strict=True)}
    assert [found[w] for w in ("уехали", "утром", "дом", "сгорел", "ночью")] == [KEPT, KEPT, MISSING, MISSING, MISSING]


def test_an_exchanged_word_is_changed_on_both_sides(table: np.ndarray) -> None:
    encoder = load_contextual()
    ru, whole, wrong = PAIRS[0].text_a, PAIRS[0].text_b, PAIRS[0].text_b.replace("house", "bridge")
    other, old, new = read_text(ru, "ru", encoder), read_text(whole, "en", encoder), read_text(wrong, "en", encoder)
    fresh, rest = labelled(old, whole, new, wrong, other, likeness(other, ru, old, whole, table))
    assert [wrong[a:b] for (a, b), x in zip(new.spans, fresh, strict=True) if x == CHANGED] == ["bridge"]
    assert "дом" in [ru[a:b] for (a, b), x in zip(other.spans, rest, strict=True) if x == CHANGED]
    assert stood_for(other, np.zeros(len(old.spans), np.int8), np.zeros((len(other.spans), len(old.spans)))).any()


def test_a_word_without_a_match_may_stand_for_one_that_was_changed() -> None:
    other = replace(read_text("Дом сгорел ночью.", "ru", load_contextual()), content=np.ones(3, np.bool_))
    alike = np.zeros((3, 3), np.float32)
    alike[0, 0] = alike[2, 2] = 1.0
    alike[1, 1] = 0.1  # the likest, and too little
    assert stood_for(other, np.array([0, CHANGED, 0], np.int8), alike).tolist() == [KEPT, UNKNOWN, KEPT]
    assert stood_for(other, np.zeros(3, np.int8), alike).tolist() == [KEPT, KEPT, KEPT]
    alike[1, 1] = 0.4  # mutual
    assert stood_for(other, np.array([0, CHANGED, 0], np.int8), alike).tolist() == [KEPT, CHANGED, KEPT]


def test_numpy_reads_the_packaged_weights_as_torch_does(table: np.ndarray, tmp_path: Path) -> None:
    encoder = load_contextual()
    texts = [read_text(t, lang, encoder) for p in PAIRS for lang, t in ((p.lang_a, p.text_a), (p.lang_b, p.text_b))]
    pairs = [
        Example(2 * i, 2 * i + 1, *(np.zeros(len(texts[2 * i + s].spans), np.int8) for s in (0, 1)), 0)
        for i in range(len(PAIRS))
    ]
    save(texts, pairs, tmp_path / "pairs.npz")
    stored = Shard.load(tmp_path / "pairs.npz", Keys(MODEL))
    model = Network(table, stored.context.shape[1]).eval()
    state = {name: torch.from_numpy(value) for name, value in drift.weights().items()}
    missing, extra = model.load_state_dict(state, strict=False)
    assert not extra
    assert all(name.startswith("table") for name in missing)
    with torch.no_grad():
        words, rows = model(collate([[(stored, i)] for i in range(len(PAIRS))]))
    for index, p in enumerate(PAIRS):
        a, b = (words_of(cell(lang, t), encoder) for lang, t in ((p.lang_a, p.text_a), (p.lang_b, p.text_b)))
        assert a.deep is not None
        assert b.deep is not None
        found = drift.compare(a.deep, b.deep)
        logits = words[index, : len(a.spans) + len(b.spans)]
        expected = (logits[:, 1] - torch.logsumexp(logits[:, [0, 2]], 1)).numpy()
        np.testing.assert_allclose(np.concatenate([found.missing_a, found.missing_b]), expected, atol=0.05)
        assert found.drift == pytest.approx(float(rows[index, 0]), abs=0.05)
        assert found.quality == pytest.approx(float(rows[index, 1]), abs=0.05)


def test_words_of_the_shards_have_the_keys_of_the_text(shard: Shard) -> None:
    first = PAIRS[0].text_a
    expected = translations.keys([first[s.start : s.end] for s in word_spans(first)], "ru")
    assert (shard.keys[: len(expected)] == expected).all()


def test_training_learns_and_resumes(shard: Shard, table: np.ndarray, tmp_path: Path) -> None:
    torch.manual_seed(0)
    model = Network(table, shard.context.shape[1])
    batch = collate([[(shard, i)] for i in range(len(shard.pairs))])

    def loss() -> float:
        with torch.no_grad():
            return float(loss_of(*model(batch), batch))

    before = loss()
    samplers = Sampler([shard], 1), Sampler([shard], 2, drifts=False)
    train(model, *samplers, 40, tmp_path / "drift.pt", every=20)
    assert loss() < 0.9 * before
    again = Network(table, shard.context.shape[1])
    train(again, *samplers, 40, tmp_path / "drift.pt", every=20)
    assert torch.equal(again.words.weight, model.words.weight)


def test_judgements_mark_the_words_that_people_marked() -> None:
    text = "He left the the house, 40 people saw."
    tokens = ["He", "left", "the", "the", "house", ",", "40", "people", "saw", "."]
    tags = ["OK", "OK", "OK", "BAD", "OK", "OK", "BAD", "OK", "OK", "OK"]
    assert [text[a:b] for a, b in drift_judged.bad_places(text, tokens, tags)] == ["the", "40"]
    assert drift_judged.bad_places(text, tokens, tags)[0][0] == 12


def test_a_translation_is_judged_by_a_persons() -> None:
    assert drift_judged.chrf("the same text", "the same text") == pytest.approx(1.0)
    assert drift_judged.chrf("the same text", "another thing") < 0.4
    text = "We saw two dogs there."
    assert [text[a:b] for a, b in drift_judged.differing(text, "We saw three dogs there.")] == ["two"]


def test_the_checks_ask_for_the_kind_that_was_trained() -> None:
    assert KINDS[drift.ROLES - 1] == "roles"
