"""TC501, TC502, TC506 and TC507 on the quotations of articles: who is quoted, and whether at all and in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Final

from transcheck.checks.base import Check, Example, quote_finding
from transcheck.text.lexicon import table
from transcheck.text.names import names, same
from transcheck.text.people import same_speaker
from transcheck.text.speakers import roles
from transcheck.text.speech import WORD
from transcheck.types import LANGS, Document, Finding, Lang, Quote, Severity, Span, Version

UNSUPPORTED = Check(
    code="TC506",
    slug="unsupported-quote",
    category="quotation",
    severity="warning",
    precision="medium",
    summary="A quotation that no other version contains.",
    examples=(
        Example(
            ("ru", "«Мост взорвали ночью», — сказал мэр."),
            (
                "en",
                "“The bridge was blown up at night,” the mayor said. A driver was angry: “Nobody pays us for this!”",
            ),
            ("en", "“The bridge was blown up at night,” the mayor said. A driver was angry about lost pay."),
        ),
        Example(
            ("en", "“We have no water,” the doctor said."),
            ("uk", "«У нас немає води», — сказала лікарка. Пізніше міністр заявив: «Гроші виділено ще торік»."),
            ("uk", "«У нас немає води», — сказала лікарка. Пізніше міністр виїхав до міста."),
        ),
        Example(
            ("uk", "«Школа зачинена до травня», — повідомила директорка."),
            (
                "ru",
                "«Школа закрыта до мая», — сообщила директор. Один из отцов возмутился: «Нам никто ничего не сказал!»",
            ),
            ("ru", "«Школа закрыта до мая», — сообщила директор. Один из отцов остался недоволен."),
        ),
    ),
)
STITCHED = Check(
    code="TC507",
    slug="stitched-quote",
    category="quotation",
    severity="error",
    precision="medium",
    summary="Statements made apart are run together as one quotation, and nothing marks the seam.",
    examples=(
        Example(
            (
                "ru",
                "«Я никого не спасаю», — говорит врач.\n\nПотом она долго ищет ключ и гасит свет в коридоре.\n\n"
                "«Спасает дорога, когда она есть», — добавляет она.",
            ),
            ("en", "“I don’t save anyone. The road saves people when there is one,” the doctor says."),
            ("en", "“I don’t save anyone … The road saves people when there is one,” the doctor says."),
        ),
        Example(
            (
                "en",
                "“I stayed for the animals,” the farmer says.\n\nHe leads us past the burned barn and counts the hens."
                "\n\n“My sons stayed for me,” he adds.",
            ),
            ("uk", "«Я залишився заради тварин. Мої сини залишилися заради мене», — каже фермер."),
            ("uk", "«Я залишився заради тварин … Мої сини залишилися заради мене», — каже фермер."),
        ),
        Example(
            (
                "uk",
                "«Ми не чекали на допомогу», — каже директорка школи.\n\nВона відчиняє двері підвалу й вмикає ліхтар."
                "\n\n«Діти самі носили воду», — додає вона.",
            ),
            ("ru", "«Мы не ждали помощи. Дети сами носили воду», — говорит директор школы."),
            ("ru", "«Мы не ждали помощи … Дети сами носили воду», — говорит директор школы."),
        ),
    ),
)
CHECKS = (UNSUPPORTED, STITCHED)

_BESIDE: Final = 50
"""Characters before and behind a name among which an office is that of its bearer."""
_CLOSED: Final = re.compile(r"[.!?…\n«»“”„\"]")
_APART: Final = 12
"""Words of the author's between two quotations from which they are apart."""


def check_places(
    document: Document,
    quotes: Mapping[Lang, tuple[Quote, ...]],
    told: Mapping[Lang, tuple[Span, ...]],
    others: Sequence[Mapping[Lang, tuple[Quote, ...]]],
    transcribed: frozenset[Lang] = frozenset(),
) -> Iterator[Finding]:
    """Yield TC501, TC502, TC506 and TC507, whose places are those of the articles.

    ``told`` has the places where an article says in its own words what the others quote, ``others`` the quotations of
    all statements, ``transcribed`` the versions that are transcripts.
    """
    yield from _unsupported(document, quotes, told, transcribed)
    yield from _misattributed(document, quotes, others)
    yield from _requoted(document, quotes, {lang: p for lang, p in told.items() if lang not in transcribed})
    yield from _stitched(document, quotes, others)


