"""The critic measured alone: ``python -m benchmarks.drift --data DIR`` (see README.md beside this file).

Prints and writes ``results/drift.md``: omissions, removed passages, defects of one word, the quality of machine
translations and their marked words. Nothing here is fitted on what it is measured on: thresholds of marks come from the
files that may be calibrated on, and rates of detection are read at 2 % of the untouched pairs of the same corpus.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.metrics import matthews_corrcoef, roc_auc_score

from benchmarks.public import PAIRS, texts
from training.calibrate import cell, without_passage
from training.damage import Damage
from training.drift_damage import opposed
from training.drift_judged import OMISSION, bad_places
from transcheck.checks import drift
from transcheck.checks.base import Context
from transcheck.checks.coverage import words_of
from transcheck.checks.drift import Judgement, Reading
from transcheck.checks.runs import candidates
from transcheck.encode import load_encoder
from transcheck.encode.words import word_spans
from transcheck.run.pipeline import compare_document
from transcheck.types import LANGS, Document, Encoder, Lang, Row, Span, Version

RESULTS = Path(__file__).parent / "results"

Table = list[dict[str, object]]

ALARMS = 2.0
"""Per cent of untouched pairs that may be flagged."""
RESAMPLES = 1000
NOTHING = -99.0
"""Log-odds where nothing is in doubt."""
ROWS, LEAST, MOST = 400, 5, 45
"""Rows that go through all checks, and how many words each of their versions has."""


def main() -> None:
    """Run the chosen parts."""
    parts: dict[str, Callable[[Judge, Path], Table]] = {
        "omission": omission,
        "passage": passages,
        "one word": one_word,
        "one word, all checks": by_all_checks,
        "quality": quality,
        "marked words": marked,
    }
    parser = argparse.ArgumentParser(prog="python -m benchmarks.drift", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of the public benchmarks")
    parser.add_argument("--only", choices=sorted(parts), action="append", help="run this part alone (repeatable)")
    parser.add_argument("--model", help="another encoder, or fast")
    options = parser.parse_args()
    judge = Judge(load_encoder(options.model))
    from benchmarks.__main__ import render

    found = []
    for name, part in parts.items():
        if not options.only or name in options.only:
            found.append(render(name, part(judge, options.data)))
            print(found[-1], flush=True)
    if not options.only and not options.model:
        (RESULTS / "drift.md").write_text("# The critic\n\n" + "\n".join(found))


class Judge:
    """Judges pairs of texts, each text read once."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._read = lru_cache(maxsize=4096)(self._reading)

    def _reading(self, lang: Lang, text: str) -> tuple[tuple[Span, ...], NDArray[np.bool_], Reading]:
        words = words_of(cell(lang, text), self.encoder)
        if words.deep is None:
            raise ValueError(f"no word in {text!r}")
        return words.spans, words.content, words.deep

    def __call__(self, a: tuple[Lang, str], b: tuple[Lang, str]) -> Judgement:
        """Return the judgement of two texts."""
        return drift.compare(self._read(*a)[2], self._read(*b)[2])

    def lacking(self, a: tuple[Lang, str], b: tuple[Lang, str]) -> tuple[Lacking, Lacking]:
        """Return what ``b`` lacks of ``a`` by the checks and by the network of drift alone."""
        sides = sorted((a, b), key=lambda side: LANGS.index(side[0]))
        document = Document("pair", tuple(Version(lang, text, lang) for lang, text in sides))
        row = Row(0, tuple(cell(*side) for side in sides))
        found = [c for c in candidates(Context(document, (row,), {}, self.encoder), row, {}) if c.at == b[0]]
        first = Lacking(NOTHING, 0, 0)
        if found:
            first = Lacking(found[0].log_odds, found[0].runs[a[0]].first, found[0].runs[a[0]].last)
        score, (start, end) = run(self(a, b).missing_a, self.content(a))
        return first, Lacking(score, start, end)

    def spans(self, text: tuple[Lang, str]) -> tuple[Span, ...]:
        """Return the words of a text."""
        return self._read(*text)[0]

    def reading(self, text: tuple[Lang, str]) -> Reading:
        """Return what the network of drift reads of a text."""
        return self._read(*text)[2]

    def content(self, text: tuple[Lang, str]) -> NDArray[np.bool_]:
        """Return which words are content words."""
        return self._read(*text)[1]


