"""HTML markup to elements and events; whatever is broken in it is mended as browsers do, in linear time.

The parser of the standard library is not used: with unclosed tags and comments its time grows with the square of their
number, and its offsets differ between patch releases.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


OPEN, CLOSE, TEXT, LINK, BREAK = range(5)
"""Kinds of events; the two numbers that follow are: the element and the offset of the tag that opens or closes it, the
range of a text, of a text inside a link, or the offset of a line break and 0."""

Event = tuple[int, int, int]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

BLOCKS = HEADINGS | words(
    "#page html body address article aside blockquote caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form header hgroup hr legend li main menu nav ol p pre search section summary table "
    "tbody td tfoot th thead tr ul listing"
)
"""Elements that begin and end a paragraph."""

_VOID = words("area base basefont bgsound col embed frame img input link meta param source track wbr")
_RAW = words("iframe noembed noframes noscript script style textarea title xmp")
"""Elements whose content is no markup."""

_WHOLE = words("button canvas math object select svg template video audio")
"""Elements that hold no text of the page; their end tag closes all that is open inside."""

_PLAIN = words(
    "abbr acronym b bdi bdo big cite code del dfn em font i ins kbd mark nobr s samp small span strike strong sub sup "
    "time tt u var"
)
"""Elements that mean nothing here where they have no attributes."""

_KEPT = words("class id role hidden aria-hidden style lang xml:lang itemprop href open")

_SCOPE = ("table", "td", "th", "caption")
_PARAGRAPH = (*_SCOPE, "button", "object", "template")
_TABLE = ("table",)
_CELLS = ("td", "th", "tr", "caption")
_SECTIONS = ("tbody", "thead", "tfoot", *_CELLS)
_IMPLIED: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), (*_SCOPE, "ul", "ol", "menu")),
    **dict.fromkeys(("dd", "dt"), (("dd", "dt"), (*_SCOPE, "dl"))),
    **dict.fromkeys(("td", "th"), (("td", "th", "caption"), _TABLE)),
    "tr": (_CELLS, _TABLE),
    **dict.fromkeys(("tbody", "thead", "tfoot"), (_SECTIONS, _TABLE)),
    **dict.fromkeys(("option", "optgroup"), (("option",), (*_SCOPE, "select"))),
    "button": (("button",), _SCOPE),
}
"""Start tags, the elements that they close, and the elements beyond which they do not look."""

_CLOSING = BLOCKS | frozenset(_IMPLIED) | {"a"}

_VALUE = r"(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*+)"
_TOKEN = re.compile(
    rf"<(?:(/?)([A-Za-z][^\s/>]*+)((?>(?:[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?)*)[\s/]*+)>"
    r"|(!--)|(!\[CDATA\[)|([!?/A-Za-z]))"
)
"""A tag (its slash, name and attributes), or what another piece of markup begins with; a lone < is text."""

_NAMED = re.compile(r"[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s>]*+)))?")
_LETTER = re.compile(r"[A-Za-z]")
_COMMENT_END = re.compile(r"--!?>")
_CALLED = re.compile(r"\s*transcheck\s*:", re.IGNORECASE)

_NONE: Mapping[str, str] = {}


@dataclass(slots=True)
class Page:
    """A parsed page: its elements, numbered in the order of their start tags, and the events.

    Number 0 is around all others. ``parents`` are the elements around each, ``begins`` and ``ends`` its outermost
    events, ``comments`` the ranges of those that are meant for this program.
    """

    html: str
    tags: list[str] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    attrs: list[Mapping[str, str]] = field(default_factory=list)
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    comments: list[tuple[int, int]] = field(default_factory=list)


def parse(text: str) -> Page:
    """Return the elements and texts of a page."""
    tree = _Tree(text)
    at = 0
    while found := _TOKEN.search(text, at):
        start = found.start()
        if start > at:
            tree.text(at, start)
        at = _markup(tree, found)
    tree.text(at, len(text))
    return tree.page()


def _markup(tree: _Tree, found: re.Match[str]) -> int:
    """Take one tag, comment or declaration; return where the text goes on."""
    text, start, end = found.string, found.start(), found.end()
    slash, name, _, comment, cdata, other = found.groups()
    if name and slash:
        tree.end(name.lower(), start)
        return end
    if name:
        return tree.start(name.lower(), found)
    if comment:
        closing = _COMMENT_END.search(text, start + 2)
        if closing and _CALLED.match(text, end):
            tree.comment(start, closing.end())
        return closing.end() if closing else len(text)
    if cdata and start < tree.last_cdata:
        return text.index("]]>", start) + 3
    if other and (other not in "!?/" or (other == "/" and _LETTER.match(text, end))):
        return len(text)  # a tag that is never closed
    closed = text.find(">", start)
    return closed + 1 if closed >= 0 else len(text)


class _Tree:
    """The open elements, and all that was found so far.

    For each name the depths at which such elements are open are kept, so that no tag has to walk up the tree.
    """

    def __init__(self, text: str) -> None:
        self._page = Page(text)
        self._tags = self._page.tags
        self._events = self._page.events
        self.last_cdata = text.rfind("]]>")
        self._stack: list[int] = []
        self._depths: dict[str, list[int]] = {}
        self._blocks: list[int] = []
        self._link = False
        self._endless: set[str] = set()
        self._push("#page", _NONE, 0)

    def text(self, start: int, end: int) -> None:
        """Take a stretch of text."""
        if start < end:
            self._events.append((LINK if self._link else TEXT, start, end))

    def comment(self, start: int, end: int) -> None:
        """Take a comment that is meant for this program."""
        self._page.comments.append((start, end))

    def start(self, tag: str, found: re.Match[str]) -> int:
        """Take a start tag; return where the text goes on."""
        at, end = found.span()
        if tag in ("html", "body"):
            if not self._depths.get(tag):
                self._push(tag, self._attributes(found), at)
            return end
        if tag in _CLOSING:
            self._imply(tag, at)
        if tag == "br":
            self._events.append((BREAK, at, 0))
        elif tag == "hr":
            self._push(tag, _NONE, at)
            self._pop(at)
        elif tag in _RAW:
            return self._raw(tag, found)
        elif not (tag in _VOID or tag == "head" or (found[3].endswith("/") and self._foreign())):
            attrs = self._attributes(found)
            if attrs or tag not in _PLAIN or self._depths.get(tag):
                self._push(tag, attrs, at)
            if tag == "a":
                self._link = not attrs.get("href", "#").strip().startswith("#")
        return end

    def end(self, tag: str, at: int) -> None:
        """Take an end tag."""
        if tag in ("html", "body"):
            return
        if self._tags[self._stack[-1]] == tag:
            self._pop(at)
            return
        depths = self._depths.get(tag)
        if tag == "a":
            self._link = False
        if tag == "br":
            self._events.append((BREAK, at, 0))
        elif depths and self._may_close(tag, depths[-1]):
            self._close(depths[-1], at)
        elif tag == "p":
            self._push("p", _NONE, at)
            self._pop(at)
        elif tag in HEADINGS and self._tags[self._stack[-1]] in HEADINGS:
            self._pop(at)

    def page(self) -> Page:
        """Close everything and return the page."""
        self._close(0, len(self._page.html))
        return self._page

    def _may_close(self, tag: str, depth: int) -> bool:
        """Tell whether an end tag is for the element at ``depth``: an inline one closes no block."""
        if tag in BLOCKS or tag in _WHOLE:
            return self._in_scope(depth, _TABLE if tag in _SECTIONS else _SCOPE)
        return depth > self._blocks[-1]

    def _in_scope(self, depth: int, barriers: tuple[str, ...]) -> bool:
        for name in barriers:
            depths = self._depths.get(name)
            if depths and depths[-1] > depth:
                return False
        return True

    def _foreign(self) -> bool:
        return bool(self._depths.get("svg") or self._depths.get("math"))

    def _imply(self, tag: str, at: int) -> None:
        """Close what a start tag closes."""
        if tag in _IMPLIED:
            names, barriers = _IMPLIED[tag]
            for name in names:
                depths = self._depths.get(name)
                if depths and self._in_scope(depths[-1], barriers):
                    self._close(depths[-1], at)
        if tag in BLOCKS:
            self._break_out(at)
            depths = self._depths.get("p")
            if depths and self._in_scope(depths[-1], _PARAGRAPH):
                self._close(depths[-1], at)
            if tag in HEADINGS and self._tags[self._stack[-1]] in HEADINGS:
                self._pop(at)
        elif tag == "a":
            depths = self._depths.get("a")
            if depths and depths[-1] > self._blocks[-1]:
                self._close(depths[-1], at)

    def _break_out(self, at: int) -> None:
        """Close the drawing or formula that is open: no paragraph stands in it."""
        for name in ("svg", "math"):
            depths = self._depths.get(name)
            if depths and not self._depths.get("foreignobject"):
                self._close(depths[0], at)

    def _raw(self, tag: str, found: re.Match[str]) -> int:
        """Skip an element whose content is no markup; one that is never closed is empty, a script takes the rest."""
        end = found.end()
        if found[3].endswith("/") and self._foreign():
            return end
        if tag not in self._endless:
            closing = _raw_end(tag).search(self._page.html, end)
            if closing:
                return closing.start()
            self._endless.add(tag)
        return len(self._page.html) if tag in ("script", "style") and not found[3].endswith("/") else end

    def _attributes(self, found: re.Match[str]) -> Mapping[str, str]:
        start, end = found.span(3)
        if end - start < 3:
            return _NONE
        return {name: value for name, value in reversed([*_attributes(self._page.html, start, end)]) if name in _KEPT}

    def _push(self, tag: str, attrs: Mapping[str, str], at: int) -> None:
        page, stack, number = self._page, self._stack, len(self._tags)
        self._depths.setdefault(tag, []).append(len(stack))
        if tag in BLOCKS:
            self._blocks.append(len(stack))
        self._tags.append(tag)
        page.parents.append(stack[-1] if stack else 0)
        page.attrs.append(attrs)
        page.begins.append(len(self._events))
        page.ends.append(0)
        stack.append(number)
        self._events.append((OPEN, number, at))

    def _pop(self, at: int) -> None:
        number = self._stack.pop()
        tag = self._tags[number]
        self._depths[tag].pop()
        if tag in BLOCKS:
            self._blocks.pop()
        elif tag == "a":
            self._link = False
        if self._events[-1][:2] == (OPEN, number) and self._idle(tag):
            self._forget()
        else:
            self._page.ends[number] = len(self._events)
            self._events.append((CLOSE, number, at))

    def _idle(self, tag: str) -> bool:
        """Tell whether an empty element may be forgotten: it does not even end a paragraph."""
        if tag not in BLOCKS:
            return True
        kind, number, _ = self._events[-2] if len(self._events) > 1 else (TEXT, 0, 0)
        return kind in (OPEN, CLOSE) and self._tags[number] in BLOCKS and tag not in ("html", "body")

    def _forget(self) -> None:
        page = self._page
        for values in (page.tags, page.parents, page.attrs, page.begins, page.ends, page.events):
            values.pop()

    def _close(self, depth: int, at: int) -> None:
        """Close the element at ``depth`` and all inside it."""
        while len(self._stack) > depth:
            self._pop(at)


def _attributes(text: str, start: int, end: int) -> Iterator[tuple[str, str]]:
    """Yield the attributes of a tag, names in small letters, entities replaced."""
    for found in _NAMED.finditer(text, start, end):
        name, double, single, bare = found.groups()
        value = double or single or bare or ""
        yield name.lower(), html.unescape(value[:_LONGEST]) if "&" in value else value


_LONGEST = 4000
"""How much of the value of an attribute that holds entities is looked at."""

_RAW_ENDS: dict[str, re.Pattern[str]] = {}


def _raw_end(tag: str) -> re.Pattern[str]:
    if tag not in _RAW_ENDS:
        _RAW_ENDS[tag] = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE)
    return _RAW_ENDS[tag]
