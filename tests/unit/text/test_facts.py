"""Numbers written differently that are the same, and such as only look alike."""

import pytest

from transcheck.text.facts import same
from transcheck.text.numbers import quantities
from transcheck.types import Lang

Said = tuple[Lang, str]


@pytest.mark.parametrize(
    ("a", "b", "equal"),
    [
        (("en", "In a time of 1:18:40.3."), ("ru", "За 1 час 18 минут 40,3 секунды."), True),
        (("en", "In a time of 1:18:40."), ("uk", "За 1 годину 18 хвилин 40,3 секунди."), True),
        (("en", "In 1:18:40.3."), ("ru", "За 1:18:40,3."), True),
        (("en", "In 1:18:40.3."), ("ru", "За 1 час 18 минут 50,3 секунды."), False),
        (("en", "In 1:18:50."), ("ru", "За 1 час 18 минут 40,3 секунды."), False),
        (("en", "In 2:24:07."), ("ru", "За 2 часа 24 минуты 7 секунд."), True),
        (("en", "In 2:24:07."), ("uk", "За 2:24:07."), True),
        (("en", "In 2:24:07."), ("uk", "За 2:24:17."), False),
        (("en", "In 2:24:07."), ("ru", "За 2:24."), True),
        (("en", "In 3:58.4."), ("ru", "За 3 минуты 58,4 секунды."), True),
        (("en", "In 3:58.4."), ("ru", "За 3 минуты 59,4 секунды."), False),
        (("en", "At 4.17 on the morning of the battle."), ("uk", "О четвертій годині сімнадцять хвилин ранку."), True),
        (("en", "At 4.17 that morning."), ("ru", "В 4 часа 17 минут утра."), True),
        (("en", "At 4.27 on the morning of the battle."), ("ru", "В 4 часа 17 минут утра."), False),
        (("uk", "О четвертій годині двадцять сім хвилин."), ("ru", "В 4 часа 17 минут утра."), False),
        (("ru", "С 3,4 млн годом ранее."), ("en", "From C$3.4 million a year earlier."), True),
        (("uk", "Проти 3,4 млн роком раніше."), ("en", "From C$3.4 million a year earlier."), True),
        (("ru", "С 200 год назад."), ("uk", "З двохсот рік тому."), True),
        (("ru", "3,4 млн долларов годом ранее."), ("en", "3.4 million euros a year earlier."), False),
        (("ru", "Меньше полудоллара."), ("en", "Less than fifty cents."), True),
        (("uk", "Пів долара."), ("en", "Fifty cents."), True),
        (("uk", "Півдолара."), ("ru", "Полдоллара."), True),
        (("en", "Half a dollar."), ("ru", "Пятьдесят центов."), True),
        (("ru", "Полрубля."), ("uk", "50 копійок."), True),
        (("en", "$3.20"), ("en", "Three dollars and twenty cents."), True),
        (("ru", "Полдоллара."), ("en", "Thirty cents."), False),
        (("ru", "50 долларов."), ("en", "50 cents."), False),
        (("ru", "50 копеек."), ("en", "50 cents."), False),
        (("ru", "Полрубля."), ("en", "Fifty cents."), False),
        (("ru", "16 миллионов."), ("en", "16 billion."), False),
    ],
)
def test_same(a: Said, b: Said, equal: bool) -> None:
    (one,), (two,) = (quantities(text, lang) for lang, text in (a, b))
    assert same(one, two) is equal
    assert same(two, one) is equal


def test_a_unit_that_tells_how_long_before_is_not_of_the_number() -> None:
    for lang, text in (("ru", "С 3,4 млн годом ранее."), ("uk", "З 341 роком раніше."), ("ru", "С 200 год назад.")):
        (found,) = quantities(text, lang)  # type: ignore[arg-type]
        assert found.unit is None
    for lang, text in (
        ("ru", "Это было 21 год назад."),
        ("uk", "Це було 5 років тому."),
        ("ru", "Двумя годами ранее."),
    ):
        (found,) = quantities(text, lang)  # type: ignore[arg-type]
        assert found.unit == "y"
