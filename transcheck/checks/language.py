"""TC401 untranslated text, TC402 text in the wrong language, TC403 look-alike letters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from transcheck.checks.base import Check, Context, Example
from transcheck.checks.kept import Kept, kept_quotations
from transcheck.checks.lookalike import LOOKALIKES, mixed_letters
from transcheck.checks.strays import Stray, stray_words
from transcheck.text.detect import letters
from transcheck.text.foreign import LEAST_WORDS, QUOTED_WORDS, evidence, trust
from transcheck.types import LANGS, Cell, Finding, Lang, Place, Row, Segment

UNTRANSLATED = Check(
    code="TC401",
    slug="untranslated",
    category="untranslated",
    severity="error",
    precision="very-high",
    summary="A passage stands in the language of another version, copied from it.",
    examples=(
        Example(
            ("ru", "Мы ждали автобус почти два часа."),
            ("uk", "Мы ждали автобус почти два часа."),
            ("uk", "Ми чекали автобус майже дві години."),
        ),
        Example(
            ("uk", "Ми чекали автобус майже дві години."),
            ("ru", "Ми чекали автобус майже дві години."),
            ("ru", "Мы ждали автобус почти два часа."),
        ),
        Example(
            ("ru", "Мы ждали автобус почти два часа."),
            ("en", "Мы ждали автобус почти два часа."),
            ("en", "We waited almost two hours for the bus."),
        ),
    ),
)

WRONG_LANGUAGE = Check(
    code="TC402",
    slug="wrong-language",
    category="language",
    severity="error",
    precision="very-high",
    summary="A passage, or a whole version, is not in the language of its version.",
    examples=(
        Example(
            ("en", "We waited almost two hours for the bus."),
            ("uk", "Мы ждали автобус почти два часа."),
            ("uk", "Ми чекали автобус майже дві години."),
        ),
        Example(
            ("en", "We waited almost two hours for the bus."),
            ("ru", "Ми чекали автобус майже дві години."),
            ("ru", "Мы ждали автобус почти два часа."),
        ),
        Example(
            ("uk", "Ми чекали автобус майже дві години."),
            ("en", "Мы ждали автобус почти два часа."),
            ("en", "We waited almost two hours for the bus."),
        ),
    ),
)

CHECKS = (UNTRANSLATED, WRONG_LANGUAGE, LOOKALIKES)
"""What this module can find."""

NAMES: dict[Lang, str] = {"ru": "Russian", "uk": "Ukrainian", "en": "English"}

CERTAIN = 7.0
"""Evidence for another language, in nats, from which a passage counts as being in it: wrong once in a thousand."""

CERTAIN_COPY = 3.0
"""The same where another version in that language has the very words."""

COPY = 0.85
"""Share of letters in common from which a passage is a copy."""

WHOLE = 0.8
"""Share of a version's words in another language from which the version as a whole is reported."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """Neighbouring segments of one version and row in another language.

    ``nats`` is the evidence against the version's language; ``source`` the version that they are copied from, if any.
    """

    row: Row
    lang: Lang
    language: Lang
    segments: tuple[Segment, ...]
    nats: float
    source: Place | None

    @property
    def words(self) -> int:
        """Number of words."""
        return sum(len(s.text.split()) for s in self.segments)


@dataclass(frozen=True, slots=True)
class _Versions:
    """The context with the segments of each version by their letters, collected when first asked for."""

    context: Context
    keys: dict[Lang, dict[str, Place]] = field(default_factory=dict)

    def by_letters(self, lang: Lang) -> Mapping[str, Place]:
        if lang not in self.keys:
            segments = self.context.segments[lang]
            self.keys[lang] = {_letters(s.text): Place(lang, s.span.start, s.span.end, s.text) for s in segments}
        return self.keys[lang]


def check(context: Context) -> Iterator[Finding]:
    """Find passages and versions in a wrong language, and words with look-alike letters."""
    versions = _Versions(context)
    found: list[Finding] = []
    for lang in context.document.langs:
        found.extend(_foreign_passages(versions, lang))
        found.extend(mixed_letters(context, lang))
    yield from found
    for kept in kept_quotations(context):
        if not any(f.span.lang == kept.place.lang and f.span.span.overlaps(kept.place.span) for f in found):
            found.append(_kept(kept))
            yield found[-1]
    for lang in context.document.langs:
        for stray in stray_words(context, lang):
            if not any(f.span.lang == lang and f.span.span.overlaps(stray.place.span) for f in found):
                yield _stray(stray)


def _kept(kept: Kept) -> Finding:
    """Report a quotation that was left in another language."""
    place, source = kept.place, kept.source
    message = f'untranslated: {place.lang} "{_short(place.text)}" is {NAMES[source.lang]}, copied from the '
    return Finding(
        code=UNTRANSLATED.code,
        category=UNTRANSLATED.category,
        severity=UNTRANSLATED.severity,
        lang=place.lang,
        score=0.9,
        message=f"{message}{source.lang} version",
        span=place,
        counterparts=(source,),
        row=kept.row.index,
    )


def _stray(stray: Stray) -> Finding:
    """Report a few words in another language."""
    place, source, row = stray.place, stray.source, stray.row
    of = WRONG_LANGUAGE if source is None else UNTRANSLATED
    words, language = f'{place.lang} "{_short(place.text)}"', NAMES[stray.language]
    if source is None:
        message = f"wrong language: {words} is {language}, not {NAMES[place.lang]}"
    else:
        message = f'untranslated: {words} is {language}, as in {source.lang} "{_short(source.text)}"'
    rest = (c.place for c in row.filled if c.lang != place.lang)
    return Finding(
        code=of.code,
        category=of.category,
        severity=of.severity if stray.sure else "warning",
        lang=place.lang,
        score=0.9 if stray.sure else 0.6,
        message=message,
        span=place,
        counterparts=tuple(source if source and p.lang == source.lang else p for p in rest),
        row=row.index,
    )


def _foreign_passages(versions: _Versions, lang: Lang) -> Iterator[Finding]:
    """Yield one finding for a version in another language, else one for each passage."""
    context = versions.context
    found = [f for row in context.rows for f in _in_row(versions, row, row.cell(lang))]
    if not found:
        return
    total = sum(len(s.text.split()) for s in context.segments[lang])
    language = max({f.language for f in found}, key=lambda x: sum(f.words for f in found if f.language == x))
    same = [f for f in found if f.language == language]
    if len(context.rows) > 1 and len(same) > 1 and sum(f.words for f in same) >= WHOLE * total:
        yield _whole(context, same)
        found = [f for f in found if f.language != language]
    for passage in found:
        yield _passage(context, passage)


def _in_row(versions: _Versions, row: Row, cell: Cell) -> Iterator[Foreign]:
    """Yield the runs of segments of a cell that are in another language."""
    run: list[tuple[Segment, Lang, float, Place | None]] = []
    for index in (*cell.segments, None):
        item = None if index is None else _segment(versions, row, versions.context.segments[cell.lang][index])
        if run and (item is None or item[1] != run[0][1] or (item[3] is None) != (run[0][3] is None)):
            yield _joined(row, cell.lang, run)
            run = []
        if item:
            run.append(item)


def _joined(row: Row, lang: Lang, run: Sequence[tuple[Segment, Lang, float, Place | None]]) -> Foreign:
    segments = tuple(segment for segment, *_ in run)
    return Foreign(row, lang, run[0][1], segments, sum(nats for _, _, nats, _ in run), run[0][3])


def _segment(versions: _Versions, row: Row, segment: Segment) -> tuple[Segment, Lang, float, Place | None] | None:
    """Return the segment with its language and what it copies when that language is not its version's."""
    if (
        _plainly_own(segment)
        or _short_quotation(versions.context, segment)
        or len(re.findall(r"(?<!\S)\W*[^\W\d_]", segment.text)) < LEAST_WORDS
    ):
        return None
    language, nats = evidence(segment.text, segment.lang)
    if nats < CERTAIN_COPY:
        return None
    source = _copied(versions, row, segment, language)
    if source and nats < CERTAIN and _letters(source.text) != _letters(segment.text):
        source = None
    if source is None and segment.lang == "en":
        # Words of the one Cyrillic language that the other shares: the copy tells which it is.
        other: Lang = "uk" if language == "ru" else "ru"
        source = _copied(versions, row, segment, other)
        language = other if source else language
    if source is None and nats * trust(segment.text) < CERTAIN:
        return None
    return segment, language, nats, source