def _unsupported(
    document: Document,
    quotes: Mapping[Lang, tuple[Quote, ...]],
    told: Mapping[Lang, tuple[Span, ...]],
    transcribed: frozenset[Lang],
) -> Iterator[Finding]:
    if len(quotes) > 1 or told:
        return
    (lang, there), *_ = quotes.items()
    version = document.version(lang)
    assert version is not None
    others = [v for v in document.versions if v.lang != lang]
    if not others:
        return
    names = ", ".join(v.lang for v in others)
    span = there[0].span
    points = tuple(v.place(0, 0) for v in others)
    message = f"no counterpart to this quotation in {names}"
    sure = len(others) > 1 or bool(transcribed)
    fragment = all(q.kind == "partial" for q in there) and not transcribed
    # others may well tell in their own words what one quotes by a few
    severity: Severity = "note" if fragment else "warning"
    place = version.place(span.start, span.end)
    yield Finding("TC506", "quotation", severity, lang, 0.7 if sure else 0.5, message, place, points)


def _misattributed(
    document: Document, quotes: Mapping[Lang, tuple[Quote, ...]], others: Sequence[Mapping[Lang, tuple[Quote, ...]]]
) -> Iterator[Finding]:
    """Yield TC501 where one article names another speaker than the others do.

    Two versions must both name the speaker; against two, a pronoun's antecedent counts too, and so it does in one of
    these where they agree on who it is.
    """
    named = {lang: there[0] for lang, there in quotes.items() if there[0].speaker and there[0].named_at}
    langs = [lang for lang in LANGS if lang in named]
    by_name = [lang for lang in langs if _is_named(document, named[lang])]
    alike = {(a, b): _alike(named[a], named[b]) for a, b in combinations(langs, 2)}
    if len(langs) == 2 and all(x is False for x in alike.values()) and by_name == langs:
        yield _attribution(document, named, None, langs)
    for lang in langs if len(langs) == 3 else []:
        against = [x for pair, x in alike.items() if lang in pair]
        ((rest, agreed),) = ((pair, x) for pair, x in alike.items() if lang not in pair)
        told = sum(x in by_name for x in rest)
        if agreed and any(x is None for x in against) and True not in against:
            against = [False] if all(_elsewhere(named[lang], named[x], others, document) for x in rest) else []
        if against and all(x is False for x in against) and (told == 2 or (told == 1 and agreed)):
            yield _attribution(document, named, lang, langs)


def _alike(a: Quote, b: Quote) -> bool | None:
    return same_speaker(a.speaker, a.lang, b.speaker, b.lang)


def _elsewhere(
    one: Quote, other: Quote, others: Sequence[Mapping[Lang, tuple[Quote, ...]]], document: Document
) -> bool:
    """Tell whether one who has a name is somebody else than one who has an office in another article: that article
    quotes the person of the name too, by the name, and no article gives that person the office.
    """
    there = {q.speaker for statement in others for q in statement.get(other.lang, ())} - {other.speaker}
    if not any(same_speaker(one.speaker, one.lang, s, other.lang) for s in there):
        return False
    held = {office for v in document.versions for office in _offices(one, v)}
    return bool(held) and held.isdisjoint(roles(other.speaker, other.lang))


def _offices(quote: Quote, version: Version) -> Iterator[str]:
    """Yield the offices that stand beside the name of a speaker anywhere in an article."""
    wanted = [n for n in names(quote.speaker, quote.lang) if n.firm]
    for found in names(version.text, version.lang):
        if any(same(found, n) for n in wanted):
            before = re.split(_CLOSED, version.text[max(0, found.start - _BESIDE) : found.start])[-1]
            after = re.split(_CLOSED, version.text[found.end : found.end + _BESIDE])[0]
            yield from roles(f"{before} {after}", version.lang)


