"""One contract for every encoder: ours, a transformer from a folder, the test's own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot.faq.encoder import (
    Encoder,
    EncoderError,
    GramEncoder,
    TransformerEncoder,
    entry_vectors,
    load_encoder,
)
from bot.faq.scripts import Entry
from bot.faq.training import TrainedEncoder
from bot.settings import ROOT, Settings

QUESTIONS = ["今天能发货吗", "羽绒服怎么洗", "发什么快递"]


@pytest.fixture(params=["grams", "transformer", "keywords"])
def encoder(request: pytest.FixtureRequest, tmp_path: Path) -> Encoder:
    if request.param != "grams":
        return request.getfixturevalue(request.param)
    trained: TrainedEncoder = request.getfixturevalue("trained")
    trained.save(tmp_path / "encoder")
    return GramEncoder.load(tmp_path / "encoder")


def test_a_text_becomes_a_float32_row_of_length_one(encoder: Encoder):
    vectors = encoder.encode(QUESTIONS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (3, encoder.dimension)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder):
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_text_alone_and_in_company_gives_the_same_row(encoder: Encoder):
    together = encoder.encode(QUESTIONS)
    alone = np.concatenate([encoder.encode([text]) for text in QUESTIONS])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_any_text_is_survived(encoder: Encoder):
    vectors = encoder.encode(["", "。。。", "😭😭", "\u200b", "x" * 5000])
    assert np.isfinite(vectors).all()
    assert (np.linalg.norm(vectors, axis=1) <= 1 + 1e-5).all()


def test_the_same_question_is_nearest_to_itself(encoder: Encoder):
    vectors = encoder.encode(QUESTIONS)
    assert list((vectors @ vectors.T).argmax(axis=1)) == [0, 1, 2]


def test_an_encoder_has_a_name(encoder: Encoder):
    assert encoder.name and isinstance(encoder.name, str)


def test_an_entry_lies_near_its_own_phrasings(encoder: Encoder, entries: tuple[Entry, ...]):
    places = entry_vectors(entries, encoder)
    assert places.shape == (len(entries), encoder.dimension)
    own = np.stack([encoder.encode(list(entry.phrasings)).mean(axis=0) for entry in entries])
    assert np.mean((own @ places.T).argmax(axis=1) == np.arange(len(entries))) > 0.8


def test_width_script_and_case_do_not_matter_to_ours(trained: TrainedEncoder):
    first, second = trained.encoder().encode(["發什麼快遞 ＯＫ", "发什么快递ok!"])
    assert first @ second == pytest.approx(1, abs=1e-5)


def test_settings_choose_the_encoder(settings: Settings, trained: TrainedEncoder, transformer_folder: Path):
    trained.save(settings.models_dir / "encoder")
    assert load_encoder(settings).name == trained.manifest["name"]
    chosen = load_encoder(settings.model_copy(update={"encoder": str(transformer_folder)}))
    assert isinstance(chosen, TransformerEncoder)
    assert chosen.dimension == 32


def test_a_missing_encoder_is_told_with_its_cure(settings: Settings):
    with pytest.raises(EncoderError, match="xiaoer train"):
        load_encoder(settings)
    with pytest.raises(EncoderError, match="XIAOER_ENCODER=.*no-such-model"):
        load_encoder(settings.model_copy(update={"encoder": str(settings.models_dir / "no-such-model")}))


def test_serving_our_encoder_loads_no_torch(trained: TrainedEncoder, tmp_path: Path):
    trained.save(tmp_path / "encoder")
    program = (
        "import sys; from pathlib import Path; from bot.faq.encoder import GramEncoder; import bot.faq.search;"
        f"GramEncoder.load(Path({str(tmp_path / 'encoder')!r})).encode(['包邮吗']);"
        "sys.exit(bool({'torch', 'transformers', 'sklearn'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0
