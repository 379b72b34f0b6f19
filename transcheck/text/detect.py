"""Which of the three languages a text is in: declared, then telling letters, then n-gram profiles, else unknown.

The profiles are langdetect's (Shuyo 2010, "Language Detection Library for Java": character n-grams of 1 to 3), made
anew for these languages by ``training.profiles``. langdetect draws n-grams at random until it is sure; here its
detector weighs every n-gram once, so that the same text always has the same answer.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from transcheck.text.tables import read_table
from transcheck.types import LANGS, Lang

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

Method = Literal["declared", "letters", "profiles", "unknown"]

PPM = 1_000_000
"""What the counts of one n-gram length sum to in a profile."""

SEED = 0
"""langdetect's seed; its random draws are not used, but whoever calls the factory directly gets stable answers."""

ALPHA = 0.01
"""langdetect's smoothing in 1/10000: one part per million for an n-gram that a profile does not have."""

MAX_WORDS = 80
"""Words weighed of a long text, taken evenly from the whole of it; more do not change the answer."""

CERTAIN = 0.6
"""Probability from which a language is named."""

TELLING_SHARE = 0.2
"""Share of words with telling letters of one language from which the profiles are not asked; of Ukrainian words about
half have one, of Russian words a fifth."""

LETTER_WEIGHT = 4.0
"""What one word with a telling letter weighs against the profiles, in nats: quoted words and names have them too."""

NAME_WEIGHT = 0.3
"""What a capitalised Latin word weighs in the choice of script: names keep their letters in Cyrillic text."""


@dataclass(frozen=True, slots=True)
class Detection:
    """The language found, None where it is unknown; how it was found; and its probability, 0 to 1."""

    lang: Lang | None
    method: Method
    probability: float


_UNKNOWN = Detection(None, "unknown", 0.0)


def detect(text: str, declared: Lang | None = None) -> Detection:
    """Return the language of ``text``.

    A declared language is taken as it is. Telling letters decide when the words that have them are of one language and
    not few; langdetect's detector decides the rest. Unknown: no letters, another alphabet, or too little to go by.
    """
    if declared is not None:
        return Detection(declared, "declared", 1.0)
    found = _sample(_raw_words(text))
    latin = [w for w in found if "a" <= w[0].lower() <= "z"]
    cyrillic = _lower_cyrillic(found)
    if not found or len(latin) + len(cyrillic) < 0.5 * len(found):
        return _UNKNOWN
    weight = sum(NAME_WEIGHT if w[:1].isupper() else 1.0 for w in latin)
    if cyrillic and weight <= len(cyrillic):
        return _cyrillic(cyrillic)
    return _latin([w.lower() for w in latin], sum(map(len, cyrillic)))


def odds(found: Sequence[str]) -> float:
    """Return the odds of Russian against Ukrainian for lower-cased Cyrillic words without telling letters, in nats."""
    detector = _detector([g for word in found for g in grams(word) if len(g) > 1])
    likelihood: dict[Lang, float] = detector.odds()
    return likelihood["ru"] - likelihood["uk"]


def telling(word: str) -> Lang | None:
    """Return the one Cyrillic language whose letters a lower-cased word has, or None (also for letters of both)."""
    russian, ukrainian = _telling_letters()
    here = set(word)
    ru = bool(here & russian)
    uk = bool(here & ukrainian) or ("'" in word and _apostrophe_pattern().search(word) is not None)
    if ru == uk:
        return None
    return "ru" if ru else "uk"


def words(text: str) -> list[str]:
    """Return the words of ``text``, lower-cased, apostrophes made one, without addresses and stress marks."""
    return [w.lower() for w in _raw_words(text)]


def grams(word: str) -> Iterator[str]:
    """Yield the n-grams of a lower-cased word, 1 to 3 long, with a space at each end (the form of the profiles)."""
    yield from word
    padded = f" {word} "
    for i in range(len(padded) - 1):
        yield padded[i : i + 2]
    for i in range(len(padded) - 2):
        yield padded[i : i + 3]


@lru_cache(maxsize=1)
def letters() -> dict[str, dict[str, str]]:
    """Return the table of telling, foreign and look-alike letters."""
    return {str(k): dict(v) for k, v in read_table("letters").items()}


@lru_cache(maxsize=1)
def gram_frequencies() -> Mapping[str, float]:
    """Return the share of each Cyrillic n-gram among those of its length, the mean of Russian and Ukrainian."""
    ru, uk = (json.loads(_profile(lang))["freq"] for lang in ("ru", "uk"))
    return {g: (ru.get(g, 0) + uk.get(g, 0)) / (2 * PPM) for g in ru.keys() | uk.keys()}


def russian_odds(found: Sequence[str]) -> float:
    """Return the odds of Russian against Ukrainian for lower-cased Cyrillic words, in nats, telling letters included.

    0 where there is nothing to go by or where more than a tenth of the words are of another Cyrillic alphabet.
    """
    told = [telling(w) for w in found]
    if _foreign(found):
        return 0.0
    rest = [w for w, lang in zip(found, told, strict=True) if lang is None]
    return LETTER_WEIGHT * (told.count("ru") - told.count("uk")) + (odds(rest) if rest else 0.0)


def cyrillic_words(text: str) -> list[str]:
    """Return the Cyrillic words of ``text``, lower-cased, Latin look-alikes in them made Cyrillic."""
    return _lower_cyrillic(_raw_words(text))


def english_words(text: str) -> list[str]:
    """Return the Latin words of ``text`` as written."""
    return [w for w in _raw_words(text) if w[0].isascii()]


