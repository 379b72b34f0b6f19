"""Segments of two or three versions to rows that show what stands for what."""

from transcheck.align.anchors import anchors
from transcheck.align.dynamic import Costs, align_units
from transcheck.align.table import Rejoining, align_pair, build_table

__all__ = ["Costs", "Rejoining", "align_pair", "align_units", "anchors", "build_table"]
