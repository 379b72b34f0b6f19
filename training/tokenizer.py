"""The subword vocabulary shared by the three languages: a unigram model (Kudo 2018) over lower-cased text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

from training.corpus import Pair, source_weights

APOSTROPHES = "[’ʼʹ`´‘]"
"""Spelled in many ways in Ukrainian text; one letter to the model."""


def build(pairs: Sequence[Pair], vocabulary: int, sentences: int, seed: int) -> Tokenizer:
    """Train a tokenizer of ``vocabulary`` subwords on ``sentences`` texts by source weight, a third a language."""
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.NFKC(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(APOSTROPHES), "'"),
            normalizers.Replace("ё", "е"),
            normalizers.Replace("\u0301", ""),
            normalizers.Replace(Regex(r"[^\w\s'?!%$€£₴₽№°]|_"), " "),
            normalizers.Replace("?", " ?"),
            normalizers.Replace("!", " !"),
            normalizers.Replace("%", " %"),
            normalizers.Replace(Regex(r"\s+"), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=vocabulary, unk_token="<unk>", special_tokens=["<unk>"], max_piece_length=20, show_progress=False
    )
    tokenizer.train_from_iterator(_texts(pairs, sentences, seed), trainer)
    return tokenizer


def _texts(pairs: Sequence[Pair], sentences: int, seed: int) -> Iterator[str]:
    """Draw texts by source weight, the same number for each language."""
    weights = source_weights()
    rng = random.Random(seed)
    left = dict.fromkeys(("ru", "uk", "en"), sentences // 3)
    order = list(range(len(pairs)))
    while any(left.values()):
        rng.shuffle(order)
        for index in order:
            pair = pairs[index]
            if rng.random() > weights.get(pair.source, 1.0) / 3.0:
                continue
            for lang, text in ((pair.lang_a, pair.text_a), (pair.lang_b, pair.text_b)):
                if left[lang] > 0:
                    left[lang] -= 1
                    yield text