def _lower_cyrillic(found: Sequence[str]) -> list[str]:
    own = [w.lower() for w in found if "\u0400" <= w[0] <= "\u04ff"]
    if re.search("[a-zï]", " ".join(own)):
        table = letters()["lookalikes"]
        own = [w.translate(str.maketrans(table["latin"], table["cyrillic"])) for w in own]
    return own


def _foreign(found: Sequence[str]) -> bool:
    """Tell whether more than a tenth of the words are of another Cyrillic alphabet."""
    foreign = _foreign_letters()
    return sum(bool(foreign & set(w)) for w in found) > 0.1 * len(found)


def _cyrillic(found: Sequence[str]) -> Detection:
    """Decide between Russian and Ukrainian."""
    told = [telling(w) for w in found]
    ru, uk = told.count("ru"), told.count("uk")
    if _foreign(found):
        return _UNKNOWN
    if bool(ru) != bool(uk) and ru + uk >= TELLING_SHARE * len(found):
        return Detection("ru" if ru else "uk", "letters", 1 - 0.5 * math.exp(-LETTER_WEIGHT * (ru + uk)))
    value = russian_odds(found)
    probability = 1 / (1 + math.exp(-min(abs(value), 50.0)))
    if probability < CERTAIN:
        return Detection(None, "unknown", probability)
    return Detection("ru" if value > 0 else "uk", "profiles", probability)


def _latin(found: Sequence[str], cyrillic: int) -> Detection:
    """Decide whether Latin words are English or of another language; ``cyrillic`` letters stand beside them."""
    known = _english()
    trigrams = [g for w in found for g in grams(w) if len(g) == 3]
    fit = sum(math.log(known.get(g, 0) + 3.0) for g in trigrams) / len(trigrams)
    own = sum(map(len, found))
    share = own / (own + cyrillic)
    if len(found) >= 4 and fit < ENGLISH_FIT:
        return Detection(None, "unknown", 0.5)
    probability = share * (1 - 0.5 * math.exp(-len(found)))
    if probability < CERTAIN:
        return Detection(None, "unknown", probability)
    return Detection("en", "letters", probability)


ENGLISH_FIT = 4.9
"""Mean log count of trigrams below which four Latin words or more are not English."""


@lru_cache(maxsize=1)
def _english() -> dict[str, int]:
    freq: dict[str, int] = json.loads(_profile("en"))["freq"]
    return freq


def _sample(found: Sequence[str]) -> Sequence[str]:
    """Take at most ``MAX_WORDS`` words evenly."""
    step = -(-len(found) // MAX_WORDS)
    return found[::step] if step > 1 else found


def _raw_words(text: str) -> list[str]:
    """Return the words of ``text`` as written, apostrophes made one, without addresses and stress marks."""
    if "\u0301" in text:
        text = text.replace("\u0301", "")
    if any(mark in text for mark in ("://", "www.", "@", "#", ".")):
        text = address_pattern().sub(" ", text)
    return _words_pattern().findall(text.translate(_APOSTROPHES))


_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ`´", "'"))


@lru_cache(maxsize=1)
def _words_pattern() -> re.Pattern[str]:
    return re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


@lru_cache(maxsize=1)
def address_pattern() -> re.Pattern[str]:
    """Return the pattern of web and mail addresses, hashtags and account names."""
    return re.compile(
        r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+\.[\w.-]+|[@#]\w+|\b[A-Za-z\d-]+\.(?:com|org|net|ua|ru|gov|info)\b"
    )


@lru_cache(maxsize=1)
def _telling_letters() -> tuple[frozenset[str], frozenset[str]]:
    table = letters()["telling"]
    return frozenset(table["ru"]), frozenset(table["uk"])


@lru_cache(maxsize=1)
def _foreign_letters() -> frozenset[str]:
    return frozenset(letters()["foreign"]["cyrillic"])


@lru_cache(maxsize=1)
def _apostrophe_pattern() -> re.Pattern[str]:
    table = letters()["apostrophe"]
    return re.compile(f"[{table['consonants']}]'[{table['vowels']}]")


def _profile(lang: Lang) -> str:
    """Return the profile file of a language."""
    return files("transcheck.text").joinpath(f"data/profiles/{lang}").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _factory() -> DetectorFactory:
    """Return langdetect's factory with the three profiles and a fixed seed; its detectors are deterministic."""
    from langdetect.detector_factory import DetectorFactory

    factory = DetectorFactory()
    factory.set_seed(SEED)
    factory.load_json_profile([_profile(lang) for lang in LANGS])
    return factory


@lru_cache(maxsize=1)
def _detector_class() -> type[Any]:
    """Return langdetect's detector with its random draws replaced by one pass over all n-grams, kept as logarithms."""
    from langdetect.detector import Detector

    class EveryGram(Detector):  # type: ignore[misc]
        """Weighs every n-gram once: the limit of langdetect's answer for endless draws."""

        cache: ClassVar[dict[str, tuple[float, ...]]] = {}

        def odds(self) -> dict[Lang, float]:
            """Return the log likelihood of each language."""
            total = [0.0] * len(self.langlist)
            for gram in self.text:
                logs = self.cache.get(gram)
                if logs is None:
                    prob = [1.0] * len(self.langlist)
                    self._update_lang_prob(prob, gram, self.alpha)
                    logs = self.cache[gram] = tuple(math.log(p) for p in prob)
                for i, value in enumerate(logs):
                    total[i] += value
            return dict(zip(self.langlist, total, strict=True))

    return EveryGram


def _detector(found: list[str]) -> Any:
    """Return a detector over n-grams."""
    detector = _detector_class()(_factory())
    detector.set_alpha(ALPHA)
    detector.text = found
    return detector
