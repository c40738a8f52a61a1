"""The graph components do what a customer's message needs, and refuse to serve when they were not trained."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.classifier import LinearIntentClassifier
from bot.nlu.extractor import MeasureExtractor
from bot.nlu.tokenizer import NORMAL_TEXT, JiebaShopTokenizer


def message(text: str) -> Message:
    return Message(data={TEXT: text})


def trained(kitchen, training_data) -> tuple[JiebaShopTokenizer, LinearIntentClassifier, MeasureExtractor]:
    tokenizer = kitchen.create(JiebaShopTokenizer)
    tokenizer.train(training_data)
    tokenizer.process_training_data(training_data)
    classifier = kitchen.create(LinearIntentClassifier, min_count=1, held_back=0.3)
    classifier.train(training_data)
    extractor = kitchen.create(MeasureExtractor)
    extractor.train(training_data)
    return tokenizer, classifier, extractor


def test_the_customers_own_text_stays_while_words_are_normalised(kitchen) -> None:
    (read,) = kitchen.create(JiebaShopTokenizer).process([message("這件ＸＬ　能推款吗？？")])
    assert read.get(TEXT) == "這件ＸＬ　能推款吗？？"
    assert read.get(NORMAL_TEXT) == "这件xl 能退款吗?"
    tokens = {token.text: (token.start, token.end) for token in read.get(TOKENS_NAMES[TEXT])}
    assert tokens["xl"] == (2, 4)
    assert tokens["退款"] == (6, 8)


def test_a_message_without_text_passes_through(kitchen, training_data) -> None:
    empty = Message(data={"intent": "greet"})
    for component in trained(kitchen, training_data):
        assert component.process([empty])[0].data == {"intent": "greet"}


def test_a_trained_and_a_loaded_classifier_read_alike(kitchen, training_data) -> None:
    tokenizer, classifier, _ = trained(kitchen, training_data)
    loaded = kitchen.load(LinearIntentClassifier)
    for text in ("便宜点行吗", "物流查一下", "穿多大", "", "😭", "asdf", "你好" * 300):
        (one,), (other,) = (
            component.process(tokenizer.process([message(text)])) for component in (classifier, loaded)
        )
        assert one.get("intent_ranking") == other.get("intent_ranking")


def test_a_reading_is_a_probability_and_ranked(kitchen, training_data) -> None:
    tokenizer, classifier, _ = trained(kitchen, training_data)
    (read,) = classifier.process(tokenizer.process([message("能便宜点吗")]))
    ranking = read.get("intent_ranking")
    assert read.get("intent") == ranking[0]
    assert ranking[0]["name"] == "bargain"
    chances = [entry["confidence"] for entry in ranking]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1)


def test_training_twice_gives_the_same_readings(kitchen, training_data, tmp_path) -> None:
    tokenizer, classifier, _ = trained(kitchen, training_data)
    again = kitchen.create(LinearIntentClassifier, min_count=1, held_back=0.3)
    again.train(training_data)
    (read,) = tokenizer.process([message("便宜点行吗")])
    rankings = [component.process([read])[0].get("intent_ranking") for component in (classifier, again)]
    assert rankings[0] == rankings[1]


def test_every_setting_reaches_the_model(kitchen, training_data) -> None:
    tokenizer, calm, _ = trained(kitchen, training_data)
    timid = kitchen.create(LinearIntentClassifier, min_count=1, held_back=0.3, caution=100.0)
    timid.train(training_data)
    (read,) = tokenizer.process([message("能便宜点吗")])
    surest = [component.process([read])[0].get("intent")["confidence"] for component in (calm, timid)]
    assert surest[0] > surest[1]


def test_what_only_the_chat_explains_is_read_with_less_confidence(kitchen, training_data) -> None:
    vague = [
        Message.build(f"那个{x}呢", "ask_stock", intent_metadata={"clear": False}) for x in "大小黑白长短厚薄"
    ]
    tokenizer = kitchen.create(JiebaShopTokenizer)
    data = TrainingData([*training_data.training_examples, *vague])
    tokenizer.process_training_data(data)
    classifier = kitchen.create(LinearIntentClassifier, min_count=1, held_back=0.3)
    classifier.train(data)
    read = classifier.process(tokenizer.process([message("那个红呢"), message("能便宜点吗")]))
    of_vague, of_clear = (sum(entry["confidence"] for entry in one.get("intent_ranking")) for one in read)
    assert of_vague < 0.5 < of_clear


def test_the_ranking_is_as_long_as_configured(kitchen, training_data) -> None:
    trained(kitchen, training_data)
    short = kitchen.load(LinearIntentClassifier, ranking_length=2)
    (read,) = short.process(kitchen.load(JiebaShopTokenizer).process([message("在吗")]))
    assert len(read.get("intent_ranking")) == 2


def test_an_untrained_classifier_refuses_to_read(kitchen) -> None:
    with pytest.raises(RasaException, match="before it is trained"):
        kitchen.create(LinearIntentClassifier).process([message("在吗")])


@pytest.mark.parametrize("component", [JiebaShopTokenizer, LinearIntentClassifier, MeasureExtractor])
def test_a_model_that_lacks_its_part_is_not_loaded(kitchen, component) -> None:
    with pytest.raises(RasaException):
        kitchen.load(component)


@pytest.mark.parametrize("name", ["weights.npz", "vocabulary.json", "manifest.json"])
def test_a_damaged_classifier_is_refused_with_the_cure(kitchen, training_data, name) -> None:
    _, classifier, _ = trained(kitchen, training_data)
    with kitchen.storage.write_to(classifier._resource) as folder:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(RasaException, match="train again"):
        kitchen.load(LinearIntentClassifier)


def test_weights_of_another_vocabulary_are_refused(kitchen, training_data) -> None:
    _, classifier, _ = trained(kitchen, training_data)
    with kitchen.storage.write_to(classifier._resource) as folder:
        (folder / "vocabulary.json").write_text('["a", "b"]')
    with pytest.raises(RasaException, match="does not fit"):
        kitchen.load(LinearIntentClassifier)


def test_an_intent_with_a_single_example_is_named(kitchen, training_data) -> None:
    tokenizer, _, _ = trained(kitchen, training_data)
    lonely = Message.build(text="再见", intent="goodbye")
    data = tokenizer.process_training_data(TrainingData([*training_data.training_examples, lonely]))
    with pytest.raises(RasaException, match="goodbye"):
        kitchen.create(LinearIntentClassifier, min_count=1, held_back=0.3).train(data)


def test_the_classifier_says_what_it_needs_before_it(kitchen, training_data) -> None:
    _, classifier, _ = trained(kitchen, training_data)
    with pytest.raises(RasaException, match="JiebaShopTokenizer"):
        classifier.process([message("在吗")])


def test_entities_are_normalised_and_point_into_the_customers_text(kitchen, training_data) -> None:
    *_, extractor = trained(kitchen, training_data)
    text = "我１６５　110斤，想要黑色的小面包"
    (read,) = extractor.process([message(text)])
    found = {e["entity"]: e for e in read.get("entities")}
    assert {kind: e["value"] for kind, e in found.items()} == {
        "height_cm": 165.0,
        "weight_kg": 55.0,
        "color": "黑色",
        "product": "cloud-jacket",
    }
    assert all(text[e["start"] : e["end"]] == e["raw"] for e in found.values())
    assert {e["extractor"] for e in found.values()} == {"MeasureExtractor"}


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("云朵轻薄羽绒服还有吗", "cloud-jacket"),
        ("雲朵羽絨還有嗎", "cloud-jacket"),
        ("STAR-CHAIR 多少钱", "star-chair"),
        ("随便看看", None),
    ],
)
def test_a_product_is_known_by_name_nickname_and_id_from_the_model_alone(
    kitchen, training_data, text: str, product: str | None
) -> None:
    trained(kitchen, training_data)
    (kitchen.products / "all.yml").unlink()
    (read,) = kitchen.load(MeasureExtractor).process([message(text)])
    assert [e["value"] for e in read.get("entities") if e["entity"] == "product"] == (
        [product] if product else []
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("雾霾蓝的有吗", {"color": "雾霾蓝"}),
        ("星空紫儿童款", {"color": "星空紫", "size": "儿童款"}),
        ("浅紫色的", {"color": "浅紫色"}),
        ("云朵羽绒雾霾蓝", {"product": "cloud-jacket", "color": "雾霾蓝"}),
    ],
)
def test_the_catalogues_own_colours_and_sizes_are_known(kitchen, training_data, text, found) -> None:
    trained(kitchen, training_data)
    (read,) = kitchen.load(MeasureExtractor).process([message(text)])
    assert {e["entity"]: e["value"] for e in read.get("entities")} == found


def test_goods_that_came_after_the_training_are_known_at_the_next_start(
    kitchen, training_data, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained(kitchen, training_data)
    tea = "products:\n- {id: oolong, name: 老丛水仙, variants: [{sku: t, color: 炭焙款}]}\n"
    (tmp_path / "tea" / "products").mkdir(parents=True)
    (tmp_path / "tea" / "products" / "tea.yml").write_text(tea, encoding="utf-8")
    monkeypatch.setenv("XIAOER_SHOP_DIR", str(tmp_path / "tea"))
    (read,) = kitchen.load(MeasureExtractor).process([message("老丛水仙炭焙款还有吗")])
    assert {e["entity"]: e["value"] for e in read.get("entities")} == {"product": "oolong", "color": "炭焙款"}
    (cut,) = kitchen.load(JiebaShopTokenizer).process([message("老丛水仙还有吗")])
    assert "老丛水仙" in [token.text for token in cut.get("text_tokens")]


def test_changed_words_make_rasa_train_again(kitchen) -> None:
    config = {"products": str(kitchen.products)}
    before = [kind.fingerprint_addon(config) for kind in (JiebaShopTokenizer, MeasureExtractor)]
    (kitchen.products / "more.yml").write_text("products: []\n")
    after = [kind.fingerprint_addon(config) for kind in (JiebaShopTokenizer, MeasureExtractor)]
    assert all(old != new for old, new in zip(before, after, strict=True))


def test_a_product_file_of_another_shape_is_named(kitchen, training_data) -> None:
    (kitchen.products / "all.yml").write_text("products:\n- name: 没有编号\n", encoding="utf-8")
    with pytest.raises(ValueError, match="all.yml"):
        kitchen.create(MeasureExtractor).train(training_data)