def _plainly_own(segment: Segment) -> bool:
    """Tell at a glance that a segment is in its own language: only its letters, or several that the other lacks."""
    small = segment.text.lower()
    if segment.lang == "en":
        return not any("\u0400" <= c <= "\u04ff" for c in small)
    table = letters()["telling"]
    other: Lang = "uk" if segment.lang == "ru" else "ru"
    own = sum(small.count(c) for c in table[segment.lang])
    return own > 1 and not any(c in small for c in table[other])


def _short_quotation(context: Context, segment: Segment) -> bool:
    """Tell whether a segment is a short quotation inside a longer text, which may stay in its own language."""
    version = context.document.version(segment.lang)
    if version is None or len(segment.text.split()) > QUOTED_WORDS or len(context.segments[segment.lang]) == 1:
        return False
    around = version.text[max(0, segment.span.start - 1) : segment.span.end + 1]
    return any(mark in around for mark in '«»“”„"')


def _copied(versions: _Versions, row: Row, segment: Segment, language: Lang) -> Place | None:
    """Return the place of the version in ``language`` that the segment repeats letter by letter, or nearly so."""
    context = versions.context
    if context.document.version(language) is None:
        return None
    own = _letters(segment.text)
    cell = row.cell(language)
    for index in cell.segments:
        other = context.segments[language][index]
        if _alike(own, _letters(other.text)):
            return context.place(language, other.span.start, other.span.end)
    if own in _letters(cell.text):
        return cell.place
    return versions.by_letters(language).get(own)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _alike(a: str, b: str) -> bool:
    if a == b:
        return True
    if not a or not b or min(len(a), len(b)) < COPY * max(len(a), len(b)):
        return False
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(a, b, score_cutoff=COPY) > 0


