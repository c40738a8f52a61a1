"""A shop's own system as docs/integration.md asks for it: a small real server, in every mood a server can be in."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from bot.desk.back_office.backoffice_client import is_signed
from bot.shop.records.model import Customer, Shop
from bot.shop.records.orders import Order, OrderState

SECRET = "only-for-tests"
MOVED_ON = (OrderState.SHIPPED, OrderState.DELIVERED, OrderState.COMPLETED)


@dataclass
class BackOffice:
    """Its data and its mood; `calls` are the requests that came, `refused` those that nobody had signed."""

    orders: dict[str, Order] = field(default_factory=dict)
    customers: dict[str, Customer] = field(default_factory=dict)
    stock: dict[str, int] = field(default_factory=dict)
    mood: str = "well"
    moods: list[str] = field(default_factory=list)
    """Of the next requests, one each; then `mood` again."""
    calls: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refused: int = 0
    url: str = ""

    def fill(self, shop: Shop) -> None:
        self.orders, self.customers = dict(shop.orders), dict(shop.customers)
        self.stock = {v.sku: v.stock for p in shop.products.values() for v in p.variants}

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, Any]:
        """Status and body of a request in its right mind."""
        path, query = urlsplit(target).path, parse_qs(urlsplit(target).query)
        match [unquote(part) for part in path.strip("/").split("/")]:
            case ["shop", "stock"]:
                wanted = query["skus"][0].split(",")
                return 200, {"stock": {sku: self.stock[sku] for sku in wanted if sku in self.stock}}
            case ["shop", "orders"]:
                found = [o for o in self.orders.values() if o.state.value == query["state"][0]]
                since = query["placed_after"][0]
                return 200, {"orders": [_shown(o) for o in found if o.placed_at.isoformat() > since]}
            case ["shop", "customers", customer_id]:
                known = self.customers.get(customer_id)
                return (200, {"customer": known.model_dump(mode="json")}) if known else (404, {})
            case ["shop", "customers", customer_id, "orders"]:
                own = [o for o in self.orders.values() if o.customer_id == customer_id]
                return 200, {"orders": [_shown(o) for o in own]}
            case ["shop", "customers", customer_id, "orders", order_id]:
                order = self.orders.get(order_id)
                if order is None or order.customer_id != customer_id:
                    return 404, {}
                return (200, {"order": _shown(order)}) if method == "GET" else self._change(order, body)
        return 404, {}

    def _change(self, order: Order, body: bytes) -> tuple[int, Any]:
        wanted = json.loads(body)
        if order.state in MOVED_ON:
            return 409, {"error": "shipped"}
        self.orders[order.id] = Order.model_validate(wanted["order"])
        self.notes.append(wanted["note"])
        return 200, {"ok": True}


def _shown(order: Order) -> dict[str, Any]:
    """With a field we know nothing of, and a moment in another zone: other systems write as they please."""
    body = order.model_dump(mode="json")
    return {**body, "warehouse": "B2", "placed_at": f"{order.placed_at.isoformat()}+08:00"}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    office: BackOffice

    def do_GET(self) -> None:
        office = self.office
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        office.calls.append((self.command, self.path))
        headers = {name.lower(): value for name, value in self.headers.items()}
        if not is_signed(SECRET, self.command, self.path, headers, body):
            office.refused += 1
            self._send(401, {"error": "signature"})
            return
        mood = office.moods.pop(0) if office.moods else office.mood
        match mood:
            case "slow":
                time.sleep(2.0)
                self._send(*office.answer(self.command, self.path, body))
            case "dripping":
                self._drip()
            case "broken":
                self._send(500, {"error": "database"})
            case "garbage":
                self._raw(200, b"<html>login</html>")
            case "another shape":
                self._send(200, {"orders": "none", "order": {"id": "1"}, "stock": [1], "customer": {}})
            case "not an object":
                self._send(200, [1, 2])
            case "gone":
                self._send(404, {})
            case "moved":
                self._raw(302, b"", {"Location": "/login"})
            case "cut":
                self.close_connection = True
            case _:
                self._send(*office.answer(self.command, self.path, body))

    do_PUT = do_GET

    def _send(self, status: int, body: Any) -> None:
        self._raw(status, json.dumps(body).encode())

    def _raw(self, status: int, data: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _drip(self) -> None:
        """A byte now and then: no single wait is long, all together are."""
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(20):
                self.wfile.write(b" ")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Quiet."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """A client that has hung up is what some moods are about."""


def start(office: BackOffice) -> ThreadingHTTPServer:
    """Serve on a free port of this machine until `shutdown`."""
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"office": office}))
    office.url = f"http://127.0.0.1:{server.server_address[1]}/shop"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
