"""An explanation as text, and as a picture of the similarities of words (SVG)."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from transcheck.types import Explanation, Matching

_SAYS = {
    "check": "findings of this check, before anything else is known",
    "rule": "what the rule itself makes of it",
    "error": "the rule calls it an error",
    "three": "a third version was there to judge by",
    "drift": "the version departs from the one it is nearer to",
    "most": "the version departs from the one it is farther from",
    "rest": "the other two depart from one another",
    "word": "the words at fault have no match in the others",
    "other": "the words of the others have no match in it",
    "kept": "translations of its words in the other versions",
    "kept_there": "translations of the other words in the version at fault",
    "alone": "none of the known renderings of its words is in the others",
    "alone_there": "none of the known renderings of the other words is in the version at fault",
    "free": "more words of the others have no rendering",
    "share": "more words of the version have no rendering in the others",
    "shared": "words that the other two share and the version lacks",
    "near": "likeness of the words that face each other, by themselves",
    "deep": "likeness of the words that face each other, where they stand",
    "apart": "how far from each other they stand",
    "nearest": "likeness to the nearest word of the others",
    "known": "how often its words were seen",
    "weight": "how much its words say",
    "words": "how long the version is",
    "english": "the version is English",
    "denied": "something is denied",
}
"""What each piece of evidence means, for people."""

_LOST = 0.5
_CELL, _LEFT, _TOP, _FONT, _LETTER = 22, 150, 130, 12, 7.2


def render(explanation: Explanation) -> str:
    """Return the explanation as text: the finding, the evidence, and how the words match."""
    return "\n".join(_lines(explanation)) + "\n"


def _lines(explanation: Explanation) -> Iterator[str]:
    f = explanation.finding
    yield f"{f.fingerprint}  {f.severity} {f.code} {f.category} {f.lang or '?'}: {f.message}"
    yield f"probability that it is real: {f.score:.2f}"
    if explanation.evidence:
        yield ""
        yield "for and against, in log-odds"
        for e in sorted(explanation.evidence, key=lambda e: -abs(e.weight)):
            if abs(e.weight) >= 0.005:
                yield f"  {e.weight:+6.2f}  {_SAYS.get(e.name, e.name)} ({e.value:g})"
        yield f"  {sum(e.weight for e in explanation.evidence):+6.2f}  in all"
    for m in explanation.matchings:
        yield ""
        yield f"{m.lang_a}-{m.lang_b}: do not say the same with probability {m.drift:.2f}"
        yield from _matches(m)
        for lang, words, lost in ((m.lang_a, m.words_a, m.lost_a), (m.lang_b, m.words_b, m.lost_b)):
            found = [f"{w} ({p:.2f})" for w, p in zip(words, lost, strict=True) if p >= _LOST]
            if found:
                yield f"  without a match in {m.lang_b if lang == m.lang_a else m.lang_a}: {', '.join(found)}"


def _matches(m: Matching) -> Iterator[str]:
    """Yield the words that choose one another, with their similarity."""
    width = max((len(m.words_a[i]) for i, _ in m.links), default=0)
    for i, j in m.links:
        yield f"  {m.words_a[i]:<{width}}  {m.similarities[i][j]:5.2f}  {m.words_b[j]}"


def render_svg(explanation: Explanation) -> str:
    """Return the matchings as heat maps one below the other: the darker, the more alike; framed where words choose one
    another, in red where a word has no match.
    """
    blocks, top, width = [], 0.0, 0.0
    for m in explanation.matchings:
        block, wide, high = _heat_map(m, top)
        blocks.append(block)
        top, width = top + high, max(width, wide)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{top:.0f}" '
        f'viewBox="0 0 {width:.0f} {top:.0f}" font-family="sans-serif" font-size="{_FONT}">\n'
        f"<title>{escape(explanation.finding.message)}</title>\n"
        f'<rect width="{width:.0f}" height="{top:.0f}" fill="#ffffff"/>\n' + "\n".join(blocks) + "\n</svg>\n"
    )


def _heat_map(m: Matching, top: float) -> tuple[str, float, float]:
    """Return one heat map that begins at ``top``, its width and its height."""
    left = max(_LEFT, max(len(w) for w in m.words_a) * _LETTER + 16)
    head = max(_TOP, max(len(w) for w in m.words_b) * _LETTER * 0.75 + 40)
    out = [f'<text x="8" y="{top + 20:.0f}" font-weight="bold">{m.lang_a} ↓  {m.lang_b} →  drift {m.drift:.2f}</text>']
    for j, word in enumerate(m.words_b):
        x, y = left + j * _CELL + _CELL * 0.7, top + head - 6
        out.append(
            f'<text x="{x:.1f}" y="{y:.1f}" transform="rotate(-50 {x:.1f} {y:.1f})" '
            f'fill="{_ink(m.lost_b[j])}">{escape(word)}</text>'
        )
    for i, word in enumerate(m.words_a):
        y = top + head + i * _CELL
        out.append(
            f'<text x="{left - 8:.1f}" y="{y + _CELL * 0.7:.1f}" text-anchor="end" '
            f'fill="{_ink(m.lost_a[i])}">{escape(word)}</text>'
        )
        for j in range(len(m.words_b)):
            shade = max(0.0, min(1.0, m.similarities[i][j]))
            frame = ' stroke="#111111" stroke-width="2"' if (i, j) in m.links else ' stroke="#e5e5e5"'
            out.append(
                f'<rect x="{left + j * _CELL:.1f}" y="{y:.1f}" width="{_CELL - 2}" height="{_CELL - 2}" '
                f'fill="#1f5fa8" fill-opacity="{shade:.2f}"{frame}>'
                f"<title>{escape(word)} – {escape(m.words_b[j])}: {m.similarities[i][j]:.2f}</title></rect>"
            )
    wide = left + len(m.words_b) * _CELL + max(60.0, len(m.words_b[-1]) * _LETTER * 0.7)
    return "\n".join(out), wide, head + len(m.words_a) * _CELL + 24


def _ink(lost: float) -> str:
    return "#b3261e" if lost >= _LOST else "#222222"
