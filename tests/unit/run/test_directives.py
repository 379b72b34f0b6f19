"""What comments order, and what is wrong with them."""

from __future__ import annotations

import re

import pytest

from transcheck.run.directives import orders
from transcheck.types import Comment, Span, Version

TEXT = "0123456789" * 4


def version(*said: str) -> Version:
    """Return a version with a comment of one character in every tenth column, about the five characters behind it."""
    comments = tuple(
        Comment(text, Span(10 * i, 10 * i + 1), Span(10 * i + 1, 10 * i + 6), i + 1) for i, text in enumerate(said)
    )
    return Version("en", TEXT, "a.en.md", comments=comments)


GOOD = [
    pytest.param("ignore[TC301] the archive has forty", ("TC301",), "the archive has forty", Span(1, 6), id="plain"),
    pytest.param("ignore[tc3, TC201]: why", ("TC3", "TC201"), "why", Span(1, 6), id="several"),
    pytest.param("Ignore [TC301,TC301] — так надо", ("TC301",), "так надо", Span(1, 6), id="twice the same"),
    pytest.param("ignore-file[TC] not for print", ("TC",), "not for print", None, id="the whole file"),
]


@pytest.mark.parametrize(("text", "codes", "reason", "scope"), GOOD)
def test_an_order(text: str, codes: tuple[str, ...], reason: str, scope: Span | None) -> None:
    (order,), flaws = orders(version(text))
    assert (order.codes, order.reason, order.scope, flaws) == (codes, reason, scope, [])


BAD = [
    pytest.param("ignore[TC301]", r"ignore\[TC301\] gives no reason; write it", id="no reason"),
    pytest.param("ignore-file[TC301] : ", r"ignore-file\[TC301\] gives no reason", id="a colon is no reason"),
    pytest.param("ignore the archive has forty", r"ignore names no check; write ignore\[TC301\]", id="no code"),
    pytest.param("ignore[ ] why", "ignore names no check", id="an empty bracket"),
    pytest.param("ignore-start[] why", "ignore-start names no check", id="a blanket range"),
    pytest.param(
        "ignore[TC999] why", "no check has a code that begins with TC999; see: transcheck rules", id="no such"
    ),
    pytest.param("ignore[number] why", "begins with NUMBER", id="a name"),
    pytest.param("ignor[TC301] why", "'ignor' is none of ignore, .*; did you mean ignore", id="misspelt"),
    pytest.param("ignore-next-line[TC301] why", "is none of ignore", id="of another tool"),
    pytest.param("[TC301] why", "is none of ignore", id="nothing to do"),
    pytest.param(
        "ignore-end[TC301]", r"ignore-end\[TC301\] closes nothing; write ignore-start\[TC301\]", id="no start"
    ),
    pytest.param("ignore-start[TC301] why", r"never closed; write ignore-end\[TC301\] below it", id="no end"),
]


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_flaw(text: str, message: str) -> None:
    found, (flaw,) = orders(version(text))
    assert not found
    assert re.search(message, flaw.message), flaw.message


def test_known_codes_hold_beside_an_unknown_one() -> None:
    (order,), (flaw,) = orders(version("ignore[TC999, TC301] why"))
    assert order.codes == ("TC301",)
    assert "TC999" in flaw.message


def test_a_range_goes_from_comment_to_comment() -> None:
    (order,), flaws = orders(version("ignore-start[TC3, TC2] why", "ignore-end[TC2,TC3]"))
    assert (order.scope, order.codes, flaws) == (Span(1, 10), ("TC3", "TC2"), [])


def test_ranges_may_lie_within_one_another() -> None:
    found, flaws = orders(version("ignore-start[TC3] a", "ignore-start[TC2] b", "ignore-end[TC3]", "ignore-end[TC2]"))
    assert [(o.codes, o.scope) for o in found] == [(("TC3",), Span(1, 20)), (("TC2",), Span(11, 30))]
    assert not flaws


def test_a_range_without_a_reason_is_one_flaw_and_holds_for_nothing() -> None:
    found, (flaw,) = orders(version("ignore-start[TC3]", "ignore-end[TC3]"))
    assert not found
    assert flaw.comment.line == 1


def test_an_end_that_names_others_closes_nothing() -> None:
    found, flaws = orders(version("ignore-start[TC3] why", "ignore-end[TC2]"))
    assert not found
    assert [f.comment.line for f in flaws] == [1, 2]
