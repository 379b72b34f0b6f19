"""Numbers, dates and units that differ are found and put on the right version; faithful renderings draw nothing."""

from __future__ import annotations

import pytest

from tests.unit.checks.rows import LinkedEncoder, sure
from transcheck.checks.base import Context
from transcheck.checks.quantities import CHECKS, check
from transcheck.types import LANGS, Cell, Document, Finding, Lang, Place, Row, Version


def context(*rows: dict[Lang, str], source: str = "") -> Context:
    """Build a document whose rows hold the given texts, joined by a blank."""
    langs = [lang for lang in LANGS if lang in rows[0]]
    texts = {lang: " ".join(row[lang] for row in rows) for lang in langs}
    at = dict.fromkeys(langs, 0)
    table = []
    for index, row in enumerate(rows):
        cells = []
        for lang in langs:
            start, end = at[lang], at[lang] + len(row[lang])
            cells.append(Cell(lang, (index,) if row[lang] else (), Place(lang, start, end, row[lang])))
            at[lang] = end + 1
        table.append(Row(index, tuple(cells)))
    meta = (("source_lang", source),) if source else ()
    document = Document("x", tuple(Version(lang, texts[lang]) for lang in langs), meta)
    return Context(document, tuple(table), {}, LinkedEncoder())


def findings(*rows: dict[Lang, str], source: str = "") -> list[Finding]:
    ctx = context(*rows, source=source)
    found = sure(check(ctx))
    for finding in found:
        for place in (finding.span, *finding.counterparts):
            version = ctx.document.version(place.lang)
            assert version is not None
            assert version.text[place.start : place.end] == place.text
    return found


EXAMPLES = [(c.code, e) for c in CHECKS for e in c.examples]


@pytest.mark.parametrize(("code", "example"), EXAMPLES, ids=lambda x: x if isinstance(x, str) else x.wrong[1])
def test_examples(code: str, example) -> None:  # type: ignore[no-untyped-def]
    (lang, text), (wrong_lang, wrong), (right_lang, right) = example.source, example.wrong, example.right
    found = findings({lang: text, wrong_lang: wrong})
    assert [(f.code, f.severity) for f in found] == [(code, "error")]
    assert findings({lang: text, right_lang: right}) == []


