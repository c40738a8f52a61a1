"""Normalises a message and cuts it into words; the customer's own spelling stays the message's text."""

from __future__ import annotations

import json
import logging
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.products import fingerprint, product_folder, read_vocabulary
from bot.text.lexicon import load_lexicon
from bot.text.normalise import Normalised, normalise_with_spans
from bot.text.segment import add_words, normal_words

NORMAL_TEXT = "normal_text"
"""Message property: the normalised text with known typos mended, which the later components read."""

_WORDS_FILE = "words.json"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=True)
class JiebaShopTokenizer(GraphComponent):
    """jieba with the words of `data/lexicon` and the shop's product names, over normalised text.

    Tokens carry the normalised word and its place in the customer's own text.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See the superclass."""
        return {
            # Folder of product files whose names and nicknames are kept whole, unless XIAOER_SHOP_DIR names a
            # shop; packed into the model.
            "products": "data/shop/products",
        }

    @staticmethod
    def supported_languages() -> list[str] | None:
        """See the superclass."""
        return ["zh"]

    @staticmethod
    def required_packages() -> list[str]:
        """See the superclass."""
        return ["jieba", "opencc"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Changed words make Rasa train again although no example changed."""
        # Where the node comes out of Rasa's cache, its config is the cache's own and names no folder.
        return fingerprint(product_folder(config.get("products", cls.get_default_config()["products"]))[0])

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        logging.getLogger("jieba").setLevel(logging.WARNING)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> JiebaShopTokenizer:
        """See the superclass."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Pack the product words into the model."""
        names = sorted(read_vocabulary(product_folder(self._config["products"])[0]).products)
        with self._storage.write_to(self._resource) as folder:
            (folder / _WORDS_FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> JiebaShopTokenizer:
        """Teach jieba the packed words, and the names of the shop's goods as they are now.

        Raises RasaException when the model has no words.
        """
        try:
            with model_storage.read_from(resource) as folder:
                add_words(json.loads((folder / _WORDS_FILE).read_text(encoding="utf-8")))
            products, is_in_use = product_folder(config["products"])
            if is_in_use:
                add_words(read_vocabulary(products).products)
        except (ValueError, OSError) as error:
            raise RasaException(f"the model has no product words ({error}); train again") from error
        return cls(config, model_storage, resource)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Tokenise all examples."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set normalised text and tokens of messages that have text."""
        for message in messages:
            text = message.get(TEXT)
            if isinstance(text, str):
                normal = normalise_with_spans(text)
                mended = load_lexicon().corrected(normal.text)
                message.set(NORMAL_TEXT, mended)
                message.set(TOKENS_NAMES[TEXT], _tokens(mended, normal))
        return messages


def _tokens(mended: str, normal: Normalised) -> list[Token]:
    tokens = []
    at = 0
    for word in normal_words(mended):
        at = mended.index(word, at)
        start, end = normal.span(at, at + len(word))
        tokens.append(Token(word, start, end))
        at += len(word)
    return tokens
