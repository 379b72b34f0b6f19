"""Who speaks by a clause beside a quotation.

A name, an office or a pronoun is the speaker when it is the subject of a verb of saying or follows a frame ("according
to"); the candidates are weighed by their distance from the verb, by prepositions before them and by their case. A
pronoun stands for the last speaker or the person last spoken of that fits it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final

from transcheck.quotes.forms import noun_of
from transcheck.quotes.mentions import BLANK, Mention, plural
from transcheck.quotes.people import People, Person
from transcheck.quotes.verbs import beginnings, gives_floor, verbal
from transcheck.text.lexicon import table
from transcheck.text.speakers import attributions
from transcheck.text.speech import frame_at, is_reporting
from transcheck.text.words import function_words
from transcheck.types import Lang, Span

_NOUN: Final = re.compile(r"(?<!о)(?:[бгґджзклнпрстфхцчшщь]|[аиіы]й|[кц]а|иця|ица|иня|ша)$")
"""How a Slavic noun in the nominative may end that names somebody."""
_WEIGHTS: Final = {"name": 3.0, "pronoun": 2.6, "role": 2.2, "body": 1.4, "org": 1.0}
_FRAME: Final = 4.0
_PREPOSITION: Final = 3.0
_OBLIQUE: Final = 1.6
_PARAGRAPHS: Final = 3
"""Paragraphs, the own one first, that are looked through one by one for whom a pronoun stands for."""
_LEAST: Final = 0.7
"""Up to this weight a candidate is none."""
_STEP: Final = 0.22
"""Taken off for every word between a candidate and the verb."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Who a clause makes speak: the mention, how surely (from 0 on), and the verb, "" for a frame."""

    mention: Mention
    weight: float
    verb: str = ""


def find_cue(people: People, clause: Span, *, quiet: bool = False) -> Cue | None:
    """Return who speaks by a clause; ``quiet``: also without a verb of saying, as in "Koval:"."""
    at = people.within(clause)
    mentions = [m for m in people.mentions if clause.start <= m.span.start and m.span.end <= clause.end]
    best: Cue | None = None
    for i in at:
        frame = frame_at(people.words, i, people.lang)
        word = people.words[i]
        tied = quiet and i <= at.start + 1 and verbal(word.low, people.lang)
        noun = people.lang != "en" and re.search(r"(?:ця|цю|цею|ці|ции|ка|ку|кою|ства|ство|ння|ние|ния)$", word.low)
        if not frame and not tied and (noun or not gives_floor(word.low, people.lang)):
            continue
        for mention in mentions:
            if mention.span.overlaps(Span(word.start, word.end)):
                continue
            told = any(m.span.end <= word.start and m.kind != "org" for m in mentions)
            frame = frame or _in_words(people, i, at)
            weight = _framed(people, i + frame - 1, mention) if frame else _weight(people, i, mention, told)
            weight = weight or _in_paper(people, i, mention)
            if weight > _LEAST and (best is None or weight > best.weight):
                best = Cue(mention, weight, "" if frame else word.low)
    if best is None:
        best = _by_noun(people, clause) or _by_body(people, clause)
    if best is None and quiet:
        first = next(
            (m for m in mentions if m.kind != "org" and not _prepositional(people, m) and not _owned(people, m)), None
        )
        return Cue(first, 0.5) if first else None
    return best


def _by_noun(people: People, clause: Span) -> Cue | None:
    """Return the speaker that a common noun right beside the verb names, whatever no table lists: ответил боцман."""
    at = people.within(clause)
    for i in at:
        if not gives_floor(people.words[i].low, people.lang) or i - at.start > 3:
            continue
        if people.lang == "en":
            before, after = (
                people.frame[clause.start : people.words[i].start],
                people.frame[people.words[i].end : clause.end],
            )
            match = re.match(r" the (?P<x>[\w-]+)\b(?! of)(?=[ ,.]|$)", after) or re.search(
                r"\b[Tt]he (?P<x>[\w-]+) $", before
            )
            offset = (
                (people.words[i].end if match and match.string is after else clause.start) + match.start("x")
                if match
                else 0
            )
            found = match["x"] if match else ""
            ordinary = not found or found.lower() in function_words("en")
        else:
            following = people.words[i + 1] if i + 1 < at.stop else None
            near = following is not None and people.frame[people.words[i].end : following.start] == " "
            found = people.frame[following.start : following.end] if following and near else ""
            offset = following.start if following else 0
            ordinary = not found or not _NOUN.search(found) or found.lower() in beginnings("openers", people.lang)
            ordinary = (
                ordinary or found.lower() in function_words(people.lang) or gives_floor(found.lower(), people.lang)
            )
        if (not ordinary and found[0].islower()) or (people.lang == "en" and found[:1].isdigit()):
            span = Span(offset, offset + len(found))
            return Cue(
                people.somebody(Mention(span, "role", found, True, people.word_before(offset))),
                1.0,
                people.words[i].low,
            )
    return None


