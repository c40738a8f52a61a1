"""Sentence encoders: our own trained matrix for serving, or any sentence-transformers model by name or folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.faq.scripts import Entry
from bot.faq.tokens import encoder_tokens
from bot.settings import Settings

Vectors = NDArray[np.float32]
FILES = ("tokens.json", "matrix.npy", "spelling.json", "manifest.json")
FORMAT = 2
"""Raise when files of an older layout, or trained for other tokens, can no longer serve."""


class EncoderError(Exception):
    """The encoder cannot be loaded; the message names the cure."""


class Encoder(Protocol):
    """Sentences to vectors whose inner product is their similarity."""

    @property
    def name(self) -> str:
        """Tells two encoders apart: equal names give equal vectors."""

    @property
    def dimension(self) -> int: ...

    def encode(self, texts: list[str]) -> Vectors:
        """float32 (len(texts), dimension); rows have length 1, or 0 where nothing in a text is known."""


class GramEncoder:
    """Mean of learned vectors of character n-grams and words. Needs numpy only; safe to share between threads."""

    def __init__(
        self,
        tokens: list[str],
        matrix: NDArray[Any],
        name: str,
        tokens_of: Callable[[str], list[str]] = encoder_tokens,
    ) -> None:
        if len(tokens) != len(matrix):
            raise EncoderError(f"{name}: {len(tokens)} tokens, {len(matrix)} rows: train the encoder again")
        self.name = name
        self.dimension = int(matrix.shape[1])
        self._rows = {token: row for row, token in enumerate(tokens)}
        self._matrix = matrix
        self._tokens_of = tokens_of

    @classmethod
    def load(cls, folder: Path) -> GramEncoder:
        """Reads `FILES`; the matrix stays on disk and is mapped. Raises EncoderError."""
        manifest = read_encoder_manifest(folder)
        try:
            tokens = json.loads((folder / "tokens.json").read_text(encoding="utf-8"))
            matrix = mapped(folder / "matrix.npy")
        except (OSError, ValueError) as error:
            raise EncoderError(f"no usable encoder in {folder} ({error}): run `xiaoer train`") from error
        return cls(tokens, matrix, manifest["name"])

    def encode(self, texts: list[str]) -> Vectors:
        return unit_rows(np.stack([self._mean(text) for text in texts])) if texts else self._none()

    def _mean(self, text: str) -> Vectors:
        rows = [row for token in self._tokens_of(text) if (row := self._rows.get(token)) is not None]
        if not rows:
            return np.zeros(self.dimension, np.float32)
        return self._matrix[rows].mean(axis=0, dtype=np.float32)

    def _none(self) -> Vectors:
        return np.zeros((0, self.dimension), np.float32)


class TransformerEncoder:
    """A sentence-transformers model from the hub or a folder. Loads torch; chosen by `XIAOER_ENCODER`."""

    def __init__(self, model: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(model, device="cpu")
        except (OSError, ValueError) as error:
            message = f"XIAOER_ENCODER={model} cannot be loaded ({error}): give a hub name or a model folder"
            raise EncoderError(message) from error
        self.name = f"transformer:{model}"
        self.dimension = int(self._model.encode([""]).shape[1])

    def encode(self, texts: list[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        vectors = self._model.encode(texts, show_progress_bar=False, convert_to_numpy=True)
        return unit_rows(vectors.astype(np.float32))


def read_encoder_manifest(folder: Path) -> dict[str, Any]:
    """Raises EncoderError where no encoder is, or one of another format."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EncoderError(f"no usable encoder in {folder} ({error}): run `xiaoer train`") from error
    if manifest.get("format") != FORMAT:
        found = manifest.get("format")
        raise EncoderError(f"the encoder in {folder} has format {found}, not {FORMAT}: run `xiaoer train`")
    return manifest


def mapped(path: Path) -> NDArray[Any]:
    """An array that stays on disk until it is read. A plain view: numpy's memmap class costs time at every look."""
    return np.asarray(np.load(path, mmap_mode="r"))


def unit_rows(vectors: Vectors) -> Vectors:
    """Rows scaled to length 1; zero rows stay zero."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)


def entry_vectors(entries: Sequence[Entry], encoder: Encoder) -> Vectors:
    """float32 (entries, dimension), unit rows: where an entry lies, half from its phrasings, half from its answers.

    This one place ranks better than the nearest phrasing alone (docs/retrieval.md); search uses both.
    """

    def centre(texts: Sequence[str]) -> Vectors:
        return encoder.encode(list(texts)).mean(axis=0, keepdims=True)

    if not entries:
        return np.zeros((0, encoder.dimension), np.float32)
    phrasings = unit_rows(np.concatenate([centre(entry.phrasings) for entry in entries]))
    answers = unit_rows(np.concatenate([centre(entry.answers) for entry in entries]))
    return unit_rows(phrasings + answers)


def load_encoder(settings: Settings) -> Encoder:
    """The encoder the settings ask for. Raises EncoderError."""
    if settings.encoder:
        return TransformerEncoder(settings.encoder)
    return GramEncoder.load(settings.models_dir / "encoder")
