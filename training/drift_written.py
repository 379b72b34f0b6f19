"""Drifts and free but true wordings that people wrote into aligned pairs, for the critic.

``training/drifts.tsv`` holds one edit a line: who wrote it, a hash of the text it is made in, the language, what it
does, where the replaced passage begins and ends in code points, and what stands there instead. The texts themselves
stay where they are: an edit is applied to every pair of the training data that has its text on one side.
"""

from __future__ import annotations

import csv
import hashlib
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.calibrate import human, reserved
from training.corpus import Pair
from training.drift_damage import KINDS
from training.drift_data import LIMITS, LONGEST, SHORTEST, Example, Text, labelled, likeness, read_texts, save
from transcheck.encode.contextual import ContextualEncoder
from transcheck.encode.words import word_spans
from transcheck.run.pipeline import context_of
from transcheck.text.words import is_function_word
from transcheck.types import LANGS, Document, Encoder, Lang, Version

FILE = Path(__file__).parent / "drifts.tsv"
CUTS = Path(__file__).parent / "cuts.tsv"

HELD_OUT = "g"
"""Whose edits are not trained on."""
TRUE = "ok"
"""What an edit is called that says the same in other words."""
SHOWN_AS = {
    "word": "neighbour",
    "opposite": "antonym",
    "not": "negation",
    "roles": "roles",
    "quantity": "concept",
    "modality": "concept",
    "time": "concept",
    "link": "concept",
    "speaker": "neighbour",
    "name": "name",
    "number": "number",
    "softer": "neighbour",
    "scope": "order",
    "lost": "phrase",
    "added": "phrase in",
}
"""Which of :data:`training.drift_damage.KINDS` the kinds of written drifts count as."""

MOVABLE = frozenset(
    {"word", "opposite", "not", "quantity", "modality", "time", "link", "speaker", "softer", "name", TRUE}
)
"""Kinds of short edits that may be made in other texts too."""
SPREAD = 70_000
"""Edits that are made elsewhere."""
SHARE = 4_000
"""Pairs of a file."""
SOURCES = LIMITS.keys() | {"renpy_tutorial", "bitcoin_org"}
"""Sources with texts that were edited, and that edits are made in."""
USES = 25
"""How often the exchange of one phrase is made elsewhere."""
_CUT = re.compile(r"…|\.\.\.|\[")
_MARKS = ' ,;:.!?…—–-«»“”"()'

Two = tuple[tuple[Lang, str], tuple[Lang, str]]
"""Two texts that say the same, with their languages."""

PARTNERS = 3
"""Pairs that one edited text is taken in at most: an English text may have many translations."""
BOTH = 0.5
"""Share of drifts whose other side is reworded too, where a true rewording of it was written."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One written edit: ``key`` of the text, its language, the kind, the replaced span and its replacement."""

    key: str
    lang: Lang
    kind: str
    start: int
    end: int
    new: str

    def applied(self, text: str) -> str:
        """Return the text with the edit."""
        return " ".join((text[: self.start] + self.new + text[self.end :]).split())


def plain(text: str) -> str:
    """Return a text as edits count its code points: runs of white space as one space."""
    return " ".join(text.split())


def key_of(text: str) -> str:
    """Return the key of a text, 12 hexadecimal digits."""
    return hashlib.sha256(plain(text).encode()).hexdigest()[:12]


