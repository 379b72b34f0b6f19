"""Speech, told from titles, names and words held at a distance that stand in quotation marks too.

An ordered list of rules, each of which decides or passes on; the first that decides wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from transcheck.quotes.mentions import BLANK
from transcheck.quotes.units import Sheet, Unit
from transcheck.quotes.verbs import beginnings, reports_here
from transcheck.text.name_table import stems
from transcheck.text.speech import gives_name, words_of
from transcheck.types import QuoteKind, Span

_END: Final = re.compile(
    rf"(?<![A-ZА-ЯІЇЄҐ])(?<!\b[A-Za-zА-яІіЇїЄєҐґ])[.!?…]+[»”“\")\]]*\s+(?=[\"«„“({BLANK}]*[A-ZА-ЯЁІЇЄҐ0-9{BLANK}—–])"
)
_ABBREVIATED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Maj|Gen|Col|Lt|Sgt|Capt|Cpl|Pvt|Adm|Cmdr|Rev|Hon|Jr|Sr|Sen|Rep|Gov|St|No|vs|г|гг|ул|вул|ім|им|проф|ген|полк|тис|тыс|млн|р|рр|див|см|т)\.\s+$"
)
MENTION: Final = "mention"
Verdict = QuoteKind | str | None

_SHORT: Final = 3
"""Up to so many words are held at a distance rather than spoken where nobody is said to speak."""
_TITLE: Final = 6
"""Words of a title."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A unit and the author's words around it: those of its sentence before and after, as spans of the frame."""

    sheet: Sheet
    unit: Unit
    before: Span
    after: Span

    @property
    def text(self) -> str:
        """The words of the unit."""
        return " ".join(self.sheet.text(p) for p in self.unit.parts)

    @property
    def sentence(self) -> str:
        """The author's words of the whole sentence, beyond the neighbouring units too."""
        span, frame = self.sheet.paragraphs[self.unit.first].span, self.sheet.frame
        before = frame[span.start : self.unit.outer.start]
        after = frame[self.unit.outer.end : self.sheet.paragraphs[self.unit.last].span.end]
        start = max(sentence_ends(before + BLANK), default=0)
        return before[start:] + " " + after[: min(sentence_ends(after + "  A"), default=len(after))]

    @property
    def own(self) -> bool:
        """Whether a word of the first person stands in the unit."""
        listed = beginnings("first_person", self.sheet.lang)
        return any(w.low in listed for w in words_of(self.text))

    @property
    def ended(self) -> str:
        """The mark that ends the unit, before the marks of inner quotations."""
        return end_mark(self.text)

    @property
    def count(self) -> int:
        """The number of its words."""
        return len(re.findall(r"\w+(?:['’ʼ-]\w+)*", self.text))

    def said(self, span: Span) -> bool:
        """Tell whether the author gives somebody the floor in a span."""
        return reports_here(self.author(span), self.sheet.lang)

    def author(self, span: Span) -> str:
        """Return the author's words of a span."""
        return span.of(self.sheet.frame)

    @property
    def attached(self) -> bool:
        """Whether the clause behind goes with the quotation: a dash, a comma, or its own mark at the end says so."""
        after, ended = self.author(self.after), self.ended
        if re.match(r"\s*,?\s*[—–-]\s*\S", after):
            return True
        if self.sheet.lang == "en" and ended in ",?!—–" and after.lstrip()[:1] != ",":
            return bool(after.strip())
        return after.lstrip()[:1] == "," and self.said_first

    @property
    def said_first(self) -> bool:
        """Whether the clause behind begins with who speaks: not "as the press called him"."""
        words = words_of(self.author(self.after))[:5]
        clause = self.author(self.after)[: words[-1].end] if words else ""
        return (
            bool(words)
            and words[0].low not in ("как", "як", "as", "which", "that")
            and reports_here(clause.lstrip(" ,").split(",")[0], self.sheet.lang)
        )


def classify(sheet: Sheet) -> None:
    """Give every unit its kind, or leave it None where it is no speech."""
    for number, unit in enumerate(sheet.units):
        setting = surroundings(sheet, number)
        if unit.kind is None:
            verdict = next((v for rule in _RULES if (v := rule(setting)) is not None), MENTION)
            unit.kind = None if verdict == MENTION else verdict  # type: ignore[assignment]