def _is_named(document: Document, quote: Quote) -> bool:
    """Tell whether a name or an office, and no pronoun, says who speaks."""
    version = document.version(quote.lang)
    assert version is not None
    assert quote.named_at is not None
    pronouns = (*table("quotes")["gender"][quote.lang], *table("quotes")["others"][quote.lang])
    return quote.named_at.of(version.text).lower() not in pronouns


def _attribution(document: Document, named: Mapping[Lang, Quote], lang: Lang | None, langs: Sequence[Lang]) -> Finding:
    places = {x: document.version(x).place(named[x].named_at.start, named[x].named_at.end) for x in langs}  # type: ignore[union-attr]
    first = lang or langs[0]
    who = ", ".join(f"{x}: {named[x].speaker}" for x in langs)
    return Finding(
        "TC501", "attribution", "error" if lang else "warning", lang, 0.75 if lang else 0.5,
        f"the quotation is attributed to different speakers ({who})", places[first],
        tuple(p for x, p in places.items() if x != first),
    )  # fmt: skip


def _requoted(
    document: Document, quotes: Mapping[Lang, tuple[Quote, ...]], told: Mapping[Lang, tuple[Span, ...]]
) -> Iterator[Finding]:
    """Yield TC502 where one article alone quotes what the others tell, or alone tells what the others quote."""
    spans = {lang: there[0].span for lang, there in quotes.items()} | {lang: there[0] for lang, there in told.items()}
    direct = [lang for lang in quotes if any(q.kind != "indirect" for q in quotes[lang])]
    indirect = [lang for lang in spans if lang not in direct]
    if not direct or not indirect:
        return
    lang: Lang | None = None
    if len(spans) == 3:
        lang = direct[0] if len(direct) == 1 else indirect[0]
    first = lang or direct[0]
    places = {x: document.version(x).place(s.start, s.end) for x, s in spans.items()}  # type: ignore[union-attr]
    how = "only reports" if first in indirect else "puts in quotation marks"
    many = len(spans) > 2
    other = ("quote" if many else "quotes") if first in indirect else ("only report" if many else "only reports")
    severity: Severity = "warning" if lang else "note"
    rest = ", ".join(x for x in spans if x != first)
    yield Finding(
        "TC502", "quotation", severity, lang, 0.6 if lang else 0.4, f"{first} {how} what {rest} {other}", places[first],
        tuple(p for x, p in places.items() if x != first),
    )  # fmt: skip


def _stitched(
    document: Document, quotes: Mapping[Lang, tuple[Quote, ...]], others: Sequence[Mapping[Lang, tuple[Quote, ...]]]
) -> Iterator[Finding]:
    """Yield TC507 where one quotation is several, made apart, in all other versions."""
    for lang, there in quotes.items():
        rest = {x: q for x, q in quotes.items() if x != lang}
        if (
            len(there) != 1
            or not rest
            or any(len(q) < 2 or not _apart(document, x, q, others) for x, q in rest.items())
        ):
            continue
        if there[0].elisions or len(there[0].parts) > 1:
            continue
        version = document.version(lang)
        assert version is not None
        span = there[0].span
        places = tuple(document.version(x).place(q.span.start, q.span.end) for x, there in rest.items() for q in there)  # type: ignore[union-attr]
        message = f"{lang} runs together what the others have as separate statements"
        yield quote_finding(STITCHED, lang, len(rest), message, version.place(span.start, span.end), places, None)


def _apart(
    document: Document, lang: Lang, pieces: Sequence[Quote], others: Sequence[Mapping[Lang, tuple[Quote, ...]]]
) -> bool:
    """Tell whether more than a reporting clause stands between the pieces."""
    version = document.version(lang)
    assert version is not None
    ordered = sorted(q.span for q in pieces)
    for one, other in pairwise(ordered):
        between = Span(one.end, max(one.end, other.start))
        speech = any(q.span.overlaps(between) for s in others for q in s.get(lang, ()) if q not in pieces)
        if speech or len(WORD.findall(between.of(version.text))) >= _APART or "\n\n" in between.of(version.text):
            return True
    return False
