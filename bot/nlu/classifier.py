"""Intent classifier for Rasa: a linear model over characters, words and lexicon concepts."""

from __future__ import annotations

import dataclasses
from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import linear, model_files
from bot.nlu.features import FeatureConfig, MessageText, message_text
from bot.nlu.products import lexicon_fingerprint
from bot.nlu.tokenizer import NORMAL_TEXT, JiebaShopTokenizer

Settings = TypeVar("Settings", FeatureConfig, linear.TrainingConfig)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(IntentClassifier, GraphComponent):
    """Linear SVM with calibrated confidence (bot.nlu.linear); needs JiebaShopTokenizer before it.

    Examples under `metadata: {clear: false}` are those that only their chat explains. Text without any known feature
    gets what the biases say, so its confidence is low.
    """

    @classmethod
    def required_components(cls) -> list[type]:
        """See the superclass."""
        return [JiebaShopTokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """See the superclass."""
        return {
            # Shortest and longest character n-gram.
            "char_low": 1,
            "char_high": 4,
            # Longest run of words taken as one feature.
            "word_high": 2,
            # How far apart, in characters, the two of a pair may stand; 0 for no pairs.
            "pair_reach": 12,
            # A feature must occur in at least that many examples.
            "min_count": 2,
            # The SVM's C: larger fits the examples more closely.
            "penalty": 0.25,
            # C of the SVM that tells messages which can be read alone from those that cannot.
            "clarity_penalty": 0.1,
            # Share of the examples that is held back to calibrate the confidence.
            "held_back": 0.2,
            # Multiplies that temperature: strangers write less like the examples than the folds do.
            "caution": 1.2,
            # What an example that only its chat explains counts beside a clear one.
            "fragment_weight": 0.3,
            # Share of real messages that cannot be read alone.
            "unclear_share": 0.2,
            # Same seed and data, same model.
            "seed": 7,
            # Intents in the ranking of a parse.
            "ranking_length": 10,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """See the superclass."""
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """A changed lexicon changes the features."""
        return lexicon_fingerprint()

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: linear.LinearModel | None = None,
    ) -> None:
        self._config = {**self.get_default_config(), **config}
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearIntentClassifier:
        """See the superclass."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all examples with an intent and store the model."""
        examples = [e for e in training_data.intent_examples if e.get(INTENT) and e.get(TEXT)]
        features = from_config(FeatureConfig, self._config)
        training = from_config(linear.TrainingConfig, self._config)
        try:
            labels = [e.get(INTENT) for e in examples]
            clear = [is_clear(e) for e in examples]
            self._model = linear.train([text_of(e) for e in examples], labels, features, training, clear)
        except ValueError as error:
            raise RasaException(f"the intent model cannot be trained: {error}") from error
        with self._storage.write_to(self._resource) as folder:
            model_files.save(self._model, folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearIntentClassifier:
        """The stored model. Raises RasaException rather than serving untrained."""
        try:
            with model_storage.read_from(resource) as folder:
                return cls(config, model_storage, resource, model_files.load(folder))
        except (ValueError, model_files.ModelFileError) as error:
            raise RasaException(f"LinearIntentClassifier: {error}") from error

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking of messages that have text."""
        if self._model is None:
            raise RasaException("LinearIntentClassifier is asked to read before it is trained or loaded")
        for message in messages:
            if not isinstance(message.get(TEXT), str):
                continue
            best = self._model.ranking(text_of(message), self._config["ranking_length"])
            ranking = [{"name": name, "confidence": chance} for name, chance in best]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set("intent_ranking", ranking, add_to_output=True)
        return messages


def text_of(message: Message) -> MessageText:
    """What JiebaShopTokenizer left on the message."""
    normal = message.get(NORMAL_TEXT)
    if normal is None:
        raise RasaException("LinearIntentClassifier needs JiebaShopTokenizer before it in config.yml")
    return message_text(normal, tuple(token.text for token in message.get(TOKENS_NAMES[TEXT])))


def is_clear(example: Message) -> bool:
    """False for examples of a block with `metadata: {clear: false}`."""
    return bool(((example.get("metadata") or {}).get("intent") or {}).get("clear", True))


def from_config(kind: type[Settings], config: dict[str, Any]) -> Settings:
    """The component's settings that belong to `kind`."""
    return kind(**{field.name: config[field.name] for field in dataclasses.fields(kind)})
