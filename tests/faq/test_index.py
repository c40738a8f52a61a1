"""A published version is whole, and nothing else is served."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import faiss
import numpy as np
import pytest

from bot.faq import index as index_module
from bot.faq.encoder import Encoder
from bot.faq.index import (
    KEPT_VERSIONS,
    FaqIndex,
    IndexRefused,
    assemble,
    current_version,
    load_index,
    publish_index,
    set_current,
)
from bot.faq.scripts import Entry
from bot.faq.search import FixedSearch, Searcher
from bot.faq.training import TrainedEncoder
from bot.settings import Settings
from tests.faq.conftest import KeywordEncoder, calibration


@pytest.fixture()
def published(settings: Settings, entries: tuple[Entry, ...], trained: TrainedEncoder) -> str:
    """A version built with our own encoder."""
    trained.save(settings.models_dir / "encoder")
    encoder = trained.encoder()
    built = assemble(entries, encoder, calibration(encoder.name))
    return publish_index(built, settings.models_dir, settings.models_dir / "encoder")


def edit_manifest(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def test_a_published_version_answers_as_the_one_in_memory(
    settings: Settings, published: str, entries: tuple[Entry, ...], trained: TrainedEncoder
):
    encoder = trained.encoder()
    memory = FixedSearch(assemble(entries, encoder, calibration(encoder.name)))
    served = Searcher.open(settings.models_dir, settings)
    for text in ("退款什么时候到", "羽绒服能水洗吗", "有活人吗"):
        assert served.search(text) == memory.search(text)
    assert served.version == published == current_version(settings.models_dir)


def test_an_index_of_another_encoder_is_refused(settings: Settings, published: str, keywords: Encoder):
    with pytest.raises(
        IndexRefused, match="was built with encoder xiaoer-grams-.*the settings ask for keywords"
    ):
        load_index(settings, published, keywords)


def test_an_index_for_which_the_settings_ask_another_encoder_is_refused(
    settings: Settings, published: str, transformer_folder: Path
):
    other = settings.model_copy(update={"encoder": str(transformer_folder)})
    with pytest.raises(IndexRefused, match="set XIAOER_ENCODER back or run"):
        Searcher.open(settings.models_dir, other)


def test_another_dimension_is_refused(settings: Settings, published: str):
    folder = settings.models_dir / "faq" / published
    name = json.loads((folder / "manifest.json").read_text())["encoder"]["name"]
    edit_manifest(folder, encoder={"name": name, "dimension": 7})
    with pytest.raises(IndexRefused, match=r"\(7 numbers\)"):
        load_index(settings, published)


def test_scripts_changed_after_building_are_refused(settings: Settings, published: str):
    path = settings.models_dir / "faq" / published / "scripts.json"
    path.write_text(path.read_text().replace("请看", "别看"))
    with pytest.raises(IndexRefused, match="was changed after building"):
        load_index(settings, published)


def test_a_format_of_another_time_is_refused(settings: Settings, published: str):
    edit_manifest(settings.models_dir / "faq" / published, format=0)
    with pytest.raises(IndexRefused, match="has format 0"):
        load_index(settings, published)


def test_a_missing_index_is_told_with_its_cure(settings: Settings):
    with pytest.raises(IndexRefused, match="run `xiaoer train`"):
        Searcher.open(settings.models_dir, settings)


def test_a_pointer_to_a_version_that_is_gone_is_told(settings: Settings):
    (settings.models_dir / "faq").mkdir()
    set_current(settings.models_dir, "gone")
    with pytest.raises(IndexRefused, match="no FAQ index at .*gone"):
        Searcher.open(settings.models_dir, settings)


def test_a_version_with_a_file_missing_is_refused(settings: Settings, published: str):
    (settings.models_dir / "faq" / published / "places.npy").unlink()
    with pytest.raises(IndexRefused, match="is incomplete"):
        load_index(settings, published)


def test_a_version_stays_whole_when_the_encoder_is_trained_again(
    settings: Settings, published: str, entries: tuple[Entry, ...], trained: TrainedEncoder
):
    other = replace(trained, manifest={**trained.manifest, "name": "xiaoer-grams-next"})
    other.save(settings.models_dir / "encoder")
    assert load_index(settings, published).encoder.name == trained.manifest["name"]


def test_the_last_versions_are_kept_for_a_roll_back(settings: Settings, index: FaqIndex):
    versions = [publish_index(index, settings.models_dir) for _ in range(KEPT_VERSIONS + 2)]
    kept = sorted(path.name for path in (settings.models_dir / "faq").iterdir() if path.is_dir())
    assert kept == versions[-KEPT_VERSIONS:]
    set_current(settings.models_dir, kept[0])
    assert current_version(settings.models_dir) == kept[0]


def test_a_calibration_of_another_encoder_is_refused(entries: tuple[Entry, ...], keywords: Encoder):
    with pytest.raises(IndexRefused, match="calibration is for encoder other"):
        assemble(entries, keywords, calibration("other"))


def test_many_phrasings_use_hnsw_and_find_the_same(
    entries: tuple[Entry, ...], keywords: Encoder, index: FaqIndex, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(index_module, "FLAT_UP_TO", 10)
    large = assemble(entries, keywords, calibration())
    assert isinstance(large.faiss, faiss.IndexHNSW)
    assert isinstance(index.faiss, faiss.IndexFlat)
    for text in ("羽绒服怎么洗", "今天发货吗"):
        for intents in (None, ["ask_usage"]):
            assert FixedSearch(large).search(text, intents=intents) == FixedSearch(index).search(
                text, intents=intents
            )


def test_the_vectors_are_those_of_the_phrasings(index: FaqIndex, entries: tuple[Entry, ...]):
    phrasings = [text for entry in entries for text in entry.phrasings]
    np.testing.assert_array_equal(index.vectors, KeywordEncoder().encode(phrasings))
    assert [entries[owner].id for owner in index.owners[:5]] == ["shipping.today"] * 4 + ["shipping.free"]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc")
def test_a_published_version_is_mapped_and_cannot_be_written_to(settings: Settings, published: str):
    index = load_index(settings, published)
    folder = settings.models_dir / "faq" / published
    lines = [line.split() for line in Path("/proc/self/maps").read_text().splitlines()]
    mapped = {line[-1]: line[1] for line in lines if str(folder) in line[-1]}
    files = (
        "vectors.npy",
        "places.npy",
        "faiss.index",
        "bm25/data.csc.index.npy",
        "bm25/indices.csc.index.npy",
    )
    for name in files:
        assert mapped[str(folder / name)] in ("r--s", "r--p"), name
    with pytest.raises(ValueError, match="read-only"):
        index.vectors[0] = 0
