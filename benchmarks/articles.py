"""Quotations of the seed articles: spans, speakers, counterparts, what editors did to them, and the speed of an audit.

    python -m benchmarks.articles [--part tuning|heldout] [--show]

Quotes are compared exactly: every part of a quotation must begin and end where the gold says. Indirect speech is
reported apart. ``--show`` prints what went wrong, for the tuning part only.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from typing import Any

from transcheck.encode import load_encoder
from transcheck.quotes.extract import quotes
from transcheck.quotes.forms import same_word
from transcheck.read.articles import read_version
from transcheck.run.quoted import judge_quotes
from transcheck.text.speech import WORD
from transcheck.text.translit import fold
from transcheck.types import Document, DocumentReport, Encoder, Lang, Quote, Span, Version

ROOT = Path(__file__).parent.parent / "seeds" / "articles"
RESULTS = Path(__file__).parent / "results" / "articles.md"

FAULTS = {
    "elision": {"TC503", "TC203"},
    "insertion": {"TC504"},
    "cut": {"TC101"},
    "truncation": {"TC505", "TC503"},
    "reversed": {"TC104"},
    "stitched": {"TC507"},
    "requoted": {"TC502"},
    "misattributed": {"TC501"},
    "fabricated": {"TC506"},
}
"""The codes by which each kind of faulty edit is found."""
_EDITS = ("elision", "insertion", "cut")
"""The kinds whose figure is asked for by itself."""
_INDIRECT = 0.6
"""Overlap from which reported speech counts as found."""


@dataclass(frozen=True, slots=True)
class Event:
    """Three articles with their gold; ``seconds`` is what reading them took."""

    gold: dict[str, Any]
    versions: dict[Lang, Version]
    to_file: dict[Lang, Callable[[Span], Span]]
    seconds: float


@dataclass(slots=True)
class Scores:
    """Counts of one run."""

    spans: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    speakers: Counter[str] = field(default_factory=Counter)
    links: Counter[str] = field(default_factory=Counter)
    edits: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    clean: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    articles: int = 0
    notes: list[str] = field(default_factory=list)


def events(part: str) -> Iterator[Event]:
    """Yield the events of ``seeds/articles/<part>``."""
    for path in sorted((ROOT / part).glob("*.gold.json")):
        gold = json.loads(path.read_text("utf-8"))
        versions, to_file, seconds = {}, {}, 0.0
        for lang, article in gold["articles"].items():
            file = path.parent / article["file"]
            started = time.perf_counter()
            versions[lang] = read_version(file)
            seconds += time.perf_counter() - started
            to_file[lang] = _to_file(versions[lang], file.read_text("utf-8"))
        yield Event(gold, versions, to_file, seconds)


def _to_file(version: Version, raw: str) -> Callable[[Span], Span]:
    """Return what turns places of an extracted text into places of its file."""
    if version.source is None:
        return lambda span: span
    starts = [0, *(m.end() for m in re.finditer(r"\r\n|\r|\n", raw))]
    anchors = version.source.anchors
    offsets = [a[0] for a in anchors]

    def offset(at: int) -> int:
        start, line, column = anchors[max(0, bisect_right(offsets, at) - 1)]
        return starts[line - 1] + column - 1 + at - start

    def convert(span: Span) -> Span:
        last = offset(span.end - 1)
        entity = re.match(r"&#?\w+;", raw[last:])
        return Span(offset(span.start), last + (len(entity[0]) if entity else 1))

    return convert


def score(encoder: Encoder, part: str) -> Scores:
    """Extract, match and judge every event of a part."""
    scores = Scores()
    for event in events(part):
        for lang, version in event.versions.items():
            _score_quotes(scores, event, lang, quotes(version))
        document = Document(event.gold["id"], tuple(event.versions.values()))
        started = time.perf_counter()
        reports = list(judge_quotes(document, encoder))
        scores.seconds += event.seconds + time.perf_counter() - started
        scores.articles += len(event.versions)
        _score_links(scores, event, reports)
        _score_edits(scores, event, reports)
    return scores


def _score_quotes(scores: Scores, event: Event, lang: Lang, found: Sequence[Quote]) -> None:
    gold = event.gold["articles"][lang]["quotes"]
    name = event.gold["articles"][lang]["file"]
    convert = event.to_file[lang]
    wanted = {tuple(Span(p["start"], p["end"]) for p in q["parts"]): q for q in gold if q["kind"] != "indirect"}
    given = {tuple(convert(p) for p in q.parts): q for q in found if q.kind != "indirect"}
    scores.spans[lang].update(hit=len(wanted.keys() & given.keys()), gold=len(wanted), found=len(given))
    scores.notes += [f"{name}: missed {wanted[k]['parts'][0]['text'][:90]}" for k in wanted.keys() - given.keys()]
    scores.notes += [f"{name}: extra {given[k].kind} {given[k].text[:90]}" for k in given.keys() - wanted.keys()]
    for key in wanted.keys() & given.keys():
        scores.spans["kind"].update(hit=wanted[key]["kind"] == given[key].kind, gold=1)
        speaker = wanted[key]["speaker"]
        if speaker is not None:
            right = _same(given[key].speaker, event.gold["speakers"][speaker][lang])
            scores.speakers.update(right=right, gold=1)
            if not right:
                scores.notes.append(f"{name}: speaker {given[key].speaker!r}, not {speaker!r}: {given[key].text[:60]}")
    told = [convert(q.span) for q in found if q.kind == "indirect"]
    for q in (q for q in gold if q["kind"] == "indirect"):
        span = Span(q["parts"][0]["start"], q["parts"][-1]["end"])
        best = max((_overlap(span, t) / max(len(span), len(t)) for t in told), default=0.0)
        scores.spans["indirect"].update(hit=best >= _INDIRECT, gold=1)


def _same(name: str, names: Sequence[str]) -> bool:
    """Whether a speaker's name holds every word of an acceptable one, in any case."""
    given = [fold(w) for w in WORD.findall(name)]
    for accepted in names:
        words = [fold(w) for w in WORD.findall(accepted)]
        content = [w for w in words if w not in ("the", "a", "an")]
        if content and all(any(same_word(w, g) for g in given) for w in content):
            return True
    return False


