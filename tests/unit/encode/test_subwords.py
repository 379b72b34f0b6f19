"""A tokenizer of the pieces that the texts need cuts every text as the tokenizer of all pieces does."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from transcheck.encode.subwords import SubwordTokenizer

PATH = Path(__file__).parents[3] / "transcheck" / "models" / "static" / "tokenizer.json"
SAMPLES = Path(__file__).parents[3] / "samples"
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяієїґАЄїҐ'’ʼ́̆ abcdeghilnorstuxyz \t\n\u00a0-–—.,!?%№0123456789«»“”▁<>_й猫🇺ß"
WORDS = [
    "Зеленський",
    "президента",
    "сказал",
    "because",
    "п’ять",
    "14,000",
    "не",
    "🇺🇦",
    "阿史那",
    "rrrrrrr",
    "<unk>",
    "▁а",
]


@cache
def _all_pieces() -> Tokenizer:
    return Tokenizer.from_file(str(PATH))


def _same(tokenizer: SubwordTokenizer, texts: list[str]) -> None:
    expected = [_all_pieces().encode(text, add_special_tokens=False) for text in texts]
    assert tokenizer.encode_batch(texts) == [e.ids for e in expected]
    assert [tokenizer.encode(text) for text in texts] == [(e.ids, e.offsets) for e in expected]


def _is_partial(tokenizer: SubwordTokenizer) -> bool:
    return tokenizer._kept is not None


def test_the_samples_are_cut_alike_with_few_pieces() -> None:
    tokenizer = SubwordTokenizer(PATH, few=10**9)
    for path in sorted(SAMPLES.rglob("*.txt")) + sorted(SAMPLES.rglob("*.md")):
        _same(tokenizer, path.read_text(encoding="utf-8").splitlines())
    assert _is_partial(tokenizer)
    assert tokenizer._tokenizer.get_vocab_size() < 10_000


_tokenizer = cache(lambda: SubwordTokenizer(PATH, few=10**9))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(LETTERS, max_size=40) | st.lists(st.sampled_from(WORDS[:-2])).map(" ".join), max_size=4))
def test_any_text_is_cut_alike(texts: list[str]) -> None:
    if not any("<unk>" in text for text in texts):
        _same(_tokenizer(), texts)
        assert _is_partial(_tokenizer())


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_text_of_any_script_is_cut_alike(text: str) -> None:
    _same(_tokenizer(), [text])


@pytest.mark.parametrize("text", WORDS)
def test_a_word_is_cut_alike(text: str) -> None:
    _same(SubwordTokenizer(PATH), [text, f"а{text}б"])


def test_the_least_score_of_all_pieces_prices_an_unknown_letter(tmp_path: Path) -> None:
    table = json.loads(PATH.read_text(encoding="utf-8"))
    pieces = [["<unk>", 0.0], ["▁", -1.0], ["ab", -25.0], ["cd", -25.0], ["bcd", -1.0]]
    path = tmp_path / "tokenizer.json"
    for rare, ids in (([], [1, 0, 4]), ([["zzz", -50.0]], [1, 2, 3])):
        table["model"]["vocab"] = [*pieces, *rare]
        path.write_text(json.dumps(table), encoding="utf-8")
        assert SubwordTokenizer(path).encode_batch(["abcd"]) == [ids]
        assert Tokenizer.from_file(str(path)).encode("abcd", add_special_tokens=False).ids == ids


def test_many_words_load_all_pieces() -> None:
    tokenizer = SubwordTokenizer(PATH, few=1000)
    _same(tokenizer, ["Они сказали"])
    assert _is_partial(tokenizer)
    texts = [" ".join(WORDS[:5]), " ".join(f"слово{i}" for i in range(200))]
    _same(tokenizer, texts)
    assert not _is_partial(tokenizer)
    _same(tokenizer, texts)


def test_no_more_pieces_are_loaded_for_what_was_read_before() -> None:
    tokenizer = SubwordTokenizer(PATH)
    tokenizer.encode("Они сказали")
    few = tokenizer._tokenizer.get_vocab_size()
    _same(tokenizer, [" ".join(f"слово{i}" for i in range(100))])
    _same(tokenizer, ["Они сказали"])
    assert tokenizer._tokenizer.get_vocab_size() == few


def test_a_tokenizer_of_another_kind_is_loaded_whole(tmp_path: Path) -> None:
    table = json.loads(PATH.read_text(encoding="utf-8"))
    table["normalizer"] = None
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    assert not _is_partial(SubwordTokenizer(path))


def test_several_threads_may_cut_while_pieces_are_loaded() -> None:
    from concurrent.futures import ThreadPoolExecutor

    texts = [f"{word} {number}" for number in range(40) for word in WORDS]
    for few in (40, 10**9):
        tokenizer = SubwordTokenizer(PATH, few=few)
        with ThreadPoolExecutor(8) as pool:
            found = [ids for ids, _ in pool.map(tokenizer.encode, texts)]
        assert found == [_all_pieces().encode(text, add_special_tokens=False).ids for text in texts]