def _by_body(people: People, clause: Span) -> Cue | None:
    """Return the organisation whose people speak as one: сообщили в прокуратуре."""
    for found in attributions(clause.of(people.frame).replace(BLANK, " "), people.lang):
        span = Span(clause.start + found.speaker.start, clause.start + found.speaker.end)
        if found.orgs and not found.names and not found.roles:
            mention = Mention(span, "body", span.of(people.frame), None, "")
            people.who[mention] = Person(mention.text, [])
            return Cue(mention, 1.0, "said")
    return None


def _owned(people: People, mention: Mention) -> bool:
    """Tell whether a mention is somebody's mouthpiece: his press service speaks his words."""
    spokesman = mention.kind == "role" and "spokesman" in noun_of(mention.text, people.lang)
    return spokesman and mention.behind in beginnings("possessives", people.lang)


def _in_words(people: People, verb: int, at: range) -> int:
    """Return the words from a verb on that make a frame with it: говорится в …, цитирует слова …; 0 for none."""
    listed = table("quotes")["framing"][people.lang]
    following = people.words[verb + 1 : min(verb + 6, at.stop)]
    if people.words[verb].low in listed["verbs"]:
        return next((n for n, w in enumerate(following, 2) if w.low in listed["in"]), 0)
    return next((n for n, w in enumerate(following, 2) if w.low in listed["words"]), 0)


def _in_paper(people: People, verb: int, mention: Mention) -> float:
    """Weigh a paper before the verb by which it speaks: у висновку сказано."""
    listed = table("quotes")["framing"][people.lang]
    last = bisect_left(people.starts, mention.span.end) - 1
    near = mention.kind == "body" and 0 < verb - last <= 3 and people.words[verb].low in listed["verbs"]
    return _FRAME if near else 0.0


def _framed(people: People, last: int, mention: Mention) -> float:
    """Weigh a mention behind a frame, whose last word is number ``last``."""
    first = bisect_left(people.starts, mention.span.start)
    gap = people.frame[people.words[last].end : mention.span.start]
    own = people.words[last - 1].low if last else ""
    pronoun = own in beginnings("possessives", people.lang) or mention.kind == "pronoun"
    if first <= last or re.search(rf"[.!?;:—–{BLANK}]", gap) or first - last > 6 or pronoun:
        return 0.0
    return _FRAME + _WEIGHTS[mention.kind] - _STEP * (first - last - 1) - 0.5 * gap.count(",")


def _weight(people: People, verb: int, mention: Mention, preceded: bool) -> float:
    """Weigh a mention as the subject of word number ``verb``; ``preceded``: somebody is named before the verb."""
    first, last = bisect_left(people.starts, mention.span.start), bisect_left(people.starts, mention.span.end) - 1
    word, lang = people.words[verb], people.lang
    before = last < verb
    distance = verb - last - 1 if before else first - verb - 1
    gap = people.frame[mention.span.end : word.start] if before else people.frame[word.end : mention.span.start]
    if re.search(rf"[!?;{BLANK}]|[a-zа-яіїє]{{3,}}[.…]\s", gap):
        return 0.0
    weight = _WEIGHTS[mention.kind] - _STEP * distance - 0.4 * gap.count(",") - 0.4 * len(re.findall("[—–:]", gap))
    if not is_reporting(word.low, lang):
        weight -= 0.3
    if _prepositional(people, mention):
        weight -= _PREPOSITION
    if _owned(people, mention):
        weight -= _PREPOSITION
    elif mention.kind == "role" and mention.behind in beginnings("possessives", lang) and plural(mention, lang):
        weight -= 1.0
    if plural(mention, lang) and re.search(r"(?:л|ла|в|ет|ит|є|ить|s)$", word.low):
        weight -= _OBLIQUE
    if mention.nominative is not None:
        weight += 0.5 if mention.nominative else -_OBLIQUE
    if lang == "en":
        told = word.low in table("reporting")["verbs"]["told"]
        weight += 0.4 if before else -2.0 if told and preceded else 0.2 if not distance or not preceded else -0.8
    elif mention.kind == "pronoun" and distance > 3:
        weight -= 1.0
    return weight


