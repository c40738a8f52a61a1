"""Whether the installation works, part by part."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response

from bot.web.gateway import GatewayOf

router = APIRouter(prefix="/api/health", tags=["health"])


@router.get("")
async def health(gateway: GatewayOf, response: Response) -> dict[str, str]:
    """200 only when all parts work; else 503. Each is `ok` or `down`: a database that takes no write is down."""
    database, dialogue, actions = await asyncio.gather(
        gateway.pulse.beats(), gateway.dialogue.is_up(), gateway.are_actions_up()
    )
    parts = {"database": database, "dialogue": dialogue, "actions": actions}
    is_ok = all(parts.values())
    response.status_code = 200 if is_ok else 503
    return {"status": "ok" if is_ok else "down"} | {n: "ok" if up else "down" for n, up in parts.items()}


@router.get("/web")
async def web() -> dict[str, str]:
    """This process alone."""
    return {"status": "ok"}
