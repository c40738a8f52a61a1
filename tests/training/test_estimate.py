"""An estimate moves the served weights as one more example would; a training on the same examples is the measure."""

from __future__ import annotations

import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.files import read_yaml
from bot.nlu import model_files
from bot.nlu.features import FeatureConfig, read
from bot.nlu.linear import LinearModel, TrainingConfig, train
from bot.settings import ROOT
from bot.training.estimate import Estimator, Example, NoModel, changed, model_in, training_in

EXAMPLES = {
    "ask_size": "穿什么码 我穿多大码 165穿什么码合适 选什么码 尺码怎么选 码数偏大吗 该拍几码 什么码合适",
    "ask_stock": "有货吗 还有货没 什么时候有货 现货有吗 断货了吗 补货吗 有没有货 还有现货吗",
    "ask_courier": "发什么快递 走顺丰吗 用哪家快递 能发圆通吗 快递是哪家 发顺丰可以吗 默认什么快递 快递能指定吗",
}
HELD_OUT = [
    ("我该穿几码", "ask_size"),
    ("有现货没", "ask_stock"),
    ("发哪家快递", "ask_courier"),
    ("蹲个补", "ask_courier"),
]
NEW = "蹲个补 记得喊我"


def trained(more: list[tuple[str, str]] = ()) -> LinearModel:
    rows = [(text, intent) for intent, texts in EXAMPLES.items() for text in texts.split()] + list(more)
    config = FeatureConfig(min_count=1)
    model = train([read(text) for text, _ in rows], [intent for _, intent in rows], config, TrainingConfig())
    return replace(model, temperature=1.0)  # so few sentences are told apart too surely to see a difference


@pytest.fixture(scope="module")
def estimator() -> Estimator:
    # The model knows the new words' n-grams, as a shop's large vocabulary does.
    return Estimator(trained([(NEW, "ask_stock")]), HELD_OUT, TrainingConfig())


def test_an_example_raises_the_chance_of_its_intent_on_itself(estimator: Estimator) -> None:
    (own,) = estimator.estimate([Example("顺丰到付行不行")], "ask_courier").own
    assert own["after"] > own["before"]


def test_an_example_that_stands_already_changes_next_to_nothing(estimator: Estimator) -> None:
    found = estimator.estimate([Example("走顺丰吗", known_as="ask_courier")], "ask_courier")
    assert found.own[0]["after"] == pytest.approx(found.own[0]["before"], abs=0.03)
    assert changed(found.before, found.after) == []


def test_moving_an_example_reads_the_held_out_sentence_as_a_training_would(estimator: Estimator) -> None:
    found = estimator.estimate([Example(NEW, known_as="ask_stock")], "ask_courier")
    real = Estimator(trained([(NEW, "ask_courier")]), HELD_OUT, TrainingConfig()).before
    assert [one["text"] for one in found.before.misread] == ["蹲个补"]
    assert found.after.misread == () == real.misread
    assert {row["intent"] for row in changed(found.before, found.after)} == {"ask_courier", "ask_stock"}


def test_two_ways_to_put_it_move_more_than_one(estimator: Estimator) -> None:
    one = estimator.estimate([Example("到付行不行")], "ask_courier").own[0]["after"]
    two = estimator.estimate([Example("到付行不行"), Example("行不行到付")], "ask_courier").own[0]["after"]
    assert two > one


def test_the_model_is_read_out_of_a_dialogue_models_archive(tmp_path: Path) -> None:
    folder = tmp_path / "train_bot.nlu.classifier.LinearIntentClassifier1"
    folder.mkdir()
    model_files.save(trained(), folder)
    archive = tmp_path / "m.tar.gz"
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(folder, f"components/{folder.name}")
    assert model_in(archive).intents == tuple(sorted(EXAMPLES))


def test_without_an_archive_there_is_no_estimate(tmp_path: Path) -> None:
    with pytest.raises(NoModel):
        model_in(tmp_path / "current.tar.gz")


def test_examples_near_it_push_back(estimator: Estimator) -> None:
    odd = [Example("有货吗快递")]
    near = [Example(text, "ask_stock") for text in EXAMPLES["ask_stock"].split()]
    alone = estimator.estimate(odd, "ask_courier").own[0]["after"]
    assert estimator.estimate(odd, "ask_courier", near).own[0]["after"] < alone


def test_known_examples_without_a_new_one_are_at_rest(estimator: Estimator) -> None:
    near = [Example(text, "ask_stock") for text in EXAMPLES["ask_stock"].split()]
    found = estimator.estimate([Example("走顺丰吗", "ask_courier")], "ask_courier", near)
    assert changed(found.before, found.after) == []


def test_the_descent_is_that_of_the_pipeline() -> None:
    assert training_in(read_yaml(ROOT / "config.yml")) == TrainingConfig()
