"""Entities for Rasa: measures by rule, and the shop's products by name."""

from __future__ import annotations

import json
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

from bot.nlu.products import ProductFinder, fingerprint, product_names
from bot.text.measures import extract
from bot.text.normalise import normalise_with_spans

_PRODUCTS_FILE = "products.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class MeasureExtractor(GraphComponent, EntityExtractorMixin):
    """bot.text.measures and product names as entities with normalised values; `start` and `end` count in the
    customer's own text, `raw` is what stands there.

    A `product` entity's value is the product's id.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See the superclass."""
        return {
            # Folder of product files (id, name, nicknames); packed into the model.
            "products": "data/shop/products",
        }

    @staticmethod
    def required_packages() -> list[str]:
        """See the superclass."""
        return ["opencc", "cn2an"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed product files make Rasa pack them again although no example changed."""
        return fingerprint(Path(config["products"]))

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        products: ProductFinder | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._products = products

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
        """Nothing is learnt; the product names are packed into the model."""
        names = product_names(Path(self._config["products"]))
        with self._storage.write_to(self._resource) as folder:
            (folder / _PRODUCTS_FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        self._products = ProductFinder(names)
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
        """With the packed product names. Raises RasaException when the model does not have them."""
        try:
            with model_storage.read_from(resource) as folder:
                names = json.loads((folder / _PRODUCTS_FILE).read_text(encoding="utf-8"))
        except (ValueError, OSError) as error:
            raise RasaException(
                f"MeasureExtractor: the model has no product names ({error}); train again"
            ) from error
        return cls(config, model_storage, resource, ProductFinder([(name, id) for name, id in names]))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities of messages that have text."""
        if self._products is None:
            raise RasaException("MeasureExtractor is asked to read before it is trained or loaded")
        for message in messages:
            if isinstance(message.get(TEXT), str):
                found = self.add_extractor_name(self._entities(message.get(TEXT)))
                message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def _entities(self, text: str) -> list[dict[str, Any]]:
        entities = [_entity(m.kind, m.value, m.start, m.end, text) for m in extract(text)]
        normal = normalise_with_spans(text)
        for product_id, start, end in self._products.find(normal.text):
            entities.append(_entity("product", product_id, *normal.span(start, end), text))
        return entities


def _entity(kind: str, value: Any, start: int, end: int, text: str) -> dict[str, Any]:
    return {"entity": kind, "value": value, "start": start, "end": end, "raw": text[start:end]}
