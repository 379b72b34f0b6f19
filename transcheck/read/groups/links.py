"""What front matter says of texts that belong together: a key they share, or the text that one is a version of."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from itertools import takewhile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from transcheck.read.names import parted

if TYPE_CHECKING:
    from transcheck.read.groups.find import Text


class Links:
    """Finds what keys and names of originals lead to, among all the texts of a run."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self._keys: dict[str, list[Text]] = defaultdict(list)
        self._paths: dict[str, Text] = {}
        self._names: dict[str, list[Text]] = defaultdict(list)
        self._same: dict[str, list[Text]] = defaultdict(list)
        if not any(t.front.key or t.front.original for t in texts):
            return
        for text in texts:
            rel = PurePosixPath(text.file.rel)
            self._paths[rel.as_posix()] = text
            self._paths.setdefault(rel.with_suffix("").as_posix(), text)
            if text.front.key:
                self._keys[text.front.key].append(text)
            if text.front.original:
                self._same[text.front.original].append(text)
            else:
                for name in {rel.stem, parted(rel.stem).base, *(c.id for c in text.claims)}:
                    self._names[name].append(text)

    def keyed(self) -> list[tuple[str, list[Text]]]:
        """Return the keys that two texts or more share, with those texts."""
        return [(key, texts) for key, texts in self._keys.items() if len(texts) > 1]

    def original(self, text: Text) -> Text | None:
        """Return the text that one says it is a version of, or None: it says nothing, or there is no such text.

        What is said may be a path from the text's folder or from the root, with or without suffix, the key of another
        text, the name of one (the nearest, where several are called so), or a word that several versions share.
        """
        said = text.front.original.strip("/")
        if not said:
            return None
        folder = PurePosixPath(text.file.rel).parent.as_posix()
        for path in (os.path.normpath(os.path.join(folder, said)), os.path.normpath(said)):
            found = self._paths.get(path)
            if found is not None and found is not text:
                return found
        near = [t for t in (*self._keys.get(said, ()), *self._names.get(said, ())) if t is not text]
        if near:
            nearest: Text = max(near, key=lambda t: (_shared(folder, t.file.rel), not t.front.original, t.file.rel))
            return nearest
        same = self._same[text.front.original]
        return same[0] if len(same) > 1 else None


def _shared(folder: str, rel: str) -> int:
    """Return how many folders two paths have in common."""
    pairs = zip(folder.split("/"), rel.split("/"), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
