"""Quotations as quotations: every example of the checks, and what is no finding."""

from __future__ import annotations

import pytest

from transcheck.checks import insertions, quote_places, quoting
from transcheck.checks.base import Example
from transcheck.encode import load_encoder
from transcheck.run.quoted import judge_quotes
from transcheck.types import Document, DocumentReport, Finding, Lang, Version

EXAMPLES = [(c.code, e) for m in (insertions, quote_places, quoting) for c in m.CHECKS for e in c.examples]


def judged(**articles: str) -> list[DocumentReport]:
    versions = tuple(Version(lang, text, f"x.{lang}.txt") for lang, text in articles.items())  # type: ignore[arg-type]
    return list(judge_quotes(Document("x", versions, articles=True), load_encoder(None)))


def alarms(**articles: str) -> list[tuple[str, Lang | None]]:
    return [(f.code, f.lang) for f in _loud(judged(**articles))]


def _loud(reports: list[DocumentReport]) -> list[Finding]:
    return [f for r in reports for f in r.findings if f.severity != "note"]


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else x.wrong[0])
def test_examples_hold(code: str, example: Example) -> None:
    assert [c for c, _ in alarms(**dict([example.source, example.wrong]))] == [code]
    assert alarms(**dict([example.source, example.right])) == []


SWALLOWED = [
    (
        "attribution",
        "«Сторож сказал мне, что склад был открыт всю ночь, и ушёл домой», — сообщила хозяйка.",
        "«Сторож сказав мені, що склад був відчинений усю ніч, і пішов додому», — повідомила господиня.",
        "“[…] The warehouse was open all night, and he went home,” the owner said.",
        "“The watchman told me that the warehouse was open … and went home,” the owner said.",
    ),
    (
        "doubt",
        "«Пожар, насколько я знаю, начался на кухне, когда все спали», — сказал сосед.",
        "«Пожежа, наскільки я знаю, почалася на кухні, коли всі спали», — сказав сусід.",
        "“The fire … began in the kitchen, when everyone was asleep,” the neighbour said.",
        "“The fire, as far as I know, began in the kitchen …,” the neighbour said.",
    ),
    (
        "bound",
        "«Мы восстановили почти всю линию за двое суток без подкрепления», — сказал инженер.",
        "«Ми відновили майже всю лінію за дві доби без підкріплення», — сказав інженер.",
        "“We restored … the whole line in two days without reinforcements,” the engineer said.",
        "“We restored almost the whole line in two days …,” the engineer said.",
    ),
    (
        "condition of a sentence behind the mark",
        "«Если банк продлит кредит, мы откроем цех в мае», — сказал директор.",
        "«Якщо банк продовжить кредит, ми відкриємо цех у травні», — сказав директор.",
        "“[…] We will open the workshop in May,” the director said.",
        "“If the bank extends the loan, we will open the workshop …,” the director said.",
    ),
]


@pytest.mark.parametrize(("what", "ru", "uk", "wrong", "right"), SWALLOWED, ids=[case[0] for case in SWALLOWED])
def test_what_a_cut_takes_along(what: str, ru: str, uk: str, wrong: str, right: str) -> None:
    assert ("TC503", "en") in alarms(ru=ru, uk=uk, en=wrong)
    assert alarms(ru=ru, uk=uk, en=right) == []


INSERTED = [
    (
        "a name withheld",
        "“Someone in the office [Petro Lysenko] switched off the alarm,” the guard said.",
        "“He [Petro Lysenko] switched off the alarm,” the guard said.",
        ("«{} в конторе выключил сигнализацию», — сказал охранник.", "Кто-то", "Он"),
        ("«{} в конторі вимкнув сигналізацію», — сказав охоронець.", "Хтось", "Він"),
    ),
    (
        "a scope",
        "“[Some of the] patients in the ward get hot food twice a day,” the nurse said.",
        "“[The] patients in the ward get hot food twice a day,” the nurse said.",
        ("«Пациенты {} получают горячую еду дважды в день», — сказала медсестра.", "в палате", "в палате"),
        ("«Пацієнти {} отримують гарячу їжу двічі на день», — сказала медсестра.", "у палаті", "у палаті"),
    ),
    (
        "spoken words",
        "“[In my opinion,] the line can be restored within two days,” the engineer said.",
        "“[As he stressed,] the line can be restored within two days,” the engineer said.",
        ("«{} линию можно восстановить за двое суток», — сказал инженер.", "По моему мнению,", "Эту"),
        ("«{} лінію можна відновити за дві доби», — сказав інженер.", "На мою думку,", "Цю"),
    ),
]


@pytest.mark.parametrize(("what", "wrong", "right", "ru", "uk"), INSERTED, ids=[case[0] for case in INSERTED])
def test_what_an_editor_inserts(
    what: str, wrong: str, right: str, ru: tuple[str, str, str], uk: tuple[str, str, str]
) -> None:
    assert ("TC504", "en") in alarms(ru=ru[0].format(ru[1]), uk=uk[0].format(uk[1]), en=wrong)
    assert ("TC504", "en") not in alarms(ru=ru[0].format(ru[2]), uk=uk[0].format(uk[2]), en=right)
