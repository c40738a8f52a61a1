"""A graph component really created, trained, stored and loaded, without a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

ROOT = Path(__file__).resolve().parents[2]

EXAMPLES = {
    "greet": ["在吗", "你好", "有人吗", "您好呀", "哈喽"],
    "bargain": ["便宜点呗", "能少点吗", "抹个零吧", "再少十块", "打个折呗"],
    "ask_size": ["我165 110斤穿什么码", "穿多大的", "选M还是L", "偏大还是偏小", "尺码表有吗"],
    "track_order": ["快递到哪了", "查一下物流", "我的包裹呢", "单号发我", "怎么还在路上"],
}

PRODUCTS = """\
products:
- id: cloud-jacket
  name: 云朵轻薄羽绒服
  nicknames: [云朵羽绒, 小面包]
  variants:
  - {sku: a, color: 雾霾蓝, size: M}
  - {sku: c, color: 紫色, size: M}
- id: star-chair
  name: 星空学习椅
  variants:
  - {sku: b, color: 星空紫, size: 儿童款}
"""


class Kitchen:
    """Makes components in a storage of their own."""

    def __init__(self, folder: Path) -> None:
        (folder / "storage").mkdir()
        self.storage = LocalModelStorage(folder / "storage")
        self.products = folder / "products"
        self.products.mkdir()
        (self.products / "all.yml").write_text(PRODUCTS, encoding="utf-8")

    def create(self, kind: type, **config: Any) -> GraphComponent:
        return kind.create(*self._arguments(kind, config))

    def load(self, kind: type, **config: Any) -> GraphComponent:
        return kind.load(*self._arguments(kind, config))

    def _arguments(self, kind: type, config: dict[str, Any]) -> tuple:
        settings = {**kind.get_default_config(), **config}
        if "products" in settings:
            settings["products"] = str(self.products)
        context = ExecutionContext(GraphSchema({}), "model")
        return settings, self.storage, Resource(kind.__name__), context


@pytest.fixture(scope="session")
def make_kitchen() -> Callable[[Path], Kitchen]:
    return Kitchen


@pytest.fixture
def kitchen(tmp_path: Path) -> Kitchen:
    return Kitchen(tmp_path)


@pytest.fixture
def training_data() -> TrainingData:
    messages = [
        Message.build(text=text, intent=intent) for intent, texts in EXAMPLES.items() for text in texts
    ]
    return TrainingData(messages)


@pytest.fixture(scope="session")
def examples_below() -> Callable[[str], Iterable[tuple[str, str]]]:
    """(text, intent) of all example files below a folder of the repository."""

    def read(folder: str) -> Iterable[tuple[str, str]]:
        for path in sorted((ROOT / folder).rglob("*.yml")):
            for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
                for line in block["examples"].splitlines():
                    yield line.removeprefix("- "), block["intent"]

    return read


@pytest.fixture(scope="session")
def component_config() -> Callable[[str], dict[str, Any]]:
    """The settings of a component in the repository's config.yml."""
    pipeline = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))["pipeline"]

    def settings(class_name: str) -> dict[str, Any]:
        (found,) = [dict(entry) for entry in pipeline if entry["name"].endswith(class_name)]
        found.pop("name")
        return found

    return settings
