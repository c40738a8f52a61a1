"""How the serving bot reads one sentence, and which action would answer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from bot.dialogue import Bands
from bot.files import read_yaml

if TYPE_CHECKING:  # the index and its libraries are slow to import, and the gateway starts without them
    from bot.faq.search import Searcher


def rules_by_intent(folder: Path) -> dict[str, str]:
    """Intent → first action or form of the rule without a condition that starts with it."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.yml")):
        for rule in read_yaml(path).get("rules") or []:
            steps = rule.get("steps") or []
            if rule.get("condition") or len(steps) < 2 or "intent" not in steps[0]:
                continue
            action = next((step["action"] for step in steps[1:] if "action" in step), None)
            if action:
                found.setdefault(str(steps[0]["intent"]), str(action))
    return found


class Probe:
    """Reads a sentence with the serving model (`parse`) and the published FAQ index. Blocking."""

    def __init__(
        self,
        opened: Callable[[], Searcher],
        bands: Bands,
        rules: Mapping[str, str],
        parse: Callable[[str], dict],
    ) -> None:
        self._opened = opened
        self._bands = bands
        self._rules = rules
        self._parse = parse

    def read(self, text: str) -> dict:
        """Ranking, entities, FAQ hits with score and band, and the action of a fresh conversation.

        Raises what `parse` raises when the model does not answer, IndexRefused without an index.
        """
        parse = self._parse(text)
        hits = self.searcher.search(text, top=5)
        faq = [{"id": hit.id, "score": round(hit.score, 4), "question": hit.question} for hit in hits]
        read = {key: parse[key] for key in ("intent", "ranking", "entities")}
        return {
            "text": text,
            **read,
            "faq": {"band": band_of(self.searcher, text), "hits": faq},
            "bands": self._bands.model_dump(),
            "action": self._action(read),
        }

    @property
    def searcher(self) -> Searcher:
        """The index that the process has open. Raises IndexRefused or EncoderError where nothing is published."""
        return self._opened()

    def _action(self, parse: dict) -> str:
        intent = parse["intent"]
        is_sure = bool(intent) and intent["confidence"] >= self._bands.answer
        fallback = self._rules.get("nlu_fallback", "action_clarify")
        return self._rules.get(intent["name"], fallback) if is_sure else fallback


def band_of(searcher: Searcher, text: str) -> str:
    """`answer`, `confirm` or `none`: what the bot would do with the FAQ's hits for this question."""
    from bot.faq.search import Choices, Confident

    answer = searcher.answer(text)
    return "answer" if isinstance(answer, Confident) else "confirm" if isinstance(answer, Choices) else "none"
