"""Two or three files or texts become one document; every version gets its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from transcheck.read.articles import read_version
from transcheck.read.names import split_name
from transcheck.types import LANGS, Document, InputError, Lang, Version

LANG_NAMES: dict[Lang, str] = {"ru": "Russian", "uk": "Ukrainian", "en": "English"}
"""The languages as messages name them."""


def document_from_files(paths: Sequence[Path], declared: Mapping[Path, Lang] | None = None) -> Document:
    """Read two or three files, in any order, as the versions of one document.

    ``declared`` gives the language of some of the files; for the others the name decides (``x.uk.txt``), then the text
    itself. The id is the common name of the files without the language.

    Raises:
        InputError: fewer than two files, an unreadable file, an undecidable language, two versions in one language.
    """
    known = declared or {}
    given = [*paths, *(p for p in known if p not in paths)]
    _count(len(given), [str(p) for p in given])
    versions = [read_version(path, known.get(path)) for path in given]
    _distinct(versions)
    return Document(_id(given), _in_order(versions))


def document_from_texts(texts: Mapping[Lang, str], document_id: str = "text") -> Document:
    """Make a document of two or three texts whose languages are given.

    Raises:
        InputError: an unknown language, or fewer than two texts that are not blank.
    """
    for lang, text in texts.items():
        if lang not in LANGS:
            raise InputError(f"{document_id}: language {lang!r} is none of {', '.join(LANGS)}")
        if not isinstance(text, str):
            raise InputError(f"{document_id}: the {lang} version is no text but {type(text).__name__}")
    filled = [Version(lang, texts[lang], lang) for lang in LANGS if lang in texts and texts[lang].strip()]
    if len(filled) < 2:
        have = filled[0].lang if filled else "none"
        raise InputError(
            f"{document_id}: two or three versions are needed that are not blank (here: {have}); "
            "give the same text in at least two of ru, uk, en"
        )
    return Document(document_id, tuple(filled))


def _count(number: int, names: Sequence[str]) -> None:
    """Refuse anything but two or three versions."""
    if number < 2:
        only = f" only {names[0]}" if names else " none"
        raise InputError(f"two or three versions are needed, given:{only}; name the same text in another language too")
    if number > 3:
        raise InputError(
            f"{number} files were given, but a document has at most three versions (ru, uk, en): {', '.join(names)}; "
            "compare one text at a time, or use 'transcheck check' for a folder"
        )


def _distinct(versions: Sequence[Version]) -> None:
    """Refuse two versions in one language."""
    for i, version in enumerate(versions):
        for other in versions[:i]:
            if other.lang != version.lang:
                continue
            name = LANG_NAMES[version.lang]
            every = len({v.lang for v in versions}) == 1
            what = f"all versions are in {name}" if every else f"two versions are in {name}"
            raise InputError(
                f"{what}: {other.origin} and {version.origin}; a document has one version a language. Where this is "
                f"wrong, name the files x.ru.txt, x.uk.txt, x.en.txt or give --ru FILE, --uk FILE, --en FILE"
            )


def _in_order(versions: Sequence[Version]) -> tuple[Version, ...]:
    """Return the versions in the order of ``LANGS``."""
    return tuple(sorted(versions, key=lambda v: LANGS.index(v.lang)))


def _id(paths: Sequence[Path]) -> str:
    """Return the name that the files share, else the first one's."""
    stems = [split_name(p)[0] for p in paths]
    return next((s for s in stems if s), None) or paths[0].parent.name or paths[0].stem
