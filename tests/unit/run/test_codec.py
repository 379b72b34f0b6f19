"""Reports as bytes and back."""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from transcheck.encode import load_encoder
from transcheck.read.groups import read_groups
from transcheck.run.batch import run_documents
from transcheck.run.codec import _converter, from_bytes, to_bytes
from transcheck.types import Document, DocumentReport, Finding, Place, Report, Suppressed, Suppression, Version


def test_every_kind_of_thing_comes_back(report: Report) -> None:
    assert from_bytes(to_bytes(report.documents)) == report.documents
    for document in report.documents:
        assert from_bytes(to_bytes([document])) == (document,)


@pytest.mark.parametrize("folder", ["samples/articles", "samples/newsroom", "samples/quote"])
@pytest.mark.parametrize("articles", [False, True])
def test_what_is_found_in_the_samples_comes_back(root: Path, folder: str, articles: bool) -> None:
    items = [replace(i, articles=articles) if isinstance(i, Document) else i for i in read_groups([root / folder])]
    found = run_documents(items, load_encoder("fast")).documents
    assert any(d.rows for d in found)
    back = from_bytes(to_bytes(found))
    assert back == found
    assert repr(back) == repr(found)


def test_a_document_is_written_once_for_all_its_reports() -> None:
    document = Document("d", (Version("ru", "Слово за словом. " * 3000), Version("uk", "Слово.")))
    one = to_bytes([DocumentReport("d#1", document)])
    many = to_bytes([DocumentReport(f"d#{n}", document) for n in range(50)])
    assert len(many) < 1.5 * len(one) + 1000
    back = from_bytes(many)
    assert len(back) == 50
    assert all(r.document is back[0].document for r in back)


def test_odd_texts_and_places_come_back() -> None:
    text = "a\ud800b 🇺🇦 \x00 \u2028 «ї»"
    document = Document("d", (Version("en", text), Version("ru", text)), (("k", "\udcff"),))
    places = [Place("en", 0, 3, text[:3]), Place("en", 2, 1, "other"), Place("uk", 0, 5, "gone"), Place("ru", 9, 9, "")]
    findings = tuple(Finding("TC101", "omission", "error", None, 1 / 3, "m", p, tuple(places), 0, "f") for p in places)
    suppressed = (Suppressed(findings[0], Suppression("inline", "why", "a.md:3")),)
    report = DocumentReport("d", document, findings=findings, suppressed=suppressed)
    assert from_bytes(to_bytes([report])) == (report,)
    failed = DocumentReport("x", error="x: no such file")
    assert from_bytes(to_bytes([failed, report])) == (failed, report)
    assert from_bytes(to_bytes([])) == ()


@pytest.mark.parametrize(
    "data",
    [b"", b"x", zlib.compress(b"[]"), zlib.compress(b"{}"), zlib.compress(b'[[], [[0, ["a"]]]]'),
     zlib.compress(b'[[], [[null, ["a"]]]]'), zlib.compress(b"\xff")],
)  # fmt: skip
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no stored report"):
        from_bytes(data)


def test_a_cut_or_changed_report_is_refused_or_the_same(report: Report) -> None:
    data = to_bytes(report.documents)
    for at in range(0, len(data), 7):
        for changed in (data[:at], data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :]):
            with pytest.raises(ValueError, match="no stored report"):
                from_bytes(changed)


def test_a_type_that_is_not_known_is_an_error() -> None:
    with pytest.raises(TypeError, match=r"frozenset\[str\] cannot be stored"):
        _converter(frozenset[str], writing=True)
