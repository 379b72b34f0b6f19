"""The words that an editor allows and forbids for a concept, in each language."""

from __future__ import annotations

from dataclasses import dataclass, field

from transcheck.types.span import Lang


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase for a concept, as its dictionary has it; ``note`` says why it is ``forbidden``, or its use."""

    lang: Lang
    text: str
    forbidden: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """What the terms of several languages stand for; the allowed ones come in the editor's order, the best first.

    ``required``: a version that has no allowed term where another has one is reported. ``kept``: nobody translates it,
    and every version has it letter by letter. ``exact``: its terms are not inflected. ``cased``: their capitals must
    stand in the text.
    """

    name: str
    terms: tuple[Term, ...]
    note: str = ""
    required: bool = False
    kept: bool = False
    exact: bool = False
    cased: bool = False

    def allowed(self, lang: Lang) -> tuple[str, ...]:
        """Return the allowed terms in a language; those of all languages, where they are not translated."""
        found = (t.text for t in self.terms if not t.forbidden and (self.kept or t.lang == lang))
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Termbase:
    """The concepts of one or several files; ``digest`` tells their content from any other ("" for none at all)."""

    concepts: tuple[Concept, ...] = field(default=(), hash=False)
    digest: str = ""


NO_TERMS = Termbase()
"""What holds where no termbase is set."""
