"""TC403: words that mix Latin and Cyrillic letters that look the same."""

from __future__ import annotations

from collections.abc import Iterator

from transcheck.checks.base import Check, Context, Example
from transcheck.text.lookalikes import corrected, mixed_words
from transcheck.types import Finding, Lang, Span

LOOKALIKES = Check(
    code="TC403",
    slug="look-alike-letters",
    category="language",
    severity="warning",
    precision="very-high",
    summary="A word mixes Cyrillic letters with Latin ones that look the same.",
    examples=(
        Example(
            ("en", "The war is not over."),
            ("uk", "Вiйна не закінчилася."),
            ("uk", "Війна не закінчилася."),
        ),
        Example(
            ("en", "The war is not over."),
            ("ru", "Вoйна не закончилась."),
            ("ru", "Война не закончилась."),
        ),
        Example(
            ("uk", "Київ стоїть."),
            ("en", "Kуiv stands."),
            ("en", "Kyiv stands."),
        ),
    ),
)


def mixed_letters(context: Context, lang: Lang) -> Iterator[Finding]:
    """Yield one finding for every row with words that mix the scripts; its span is the first of them."""
    for row in context.rows:
        cell = row.cell(lang)
        spans = mixed_words(cell.text) if not cell.empty else ()
        if not spans:
            continue
        first = Span(cell.place.start + spans[0].start, cell.place.start + spans[0].end)
        words = dict.fromkeys(s.of(cell.text) for s in spans)
        listed = ", ".join(f'"{w}" for "{corrected(w)}"' for w in list(words)[:5])
        more = f" and {len(words) - 5} more" if len(words) > 5 else ""
        yield Finding(
            code=LOOKALIKES.code,
            category=LOOKALIKES.category,
            severity=LOOKALIKES.severity,
            lang=lang,
            score=0.99,
            message=f"look-alike letters: {lang} has {listed}{more}, Latin and Cyrillic letters in one word",
            span=context.place(lang, first.start, first.end),
            counterparts=tuple(c.place for c in row.filled if c.lang != lang),
            row=row.index,
        )
