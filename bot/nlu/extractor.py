"""Entities for Rasa: measures by rule, and the shop's products by name."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.products import Vocabulary, WordFinder, fingerprint, product_folder, read_vocabulary
from bot.text.measures import extract
from bot.text.normalise import normalise_with_spans

_CATALOGUE_FILE = "catalogue.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class MeasureExtractor(GraphComponent, EntityExtractorMixin):
    """bot.text.measures and the catalogue's names, colours and sizes as entities with normalised values.

    `start` and `end` count in the customer's own text, `raw` is what stands there; a `product` is its id.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See the superclass."""
        return {
            # Folder of product files (names, colours, sizes), unless XIAOER_SHOP_DIR names a shop; packed into
            # the model.
            "products": "data/shop/products",
        }

    @staticmethod
    def required_packages() -> list[str]:
        """See the superclass."""
        return ["opencc", "cn2an"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed product files make Rasa pack them again although no example changed."""
        # Where the node comes out of Rasa's cache, its config is the cache's own and names no folder.
        return fingerprint(product_folder(config.get("products", cls.get_default_config()["products"]))[0])

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        words: Vocabulary | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._finders: dict[str, WordFinder] | None = _finders(words) if words else None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MeasureExtractor:
        """See the superclass."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Nothing is learnt; the catalogue's words are packed into the model."""
        words = read_vocabulary(product_folder(self._config["products"])[0])
        with self._storage.write_to(self._resource) as folder:
            packed = json.dumps(asdict(words), ensure_ascii=False)
            (folder / _CATALOGUE_FILE).write_text(packed, encoding="utf-8")
        self._finders = _finders(words)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MeasureExtractor:
        """With the words of the shop in use as they are now, so that new goods need no training; else the packed
        ones. Raises RasaException when the model does not have them."""
        products, is_in_use = product_folder(config["products"])
        if is_in_use:
            return cls(config, model_storage, resource, _current(products))
        try:
            with model_storage.read_from(resource) as folder:
                words = Vocabulary(**json.loads((folder / _CATALOGUE_FILE).read_text(encoding="utf-8")))
        except (ValueError, TypeError, OSError) as error:
            raise RasaException(
                f"MeasureExtractor: the model has no catalogue ({error}); train again"
            ) from error
        return cls(config, model_storage, resource, words)

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of messages that have text."""
        if self._finders is None:
            raise RasaException("MeasureExtractor is asked to read before it is trained or loaded")
        for message in messages:
            if isinstance(message.get(TEXT), str):
                found = self.add_extractor_name(_entities(message.get(TEXT), self._finders))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages


def _current(products: Path) -> Vocabulary:
    try:
        return read_vocabulary(products)
    except (ValueError, OSError) as error:
        raise RasaException(f"MeasureExtractor: {error}: run `xiaoer shop check`") from error


def _finders(words: Vocabulary) -> dict[str, WordFinder]:
    """Entity kind → finder."""
    return {
        "product": WordFinder(words.products),
        "color": WordFinder(words.colors),
        "size": WordFinder(words.sizes),
    }


def _entities(text: str, finders: dict[str, WordFinder]) -> list[dict[str, Any]]:
    """Measures, then the catalogue's words: a colour or size only where no rule has found as much.

    (60厘米 may be a height, 三条 a quantity, 米白色 is more than the catalogue's 白色.)
    """
    normal = normalise_with_spans(text)
    found = [(m.kind, m.value, m.start, m.end) for m in extract(text)]
    for kind, finder in finders.items():
        for value, start, end in finder.find(normal.text):
            first, last = normal.span(start, end)
            rivals = [] if kind == "product" else [f for f in found if f[2] < last and first < f[3]]
            if all(f[0] == kind and first <= f[2] and f[3] <= last for f in rivals):
                found = [f for f in found if f not in rivals]
                found.append((kind, value, first, last))
    return [_entity(*each, text) for each in sorted(found, key=lambda f: (f[2], f[3], f[0]))]


def _entity(kind: str, value: Any, start: int, end: int, text: str) -> dict[str, Any]:
    return {"entity": kind, "value": value, "start": start, "end": end, "raw": text[start:end]}
