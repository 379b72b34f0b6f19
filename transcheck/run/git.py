"""What git knows of a repository: which files changed since a revision, and what they held then."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from transcheck.types import ConfigError

_TIMEOUT = 120
_NOWHERE = "0" * 40
"""What forges give as the revision before the first push of a branch."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the files of a repository since a revision, uncommitted changes and new files included.

    ``revision`` is what was asked for and ``base`` the commit that is compared with: the last one that the revision
    and the present state have in common. ``before`` maps the files that are there now and were changed, renamed or
    made to where they lay at the base, None for new ones; ``gone`` are files of the base that are not there any more.
    Files are named by absolute paths, links resolved; those of the base, by their paths from ``top``, with ``/``.
    """

    revision: str
    base: str
    top: Path
    before: Mapping[str, str | None]
    gone: tuple[str, ...] = ()

    def __contains__(self, path: object) -> bool:
        """Tell whether a file changed or is new."""
        return isinstance(path, (str, Path)) and real(path) in self.before

    def touches(self, files: Iterable[Path]) -> bool:
        """Tell whether any of some files changed or is new."""
        return any(file in self for file in files)

    def old_name(self, path: Path) -> str | None:
        """Return where a file lay at the base, from the top; None for one that is new."""
        name = real(path)
        return self.before[name] if name in self.before else self.relative(name)

    def relative(self, name: str) -> str | None:
        """Return the path of a file from the top, None for one outside of the repository."""
        top = f"{self.top}{os.sep}"
        return name[len(top) :].replace(os.sep, "/") if name.startswith(top) else None

    def contents(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return what files held at the base, by their paths from the top; those that were not there are left out."""
        wanted = list(dict.fromkeys(names))
        single = [n for n in wanted if "\n" in n]
        together = [n for n in wanted if "\n" not in n]
        found = {}
        for name in single:
            done = _run(["cat-file", "blob", f"{self.base}:{name}"], self.top)
            if done.returncode == 0:
                found[name] = done.stdout
        if together:
            asked = "".join(f"{self.base}:{name}\n" for name in together).encode("utf-8", "surrogateescape")
            found |= _blobs(together, _run(["cat-file", "--batch"], self.top, asked).stdout)
        return found


def changes(revision: str, folder: Path) -> Change:
    """Return what changed in the repository around ``folder`` since a revision.

    Raises:
        ConfigError: there is no git, no repository, no such revision, or a history that was cut off before it.
    """
    top = _top(folder)
    base = _base(revision, top)
    listed = _text(["diff", "--raw", "-z", "--no-abbrev", "-M", "--no-ext-diff", "--no-textconv", base, "--"], top)
    before, gone = _parted(listed, top)
    for name in _text(["ls-files", "-z", "--others", "--exclude-standard"], top).split("\0"):
        if name:
            before[_absolute(name, top)] = None
    return Change(revision, base, top, before, gone)


def author(folder: Path) -> str:
    """Return the name of who works here, as git knows it; "" where it does not."""
    try:
        done = _run(["config", "user.name"], folder)
    except ConfigError:  # who has no git has no name in it
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""


def real(path: str | Path) -> str:
    """Return the one name of a file: its folder without links, the file itself as it is called."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)


def _absolute(name: str, top: Path) -> str:
    return real(os.path.join(top, *name.split("/")))


def _top(folder: Path) -> Path:
    done = _run(["rev-parse", "--show-toplevel"], folder)
    if done.returncode == 0:
        return Path(os.path.realpath(done.stdout.decode("utf-8", "surrogateescape").rstrip("\r\n")))
    said = _said(done)
    if "not a git repository" in said:
        raise ConfigError(
            f"{folder.resolve()}: this is no git repository, and --since compares with its history; "
            "run transcheck in the repository, or without --since"
        )
    raise ConfigError(f"{folder.resolve()}: git cannot read the repository: {said}")


def _base(revision: str, top: Path) -> str:
    """Return the commit that the revision and the present state have in common, else that of the revision."""
    if not revision.strip() or revision == _NOWHERE:
        what = (
            "--since has no revision" if not revision.strip() else f"--since {revision[:8]}…: there is no such commit"
        )
        raise ConfigError(
            f"{what} (a new branch has nothing before it); name the branch it goes to, as in --since origin/main"
        )
    found = _run(["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], top)
    shallow = _text(["rev-parse", "--is-shallow-repository"], top).strip() == "true"
    if found.returncode != 0:
        raise ConfigError(f"--since {revision}: {_cut_off(revision) if shallow else _unknown(revision)}")
    commit = found.stdout.decode().strip()
    common = _run(["merge-base", commit, "HEAD"], top)
    if common.returncode == 0:
        return common.stdout.decode().split()[0]
    if shallow:
        raise ConfigError(f"--since {revision}: {_cut_off(revision)}")
    return commit


def _unknown(revision: str) -> str:
    return (
        f"git knows no such revision; fetch it (git fetch origin {revision.removeprefix('origin/')}), "
        "or name another: a commit, a tag, or a branch as in origin/main"
    )


def _cut_off(revision: str) -> str:
    return (
        f"this clone is shallow and its history ends before {revision}; get all of it: git fetch --unshallow "
        "(with actions/checkout: fetch-depth: 0; with GitLab: GIT_DEPTH: 0)"
    )


def _parted(listed: str, top: Path) -> tuple[dict[str, str | None], tuple[str, ...]]:
    """Return the files of ``git diff --raw -z`` that are there now, each with its name before, and those that went."""
    before: dict[str, str | None] = {}
    gone: list[str] = []
    parts = iter(listed.split("\0"))
    for head in parts:
        if not head:
            continue
        status, name = head.split()[4][0], next(parts)
        if status in "RC":
            before[_absolute(next(parts), top)] = name
        elif status == "D":
            gone.append(name)
        else:
            before[_absolute(name, top)] = None if status == "A" else name
    return before, tuple(gone)


def _blobs(names: Sequence[str], answer: bytes) -> dict[str, bytes]:
    """Return the contents that ``git cat-file --batch`` answers for the names, in their order."""
    found: dict[str, bytes] = {}
    at = 0
    for name in names:
        end = answer.index(b"\n", at)
        words = answer[at:end].rsplit(b" ", 2)
        at = end + 1
        if len(words) == 3 and words[2].isdigit():
            size = int(words[2])
            if words[1] == b"blob":
                found[name] = answer[at : at + size]
            at += size + 1
    return found


def _text(arguments: Sequence[str], folder: Path) -> str:
    """Return what git prints; ConfigError where it fails."""
    done = _run(arguments, folder)
    if done.returncode != 0:
        raise ConfigError(f"{folder}: git {arguments[0]} failed: {_said(done)}")
    return done.stdout.decode("utf-8", "surrogateescape")


def _said(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return the reason that git gives, on one line."""
    return (
        " ".join(done.stderr.decode("utf-8", "replace").removeprefix("fatal: ").split())
        or f"exit code {done.returncode}"
    )


def _run(arguments: Sequence[str], folder: Path, data: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run(
            ["git", *arguments],
            cwd=folder,
            input=data,
            capture_output=True,
            timeout=_TIMEOUT,
            env=environment,
            check=False,
        )
    except FileNotFoundError as error:
        raise ConfigError("--since needs git, which is not installed here; install it, or leave --since out") from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ConfigError(f"git {arguments[0]} did not work: {error}") from error
