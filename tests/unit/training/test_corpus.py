from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from training.corpus import Pair, key, prose_weights, read_pairs, require_unseen, source_weights, split, unseen


def _pairs() -> list[Pair]:
    """Texts of which every third shares its English side with another pair, and one source that is never held out."""
    pairs = [Pair("wmt", "x", "en", "ru", f"Sentence number {i // 3}.", f"Предложение номер {i}.") for i in range(1500)]
    pairs += [Pair("wmt", "x", "ru", "uk", f"предложение, номер {i}", f"Речення номер {i}.") for i in range(0, 1500, 5)]
    pairs += [Pair("kde", "x", "en", "uk", f"SENTENCE NUMBER {i}", f"Кнопка номер {i}.") for i in range(600)]
    return pairs


def test_no_held_out_text_is_trained_on() -> None:
    pairs = _pairs()
    train, held = split(pairs)
    assert held
    assert len(held) < 0.08 * len(pairs)
    trained = {key(t) for p in train for t in (p.text_a, p.text_b)}
    assert not trained & {key(t) for p in held for t in (p.text_a, p.text_b)}
    assert {p.source for p in held} == {"wmt"}
    assert len(train) + len(held) < len(pairs), "a pair of another source with a held-out text is in neither part"


def test_the_split_does_not_depend_on_order_or_on_further_sources() -> None:
    pairs = _pairs()
    held = set(split(pairs)[1])
    assert set(split(pairs[::-1])[1]) == held
    assert set(split([p for p in pairs if p.source == "wmt"])[1]) == held


def test_key_is_blind_to_case_marks_and_spaces() -> None:
    assert key("«Ёлка», №7!") == key("ёлка no7")
    assert key("a b") != key("a c")


def test_pairs_are_read_from_every_file_and_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--data"):
        list(read_pairs(tmp_path))
    with gzip.open(tmp_path / "kde.tsv.gz", "wt", encoding="utf-8") as handle:
        handle.write("source\tlang1\tlang2\ttext1\ttext2\nf.po\ten\tuk\tOpen\tВідкрити\n")
    assert list(read_pairs(tmp_path)) == [Pair("kde", "f.po", "en", "uk", "Open", "Відкрити")]


def test_weights_are_positive() -> None:
    weights = source_weights()
    assert weights
    assert min(weights.values()) >= 0


def test_prose_counts_more_than_manuals() -> None:
    weights = prose_weights(["wmt", "php_docs", "unheard_of"])
    assert weights["wmt"] == 1.0
    assert weights["php_docs"] == pytest.approx(0.5 * 0.3)
    assert weights["unheard_of"] == pytest.approx(0.3)


def test_a_benchmark_sentence_is_left_out_of_the_pairs_and_stops_the_build(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    text = "id\ten\tru\n1\tWe saw the bridge.\tМы видели мост.\n2\tYes!\tДа!\n"
    (tmp_path / "set" / "test.tsv").write_text(text, encoding="utf-8")
    (tmp_path / "set" / "train.jsonl").write_text('{"src_ru": "Это можно учить сколько угодно."}\n', encoding="utf-8")
    clean = Pair("wmt", "", "en", "ru", "We saw a river.", "Это можно учить сколько угодно.")
    seen = [Pair("wmt", "", "en", "ru", "we saw the bridge", "Мы."), Pair("kde", "", "en", "ru", "Yup.", "да")]
    assert unseen([clean, *seen], tmp_path) == [clean]
    assert require_unseen([clean], tmp_path) == 4
    for pair in seen:
        with pytest.raises(ValueError, match=rf"1 sentences.*{pair.source}: .*empty --work"):
            require_unseen([clean, pair], tmp_path)
    with pytest.raises(FileNotFoundError, match="name the folder of the benchmarks"):
        require_unseen([clean], tmp_path / "nothing")