def omission(judge: Judge, data: Path) -> Table:
    """AUC of content words left out (MQM, TED talks) against translations without an error."""
    path = data / "mqm_en-ru_wmt21_ted" / "report.jsonl"
    if not path.exists():
        return []
    scores: dict[str, tuple[list[int], list[float]]] = {}
    for row in _rows(path):
        kinds = {e["category"] for e in row["errors"]}
        if row["errors"] and "Other POS omitted" not in kinds:
            continue
        a: tuple[Lang, str] = ("en", row["src_en"])
        judged = judge(a, ("ru", row["tgt_ru"]))
        lost = np.where(judge.content(a), judged.missing_a, -9.0)
        length = float(np.log(max(1, len(row["src_en"])) / max(1, len(row["tgt_ru"]))))
        values = {
            "stretch of the checks": judge.lacking(a, ("ru", row["tgt_ru"]))[0].score,
            "likeliest missing word": float(lost.max()),
            "expected missing words": float(np.log((1 / (1 + np.exp(-lost))).sum() + 1e-9)),
            "drift of the row": judged.drift,
            "length": length,
        }
        for name, value in values.items():
            known = scores.setdefault(name, ([], []))
            known[0].append(int(bool(row["errors"])))
            known[1].append(value)
    table: Table = []
    for name, (gold, found) in scores.items():
        low, high = interval(np.array(gold), np.array(found), roc_auc_score)
        table.append(
            {"score": name, "with": sum(gold), "without": len(gold) - sum(gold), "AUC": roc_auc_score(gold, found),
             "95 %": f"{low:.3f}-{high:.3f}"}
        )  # fmt: skip
    return table


def passages(judge: Judge, data: Path) -> Table:
    """Removed clauses and phrases of three words or more: found with an overlapping span at ``ALARMS``."""
    table: Table = []
    for name in ("flores", "wmt24"):
        rows = texts(data, name)
        for a, b in PAIRS if rows else ():
            rng = random.Random(f"passages {name} {a} {b}")
            clean: list[tuple[float, float]] = []
            found: list[tuple[float, float]] = []
            overlaps: list[tuple[bool, bool]] = []
            for row in rows:
                shorter, longer = rng.sample((a, b), 2)
                cut = without_passage(row[shorter], shorter, rng)
                if cut is None:
                    continue
                whole, other = (longer, row[longer]), (shorter, row[shorter])
                there, back = judge.lacking(whole, other), judge.lacking(other, whole)
                clean.append((max(there[0].score, back[0].score), max(there[1].score, back[1].score)))
                said = judge.lacking(whole, (shorter, cut))
                gone = lost_words(row[shorter], cut)
                found.append((said[0].score, said[1].score))
                overlaps.append(
                    (_overlap(judge, whole, said[0], other, gone), _overlap(judge, whole, said[1], other, gone))
                )
            line: dict[str, object] = {"corpus": f"{name} {a}-{b}", "pairs": len(found)}
            for k, network in enumerate(("checks", "drift alone")):
                flagged = np.array([f[k] for f in found]) > np.percentile([c[k] for c in clean], 100 - ALARMS)
                right = float((flagged & np.array([o[k] for o in overlaps])).mean())
                line |= {f"{network}: flagged": float(flagged.mean()), f"{network}: right span": right}
                line[f"{network}: ± (95 %)"] = _half(right, len(found))
            table.append(line)
    return table


@dataclass(frozen=True, slots=True)
class Lacking:
    """The run of words ``first:last`` that a version is likeliest to lack, and how likely."""

    score: float
    first: int
    last: int


