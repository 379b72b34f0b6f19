"""The files of a report as other tools want them named: from the root of the repository, with forward slashes."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote

_DRIVE = re.compile(r"[A-Za-z]:/")


@dataclass(frozen=True, slots=True)
class Base:
    """Where relative names begin: the absolute ``root`` of the repository and the ``folder`` that the run began in.

    Both are empty where nothing is known of them; a relative name then stays as it was given.
    """

    root: str = ""
    folder: str = ""

    def path(self, origin: str) -> str:
        """Return the name of a file below the root, or the absolute name of one outside of it."""
        name = _forward(origin)
        if self.root and not _absolute(name):
            name = posixpath.join(_forward(self.folder) or _forward(self.root), name)
        name = posixpath.normpath(name) if name else name
        root = _forward(self.root).rstrip("/") + "/"
        return name[len(root) :] if self.root and name.startswith(root) else name

    def uri(self, origin: str) -> str:
        """Return the same as a reference: relative, or absolute with the scheme ``file``."""
        path = self.path(origin)
        if _absolute(path):
            return "file://" + quote("/" + path.lstrip("/"), safe="/:")
        return quote(path)  # a colon is quoted too: before it nothing may be taken for a scheme


def _forward(name: str) -> str:
    """Return a name with forward slashes; where it has some already, a backslash is a letter of a name."""
    return name if "/" in name else name.replace("\\", "/")


def _absolute(name: str) -> bool:
    return name.startswith("/") or bool(_DRIVE.match(name))
