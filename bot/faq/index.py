"""A version of the FAQ as search reads it: vectors in FAISS, BM25, the scripts and a manifest, in one folder."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version as library_version
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from bot.faq.calibration import Calibration
from bot.faq.encoder import FILES, Encoder, GramEncoder, entry_vectors, load_encoder, mapped
from bot.faq.lexical import LexicalIndex
from bot.faq.scripts import Entry, data_hash, from_json, to_json
from bot.faq.spelling import Spelling
from bot.settings import Settings

faiss.omp_set_num_threads(1)  # one question is too small to share out; threads only wait for each other

FORMAT = 3
FLAT_UP_TO = 20_000
"""Phrasings searched exhaustively; more use HNSW (quality.md: 10,000 flat 0.6 ms, 100,000 HNSW 0.3 ms)."""
KEPT_VERSIONS = 3
SPELLING = "spelling"
"""Folder of a version."""


class IndexRefused(Exception):
    """This index must not be served; the message names reason and cure."""


@dataclass(frozen=True)
class FaqIndex:
    """Everything search needs, read-only. `owners[i]` is the entry (by position) that phrasing i belongs to."""

    version: str
    entries: tuple[Entry, ...]
    owners: NDArray[np.int64]
    vectors: NDArray[np.float32]
    """(phrasings, dimension), unit rows; those of one entry stand together."""
    places: NDArray[np.float32]
    """(entries, dimension), see `entry_vectors`."""
    faiss: faiss.Index
    lexical: LexicalIndex
    encoder: Encoder
    calibration: Calibration
    spelling: Spelling

    def products(self, vector: NDArray[np.float32], phrasings: NDArray[np.int64]) -> NDArray[np.float32]:
        """(n,): the inner products of these phrasings with `vector`, taken where FAISS keeps them."""
        kept = (
            self.faiss
            if isinstance(self.faiss, faiss.IndexFlat)
            else faiss.downcast_index(self.faiss.storage)
        )
        found = np.empty(len(phrasings), np.float32)
        asked, into, wanted = map(
            faiss.swig_ptr, (np.ascontiguousarray(vector, np.float32), found, phrasings)
        )
        kept.compute_distance_subset(1, asked, len(phrasings), into, wanted)
        return found

    def nearest(
        self, vector: NDArray[np.float32], count: int, usable: NDArray[np.bool_] | None
    ) -> NDArray[np.int64]:
        """Up to `count` phrasings near `vector`, of the usable ones, by the graph of a large index."""
        selector = None if usable is None else faiss.IDSelectorBitmap(np.packbits(usable, bitorder="little"))
        parameters = faiss.SearchParametersHNSW(sel=selector, efSearch=count)
        _, numbers = self.faiss.search(vector[None], min(count, self.faiss.ntotal), params=parameters)
        return numbers[0][numbers[0] >= 0]


def assemble(
    entries: Sequence[Entry], encoder: Encoder, calibration: Calibration, spelling: Spelling | None = None
) -> FaqIndex:
    """An index in memory; without `spelling` only the words of the scripts are known to be spelt right.

    Raises IndexRefused when the calibration is another encoder's.
    """
    if calibration.encoder != encoder.name:
        cure = "run `python -m bot.faq.tune`"
        raise IndexRefused(f"calibration is for encoder {calibration.encoder}, not {encoder.name}: {cure}")
    phrasings = [text for entry in entries for text in entry.phrasings]
    owners = np.repeat(np.arange(len(entries)), [len(entry.phrasings) for entry in entries])
    vectors = encoder.encode(phrasings)
    lexical = LexicalIndex.build(phrasings)
    places = entry_vectors(entries, encoder)
    found, spelling = faiss_index(vectors), spelling or Spelling.of(phrasings)
    parts = (owners, vectors, places, found, lexical, encoder, calibration, spelling)
    return FaqIndex("memory", tuple(entries), *parts)


def faiss_index(vectors: NDArray[np.float32]) -> faiss.Index:
    if len(vectors) <= FLAT_UP_TO:
        index = faiss.IndexFlatIP(vectors.shape[1])
    else:
        index = faiss.IndexHNSWFlat(vectors.shape[1], 32, faiss.METRIC_INNER_PRODUCT)
        index.hnsw.efConstruction = 80
    index.add(vectors)
    return index


def publish_index(index: FaqIndex, models_dir: Path, encoder_dir: Path | None = None) -> str:
    """Writes `models/faq/<version>/` and points `CURRENT` at it; answers the version.

    A trained encoder's files (`encoder_dir`) travel along, so that a version stays whole when the encoder is trained
    again and a roll-back is one line in `CURRENT`. Old versions beyond `KEPT_VERSIONS` go.
    """
    home = models_dir / "faq"
    digest = data_hash(index.entries)
    version = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{digest[:8]}"
    fresh = home / f".{version}"
    fresh.mkdir(parents=True)
    np.save(fresh / "vectors.npy", index.vectors)
    np.save(fresh / "places.npy", index.places)
    faiss.write_index(index.faiss, str(fresh / "faiss.index"))
    index.lexical.save(fresh / "bm25")
    (fresh / "scripts.json").write_bytes(to_json(index.entries))
    index.calibration.save(fresh / "calibration.json")
    index.spelling.serve(fresh / SPELLING)
    if encoder_dir is not None:
        _link(encoder_dir, fresh / "encoder")
    (fresh / "manifest.json").write_text(json.dumps(_manifest(index, version), indent=2), encoding="utf-8")
    fresh.rename(home / version)
    set_current(models_dir, version)
    _forget_old(home, version)
    return version


def set_current(models_dir: Path, version: str) -> None:
    """Makes `version` the served one, atomically."""
    pointer = models_dir / "faq" / "CURRENT"
    fresh = pointer.with_name(f".CURRENT.{os.getpid()}")
    fresh.write_text(version + "\n", encoding="utf-8")
    fresh.replace(pointer)


def current_version(models_dir: Path) -> str | None:
    """The version `CURRENT` names, None before the first build."""
    try:
        return (models_dir / "faq" / "CURRENT").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def read_manifest(models_dir: Path, version: str) -> dict:
    """Raises IndexRefused when the version is not there or of another format."""
    path = models_dir / "faq" / version / "manifest.json"
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise IndexRefused(f"no FAQ index at {path.parent} ({error}): run `xiaoer train`") from error
    if manifest.get("format") != FORMAT:
        raise IndexRefused(f"{path} has format {manifest.get('format')}, not {FORMAT}: run `xiaoer train`")
    return manifest


def load_index(settings: Settings, version: str, encoder: Encoder | None = None) -> FaqIndex:
    """The published version, with the encoder it was built with.

    `encoder` is used where given (a loaded transformer is kept over swaps). Raises IndexRefused when encoder,
    dimension or scripts are not those of the manifest, EncoderError when the encoder cannot be loaded.
    """
    manifest = read_manifest(settings.models_dir, version)
    folder = settings.models_dir / "faq" / version
    encoder = encoder or _encoder_of(settings, folder)
    _check_encoder(manifest, encoder)
    entries = from_json((folder / "scripts.json").read_bytes())
    if data_hash(entries) != manifest["data_hash"]:
        raise IndexRefused(f"{folder / 'scripts.json'} was changed after building: run `xiaoer train`")
    owners = np.repeat(np.arange(len(entries)), [len(entry.phrasings) for entry in entries])
    try:
        vectors, places = mapped(folder / "vectors.npy"), mapped(folder / "places.npy")
        found = faiss.read_index(
            str(folder / "faiss.index"), faiss.IO_FLAG_MMAP_IFC
        )  # mapped, like the vectors
        lexical = LexicalIndex.load(folder / "bm25")
        calibration = Calibration.load(folder / "calibration.json")
        spelling = _spelling_of(folder, entries)
    except (OSError, ValueError, RuntimeError) as error:
        raise IndexRefused(f"{folder} is incomplete ({error}): run `xiaoer train`") from error
    if not len(owners) == len(vectors) == found.ntotal == manifest["phrasings"]:
        raise IndexRefused(f"{folder} is incomplete: run `xiaoer train`")
    return FaqIndex(version, entries, owners, vectors, places, found, lexical, encoder, calibration, spelling)


def spelling_for(encoder_dir: Path, entries: Sequence[Entry]) -> Spelling:
    """The spellings a trained encoder has met, and those of the scripts; the latter alone without `encoder_dir`."""
    phrasings = [text for entry in entries for text in entry.phrasings]
    return Spelling.load(encoder_dir, phrasings) if encoder_dir.is_dir() else Spelling.of(phrasings)


def _spelling_of(folder: Path, entries: Sequence[Entry]) -> Spelling:
    """A version that an older program published has none made ready."""
    ready = folder / SPELLING
    return Spelling.served(ready) if ready.is_dir() else spelling_for(folder / "encoder", entries)


def _encoder_of(settings: Settings, folder: Path) -> Encoder:
    """The encoder that travelled with the index, unless the settings ask for another."""
    if not settings.encoder and (folder / "encoder").is_dir():
        return GramEncoder.load(folder / "encoder")
    return load_encoder(settings)


def _check_encoder(manifest: dict, encoder: Encoder) -> None:
    built_with = (manifest["encoder"]["name"], manifest["encoder"]["dimension"])
    if built_with != (encoder.name, encoder.dimension):
        reason = f"the FAQ index was built with encoder {built_with[0]} ({built_with[1]} numbers)"
        cure = "set XIAOER_ENCODER back or run `xiaoer train`"
        raise IndexRefused(f"{reason}, the settings ask for {encoder.name} ({encoder.dimension}): {cure}")


def _manifest(index: FaqIndex, version: str) -> dict:
    return {
        "format": FORMAT,
        "version": version,
        "encoder": {"name": index.encoder.name, "dimension": index.encoder.dimension},
        "data_hash": data_hash(index.entries),
        "entries": len(index.entries),
        "phrasings": len(index.owners),
        "faiss": type(index.faiss).__name__,
        "libraries": {name: library_version(name) for name in ("faiss-cpu", "bm25s", "numpy")},
    }


def _link(source: Path, target: Path) -> None:
    """The encoder's files without their bytes twice, where the file system can."""
    target.mkdir()
    for name in FILES:
        try:
            os.link(source / name, target / name)
        except OSError:
            shutil.copy2(source / name, target / name)


def _forget_old(home: Path, current: str) -> None:
    versions = sorted(path for path in home.iterdir() if path.is_dir() and not path.name.startswith("."))
    for path in versions[:-KEPT_VERSIONS]:
        if path.name != current:
            shutil.rmtree(path, ignore_errors=True)
