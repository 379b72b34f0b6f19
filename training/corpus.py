"""The aligned pairs that everything is trained on: reading, held-out split, source weights.

The held-out split is what thresholds and probabilities are fitted on. It is made by connected components: two pairs
that share a text on either side (several translations of one source, one English text with a Russian and a Ukrainian
translation) always fall on the same side, so a held-out text is never seen in training in another pairing.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from transcheck.types import Lang

HERE = Path(__file__).parent

HELD_OUT_SOURCES = frozenset(
    {
        "wmt",
        "tatoeba_opus",
        "zelensky_speeches_resistinua",
        "sy_transcripts",
        "bilinguator_books",
        "opensource_guide",
        "privacyguides",
        "udhr",
        "wesnoth2015",
    }
)
"""Sources near the product's domain; a share of each is kept from training."""
NEAR = HELD_OUT_SOURCES - {"udhr"}
"""Held-out sources that thresholds are fitted on: prose of people, sentence by sentence."""

HELD_OUT_PERCENT = 3

_TEXTS = frozenset(
    [
        "en",
        "ru",
        "uk",
        "eng",
        "rus",
        "ukr",
        "sentence1",
        "sentence2",
        "sentence1_en",
        "sentence2_ru",
        "src_ru",
        "src_en",
    ]
)
"""Columns and keys of the benchmarks that hold a sentence to be translated or compared, or a person's translation."""

_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """One aligned pair as it stands in its file."""

    source: str
    detail: str
    lang_a: Lang
    lang_b: Lang
    text_a: str
    text_b: str


def key(text: str) -> str:
    """Return the text reduced to lower-case letters and digits, the form in which two texts count as the same."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if c.isalnum())


def read_pairs(folder: Path) -> Iterator[Pair]:
    """Yield every pair of every ``*.tsv.gz`` in ``folder``, in file order.

    Raises:
        FileNotFoundError: when the folder holds no such file.
    """
    files = sorted(folder.glob("*.tsv.gz"))
    if not files:
        raise FileNotFoundError(f"{folder}: no *.tsv.gz found; name the folder of aligned pairs with --data")
    for path in files:
        name = path.name.removesuffix(".tsv.gz")
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as handle:
            next(handle)
            for line in handle:
                detail, lang_a, lang_b, text_a, text_b = line.rstrip("\n").split("\t")
                yield Pair(name, detail, cast("Lang", lang_a), cast("Lang", lang_b), text_a, text_b)


def source_weights() -> dict[str, float]:
    """Return how many times a pair of each source is drawn per epoch (``weights.toml``; 1.0 where not named)."""
    return {str(k): float(v) for k, v in _weights()["weights"].items()}


def prose_weights(sources: Iterable[str]) -> dict[str, float]:
    """Return the weights of ``sources`` for the contextual encoder, in which prose counts more."""
    weights, table = source_weights(), _weights()["contextual"]
    return {s: weights.get(s, 1.0) * (1.0 if s in table["prose"] else float(table["others"])) for s in sources}


def _weights() -> dict[str, Any]:
    with (HERE / "weights.toml").open("rb") as handle:
        return tomllib.load(handle)


def unseen(pairs: Iterable[Pair], folder: Path) -> list[Pair]:
    """Return the pairs neither of whose texts is a sentence of the benchmarks in ``folder``, exclamations included.

    Files named ``train`` or ``calibrate`` may be trained on and are passed over. Texts are compared by their letters
    and digits in lower case.

    Raises:
        FileNotFoundError: when the folder holds no benchmark.
    """
    sentences = _sentences(folder)
    return [p for p in pairs if _folded(p.text_a) not in sentences and _folded(p.text_b) not in sentences]


def require_unseen(pairs: Iterable[Pair], folder: Path) -> int:
    """Check that no text of ``pairs`` is a sentence of the benchmarks in ``folder``; return how many those are.

    Raises:
        ValueError: when a benchmark's sentence is among the pairs; the message quotes up to five.
        FileNotFoundError: when the folder holds no benchmark.
    """
    sentences = _sentences(folder)
    seen: dict[str, str] = {}
    for pair in pairs:
        for text in (pair.text_a, pair.text_b):
            if (folded := _folded(text)) in sentences:
                seen.setdefault(folded, f"{pair.source}: {text}")
    if seen:
        raise ValueError(
            f"{len(seen)} sentences of the benchmarks are in the training data, for example "
            + " | ".join(list(seen.values())[:5])
            + "; begin with an empty --work: what stands there was made from them"
        )
    return len(sentences)


def _sentences(folder: Path) -> set[str]:
    """Return the benchmarks' sentences, folded."""
    sentences = {_folded(text) for text in _benchmark_texts(folder)} - {""}
    if not sentences:
        raise FileNotFoundError(f"{folder}: no *.tsv or *.jsonl found; name the folder of the benchmarks")
    return sentences


def _folded(text: str) -> str:
    """Do what :func:`key` does, ten times as fast."""
    return _NO_LETTERS.sub("", text.casefold())


def _benchmark_texts(folder: Path) -> Iterator[str]:
    """Yield every text of every benchmark."""
    for path in sorted(folder.rglob("*")):
        if path.stem in {"train", "calibrate", "published"}:
            continue
        if path.suffix == ".tsv":
            with path.open(encoding="utf-8", newline="") as handle:
                for row in csv.DictReader(handle, delimiter="\t", quoting=csv.QUOTE_NONE):
                    yield from (str(v) for k, v in row.items() if k in _TEXTS)
        elif path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as handle:
                for line in handle:
                    yield from (v for k, v in json.loads(line).items() if k in _TEXTS and isinstance(v, str))


class _Components:
    """Union-find over text keys."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, item: str) -> str:
        root = item
        while (up := self.parent.setdefault(root, root)) != root:
            root = up
        while item != root:
            self.parent[item], item = root, self.parent[item]
        return root

    def union(self, a: str, b: str) -> None:
        ra, rb = self.find(a), self.find(b)
        if ra != rb:
            self.parent[max(ra, rb)] = min(ra, rb)


def split(pairs: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Split into (training, held out); no text of the second occurs in the first.

    About ``HELD_OUT_PERCENT`` of the components of ``HELD_OUT_SOURCES`` are held out, chosen by a hash of the
    component's smallest text, so that the split does not change when sources are added.
    """
    components = _Components()
    for pair in pairs:
        if pair.source in HELD_OUT_SOURCES:
            components.union(key(pair.text_a), key(pair.text_b))
    held_keys: set[str] = set()
    smallest: dict[str, str] = {}
    for text in list(components.parent):
        root = components.find(text)
        smallest[root] = min(smallest.get(root, text), text)
    for text in list(components.parent):
        digest = hashlib.sha256(smallest[components.find(text)].encode()).digest()
        if int.from_bytes(digest[:4], "big") % 100 < HELD_OUT_PERCENT:
            held_keys.add(text)
    train: list[Pair] = []
    held: list[Pair] = []
    for pair in pairs:
        key_a, key_b = key(pair.text_a), key(pair.text_b)
        if key_a in held_keys or key_b in held_keys:
            if pair.source in HELD_OUT_SOURCES and key_a in held_keys and key_b in held_keys:
                held.append(pair)
        else:
            train.append(pair)
    return train, held
