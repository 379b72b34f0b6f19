"""The names of a row, those that are one name in several versions brought together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from transcheck.text.names import Name, likeness, mentions, names, same, witnessed
from transcheck.types import LANGS, Lang


@dataclass(frozen=True, slots=True)
class Item:
    """One name of one version; ``group`` joins what is the same name, ``stand_in`` marks a word that answers for it.

    ``partial``: the other versions do speak of it, but less often, so that only another known name of its kind counts.
    """

    group: int
    name: Name
    stand_in: bool = False
    partial: bool = False


@lru_cache(maxsize=4096)
def evidence(cells: tuple[tuple[Lang, str], ...]) -> dict[Lang, list[Item]] | None:
    """Group the names of a row and return the groups by version; None when nothing is left unanswered."""
    texts = dict(cells)
    found = {lang: _distinct(names(text, lang)) for lang, text in cells}
    nodes = [(lang, i) for lang in LANGS if lang in found for i in range(len(found[lang]))]
    parent = {node: node for node in nodes}

    def root(node: tuple[Lang, int]) -> tuple[Lang, int]:
        while parent[node] != node:
            node = parent[node]
        return node

    langs = [lang for lang in LANGS if lang in found]
    for x, a in enumerate(langs):
        for b in langs[x + 1 :]:
            for i, j in _pairs(found[a], found[b]):
                parent[root((b, j))] = root((a, i))
    groups: dict[tuple[Lang, int], dict[Lang, Name]] = {}
    for lang, i in nodes:
        groups.setdefault(root((lang, i)), {}).setdefault(lang, found[lang][i])
    grouped: dict[Lang, list[Item]] = {lang: [] for lang in langs}
    open_groups = 0
    for number, group in enumerate(groups.values()):
        firm = [n for n in group.values() if n.firm]
        if not firm:
            continue
        for lang in langs:
            if lang in group:
                grouped[lang].append(Item(number, group[lang]))
            elif any(witnessed(n, texts[lang]) for n in firm):
                grouped[lang].append(Item(number, firm[0], stand_in=True))
            else:
                open_groups += 1
    if open_groups:
        _add_repeated(grouped, texts)
    return grouped if sum(map(len, grouped.values())) >= 2 and open_groups else None


def _add_repeated(evidence: dict[Lang, list[Item]], texts: dict[Lang, str]) -> None:
    """Add the known names of which one version speaks more often: one mention may have been changed in the other."""
    present: dict[int, list[tuple[Lang, Item]]] = {}
    for lang, items in evidence.items():
        for item in items:
            present.setdefault(item.group, []).append((lang, item))
    number = max(present, default=0)
    for held in present.values():
        if len(held) != len(evidence) or not all(i.name.entities for _, i in held):
            continue
        name = held[0][1].name
        counts = {lang: mentions(name, texts[lang], lang) for lang, _ in held}
        low, high = min(counts.values()), max(counts.values())
        rich = [(lang, item) for lang, item in held if counts[lang] == high and not item.stand_in]
        if low < high and len(rich) >= len(held) - 1:
            number += 1
            for lang, item in rich:
                last = [n for n in names(texts[lang], lang) if n.entities & item.name.entities and n.firm]
                evidence[lang].append(Item(number, last[-1] if last else item.name, partial=True))


def _distinct(found: Sequence[Name]) -> list[Name]:
    """Keep one of each name: the first firm one, or the first."""
    kept: list[Name] = []
    for name in sorted(found, key=lambda n: (not n.firm, n.start)):
        if not any(name.keys[0] == k.keys[0] or name.entities & k.entities for k in kept):
            kept.append(name)
    return sorted(kept, key=lambda n: n.start)


def _pairs(left: Sequence[Name], right: Sequence[Name]) -> Iterator[tuple[int, int]]:
    """Match names one to one, the surest first; then let what is left share a partner when it is sure of it."""
    scored: list[tuple[float, int, int]] = []
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            if (a.firm or b.firm) and same(a, b):
                scored.append((2.0 if a.entities & b.entities else likeness(a, b), i, j))
    scored.sort(reverse=True)
    used_left: set[int] = set()
    used_right: set[int] = set()
    for score, i, j in scored:
        free = i not in used_left and j not in used_right
        shared = score >= 0.86 and (i not in used_left or j not in used_right)
        if free or shared:
            used_left.add(i)
            used_right.add(j)
            yield i, j
