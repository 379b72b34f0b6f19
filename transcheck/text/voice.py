"""The passive voice: whether somebody acts or is acted upon (*he was told*, *он был признан*, *його було обрано*)."""

from __future__ import annotations

import re
from typing import Final

from transcheck.types import Lang

_PARTICIPLES: Final = (
    "beat|beaten|bitten|born|bought|brought|built|burnt|caught|chosen|cut|dealt|done|drawn|driven|fed|felt|fired|found|"
    "fought|given|heard|held|hit|hung|hurt|kept|known|laid|led|left|lent|lost|made|met|paid|put|read|run|said|seen|sent|"
    "set|shot|shown|sold|spent|struck|stuck|sued|sworn|taken|taught|thrown|told|torn|understood|won|worn|written"
)
_PASSIVE: Final[dict[Lang, re.Pattern[str]]] = {
    "en": re.compile(
        r"(?:'(?:ve|d|ll)|\s+(?:have|has|had|will|would|can|could|may|might|must|should|never|not|also|both|all|soon|later|"
        r"only|still|once|twice|then|just|already|always|often|usually|sometimes|finally|really|actually|did|do|does))*"
        r"(?:'(?:re|s|m)|\s+(?:was|were|am|is|are|be|been|being|got|get|gets|getting)(?:n't)?)"
        rf"(?:\s+(?:\w+ly|not|never|also|later|then|still|just|already|all|both|being|been))*"
        rf"\s+(?:\w{{2,}}ed|\w{{3,}}en|{_PARTICIPLES})\b"
    ),
    "ru": re.compile(
        r"(?:\s+(?:не|уже|тоже|также|потом|ещё|еще|все|оба))*\s+(?:был[аои]?|буд(?:у|ешь|ет|ем|ете|ут))"
        r"(?:\s+\w+)?\s+\w{2,}(?:[аеёяи]н[аоы]?|[аяеёиыу]т[аоы]?)\b"
    ),
    "uk": re.compile(
        r"(?:\s+(?:не|вже|уже|теж|також|потім|ще|усі|всі|обидва))*\s+(?:бу(?:в|ла|ло|ли)|буд(?:у|еш|е|емо|ете|уть))"
        r"(?:\s+\w+)?\s+\w{2,}(?:[аеєяїи]н|[аяеєиу]т)(?:ий|а|е|і|о)\b"
    ),
}


def is_passive(text: str, end: int, lang: Lang) -> bool:
    """Tell whether the subject that ends at code point ``end`` of ``text`` stands before a passive verb."""
    return _PASSIVE[lang].match(text.replace("’", "'"), end) is not None
