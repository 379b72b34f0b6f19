from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("sentence_transformers")

from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: E402

from training import static  # noqa: E402

pytestmark = pytest.mark.slow

WORDS = [f"слово{i}" for i in range(60)]


def _vocabulary() -> Tokenizer:
    tokenizer = Tokenizer(models.WordLevel({w: i for i, w in enumerate(["<unk>", *WORDS])}, unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    return tokenizer


def _pairs(count: int = 400) -> static.TokenisedPairs:
    rng = np.random.default_rng(5)
    sides = []
    for shift in (0, 30):
        lengths = np.random.default_rng(6).integers(2, 6, count)
        flat = (rng.integers(1, 30, int(lengths.sum())) + shift).astype(np.int32)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        sides.append((flat, offsets, static.text_keys(flat, offsets)))
    return static.TokenisedPairs(*sides[0], *sides[1], np.ones(count))


def test_loss_is_that_of_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesSymmetricRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding

    torch.manual_seed(3)
    a, b = torch.randn(24, 16), torch.randn(24, 16)
    model = SentenceTransformer(modules=[StaticEmbedding(_vocabulary(), embedding_dim=16)], device="cpu")
    theirs = MultipleNegativesSymmetricRankingLoss(model, scale=1 / 0.045).compute_loss_from_embeddings([a, b], None)
    assert float(static.symmetric_loss(a, b, 0.045)) == pytest.approx(float(theirs), rel=1e-5)


def test_repeats_are_no_negatives() -> None:
    assert static.repeats_of(np.array([7, 1, 7, 2])).tolist() == [[0, 2], [2, 0]]
    assert static.repeats_of(np.array([1, 2])).shape == (0, 2)
    torch.manual_seed(4)
    a, b = torch.randn(6, 8), torch.randn(6, 8)
    repeats = np.array([[0, 2], [2, 0]])
    masked = static.symmetric_loss(a, b, 0.05, repeats)
    assert float(masked) < float(static.symmetric_loss(a, b, 0.05))
    logits = (torch.nn.functional.normalize(a) @ torch.nn.functional.normalize(b).T / 0.05).double()
    logits[0, 2] = logits[2, 0] = -torch.inf
    target = torch.arange(6)
    cross = torch.nn.functional.cross_entropy
    assert float(masked) == pytest.approx(float((cross(logits, target) + cross(logits.T, target)) / 2), rel=1e-5)


def test_row_adam_touches_only_rows_with_a_gradient() -> None:
    table = torch.nn.Embedding(10, 4, sparse=True)
    before = table.weight.detach().clone()
    optimiser = static.RowAdam(table.weight)
    table(torch.tensor([2, 5, 5])).sum().backward()
    optimiser.step(0.1)
    changed = (table.weight.detach() != before).any(dim=1).nonzero().flatten().tolist()
    assert changed == [2, 5]
    assert optimiser.steps.nonzero().flatten().tolist() == [2, 5]
    assert (before - table.weight.detach())[2].tolist() == pytest.approx([0.1] * 4, rel=1e-4)
    assert table.weight.grad is None
    with pytest.raises(RuntimeError, match="no gradient"):
        optimiser.step(0.1)


def test_a_resumed_run_ends_with_the_same_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = static.Recipe(dimensions=8, batch=8, epochs=1.2)
    pairs = _pairs()
    assert static.total_steps(pairs, recipe) == 60
    monkeypatch.setattr(static, "CHECKPOINT_STEPS", 25)
    (tmp_path / "whole").mkdir()
    (tmp_path / "cut").mkdir()
    whole = static.train(_vocabulary(), pairs, recipe, tmp_path / "whole")[0].embedding.weight.detach()

    real, calls = static.symmetric_loss, []

    def cut(*arguments: object) -> object:
        calls.append(1)
        if len(calls) == 54:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(static, "symmetric_loss", cut)
    with pytest.raises(KeyboardInterrupt):
        static.train(_vocabulary(), pairs, recipe, tmp_path / "cut")
    before = len(calls)
    resumed = static.train(_vocabulary(), pairs, recipe, tmp_path / "cut")[0].embedding.weight.detach()
    assert len(calls) - before == 10, "the run went on from the checkpoint"
    assert torch.equal(whole, resumed)