def _prepositional(people: People, mention: Mention) -> bool:
    return mention.behind in beginnings("prepositions", people.lang)


def gender_of_verb(verb: str, lang: Lang) -> str:
    """Return the gender that the past of a Slavic verb tells, "" for none."""
    low = re.sub(r"(?:ся|сь)$", "", verb) if lang != "en" else ""
    return "f" if low.endswith("ла") else "m" if low.endswith(("л", "в")) else ""


def gender_of_pronoun(mention: Mention, lang: Lang) -> str:
    """Return the gender of a pronoun, "" for they."""
    found: str = table("quotes")["gender"][lang].get(mention.text, "")
    return found


def last_before(people: People, offset: int, gender: str, since: int = 0) -> tuple[Mention, Person] | None:
    """Return the person last spoken of between ``since`` and ``offset`` that fits ``gender``.

    Subjects go before others, names before offices, the paragraph of ``offset`` before those in front of it.
    """
    fitting = [
        (m, people.who[m])
        for m in reversed(people.mentions)
        if since <= m.span.start
        and m.span.end <= offset
        and m in people.who
        and m.kind != "body"
        and not plural(m, people.lang)
        and (not gender or people.who[m].gender in ("", gender))
    ]
    end = offset
    for _ in range(_PARAGRAPHS):
        start = people.frame.rfind("\n", 0, end) + 1
        here = [f for f in fitting if start <= f[0].span.start < end]
        for wanted in (_named_subject, _named_object, _office_subject):
            found = next((f for f in here if wanted(people, *f)), None)
            if found is not None:
                return found
        end = max(0, len(people.frame[:start].rstrip()))
        if not end:
            break
    for wanted in (_named_subject, _office_subject, _any):
        found = next((f for f in fitting if wanted(people, *f)), None)
        if found is not None:
            return found
    return None


def _subject(people: People, mention: Mention, person: Person) -> bool:
    return mention.nominative is not False and not _prepositional(people, mention) and _leads(people, mention)


def _named_subject(people: People, mention: Mention, person: Person) -> bool:
    return bool(person.words) and _subject(people, mention, person)


def _named_object(people: People, mention: Mention, person: Person) -> bool:
    return bool(person.words) and not _prepositional(people, mention)


def _office_subject(people: People, mention: Mention, person: Person) -> bool:
    return not person.words and _subject(people, mention, person)


def _any(people: People, mention: Mention, person: Person) -> bool:
    return True


def _hangs(people: People, start: int, one: Mention, other: Mention) -> bool:
    """Tell whether a mention stands in a clause that hangs on that of the other: когда пронесли Довганя, Савчук …"""
    if "," not in people.frame[one.span.end : other.span.start]:
        return False
    opened = max(start, people.frame.rfind(",", start, one.span.start) + 1)
    words = [people.words[i].low for i in people.within(Span(opened, one.span.start))]
    return any(w in beginnings("subordinate", people.lang) for w in words[:3])


def _leads(people: People, mention: Mention) -> bool:
    """Tell whether a mention looks like the subject of its sentence: no other one stands before it there."""
    if mention.behind in beginnings("subordinate", people.lang):
        return False
    start = max(people.frame.rfind(c, 0, mention.span.start) for c in ".!?\n" + BLANK) + 1
    before = [m for m in people.mentions if start <= m.span.start < mention.span.start and m.kind != "org"]
    before = [m for m in before if not _hangs(people, start, m, mention)]
    return not any(m.kind != "pronoun" or "," not in people.frame[m.span.end : mention.span.start] for m in before)
