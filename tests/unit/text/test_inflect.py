"""The forms of words by the table of inflection."""

from __future__ import annotations

import re

import pytest

from transcheck.text.inflect import inflected, is_abbreviation, parts, phrase
from transcheck.text.lexicon import Matcher, fold, table
from transcheck.types import LANGS, Lang

FORMS: list[tuple[Lang, str, str]] = [
    ("ru", "война", "война войны войне войну войной войн войнам"),
    ("ru", "день", "дня дню днём дней днями"),
    ("ru", "орган", "органа органы органов органами"),
    ("ru", "боец", "бойца бойцы бойцов"),
    ("ru", "владелец", "владельца владельцы"),
    ("ru", "операция", "операции операцию операцией операций"),
    ("ru", "специальная", "специальной специальную специальные"),
    ("ru", "вторжение", "вторжения вторжению вторжением вторжений"),
    ("ru", "Харьков", "Харькова Харькову Харьковом Харькове"),
    ("ru", "земля", "земли землёй земель"),
    ("ru", "письмо", "письма писем письмами"),
    ("ru", "гражданин", "граждане граждан гражданам"),
    ("ru", "военнослужащий", "военнослужащие военнослужащих военнослужащего"),
    ("ru", "статья", "статьи статей статьёй"),
    ("ru", "войска", "войск войскам"),
    ("ru", "оккупировать", "оккупировали оккупирует оккупированный оккупированной"),
    ("ru", "захватить", "захватили захвачу захвачена захваченных"),
    ("ru", "ребёнок", "ребёнка дети детей"),
    ("uk", "війна", "війни війні війну війною воєн війнам"),
    ("uk", "день", "дня дню днем дні днів днями"),
    ("uk", "орган", "органа органу органи органів"),
    ("uk", "Харків", "Харкова Харкову Харковом Харкові"),
    ("uk", "Київ", "Києва Києву Києвом Києві"),
    ("uk", "Миколаїв", "Миколаєва Миколаєві"),
    ("uk", "книга", "книзі книгу книг"),
    ("uk", "рука", "руці рук"),
    ("uk", "свекруха", "свекрусі свекрухи"),
    ("uk", "школа", "школи школі шкіл"),
    ("uk", "слово", "слова слів"),
    ("uk", "лікар", "лікаря лікарем лікарів лікарям"),
    ("uk", "корінь", "кореня корені"),
    ("ru", "врач", "врача врачей врачам"),
    ("uk", "сестра", "сестри сестер"),
    ("uk", "ніч", "ночі ніччю ночей"),
    ("uk", "область", "області областю областей"),
    ("uk", "вторгнення", "вторгненню вторгненням вторгнень"),
    ("uk", "боєць", "бійця бійці бійців"),
    ("uk", "кінець", "кінця кінцем"),
    ("uk", "громадянин", "громадяни громадян громадянам"),
    ("uk", "спеціальна", "спеціальної спеціальну спеціальною"),
    ("uk", "військовий", "військового військові військових"),
    ("uk", "окупувати", "окупували окупує окупований окупованої окуповано"),
    ("uk", "звільнити", "звільнили звільнений звільненого"),
    ("ru", "Путин", "Путина Путину Путиным Путине Путиных"),
    ("ru", "Лавров", "Лаврова Лавровым Лаврове"),
    ("uk", "Путін", "Путіна Путіним Путіну"),
    ("uk", "Лавров", "Лаврова Лавровим"),
    ("uk", "Воробйов", "Воробйовим"),
    ("ru", "убить", "убил убила убили убит убита убиты убитого убьют убивший"),
    ("ru", "избить", "избил избили избит избиты избитый изобьют"),
    ("ru", "пытать", "пытал пытали пытают пытаемый"),
    ("ru", "судить", "судил судили судят судимый сужу"),
    ("ru", "бомбить", "бомбил бомбили бомбят"),
    ("ru", "решить", "решил решу решат решённый"),
    ("ru", "погибнуть", "погиб погибла погибли погибнет погибший погибших"),
    ("ru", "вторгнуться", "вторгся вторглась вторглись вторгшийся вторгнется"),
    ("ru", "вернуть", "вернул вернули вернёт"),
    ("uk", "убити", "убив убила убили убитий убитих убито уб’ють"),
    ("uk", "вбити", "вбив вбила вбили вбитий вб’є"),
    ("uk", "побити", "побив побили побитий побито"),
    ("uk", "взяти", "взяв взяла взяли взятий взято візьмуть"),
    ("uk", "катувати", "катував катували катують катований катованого катовано"),
    ("uk", "судити", "судив судили судять суджений"),
    ("uk", "загинути", "загинув загинула загинули загине"),
    ("uk", "вторгнутися", "вторгся вторглася вторглися вторгнувся вторгнеться"),
    ("en", "war", "wars war's"),
    ("en", "invade", "invades invaded invading"),
    ("en", "army", "armies army's"),
    ("en", "ban", "banned banning"),
    ("en", "serviceman", "servicemen"),
    ("en", "fight", "fought fighting"),
]