def one_word(judge: Judge, data: Path) -> Table:
    """Defects of one word, by kind and pair: the row's log-odds of drift at ``ALARMS`` of untouched pairs."""
    rows = [r for name in ("flores", "wmt24") for r in texts(data, name)]
    rows = [r for r in rows if all(word_spans(r[lang]) for lang in LANGS)]
    if not rows:
        return []
    damage = Damage((lang, r[lang]) for r in rows for lang in LANGS)
    kinds = ("negation", "antonym", "concept", "number", "name", "roles")
    table: Table = []
    clean = {(a, b): [judge((a, r[a]), (b, r[b])).drift for r in rows] for a, b in PAIRS}
    for kind in kinds:
        line: dict[str, object] = {"kind": "quantifier, modality" if kind == "concept" else kind}
        for a, b in PAIRS:
            rng = random.Random(f"one word {kind} {a} {b}")
            threshold = float(np.percentile(clean[a, b], 100 - ALARMS))
            found = []
            for row in rows:
                side, other = rng.sample((a, b), 2)
                made = _one_word(row[side], side, kind, damage, rng)
                if made is not None:
                    found.append(judge((side, made), (other, row[other])).drift > threshold)
            line[f"{a}-{b}"] = float(np.mean(found)) if found else float("nan")
            line[f"{a}-{b} pairs"] = len(found)
        table.append(line)
    return table


def by_all_checks(judge: Judge, data: Path) -> Table:
    """The same defects as an editor meets them: rows of two and of three versions with an error or warning that the
    untouched row does not have; the last lines are untouched rows with an error, and with an error or warning."""
    rows = [r for name in ("flores", "wmt24") for r in texts(data, name)]
    rows = [r for r in rows if all(LEAST <= len(r[lang].split()) <= MOST for lang in LANGS)]
    rows = random.Random("one word, all checks").sample(rows, min(ROWS, len(rows)))
    if not rows:
        return []
    damage = Damage((lang, r[lang]) for r in rows for lang in LANGS)
    sets: list[tuple[Lang, ...]] = [*PAIRS, LANGS]

    @cache
    def found(versions: tuple[tuple[Lang, str], ...]) -> tuple[tuple[str, Lang | None, str], ...]:
        document = Document("row", tuple(Version(lang, text) for lang, text in versions))
        findings = compare_document(document, judge.encoder).findings
        return tuple((f.code, f.lang, f.severity) for f in findings if f.severity != "note")

    table: Table = []
    for kind in ("negation", "antonym", "concept", "number", "name", "roles"):
        line: dict[str, object] = {"kind": "quantifier, modality" if kind == "concept" else kind}
        for langs in sets:
            rng = random.Random(f"{kind} {langs}")
            hits = []
            for row in rows:
                side = rng.choice(langs)
                made = _one_word(row[side], side, kind, damage, rng)
                if made is not None:
                    clean = found(tuple((x, row[x]) for x in langs))
                    now = found(tuple((x, made if x == side else row[x]) for x in langs))
                    hits.append(len(now) > len(clean) or not set(now) <= set(clean))
            name = "-".join(langs)
            line |= {name: float(np.mean(hits)) if hits else float("nan"), f"{name} rows": len(hits)}
        table.append(line)
    for label, least in (("untouched, error", {"error"}), ("untouched, any", {"error", "warning"})):
        line = {"kind": label}
        for langs in sets:
            alarms = [any(s in least for *_, s in found(tuple((x, row[x]) for x in langs))) for row in rows]
            line |= {"-".join(langs): float(np.mean(alarms)), f"{'-'.join(langs)} rows": len(rows)}
        table.append(line)
    return table


def _one_word(text: str, lang: Lang, kind: str, damage: Damage, rng: random.Random) -> str | None:
    """Return a text with one defect of a kind, None where it allows none."""
    if kind == "concept":
        return opposed(text, lang, rng)
    variants = damage.variants(text, lang, kind, rng)
    return rng.choice(variants) if variants else None


