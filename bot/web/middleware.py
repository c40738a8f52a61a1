"""What holds for every request: security headers, size limits, the Origin check, CORS for the widget."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.problems import Problem

JSON_LIMIT = 64 * 1024
IMAGE_LIMIT = 8 * 1024 * 1024
"""Bytes of a request's body; photos of phones are 2–6 MB."""
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        # The component kit and ECharts place things with style attributes; scripts stay strict.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_OPEN_TO_OTHER_SITES = ("/api/chat/", "/api/attachments/", "/xiaoer-chat.js", "/shop-images/")
"""What the embedded widget needs on a shop's own page. Nothing here looks at cookies."""
_SAFE = {"GET", "HEAD", "OPTIONS"}


class Gatekeeper:
    """Pure ASGI, so that it neither buffers bodies nor cancels a turn when a customer goes away."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        headers, path = Headers(scope=scope), scope["path"]
        is_open = path.startswith(_OPEN_TO_OTHER_SITES)
        if scope["type"] == "websocket":
            if not is_open and is_foreign(headers):
                return await send({"type": "websocket.close", "code": 4403, "reason": "wrong origin"})
            return await self._app(scope, receive, send)
        send = _with_headers(send, path, is_open)
        if is_open and scope["method"] == "OPTIONS":
            return await _preflight(send)
        if not is_open and scope["method"] not in _SAFE and is_foreign(headers):
            return await Problem("wrong-origin", 403).response()(scope, receive, send)
        limit = IMAGE_LIMIT if path.endswith("/attachments") else JSON_LIMIT
        if _told_length(headers) > limit:
            return await Problem("too-large", 413, limit=limit).response()(scope, receive, send)
        body = _Counted(receive, limit)

        async def unless_too_large(message: Message) -> None:
            if not body.is_too_large:
                await send(message)

        await self._app(scope, body, unless_too_large)
        if body.is_too_large:
            await Problem("too-large", 413, limit=limit).response()(scope, receive, send)


def is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another site sent this. Programs without an Origin are not browsers."""
    origin = headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc != headers.get("host")
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _told_length(headers: Headers) -> int:
    length = headers.get("content-length", "0")
    return int(length) if length.isdigit() else 0


class _Counted:
    """Stops a body that is longer than it said, or did not say."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive, self._left = receive, limit
        self.is_too_large = False

    async def __call__(self) -> Message:
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            self.is_too_large = True
            raise Problem("too-large", 413)
        return message


def _with_headers(send: Send, path: str, is_open: bool) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            if is_open:
                headers["Access-Control-Allow-Origin"] = "*"
                headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            if path.startswith("/api/"):
                headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return sending


async def _preflight(send: Send) -> None:
    headers = [
        (b"access-control-allow-methods", b"GET, POST"),
        (b"access-control-allow-headers", b"authorization, content-type"),
        (b"access-control-max-age", b"86400"),
    ]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body"})