@pytest.mark.parametrize(
    "row",
    [
        {
            "ru": "В ночь на субботу его нашли.",
            "uk": "У ніч на суботу його знайшли.",
            "en": "On Friday night he was found.",
        },
        {
            "ru": "Приказ подписали в десять минут пятого.",
            "uk": "Наказ підписали о четвертій десять.",
            "en": "The order was signed at ten past four.",
        },
        {
            "ru": "Они встретились в 16.30 у входа.",
            "uk": "Вони зустрілися о пів на п'яту біля входу.",
            "en": "They met at four-thirty at the entrance.",
        },
        {"ru": "Обстрел был в ночь на 10 октября.", "en": "The shelling was on the night of Oct. 9–10."},
        {"uk": "У ніч із 9 на 10 жовтня було тихо.", "en": "The night of October 9 was quiet."},
        {
            "ru": "В декабрьском интервью он молчал.",
            "uk": "В інтерв'ю у грудні він мовчав.",
            "en": "In December he was silent.",
        },
        {"ru": "Здесь живут 12-15 000 медведей.", "en": "Between 12,000 and 15,000 bears live here."},
        {"ru": "Прибыль составит от $325 до $340 млн.", "en": "Profit will be from $325 million to $340 million."},
        {"uk": "Їх було тисяч 100.", "en": "There were some 100,000 of them."},
        {"ru": "Полтора десятка лавок.", "en": "A dozen and a half shops."},
        {"uk": "Півтора року чекали.", "en": "They waited a year and a half."},
        {
            "ru": "Поезд ушёл в четверть девятого.",
            "uk": "Потяг пішов о чверть на дев'яту.",
            "en": "It left at quarter past eight.",
        },
        {"ru": "Подняли нас в пять утра.", "uk": "Підняли нас о п'ятій ранку.", "en": "They got us up at 0500."},
        {"ru": "За сутки сгорел дом.", "uk": "За добу згорів дім.", "en": "Within 24 hours the house burned down."},
        {"ru": "Разошлись ровно в полдень.", "uk": "Розійшлися рівно опівдні.", "en": "We parted at 12 o'clock."},
        {"ru": "Четырнадцать дней ждали.", "uk": "Чотирнадцять днів чекали.", "en": "We waited a fortnight."},
        {"ru": "Судно в 92 километрах.", "uk": "Судно за 50 морських миль.", "en": "The vessel is 50 NM away."},
        {"ru": "До берега миль двадцать.", "en": "It is 20 nautical miles to the shore."},
        {"ru": "Летел на 1200 метрах.", "uk": "Летів на 4 тис. футів.", "en": "It flew at 4000ft."},
        {"ru": "Метрах, может, в пятнадцати.", "uk": "Футів п'ятдесят.", "en": "Maybe fifty feet."},
        {"ru": "Девять из десяти ушли.", "uk": "Пішло 90 відсотків.", "en": "Nine out of ten left."},
        {"ru": "Каждый пятый дом пуст.", "uk": "Порожні 20 % домів.", "en": "One house in five is empty."},
        {"ru": "Почти четыре пятых домов.", "uk": "Майже чотири п'яті домів.", "en": "Nearly four-fifths of them."},
        {"ru": "Было минус двадцать.", "uk": "Було мінус двадцять.", "en": "It was minus 4 degrees Fahrenheit."},
        {
            "ru": "Весил сто килограммов, стал пятьдесят пять.",
            "uk": "Важив сто кілограмів, став п'ятдесят п'ять.",
            "en": "He went from 220 pounds to 120.",
        },
        {"ru": "В девяностых служил там.", "uk": "У 90-х служив там.", "en": "He served there in the 1990s."},
        {"ru": "Снято в 1900-х годах.", "uk": "Знято у 1900-х.", "en": "Taken in the 1900s."},
        {"ru": "Буду в 21:00.", "en": "I will be there at 2100 hours."},
        {"ru": "Поколение двухтысячных пришло.", "en": "The millennials have come."},
        {"ru": "Рост 5'9, вес 140 фунтов.", "en": "I am 5'9 140 lbs."},
        {
            "ru": "Ему не 80, а 112 миллионов лет.",
            "uk": "Йому 112 мільйонів років, а не 80.",
            "en": "It is not 80 million years old but 112 million.",
        },
        {
            "ru": "За четыре дня 90% шмелей научились этому.",
            "uk": "За чотири дні дев’ятеро джмелів із десяти навчилися цього.",
            "en": "Within four days nine out of ten had learned it.",
        },
        {
            "ru": "Она пришла за 1 час 18 минут 40,3 секунды.",
            "uk": "Її час — 1 година 18 хвилин 40,3 секунди.",
            "en": "She won in a time of 1:18:40.3.",
        },
        {"ru": "Он пробежал за 2:24:07.", "uk": "Він пробіг за 2:24:07.", "en": "He ran it in 2:24:07."},
        {
            "ru": "Прибыль сократилась до 2,9 млн канадских долларов с 3,4 млн годом ранее.",
            "uk": "Прибуток знизився до 2,9 млн канадських доларів проти 3,4 млн роком раніше.",
            "en": "Profit slipped to C$2.9 million from C$3.4 million a year earlier.",
        },
        {
            "ru": "Стрелки остановились 12 февраля в 4 часа 17 минут утра.",
            "uk": "О четвертій годині сімнадцять хвилин ранку 12 лютого стрілки зупинилися.",
            "en": "The hands stopped at 4.17 on the morning of 12 February.",
        },
        {
            "ru": "Это меньше полудоллара.",
            "uk": "Це менш ніж пів долара.",
            "en": "That is less than fifty cents.",
        },
        {
            "ru": "Вероятность выше, чем один к трём.",
            "uk": "Ймовірність більша, ніж одна третина.",
            "en": "The probability is higher than one in three.",
        },
        {
            "ru": "На 18-й день рождения он уехал.",
            "uk": "На 18-річчя він поїхав.",
            "en": "He left on his 18th birthday.",
        },
    ],
)
def test_one_thing_said_in_several_ways_draws_nothing(row: dict[Lang, str]) -> None:
    assert findings(row) == []


