"""The tokenizer of the packaged model, made of no more pieces than the texts at hand need.

Building the trie of all pieces was much of the time to start. The best path of a unigram model through a word uses
pieces that stand in the word, and of the others only the least score counts, which sets the price of an unknown letter:
a model of those pieces alone cuts every word alike. It is made anew for texts with other words, so that its size does
not grow with what was read before; when that has happened often, all pieces are loaded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import count
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any

from tokenizers import Tokenizer
from tokenizers.models import Unigram

FEW = 35_000
"""Letters of different words, and pieces as often as they are loaded, up to which that is faster than loading all: a
thousand take about 8 ms, and all pieces 270 ms."""


class SubwordTokenizer:
    """Cuts texts as ``Tokenizer.from_file(path)`` does, without special tokens; ``few`` as :data:`FEW`.

    Raises:
        OSError: when the file cannot be read.
        ValueError: when it is no JSON.
        Exception: for whatever else is wrong with it; ``tokenizers`` has no class of its own.
    """

    def __init__(self, path: Path, few: int = FEW) -> None:
        table: dict[str, Any] = json.loads(path.read_bytes())
        model = table["model"]
        self._path, self._few = path, few
        self._kept: list[int] | None = None
        """Rows in the whole vocabulary of the pieces that are loaded; None: all of them, in order."""
        self._lock = Lock()
        """Held while pieces may be loaded: what a thread cuts and what its rows are must be of one vocabulary."""
        if model["type"] != "Unigram" or model["byte_fallback"] or not (table["normalizer"] and table["pre_tokenizer"]):
            self._tokenizer = Tokenizer.from_file(str(path))
            return
        self._vocabulary: list[tuple[str, float]] = model["vocab"]
        self._unknown = self._vocabulary[model["unk_id"]]
        self._rows = dict(zip(map(itemgetter(0), self._vocabulary), count()))
        self._longest = max(map(len, self._rows))
        self._special = [token["content"] for token in table["added_tokens"]]
        self._ready: set[str] = set()
        """Words whose pieces are loaded."""
        self._pieces: dict[str, list[int]] = {}
        """Rows of the pieces of every word that was seen."""
        self._always = {self._rows[self._unknown[0]], self._rows[min(self._vocabulary, key=itemgetter(1))[0]]}
        table["model"] = {**model, "vocab": [self._unknown], "unk_id": 0}
        table["added_tokens"] = []
        self._tokenizer = Tokenizer.from_str(json.dumps(table))
        self._load(self._always)

    def encode(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the subwords of ``text``: rows of the vocabulary, and code points (start, end)."""
        if self._kept is None:
            encoding = self._tokenizer.encode(text, add_special_tokens=False)
            return encoding.ids, encoding.offsets
        with self._lock:
            self._prepare([text])
            encoding = self._tokenizer.encode(text, add_special_tokens=False)
            return self._original(encoding.ids), encoding.offsets

    def encode_batch(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the subwords of each text: rows of the vocabulary."""
        if self._kept is None:
            return [e.ids for e in self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]
        with self._lock:
            self._prepare(texts)
            found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
            return [self._original(e.ids) for e in found]

    def _original(self, ids: list[int]) -> list[int]:
        return ids if self._kept is None else [self._kept[i] for i in ids]

    def _prepare(self, texts: Sequence[str]) -> None:
        """Load the pieces that stand in ``texts``, or all."""
        if self._kept is None:
            return
        words: set[str] = set()
        for text in texts:
            normal = self._tokenizer.normalizer.normalize_str(text)
            if any(token in text or token in normal for token in self._special):
                self._load_all()
                return
            words.update(word for word, _ in self._tokenizer.pre_tokenizer.pre_tokenize_str(normal))
        if words <= self._ready:
            return
        new = words - self._pieces.keys()
        self._few -= sum(map(len, new))
        if self._few < 0:
            self._load_all()
            return
        for word in new:
            self._pieces[word] = [self._rows[p] for p in _parts(word, self._longest) & self._rows.keys()]
        self._load(self._always.union(*(self._pieces[word] for word in words)))
        self._ready = words

    def _load(self, rows: set[int]) -> None:
        self._few -= len(rows)
        self._kept = sorted(rows)
        kept = [self._vocabulary[row] for row in self._kept]
        self._tokenizer.model = Unigram([(piece, score) for piece, score in kept], kept.index(self._unknown), False)

    def _load_all(self) -> None:
        self._tokenizer = Tokenizer.from_file(str(self._path))
        self._kept = None
        del self._vocabulary, self._rows, self._ready, self._pieces


def _parts(word: str, longest: int) -> set[str]:
    """Return whatever stands in ``word``, up to ``longest`` letters."""
    size = len(word)
    return {word[i:j] for i in range(size) for j in range(i + 1, min(i + longest, size) + 1)}
