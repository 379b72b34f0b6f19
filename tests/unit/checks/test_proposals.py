"""What a rule only proposes: it is a finding where the network bears it out, and nothing sure explains the row."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import pytest

from transcheck.checks import confidence, contrast, fields, modality, quantities, wording
from transcheck.checks.base import Context
from transcheck.checks.confidence import WEAK, weigh
from transcheck.checks.explain import explain
from transcheck.encode import load_encoder
from transcheck.run.pipeline import compare_document, context_of, gathered
from transcheck.types import Document, Finding, Lang, Version

Texts = Mapping[Lang, str]


def document(texts: Texts) -> Document:
    return Document("test", tuple(Version(lang, text) for lang, text in texts.items()))


def proposed(context: Context) -> list[Finding]:
    return [f for f in gathered(context) if f.score <= WEAK]


WOUND: Texts = {
    "uk": "Лікар сказав, що рана глибока і загоюватиметься довго.",
    "en": "The doctor said that the wound was shallow and would take long to heal.",
}


def test_a_proposal_that_is_borne_out_becomes_a_finding() -> None:
    context = context_of(document(WOUND), load_encoder())
    assert [f for f in weigh(proposed(context), context) if f.score > WEAK]


def test_a_proposal_of_a_check_that_is_not_fitted_goes() -> None:
    context = context_of(document(WOUND), load_encoder())
    (first, *_) = proposed(context)
    assert list(weigh([replace(first, code="TC999")], context)) == []
    assert list(weigh([replace(first, code="TC999", score=0.5)], context)) == [replace(first, code="TC999", score=0.5)]


def test_what_is_unlikely_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(document(WOUND), load_encoder())
    (first, *_) = proposed(context)
    model = {**confidence.model(), "proposed": {**confidence.model()["proposed"], "limits": {"error": 1, "warning": 1}}}
    monkeypatch.setattr(confidence, "model", lambda: model)
    assert list(weigh([first], context)) == []


def test_words_that_no_list_knows_have_a_limit_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(document(WOUND), load_encoder())
    (first, *_) = proposed(context)
    told = [replace(first, code="TC209", score=score) for score in (WEAK, wording.UNLISTED)]
    limits = {"error": 1.0, "warning": 1.0, "TC209": 0.0, confidence.UNLISTED: 1.0}
    model = {**confidence.model(), "proposed": {**confidence.model()["proposed"], "limits": limits}}
    monkeypatch.setattr(confidence, "model", lambda: model)
    assert [len(list(weigh([f], context))) for f in told] == [1, 0]


def test_what_is_shown_is_an_error_only_from_the_limit_of_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(document(WOUND), load_encoder())
    (first, *_) = proposed(context)
    told = replace(first, code="TC101", score=0.5, severity="error")
    shown = {**confidence.model()["shown"], "limits": {"warning": 0.0}}
    seen = []
    for errors in ({}, {"TC101": 0.0}, {"TC101": 1.0}, {"TC102": 1.0}):
        model = {**confidence.model(), "shown": {**shown, "errors": errors}}
        monkeypatch.setattr(confidence, "model", lambda model=model: model)
        seen += [f.severity for f in weigh([told], context)]
        assert [f.severity for f in weigh([replace(told, severity="warning")], context)] == ["warning"]
    assert seen == ["error", "error", "warning", "error"]


def test_what_is_sure_of_a_row_leaves_no_room_for_proposals() -> None:
    texts: Texts = {
        "ru": "Магазины открылись до войны, потому что людям нужен был хлеб.",
        "uk": "Магазини відчинилися до війни, бо людям потрібен був хліб.",
        "en": "The shops opened before the war, although people needed bread.",
    }
    context = context_of(document(texts), load_encoder())
    sure = [f for f in gathered(context) if f.score > WEAK]
    assert {f.code for f in sure} == {"TC202"}
    assert proposed(context) == []


def _opposed(texts: Texts) -> list[tuple[str, Lang | None, bool]]:
    context = context_of(document(texts), load_encoder())
    return [(c.entry, c.lang, c.listed) for row in context.rows for c in contrast._opposite_each_other(row, context)]


def test_opposites_stand_in_one_place() -> None:
    assert ("high-low", None, True) in _opposed({"ru": "Забор был высокий.", "en": "The fence was low."})
    assert _opposed({"ru": "Забор был высокий.", "en": "The fence was high."}) == []


def test_a_word_of_ones_own_side_answers() -> None:
    ru = "Сначала дорога шла вверх, а потом вниз, к реке и мельнице."
    assert _opposed({"ru": ru, "en": "At first the road went up and then down to the river and the mill."}) == []


def test_of_three_versions_the_one_that_a_third_speaks_against() -> None:
    found = _opposed({"ru": "Забор был высокий.", "uk": "Паркан був високий.", "en": "The fence was low."})
    assert ("high-low", "en", True) in found


def test_a_swap_of_two_versions_is_proposed() -> None:
    texts: Texts = {"uk": "Навесні ми посіяли жито.", "en": "In winter we sowed rye."}
    context = context_of(document(texts), load_encoder())
    (swap,) = fields.proposals(context.rows[0], context, ["season"])
    assert (swap.lang, swap.has, swap.wants) == (None, "spring", "winter")
    found = [f for f in quantities.check(context) if f.score <= WEAK]
    assert [(f.code, f.severity) for f in found] == [("TC302", "warning")]


def test_numbers_that_say_little_are_proposed() -> None:
    context = context_of(document({"ru": "Он занял второе место.", "en": "He took eighth place."}), load_encoder())
    assert [(f.code, f.score, f.span.text) for f in quantities.check(context)] == [("TC301", WEAK, "второе")]
    context = context_of(document({"ru": "Темп 5/4.", "en": "The tempo is 5/7."}), load_encoder())
    assert [(f.code, f.score, f.span.text) for f in quantities.check(context)] == [("TC301", WEAK, "4")]


def test_modals_of_opposed_classes_are_proposed() -> None:
    texts: Texts = {"ru": "Завтра суд будет слушать это дело.", "en": "Tomorrow the court may hear this case."}
    context = context_of(document(texts), load_encoder())
    assert [(f.code, f.score) for f in modality.check(context)] == [("TC204", WEAK)]


def test_one_pair_of_two_entries_is_one_finding() -> None:
    texts: Texts = {
        "ru": "Эта толстая книга о войне стоила сто рублей.",
        "en": "This thin book about the war cost a hundred roubles.",
    }
    assert [f.code for f in compare_document(document(texts), load_encoder()).findings] == ["TC202"]


def test_no_proposal_reaches_the_report_as_one() -> None:
    for texts in (WOUND, {"ru": "Забор был высокий.", "en": "The fence was low."}):
        assert all(f.score > WEAK for f in compare_document(document(texts), load_encoder()).findings)


@pytest.mark.parametrize(
    ("texts", "code", "kind"),
    [
        (WOUND, "TC202", "proposed"),
        (
            {"uk": "Вона купила квитки на потяг до Львова.", "en": "She lost the train tickets to Lviv."},
            "TC209",
            "proposed",
        ),
        (
            {
                "ru": "Магазины открылись ещё до войны, весной.",
                "uk": "Магазини відчинилися ще до війни, навесні.",
                "en": "The shops closed even before the war, in spring.",
            },
            "TC202",
            "sure",
        ),
    ],
)
def test_the_evidence_of_a_finding_adds_up_to_its_score(texts: Texts, code: str, kind: str) -> None:
    report = compare_document(document(texts), load_encoder())
    (finding,) = [f for f in report.findings if f.code == code]
    evidence = explain(finding, report.rows[0], context_of(document(texts), load_encoder())).evidence
    assert evidence[0].weight == confidence.model()[kind]["bias"][code]
    odds = math.log(finding.score / (1 - finding.score))
    assert sum(e.weight for e in evidence) == pytest.approx(odds, abs=0.02)