def find_clauses(sheet: Sheet) -> None:
    """Give every unit the clauses that may name its speaker; what is no speech has been left out by now."""
    for number, unit in enumerate(sheet.units):
        setting = surroundings(sheet, number)
        unit.cues = [*unit.inside, *([unit.credit] if unit.credit else [])]
        if unit.kind not in ("dialogue", "block"):
            unit.cues += [s for s in (setting.after, setting.before) if sheet.frame[s.start : s.end].strip(" .,—–-")]


def surroundings(sheet: Sheet, number: int) -> Setting:
    """Return the unit of this number with the author's words of its sentence, up to the neighbouring units."""
    unit = sheet.units[number]
    start, end = sheet.paragraphs[unit.first].span.start, sheet.paragraphs[unit.last].span.end
    if number and sheet.units[number - 1].outer.end > start:
        start = sheet.units[number - 1].outer.end
    if number + 1 < len(sheet.units):
        end = min(end, sheet.units[number + 1].outer.start)
    before = sheet.frame[start : unit.outer.start]
    cut = max(sentence_ends(before + BLANK), default=0)
    after = sheet.frame[unit.outer.end : end]
    closed = re.match(r"[»”\")\]]*[.…]", after)
    stop = 0 if closed else min((len(after[:e].rstrip()) for e in sentence_ends(after + "  A")), default=len(after))
    if not closed and _new_sentence(sheet, unit, after):
        stop = 0
    return Setting(sheet, unit, Span(start + cut, unit.outer.start), Span(unit.outer.end, unit.outer.end + stop))


def end_mark(speech: str) -> str:
    """Return the last character of speech before the marks of inner quotations."""
    return speech.rstrip("»”“\"’›' ")[-1:]


def sentence_ends(text: str) -> list[int]:
    """Return where sentences begin in the author's words behind the end of another."""
    return [m.end() for m in _END.finditer(text) if not _ABBREVIATED.search(text[: m.end()])]


def _new_sentence(sheet: Sheet, unit: Unit, after: str) -> bool:
    """Tell whether what follows a quotation that ends its sentence is another one."""
    ended = end_mark(sheet.text(unit.parts[-1]))
    follows = after.lstrip()
    if not follows or not follows[0].isupper() or ended not in ".?!…":
        return False
    words = words_of(follows)[:6]
    early = reports_here(follows[: words[-1].end] if words else "", sheet.lang)
    return not (sheet.lang == "en" and ended in "?!…" and early)


def _cue(s: Setting) -> Verdict:
    return "direct" if s.unit.mark == "" else None


def _interrupted(s: Setting) -> Verdict:
    """The author speaks inside the marks, so somebody else does around."""
    return "direct" if s.unit.inside else None


def _held_off(s: Setting) -> Verdict:
    """So-called “volunteers”."""
    words = [w.low for w in words_of(s.author(s.before))][-3:]
    listed = beginnings("so_called", s.sheet.lang)
    tail = " ".join(words)
    return MENTION if s.count <= _TITLE and any(x in tail for x in listed) else None


def _described(s: Setting) -> Verdict:
    """The “eternal reserve”, as the press called him; a title, every word of which has a capital."""
    if re.match(r"\s*,\s*(?:как|як|as)\s", s.author(s.after)) and s.count <= _SHORT and not s.own:
        return MENTION
    spoken = s.said_first or s.author(s.before).rstrip().endswith((":", ","))
    return MENTION if _title_case(s) and s.count >= 2 and not spoken else None


def _written(s: Setting) -> Verdict:
    """A placard that reads “…”; the word “…”."""
    listed = beginnings("signs", s.sheet.lang)
    words = [w.low for w in words_of(s.sentence)]
    sign = any(w.startswith(listed) and len(w) <= 12 for w in words)
    return MENTION if sign and not s.unit.inside and not s.said_first and not s.said(s.before) else None


