"""How Rasa calls our action server: one kept connection, and a failure is a failure.

Stock Rasa opens a connection for each call, sends the whole conversation with it, checks the JSON schema itself
before each check of an answer, and logs a failed action only to go on as if it had succeeded.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import aiohttp
from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.utils.endpoints import EndpointConfig

logger = logging.getLogger(__name__)
TIMEOUT = aiohttp.ClientTimeout(total=8)


class TurnFailed(BaseException):
    """A part of this turn failed; the turn must not be answered or saved.

    Not an `Exception`: Rasa's processor swallows every Exception of an action and carries on without its events.
    """


class ActionEndpoint(EndpointConfig):
    """The action server; raises TurnFailed instead of answering badly."""

    _connection: aiohttp.ClientSession | None = None

    async def request(
        self, method: str = "post", json: dict[str, Any] | None = None, **_: Any
    ) -> dict[str, Any]:
        """Run one action. `json` is Rasa's call, whose tracker tells the newest events only (bot.tracker); no action
        of ours reads the domain, which `enable_selective_domain` keeps out of it."""
        call = {"domain": {}, **(json or {})}
        name = call.get("next_action")
        try:
            async with self._connected().request(
                method, self.url, json=call, headers=self.headers, timeout=TIMEOUT
            ) as response:
                if response.status != 200:
                    raise TurnFailed(f"{name}: the action server answered {response.status}")
                result = await response.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise TurnFailed(
                f"{name}: the action server cannot be reached: {type(error).__name__}"
            ) from error
        check_result(result, name)
        return result

    def _connected(self) -> aiohttp.ClientSession:
        if self._connection is None or self._connection.closed:
            self._connection = aiohttp.ClientSession()
        return self._connection

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()


_schema = RemoteAction.action_response_format_spec()
_validator = validator_for(_schema)(_schema)


_usual = {"slot": {"name", "value"}, "followup": {"name"}, "active_loop": {"name"}}
"""What the events of our own actions must have; for these the schema, which takes a millisecond, is not asked."""


def check_result(result: Any, name: str | None) -> None:
    """Raise TurnFailed unless `result` has the shape Rasa asks of an action's answer."""
    if _is_usual(result):
        return
    try:
        _validator.validate(result)
    except ValidationError as error:
        raise TurnFailed(f"{name}: the action server's answer is malformed: {error.message[:200]}") from error


def _is_usual(result: Any) -> bool:
    if not isinstance(result, dict):
        return False
    events, responses = result.get("events"), result.get("responses")
    return (
        isinstance(events, list)
        and all(
            isinstance(event, dict)
            and event.get("event") in _usual
            and _usual[event["event"]] <= event.keys()
            for event in events
        )
        and isinstance(responses, list)
        and all(isinstance(response, dict) for response in responses)
    )


def connect(agent: Agent) -> None:
    """Let `agent`, and every model it loads later, call actions and read conversations in this strict way."""
    config = agent.action_endpoint
    if config is None or not config.url:
        raise RuntimeError("endpoints.yml has no action_endpoint: set XIAOER_ACTIONS_URL")
    agent.action_endpoint = ActionEndpoint(url=config.url, headers=config.headers, **config.kwargs)
    if agent.processor is not None:
        agent.processor.action_endpoint = agent.action_endpoint
    # The answer was checked above with a schema compiled once; checking again would double each action's time.
    RemoteAction._validate_action_result = lambda self, result: True
    # Else a conversation that cannot be read is answered as a new one, and one that cannot be saved is forgotten.
    agent.tracker_store._on_tracker_store_error = _fail


def _fail(error: Exception) -> None:
    logger.error("the tracker store failed: %s", error)
    raise TurnFailed(f"the tracker store failed: {type(error).__name__}") from error
