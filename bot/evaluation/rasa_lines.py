"""What a baseline makes of texts (Rasa environment): JSON list of texts in, one JSON line each out.

Usage: python -m bot.evaluation.rasa_lines MODEL < texts.json. A line is `{"intents": [[name, confidence], …],
"responses": [key, …]}`, both likeliest first.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys


async def answer_all(model: str) -> None:
    from rasa.core.agent import Agent

    agent = Agent.load(model_path=model)
    for text in json.load(sys.stdin):
        # A leading slash would be read as a button's payload, not as what the customer typed.
        parsed = await agent.parse_message("／" + text[1:] if text.startswith("/") else text)
        print(json.dumps(as_line(parsed), ensure_ascii=False), flush=True)


def as_line(parsed: dict) -> dict:
    """Rankings of a parse without the mark FallbackClassifier leaves on unsure ones."""
    intents = [[one["name"], float(one["confidence"])] for one in parsed.get("intent_ranking", [])]
    selected = parsed.get("response_selector", {})
    keys = [
        one["intent_response_key"].partition("/")[2]
        for name, answer in selected.items()
        if name != "all_retrieval_intents"
        for one in answer["ranking"]
    ]
    return {"intents": [one for one in intents if one[0] not in (None, "nlu_fallback")], "responses": keys}


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(answer_all(sys.argv[1]))