def _overlap(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _gold_id(event: Event, quote: Quote) -> str | None:
    """Return the gold quotation that holds most of a found one."""
    parts = [event.to_file[quote.lang](p) for p in quote.parts]
    size = sum(map(len, parts))
    for gold in event.gold["articles"][quote.lang]["quotes"]:
        shared = sum(_overlap(p, Span(g["start"], g["end"])) for p in parts for g in gold["parts"])
        if shared > size / 2:
            return str(gold["id"])
    return None


def _score_links(scores: Scores, event: Event, reports: Sequence[DocumentReport]) -> None:
    """Count the pairs of quotations of two languages that are one statement; two told indirectly are none."""
    found: set[tuple[Any, ...]] = set()
    for report in reports:
        members = [(q.lang, _gold_id(event, q) or q.text, q.kind) for q in report.quotes]
        for (x, a, k), (y, b, m) in combinations(members, 2):
            if x != y and not k == m == "indirect":
                found.add((x, a, y, b))
    wanted: set[tuple[Any, ...]] = set()
    for x, y in combinations(event.gold["articles"], 2):
        for a in event.gold["articles"][x]["quotes"]:
            for b in event.gold["articles"][y]["quotes"]:
                one = set(a["id"].split("+")) & set(b["id"].split("+"))
                if one and not a["kind"] == b["kind"] == "indirect":
                    wanted.add((x, a["id"], y, b["id"]))
    stitched = {
        s for a in event.gold["articles"].values() for q in a["quotes"] if "+" in q["id"] for s in q["id"].split("+")
    }
    # quotations that a third version runs together stand in one group, which no pair of the gold says
    found = {f for f in found if f in wanted or not (f[1] in stitched and f[3] in stitched)}
    scores.links.update(hit=len(found & wanted), found=len(found), gold=len(wanted))
    scores.notes += [f"{event.gold['id']}: wrong counterpart {f}" for f in sorted(found - wanted)]
    scores.notes += [f"{event.gold['id']}: no counterpart {f}" for f in sorted(wanted - found)]


def _score_edits(scores: Scores, event: Event, reports: Sequence[DocumentReport]) -> None:
    """Count the edits that are judged rightly: a fault by its code, an honest one by nothing against its version."""
    held = [{(q.lang, _gold_id(event, q)) for q in r.quotes} for r in reports]
    for edit in event.gold["edits"]:
        where = (edit["lang"], edit["quote"])
        findings = [
            f
            for r, members in zip(reports, held, strict=True)
            if where in members
            for f in r.findings
            if f.severity != "note" and f.lang == edit["lang"]
        ]
        if edit["status"] == "fault":
            right = any(f.code in FAULTS[edit["type"]] for f in findings)
        else:
            right = not any(
                f.category in ("omission", "addition", "quotation", "negation", "meaning", "reordered")
                for f in findings
            )
        scores.edits[edit["type"], edit["status"]].update(right=right, gold=1)
        if not right:
            got = [(f.code, f.message[:80]) for f in findings]
            scores.notes.append(f"{event.gold['id']}: {edit['type']} {edit['status']} {where} {edit['note']}: {got}")
    faulty = {(e["lang"], e["quote"]) for e in event.gold["edits"] if e["status"] == "fault"}
    for report, members in zip(reports, held, strict=True):
        if members & faulty:
            continue
        alarms = [f for f in report.findings if f.severity != "note"]
        scores.clean.update(statements=1, alarmed=bool(alarms))
        scores.notes += [f"{report.id}: alarm {f.code} {f.severity} {f.lang}: {f.message[:150]}" for f in alarms]


def _f1(counts: Counter[str]) -> float:
    return 2 * counts["hit"] / max(1, counts["found"] + counts["gold"])


def table(scores: Scores, part: str) -> str:
    """Return the figures as Markdown."""
    right = sum(c["right"] for c in scores.edits.values())
    all_edits = sum(c["gold"] for c in scores.edits.values())
    three = [c for (kind, _), c in scores.edits.items() if kind in _EDITS]
    right_three, all_three = sum(c["right"] for c in three), sum(c["gold"] for c in three)
    lines = [
        f"## seeds/articles/{part}: {scores.articles} articles",
        "",
        "| figure | value | of |",
        "|---|---|---|",
        *(
            f"| quote spans, exact, F1, {lang} | {_f1(scores.spans[lang]):.3f} | {scores.spans[lang]['gold']} |"
            for lang in ("ru", "uk", "en")
        ),
        f"| kind of the quote | {_share(scores.spans['kind'], 'hit')} | {scores.spans['kind']['gold']} |",
        f"| speaker | {_share(scores.speakers, 'right')} | {scores.speakers['gold']} |",
        f"| reported speech found | {_share(scores.spans['indirect'], 'hit')} | {scores.spans['indirect']['gold']} |",
        f"| counterparts, F1 | {_f1(scores.links):.3f} | {scores.links['gold']} |",
        f"| elisions, insertions and cuts classified rightly | {right_three / max(1, all_three):.3f} | {all_three} |",
        f"| all edits judged rightly | {right / max(1, all_edits):.3f} | {all_edits} |",
        f"| statements without a fault that draw an error or warning | {_share(scores.clean, 'alarmed')} "
        f"| {scores.clean['statements']} |",
        f"| articles a second, whole audit | {scores.articles / max(1e-9, scores.seconds):.1f} | |",
        "",
        "| edit | honest: left in peace | faulty: found |",
        "|---|---|---|",
    ]
    for kind in FAULTS:
        cells = [scores.edits.get((kind, status)) for status in ("honest", "fault")]
        shown = [f"{c['right']} of {c['gold']}" if c else "–" for c in cells]
        lines.append(f"| {kind} | {shown[0]} | {shown[1]} |")
    return "\n".join(lines) + "\n"


def _share(counts: Counter[str], key: str) -> str:
    return f"{counts[key] / max(1, counts['gold'] or counts['statements']):.3f}"


def main() -> None:
    """Print the figures of one part, or of both and save them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--part", choices=("tuning", "heldout"))
    parser.add_argument("--show", action="store_true", help="what went wrong, for the tuning part")
    parser.add_argument("--model", default=None)
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.model)
    encoder.encode(["warm"])
    texts = []
    for part in (arguments.part,) if arguments.part else ("tuning", "heldout"):
        scores = score(encoder, part)
        texts.append(table(scores, part))
        print(texts[-1])
        if arguments.show and part == "tuning":
            print("\n".join(scores.notes))
    if not arguments.part and arguments.model is None:
        RESULTS.write_text(
            "# Quotations of articles\n\n`python -m benchmarks.articles`\n\n" + "\n".join(texts), "utf-8"
        )


if __name__ == "__main__":
    main()
