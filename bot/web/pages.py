"""The built pages, the widget's script, product pictures and customers' pictures."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.types import Scope

from bot.desk.threads import in_thread
from bot.settings import Settings
from bot.web.gateway import GatewayOf
from bot.web.packed import PackedFiles
from bot.web.problems import Problem

STATIC = Path(__file__).resolve().parent / "static"
_STOREFRONT = ("/", "/product/{rest:path}", "/orders")
_APPS = {name: (f"/{name}", f"/{name}/{{rest:path}}") for name in ("desk", "workbench", "managers")}
router = APIRouter(include_in_schema=False)


class _Lasting(PackedFiles):
    """Built assets carry a hash in their names and never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


@router.get("/api/attachments/{identifier}")
async def attachment(identifier: str, gateway: GatewayOf) -> Response:
    """A picture somebody sent. Its id cannot be guessed; only the conversation's pages carry it."""
    media_type, body = await in_thread(gateway.desk.records.attachment, identifier)
    headers = {"Cache-Control": "private, max-age=86400, immutable", "Content-Disposition": "inline"}
    return Response(body, media_type=media_type, headers=headers)


def add_pages(app: FastAPI, settings: Settings) -> None:
    """The storefront only with `settings.demo`; desk and workbench always."""
    pages = {"index": _STOREFRONT if settings.demo else (), **_APPS}
    for name, paths in pages.items():
        for path in paths:
            app.add_api_route(path, _page(name), include_in_schema=False)
    app.include_router(router)
    app.mount("/assets", _Lasting(directory=STATIC / "assets", check_dir=False))
    app.mount("/shop-images", PackedFiles(directory=settings.shop_dir / "images", check_dir=False))
    app.add_api_route("/{name}", _top_level, include_in_schema=False)


def _page(name: str):  # noqa: ANN202 - FastAPI reads the route's own annotations
    async def page(request: Request) -> Response:
        return await _file(f"{name}.html", request)

    return page


async def _top_level(name: str, request: Request) -> Response:
    """Files beside the pages: the widget's script, icons."""
    if not name.startswith(".") and name in {path.name for path in STATIC.glob("*.*")}:
        return await _file(name, request)
    raise Problem("not-found", 404)


async def _file(name: str, request: Request) -> Response:
    """May have changed since, so it is asked for each time, and sent again only if it has."""
    if not (STATIC / name).is_file():
        raise Problem("not-built", 503)
    response = await PackedFiles(directory=STATIC).get_response(name, request.scope)
    response.headers["Cache-Control"] = "no-cache"
    return response
