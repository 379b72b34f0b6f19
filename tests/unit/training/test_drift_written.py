from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from training.corpus import Pair
from training.critic import static_table
from training.drift_damage import KINDS
from training.drift_data import CHANGED, KEPT
from training.drift_written import (
    PARTNERS,
    SHOWN_AS,
    TRUE,
    Edit,
    by_text,
    cases,
    examples,
    key_of,
    read_edits,
    rules,
    spread,
    texts_of,
)
from transcheck.encode import load_contextual
from transcheck.types import LANGS

RU = "Мой двоюродный брат продал дом весной."
UK = "Мій двоюрідний брат продав будинок навесні."
EN = "My cousin sold the house in spring."
PAIRS = [
    Pair("own", "", "ru", "en", RU, EN),
    Pair("own", "", "uk", "en", UK, EN),
    Pair("own", "", "en", "ru", "They came back in spring.", "Они вернулись весной."),
]


def edit(text: str, lang: str, kind: str, old: str, new: str) -> Edit:
    start = text.index(old)
    return Edit(key_of(text), lang, kind, start, start + len(old), new)  # type: ignore[arg-type]


SPRING = edit(EN, "en", "time", "spring", "autumn")
COUSIN = edit(RU, "ru", "word", "двоюродный брат", "дядя")
HOME = edit(EN, "en", TRUE, "the house", "the home")


def test_an_edit_is_made_in_every_pair_of_its_text() -> None:
    found = texts_of(PAIRS, [SPRING])
    assert {frozenset((a, b)) for (a, _), (b, _) in found} == {frozenset(("ru", "en")), frozenset(("uk", "en"))}
    texts, made = cases(found, by_text([SPRING]), Counter(), random.Random(1))
    drifts = [c for c in made if c.kind == "time"]
    assert len(drifts) == 2
    assert {texts[c.a if c.side == 0 else c.b] for c in drifts} == {("en", "My cousin sold the house in autumn.")}


def test_russian_and_ukrainian_meet_by_their_english() -> None:
    found = texts_of(PAIRS, [COUSIN])
    assert (("ru", RU), ("uk", UK)) in found


def test_a_drift_may_stand_beside_a_true_rewording() -> None:
    pairs = texts_of(PAIRS, [COUSIN, HOME])
    sides = set()
    for seed in range(8):
        texts, made = cases(pairs, by_text([COUSIN, HOME]), Counter(), random.Random(seed))
        sides |= {texts[c.a if c.side else c.b][1] for c in made if c.kind == "word"}
    assert {EN, "My cousin sold the home in spring."} <= sides


def test_an_edit_is_made_in_few_pairs() -> None:
    pairs = [(("en", EN), ("ru", f"{RU} {n}")) for n in range(PARTNERS + 2)]
    used: Counter[Edit] = Counter()
    first = cases(pairs[:2], by_text([SPRING]), used, random.Random(1))[1]  # type: ignore[arg-type]
    rest = cases(pairs[2:], by_text([SPRING]), used, random.Random(1))[1]  # type: ignore[arg-type]
    assert sum(c.kind == "time" for c in first + rest) == PARTNERS


def test_labels_are_of_the_changed_words_on_both_sides() -> None:
    table = static_table(Path(__file__).parents[3] / "transcheck" / "models" / "static")
    ((texts, made),) = examples(PAIRS[:1], [SPRING, HOME], load_contextual(), table, random.Random(1))
    (drift,) = (e for e in made if e.kind == 1 + KINDS.index("concept"))
    sides = {texts[drift.a].lang: drift.labels_a, texts[drift.b].lang: drift.labels_b}
    assert [int(x) for x in sides[LANGS.index("en")]] == [KEPT] * 6 + [CHANGED]
    assert sides[LANGS.index("ru")][-1] == CHANGED
    clean = [e for e in made if e.kind == 0]
    assert len(clean) == 2  # the pair as it is, and with the true rewording
    assert not any(np.any(labels) for e in clean for labels in (e.labels_a, e.labels_b))


def test_short_edits_are_made_in_other_texts() -> None:
    assert rules(PAIRS, [SPRING, HOME, COUSIN])["en", "spring"] == [("time", "autumn")]
    (other,) = spread(PAIRS, [SPRING], 10, random.Random(1))
    assert other.applied("They came back in spring.") == "They came back in autumn."


def test_what_hangs_on_its_sentence_stays_there() -> None:
    he = edit(EN, "en", TRUE, "My cousin", "He")
    lost = edit(EN, "en", "lost", " in spring", "")
    assert not rules(PAIRS, [he, lost])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a\t0123\ten\tturned\t1\t2\tx", "not an edit"),
        ("a\t0123\tde\tword\t1\t2\tx", "not an edit"),
        ("a\t0123\ten\tword\t1\t2", "not an edit"),
        ("a\t0123\ten\tword\t5\t2\tx", "no span"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "drifts.tsv"
    path.write_text(f"writer\tkey\tlang\tkind\tstart\tend\tnew\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=rf"drifts\.tsv:2: {message}"):
        read_edits(path)


def test_one_writer_is_held_out() -> None:
    trained, held = read_edits(), read_edits(held_out=True)
    assert len(held) > 3000
    assert not {e.key for e in trained} & {e.key for e in held}


@pytest.mark.parametrize("lang", LANGS)
def test_the_written_edits_are_many_and_of_all_kinds(lang: str) -> None:
    mine = [e for e in read_edits() if e.lang == lang]
    assert len(mine) > 5000
    assert {e.kind for e in mine} == {TRUE, *SHOWN_AS}
    assert 0.2 < sum(e.kind == TRUE for e in mine) / len(mine) < 0.6