OTHERS: list[tuple[Lang, str, str]] = [
    ("ru", "война", "войско воин войнушка"),
    ("ru", "день", "дно дна деньги"),
    ("ru", "орган", "организм органный организация"),
    ("uk", "день", "дно дна"),
    ("uk", "війна", "військо воїн"),
    ("uk", "вода", "від"),
    ("uk", "допомога", "допоміг"),
    ("uk", "стіл", "стелі"),
    ("uk", "суд", "судей судя"),
    ("ru", "суд", "судей судья"),
    ("ru", "избить", "избу избы изба"),
    ("ru", "судить", "суду суды суд"),
    ("uk", "судити", "суду суди суд"),
    ("uk", "зрадити", "зради зраду"),
    ("uk", "бомбити", "бомби бомбу"),
    ("ru", "печать", "печали печаль"),
    ("ru", "треть", "трём трёт"),
    ("ru", "крикнуть", "крик"),
    ("ru", "рискнуть", "риск"),
    ("ru", "стать", "стаю стай"),
    ("ru", "магазин", "магазиным"),
    ("en", "war", "warm ward warn"),
]


@pytest.mark.parametrize(("lang", "word", "forms"), FORMS, ids=lambda x: x)
def test_forms(lang: Lang, word: str, forms: str) -> None:
    assert {fold(f) for f in forms.split()} <= inflected(word, lang)
    assert fold(word) in inflected(word, lang)


@pytest.mark.parametrize(("lang", "word", "others"), OTHERS, ids=lambda x: x)
def test_other_words_are_no_forms(lang: Lang, word: str, others: str) -> None:
    assert not set(others.split()) & inflected(word, lang)


@pytest.mark.parametrize("lang", LANGS)
def test_the_table_is_whole(lang: Lang) -> None:
    rules = table("inflection")[lang]
    letter = r"[a-z]" if lang == "en" else r"[а-яіїєґ]"
    assert set(rules) == {
        "consonants", "bare", "abbreviation", "verb_stem", "reflexive", "changes", "bare_changes", "endings", "verbs",
        "irregular", "no_verbs", "lost", "losing", "left", "surname", "surnames",
    }  # fmt: skip
    for section in ("endings", "verbs", "irregular"):
        for key, forms in rules[section].items():
            assert re.fullmatch(rf"(?:{letter}|')+", key), key
            assert all(re.fullmatch(rf"(?:{letter}|')+>?|-", f) for f in forms.split()), key
    for old, new in rules["changes"]:
        assert re.fullmatch(rf"{letter}+", old + new), old
    for pattern, new in rules["bare_changes"]:
        assert re.compile(pattern).groups >= new.count("\\"), pattern


def test_a_phrase_is_a_form_of_the_lexicon() -> None:
    form = phrase("органы безопасности", "ru")
    assert form is not None
    assert [h.text for h in Matcher([("k", form)], "ru", apart=True).find("В органах безопасности молчат.")] == [
        "органах безопасности"
    ]
    assert phrase("оккуп* город~", "ru") == "оккуп* город~"
    assert phrase("прах", "ru", exact=True) == "прах"
    assert phrase("F-16", "en") is None
    assert phrase("№", "ru") is None


def test_function_words_and_abbreviations_keep_their_letters() -> None:
    head, middle, last = (phrase("prisoner of war", "en") or "").split()
    assert "prisoners" in head.split("/")
    assert middle == "of"
    assert "wars" in last.split("/")
    assert set((phrase("МИД", "ru") or "").split("/")) >= {"мид", "мида", "миду"}
    assert phrase("СВО", "ru") == "сво"
    assert set((phrase("POW", "en") or "").split("/")) >= {"pow", "pows"}
    assert [is_abbreviation(w) for w in ("СВО", "США", "Сво", "A")] == [True, True, False, False]
    assert parts("бизнес-центр у  моря") == ["бизнес", "центр", "у", "моря"]
