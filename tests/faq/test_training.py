"""Training for real, on a small scale."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from bot.faq.corpus import Noise, read_messages
from bot.faq.encoder import FILES, GramEncoder, entry_vectors
from bot.faq.lessons import vocabulary_of
from bot.faq.scripts import Entry
from bot.faq.training import Plan, TrainedEncoder, train_encoder
from bot.files import DataError
from tests.faq.conftest import MESSAGES, SMALL


def test_a_trained_encoder_puts_rephrased_questions_near_their_script(
    trained: TrainedEncoder, entries: tuple[Entry, ...]
):
    asked = {"衣服想退该怎么弄": "return.how", "钱多久能退回来": "refund.when", "给开票不": "invoice.get"}
    encoder = trained.encoder()
    likeness = encoder.encode(list(asked)) @ entry_vectors(entries, encoder).T
    assert [entries[number].id for number in likeness.argmax(axis=1)] == list(asked.values())


def test_training_teaches_more_than_the_start(entries: tuple[Entry, ...], trained: TrainedEncoder):
    untaught = train_encoder(entries, {}, Plan(dimension=48, steps=1, learning_rate=1e-9)).encoder()

    def lead(encoder: GramEncoder) -> float:
        """How much nearer a phrasing is to its own entry than to the nearest other, on average."""
        places = entry_vectors(entries, encoder)
        leads = []
        for number, entry in enumerate(entries):
            likeness = encoder.encode(list(entry.phrasings)) @ places.T
            leads.extend(likeness[:, number] - np.delete(likeness, number, axis=1).max(axis=1))
        return float(np.mean(leads))

    assert lead(trained.encoder()) > lead(untaught) + 0.1


def test_training_twice_gives_the_same_encoder(entries: tuple[Entry, ...], trained: TrainedEncoder):
    again = train_encoder(entries, MESSAGES, SMALL)
    assert again.manifest["name"] == trained.manifest["name"]
    np.testing.assert_array_equal(again.matrix, trained.matrix)


def test_another_text_gives_another_name(entries: tuple[Entry, ...], trained: TrainedEncoder):
    fewer = train_encoder(entries[:-1], MESSAGES, Plan(dimension=48, steps=5, messages=8))
    assert fewer.manifest["name"] != trained.manifest["name"]


def test_progress_is_told_to_the_end(entries: tuple[Entry, ...]):
    told: list[tuple[str, int, int]] = []
    train_encoder(entries, MESSAGES, Plan(dimension=8, steps=3, messages=8), lambda *step: told.append(step))
    assert told[0] == ("reading sentences", 0, 3)
    assert told[-1] == ("training the encoder", 3, 3)


def test_saving_replaces_the_old_encoder_whole(trained: TrainedEncoder, tmp_path: Path):
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "leftover").write_text("old")
    trained.save(folder)
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["encoder"]
    assert GramEncoder.load(folder).dimension == SMALL.dimension


def test_one_script_alone_cannot_be_trained_on(entries: tuple[Entry, ...]):
    with pytest.raises(ValueError, match="at least two scripts"):
        train_encoder(entries[:1], {}, SMALL)


def test_vocabulary_keeps_script_words_and_frequent_message_tokens():
    own, others = [["券", "领券", "_优惠券", "领券吗"]], [["包邮吗", "邮"], ["包邮吗", "险"]]
    assert vocabulary_of(own, others, 2) == sorted(["券", "领券", "_优惠券", "包邮吗"])


def test_slips_sound_alike_and_repeat_with_their_seed():
    noise = Noise(["在再做作快块"])
    slips = {noise.apply("再快一点再快一点", random.Random(seed)) for seed in range(60)}
    assert any("在" in slip or "块" in slip for slip in slips)
    assert noise.apply("再快一点", random.Random(3)) == noise.apply("再快一点", random.Random(3))


def test_messages_are_read_without_entity_marks(tmp_path: Path):
    (tmp_path / "a.yml").write_text(
        'nlu:\n- intent: ask_size\n  examples: |\n    - 我[165](height_cm)穿[M]{"entity": "size"}吗\n    - 多大码\n'
        "- synonym: 顺丰\n  examples: |\n    - sf\n",
        encoding="utf-8",
    )
    assert read_messages(tmp_path) == {"ask_size": ("我165穿M吗", "多大码")}


def test_messages_without_text_are_told_with_their_line(tmp_path: Path):
    (tmp_path / "a.yml").write_text("nlu:\n- intent: greet\n  examples: [你好]\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a.yml:2: greet: .*examples"):
        read_messages(tmp_path)