@pytest.mark.parametrize(
    ("row", "lang"),
    [
        ({"ru": "В ночь на субботу.", "uk": "У ніч на суботу.", "en": "On Sunday night."}, "en"),
        ({"ru": "В ночь на 10 октября.", "uk": "У ніч на 12 жовтня.", "en": "On the night of Oct. 9–10."}, "uk"),
        ({"ru": "В четверть десятого.", "uk": "О чверть на дев'яту.", "en": "At quarter past eight."}, "ru"),
        ({"ru": "Сгорело три четверти.", "uk": "Згоріло дві третини.", "en": "Three-quarters burned down."}, "uk"),
        ({"ru": "В пять утра.", "uk": "О сьомій ранку.", "en": "It was at 0500."}, "uk"),
        ({"ru": "За двое суток.", "uk": "За дві доби.", "en": "In 24 hours."}, "en"),
        ({"ru": "До суши 50 миль.", "uk": "До суходолу 50 км.", "en": "It is 50 nautical miles to land."}, "uk"),
        ({"ru": "Каждый пятый.", "uk": "Кожен десятий.", "en": "Every fifth one."}, "uk"),
        ({"ru": "Полтора года.", "uk": "Півтора року.", "en": "Two years and a half."}, "en"),
        ({"ru": "Их 14 000.", "uk": "Їх 14 тисяч.", "en": "There are 40,000."}, "en"),
        ({"ru": "Не 80, а 112 млн лет.", "uk": "112 млн років, а не 80.", "en": "Not 80 but 112 billion years."}, "en"),
        ({"ru": "Не 80, а 112 млн лет.", "uk": "112 млн років, а не 90.", "en": "Not 80 million but 112."}, "uk"),
        ({"ru": "16 миллионов.", "uk": "16 мільйонів.", "en": "16 billion."}, "en"),
        ({"ru": "90% шмелей.", "uk": "Восьмеро джмелів із десяти.", "en": "Nine bees out of ten."}, "uk"),
        (
            {
                "ru": "В 4 часа 17 минут утра.",
                "uk": "О четвертій годині сімнадцять хвилин ранку.",
                "en": "At 4.27 on the morning of the battle.",
            },
            "en",
        ),
        ({"ru": "За 1 час 18 минут 40,3 секунды.", "uk": "За 1:18:40,3.", "en": "In 1:18:50.3."}, "en"),
        ({"ru": "3,4 млн долларов.", "uk": "3,4 млн доларів роком раніше.", "en": "3.4 million euros."}, "en"),
        ({"ru": "Полдоллара.", "uk": "Пів долара.", "en": "Thirty cents."}, "en"),
        ({"ru": "50 центов.", "uk": "50 центів.", "en": "50 dollars."}, "en"),
    ],
)
def test_ways_of_saying_still_differ_by_value(row: dict[Lang, str], lang: Lang) -> None:
    assert [f.lang for f in findings(row) if f.severity != "note"] == [lang]


def test_what_stands_in_another_row_is_neither_lost_nor_added() -> None:
    rows: tuple[dict[Lang, str], ...] = (
        {"ru": "Даше 16 лет.", "uk": "Вона мовчала.", "en": "Dasha is 16 years old."},
        {"ru": "Шёл дождь.", "uk": "Падав дощ.", "en": "It rained."},
        {"ru": "Был вечер.", "uk": "Був вечір.", "en": "It was evening."},
        {"ru": "Она молчала.", "uk": "Даші 16 років.", "en": "She was silent."},
    )
    assert findings(*rows) == []
    (found,) = findings(*rows[:3])
    assert (found.lang, found.row) == ("uk", 0)


def test_message_quotes_all_versions() -> None:
    (found,) = findings({"ru": "Их было 14 тысяч.", "uk": "Їх було 14 тис.", "en": "There were 40,000 of them."})
    assert found.message == 'number differs: en "40,000" where ru "14 тысяч", uk "14 тис"'
    assert (found.lang, found.category, found.severity) == ("en", "number", "error")


@pytest.mark.parametrize(
    ("row", "category", "lang"),
    [
        ({"ru": "Прошло пять лет.", "uk": "Минуло вісім років.", "en": "Five years went by."}, "number", "uk"),
        ({"ru": "Во вторник.", "uk": "У вівторок.", "en": "On Thursday."}, "date", "en"),
        ({"ru": "Ехали 30 миль.", "uk": "Їхали 30 кілометрів.", "en": "We drove 30 kilometres."}, "unit", "ru"),
        ({"ru": "Дали 200 рублей.", "uk": "Дали 200 рублів.", "en": "They gave $200."}, "unit", "en"),
        ({"ru": "Рост на 3 процента.", "uk": "Зріс на 3 відсотки.", "en": "Up 3 percentage points."}, "unit", "en"),
        ({"ru": "В двадцать первом году.", "uk": "2 березня 2021 року.", "en": "On 5 March 2021."}, "date", None),
        ({"ru": "Сотни людей.", "uk": "Тисячі людей.", "en": "Hundreds of people."}, "number", "uk"),
        ({"ru": "В 15:30.", "uk": "О 15:30.", "en": "At 4:30 p.m."}, "number", "en"),
        ({"ru": "Танк Т-72.", "uk": "Танк Т-72.", "en": "A T-90 tank."}, "number", "en"),
    ],
)
def test_changes_are_put_on_a_version(row: dict[Lang, str], category: str, lang: Lang | None) -> None:
    found = findings(row)
    assert category in [f.category for f in found]
    if lang is not None:
        assert {f.lang for f in found} == {lang}


