from __future__ import annotations

import pytest

from transcheck.text.modality import explained, modals, opposed_classes, worth
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("lang", "text", "kinds"),
    [
        ("ru", "Он должен уйти.", {"must"}),
        ("ru", "Возможно, он ушёл.", {"hedge", "possible"}),
        ("ru", "Ему приказали ждать.", {"order"}),
        ("uk", "Він мусить піти.", {"must"}),
        ("uk", "Його попросили зачекати.", {"request"}),
        ("uk", "Це, безперечно, він.", {"certain"}),
        ("en", "You may go.", {"may", "might"}),
        ("en", "He allegedly left.", {"hedge"}),
        ("en", "They have to wait.", {"must"}),
        ("en", "The dog sleeps.", set()),
    ],
)
def test_classes(lang: Lang, text: str, kinds: set[str]) -> None:
    found = modals(text, lang)
    assert {m.kind for m in found} == kinds
    assert all(text[m.start : m.end] == m.text for m in found)


def test_other_means_explain_a_class() -> None:
    assert explained("hedge", "He seems tired.", "en")
    assert not explained("hedge", "He died.", "en")


def test_opposed_classes_are_classes() -> None:
    assert ("must", "may", "error", "warning", 2) in opposed_classes()
    assert worth()["hedge"]["lost"] == "error"


@pytest.mark.parametrize(
    ("lang", "text", "negated"),
    [
        ("ru", "Этого не должно быть.", True),
        ("uk", "Ніхто не може цього знати.", True),
        ("en", "You must not leave.", True),
        ("en", "You must leave.", False),
        ("en", "It probably won't rain.", False),
        ("uk", "Мабуть, не прийде.", False),
    ],
)
def test_what_denies_a_modal(lang: Lang, text: str, negated: bool) -> None:
    assert {m.negated for m in modals(text, lang) if m.kind != "will"} == {negated}


def test_words_that_a_modal_governs() -> None:
    text = "Суд должен был пересмотреть приговор."
    (modal,) = modals(text, "ru")
    assert [s.of(text) for s in modal.governed] == ["пересмотреть", "приговор"]


def test_have_is_a_duty_only_before_an_infinitive() -> None:
    assert {m.kind for m in modals("Він має піти.", "uk")} == {"must"}
    assert modals("Він має собаку.", "uk") == ()


@pytest.mark.parametrize(
    ("lang", "text", "kind", "negated"),
    [
        ("en", "He ordered us not to leave.", "order", False),
        ("en", "You may not leave.", "may", True),
        ("uk", "Він наказав не виходити.", "order", False),
        ("ru", "Он может не прийти.", "may", False),
        ("ru", "Он не может прийти.", "may", True),
    ],
)
def test_a_particle_behind_a_modal_denies_what_is_ordered(lang: Lang, text: str, kind: str, negated: bool) -> None:
    assert {m.negated for m in modals(text, lang) if m.kind == kind} == {negated}
