"""Reads `data/shop/` into one checked Shop; the only module of this package that does I/O."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from bot.files import DataError, Problem, line_of, read_yaml
from bot.shop.records.model import Customer, Need, Product, Shop, SizeChart
from bot.shop.records.offers import Persona, Promotion
from bot.shop.records.orders import Order
from bot.shop.records.policy import Policy
from bot.shop.records.record import Record
from bot.shop.records.references import Finding, check_references
from bot.shop.records.shipping_table import ShippingTable

SHOP_ZONE = ZoneInfo("Asia/Shanghai")
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class Source:
    """Where a record was read, so that a later check can name its line."""

    file: Path
    document: Any
    location: tuple[str | int, ...]


class _Reader:
    """Collects records, where they came from, and every problem on the way."""

    def __init__(self, folder: Path, now: datetime) -> None:
        self.folder = folder
        self.context = {"now": now}
        self.problems: list[Problem] = []
        self.sources: dict[tuple[str, str], Source] = {}

    def document(self, path: Path) -> Any:
        if not path.is_file():
            message = "missing: docs/shop-data.md shows what belongs in it"
            self.problems.append(Problem(path, 1, "file", message))
            return None
        try:
            return read_yaml(path)
        except DataError as error:
            self.problems.extend(error.problems)
            return None

    def one(self, name: str, model: type[R]) -> R | None:
        """The whole file as one record."""
        path = self.folder / name
        document = self.document(path)
        if document is None:
            return None
        self.sources[(name, "")] = Source(path, document, ())
        return self._check(model, document, self.sources[(name, "")])

    def many(self, paths: list[Path], key: str, model: type[R]) -> dict[str, R]:
        """The records of the top-level list `key`, by id."""
        found: dict[str, R] = {}
        for path in paths:
            for source, raw in self._items(path, key):
                record = self._check(model, raw, source)
                if record is None:
                    continue
                if record.id in found:
                    self._add(source, ("id",), f"{record.id} is used twice: give each its own id")
                found[record.id] = record
                self.sources[(key, record.id)] = source
        return found

    def _items(self, path: Path, key: str) -> Iterator[tuple[Source, Any]]:
        document = self.document(path)
        if document is None:
            return
        if not isinstance(document, dict) or set(document) != {key} or not isinstance(document[key], list):
            self.problems.append(Problem(path, 1, key, f"the file must be one list under `{key}:`"))
            return
        for index, raw in enumerate(document[key]):
            yield Source(path, document, (key, index)), raw

    def _check(self, model: type[R], raw: Any, source: Source) -> R | None:
        try:
            return model.model_validate(raw, context=self.context)
        except ValidationError as error:
            for detail in error.errors():
                location = tuple(step for step in detail["loc"] if step != "[key]")
                self._add(source, location, _explain(model, detail))
            return None

    def _add(self, source: Source, location: tuple[str | int, ...], message: str) -> None:
        self.problems.append(_problem(source, location, message))

    def report(self, finding: Finding) -> None:
        self.problems.append(self.locate(finding))

    def locate(self, finding: Finding) -> Problem:
        return _problem(self.sources[finding.record], finding.location, finding.message)


def _problem(source: Source, location: tuple[str | int, ...], message: str) -> Problem:
    place = source.location + location
    field = ".".join(str(step) for step in place) or "file"
    return Problem(source.file, line_of(source.document, place), field, message)


def _explain(model: type[Record], detail: Any) -> str:
    """A pydantic error in words that name the value and the cure."""
    field = str(detail["loc"][-1]) if detail["loc"] else ""
    kind, value = detail["type"], detail["input"]
    if kind == "extra_forbidden":
        known = _known_keys(model, detail["loc"][:-1])
        near = get_close_matches(field, known, n=1)
        cure = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(known)}"
        return f"unknown key `{field}`: {cure}"
    if kind == "missing":
        return f"missing: add `{field}:` (docs/shop-data.md shows what it means)"
    text = detail["msg"].removeprefix("Value error, ")
    return text if isinstance(value, dict | list) else f"{value!r}: {text}"


def _known_keys(model: type[Record], location: tuple[Any, ...]) -> list[str]:
    """Keys of the record at `location`, found by walking the schema's nested models."""
    schema = model.model_json_schema()
    here = schema
    for step in location:
        here = _resolve(schema, here)
        if isinstance(step, int):
            here = here.get("items", here)
        else:
            here = here.get("properties", {}).get(step) or here.get("additionalProperties") or {}
    return list(_resolve(schema, here).get("properties", {}))


def _resolve(schema: dict[str, Any], here: dict[str, Any]) -> dict[str, Any]:
    for choice in here.get("anyOf", ()):
        if "$ref" in choice:
            here = choice
    if "$ref" in here:
        here = schema["$defs"][here["$ref"].rsplit("/", 1)[1]]
    return here


def load_shop(folder: Path | str, now: datetime | None = None) -> Shop:
    """The shop in `folder`. Relative dates count from `now` (default: the present, shop's clock).

    Raises DataError with all problems at once: file, line, field, value and cure.
    """
    return read_shop(folder, now)[0]


def read_shop(folder: Path | str, now: datetime | None = None) -> tuple[Shop, Callable[[Finding], Problem]]:
    """`load_shop`, and with it where a finding about one of its records stands: file and line."""
    folder = Path(folder)
    now = now or datetime.now(SHOP_ZONE).replace(tzinfo=None)
    reader = _Reader(folder, now)
    paths = sorted((folder / "products").glob("*.yml"))
    if not paths:
        reader.problems.append(Problem(folder / "products", 1, "products", "no *.yml file in this folder"))
    products = reader.many(paths, "products", Product)
    charts = reader.many([folder / "size_charts.yml"], "size_charts", SizeChart)
    shipping = reader.one("shipping.yml", ShippingTable)
    policy = reader.one("policy.yml", Policy)
    promotions = reader.many([folder / "promotions.yml"], "promotions", Promotion)
    persona = reader.one("persona.yml", Persona)
    customers = reader.many([folder / "customers.yml"], "customers", Customer)
    orders = reader.many([folder / "orders.yml"], "orders", Order)
    optional = [path for path in [folder / "needs.yml"] if path.is_file()]
    needs = reader.many(optional, "needs", Need)
    if reader.problems or not (shipping and policy and persona):
        raise DataError(reader.problems)
    shop = Shop.model_construct(
        name=persona.shop,
        persona=persona,
        policy=policy,
        products=products,
        charts=charts,
        shipping=shipping,
        promotions=tuple(promotions.values()),
        customers=customers,
        orders=orders,
        needs=tuple(needs.values()),
    )
    for finding in check_references(shop, now, folder):
        reader.report(finding)
    if reader.problems:
        raise DataError(reader.problems)
    return shop, reader.locate
