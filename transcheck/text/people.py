"""Whether two speakers named in two languages are one person."""

from __future__ import annotations

from functools import lru_cache

from transcheck.text.names import kinds, names, same
from transcheck.text.speakers import organisations, roles
from transcheck.types import Lang

_ANYBODY = frozenset({"resident", "witness"})
"""What may be said of people of any office."""


@lru_cache(maxsize=4096)
def same_speaker(a: str, lang_a: Lang, b: str, lang_b: Lang) -> bool | None:
    """Tell whether two speakers are one, by their names, else by their offices; None where nothing tells."""
    if not a or not b:
        return None
    if organisations(a, lang_a) & organisations(b, lang_b):
        return True
    offices = [set(roles(text, lang)) for text, lang in ((a, lang_a), (b, lang_b))]
    named = [
        () if office else tuple(n for n in names(text, lang) if not kinds(n) <= {"place", "org"})
        for office, (text, lang) in zip(offices, ((a, lang_a), (b, lang_b)), strict=True)
    ]
    if named[0] and named[1]:
        first = [tuple(n for n in there if n.entities and kinds(n) == {"first"}) for there in named]
        if first[0] and first[1] and not any(same(x, y) for x in first[0] for y in first[1]):
            return False  # two of one family
        return any(same(x, y) for x in named[0] for y in named[1])
    if named[0] or named[1] or not (offices[0] and offices[1]):
        return None
    if any(office <= _ANYBODY for office in offices):
        return True if offices[0] & offices[1] else None
    return bool(offices[0] & offices[1])
