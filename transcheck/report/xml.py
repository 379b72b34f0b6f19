"""XML as the renderers write it: every character that XML cannot hold is replaced, whatever the texts have."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(name: str, attributes: Mapping[str, object], parent: Element | None = None, text: str = "") -> Element:
    """Return an element with these attributes, in their order, within ``parent``."""
    from xml.etree import ElementTree

    safe = {key: _FORBIDDEN.sub("\ufffd", str(value)) for key, value in attributes.items()}
    made = ElementTree.Element(name, safe) if parent is None else ElementTree.SubElement(parent, name, safe)
    if text:
        made.text = _FORBIDDEN.sub("\ufffd", text)
    return made


def document(root: Element) -> str:
    """Return the document, indented, with its declaration."""
    from xml.etree import ElementTree

    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"
