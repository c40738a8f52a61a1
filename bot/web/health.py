"""Whether the installation works, part by part."""

from __future__ import annotations

import asyncio
import logging

import sqlalchemy as sa
from fastapi import APIRouter, Response
from sqlalchemy.exc import SQLAlchemyError

from bot.desk.database import reading
from bot.desk.threads import in_thread
from bot.web.gateway import Gateway, GatewayOf

log = logging.getLogger(__name__)
router = APIRouter(prefix="/api/health", tags=["health"])


@router.get("")
async def health(gateway: GatewayOf, response: Response) -> dict[str, str]:
    """200 only when database, dialogue and actions all answer; else 503. Each part is `ok` or `down`."""
    database, dialogue, actions = await asyncio.gather(
        in_thread(_is_database_up, gateway), gateway.dialogue.is_up(), gateway.are_actions_up()
    )
    parts = {"database": database, "dialogue": dialogue, "actions": actions}
    is_ok = all(parts.values())
    response.status_code = 200 if is_ok else 503
    return {"status": "ok" if is_ok else "down"} | {n: "ok" if up else "down" for n, up in parts.items()}


@router.get("/web")
async def web() -> dict[str, str]:
    """This process alone."""
    return {"status": "ok"}


def _is_database_up(gateway: Gateway) -> bool:
    try:
        with reading(gateway.desk.engine) as connection:
            return connection.execute(sa.select(1)).scalar_one() == 1
    except SQLAlchemyError as error:
        log.warning("database: %s", error)
        return False
