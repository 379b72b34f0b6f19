"""Three pairwise alignments reconciled into one table of rows, a cell for every version.

The pair that fits best is the base; the third version is aligned to its rows, each row's vector being the sum of its
cells'. So a passage that the third version lacks faces a row with two cells, and one that only a base version lacks
faces a row with one. Rows with empty cells are then rejoined: at the same place they are a substitution, elsewhere a
move.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from transcheck.align.dynamic import Costs, align_units
from transcheck.align.kinds import ANY, Kinds, apart, kinds_of, together
from transcheck.align.units import Floats, Units, make_units, unit_rows
from transcheck.text.reporting import without_reporting
from transcheck.types import LANGS, Alignment, Bead, Cell, Document, Encoder, Lang, Place, Row, Segment, Span

_MOST_GAPS = 4000
"""Rows with an empty cell beyond this number are not searched for moves; a document like that is no translation."""


@dataclass(frozen=True, slots=True)
class Rejoining:
    """When rows that complement each other are one passage.

    ``moved`` is the normalised similarity for a passage found at another place. Two passages at the same place are one
    when their lengths differ by no more than the factor ``like``, or their similarity is at least ``uneven``.
    """

    moved: float = 0.38
    like: float = 3.0
    uneven: float = 0.3


@dataclass(frozen=True, slots=True)
class _Proto:
    """A row being built: segment indices a language, and the versions in which it is moved."""

    segments: Mapping[Lang, tuple[int, ...]]
    moved: tuple[Lang, ...] = ()


@dataclass(slots=True)
class _Side:
    """Segments of a version with their units."""

    segments: Sequence[Segment]
    units: Units
    semantic: Floats = field(repr=False)


def align_pair(
    a: Sequence[Segment], b: Sequence[Segment], encoder: Encoder, anchors: Mapping[Lang, Sequence[frozenset[str]]]
) -> Alignment:
    """Align two versions; ``anchors`` hold for each segment the numbers and names that survive translation."""
    sides = [_side(s, encoder, anchors[s[0].lang]) for s in (a, b)]
    return Alignment(a[0].lang, b[0].lang, align_units(sides[0].units, sides[1].units, Costs()))


def build_table(
    document: Document,
    segments: Mapping[Lang, Sequence[Segment]],
    encoder: Encoder,
    anchors: Mapping[Lang, Sequence[frozenset[str]]],
    costs: Costs | None = None,
    rejoining: Rejoining | None = None,
) -> tuple[Row, ...]:
    """Return the rows that hold every segment of every version exactly once, in the order of the base pair."""
    costs = costs or Costs()
    langs = [lang for lang in LANGS if lang in segments]
    kinds = kinds_of(document, segments)
    sides = {lang: _side(segments[lang], encoder, anchors[lang], kinds.get(lang)) for lang in langs}
    protos = _pairwise(langs, sides, costs) if len(langs) == 2 else _progressive(langs, sides, costs)
    protos = _rejoin(protos, langs, sides, costs, rejoining or Rejoining())
    return _rows(protos, langs, document, sides, encoder)


def _side(
    segments: Sequence[Segment], encoder: Encoder, anchors: Sequence[frozenset[str]], kinds: Kinds | None = None
) -> _Side:
    """Encode the segments of a version, without "he said", which stands at one sentence here and at another there."""
    texts = [without_reporting(s.text, s.lang) for s in segments]
    vectors = encoder.encode(texts)
    return _Side(segments, make_units(vectors, texts, anchors, kinds), vectors)


def _pairwise(langs: Sequence[Lang], sides: Mapping[Lang, _Side], costs: Costs) -> list[_Proto]:
    """Turn the beads of two versions into rows."""
    a, b = langs
    return [_proto_of({a: bead.a, b: bead.b}) for bead in align_units(sides[a].units, sides[b].units, costs)]


def _proto_of(ranges: Mapping[Lang, Span]) -> _Proto:
    """Make a row of segment ranges."""
    return _Proto({lang: tuple(range(r.start, r.end)) for lang, r in ranges.items()})


def _progressive(langs: Sequence[Lang], sides: Mapping[Lang, _Side], costs: Costs) -> list[_Proto]:
    """Align the best-fitting pair, then the third version to its rows."""
    pairs = [(a, b) for i, a in enumerate(langs) for b in langs[i + 1 :]]
    aligned = {(a, b): align_units(sides[a].units, sides[b].units, costs) for a, b in pairs}
    base = max(pairs, key=lambda p: _fit(aligned[p], sides[p[0]], sides[p[1]]))
    third = next(lang for lang in langs if lang not in base)
    rows = [_proto_of({base[0]: bead.a, base[1]: bead.b}) for bead in aligned[base]]
    merged: list[_Proto] = []
    for bead in align_units(_row_units(rows, base, sides), sides[third].units, costs):
        cells = {lang: tuple(i for r in rows[bead.a.start : bead.a.end] for i in r.segments[lang]) for lang in base}
        merged.append(_Proto({**cells, third: tuple(range(bead.b.start, bead.b.end))}))
    return merged


def _fit(beads: Sequence[Bead], a: _Side, b: _Side) -> float:
    """Mean gain a segment: how well two versions fit each other."""
    return sum(bead.score for bead in beads) / max(1, len(a.segments) + len(b.segments))


def _row_units(rows: Sequence[_Proto], langs: Sequence[Lang], sides: Mapping[Lang, _Side]) -> Units:
    """Give each row the sum of its cells' unit vectors, weighted like a segment of the cells' mean length."""
    dim = sides[langs[0]].units.vectors.shape[1]
    vectors = np.zeros((len(rows), dim), np.float32)
    lengths = np.zeros(len(rows), np.float32)
    filled = np.zeros(len(rows), np.float32)
    kinds = None if all(sides[lang].units.kinds is None for lang in langs) else np.full(len(rows), ANY, np.int8)
    for lang in langs:
        units = sides[lang].units
        for index, row in enumerate(rows):
            ids = row.segments[lang]
            if ids:
                vectors[index] += unit_rows(units.vectors[ids[0] : ids[-1] + 1].sum(axis=0, keepdims=True))[0]
                lengths[index] += units.lengths[ids[0] : ids[-1] + 1].sum()
                filled[index] += 1
                if kinds is not None and units.kinds is not None:
                    for own in units.kinds[list(ids)]:
                        kinds[index] = together(kinds[index], own)
    lengths /= np.maximum(filled, 1)
    return Units(unit_rows(vectors) * np.sqrt(lengths)[:, None], lengths, kinds)


def _rejoin(
    rows: list[_Proto], langs: Sequence[Lang], sides: Mapping[Lang, _Side], costs: Costs, limits: Rejoining
) -> list[_Proto]:
    """Join rows whose filled cells complement each other: the best matches anywhere first, then those side by side."""
    rows = _moves(rows, langs, sides, costs, limits)
    return _substitutions(rows, langs, sides, costs, limits)


def _moves(
    rows: list[_Proto], langs: Sequence[Lang], sides: Mapping[Lang, _Side], costs: Costs, limits: Rejoining
) -> list[_Proto]:
    """Join rows whose likeness is clear; not next to each other, they are a passage that was moved."""
    open_rows = [i for i, r in enumerate(rows) if any(not r.segments[lang] for lang in langs)]
    if len(open_rows) < 2 or len(open_rows) > _MOST_GAPS:
        return rows
    vectors = _row_units([rows[i] for i in open_rows], langs, sides)
    unit = unit_rows(vectors.vectors)
    sims = unit @ unit.T - costs.usual
    filled = np.array([[bool(rows[i].segments[lang]) for lang in langs] for i in open_rows])
    clash = (filled[:, None, :] & filled[None, :, :]).any(axis=2)
    if vectors.kinds is not None:
        clash |= apart(vectors.kinds, vectors.kinds)
    sims[clash] = -1.0
    np.fill_diagonal(sims, -1.0)
    gone: set[int] = set()
    for flat in np.argsort(-sims, axis=None):
        x, y = divmod(int(flat), len(open_rows))
        if sims[x, y] < limits.moved:
            break
        if x < y and not {x, y} & gone:
            gone.add(_join(rows, open_rows, x, y, langs))
    dropped = {open_rows[x] for x in gone}
    return [r for i, r in enumerate(rows) if i not in dropped]


def _join(rows: list[_Proto], open_rows: list[int], x: int, y: int, langs: Sequence[Lang]) -> int:
    """Join two rows at the place of the one with more cells; return the index of the one that goes."""
    count = [sum(bool(rows[open_rows[k]].segments[lang]) for lang in langs) for k in (x, y)]
    stay, go = (x, y) if count[0] >= count[1] else (y, x)
    kept, other = rows[open_rows[stay]], rows[open_rows[go]]
    cells = {lang: kept.segments[lang] or other.segments[lang] for lang in langs}
    between = rows[min(open_rows[x], open_rows[y]) + 1 : max(open_rows[x], open_rows[y])]
    moved: tuple[Lang, ...] = ()
    if any(row.segments[lang] for row in between for lang in langs if cells[lang]):
        moved = tuple(langs) if len(langs) == 2 else tuple(lang for lang in langs if other.segments[lang])
    rows[open_rows[stay]] = _Proto(cells, moved)
    return go


def _substitutions(
    rows: list[_Proto], langs: Sequence[Lang], sides: Mapping[Lang, _Side], costs: Costs, limits: Rejoining
) -> list[_Proto]:
    """Join rows that complement each other within a run of incomplete rows and whose texts are of like length."""
    joined: list[_Proto] = []
    run_starts = 0
    for row in rows:
        if all(row.segments[lang] for lang in langs):
            joined.append(row)
            run_starts = len(joined)
            continue
        for index in range(run_starts, len(joined)):
            if _complement(joined[index], row, langs) and _substitute(joined[index], row, langs, sides, costs, limits):
                cells = {lang: joined[index].segments[lang] + row.segments[lang] for lang in langs}
                joined[index] = _Proto(cells)
                break
        else:
            joined.append(row)
    return joined


def _substitute(
    a: _Proto, b: _Proto, langs: Sequence[Lang], sides: Mapping[Lang, _Side], costs: Costs, limits: Rejoining
) -> bool:
    """Whether two complementary rows are one passage rendered differently."""
    units = _row_units([a, b], langs, sides)
    if units.kinds is not None and apart(units.kinds[:1], units.kinds[1:])[0, 0]:
        return False
    unit = unit_rows(units.vectors)
    similarity = float(unit[0] @ unit[1]) - costs.usual
    ratio = float(units.lengths.max() / max(1.0, units.lengths.min()))
    return ratio <= limits.like or similarity >= limits.uneven


def _complement(a: _Proto, b: _Proto, langs: Sequence[Lang]) -> bool:
    """Whether no version is filled in both rows."""
    return not any(a.segments[lang] and b.segments[lang] for lang in langs)


def _rows(
    protos: Sequence[_Proto],
    langs: Sequence[Lang],
    document: Document,
    sides: Mapping[Lang, _Side],
    encoder: Encoder,
) -> tuple[Row, ...]:
    """Give every cell its place and every pair of filled cells its cosine."""
    places = {lang: _places(protos, lang, document, sides[lang].segments) for lang in langs}
    vectors = {lang: _cell_vectors(protos, lang, places[lang], sides[lang], encoder) for lang in langs}
    rows: list[Row] = []
    for index, proto in enumerate(protos):
        cells = tuple(Cell(lang, proto.segments[lang], places[lang][index]) for lang in langs)
        filled = [c.lang for c in cells if not c.empty]
        cosines = tuple(
            ((a, b), float(vectors[a][index] @ vectors[b][index]))
            for i, a in enumerate(filled)
            for b in filled[i + 1 :]
        )
        rows.append(Row(index, cells, cosines, proto.moved))
    return tuple(rows)


def _places(protos: Sequence[_Proto], lang: Lang, document: Document, segments: Sequence[Segment]) -> list[Place]:
    """Return the place of each row's cell; an empty one stands where the passage before it ends."""
    version = document.version(lang)
    if version is None:
        raise KeyError(lang)
    found: list[Place] = []
    at = segments[0].span.start if segments else 0
    for proto in protos:
        ids = proto.segments[lang]
        if ids:
            start, end = segments[ids[0]].span.start, segments[ids[-1]].span.end
            found.append(version.place(start, end))
            if lang not in proto.moved:
                at = end
        else:
            found.append(version.place(at, at))
    return found


def _cell_vectors(
    protos: Sequence[_Proto], lang: Lang, places: Sequence[Place], side: _Side, encoder: Encoder
) -> Floats:
    """Return the unit vector of each cell: the segment's own, or that of the joined text; zeros where empty."""
    out = np.zeros((len(protos), side.semantic.shape[1]), np.float32)
    several = [i for i, p in enumerate(protos) if len(p.segments[lang]) > 1]
    if several:
        out[several] = encoder.encode([without_reporting(places[i].text, lang) for i in several])
    for index, proto in enumerate(protos):
        if len(proto.segments[lang]) == 1:
            out[index] = side.semantic[proto.segments[lang][0]]
    return out
