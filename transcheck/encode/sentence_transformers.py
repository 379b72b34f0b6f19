"""Any sentence-transformers model, from a folder or a hub; imported on first use (extra ``sentence-transformers``)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from transcheck.encode.embedded import unit
from transcheck.encode.words import owners, word_spans
from transcheck.types import Encoder, ModelError, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class SentenceTransformerEncoder:
    """A model named by hub id or folder, on the CPU, for whole texts; words come from ``words``, the packaged encoder.

    What is known of words (how salient they are, how alike translations of one word are, the trained network of
    omissions) was learnt on the packaged vectors and holds for no others.

    Raises:
        ModelError: when the extra is not installed or the model cannot be had.
    """

    def __init__(self, name: str, words: Encoder) -> None:
        if _looks_local(name) and not Path(name).is_dir():
            raise ModelError(f"--model {name}: no such folder; name a sentence-transformers folder or a hub model")
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelError(
                f"--model {name} needs the sentence-transformers extra: pip install 'transcheck[sentence-transformers]'"
            ) from error
        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
            self._dim = len(self._model.encode(["dim"], show_progress_bar=False)[0])
        except Exception as error:  # whatever the libraries below raise, the user's remedy is the same
            raise ModelError(
                f"--model {name}: the model cannot be loaded ({_first_line(error)}); "
                "check the name, the network, or give the path of a downloaded folder"
            ) from error
        self._name = name
        self._words = words

    @property
    def id(self) -> str:
        """The name that was asked for."""
        return self._name

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._dim

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit rows, float32 [len(texts), dim]."""
        import numpy as np

        if not texts:
            return np.zeros((0, self._dim), dtype=np.float32)
        rows = self._model.encode(
            list(texts), normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        unit: NDArray[np.float32] = np.nan_to_num(np.asarray(rows, dtype=np.float32))
        return unit

    def words(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` and their vectors as the packaged encoder gives them."""
        return self._words.words(text)

    def words_in_context(self, text: str) -> tuple[tuple[Span, ...], NDArray[np.float32]]:
        """Return the words of ``text`` as code-point spans and the means of the model's outputs over their subwords.

        Unit rows, float32 [len(spans), d]; a word beyond the length that the model reads is a zero row. The words of a
        model without subword outputs, such as a static one, are encoded one by one.

        Raises:
            ModelError: when the model's tokenizer does not tell where a subword stands.
        """
        import numpy as np

        spans = word_spans(text)
        try:
            outputs = self._model.encode([text], output_value="token_embeddings", show_progress_bar=False)[0]
        except KeyError:
            return spans, self.encode([s.of(text) for s in spans])
        hidden = np.asarray(outputs, dtype=np.float32)
        sums = np.zeros((len(spans), hidden.shape[1]), dtype=np.float32)
        tokenizer = self._model.tokenizer
        try:
            offsets = tokenizer(text, return_offsets_mapping=True, truncation=True)["offset_mapping"]
        except (NotImplementedError, TypeError, KeyError) as error:
            raise ModelError(
                f"--model {self._name}: its tokenizer does not tell where subwords stand; name a model with a fast one"
            ) from error
        if spans:
            owner, inside = owners(spans, offsets)
            inside &= np.array([start < end for start, end in offsets])
            count = min(len(hidden), len(offsets))
            np.add.at(sums, owner[:count][inside[:count]], hidden[:count][inside[:count]])
        return spans, unit(sums)

    def context(self, text: str) -> NDArray[np.float32] | None:
        """Return the vectors of the words of ``text`` in it as the packaged encoder gives them."""
        return self._words.context(text)

    def salience(self, text: str) -> NDArray[np.float32]:
        """Return how much each word of ``text`` weighs, as the packaged encoder gives it."""
        return self._words.salience(text)


def _looks_local(name: str) -> bool:
    """Tell a path from a hub id such as ``owner/model``."""
    return name.startswith((".", "/", "~")) or name.count("/") > 1 or "\\" in name


def _first_line(error: Exception) -> str:
    """Return the first line of an error's text, or its class where it has none."""
    text = str(error).strip()
    return text.splitlines()[0] if text else type(error).__name__
