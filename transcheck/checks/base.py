"""What every check shares: its metadata, its context, and the triangulation of evidence over the versions of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from transcheck.types import (
    LANGS,
    NO_TERMS,
    Cell,
    Document,
    Encoder,
    Finding,
    Lang,
    Place,
    Row,
    Segment,
    Severity,
    Termbase,
)
from transcheck.types import Check as Check
from transcheck.types import Example as Example


@dataclass(frozen=True, slots=True)
class Context:
    """All that a check may look at: the document, its segments by language, the aligned rows, the encoder, the editor's
    terms.
    """

    document: Document
    rows: tuple[Row, ...]
    segments: Mapping[Lang, tuple[Segment, ...]]
    encoder: Encoder
    options: Mapping[str, float] = field(default_factory=dict)
    termbase: Termbase = NO_TERMS

    def place(self, lang: Lang, start: int, end: int) -> Place:
        """Return a place of the version in ``lang``."""
        version = self.document.version(lang)
        if version is None:
            raise KeyError(lang)
        return version.place(start, end)


CheckFunction = Callable[[Context], Iterator[Finding]]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Disagreement(Generic[T]):
    """Evidence on which the versions of a row differ.

    ``lang`` is the version at fault: the one that the two others contradict; with two versions, the translation when
    the source language is declared, else None. ``there`` is what version ``at`` has (None: it has nothing) and
    ``others`` what the other versions have instead, by language (empty: they have nothing). ``at`` is ``lang`` where
    that is known.
    """

    lang: Lang | None
    at: Lang
    there: T | None
    others: tuple[tuple[Lang, T], ...]


def touching(one: Finding, two: Finding) -> bool:
    """Tell whether two findings share text in any version."""
    mine, yours = ((f.span, *f.counterparts) for f in (one, two))
    return any(p.lang == q.lang and p.start < q.end and q.start < p.end for p in mine for q in yours)


def fault_among(context: Context, candidates: Sequence[Lang]) -> Lang | None:
    """Return the translation among two versions when the source language is declared."""
    source = context.document.source_lang
    return next((x for x in candidates if x != source), None) if source in candidates else None


def fault_of_two(
    context: Context, row: Row, pair: tuple[Lang, Lang], backed: Callable[[Lang, Cell], bool]
) -> Lang | None:
    """Return which of two versions that contradict each other is at fault: the one that a third speaks against, else
    the translation of a declared source. ``backed`` tells whether the third has what a version of the pair has.
    """
    for third in row.filled:
        spoken = [x for x in pair if third.lang not in pair and backed(x, third)]
        if len(spoken) == 1:
            return next(x for x in pair if x != spoken[0])
    return fault_among(context, pair)


def triangulate(
    evidence: Mapping[Lang, Sequence[T]],
    same: Callable[[Lang, T, Lang, T], bool],
    source_lang: str | None = None,
    related: Callable[[Lang, T, Lang, T], bool] | None = None,
) -> Iterator[Disagreement[T]]:
    """Compare the evidence found in each version of a row and put every difference on a version.

    ``evidence`` has one entry for every version whose cell is filled (2 or 3), empty where it holds none. ``same``
    tells whether two items of different versions say the same; items are matched one to one in order of occurrence.
    What stays unmatched in the version at fault is then paired with what the others have and it lacks, when ``related``
    (default: always) says that the two may stand for one another: a changed value rather than one lost and one added.
    """
    groups = _clusters(evidence, same)
    langs = [lang for lang in LANGS if lang in evidence]
    if len(langs) < 2:
        return
    lacking = [g for g in groups if len(g) == len(langs) - 1 and len(langs) == 3]
    alone = [g for g in groups if len(g) == 1]
    if len(langs) == 3:
        yield from _three(langs, lacking, alone, related)
    else:
        yield from _two(langs, alone, source_lang, related)


def _clusters(evidence: Mapping[Lang, Sequence[T]], same: Callable[[Lang, T, Lang, T], bool]) -> list[dict[Lang, T]]:
    """Group items that say the same, at most one item a version in a group."""
    groups: list[dict[Lang, T]] = []
    for lang in LANGS:
        for item in evidence.get(lang, ()):
            fitting = (
                g for g in groups if lang not in g and all(same(other, it, lang, item) for other, it in g.items())
            )
            group = next(fitting, None)
            if group is None:
                groups.append({lang: item})
            else:
                group[lang] = item
    return groups


def _three(
    langs: Sequence[Lang],
    lacking: list[dict[Lang, T]],
    alone: list[dict[Lang, T]],
    related: Callable[[Lang, T, Lang, T], bool] | None,
) -> Iterator[Disagreement[T]]:
    """Two agree and the third lacks or changes it; three that all differ are nobody's fault in particular."""
    rest = list(alone)
    for group in lacking:
        fault = next(lang for lang in langs if lang not in group)
        others = tuple(group.items())
        mine = _take(rest, fault, others, related)
        yield Disagreement(fault, fault, mine, others)
    while rest:
        first = rest.pop(0)
        (lang, item), *_ = first.items()
        companions: list[tuple[Lang, T]] = []
        for other in langs:
            if other != lang:
                taken = _take(rest, other, ((lang, item), *companions), related)
                if taken is not None:
                    companions.append((other, taken))
        if not companions:
            yield Disagreement(lang, lang, item, ())
        else:
            yield Disagreement(None, lang, item, tuple(companions))


def _two(
    langs: Sequence[Lang],
    alone: list[dict[Lang, T]],
    source_lang: str | None,
    related: Callable[[Lang, T, Lang, T], bool] | None,
) -> Iterator[Disagreement[T]]:
    """Two versions cannot tell which is wrong unless the source language is declared."""
    fault = next((lang for lang in langs if lang != source_lang), None) if source_lang in langs else None
    first, second = (fault, next(x for x in langs if x != fault)) if fault else (langs[0], langs[1])
    rest = list(alone)
    for group in [g for g in alone if second in g]:
        rest.remove(group)
        others = tuple(group.items())
        yield Disagreement(fault, first, _take(rest, first, others, related), others)
    for group in rest:
        yield Disagreement(fault, first, group[first], ())


def _take(
    rest: list[dict[Lang, T]],
    lang: Lang,
    others: Sequence[tuple[Lang, T]],
    related: Callable[[Lang, T, Lang, T], bool] | None,
) -> T | None:
    """Remove and return the first lone item of ``lang`` that may stand for ``others``."""
    for group in rest:
        if lang in group and (related is None or all(related(o, it, lang, group[lang]) for o, it in others)):
            rest.remove(group)
            return group[lang]
    return None


def quote_finding(
    of: Check, lang: Lang, others: int, message: str, span: Place, counterparts: tuple[Place, ...], row: int | None
) -> Finding:
    """Return a finding on a quotation: an error where two ``others`` agree against ``lang``, else a warning."""
    sure = others > 1
    severity: Severity = "error" if sure else "warning"
    return Finding(of.code, of.category, severity, lang, 0.75 if sure else 0.5, message, span, counterparts, row)