def quality(judge: Judge, data: Path) -> Table:
    """Spearman correlation with human judgements of quality."""
    table: Table = []
    for part in ("dev", "test20"):
        path = data / "mlqe_pe_ru-en" / f"{part}.jsonl"
        rows = list(_rows(path)) if path.exists() else []
        if rows:
            judged = [judge(("ru", r["src_ru"]), ("en", r["mt_en"])) for r in rows]
            gold = [float(r["da_z_mean"]) for r in rows]
            table.append(_correlation(f"mlqe_pe ru-en {part}", [j.quality for j in judged], gold))
    path = data / "wmt_qe2022_en-ru" / "dev2022.jsonl"
    rows = list(_rows(path)) if path.exists() else []
    if rows:
        judged = [judge(("en", r["src_en"]), ("ru", r["mt_ru"])) for r in rows]
        table.append(_correlation("wmt_qe2022 en-ru", [j.quality for j in judged], [float(r["mqm_z"]) for r in rows]))
    return table


def marked(judge: Judge, data: Path) -> Table:
    """MCC of marked words, the threshold taken from the file that may be calibrated on."""
    table: Table = []
    folder = data / "mlqe_pe_ru-en"
    if (folder / "test20.jsonl").exists():
        fitted = list(_rows(folder / "train.jsonl"))[::7]
        for side in ("source", "translation"):
            scores, gold = _tagged(judge, fitted, side)
            threshold = best_threshold(scores, gold)
            scores, gold = _tagged(judge, list(_rows(folder / "test20.jsonl")), side)
            table.append(_mcc(f"mlqe_pe ru-en test20, {side}", scores, gold, threshold))
    path = data / "wmt_qe2022_en-ru" / "dev2022.jsonl"
    if path.exists():
        scores, gold = _spans(judge, list(_rows(data / "mqm_en-ru_wmt21_ted" / "calibrate.jsonl")))
        threshold = best_threshold(scores, gold)
        scores, gold = _words_2022(judge, list(_rows(path)))
        table.append(_mcc("wmt_qe2022 en-ru, translation", scores, gold, threshold))
        share = float(np.mean(gold))
        table.append(
            _mcc("the same, threshold by the share of marks", scores, gold, float(np.quantile(scores, 1 - share)))
        )
    return table