@pytest.mark.parametrize(
    "row",
    [
        {"ru": "Один из них ушёл.", "uk": "Якийсь пішов.", "en": "One of them left."},
        {"ru": "Никто не пришёл.", "en": "No one came."},
        {
            "ru": "Оба брата впервые увидели море.",
            "uk": "Двоє братів уперше побачили море.",
            "en": "The brothers first saw the sea.",
        },
        {"ru": "Круглосуточно.", "uk": "24/7.", "en": "Around the clock."},
        {"ru": "Шансы 50/50.", "en": "It is a toss-up."},
        {"ru": "Было около 14 тысяч.", "uk": "Було чотирнадцять тисяч.", "en": "There were more than 14,000."},
        {"ru": "Пятнадцатилетний мальчик.", "uk": "15-річний хлопець.", "en": "A boy of fifteen."},
        {"ru": "С 12 по 15 марта.", "uk": "12–15 березня.", "en": "From March 12 to 15."},
        {"ru": "В половине третьего.", "en": "At 2:30."},
        {"ru": "В девяностые годы.", "uk": "У 90-х роках.", "en": "In the 1990s."},
        {"ru": "В XVIII веке.", "uk": "У вісімнадцятому столітті.", "en": "An 18th-century story."},
        {"ru": "С 5 по 10 тысяч рублей.", "en": "From 5,000 to 10,000 rubles."},
        {"ru": "Полчаса назад.", "uk": "30 хвилин тому.", "en": "Half an hour ago."},
        {"ru": "Тысяча благодарностей!", "en": "Many thanks!"},
        {"ru": "Прошло 10 дней, всего 10.", "en": "Ten days went by."},
    ],
)
def test_faithful_renderings_draw_nothing(row: dict[Lang, str]) -> None:
    assert findings(row) == []


def test_missing_number_is_a_point_in_the_version_that_lacks_it() -> None:
    (found,) = findings({"ru": "Там было 312 домов.", "uk": "Там було 312 будинків.", "en": "There were houses."})
    assert (found.lang, found.span.text) == ("en", "")
    assert found.message == 'number missing: en has none where ru "312", uk "312"'


def test_added_number() -> None:
    (found,) = findings({"ru": "Там были дома.", "uk": "Там були будинки.", "en": "There were 312 houses."})
    assert found.message == 'number added: en "312" where ru and uk have none'


@pytest.mark.parametrize("mark", ["…", "...", "[...]", "(…)", "[…]"])
def test_a_marked_elision_explains_an_absence(mark: str) -> None:
    assert findings({"ru": f"Там были {mark} дома.", "en": "There were, in 3 streets, 312 houses."}) == []
    assert findings({"ru": "Там были дома.", "en": "There were, in 3 streets, 312 houses."})


def test_insertions_in_brackets_are_no_additions() -> None:
    assert findings({"ru": "Мы ехали пять миль.", "en": "We drove five miles [about 8,047 metres]."}) == []


def test_a_number_in_the_row_beside_is_not_missing() -> None:
    rows: tuple[dict[Lang, str], ...] = (
        {"ru": "Он уехал. Ему было 34.", "en": "He left."},
        {"ru": "Дома его ждали.", "en": "He was 34. They waited at home."},
    )
    assert findings(*rows) == []


def test_source_language_tells_two_versions_apart() -> None:
    row: dict[Lang, str] = {"ru": "Погибли 17 человек.", "en": "71 people died."}
    assert [f.lang for f in findings(row)] == [None]
    assert [f.lang for f in findings(row, source="ru")] == ["en"]


def test_spans_count_from_the_start_of_the_version() -> None:
    (found,) = findings({"ru": "Первая строка.", "en": "A line."}, {"ru": "Их было 17.", "en": "There were 71."})
    assert found.row == 1
    assert {p.text for p in (found.span, *found.counterparts)} == {"17", "71"}


def test_a_time_of_day_differs_by_its_minutes() -> None:
    (found,) = findings(
        {"ru": "Поезд ушёл в семь двадцать.", "uk": "Потяг пішов о сьомій двадцять.", "en": "It left at seven forty."}
    )
    assert (found.lang, found.span.text) == ("en", "seven forty")


def test_the_words_of_a_time_of_day_are_not_compared_by_themselves() -> None:
    row: dict[Lang, str] = {"ru": "Его взяли в десять минут пятого.", "uk": "Його взяли о четвертій десять."}
    assert list(check(context(row))) == []
