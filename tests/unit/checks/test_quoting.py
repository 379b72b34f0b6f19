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
    (
        "subject of a sentence whose end is kept",
        "«Мы не отрицаем аварию на складе; мы отрицаем, что масло попало в реку», — заявил инженер.",
        "«Ми не заперечуємо аварії на складі; ми заперечуємо, що олива потрапила в річку», — заявив інженер.",
        "“We do not deny […] that the oil got into the river,” the engineer said.",
        "“We do not deny the accident at the warehouse […],” the engineer said.",
    ),
    (
        "hearsay",
        "«За справки берут деньги, так мне рассказывали, и берут немало», — сказал сторож.",
        "«За довідки беруть гроші, так мені розповідали, і беруть чимало», — сказав сторож.",
        "“They take money for certificates … and they take a lot of it,” the watchman said.",
        "“They take money for certificates, so I was told …,” the watchman said.",
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
        "a quality",
        "“The council signed a [secret] agreement with the port in April,” the clerk said.",
        "“The council signed an agreement with the port [of Ustie] in April,” the clerk said.",
        ("«Совет подписал {} с портом в апреле», — сказала секретарь.", "соглашение", "соглашение"),
        ("«Рада підписала {} з портом у квітні», — сказала секретарка.", "угоду", "угоду"),
    ),
    (
        "which of those who did nothing",
        "“Nobody [of the guards] went into the hall at night,” the curator said.",
        "“Nobody went into the hall [of weapons] at night,” the curator said.",
        ("«{} не заходил ночью в зал», — сказала хранительница.", "Никто", "Никто"),
        ("«{} не заходив уночі до зали», — сказала зберігачка.", "Ніхто", "Ніхто"),
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


CLASHING = [
    ("numbers", "насос [№ 2]", "насос [№ 4]", "the pump", "Насос № 2 давно просил ремонта."),
    ("people", "сторожа [Олега Буряка]", "сторожа [Івана Лиса]", "the watchman", "Олег Буряк работает здесь год."),
    ("months", "десятого [марта] завод", "десятого [квітня] завод", "the plant on the tenth", "Был март."),
]


@pytest.mark.parametrize(("what", "ru", "uk", "en", "told"), CLASHING, ids=[case[0] for case in CLASHING])
def test_two_editors_explain_the_same_words_differently(what: str, ru: str, uk: str, en: str, told: str) -> None:
    ru = f"«Мы проверили {ru} в пять утра и ушли домой», — сказал дежурный. {told}"
    uk_article = "«Ми перевірили {} о п'ятій ранку й пішли додому», — сказав черговий."
    en = f"“We checked {en} at five in the morning and went home,” the man on duty said."
    assert ("TC504", "uk") in alarms(ru=ru, uk=uk_article.format(uk), en=en)
    same = {"numbers": "насос [№ 2]", "people": "сторожа [Олега Буряка]", "months": "десятого [березня] завод"}
    assert not any(code == "TC504" for code, _ in alarms(ru=ru, uk=uk_article.format(same[what]), en=en))


def test_editors_at_odds_are_reported_against_neither_where_no_article_tells() -> None:
    ru = "«Мы проверили сторожа [Олега Буряка] в пять утра», — сказал дежурный."
    uk = "«Ми перевірили сторожа [Івана Лиса] о п'ятій ранку», — сказав черговий."
    assert ("TC504", None) in alarms(ru=ru, uk=uk)


FRAGMENTS = [
    (
        "«Он смелый режиссёр, когда не боится», — сказала актриса.",
        "«Він сміливий режисер, коли не боїться», — сказала акторка.",
        "The actress called him “a brave director”.",
        "“He is a brave director, when he isn’t afraid,” the actress said.",
    ),
    (
        "«Закрыт один зал, а не весь музей», — сказал директор.",
        "«Зачинено одну залу, а не весь музей», — сказав директор.",
        "The director said that “one hall is closed”.",
        "“One hall is closed, and not the whole museum,” the director said.",
    ),
]


@pytest.mark.parametrize(("ru", "uk", "wrong", "right"), FRAGMENTS, ids=["a time", "a contrast"])
def test_a_fragment_lacks_what_narrows_it(ru: str, uk: str, wrong: str, right: str) -> None:
    assert ("TC505", "en") in alarms(ru=ru, uk=uk, en=wrong)
    assert ("TC505", "en") not in alarms(ru=ru, uk=uk, en=right)


def test_a_cut_marked_between_two_sentences_is_open() -> None:
    ru = (
        "«В пять утра река пахла аптекой. Я думал, что это от меня после свадьбы, а потом увидел карпов на берегу», "
        "— сказал рыбак."
    )
    uk = (
        "«О п'ятій ранку річка пахла аптекою. Я думав, що це від мене після весілля, а потім побачив коропів на "
        "березі», — сказав рибалка."
    )
    en = "“At five in the morning the river smelled like a pharmacy. {}I saw the carp on the bank,” the fisherman said."
    assert ("TC101", "en") in alarms(ru=ru, uk=uk, en=en.format(""))
    assert alarms(ru=ru, uk=uk, en=en.format("[…] Then ")) == []


UNLISTED = [
    (
        ("за вычетом пешеходной части", "за винятком пішохідної частини"),
        ("в день рождения деда", "у день народження діда"),
    ),
    (("грозится подрядчик", "погрожує підрядник"), ("в день города", "у день міста")),
]


@pytest.mark.parametrize(("turns", "adds"), UNLISTED, ids=["an exception", "somebody's threat"])
def test_a_cut_whose_words_stand_in_no_list(turns: tuple[str, str], adds: tuple[str, str]) -> None:
    ru = "«Мост откроют первого июля, {}. Плата за проезд останется прежней, четыре гривны», — сказал инженер."
    uk = "«Міст відкриють першого липня, {}. Плата за проїзд лишиться тією самою, чотири гривні», — сказав інженер."
    en = "“The bridge will open on the first of July […]. The toll stays the same, four hryvnias,” the engineer said."
    found = _loud(judged(ru=ru.format(turns[0]), uk=uk.format(turns[1]), en=en))
    assert [(f.code, f.lang, f.row) for f in found] == [("TC503", "en", 0)]
    assert "change the sense" in found[0].message
    assert alarms(ru=ru.format(adds[0]), uk=uk.format(adds[1]), en=en) == []


def test_explanations_of_unlike_words_are_a_warning() -> None:
    ru = "«Мы оставили их [чемоданы] у входа и пошли искать коменданта», — сказала врач."
    uk = "«Ми залишили їх [{}] біля входу й пішли шукати коменданта», — сказала лікарка."
    (found,) = _loud(judged(ru=ru, uk=uk.format("дітей")))
    assert (found.code, found.severity) == ("TC504", "warning")
    assert alarms(ru=ru, uk=uk.format("валізи")) == []


def test_a_name_that_another_article_gives_is_an_editors_to_insert() -> None:
    ru = "«Один из друзей директора забрал ключи в ту ночь», — сказал охранник. {}"
    uk = "«Один із друзів директора забрав ключі тієї ночі», — сказав охоронець."
    en = "“A friend of the director [Petro Lysenko] took the keys that night,” the guard said."
    assert alarms(ru=ru.format(""), uk=uk, en=en) == [("TC504", "en")]
    assert alarms(ru=ru.format("Друга зовут Петр Лысенко, он отказался от разговора."), uk=uk, en=en) == []


@pytest.mark.parametrize(("inserted", "codes"), [("six miles", []), ("sixty miles", ["TC504"])])
def test_a_measure_is_turned_into_another_rightly(inserted: str, codes: list[str]) -> None:
    ru = "«До деревни оставалось десять километров, и мы пошли пешком», — сказал почтальон."
    uk = "«До села лишалося десять кілометрів, і ми пішли пішки», — сказав листоноша."
    en = f"“There were ten kilometers [{inserted}] left to the village, and we went on foot,” the postman said."
    assert [code for code, _ in alarms(ru=ru, uk=uk, en=en)] == codes
