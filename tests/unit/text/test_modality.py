from __future__ import annotations

import pytest

from transcheck.text.modality import explained, modals, opposed_classes, worth
from transcheck.types import Lang


@pytest.mark.parametrize(
    ("lang", "text", "kinds"),
    [
        ("ru", "Он должен уйти.", {"must"}),
        ("ru", "Возможно, он ушёл.", {"hedge"}),
        ("ru", "Ему приказали ждать.", {"order"}),
        ("uk", "Він мусить піти.", {"must"}),
        ("uk", "Його попросили зачекати.", {"request"}),
        ("uk", "Це, безперечно, він.", {"certain"}),
        ("en", "You may go.", {"may"}),
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
    assert ("must", "may", "error", "warning") in opposed_classes()
    assert worth()["hedge"]["lost"] == "error"
