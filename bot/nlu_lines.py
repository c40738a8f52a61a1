"""Parse lines of text with a trained model, outside any server (Rasa environment).

Usage: python -m bot.nlu_lines MODEL < lines > json-lines. Used by `xiaoer parse` and after each training.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys


async def parse_all(model: str) -> None:
    from rasa.core.agent import Agent

    agent = Agent.load(model_path=model)
    for line in sys.stdin:
        text = line.rstrip("\n")
        # A leading slash would be read as a payload of a button, not as what the customer typed.
        parsed = await agent.parse_message("／" + text[1:] if text.startswith("/") else text)
        print(json.dumps(as_result(text, parsed), ensure_ascii=False), flush=True)


def as_result(text: str, parsed: dict) -> dict:
    """The contract's shape of one parse; the fallback marker is no intent of ours."""
    ranking = [
        {"name": intent["name"], "confidence": round(float(intent["confidence"]), 4)}
        for intent in parsed.get("intent_ranking", [])
        if intent["name"] != "nlu_fallback"
    ]
    entities = [
        {k: entity.get(k) for k in ("entity", "value", "start", "end")}
        for entity in parsed.get("entities", [])
    ]
    return {"text": text, "intent": ranking[0] if ranking else None, "ranking": ranking, "entities": entities}


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(parse_all(sys.argv[1]))