def _passage(context: Context, found: Foreign) -> Finding:
    """Report one passage."""
    start, end = found.segments[0].span.start, found.segments[-1].span.end
    place = context.place(found.lang, start, end)
    rest = tuple(c.place for c in found.row.filled if c.lang != found.lang)
    counterparts = tuple(found.source if found.source and p.lang == found.source.lang else p for p in rest)
    return _finding(found, place, counterparts, found.row.index, f'{found.lang} "{_short(place.text)}"')


def _whole(context: Context, found: Sequence[Foreign]) -> Finding:
    """Report a whole version, as untranslated when most of it is copied."""
    lang = found[0].lang
    segments = context.segments[lang]
    place = context.place(lang, segments[0].span.start, segments[-1].span.end)
    copied = [f for f in found if f.source is not None]
    main = copied[0] if sum(f.words for f in copied) * 2 > sum(f.words for f in found) else None
    shown = main or next((f for f in found if f.source is None), found[0])
    counterparts = tuple(
        context.place(o, context.segments[o][0].span.start, context.segments[o][-1].span.end)
        for o in LANGS
        if o != lang and context.segments.get(o)
    )
    return _finding(shown, place, counterparts, None, f"the {lang} version as a whole", whole=True, copy=bool(main))


def _finding(
    found: Foreign,
    place: Place,
    counterparts: tuple[Place, ...],
    row: int | None,
    what: str,
    *,
    whole: bool = False,
    copy: bool | None = None,
) -> Finding:
    copied = found.source is not None if copy is None else copy
    check_ = UNTRANSLATED if copied else WRONG_LANGUAGE
    language = NAMES[found.language]
    if copied:
        message = f"untranslated: {what} is {language}, copied from the {found.language} version"
    else:
        message = f"wrong language: {what} is {language}, not {NAMES[found.lang]}"
    if not whole:
        others = ", ".join(f'{p.lang} "{_short(p.text)}"' for p in counterparts)
        message += f" ({others})" if others and not copied else ""
    score = 1 / (1 + math.exp(-min(found.nats, 20.0)))
    return Finding(
        code=check_.code,
        category=check_.category,
        severity=check_.severity,
        lang=found.lang,
        score=round(score, 2),
        message=message,
        span=place,
        counterparts=counterparts,
        row=row,
    )


def _short(text: str, length: int = 80) -> str:
    """Return a text for a message, its middle left out where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 20].rstrip()} … {line[-16:].lstrip()}"
