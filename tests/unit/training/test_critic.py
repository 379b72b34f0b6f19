from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from tokenizers import Tokenizer  # noqa: E402

from training.corpus import Pair  # noqa: E402
from training.critic import Batch, Critic, Sampler, static_table, train  # noqa: E402
from training.critic_data import KINDS, Example, Side, example, join, read_sides  # noqa: E402
from transcheck.checks import critic  # noqa: E402
from transcheck.encode import load_encoder  # noqa: E402

MODEL = Path(__file__).parents[3] / "transcheck" / "models" / "static"
PAIRS = [
    Pair("own", "", "ru", "en", "Мы уехали утром, а дом сгорел ночью.",
         "We left in the morning, and the house burned down at night."),
    Pair("own", "", "ru", "en", "Врач осмотрел раненых и уехал, потому что его ждали в другом селе.",
         "The doctor examined the wounded and left because people were waiting in another village."),
    Pair("own", "", "ru", "en", "Соседка принесла хлеб и воду.", "A neighbour brought bread and water."),
    Pair("own", "", "ru", "en", "Никто не знал, когда придёт автобус.", "Nobody knew when the bus would come."),
]  # fmt: skip


@pytest.fixture(scope="module")
def sides() -> list[tuple[str, Side, Side]]:
    return list(read_sides(PAIRS, load_encoder(), Tokenizer.from_file(str(MODEL / "tokenizer.json"))))


def _words(side: Side) -> list[list[int]]:
    return [side.ids[a:b].tolist() for a, b in zip(side.offsets, side.offsets[1:], strict=False)]


def test_sides_hold_every_word_with_its_subwords(sides: list[tuple[str, Side, Side]]) -> None:
    assert len(sides) == len(PAIRS)
    _, a, b = sides[0]
    assert (len(a.content), len(b.content)) == (7, 12)
    assert all(_words(a))
    assert all(_words(b))
    assert (b.clauses, b.sentences) == ((0, 5), (0,))
    joined = join([sides[0][1], sides[2][1]], [sides[0][2], sides[2][2]])
    assert _words(joined) == _words(a) + _words(sides[2][1])
    assert joined.best[7:].tolist() == (sides[2][1].best + 12).tolist()


def test_dropped_words_are_those_that_stood_for_the_clause(sides: list[tuple[str, Side, Side]]) -> None:
    _, a, b = sides[0]
    seen = set()
    for seed in range(40):
        found = example(a, b, (sides[2][1], sides[2][2]), np.random.default_rng(seed), "drop")
        assert len(found.a) == 7
        if len(found.b) == 5 and found.missing.any():  # "and the house burned down at night" is gone
            seen.add(tuple(np.flatnonzero(found.missing * found.weight * a.content)))
    assert seen == {(4, 5, 6)}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_keeps_lists_of_one_length(sides: list[tuple[str, Side, Side]], kind: str) -> None:
    _, a, b = sides[1]
    for seed in range(20):
        found = example(a, b, (sides[2][1], sides[2][2]), np.random.default_rng(seed), kind)
        assert len(found.a) == len(found.missing) == len(found.weight) == len(found.content[0])
        assert len(found.b) == len(found.content[1])
        assert bool(found.missing.any()) <= (kind not in ("clean", "insert there"))
        assert (kind == "insert here") == (len(found.a) > len(a.content))


def test_numpy_reads_the_packaged_weights_as_torch_does(sides: list[tuple[str, Side, Side]]) -> None:
    model = Critic(static_table(MODEL)).eval()
    stored = {name: torch.from_numpy(value) for name, value in critic.weights().items()}
    missing, extra = model.load_state_dict(stored, strict=False)
    assert not extra
    assert all(name.startswith("table") for name in missing)
    encoder = load_encoder()
    examples = [example(a, b, (a, b), np.random.default_rng(0), "clean") for _, a, b in sides]
    with torch.no_grad():
        words, rows = model(Batch(examples))
    for index, pair in enumerate(PAIRS):
        readings = []
        for lang, text, side in zip(("ru", "en"), (pair.text_a, pair.text_b), sides[index][1:], strict=True):
            readings.append(critic.read(encoder.words(text)[1], encoder.salience(text), side.content, lang))
        odds, anything = critic.missing(*readings)
        np.testing.assert_allclose(odds, words[index, : len(odds)].numpy(), atol=2e-3)
        assert anything == pytest.approx(float(rows[index]), abs=2e-3)


def test_training_learns_and_resumes(sides: list[tuple[str, Side, Side]], tmp_path: Path) -> None:
    torch.manual_seed(0)
    batch = Batch([_example(sides, seed) for seed in range(48)])
    model = Critic(static_table(MODEL))

    def loss() -> float:
        from training.critic import loss_of

        with torch.no_grad():
            return float(loss_of(model, batch))

    before = loss()
    train(model, Sampler(sides, 1), 60, 16, tmp_path / "critic.pt", every=30)
    assert loss() < 0.8 * before
    again = Critic(static_table(MODEL))
    train(again, Sampler(sides, 1), 60, 16, tmp_path / "critic.pt", every=30)
    assert torch.equal(again.leave.weight, model.leave.weight)


def _example(sides: list[tuple[str, Side, Side]], seed: int) -> Example:
    _, a, b = sides[seed % 3]
    donor = sides[(seed + 1) % 3]
    return example(a, b, (donor[1], donor[2]), np.random.default_rng(seed))
