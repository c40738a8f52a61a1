"""Training for real, on a small scale."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from bot.faq.corpus import Noise, read_messages
from bot.faq.encoder import FILES, GramEncoder, entry_vectors
from bot.faq.pairs import Pairs, thinned, vocabulary_of
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
    untaught = train_encoder(entries, {}, Plan(dimension=48, batch=16, steps=1, learning_rate=1e-9)).encoder()

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
    fewer = train_encoder(entries[:-1], MESSAGES, Plan(dimension=48, batch=16, steps=5))
    assert fewer.manifest["name"] != trained.manifest["name"]


def test_progress_is_told_to_the_end(entries: tuple[Entry, ...]):
    told: list[tuple[str, int, int]] = []
    train_encoder(entries, MESSAGES, Plan(dimension=8, batch=8, steps=3), lambda *step: told.append(step))
    assert told[0] == ("reading sentences", 0, 6)
    assert told[-1] == ("training the encoder", 6, 6)


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


def test_a_batch_never_holds_one_script_twice(entries: tuple[Entry, ...]):
    owner = {text: number for number, entry in enumerate(entries) for text in entry.phrasings}
    plan = Plan(batch=4, message_share=0, answer_share=0, noisy_copies=0)
    pairs = Pairs(entries, {}, {}, lambda text: np.array([owner[text]] if text in owner else []), plan)
    for _ in range(20):
        batch = [(int(first[0]), int(second[0])) for first, second in pairs.batch()]
        assert len({first for first, _ in batch}) == len(batch) == 4
        assert all(first == second for first, second in batch), "both halves ask for the same script"


def test_messages_given_to_a_script_are_learned_as_its_phrasings(entries: tuple[Entry, ...]):
    plan = Plan(batch=len(entries), message_share=0, answer_share=0, noisy_copies=0, guessed_share=1)
    given = {3: ["裤子多大码合适"]}
    pairs = Pairs(entries, {}, given, lambda text: np.array([ord(letter) for letter in text]), plan)
    firsts = ["".join(map(chr, first)) for first, _ in pairs.batch()]
    assert firsts.count("裤子多大码合适") == 1


def test_dropout_leaves_at_least_one_token_of_each_sentence():
    sentences = [np.arange(1, 6), np.array([7]), np.arange(10, 14)]
    rows, starts = thinned(sentences, 0.99, np.random.default_rng(1))
    assert [len(part) for part in np.split(rows, starts[1:])] == [1, 1, 1]
    whole, starts = thinned(sentences, 0, np.random.default_rng(1))
    assert [list(part) for part in np.split(whole, starts[1:])] == [list(sentence) for sentence in sentences]


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
