"""Words that set how strongly a thing is said, by class: duty, leave, doubt, certainty, order, request."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transcheck.text.lexicon import Hit, Matcher, Token, matcher, table, tokens
from transcheck.types import Lang, Span

_REACH = 4
_BEFORE = (2, 1)
"""Words before a modal among which a particle denies it, and before one that comments on the whole clause."""
_OPENED = re.compile(r"[,;:—–(.!?…«“\"„]\s*\Z")
_CLOSED = re.compile(r"\s*[,—–)]")


@dataclass(frozen=True, slots=True)
class Modal:
    """A word at ``start:end`` of the class ``kind`` (a key of ``[classes]`` in ``modality.toml``).

    ``governed`` holds the places of up to four words of content that follow (where none follows: that precede);
    ``negated`` tells whether a negative particle stands at it.
    """

    start: int
    end: int
    text: str
    kind: str
    governed: tuple[Span, ...] = ()
    negated: bool = False


@lru_cache(maxsize=256)
def modals(text: str, lang: Lang) -> tuple[Modal, ...]:
    """Return the modal words of ``text`` in order; a word of two classes is returned once for each."""
    words = tokens(text)
    negative = frozenset(table("modality")["negative"][lang])
    comments = table("modality")["comments"]["kinds"]
    hits = [*matcher("modality", "classes", lang).find(text), *_asides(text, lang)]
    return tuple(
        Modal(
            h.start,
            h.end,
            h.text,
            h.key,
            _governed(words, h.first, h.last, lang),
            any(
                w.folded in negative
                for w in words[max(0, h.first - _BEFORE[h.key in comments]) : h.last + _denied_behind(h.key, lang)]
            ),
        )
        for h in sorted(hits, key=lambda h: (h.start, h.end))
    )


def _denied_behind(kind: str, lang: Lang) -> bool:
    """Tell whether a particle behind a word denies it: "may not" is no leave, but "ordered not to" is an order."""
    return lang == "en" and kind not in ("order", "request") and kind not in table("modality")["comments"]["kinds"]


def _asides(text: str, lang: Lang) -> list[Hit]:
    """Return the words that set a class only as an aside between marks: *схоже,* not *схоже на*."""
    return [
        h
        for h in matcher("modality", "asides", lang).find(text)
        if _CLOSED.match(text, h.end) and (_OPENED.search(text[: h.start]) or not text[: h.start].strip())
    ]


def _governed(words: tuple[Token, ...], first: int, last: int, lang: Lang) -> tuple[Span, ...]:
    """Return the words of content nearest after ``last``, or else before ``first``."""
    skip = _skip(lang)
    after = [w.span for w in words[last:] if w.folded not in skip][:_REACH]
    return tuple(after or [w.span for w in words[:first][::-1] if w.folded not in skip][:_REACH])


@lru_cache(maxsize=8)
def _skip(lang: Lang) -> frozenset[str]:
    return frozenset(table("negation")["skip"]["words"][lang])


@lru_cache(maxsize=1)
def opposed_classes() -> tuple[tuple[str, str, str, str, int], ...]:
    """Return the opposed classes as (stronger, weaker, worth in three versions, worth in two, pairs needed)."""
    return tuple((e["a"], e["b"], e["three"], e["two"], int(e["pairs"])) for e in table("modality")["opposed"].values())


@lru_cache(maxsize=1)
def worth() -> dict[str, dict[str, str]]:
    """Return by class what its loss and its addition are worth: ``{"hedge": {"lost": "error", …}}``."""
    return {str(k): {str(d): str(v) for d, v in e.items()} for k, e in table("modality")["lost"].items()}


@lru_cache(maxsize=32)
def members_of(kind: str) -> tuple[str, ...]:
    """Return the classes that ``kind`` unites, or ``kind`` alone."""
    return tuple(table("modality")["unions"].get(kind, (kind,)))


def explained(kind: str, text: str, lang: Lang, besides: Span | None = None) -> bool:
    """Tell whether ``text`` renders the class ``kind`` by other means than a word of that class or of ``besides``."""
    found = _explaining(kind, lang)
    return found is not None and any(
        besides is None or h.end <= besides.start or besides.end <= h.start for h in found.find(text)
    )


@lru_cache(maxsize=32)
def _explaining(kind: str, lang: Lang) -> Matcher | None:
    forms = table("modality")["explains"].get(kind, {}).get(lang)
    return Matcher(((kind, f) for f in forms), lang) if forms else None
