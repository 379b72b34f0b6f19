"""A few words in another language inside a sentence: which are found, and which are meant."""

from __future__ import annotations

import pytest

from tests.unit.checks.test_language import found
from transcheck.text.forms import foreignness
from transcheck.types import Lang

HITS: list[tuple[Lang, str, str, str, str]] = [
    (
        "en",
        "sudok s kryshkoi",
        "Я вынес ему вслед судок с крышкой.",
        "Я виніс йому навздогін судок із кришкою.",
        "So I carried a sudok s kryshkoi out after him.",
    ),
    ("en", "zi svichkoiu", "Вошёл со свечой.", "Увійшов зі свічкою.", "He came in zi svichkoiu in his hand."),
    (
        "en",
        "хлеб",
        "Бабушка пекла хлеб в печи.",
        "Бабуся пекла хліб у печі.",
        "Grandmother baked our хлеб in the oven.",
    ),
    (
        "ru",
        "щосуботи зранку",
        "Живу одна, а я ведь старая уже и больная, но щосуботи зранку звоню маме.",
        "Живу сама, а я ж стара вже й хвора, але щосуботи зранку дзвоню мамі.",
        "I live alone, old and ill, but I ring Mum every Saturday morning.",
    ),
    ("ru", "гроші", "Он сказал, что гроші будут.", "Він сказав, що гроші будуть.", "He said the money would come."),
    (
        "ru",
        "very important decision",
        "Для нас это very important decision.",
        "Для нас це дуже важливе рішення.",
        "For us it is a very important decision.",
    ),
    (
        "uk",
        "третий круг",
        "А этот уже пошёл на третий круг.",
        "А цей пішов уже на третий круг.",
        "And this one has gone for a third lap.",
    ),
    (
        "uk",
        "мелкий дождь",
        "За окном шёл мелкий дождь.",
        "За вікном ішов мелкий дождь.",
        "A fine rain fell outside the window.",
    ),
    (
        "uk",
        "воздухом",
        "Он торговал воздух в банках.",
        "Він торгував воздухом у бляшанках.",
        "He sold air in tins.",
    ),
    (
        "ru",
        "inquiry",
        "По факту назначено inquiry.",
        "За фактом призначено розслідування.",
        "An inquiry has been ordered into it.",
    ),
    ("uk", "всё", "Врачи сделали всё, что могли.", "Лікарі зробили всё, що могли.", "The doctors did all they could."),
]

SILENT = [
    ("Сгорела проводка в подвале.", "Згоріла проводка в підвалі.", "The wiring in the basement burned out."),
    ("Он играл в казино каждую ночь.", "Він грав у казино щоночі.", "He played at the casino every night."),
    (
        "Мы складывали оригами и ели хинкали.",
        "Ми складали оригамі й їли хінкалі.",
        "We folded origami and ate khinkali.",
    ),
    ("Бабушка варила борщ на даче.", "Бабуся варила борщ на дачі.", "Grandma cooked borscht at the dacha."),
    ("У меня забрали пропуск.", "У мене забрали перепустку.", "They took my propusk away."),
    ("Мы ели борщ, голубцы и сало.", "Ми їли борщ, голубці й сало.", "We ate borscht, holubtsi and salo."),
    ("Он крикнул «Стой!» и ушёл.", "Він гукнув «Стой!» і пішов.", "He shouted “Stop!” and left."),
    ("Повесили рушник (вишитий).", "Повісили рушник (вишитий).", "They hung up a rushnyk (an embroidered towel)."),
    (
        "Как говорят в Одессе, щось буде.",
        "Як кажуть в Одесі, щось буде.",
        "As they say in Odesa, something will turn up.",
    ),
    ("Мы живём на хуторе Зелений Гай.", "Ми живемо на хуторі Зелений Гай.", "We live in the hamlet of Zelenyi Hai."),
    ("Том не спал, он ждал маму.", "Том не спав, він чекав маму.", "Tom was not asleep, he was waiting for Mum."),
    ("Громада собралась на майдане.", "Громада зібралася на майдані.", "The hromada met on the maidan."),
    ("Мы любим open source и кофе.", "Ми любимо open source і каву.", "We love open source and coffee."),
    ("Он сказал щось и ушёл.", "Він сказав щось і пішов.", "He said shchos and left."),
    ("Сделали, это называют «толока».", "Зробили, це толока.", "It was toloka z susidamy, a day of work."),
    ("Дед пел мантру: ом мани.", "Дід співав: намасте намасте.", "He sang namaste namaste all day."),
]


@pytest.mark.parametrize(("lang", "words", "ru", "uk", "en"), HITS, ids=[h[1] for h in HITS])
def test_words_in_another_language_are_found(lang: Lang, words: str, ru: str, uk: str, en: str) -> None:
    (finding,) = found({"ru": ru, "uk": uk, "en": en})
    assert (finding.code, finding.lang, finding.span.text) == ("TC401", lang, words)
    assert [p.lang for p in finding.counterparts] == [x for x in ("ru", "uk", "en") if x != lang]


@pytest.mark.parametrize(("ru", "uk", "en"), SILENT, ids=[s[0][:25] for s in SILENT])
def test_words_that_are_meant_draw_nothing(ru: str, uk: str, en: str) -> None:
    assert found({"ru": ru, "uk": uk, "en": en}) == []


def test_a_word_with_letters_of_the_other_language_needs_no_version_in_it_but_is_a_warning() -> None:
    (finding,) = found({"uk": "Лікарі працювали без выходных.", "en": "The doctors worked without days off."})
    assert (finding.code, finding.severity, finding.span.text) == ("TC402", "warning", "выходных")


def test_two_sure_words_are_an_error_and_point_to_their_source() -> None:
    texts: dict[Lang, str] = {"ru": "За окном шёл мелкий дождь.", "uk": "За вікном ішов мелкий дождь."}
    (finding,) = found(texts)
    assert finding.severity == "error"
    assert finding.counterparts[0].text == "мелкий дождь"
    assert texts["uk"][finding.span.start : finding.span.end] == finding.span.text


def test_a_single_word_without_telling_letters_is_a_warning() -> None:
    (finding,) = found({"ru": "Было холодно, дуже холодно там.", "uk": "Було холодно, дуже холодно там."})
    assert (finding.lang, finding.severity, finding.span.text) == ("ru", "warning", "дуже")


@pytest.mark.parametrize(
    ("word", "own", "foreign"),
    [
        ("третий", "uk", True),
        ("третий", "ru", False),
        ("город", "uk", True),
        ("сина", "ru", True),
        ("треба", "ru", True),
        ("вода", "ru", False),
        ("вода", "uk", False),
        ("хліб", "ru", True),
        ("хліб", "uk", False),
    ],
)
def test_forms_tell_the_languages_apart(word: str, own: Lang, foreign: bool) -> None:
    assert (foreignness(word, own) >= 1.0) is foreign
