"""Persons as pronouns name them, as those who act and those to whom it is done, in one order in every language."""

from __future__ import annotations

import re
from typing import Final

from transcheck.types import Lang

SUBJECTS: Final[dict[Lang, str]] = {
    "ru": "я ты он она мы вы они",
    "uk": "я ти він вона ми ви вони",
    "en": "i you he she we you they",
}
OBJECTS: Final[dict[Lang, tuple[str, ...]]] = {
    "ru": ("меня мне мной мною", "тебя тебе тобой", "его ему него нему", "ее ей нее ней", "нас нам нами",
           "вас вам вами", "их им них ним ими ними"),
    "uk": ("мене мені мною", "тебе тобі тобою", "його йому нього ньому", "її їй неї ній", "нас нам нами",
           "вас вам вами", "їх їм них ним ними"),
    "en": ("me", "you", "him", "her", "us", "you", "them"),
}  # fmt: skip
"""Persons in one order in every language: I, thou, he, she, we, you, they; English has one word for two of them."""

PLEASES = re.compile(r"нрав|подоба|бракує|бракувало|\bне хватает|\bне хватало", re.IGNORECASE)
"""Verbs whose subject is the object of the English one: I like him, он мне нравится."""
BESIDE = frozenset(
    [
        *("у", "от", "для", "без", "с", "со", "к", "ко", "на", "в", "во", "о", "об", "обо", "про", "за", "над", "под"),
        *("перед", "при", "через", "после", "до", "из", "из-за", "з", "із", "від", "біля", "після", "під", "крізь"),
        *("против", "вместо", "около", "вокруг", "мимо", "ради", "кроме", "между", "среди", "возле", "насчет"),
        *("проти", "замість", "навколо", "довкола", "повз", "заради", "крім", "окрім", "між", "серед", "коло", "щодо"),
        *("against", "behind", "beside", "near", "over", "under", "around", "between", "among", "like", "towards"),
        *("from", "with", "by", "about", "of", "for", "on", "at", "in", "after", "before", "without", "than"),
    ]
)
"""Words before a person to whom nothing is done."""


def plain(person: int) -> int:
    """Return a person as English has it, which does not tell one *you* from several."""
    return {1: 5}.get(person, person)
