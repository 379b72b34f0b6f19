"""Reports made by hand, so that renderers are tested without the pipeline."""

from __future__ import annotations

from transcheck.types import (
    Category,
    Cell,
    Check,
    Document,
    DocumentReport,
    Example,
    Finding,
    Lang,
    Place,
    Quote,
    Report,
    Row,
    Source,
    Span,
    Suppressed,
    Suppression,
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
            "TC201",
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


CHECKS = (
    Check(
        "TC301",
        "number-changed",
        "number",
        "error",
        "high",
        "A number differs, such as {1} and <2>.",
        (Example(("ru", "Нас было 14."), ("en", "There were 40 | of us."), ("en", "There were 14 of us.")),),
    ),
    Check("TC101", "passage-omitted", "omission", "error", "medium", "A passage is missing.", ()),
)
"""Some of the codes of the reports below; the others are known to nobody."""


NASTY: dict[Lang, str] = {
    "ru": "Он сказал 🇺🇦: «Ждите 25 дней».\n<script>alert(1)</script> & *всё* | й\u0306 [раз](2) @all #1 100%: 7\n",
    "en": "He said 🇺🇦: “Wait 52 days”.\n<script>alert(1)</script> & *all* | e\u0301 [one](2) @all #1 100%: 8\n",
}
"""Texts with letters outside of the basic plane, combining marks, and whatever means something in some format."""


def nasty_document() -> DocumentReport:
    """Return a document of ``NASTY`` texts in files with a name that needs escapes."""
    versions = tuple(Version(lang, text, f"texts/мост, 1:{lang}.md") for lang, text in NASTY.items())
    ru, en = ([line for line in NASTY[lang].split("\n") if line] for lang in NASTY)
    rows = tuple(
        Row(i, tuple(Cell(lang, (i,), place(lang, text, NASTY)) for lang, text in (("ru", a), ("en", b))))
        for i, (a, b) in enumerate(zip(ru, en, strict=True))
    )
    message = "ru 25, en 52: <b>100%</b> | `x` {0} [раз](2) @all\nnext, ::error::"
    number = Finding(
        "TC301", "number", "error", "en", 0.9, message, place("en", "52", NASTY), (place("ru", "25", NASTY),), 0,
        "00000000000000aa",
    )  # fmt: skip
    whole = Finding(
        "TC201", "meaning", "note", "en", 0.5, "the end", place("en", en[1], NASTY), (place("ru", ru[1], NASTY),), 1
    )
    return DocumentReport("texts/мост, 1", Document("texts/мост, 1", versions), rows, (number, whole))


def suppressed_document() -> DocumentReport:
    """Return a document in which nothing counts: three findings, suppressed in every way there is."""
    ru = ["Мост закрыли в 6 часов.", "Пострадал инженер.", "Мы ждём.", "Дождь идёт."]
    uk = ["Міст закрили о 7 годині.", "Постраждав лікар.", "Ми не чекаємо.", "Дощ іде."]
    texts: dict[Lang, str] = {"ru": "\n".join(ru), "uk": "\n".join(uk)}
    rows = tuple(row(i, a, b, origin=texts) for i, (a, b) in enumerate(zip(ru, uk, strict=True)))

    def silent(code: str, category: Category, a: str, b: str, at: int, by: Suppression) -> Suppressed:
        sides = place("uk", b, texts), (place("ru", a, texts),)
        return Suppressed(Finding(code, category, "error", "uk", 0.9, f"ru {a}, uk {b}", *sides, at), by)

    suppressed = (
        silent("TC301", "number", "6", "7", 0, Suppression("inline", "the clock is local", "bridge.uk.md:1")),
        silent("TC201", "meaning", "инженер", "лікар", 1, Suppression("baseline", "", "transcheck-baseline.json")),
        silent("TC203", "negation", "ждём", "не чекаємо", 2, Suppression("since", "", "origin/main")),
    )
    versions = tuple(Version(lang, text, f"bridge.{lang}.md") for lang, text in texts.items())
    return DocumentReport("bridge", Document("bridge", versions), rows, suppressed=suppressed)


def quoted_documents() -> tuple[DocumentReport, ...]:
    """Return two quotations of a pair of articles, of which one is a PDF file; one departs, one stands alone."""
    ru = "Мэр сказал: «Мы откроем мост в мае». «Это дорого», — добавил он."
    en = "The mayor said: “We will open the bridge in March”."
    texts: dict[Lang, str] = {"ru": ru, "en": en}
    document = Document(
        "bridge",
        (
            Version("ru", ru, "bridge.ru.pdf", source=Source("page", ((0, 2, 1),))),
            Version("en", en, "bridge.en.html", source=Source("line", ((0, 14, 9),))),
        ),
        articles=True,
    )

    def quote(lang: Lang, text: str, speaker: str) -> Quote:
        at = place(lang, text, texts)
        return Quote(lang, "direct", text, (Span(at.start, at.end),), speaker)

    spoken = [place("ru", "Мы откроем мост в мае", texts), place("en", "We will open the bridge in March", texts)]
    cells = tuple(Cell(p.lang, (0,), p) for p in spoken)
    date = Finding(
        "TC302", "date", "warning", None, 0.6, "ru has мае where en has March", place("ru", "мае", texts),
        (place("en", "March", texts),), 0,
    )  # fmt: skip
    alone = Finding(
        "TC506", "quotation", "warning", "ru", 0.5, "only ru quotes: Это дорого", place("ru", "Это дорого", texts)
    )
    both = (quote("ru", spoken[0].text, "Мэр"), quote("en", spoken[1].text, "The mayor"))
    return (
        DocumentReport("bridge#1", document, (Row(0, cells),), (date,), quotes=both),
        DocumentReport("bridge#2", document, (), (alone,), quotes=(quote("ru", "Это дорого", "Мэр"),)),
    )


def unread_document() -> DocumentReport:
    """Return a document whose files are known but hold nothing to compare."""
    versions = (Version("uk", "", "empty.uk.txt"), Version("en", "Yes.", "empty.en.txt"))
    error = "empty: the uk version (empty.uk.txt) holds no text to compare; give a text or leave the version out"
    return DocumentReport("empty", Document("empty", versions), error=error)


def sample_report() -> Report:
    """Return one document with findings, one without, and one that failed."""
    return Report((checked_document(), clean_document(), failed_document()), "test-model")


def whole_report() -> Report:
    """Return every kind of document that a renderer may meet."""
    return Report(
        (
            checked_document(),
            clean_document(),
            nasty_document(),
            suppressed_document(),
            *quoted_documents(),
            failed_document(),
            unread_document(),
        ),
        "test-model",
    )
