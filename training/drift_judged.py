"""Machine translations that people judged, for the critic: marked words and a figure of quality for the whole.

Three kinds: ``train.jsonl`` of mlqe_pe (direct assessment; words marked by post-editing), ``calibrate.jsonl`` of the
MQM talks (error spans), and machine translations in the training pairs that stand beside a person's translation of the
same text, whose quality is taken for the character F-score (Popović 2015, chrF) of the two.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.calibrate import human
from training.corpus import Pair
from training.drift_data import LONGEST, UNKNOWN, Example, Text, read_texts, save
from transcheck.encode.contextual import ContextualEncoder
from transcheck.types import Lang

OMISSION = "omission"
"""Group of MQM errors whose place is a gap of the translation."""

AGAINST_PEOPLE = 14_000
"""Machine translations that are judged by a person's."""

_MAJOR, _MINOR = 5.0, 1.0

Marks = list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A translation with the marked places of either side, None where nobody marked that side, and its quality."""

    lang_a: Lang
    source: str
    lang_b: Lang
    target: str
    marks_a: Marks | None
    marks_b: Marks | None
    quality: float


def post_edited(path: Path) -> Iterator[Judged]:
    """Read mlqe_pe; words of the source that are not rendered and words of the translation that are wrong."""
    for row in _rows(path):
        source, target = row["src_ru"], row["mt_en"]
        marks_a = bad_places(source, row["src_tok"].split(), row["src_tags"])
        marks_b = bad_places(target, row["mt_tok"].split(), row["mt_tags"])
        yield Judged("ru", source, "en", target, marks_a, marks_b, float(row["da_z_mean"]))


def mqm(path: Path) -> Iterator[Judged]:
    """Read MQM judgements; omissions mark no word."""
    for row in _rows(path):
        weight = sum({"major": _MAJOR, "minor": _MINOR}.get(e["severity"], 0.0) for e in row["errors"])
        marks = [(e["start"], e["end"]) for e in row["errors"] if e["start"] is not None and e["group"] != OMISSION]
        words = max(1, len(row["src_en"].split()))
        yield Judged("en", row["src_en"], "ru", row["tgt_ru"], None, marks, -float(np.log1p(weight / words * 20)))


def against_people(pairs: Iterable[Pair], most: int, rng: random.Random) -> Iterator[Judged]:
    """Judge machine translations by a person's translation of the same text."""
    by_source: dict[tuple[str, Lang, str], list[tuple[str, bool]]] = defaultdict(list)
    for pair in pairs:
        if pair.source == "wmt":
            by_source[pair.text_a, pair.lang_b, pair.lang_a].append((pair.text_b, human(pair)))
            by_source[pair.text_b, pair.lang_a, pair.lang_b].append((pair.text_a, human(pair)))
    found = []
    for (source, lang, other), made in by_source.items():
        people = [t for t, by_person in made if by_person]
        machines = [t for t, by_person in made if not by_person and t not in people]
        if people and machines:
            found.append((source, lang, other, people[0], rng.choice(machines)))
    rng.shuffle(found)
    for source, lang, other, person, machine in found[:most]:
        yield Judged(other, source, lang, machine, None, differing(machine, person), chrf(machine, person))  # type: ignore[arg-type]


def differing(text: str, reference: str) -> Marks:
    """Return the words of ``text`` that no longest common run of words shares with ``reference``."""
    words, places, at = text.split(), [], 0
    for word in words:
        start = text.index(word, at)
        at = start + len(word)
        places.append((start, at))
    plain = [w.strip(".,;:!?«»“”\"'()—–-…").lower() for w in words]
    other = [w.strip(".,;:!?«»“”\"'()—–-…").lower() for w in reference.split()]
    blocks = SequenceMatcher(None, plain, other, autojunk=False).get_matching_blocks()
    kept = {i for block in blocks for i in range(block.a, block.a + block.size)}
    return [place for i, place in enumerate(places) if i not in kept]


def chrf(text: str, reference: str, order: int = 6, beta: float = 2.0) -> float:
    """Return the character n-gram F-score of ``text``, 0 to 1."""
    a, b = text.replace(" ", ""), reference.replace(" ", "")
    scores = []
    for n in range(1, order + 1):
        x, y = (Counter(t[i : i + n] for i in range(len(t) - n + 1)) for t in (a, b))
        if not x or not y:
            continue
        shared = sum((x & y).values())
        p, r = shared / sum(x.values()), shared / sum(y.values())
        scores.append((1 + beta**2) * p * r / (beta**2 * p + r) if p + r else 0.0)
    return float(np.mean(scores)) if scores else 0.0


def bad_places(text: str, tokens: Sequence[str], tags: Sequence[str]) -> Marks:
    """Return the places of the tokens tagged BAD; a token that is not found in the text as it stands is passed over."""
    marks, at = [], 0
    for token, tag in zip(tokens, tags, strict=False):
        start = text.find(token, at)
        if start < 0 or start - at > 12:
            continue
        at = start + len(token)
        if tag == "BAD":
            marks.append((start, at))
    return marks


def marked(text: Text, marks: Marks | None) -> NDArray[np.int8]:
    """Return 1 for words that overlap a mark, 0 for others, UNKNOWN where nothing is marked at all."""
    if marks is None:
        return np.full(len(text.spans), UNKNOWN, np.int8)
    return np.array([int(any(a < end and start < b for a, b in marks)) for start, end in text.spans], np.int8)


def shard(
    judged: Sequence[Judged], encoder: ContextualEncoder
) -> tuple[list[Text], list[Example], NDArray[np.float32]]:
    """Return the texts, the examples and their standardised qualities [examples]."""
    wanted = [side for j in judged for side in ((j.lang_a, j.source), (j.lang_b, j.target))]
    texts = read_texts(wanted, encoder)
    found, scores = [], []
    for number, j in enumerate(judged):
        a, b = texts[2 * number], texts[2 * number + 1]
        if not all(2 <= len(t.spans) <= LONGEST + 20 for t in (a, b)):
            continue
        found.append(Example(2 * number, 2 * number + 1, marked(a, j.marks_a), marked(b, j.marks_b), 0))
        scores.append(j.quality)
    values = np.array(scores, np.float32)
    return texts, found, ((values - values.mean()) / values.std()).astype(np.float32)


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


def prepare(pairs: Sequence[Pair], encoder: ContextualEncoder, benchmarks: Path, work: Path) -> list[Path]:
    """Write the judged translations of each kind as :func:`training.drift_data.save` does, with ``scores``."""
    kinds: dict[str, Callable[[], Iterator[Judged]]] = {
        "post-edited": lambda: post_edited(benchmarks / "mlqe_pe_ru-en" / "train.jsonl"),
        "mqm": lambda: mqm(benchmarks / "mqm_en-ru_wmt21_ted" / "calibrate.jsonl"),
        "people": lambda: against_people(pairs, AGAINST_PEOPLE, random.Random(3)),
    }
    for kind, read in kinds.items():
        path = work / f"judged-{kind}.npz"
        if not path.exists():
            texts, found, scores = shard(list(read()), encoder)
            save(texts, found, path)
            stored = dict(np.load(path))
            np.savez(path, **stored, scores=scores)
    return [work / f"judged-{kind}.npz" for kind in kinds]