def _tagged(judge: Judge, rows: Sequence[dict[str, Any]], side: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    scores, gold = [], []
    for r in rows:
        a: tuple[Lang, str] = ("ru", str(r["src_ru"]))
        b: tuple[Lang, str] = ("en", str(r["mt_en"]))
        judged = judge(a, b)
        text, tokens, tags, found = (
            (a, r["src_tok"], r["src_tags"], judged.marked_a)
            if side == "source"
            else (b, r["mt_tok"], r["mt_tags"], judged.marked_b)
        )
        bad = bad_places(text[1], str(tokens).split(), tags)
        scores += found.tolist()
        gold += [int(any(x < s.end and s.start < y for x, y in bad)) for s in judge.spans(text)]
    return np.array(scores), np.array(gold)


def _spans(judge: Judge, rows: Sequence[dict[str, Any]]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    scores, gold = [], []
    for r in rows:
        b: tuple[Lang, str] = ("ru", str(r["tgt_ru"]))
        judged = judge(("en", str(r["src_en"])), b)
        errors: list[dict[str, Any]] = r["errors"]
        known = [e for e in errors if e["start"] is not None and e["group"] != OMISSION]
        bad = [(int(str(e["start"])), int(str(e["end"]))) for e in known]
        scores += judged.marked_b.tolist()
        gold += [int(any(x < s.end and s.start < y for x, y in bad)) for s in judge.spans(b)]
    return np.array(scores), np.array(gold)


def _words_2022(judge: Judge, rows: Sequence[dict[str, Any]]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    scores, gold = [], []
    for r in rows:
        b: tuple[Lang, str] = ("ru", str(r["mt_ru"]))
        judged = judge(("en", str(r["src_en"])), b)
        tokens = str(r["mt_tok"]).split()
        bad = bad_places(b[1], tokens, r["tags"])
        scores += judged.marked_b.tolist()
        gold += [int(any(x < s.end and s.start < y for x, y in bad)) for s in judge.spans(b)]
    return np.array(scores), np.array(gold)


def best_threshold(scores: NDArray[np.float64], gold: NDArray[np.int64]) -> float:
    """Return the score with the best MCC."""
    candidates = np.quantile(scores, np.linspace(0.5, 0.99, 50))
    return float(max(candidates, key=lambda t: matthews_corrcoef(gold, scores > t)))


def _mcc(name: str, scores: NDArray[np.float64], gold: NDArray[np.int64], threshold: float) -> dict[str, object]:
    said = (scores > threshold).astype(int)
    rng = np.random.default_rng(1)
    drawn = [matthews_corrcoef(gold[i], said[i]) for i in (rng.integers(len(gold), size=len(gold)) for _ in range(60))]
    return {
        "words of": name,
        "words": len(gold),
        "marked": float(np.mean(gold)),
        "MCC": matthews_corrcoef(gold, said),
        "95 %": f"{np.percentile(drawn, 2.5):.3f}-{np.percentile(drawn, 97.5):.3f}",
        "AUC": roc_auc_score(gold, scores),
    }


def _correlation(name: str, found: Sequence[float], gold: Sequence[float]) -> dict[str, object]:
    low, high = interval(np.array(gold), np.array(found), lambda x, y: spearmanr(x, y).statistic)
    return {
        "set": name,
        "rows": len(gold),
        "Spearman": float(spearmanr(found, gold).statistic),
        "95 %": f"{low:.3f}-{high:.3f}",
    }


def interval(
    gold: NDArray[np.float64], found: NDArray[np.float64], measure: Callable[..., float]
) -> tuple[float, float]:
    """Bootstrapped 95 % interval of a measure."""
    rng = np.random.default_rng(1)
    drawn = []
    for _ in range(RESAMPLES):
        at = rng.integers(len(gold), size=len(gold))
        if len(set(gold[at].tolist())) > 1:
            drawn.append(float(measure(gold[at], found[at])))
    return float(np.percentile(drawn, 2.5)), float(np.percentile(drawn, 97.5))


def run(odds: NDArray[np.float32], content: NDArray[np.bool_]) -> tuple[float, tuple[int, int]]:
    """Return the largest sum of log-odds over a run of words, function words a fifth, and the run."""
    scores = np.clip(odds, -6, 6) * np.where(content, 1.0, 0.2)
    best, where, total, start = -1e9, (0, 0), 0.0, 0
    for i, value in enumerate(scores):
        if total <= 0:
            total, start = 0.0, i
        total += float(value)
        if total > best:
            best, where = total, (start, i + 1)
    return best, where


def lost_words(whole: str, cut: str) -> tuple[int, int]:
    """Return the place in ``whole`` of what ``cut`` lacks."""
    first = next((i for i, (x, y) in enumerate(zip(whole, cut, strict=False)) if x != y), min(len(whole), len(cut)))
    back = next(
        (i for i, (x, y) in enumerate(zip(reversed(whole), reversed(cut), strict=False)) if x != y),
        min(len(whole), len(cut)),
    )
    return first, max(first + 1, len(whole) - min(back, len(cut) - first))


def _overlap(
    judge: Judge, longer: tuple[Lang, str], found: Lacking, shorter: tuple[Lang, str], gone: tuple[int, int]
) -> bool:
    """Whether a word of a run is nearest, by word vectors, to one that was removed from the other version."""
    spans = judge.spans(shorter)
    lost = [i for i, s in enumerate(spans) if s.start < gone[1] and gone[0] < s.end]
    near = judge.reading(longer).static[found.first : found.last] @ judge.reading(shorter).static.T
    return any(int(row.argmax()) in lost for row in near)


def _half(share: float, count: int) -> float:
    return 1.96 * float(np.sqrt(max(share * (1 - share), 1e-9) / count))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            yield json.loads(line)


if __name__ == "__main__":
    main()
