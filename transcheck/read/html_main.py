"""Which elements of a page hold its text, and which are menus, advertisements, links to other pages and the like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from transcheck.read.html_tree import BLOCKS, CLOSE, HEADINGS, LINK, OPEN, TEXT, Page, words

_HIDDEN_TAGS = words(
    "audio button canvas datalist iframe math noembed noframes noscript object rp script select style svg template "
    "textarea title video xmp"
)
_HIDDEN_CLASSES = words("sr-only visually-hidden visuallyhidden screen-reader-text")
_HIDDEN_STYLE = re.compile(r"display\s*+:\s*+none|visibility\s*+:\s*+hidden", re.IGNORECASE)

_OUTER_TAGS = words("nav aside footer header form dialog")
_ROLES = words(
    "alertdialog banner complementary contentinfo dialog menu menubar navigation search tablist toolbar tooltip"
)
_WORDS = words(
    "ad ads adv advert advertisement advertising adverts author authors banner banners breadcrumb breadcrumbs "
    "byline comment comments consent cookie cookies disqus footer gdpr masthead menu meta modal modals nav navbar "
    "navigation newsletter newsletters outbrain pager pagination popup popups promo promos promoted promotion "
    "recommend recommendation recommendations recommended related share sharebar shares sharing sidebar sidebars "
    "social socials sponsor sponsored subscribe subscription subscriptions taboola tags toolbar"
)
_DENIED = words("blockquote has is no non not pullquote quote with without")
"""Words that turn the next one of a class name: ``no-sidebar``, ``has-banner``, ``quote-author``."""

_SIGNED = words("author authors byline meta")
"""What names the author of the page, or inside of a quotation the one who is quoted."""

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

_STANDFIRST = 60
"""From this length on what stands before the text belongs to it."""

LINKED = 0.6
"""The share of linked characters above which a paragraph is a list of links."""


@dataclass(slots=True)
class _Measures:
    """What is known of each element; ``total``, ``longs`` and ``core`` include what is inside of it."""

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
    named = zip(page.tags, page.attrs, strict=True)
    hidden = ["hidden" if tag in _HIDDEN_TAGS or (attrs and _hidden(attrs)) else "" for tag, attrs in named]
    own, linked = _lengths(page, hidden)
    measures = _Measures(hidden, _inherited(page, hidden), own, linked)
    _sum_up(page, measures)
    around = _around(page)
    measures.reasons = [
        reason or (_boilerplate(page, i, measures, around[i]) if page.attrs[i] or tag in _OUTER_TAGS else "")
        for i, (tag, reason) in enumerate(zip(page.tags, hidden, strict=True))
    ]
    measures.gone = _inherited(page, measures.reasons)
    _sum_up(page, measures)
    parts = _parts(page, measures)
    return Content(parts, _title(page, measures, parts), tuple(map(bool, measures.reasons)))


def _hidden(attrs: Mapping[str, str]) -> bool:
    """Tell whether an element is never shown, by its attributes."""
    if "hidden" in attrs or attrs.get("aria-hidden", "").strip().lower() == "true":
        return True
    if "class" in attrs and not _HIDDEN_CLASSES.isdisjoint(attrs["class"].split()):
        return True
    return "style" in attrs and bool(_HIDDEN_STYLE.search(attrs["style"]))


def _inherited(page: Page, reasons: list[str]) -> list[str]:
    """Return for each element why it, or one around it, is left out."""
    found = reasons[:]
    for i, parent in enumerate(page.parents):
        found[i] = found[parent] or found[i]
    return found


def _around(page: Page) -> list[str]:
    """Return for each element whether it stands in an article or, nearer, in a quotation."""
    found = [""] * len(page.tags)
    for i, (tag, parent) in enumerate(zip(page.tags, page.parents, strict=True)):
        found[i] = found[parent]
        if tag in ("article", "main") or page.attrs[i].get("role") == "main":
            found[i] = "article"
        elif tag == "blockquote":
            found[i] = "quote"
    return found


def _lengths(page: Page, hidden: list[str]) -> tuple[list[int], list[int]]:
    """Return the length of the text that belongs to each block itself, and of the part that is linked."""
    tags, parents, text = page.tags, page.parents, page.html
    own, linked = [0] * len(tags), [0] * len(tags)
    block = list(range(len(tags)))
    for i, tag in enumerate(tags):
        around = block[parents[i]]
        if not hidden[i] and (tag not in BLOCKS or tags[around] in HEADINGS):
            block[i] = around
    now = 0
    for kind, a, b in page.events:
        if kind == OPEN:
            now = a
        elif kind == CLOSE:
            now = parents[a]
        elif kind in (TEXT, LINK):
            length = len(text[a:b].replace("&nbsp;", " ").strip())
            own[block[now]] += length
            if kind == LINK:
                linked[block[now]] += length
    return own, linked


def _sum_up(page: Page, measures: _Measures) -> None:
    """Measure the running text in each element, all that is left out not counted."""
    shown = [(0 if m else n, k) for m, n, k in zip(measures.gone, measures.own, measures.linked, strict=True)]
    for least in (_SHORT, 1):
        amount = [n - k if n - k >= least and k <= LINKED * n else 0 for n, k in shown]
        if any(amount):
            break
    measures.amount = amount
    measures.total = total = amount[:]
    measures.longs = longs = [int(n >= _LONG) for n in amount]
    measures.core = core = [False] * len(amount)
    for i in range(len(amount) - 1, 0, -1):
        parent = page.parents[i]
        if total[i]:
            total[parent] += total[i]
            longs[parent] += longs[i]
        if core[i] or (not measures.gone[i] and _is_core(page, i)):
            core[i] = core[parent] = True


def _is_core(page: Page, number: int) -> bool:
    """Tell whether an element is in or around the text of the page for sure."""
    attrs = page.attrs[number]
    return page.tags[number] in ("h1", "main") or (bool(attrs) and (attrs.get("role") == "main" or _is_body(attrs)))


def _is_body(attrs: Mapping[str, str]) -> bool:
    return "itemprop" in attrs and "articleBody" in attrs["itemprop"].split()


def _boilerplate(page: Page, number: int, measures: _Measures, around: str) -> str:
    """Return the word that says that an element is no text of the page, or nothing."""
    tag, attrs = page.tags[number], page.attrs[number]
    reason = ""
    if tag in _OUTER_TAGS:
        reason = "" if _BELONGS.get(tag, "-") == around or "open" in attrs else tag
    elif tag not in _KEPT_TAGS:
        reason = _named(attrs)
    if not reason or (around == "quote" and reason in _SIGNED):
        return ""
    share = measures.total[number] / (measures.total[0] or 1)
    most = 0.9 if reason in _COMMENTS else 0.75
    return "" if share > most or (share > 0.5 and measures.core[number]) else reason


def _named(attrs: Mapping[str, str]) -> str:
    """Return the word in the role, class or id of an element that says what it is."""
    role = attrs.get("role", "").strip().lower()
    if role in _ROLES:
        return role
    for name in (*attrs.get("class", "").split(), attrs.get("id", "")):
        before = ""
        for token in _TOKENS.findall(name):
            word = token.lower()
            for whole in (word, before + word):  # "sideBar" is one word as well
                if whole in _WORDS and before not in _DENIED:
                    return str(whole)
            before = word
    return ""


def _parts(page: Page, measures: _Measures) -> tuple[int, ...]:
    """Return the elements that hold the text."""
    usable = [
        i for i, (gone, total) in enumerate(zip(measures.gone, measures.total, strict=True)) if total and not gone
    ]
    articles = [i for i in usable if page.tags[i] == "article"]
    best = _largest(articles, measures)
    if best and _is_text(page, articles, best, measures):
        return (best,)
    for chosen in (
        [i for i in usable if page.attrs[i].get("role") == "main"],
        [i for i in usable if page.tags[i] == "main"],
    ):
        best = _largest(chosen, measures)
        if best and measures.total[best] >= 0.3 * measures.total[0]:
            return (best,)
    best = _largest([i for i in usable if _is_body(page.attrs[i])], measures)
    return (best,) if best else _densest(page, usable, measures)


def _largest(numbers: Iterable[int], measures: _Measures) -> int:
    """Return the element with the most text, the outermost of several; 0 where there is none."""
    return max(numbers, key=lambda i: (measures.total[i], -i), default=0)


def _is_text(page: Page, articles: list[int], best: int, measures: _Measures) -> bool:
    """Tell whether an article is one, and not a teaser beside the text."""
    if measures.longs[best] >= 3 or measures.core[best]:
        return True
    covered, until = 0, 0
    for i in articles:
        if page.begins[i] >= until:
            covered += measures.total[i]
            until = page.ends[i]
    return measures.total[best] >= 0.5 * (measures.total[0] - covered)


def _densest(page: Page, usable: list[int], measures: _Measures) -> tuple[int, ...]:
    """Return the element around most paragraphs, and those beside it that belong to it."""
    parents, total = page.parents, measures.total
    scores: dict[int, float] = dict.fromkeys(usable, 0.0)
    for i in usable:
        holder = parents[i] if page.tags[i] in _PARAGRAPHS else i
        scores[holder] = scores.get(holder, 0.0) + measures.amount[i]
        scores[parents[holder]] = scores.get(parents[holder], 0.0) + measures.amount[i] / 2
    best = max(scores, key=lambda i: (scores[i], -i), default=0)
    while best and total[best] < 0.5 * total[0]:
        best = parents[best]
    if not best:
        return (0,)
    beside = [i for i in usable if i and parents[i] == parents[best] and page.tags[i] in BLOCKS]
    after = 0.2 * total[best]
    return tuple(i for i in beside if i == best or total[i] >= (min(after, _STANDFIRST) if i < best else after))


def _title(page: Page, measures: _Measures, parts: tuple[int, ...]) -> int | None:
    """Return the heading of the page that stands outside of its text: the last one before it, or else the next."""
    first, last = page.begins[parts[0]], page.ends[parts[-1]]
    inside = [False] * len(page.tags)
    for i in parts:
        inside[i] = True
    known: list[tuple[bool, bool, int]] = []
    for i, (tag, parent) in enumerate(zip(page.tags, page.parents, strict=True)):
        inside[i] |= inside[parent]
        if tag != "h1" or not measures.own[i]:
            continue
        gone, at = measures.gone[i], page.begins[i]
        if inside[i] and not gone:
            return None
        site = measures.linked[i] > LINKED * measures.own[i]
        if gone and (site or gone not in _TITLE_HOLDERS or at > last):
            continue
        known.append((not site, at <= first, i if at <= first else -i))
    return abs(max(known)[2]) if known else None
