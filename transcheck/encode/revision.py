"""What a model's vectors depend on, told without loading it: part of the keys of everything that is cached."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

FAST = "fast"
"""The name that asks for the packaged static model alone."""

PACKAGED: dict[str | None, tuple[str, tuple[str, ...]]] = {
    None: ("transcheck-contextual", ("contextual", "static")),
    FAST: ("transcheck-static", ("static",)),
}
"""The packaged models by the name that asks for them: the name in reports, and the folders that they are made of."""

_RUNTIMES = {True: ("numpy", "onnxruntime", "tokenizers"), False: ("sentence-transformers", "tokenizers", "torch")}
"""Packages that compute the vectors of packaged and of other models."""


def packaged(name: str) -> Path:
    """Return the folder of a packaged model."""
    return Path(str(resources.files("transcheck") / "models" / name))


def revision(model: str | None) -> str | None:
    """Return a digest that changes when the vectors of a model may: its files, and the versions of what runs it.

    A packaged model is told by the content of its files, a folder of sentence-transformers by their names, sizes and
    times, since it may be gigabytes, a model of the hub by the commit that was downloaded. None for a model that is not
    here: it has to be loaded.
    """
    if model in PACKAGED:
        files = [f for name in PACKAGED[model][1] for f in _files(packaged(name))]
        parts = [f"{p.parent.name}/{p.name} {_content(p)}" for p in files]
    else:
        folder = Path(model or "").expanduser()
        if folder.is_dir():
            parts = [str(folder.resolve()), *_stated(folder)]
        else:
            commit = _downloaded(model or "")
            if commit is None:
                return None
            parts = [model or "", commit]
            # words keep the vectors of the packaged static model
        parts += [_content(p) for p in _files(packaged("static"))]
    parts += versions(_RUNTIMES[model in PACKAGED])
    parts += [_content(p) for p in sorted(Path(__file__).parent.glob("*.py"))]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def versions(names: Iterable[str]) -> list[str]:
    """Return packages with their versions, those that are not installed left out."""
    from importlib import metadata

    found = []
    for name in names:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    return found


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix != ".md")


def _content(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _stated(folder: Path) -> list[str]:
    found = []
    for path in _files(folder):
        about = path.stat()
        found.append(f"{path.relative_to(folder)} {about.st_size} {about.st_mtime_ns}")
    return found


def _downloaded(model: str) -> str | None:
    """Return the commit of a hub model in the cache of huggingface_hub, or None."""
    home = Path(os.environ.get("HF_HOME") or Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "huggingface")
    cache = Path(os.environ.get("HF_HUB_CACHE") or home / "hub").expanduser()
    name = model if "/" in model else f"sentence-transformers/{model}"
    try:
        return (cache / f"models--{name.replace('/', '--')}" / "refs" / "main").read_text("utf-8").strip() or None
    except OSError:
        return None
