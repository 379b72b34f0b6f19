"""Concepts and words of time that one of three versions puts for another."""

from __future__ import annotations

import pytest

from tests.unit.checks.versions import findings
from transcheck.checks.fields import entries
from transcheck.types import LANGS, Lang

PEOPLE: dict[str, tuple[str, str, str]] = {
    "hostages": ("заложники", "заручники", "hostages"),
    "deserters": ("дезертиры", "дезертири", "deserters"),
    "collaborators": ("коллаборанты", "колаборанти", "collaborators"),
    "refugees": ("беженцы", "біженці", "refugees"),
}
SEASONS: dict[str, tuple[str, str, str]] = {
    "winter": ("зимой", "взимку", "in winter"),
    "summer": ("летом", "влітку", "in summer"),
}


def _came(names: tuple[str, str, str]) -> dict[Lang, str]:
    ru, uk, en = names
    return {
        "ru": f"В ту ночь в село пришли {ru}.",
        "uk": f"Тієї ночі в село прийшли {uk}.",
        "en": f"That night {en} came into the village.",
    }


@pytest.mark.parametrize("fault", LANGS)
@pytest.mark.parametrize(("said", "put"), [("hostages", "deserters"), ("collaborators", "refugees")])
def test_another_kind_of_people(fault: Lang, said: str, put: str) -> None:
    texts = _came(PEOPLE[said])
    assert findings(texts, "TC205") == []
    (finding,) = findings({**texts, fault: _came(PEOPLE[put])[fault]}, "TC205")
    assert finding.lang == fault
    assert finding.span.text in PEOPLE[put]
    assert {p.lang for p in finding.counterparts} == set(LANGS) - {fault}


@pytest.mark.parametrize("fault", LANGS)
def test_another_season(fault: Lang) -> None:
    def burnt(names: tuple[str, str, str]) -> dict[Lang, str]:
        ru, uk, en = names
        return {
            "ru": f"Это случилось {ru}, около школы.",
            "uk": f"Це сталося {uk}, біля школи.",
            "en": f"It happened {en}, near the school.",
        }

    texts = burnt(SEASONS["winter"])
    assert findings(texts, "TC302") == []
    (finding,) = findings({**texts, fault: burnt(SEASONS["summer"])[fault]}, "TC302")
    assert finding.lang == fault


def test_two_versions_do_not_tell_which_is_at_fault() -> None:
    both: dict[Lang, str] = {"ru": _came(PEOPLE["hostages"])["ru"], "uk": _came(PEOPLE["deserters"])["uk"]}
    (finding,) = findings(both, "TC205")
    assert finding.lang is None
    assert {finding.span.text, *(p.text for p in finding.counterparts)} == {"заложники", "дезертири"}


def test_two_versions_may_choose_their_words() -> None:
    both: dict[Lang, str] = {
        "ru": "Рано утром солдаты вошли в посёлок и заняли школу.",
        "en": "Early in the morning fighters entered the settlement and took over the school.",
    }
    assert findings(both, "TC205") == []


def test_a_word_of_two_concepts_answers_either() -> None:
    texts: dict[Lang, str] = {
        "ru": "На площади стояли боевики.",
        "uk": "На площі стояли бойовики.",
        "en": "Fighters stood in the square.",
    }
    assert findings(texts, "TC205") == []


def test_every_concept_has_forms_in_every_language() -> None:
    for field, concepts in entries().items():
        assert len(concepts) > 1, field
        for name, entry in concepts.items():
            assert entry.name, name
            assert all(all(entry.forms(lang)) for lang in LANGS), name