def _titled(s: Setting) -> Verdict:
    """The newspaper “…”: a noun that bears titles stands right before."""
    words = words_of(s.author(s.before))
    if not words or s.author(s.before)[words[-1].end :].strip() or s.author(s.before).rstrip().endswith((":", ",")):
        return None
    low = words[-1].low
    listed = beginnings("titles", s.sheet.lang)
    forms = (low, low.rstrip("s")) if s.sheet.lang == "en" else stems(low)
    hit = any(x in listed for x in forms)
    capital = s.text.lstrip("‘„“«*_").strip()[:1].isupper()
    return MENTION if hit and s.count <= _TITLE + 2 and (capital or s.count <= 2) else None


def _after_colon(s: Setting) -> Verdict:
    """Koval said: “…”"""
    before = s.author(s.before).rstrip()
    if not before.endswith(":"):
        return None
    if (s.text[:1].islower() or s.count == 1) and s.count <= _SHORT and not s.said(s.before):
        return MENTION
    return "direct"


def _after_comma(s: Setting) -> Verdict:
    """She said, “…”"""
    before = s.author(s.before).rstrip()
    capital = s.text.lstrip("…. [(‘„“«*_")[:1].isupper()
    return "direct" if before.endswith(",") and s.said(s.before) and capital else None


def _with_clause_behind(s: Setting) -> Verdict:
    """“…,” she said: a clause behind that reports, or that a comma ties to the quotation."""
    if not s.attached:
        return None
    opened = not s.author(s.before).strip(" —–-(")
    if s.count == 1 and not opened:
        return MENTION
    if s.said(s.after):
        return "direct" if opened or s.text[:1].isupper() else "partial"
    tied = s.ended in ",?!" or re.match(r"\s*,\s*[—–]", s.author(s.after)) is not None
    return "direct" if opened and tied and s.count >= _SHORT else None


def _sentence_alone(s: Setting) -> Verdict:
    """A sentence, or several, with nothing of the author's in it."""
    alone = not s.author(s.before).strip(" —–-(*_") and not s.author(s.after).strip(" .,!?…)—–*_")
    outside = s.sheet.frame[s.unit.outer.end :].lstrip()[:1]
    ended = s.ended in ".!?…" or outside in (".", "!", "?", "…")
    heading = s.sheet.in_heading(s.unit)
    if alone and s.count >= 2 and (ended or s.count > _TITLE):
        return "direct"
    return "direct" if alone and heading and s.count >= _SHORT + 2 else None


def _headline(s: Setting) -> Verdict:
    """‘I am afraid’: Veres sends his team to the final."""
    heading = s.sheet.in_heading(s.unit)
    after, before = s.author(s.after).lstrip(), s.author(s.before).strip()
    if heading and s.count >= 2 and not before and after[:1] in (":", "—", "–", ","):
        return "direct"
    return None


def _named(s: Setting) -> Verdict:
    """He called it “a pretext”: a thing is given a name of his own."""
    around = s.sentence
    if s.count <= _SHORT and s.sheet.lang == "en" and re.search(r"\b(?:calls?|known as|nicknamed|dubbed)\b", around):
        return MENTION  # a name that many give it: what her patients call “the Swallow”
    capital = s.text[:1].isupper() and s.count <= _TITLE
    return "partial" if s.count >= 2 and gives_name(around, s.sheet.lang) and not capital else None


def _within(s: Setting) -> Verdict:
    """Words of a speaker within a sentence of the author's."""
    said = reports_here(s.sentence, s.sheet.lang)
    lower = s.text.lstrip("…. [(‘„“«*_")[:1].islower()
    if _title_case(s) or (s.count <= _TITLE and not lower and s.sheet.lang != "en" and not said):
        return MENTION
    if s.count > _SHORT and (lower or said or s.count > _TITLE):
        return "partial"
    return "partial" if said and s.count >= 2 and lower else MENTION


def _title_case(s: Setting) -> bool:
    words = [w for w in re.findall(r"[^\W\d_]+", s.text) if len(w) >= 4]
    return s.sheet.lang == "en" and s.count <= _TITLE + 2 and len(words) >= 1 and all(w[0].isupper() for w in words)


_RULES: tuple[Callable[[Setting], Verdict], ...] = (
    _cue,
    _interrupted,
    _held_off,
    _described,
    _written,
    _titled,
    _after_colon,
    _after_comma,
    _with_clause_behind,
    _headline,
    _sentence_alone,
    _named,
    _within,
)
