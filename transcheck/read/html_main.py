"""Which elements of a page hold its text, and which are menus, advertisements, links to other pages and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from transcheck.read.html_tree import BLOCKS, CLOSE, HEADINGS, LINK, OPEN, TEXT, Element, Page, words

_HIDDEN_TAGS = words(
    "audio button canvas datalist iframe math noembed noframes noscript object rp script select style svg template "
    "textarea title video xmp"
)
_HIDDEN_CLASSES = words("sr-only visually-hidden visuallyhidden screen-reader-text")
_HIDDEN_STYLE = re.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.IGNORECASE)

_OUTER_TAGS = words("nav aside footer header form")
_ROLES = words(
    "alertdialog banner complementary contentinfo dialog menu menubar navigation search tablist toolbar tooltip"
)
_WORDS = words(
    "ad ads adv advert advertisement advertising adverts banner banners breadcrumb breadcrumbs byline comment comments "
    "consent cookie cookies disqus footer gdpr masthead menu meta modal modals nav navbar navigation newsletter "
    "newsletters outbrain pager pagination popup popups promo promos promoted promotion recommend recommendation "
    "recommendations recommended related share sharebar shares sharing sidebar sidebars social socials sponsor "
    "sponsored subscribe subscription subscriptions taboola tags toolbar"
)
_DENIED = words("has is no non not with without")
"""Words that turn the next one of a class name: ``no-sidebar``, ``has-banner``."""

_COMMENTS = words("comment comments disqus")
_KEPT_TAGS = words("#page html body article main h1 blockquote q")
"""Elements that are never left out for their class or role."""

_BELONGS = {"header": "article", "footer": "quote"}
"""A header belongs to the article, a footer to the quotation that is around it."""

_TITLE_HOLDERS = words("header banner masthead form")
"""What may be left out and yet hold the title of the page."""

_TOKENS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PARAGRAPHS = words("p pre li dd dt h1 h2 h3 h4 h5 h6 figcaption caption blockquote summary legend")

_SHORT = 25
"""Paragraphs with fewer characters say nothing on where the text is."""

_LONG = 80
"""From this length on a paragraph is surely one of running text."""

LINKED = 0.6
"""The share of linked characters above which a paragraph is a list of links."""


@dataclass(slots=True)
class _Measures:
    """What is known of each element; ``total``, ``longs`` and ``core`` include what is inside of it."""

    around: list[str]
    reasons: list[str]
    gone: list[str]
    own: list[int]
    linked: list[int]
    amount: list[int] = field(default_factory=list)
    total: list[int] = field(default_factory=list)
    longs: list[int] = field(default_factory=list)
    core: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Content:
    """The elements with the text, in their order, the title where it stands outside of them, and what is left out."""

    parts: tuple[int, ...]
    title: int | None
    left_out: tuple[bool, ...]


def content(page: Page) -> Content:
    """Choose what is read of a page."""
    elements = page.elements
    hidden = [_hidden(e) for e in elements]
    own, linked = _lengths(page, hidden)
    measures = _Measures(_around(elements), hidden, _inherited(elements, hidden), own, linked)
    _sum_up(elements, measures)
    measures.reasons = [reason or _boilerplate(elements, i, measures) for i, reason in enumerate(hidden)]
    measures.gone = _inherited(elements, measures.reasons)
    _sum_up(elements, measures)
    parts = _parts(elements, measures)
    return Content(parts, _title(elements, measures, parts), tuple(bool(r) for r in measures.reasons))


def _hidden(element: Element) -> str:
    """Return why an element is never shown, or nothing."""
    attrs = element.attrs
    if element.tag in _HIDDEN_TAGS or (element.tag == "dialog" and "open" not in attrs):
        return "hidden"
    if not attrs:
        return ""
    if "hidden" in attrs or attrs.get("aria-hidden", "").strip().lower() == "true":
        return "hidden"
    if not _HIDDEN_CLASSES.isdisjoint(attrs.get("class", "").split()):
        return "hidden"
    return "hidden" if _HIDDEN_STYLE.search(attrs.get("style", "")) else ""


def _inherited(elements: list[Element], reasons: list[str]) -> list[str]:
    """Return for each element why it, or one around it, is left out."""
    found = reasons[:]
    for i in range(1, len(found)):
        found[i] = found[elements[i].parent] or found[i]
    return found


def _around(elements: list[Element]) -> list[str]:
    """Return for each element whether it stands in an article or, nearer, in a quotation."""
    found = [""] * len(elements)
    for i in range(1, len(elements)):
        element = elements[i]
        if element.tag in ("article", "main", "blockquote") or element.attrs.get("role") == "main":
            found[i] = "quote" if element.tag == "blockquote" else "article"
        else:
            found[i] = found[element.parent]
    return found


def _lengths(page: Page, hidden: list[str]) -> tuple[list[int], list[int]]:
    """Return the length of the text that belongs to each block itself, and of the part that is linked."""
    own, linked = [0] * len(page.elements), [0] * len(page.elements)
    block = list(range(len(page.elements)))
    for i, element in enumerate(page.elements):
        around = block[element.parent]
        if not hidden[i] and (element.tag not in BLOCKS or page.elements[around].tag in HEADINGS):
            block[i] = around
    now = 0
    for kind, a, b in page.events:
        if kind == OPEN:
            now = a
        elif kind == CLOSE:
            now = page.elements[a].parent
        elif kind in (TEXT, LINK):
            length = len(" ".join(page.html[a:b].replace("&nbsp;", " ").split()))
            own[block[now]] += length
            if kind == LINK:
                linked[block[now]] += length
    return own, linked


def _sum_up(elements: list[Element], measures: _Measures) -> None:
    """Measure the running text in each element, all that is left out not counted."""
    shown = [(0 if m else n, k) for m, n, k in zip(measures.gone, measures.own, measures.linked, strict=True)]
    for least in (_SHORT, 1):
        amount = [n - k if n - k >= least and k <= LINKED * n else 0 for n, k in shown]
        if any(amount):
            break
    measures.amount, measures.total = amount, amount[:]
    measures.longs = [int(n >= _LONG) for n in amount]
    measures.core = [
        not gone and (e.tag in ("h1", "main") or e.attrs.get("role") == "main" or _is_body(e))
        for e, gone in zip(elements, measures.gone, strict=True)
    ]
    for i in range(len(elements) - 1, 0, -1):
        parent = elements[i].parent
        measures.total[parent] += measures.total[i]
        measures.longs[parent] += measures.longs[i]
        measures.core[parent] |= measures.core[i]


def _is_body(element: Element) -> bool:
    return "articleBody" in element.attrs.get("itemprop", "").split()


def _boilerplate(elements: list[Element], number: int, measures: _Measures) -> str:
    """Return the word that says that an element is no text of the page, or nothing."""
    element = elements[number]
    reason = ""
    if element.tag in _OUTER_TAGS:
        reason = "" if _BELONGS.get(element.tag) == measures.around[number] else element.tag
    elif element.attrs and element.tag not in _KEPT_TAGS:
        reason = _named(element)
    if not reason:
        return ""
    share = measures.total[number] / (measures.total[0] or 1)
    most = 0.9 if reason in _COMMENTS else 0.75
    return "" if share > most or (share > 0.5 and measures.core[number]) else reason


def _named(element: Element) -> str:
    """Return the word in the role, class or id of an element that says what it is."""
    role = element.attrs.get("role", "").strip().lower()
    if role in _ROLES:
        return role
    for name in (*element.attrs.get("class", "").split(), element.attrs.get("id", "")):
        before = ""
        for token in _TOKENS.findall(name):
            word = token.lower()
            if word in _WORDS and before not in _DENIED:
                return str(word)
            before = word
    return ""


def _parts(elements: list[Element], measures: _Measures) -> tuple[int, ...]:
    """Return the elements that hold the text."""
    usable = [i for i in range(len(elements)) if not measures.gone[i] and measures.total[i]]
    articles = [i for i in usable if elements[i].tag == "article"]
    best = _largest(articles, measures)
    if best and _is_text(elements, articles, best, measures):
        return (best,)
    for chosen in (
        [i for i in usable if elements[i].attrs.get("role") == "main"],
        [i for i in usable if elements[i].tag == "main"],
    ):
        best = _largest(chosen, measures)
        if best and measures.total[best] >= 0.3 * measures.total[0]:
            return (best,)
    best = _largest([i for i in usable if _is_body(elements[i])], measures)
    return (best,) if best else _densest(elements, usable, measures)


def _largest(numbers: Iterable[int], measures: _Measures) -> int:
    """Return the element with the most text, the outermost of several; 0 where there is none."""
    return max(numbers, key=lambda i: (measures.total[i], -i), default=0)


def _is_text(elements: list[Element], articles: list[int], best: int, measures: _Measures) -> bool:
    """Tell whether an article is one, and not a teaser beside the text."""
    if measures.longs[best] >= 3 or measures.core[best]:
        return True
    covered, until = 0, 0
    for i in articles:
        if elements[i].begins >= until:
            covered += measures.total[i]
            until = elements[i].ends
    return measures.total[best] >= 0.5 * (measures.total[0] - covered)


def _densest(elements: list[Element], usable: list[int], measures: _Measures) -> tuple[int, ...]:
    """Return the element around most paragraphs, and those beside it that belong to it."""
    scores: dict[int, float] = dict.fromkeys(usable, 0.0)
    for i in usable:
        holder = elements[i].parent if elements[i].tag in _PARAGRAPHS else i
        scores[holder] = scores.get(holder, 0.0) + measures.amount[i]
        parent = elements[holder].parent
        scores[parent] = scores.get(parent, 0.0) + measures.amount[i] / 2
    best = max(scores, key=lambda i: (scores[i], -i), default=0)
    while best and measures.total[best] < 0.5 * measures.total[0]:
        best = elements[best].parent
    if not best:
        return (0,)
    beside = [i for i in usable if elements[i].parent == elements[best].parent and elements[i].tag in BLOCKS]
    least = 0.2 * measures.total[best]
    return tuple(i for i in beside if i == best or measures.total[i] >= (min(least, 60) if i < best else least))


def _title(elements: list[Element], measures: _Measures, parts: tuple[int, ...]) -> int | None:
    """Return the heading of the page that stands outside of its text: the last one before it, or else the next."""
    first, last = elements[parts[0]].begins, elements[parts[-1]].ends
    inside = [False] * len(elements)
    for i in parts:
        inside[i] = True
    known: list[tuple[bool, bool, int]] = []
    for i, element in enumerate(elements):
        inside[i] |= inside[element.parent]
        if element.tag != "h1" or not measures.own[i]:
            continue
        gone = measures.gone[i]
        if inside[i] and not gone:
            return None
        site = measures.linked[i] > LINKED * measures.own[i]
        if gone and (site or gone not in _TITLE_HOLDERS or element.begins > last):
            continue
        known.append((not site, element.begins <= first, i if element.begins <= first else -i))
    return abs(max(known)[2]) if known else None
