"""The action server: `python -m actions`. Loopback only, for Rasa only, everything loaded before it answers."""

from __future__ import annotations

import hmac
import importlib
import logging
import pkgutil
from collections.abc import Callable

from rasa_sdk.endpoint import create_app
from rasa_sdk.executor import ActionExecutor
from sanic import Sanic
from sanic.handlers import ErrorHandler
from sanic.request import Request
from sanic.response import HTTPResponse, json

import actions
from actions.common import shop_floor
from bot.settings import get_settings

logger = logging.getLogger("actions")


def executor() -> ActionExecutor:
    """All actions of this package, registered once."""
    for module in pkgutil.walk_packages(actions.__path__, "actions."):
        if module.name != "actions.__main__":
            importlib.import_module(module.name)
    found = ActionExecutor()
    found._register_all_actions()
    return found


def application(secret: str) -> Sanic:
    """rasa-sdk's server with an error handler that gives away neither the transcript nor the exception's text, and
    that acts for nobody but who knows `secret`."""
    app = create_app(executor(), cors_origins=None)
    app.error_handler = SilentErrors()
    app.register_middleware(stranger_guard(secret), "request")
    return app


def stranger_guard(secret: str) -> Callable[[Request], HTTPResponse | None]:
    """Everything but the health check needs the bearer (endpoints.yml): it gives coupons and changes orders."""
    expected = f"Bearer {secret}".encode()

    def refuse_strangers(request: Request) -> HTTPResponse | None:
        told = request.headers.get("authorization", "").encode()
        if request.path == "/health" or hmac.compare_digest(told, expected):
            return None
        return json({"error": "Unauthorized"}, status=401)

    return refuse_strangers


class SilentErrors(ErrorHandler):
    """Replaces rasa-sdk's handler, which sends the whole conversation back in its 500 page."""

    def default(self, request: Request, exception: Exception) -> HTTPResponse:
        status = getattr(exception, "status_code", 500)
        if status >= 500:
            logger.error("%s failed", request.path, exc_info=exception)
        return json({"error": type(exception).__name__}, status=status)


def main() -> None:
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    shop_floor.warm_up()
    settings = get_settings()
    application(settings.secrets["channel_token"]).run(
        host="127.0.0.1", port=settings.actions_port, single_process=True, access_log=False
    )


if __name__ == "__main__":
    main()
