"""Errors as `application/problem+json`: an English `type` for programs, a Chinese title for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from bot.desk.conversations import NotFound, StaleVersion
from bot.desk.lines import words
from bot.desk.ownership import IllegalStep
from bot.desk.people.duty import HandsFull
from bot.desk.storage import TROUBLE, complain

MEDIA_TYPE = "application/problem+json"
_BY_STATUS = {
    404: "not-found",
    405: "method-not-allowed",
    413: "too-large",
    403: "not-allowed",
    401: "not-logged-in",
}


class Problem(Exception):
    """Answered as it is. `kind` is a key of `problems` in lines.yml, `fill` its braces; `extra` joins the JSON."""

    def __init__(
        self,
        kind: str,
        status: int,
        fill: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        self.status, self.headers = status, headers
        self.body = {
            "type": kind,
            "title": words("problems", kind, **(fill or {})),
            "status": status,
            **extra,
        }
        super().__init__(kind)

    def response(self) -> JSONResponse:
        return JSONResponse(self.body, self.status, self.headers, MEDIA_TYPE)


def add_problem_handlers(app: FastAPI) -> None:
    """Turn every exception a route may raise into a problem."""

    @app.exception_handler(Problem)
    async def told(request: Request, error: Problem) -> JSONResponse:
        return error.response()

    @app.exception_handler(NotFound)
    async def not_found(request: Request, error: NotFound) -> JSONResponse:
        return Problem("not-found", 404).response()

    @app.exception_handler(StaleVersion)
    async def stale(request: Request, error: StaleVersion) -> JSONResponse:
        return (await conflict(request, error)).response()

    @app.exception_handler(HandsFull)
    async def full(request: Request, error: HandsFull) -> JSONResponse:
        return Problem("hands-full", 409, {"capacity": error.capacity}).response()

    @app.exception_handler(IllegalStep)
    async def illegal(request: Request, error: IllegalStep) -> JSONResponse:
        return Problem("not-possible", 409, owner=error.owner.value).response()

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # Where and why, but never the value: it may be a password or a customer's words.
        errors = [{"loc": list(each["loc"]), "msg": each["msg"]} for each in error.errors()]
        return Problem("invalid-input", 422, errors=errors).response()

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        kind = _BY_STATUS.get(error.status_code, "bad-request")
        return Problem(kind, error.status_code, headers=error.headers).response()

    async def not_stored(request: Request, error: Exception) -> JSONResponse:
        complain(error)
        # Who only wanted to look has nothing that could be lost.
        line = "storage-unread" if request.method in ("GET", "HEAD") else "storage-down"
        title = words("problems", line)
        return Problem("storage-down", 503, headers={"Retry-After": "5"}, title=title).response()

    for trouble in TROUBLE:
        app.add_exception_handler(trouble, not_stored)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        return Problem("internal", 500).response()  # uvicorn logs the traceback


async def conflict(request: Request, error: StaleVersion) -> Problem:
    """409 that says who owns the conversation now."""
    conversation = error.conversation
    agent_name = await request.app.state.gateway.notices.agent_name(conversation)
    owner = conversation.owner.value
    facts = {
        "owner": owner,
        "agent": conversation.agent,
        "agent_name": agent_name,
        "version": conversation.version,
    }
    me = getattr(request.state, "agent", None)
    if me and agent_name and conversation.agent == me.username:
        return Problem("not-possible", 409, **facts)  # it is one's own, only seen in an older state
    return Problem("taken", 409, {"owner": words("owners", owner, agent=agent_name or "")}, **facts)
