"""Calls to the shop's own system: signed, with short time limits, reads tried twice, and a pause after failures."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

import httpx

from bot.settings import Settings
from bot.shop.records.ports import ChangeRefused, ChangeUnsure, Unavailable

log = logging.getLogger(__name__)
TIME_HEADER, SIGNATURE_HEADER = "X-Xiaoer-Time", "X-Xiaoer-Signature"
VALID_SECONDS = 300
"""A signed request older than this is refused by `is_signed`."""
READ_TRIES = 2
MAX_BYTES = 2_000_000
"""A longer answer is not one of ours."""
_REFUSALS = (400, 403, 409, 412, 422)


def sign(secret: str, method: str, target: str, moment: str, body: bytes) -> str:
    """Hex HMAC-SHA256 over method, path with query, Unix time and the body's SHA-256, one a line."""
    text = "\n".join((method.upper(), target, moment, hashlib.sha256(body).hexdigest()))
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def is_signed(
    secret: str, method: str, target: str, headers: Mapping[str, str], body: bytes, now: float | None = None
) -> bool:
    """What the shop's system checks of every request (docs/integration.md); `headers` by lower-case name."""
    moment, given = headers.get(TIME_HEADER.lower(), ""), headers.get(SIGNATURE_HEADER.lower(), "")
    if not moment.isdigit() or abs((now or time.time()) - int(moment)) > VALID_SECONDS:
        return False
    return hmac.compare_digest(sign(secret, method, target, moment, body).encode(), given.encode())


def secret_of(settings: Settings) -> str:
    """The secret both sides know: set by XIAOER_BACKOFFICE_SECRET, else this installation's own."""
    own = hmac.new(settings.secrets["secret_key"].encode(), b"xiaoer-backoffice", hashlib.sha256)
    return settings.backoffice_secret or own.hexdigest()


class Breaker:
    """After some failures in a row nobody waits for the other side: it is left alone, then tried by one call."""

    def __init__(
        self, failures: int = 3, pause_seconds: float = 10, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most, self._pause, self._clock = failures, pause_seconds, clock
        self._failed, self._retry_at = 0, 0.0
        self._lock = threading.Lock()

    def admit(self) -> bool:
        """Whether a call may be made now; while it is open, one a pause."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() < self._retry_at:
                return False
            self._retry_at = self._clock() + self._pause
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed = 0

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            self._retry_at = self._clock() + self._pause


class BackOfficeClient:
    """JSON over HTTP. `get` raises Unavailable; `put` raises ChangeRefused, ChangeUnsure or Unavailable."""

    def __init__(self, url: str, secret: str, timeout: float, breaker: Breaker | None = None) -> None:
        self._base = httpx.URL(url.rstrip("/"))
        self._secret, self._timeout = secret, timeout
        self._breaker = breaker or Breaker()
        self._http = httpx.Client(timeout=timeout, trust_env=False, follow_redirects=False)

    def get(self, path: str, query: Mapping[str, str] | None = None) -> dict[str, Any] | None:
        """The answer's object; None for 404."""
        last: Exception | None = None
        for _ in range(READ_TRIES):
            if not self._breaker.admit():
                raise Unavailable(f"{path}: the back office is left alone for a moment") from last
            try:
                return self._once("GET", path, query=query)
            except Unavailable as error:
                last = error
        log.warning("back office: %s", last)
        raise Unavailable(str(last)) from last

    def put(self, path: str, body: Mapping[str, Any]) -> dict[str, Any] | None:
        """Once only: nobody knows what a change that got no answer has done."""
        if not self._breaker.admit():
            raise Unavailable(f"{path}: the back office is left alone for a moment")
        try:
            return self._once("PUT", path, body)
        except Unavailable as error:
            log.warning("back office, change: %s", error)
            cause = error.__cause__
            if isinstance(cause, httpx.ConnectError | httpx.ConnectTimeout):
                raise  # it never got there
            raise ChangeUnsure(str(error)) from error

    def close(self) -> None:
        self._http.close()

    def _once(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> dict[str, Any] | None:
        content = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        request = self._http.build_request(method, f"{self._base}{path}", content=content, params=query)
        moment = str(int(time.time()))
        request.headers[TIME_HEADER] = moment
        target = request.url.raw_path.decode()
        request.headers[SIGNATURE_HEADER] = sign(self._secret, method, target, moment, content)
        request.headers["X-Request-Id"] = uuid4().hex
        if body is not None:
            request.headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            status, text = self._exchange(request)
            if status in _REFUSALS and method != "GET":
                self._breaker.succeeded()
                raise ChangeRefused(f"{path}: status {status}")
            if status not in (200, 404):
                raise ValueError(f"status {status}")
            answer = None if status == 404 else json.loads(text)
            if answer is not None and not isinstance(answer, dict):
                raise ValueError("the answer is no object")
        except (httpx.HTTPError, ValueError, TimeoutError) as error:
            self._breaker.failed()
            raise Unavailable(f"{method} {path}: {type(error).__name__} {error}") from error
        self._breaker.succeeded()
        return answer

    def _exchange(self, request: httpx.Request) -> tuple[int, bytes]:
        """Status and body. The time limit holds for the whole exchange: httpx's own starts anew with every byte."""
        deadline = time.monotonic() + self._timeout
        response = self._http.send(request, stream=True)
        try:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > MAX_BYTES:
                    raise ValueError("the answer is too long")
                if time.monotonic() > deadline:
                    raise TimeoutError("the answer took too long")
            return response.status_code, bytes(body)
        finally:
            response.close()
