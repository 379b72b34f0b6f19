"""What was found in a group of files, kept until something changes that the findings depend on.

These are the content of every version, its language and the name it is shown by, the model, the program itself, the
packages that it reads and computes with, and the options that change findings. Times of files play no part: a checkout
has new ones every time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from transcheck.encode import Deferred
from transcheck.encode.revision import versions
from transcheck.run.codec import from_bytes
from transcheck.run.config import Config
from transcheck.store import SUFFIX, Store, StoreInfo
from transcheck.types import DocumentReport

FOLDER = ".transcheck_cache"
"""The folder of the cache, in the root of the repository that is checked."""

RESULTS, VECTORS = f"results{SUFFIX}", f"vectors{SUFFIX}"
LIMITS = {RESULTS: 128 * 2**20, VECTORS: 256 * 2**20}
"""Bytes of each file; 1,000 groups of three versions of 400 words take about 10 MB of results and 270 MB of vectors."""

_PACKAGE = Path(__file__).parents[1]
_SHOWN = ("cli", "report")
"""Parts of the program that only show findings."""

_PACKAGES = ("langdetect", "markdown-it-py", "numpy", "pypdf", "pyyaml", "rapidfuzz", "sentencex", "tokenizers")
"""Packages that texts are read and compared with; those of the encoder stand in its revision."""

_README = "Findings and vectors that transcheck keeps; this folder can be deleted at any time.\n"
_TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# https://bford.info/cachedir/\n"


def place(config: Config) -> Path:
    """Return the folder of the cache: that of the configuration, else one in the root of what is checked."""
    return Path(config.cache_dir.value) if config.cache_dir.value else (config.root or Path.cwd()) / FOLDER


class Cache:
    """The results and vectors of a repository in ``folder``; ``warn`` is told what is wrong with their files.

    To be closed when the work is done. Several processes may use one folder at once.
    """

    def __init__(self, folder: Path, warn: Callable[[str], None]) -> None:
        self.folder = folder
        self._warn = warn
        _lay_out(folder)
        self.results = Store(folder / RESULTS, LIMITS[RESULTS], warn)
        self._vectors: Store | None = None

    @property
    def vectors(self) -> Store:
        """The vectors of sentences; not opened before they are needed."""
        if self._vectors is None:
            self._vectors = Store(self.folder / VECTORS, LIMITS[VECTORS], self._warn)
        return self._vectors

    def get(self, keys: Sequence[bytes]) -> dict[bytes, tuple[DocumentReport, ...]]:
        """Return what is kept for those of ``keys`` that are known."""
        found = {}
        for key, blob in self.results.get(keys).items():
            try:
                found[key] = from_bytes(blob)
            except ValueError:  # cut short or overwritten; computed again, which replaces it
                continue
        return found

    def put(self, key: bytes, blob: bytes) -> None:
        """Keep reports as bytes; failures too, since they come from the content, which is in the key."""
        self.results.put({key: blob})

    def close(self) -> None:
        """Close the files."""
        self.results.close()
        if self._vectors is not None:
            self._vectors.close()
            self._vectors = None


def part_key(encoder: Deferred, about: Sequence[str], contents: Sequence[tuple[str, str, str]]) -> bytes:
    """Return the key of files (language, name as shown, digest of the content), b"" where nothing can be kept.

    ``about`` is whatever else changes what is found in them.
    """
    revision = encoder.revision
    if revision is None:
        return b""
    whole = [program(), revision, encoder.model, *about, [list(c) for c in contents]]
    return hashlib.sha256(json.dumps(whole).encode("ascii")).digest()


@lru_cache(maxsize=1)
def program() -> str:
    """Return a digest of the program's code and tables by content, and of the packages that it reads texts with.

    By content and not by version: in a checkout that is worked on the code changes and the version does not, and times
    of files change with every installation. Reading 250 small files takes a hundredth of a second.
    """
    digest = hashlib.sha256(repr((sys.version_info, os.name, versions(_PACKAGES))).encode("ascii"))
    for path in _code(_PACKAGE):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(content)}\n".encode("ascii"))
        digest.update(content)
    return digest.hexdigest()


def _code(folder: Path) -> Iterator[Path]:
    """Yield the files of the program that findings depend on, those of models left out."""
    for root, folders, names in os.walk(folder):
        top = Path(root) == folder
        folders[:] = sorted(f for f in folders if f != "__pycache__" and not (top and f in (*_SHOWN, "models")))
        yield from (Path(root) / name for name in sorted(names) if not name.endswith((".pyc", ".tmp")))


def info(folder: Path, warn: Callable[[str], None]) -> list[StoreInfo]:
    """Return what a cache holds, file by file; nothing where there is none."""
    found = []
    for store in _stores(folder, warn):
        found.append(store.info())
        store.close()
    return found


def clear(folder: Path, warn: Callable[[str], None]) -> int:
    """Throw away what a cache holds; return the number of entries there were."""
    count = 0
    for store in _stores(folder, warn):
        count += store.clear()
        store.close()
    return count


def _stores(folder: Path, warn: Callable[[str], None]) -> Iterator[Store]:
    """Yield the files of a cache that are there."""
    for name, limit in LIMITS.items():
        if (folder / name).is_file():
            yield Store(folder / name, limit, warn)


def _lay_out(folder: Path) -> None:
    """Make the folder, and in it what keeps it out of git and of backups; one that is there is left as it is."""
    try:
        folder.mkdir(parents=True)
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG), ("README.txt", _README)):
            (folder / name).write_text(text, encoding="utf-8")
    except OSError:  # it is there, or the store will say what is wrong
        return
