"""How a linear intent model lies on disk: `manifest.json`, `vocabulary.json`, `weights.npz`; no pickle."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np

from bot.nlu.features import FeatureConfig, Vectoriser
from bot.nlu.linear import Clarity, LinearModel

FORMAT = 2
"""Raise when files of an older layout can no longer be read."""
_CURE = "train again (xiaoer train, or rasa train nlu)"


class ModelFileError(RuntimeError):
    """A stored intent model that must not be served: says what is wrong and how to get a good one."""


def save(model: LinearModel, folder: Path) -> None:
    """Write the three files; weights are at half precision already."""
    manifest = {
        "format": FORMAT,
        "intents": model.intents,
        "temperature": model.temperature,
        "clarity_bias": model.clarity.bias,
        "features": asdict(model.vectoriser.config),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1))
    names = sorted(model.vectoriser.vocabulary, key=model.vectoriser.vocabulary.__getitem__)
    (folder / "vocabulary.json").write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
    np.savez_compressed(
        folder / "weights.npz",
        weights=model.weights,
        bias=model.bias,
        clarity=model.clarity.weights,
        idf=model.vectoriser.idf,
    )


def load(folder: Path) -> LinearModel:
    """Read what `save` wrote. Raises ModelFileError when it is missing, of another format or inconsistent."""
    manifest = _manifest(folder)
    try:
        names = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            weights = arrays["weights"]
            clarity = Clarity(arrays["clarity"], float(manifest["clarity_bias"]))
            bias, idf = arrays["bias"], arrays["idf"]
    except Exception as error:  # truncated archives raise many kinds
        raise ModelFileError(f"the stored intent model cannot be read ({error}); {_CURE}") from error
    intents = tuple(manifest["intents"])
    lengths = {len(names), len(weights), len(idf), len(clarity.weights)}
    if len(lengths) > 1 or not weights.shape[1] == len(bias) == len(intents):
        raise ModelFileError(f"the stored intent model does not fit its own vocabulary and intents; {_CURE}")
    vocabulary = {name: index for index, name in enumerate(names)}
    vectoriser = Vectoriser(FeatureConfig(**manifest["features"]), vocabulary, idf)
    return LinearModel(intents, vectoriser, weights, bias, float(manifest["temperature"]), clarity)


def _manifest(folder: Path) -> dict:
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
    except (OSError, ValueError) as error:
        raise ModelFileError(f"the stored intent model cannot be read ({error}); {_CURE}") from error
    if (found := manifest.get("format")) != FORMAT:
        raise ModelFileError(f"the stored intent model has format {found}, this code reads {FORMAT}; {_CURE}")
    return manifest
