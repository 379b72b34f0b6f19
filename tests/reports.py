"""Reports made by hand, so that renderers are tested without the pipeline."""

from __future__ import annotations

from transcheck.types import (
    Cell,
    Document,
    DocumentReport,
    Finding,
    Lang,
    Place,
    Report,
    Row,
    Version,
)

RU = (
    "Мы вышли к реке в шесть утра.\n"
    "Нас было четырнадцать, и никто не стрелял. «Отпустите их», — сказал командир.\n"
    "Потом нас увезли в Донецк."
)
UK = (
    "Ми вийшли до річки о шостій ранку.\n"
    "Нас було чотирнадцятеро, і ніхто не стріляв. «Відпустіть їх», — сказав командир.\n"
    "Потім нас вивезли до Донецька."
)
EN = (
    "We reached the river at six in the morning.\n"
    "There were forty of us, and nobody fired.\n"
    "Then we were taken to Donetsk."
)
TEXTS: dict[Lang, str] = {"ru": RU, "uk": UK, "en": EN}
ORDER: tuple[Lang, ...] = ("ru", "uk", "en")


def place(lang: Lang, text: str, origin: dict[Lang, str] | None = None) -> Place:
    """Return the only place where a version holds ``text``."""
    whole = (origin or TEXTS)[lang]
    assert whole.count(text) == 1, text
    start = whole.index(text)
    return Place(lang, start, start + len(text), text)


def row(index: int, *texts: str, origin: dict[Lang, str] | None = None, at: int | None = None) -> Row:
    """Return a row of the cells with these texts, in the order ru, uk, en; an empty one stands at ``at``."""
    cells = []
    for lang, text in zip(ORDER, texts, strict=False):
        where = place(lang, text, origin) if text else Place(lang, at or 0, at or 0, "")
        cells.append(Cell(lang, (index,) if text else (), where))
    filled = [c.lang for c in cells if not c.empty]
    pairs = [(a, b) for i, a in enumerate(filled) for b in filled[i + 1 :]]
    return Row(index, tuple(cells), tuple((p, 0.9 - 0.01 * i) for i, p in enumerate(pairs)))


def checked_document() -> DocumentReport:
    """Return three versions with an error, a warning, a note, and a row that one version lacks."""
    missing = EN.index("\nThen")
    document = Document(
        "river",
        (Version("ru", RU, "river.ru.txt"), Version("uk", UK, "river.uk.txt"), Version("en", EN, "river.en.txt")),
        (("source_lang", "ru"), ("speaker", "Олена Гай")),
    )
    rows = (
        row(0, "Мы вышли к реке в шесть утра.", "Ми вийшли до річки о шостій ранку.", EN.split("\n")[0]),
        row(
            1,
            "Нас было четырнадцать, и никто не стрелял.",
            "Нас було чотирнадцятеро, і ніхто не стріляв.",
            "There were forty of us, and nobody fired.",
        ),
        row(2, "«Отпустите их», — сказал командир.", "«Відпустіть їх», — сказав командир.", "", at=missing),
        row(3, "Потом нас увезли в Донецк.", "Потім нас вивезли до Донецька.", "Then we were taken to Donetsk."),
    )
    findings = (
        Finding(
            "TC301",
            "number",
            "error",
            "en",
            0.97,
            "en has forty (40) where ru has четырнадцать and uk has чотирнадцятеро (14)",
            place("en", "forty"),
            (place("ru", "четырнадцать"), place("uk", "чотирнадцятеро")),
            1,
        ),
        Finding(
            "TC101",
            "omission",
            "warning",
            "en",
            0.8,
            "en lacks «Отпустите их», — сказал командир.",
            Place("en", missing, missing, ""),
            (place("ru", "«Отпустите их», — сказал командир."), place("uk", "«Відпустіть їх», — сказав командир.")),
            2,
        ),
        Finding(
            "TC901",
            "meaning",
            "note",
            None,
            0.4,
            "ru увезли, uk вивезли: 100% sure it is not",
            place("ru", "увезли"),
            (place("uk", "вивезли"),),
            3,
        ),
    )
    return DocumentReport("river", document, rows, findings)


def failed_document() -> DocumentReport:
    """Return a document that could not be checked."""
    return DocumentReport("broken", error="uk is empty: a record needs text in two of ru, uk and en")


def clean_document() -> DocumentReport:
    """Return two versions of eight rows without a finding."""
    ru = [f"Строка номер {n}." for n in "абвгдежз"]
    uk = [f"Рядок номер {n}." for n in "абвгдежз"]
    texts: dict[Lang, str] = {"ru": " ".join(ru), "uk": " ".join(uk)}
    rows = tuple(row(i, a, b, origin=texts) for i, (a, b) in enumerate(zip(ru, uk, strict=True)))
    document = Document("clean", (Version("ru", texts["ru"]), Version("uk", texts["uk"])))
    return DocumentReport("clean", document, rows)


def sample_report() -> Report:
    """Return one document with findings, one without, and one that failed."""
    return Report((checked_document(), clean_document(), failed_document()), "test-model")
