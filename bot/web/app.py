"""The web application, put together."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI

from bot.desk.people.accounts import ensure_demo_accounts
from bot.desk.threads import in_slow_thread
from bot.settings import Settings
from bot.shop.records.loader import SHOP_ZONE
from bot.web import (
    chat,
    chat_orders,
    chat_socket,
    daily,
    demo,
    desk,
    desk_approvals,
    desk_duty,
    desk_orders,
    desk_phrases,
    desk_remedies,
    desk_replies,
    desk_search,
    desk_socket,
    desk_steps,
    health,
    login,
    managers,
    sessions,
)
from bot.web.gateway import Gateway, build_gateway
from bot.web.middleware import Gatekeeper
from bot.web.pages import add_pages
from bot.web.problems import add_problem_handlers
from bot.web.ticking import start_ticking
from bot.web.workbench import add_workbench, build_workbench
from bot.web.workbench_estimate import router as estimate
from bot.web.workbench_insights import router as insights
from bot.web.workbench_scripts import add_scripts


def _warm_up(gateway: Gateway) -> None:
    """What would make the first agent wait: one after another, so that a thread is left for logins."""
    gateway.palette.warm_up(datetime.now(SHOP_ZONE).date())
    gateway.suggestions.warm_up()


def create_app(settings: Settings, build: Callable[[Settings], Gateway] = build_gateway) -> FastAPI:
    """A gateway on `settings`; its parts are opened when the server starts and closed when it stops."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        gateway = await in_slow_thread(build, settings)
        app.state.gateway = gateway
        if settings.demo:
            await in_slow_thread(ensure_demo_accounts, gateway.desk.agents, settings.data_dir)
        opened = gateway.suggestions.opened
        app.state.workbench = await in_slow_thread(build_workbench, settings, gateway.desk, opened)
        background = [
            asyncio.create_task(gateway.recovery.run()),
            asyncio.create_task(in_slow_thread(_warm_up, gateway)),
        ]
        ticking = start_ticking(gateway.after_chat)
        yield
        ticking.shutdown(wait=False)
        for task in background:
            task.cancel()
        await asyncio.gather(*background, return_exceptions=True)
        app.state.workbench.runs.close()
        await gateway.close()

    app = FastAPI(
        title="Xiaoer",
        version="0.1.0",
        openapi_url="/api/openapi.json",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
    )
    add_problem_handlers(app)
    at_the_desk = (
        desk_duty,
        desk_approvals,
        desk_orders,
        desk,
        desk_steps,
        desk_replies,
        desk_phrases,
        desk_remedies,
        desk_search,
        daily,
        desk_socket,
    )
    for part in (health, login, sessions, chat, chat_orders, chat_socket, *at_the_desk, managers):
        app.include_router(part.router)
    if settings.demo:
        app.include_router(demo.router)
    add_workbench(app)
    add_scripts(app)
    app.include_router(insights)
    app.include_router(estimate)
    add_pages(app, settings)
    app.add_middleware(Gatekeeper)
    return app
