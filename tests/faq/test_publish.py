"""From the shop's files to a served FAQ, small but real."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.faq.encoder import GramEncoder
from bot.faq.publish import publish, reason_to_train
from bot.faq.search import Searcher
from bot.faq.training import Plan
from bot.files import DataError
from bot.settings import Settings
from tests.faq.conftest import MESSAGES, PHRASINGS

QUICK = Plan(dimension=32, messages=16, steps=40, noisy_copies=0, learning_rate=2e-2)


@pytest.fixture()
def shop(settings: Settings) -> Settings:
    """Scripts and messages as files."""
    for key, phrasings in PHRASINGS.items():
        identity, intent = key.split("|")
        topic, slug = identity.split(".")
        question, *variants = phrasings.split()
        variants += [f"{question}{tail}" for tail in ("呀", "呢亲", "啊老板", "请问下", "急")]
        write(settings.faq_dir / f"{topic}-{slug}.yml", topic, identity, intent, question, variants)
    rows = [
        f"- intent: {name}\n  examples: |\n" + "".join(f"    - {text}\n" for text in texts)
        for name, texts in MESSAGES.items()
    ]
    (settings.nlu_dir / "all.yml").write_text("nlu:\n" + "".join(rows), encoding="utf-8")
    return settings


def write(path: Path, topic: str, identity: str, intent: str, question: str, variants: list[str]) -> None:
    path.write_text(
        f"topic: {topic}\nentries:\n  - id: {identity}\n    intent: {intent}\n    question: {question}\n"
        f"    variants: [{', '.join(variants)}]\n    scripts:\n      - id: a\n        text: {question},请看说明。\n",
        encoding="utf-8",
    )


def test_a_fresh_shop_is_trained_tuned_and_served(shop: Settings):
    done = publish(shop, plan=QUICK)
    assert done.is_new
    assert done.tuned is not None
    searcher = Searcher.open(shop.models_dir, shop)
    assert searcher.version == done.version
    for phrasings in list(PHRASINGS.values())[:3]:
        question = phrasings.split()[0]
        assert searcher.search(question)[0].question == question


def test_nothing_changed_means_nothing_is_built(shop: Settings):
    first = publish(shop, plan=QUICK)
    again = publish(shop, plan=QUICK)
    assert (again.version, again.is_new, again.tuned) == (first.version, False, None)


def test_an_edited_script_is_served_without_training(shop: Settings):
    first = publish(shop, plan=QUICK)
    searcher = Searcher.open(shop.models_dir, shop)
    path = shop.faq_dir / "refund-when.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("请看说明", "一到三天到账"), encoding="utf-8")
    encoder = GramEncoder.load(shop.models_dir / "encoder").name
    second = publish(shop, plan=QUICK)
    assert second.is_new and second.version != first.version and second.tuned is None
    assert GramEncoder.load(shop.models_dir / "encoder").name == encoder
    assert "一到三天到账" in searcher.search("退款多久到账")[0].text


def test_retraining_is_served_by_an_open_searcher(shop: Settings):
    publish(shop, plan=QUICK)
    searcher = Searcher.open(shop.models_dir, shop)
    done = publish(shop, retrain=True, plan=replace(QUICK, dimension=24))
    assert done.tuned is not None
    assert searcher.search("退款多久到账")[0].id == "refund.when"
    assert searcher.version == done.version


def test_a_transformer_from_a_folder_takes_the_same_path(shop: Settings, transformer_folder: Path):
    chosen = shop.model_copy(update={"encoder": str(transformer_folder)})
    done = publish(chosen)
    assert done.is_new and done.tuned is not None
    assert not (shop.models_dir / "encoder").exists()
    searcher = Searcher.open(chosen.models_dir, chosen)
    assert searcher.search("转人工")[0].id == "human.agent"
    assert publish(chosen).is_new is False


def test_a_broken_file_stops_publishing_and_the_old_version_stays(shop: Settings):
    first = publish(shop, plan=QUICK)
    (shop.faq_dir / "refund-when.yml").write_text("topic: refund\nentries: []\n", encoding="utf-8")
    with pytest.raises(DataError, match="refund-when.yml:2: entries: is an empty list"):
        publish(shop, plan=QUICK)
    assert Searcher.open(shop.models_dir, shop).version == first.version


def test_a_new_shop_has_to_train_and_then_may_keep_its_encoder(shop: Settings):
    assert reason_to_train(shop) is not None
    publish(shop, plan=QUICK)
    assert reason_to_train(shop) is None


def test_an_encoder_of_an_older_format_is_trained_again(shop: Settings):
    publish(shop, plan=QUICK)
    path = shop.models_dir / "encoder" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 1}), encoding="utf-8")
    assert "this version can read" in (reason_to_train(shop) or "")
    publish(shop, plan=QUICK)
    assert reason_to_train(shop) is None


def test_many_new_phrasings_or_messages_ask_for_training(shop: Settings):
    publish(shop, plan=QUICK)
    variants = [f"想问一下第{number}种洗法" for number in range(20)]
    write(shop.faq_dir / "wash-new.yml", "wash", "wash.new", "ask_usage", "还能怎么洗", variants)
    assert "phrasings have changed" in (reason_to_train(shop) or "")
    (shop.faq_dir / "wash-new.yml").unlink()
    more = "".join(f"    - 第{number}次来问\n" for number in range(10))
    (shop.nlu_dir / "more.yml").write_text(f"nlu:\n- intent: greet\n  examples: |\n{more}", encoding="utf-8")
    assert "labelled messages" in (reason_to_train(shop) or "")
