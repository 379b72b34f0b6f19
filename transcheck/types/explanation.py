"""Why a finding was made: how the words of a row match, and what spoke for and against it."""

from __future__ import annotations

from dataclasses import dataclass

from transcheck.types.finding import Finding
from transcheck.types.span import Lang


@dataclass(frozen=True, slots=True)
class Matching:
    """The words of two versions of a row: ``similarities`` [words a][words b] are cosines, ``links`` index pairs that
    choose one another, ``lost_a`` and ``lost_b`` the probabilities that the other version has nothing or something else
    for a word, ``drift`` the probability that the two do not say the same.
    """

    lang_a: Lang
    lang_b: Lang
    words_a: tuple[str, ...]
    words_b: tuple[str, ...]
    similarities: tuple[tuple[float, ...], ...]
    links: tuple[tuple[int, int], ...]
    lost_a: tuple[float, ...]
    lost_b: tuple[float, ...]
    drift: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that spoke for (above 0) or against a finding, in log-odds, and what it is."""

    name: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """A finding with the matchings of each two versions of its row, and its evidence; none where it was not weighed."""

    finding: Finding
    matchings: tuple[Matching, ...]
    evidence: tuple[Evidence, ...]
