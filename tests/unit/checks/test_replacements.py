"""Recall by replacement: a name, a term or a curse of one version is exchanged for another of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.unit.checks.rows import context, sure
from transcheck.checks import names, terms

if TYPE_CHECKING:
    from transcheck.types import Lang

PLACES: dict[Lang, tuple[str, ...]] = {
    "ru": ("Харьков", "Николаев", "Львов"),
    "uk": ("Харків", "Миколаїв", "Львів"),
    "en": ("Kharkiv", "Mykolaiv", "Lviv"),
}
TERMS: dict[Lang, tuple[str, str]] = {
    "ru": ("Война", "Специальная военная операция"),
    "uk": ("Війна", "Спеціальна воєнна операція"),
    "en": ("The war", "The special military operation"),
}
CURSES: dict[Lang, tuple[str, str]] = {
    "ru": ("охуели", "устали"),
    "uk": ("охуїли", "втомилися"),
    "en": ("fucked", "tired"),
}
PLACE: dict[Lang, str] = {
    "ru": "Поезд идёт на {} уже утром.",
    "uk": "Потяг іде на {} уже вранці.",
    "en": "The train to {} leaves in the morning.",
}
TERM: dict[Lang, str] = {"ru": "{} идёт третий год.", "uk": "{} триває третій рік.", "en": "{} is in its third year."}
CURSE: dict[Lang, str] = {
    "ru": "Мы все {}, сказал он.",
    "uk": "Ми всі {}, сказав він.",
    "en": "We are all {}, he said.",
}


@pytest.mark.parametrize("fault", ["ru", "uk", "en"])
@pytest.mark.parametrize("here", [0, 1, 2])
def test_another_place(fault: Lang, here: int) -> None:
    texts = {lang: PLACE[lang].format(PLACES[lang][(here + (lang == fault)) % 3]) for lang in PLACE}
    assert [(f.lang, f.severity) for f in names.check(context(texts))] == [(fault, "error")]
    assert not sure(names.check(context({lang: PLACE[lang].format(PLACES[lang][here]) for lang in PLACE})))


@pytest.mark.parametrize("fault", ["ru", "uk", "en"])
@pytest.mark.parametrize(("frame", "words"), [(TERM, TERMS), (CURSE, CURSES)], ids=["term", "curse"])
def test_another_term_or_a_softer_word(fault: Lang, frame: dict[Lang, str], words: dict[Lang, tuple[str, str]]) -> None:
    texts = {lang: frame[lang].format(words[lang][lang == fault]) for lang in frame}
    assert [(f.lang, f.severity) for f in sure(terms.check(context(texts)))] == [(fault, "error")]
    assert not sure(terms.check(context({lang: frame[lang].format(words[lang][0]) for lang in frame})))