def read_edits(path: Path = FILE, held_out: bool = False) -> list[Edit]:
    """Read the written edits: those to train on, or those of the writer who is held out.

    Raises:
        ValueError: a line has other than seven fields, an unknown language or kind, or a span that is none.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
            if number == 1 and row[:1] == ["writer"]:
                continue
            if len(row) != 7 or row[2] not in LANGS or row[3] not in (*SHOWN_AS, TRUE):
                raise ValueError(f"{path}:{number}: not an edit: {row}")
            writer, key, lang, kind, start, end, new = row
            if not (start.isdigit() and end.isdigit() and int(start) <= int(end)):
                raise ValueError(f"{path}:{number}: no span: {start}, {end}")
            if (writer == HELD_OUT) == held_out:
                found.append(Edit(key, lang, kind, int(start), int(end), new))  # type: ignore[arg-type]
    return found


def spoken(encoder: Encoder, path: Path = CUTS) -> list[Pair]:
    """Return the sentences of the written quotes in ``cuts.tsv`` that stand side by side, without those at a cut:
    speech in idiomatic translation.
    """
    found: dict[str, Pair] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            sides = (row["full_lang"], row["full"]), (row["cut_lang"], row["cut"])
            document = Document("quote", tuple(Version(x, text, x) for x, text in sides))  # type: ignore[arg-type]
            for beside in context_of(document, encoder).rows:
                texts = [(c.lang, plain(c.text)) for c in beside.filled]
                lengths = [len(text.split()) for _, text in texts]
                if len(texts) < 2 or _CUT.search(texts[0][1] + texts[1][1]):
                    continue
                if min(lengths) >= SHORTEST + 2 and max(lengths) <= min(2 * min(lengths), LONGEST - 15):
                    (a, text_a), (b, text_b) = texts
                    found.setdefault(text_a, Pair("cuts", row["writer"], a, b, text_a, text_b))
    return list(found.values())


def by_text(edits: Iterable[Edit]) -> Mapping[tuple[Lang, str], Sequence[Edit]]:
    """Return the edits by the language and the key of their text."""
    found: dict[tuple[Lang, str], list[Edit]] = defaultdict(list)
    for edit in edits:
        found[edit.lang, edit.key].append(edit)
    return found


def sides(pairs: Iterable[Pair]) -> list[tuple[Lang, str]]:
    """Return the texts of pairs, each once."""
    return list({(x, plain(t)): None for p in pairs for x, t in ((p.lang_a, p.text_a), (p.lang_b, p.text_b))})


def rules(pairs: Iterable[Pair], edits: Sequence[Edit]) -> dict[tuple[Lang, str], list[tuple[str, str]]]:
    """Return what may be put for a phrase wherever it stands, by language and phrase: (kind, new phrase).

    Only short exchanges whose sense does not hang on the sentence: a name for a pronoun would.
    """
    movable = by_text(e for e in edits if e.kind in MOVABLE)
    found: dict[tuple[Lang, str], list[tuple[str, str]]] = defaultdict(list)
    for lang, text in sides(pairs):
        for edit in movable.get((lang, key_of(text)), ()):
            old = text[edit.start : edit.end].strip(_MARKS)
            new = edit.new.strip(_MARKS)
            counts = len(old.split()), len(new.split())
            if not (1 <= counts[0] <= 3 and 1 <= counts[1] <= 4) or len(old) < 4 or old == new:
                continue
            if edit.kind == TRUE and (counts[0] > 2 or any(is_function_word(w, lang) for w in (old, new))):
                continue
            found[lang, old].append((edit.kind, new))
    return found


def spread(pairs: Sequence[Pair], edits: Sequence[Edit], most: int, rng: random.Random) -> list[Edit]:
    """Return up to ``most`` edits more: the short ones made in other texts that have the same phrase, at most one drift
    and one true rewording a text.
    """
    given = rules(pairs, edits)
    used: Counter[tuple[Lang, str]] = Counter()
    edited = {e.key for e in edits}
    texts = sides(pairs)
    rng.shuffle(texts)
    found: list[Edit] = []
    for lang, text in texts:
        if len(found) >= most:
            break
        key = key_of(text)
        if key in edited:
            continue
        words = [(s.start, s.end) for s in word_spans(text)]
        possible = [
            (start, words[i + n][1])
            for i, (start, _) in enumerate(words)
            for n in range(3)
            if i + n < len(words) and used[lang, text[start : words[i + n][1]]] < USES
        ]
        possible = [(a, b) for a, b in possible if (lang, text[a:b]) in given]
        rng.shuffle(possible)
        done: set[bool] = set()
        for a, b in possible:
            kind, new = rng.choice(given[lang, text[a:b]])
            if (kind == TRUE) not in done:
                done.add(kind == TRUE)
                used[lang, text[a:b]] += 1
                found.append(Edit(key, lang, kind, a, b, new))
    return found


def texts_of(pairs: Iterable[Pair], edits: Sequence[Edit]) -> list[Two]:
    """Return the pairs, of any two languages, that have an edited text on one side; Russian and Ukrainian meet by a
    common English text.
    """
    wanted = {(e.lang, e.key) for e in edits}
    edited: dict[tuple[Lang, str], bool] = {}
    by_english: dict[str, dict[Lang, list[str]]] = defaultdict(lambda: defaultdict(list))
    found: dict[Two, None] = {}

    def is_edited(item: tuple[Lang, str]) -> bool:
        if item not in edited:
            edited[item] = (item[0], key_of(item[1])) in wanted
        return edited[item]

    for pair in pairs:
        a, b = (pair.lang_a, plain(pair.text_a)), (pair.lang_b, plain(pair.text_b))
        for one, other in ((a, b), (b, a)):
            if one[0] == "en" and other[0] != "en":
                by_english[one[1]][other[0]].append(other[1])
        if is_edited(a) or is_edited(b):
            found[min(a, b), max(a, b)] = None
    for translations in by_english.values():
        for ru in translations["ru"][:2]:
            for uk in translations["uk"][:2]:
                if is_edited(("ru", ru)) or is_edited(("uk", uk)):
                    found[("ru", ru), ("uk", uk)] = None
    return list(found)


@dataclass(frozen=True, slots=True)
class Case:
    """Two texts that stand side by side, by index of the texts to read, with the one that the drift was made in:
    ``before`` is that text as it was, ``side`` which of the two it is, ``kind`` as in :data:`SHOWN_AS`.
    """

    a: int
    b: int
    kind: str
    side: int = 0
    before: int = 0


def cases(
    pairs: Iterable[Two], edits: Mapping[tuple[Lang, str], Sequence[Edit]], used: Counter[Edit], rng: random.Random
) -> tuple[list[tuple[Lang, str]], list[Case]]:
    """Return the texts to be read and what stands side by side: each pair as it is, with each of its edits, which are
    given by :func:`by_text`, and some drifts beside a true rewording of the other side; ``used`` counts the edits.
    """
    texts: list[tuple[Lang, str]] = []
    places: dict[tuple[Lang, str], int] = {}

    def at(item: tuple[Lang, str]) -> int:
        if item not in places:
            places[item] = len(texts)
            texts.append(item)
        return places[item]

    found = []
    for pair in pairs:
        mine = [edits.get((lang, key_of(text)), ()) for lang, text in pair]
        fresh = [[e for e in own if used[e] < PARTNERS and e.end <= len(pair[s][1])] for s, own in enumerate(mine)]
        if not any(fresh):
            continue
        found.append(Case(at(pair[0]), at(pair[1]), TRUE))
        for side, own in enumerate(fresh):
            lang, text = pair[side]
            old, other = at(pair[side]), at(pair[1 - side])
            true = [e for e in mine[1 - side] if e.kind == TRUE]
            for edit in own:
                used[edit] += 1
                new, facing = at((lang, edit.applied(text))), other
                if edit.kind != TRUE and true and rng.random() < BOTH:
                    facing = at((pair[1 - side][0], rng.choice(true).applied(pair[1 - side][1])))
                two = (new, facing) if side == 0 else (facing, new)
                found.append(Case(*two, edit.kind, side, old))
    return texts, found


def example(
    case: Case, wanted: Sequence[tuple[Lang, str]], texts: Sequence[Text], table: NDArray[np.float32]
) -> Example | None:
    """Return the example of a case; None where a text is too short or too long."""
    if not all(SHORTEST <= len(texts[i].spans) <= LONGEST + 12 for i in (case.a, case.b)):
        return None
    if case.kind == TRUE:
        kept_a, kept_b = (np.zeros(len(texts[i].spans), np.int8) for i in (case.a, case.b))
        return Example(case.a, case.b, kept_a, kept_b, 0)
    new, facing = (case.a, case.b) if case.side == 0 else (case.b, case.a)
    before, after = wanted[case.before][1], wanted[new][1]
    alike = likeness(texts[facing], wanted[facing][1], texts[case.before], before, table)
    fresh, rest = labelled(texts[case.before], before, texts[new], after, texts[facing], alike)
    number = 1 + KINDS.index(SHOWN_AS[case.kind])
    both = (fresh, rest) if case.side == 0 else (rest, fresh)
    return Example(case.a, case.b, *both, number)


def examples(
    pairs: Iterable[Pair],
    edits: Sequence[Edit],
    encoder: ContextualEncoder,
    table: NDArray[np.float32],
    rng: random.Random,
) -> Iterator[tuple[list[Text], list[Example]]]:
    """Yield texts and examples of all edits, some thousand texts at a time."""
    found = texts_of(pairs, edits)
    rng.shuffle(found)
    known, used = by_text(edits), Counter[Edit]()
    for start in range(0, len(found), SHARE):
        wanted, beside = cases(found[start : start + SHARE], known, used, rng)
        texts = read_texts(wanted, encoder)
        yield texts, [e for case in beside if (e := example(case, wanted, texts, table)) is not None]


def prepare(pairs: Sequence[Pair], encoder: ContextualEncoder, table: NDArray[np.float32], work: Path) -> list[Path]:
    """Write the examples of all edits, and of those made elsewhere, in files of ``SHARE`` pairs and return them; where
    files are there, they are kept. News that people translated into both other languages are left out: limits and
    probabilities are fitted on them; so are the texts of the writer who is held out.
    """
    files = sorted(work.glob("written[0-9][0-9].npz"))
    if files:
        return files
    kept_away = reserved([p for p in pairs if p.source == "wmt"])
    prose = [p for p in pairs if p.source in SOURCES and human(p) and not {p.text_a, p.text_b} & kept_away]
    held_out = {e.key for e in read_edits(held_out=True)}
    prose = [p for p in (*prose, *spoken(encoder)) if not {key_of(p.text_a), key_of(p.text_b)} & held_out]
    rng = random.Random(7)
    edits = read_edits()
    edits += spread(prose, edits, SPREAD, rng)
    for number, (texts, made) in enumerate(examples(prose, edits, encoder, table, rng)):
        files.append(work / f"written{number:02d}.npz")
        new = files[-1].with_suffix(".new.npz")
        save(texts, made, new)
    for path in files:
        path.with_suffix(".new.npz").rename(path)
    return files
