"""Writes an import into a shop's product files: comments and edits stay, all of it or nothing."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from bot.files import DataError, Problem, read_for_rewriting, write_all
from bot.shop.importing.import_plan import Change, ImportPlan
from bot.shop.importing.importing import LISTS, Draft
from bot.shop.records.loader import load_shop

NEW_GOODS = "imported.yml"
_HEADER = "# 由 xiaoer shop import 导入，可以直接改；再次导入不会覆盖改过的文字。带“待核对”的请看一眼。\n"


def write(plan: ImportPlan, folder: Path, now: datetime | None = None, dry: bool = False) -> tuple[Path, ...]:
    """Write the plan into `folder`/products; returns the files that change. `dry`: all but the writing.

    The whole shop is checked first as it would become. Raises DataError where it would not load; nothing is written.
    """
    fresh = _documents(plan, folder)
    _check(folder, fresh, now)
    if not dry:
        write_all(fresh)
    return tuple(fresh)


def _check(folder: Path, fresh: dict[Path, str], now: datetime | None) -> None:
    """Load a copy of the shop with the new texts in it."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(
            shutil.copytree(folder, Path(place) / "shop", ignore=shutil.ignore_patterns("faq", "var"))
        )
        for path, text in fresh.items():
            (copy / path.relative_to(folder)).write_text(text, encoding="utf-8")
        try:
            load_shop(copy, now)
        except DataError as error:
            here = [
                Problem(folder / p.file.relative_to(copy), p.line, p.field, p.message) for p in error.problems
            ]
            raise DataError(here) from error


def _documents(plan: ImportPlan, folder: Path) -> dict[Path, str]:
    """Path → new text, of the files that change."""
    documents = {path: read_for_rewriting(path) for path in sorted((folder / "products").glob("*.yml"))}
    changed: dict[Path, Any] = {}
    for change in plan.changes:
        path, product = _find(documents, change.product_id)
        _apply(product, change)
        changed[path] = documents[path]
    if plan.new:
        path = folder / "products" / NEW_GOODS
        document = documents.get(path) or CommentedMap(products=CommentedSeq())
        for draft in plan.new:
            document["products"].append(_product(draft))
            if (last := len(document["products"]) - 1) > 0:
                document["products"].yaml_set_comment_before_after_key(last, before="\n")
        changed[path] = document
    return {path: _dump(document, is_new=path not in documents) for path, document in changed.items()}


def _find(documents: dict[Path, Any], product_id: str) -> tuple[Path, Any]:
    return next(
        (path, product)
        for path, document in documents.items()
        for product in document["products"]
        if str(product["id"]) == product_id
    )


def _apply(product: Any, change: Change) -> None:
    if change.field == "stock":
        next(v for v in product["variants"] if str(v["sku"]) == change.sku)["stock"] = change.new
    elif change.field == "variants":
        product["variants"].append(_flow(change.new))
    elif change.field == "attributes":
        name, value = change.new
        product.setdefault("attributes", _flow({}))[name] = value
    elif change.field in LISTS:
        product[change.field] = _flow_list(change.new)
    else:
        product[change.field] = _number(change.new)


def _product(draft: Draft) -> CommentedMap:
    """In the order of docs/shop-data.md; what was assumed carries a comment."""
    product = CommentedMap(id=draft.id, name=draft.name)
    if draft.lists.get("nicknames"):
        product["nicknames"] = _flow_list(draft.lists["nicknames"])
    product.update(category=draft.category, audience=draft.audience, kind=draft.kind)
    product.update(price=_number(draft.price), floor_price=_number(draft.floor_price))
    product["variants"] = CommentedSeq([_flow(each) for each in draft.variants])
    if draft.attributes:
        product["attributes"] = _flow(draft.attributes)
    for name in LISTS:
        if name != "nicknames" and draft.lists.get(name):
            product[name] = _flow_list(draft.lists[name])
    product["weight_kg"] = _number(draft.weight_kg)
    for field, key in {"stock": "variants", "size_chart": "variants"}.items():
        if field in draft.assumed:
            product.yaml_add_eol_comment(f"待核对：{field}", key)
    for field in draft.assumed:
        if field in product:
            product.yaml_add_eol_comment("待核对", field)
    return product


def _flow(values: Any) -> CommentedMap:
    mapping = CommentedMap(values)
    mapping.fa.set_flow_style()
    return mapping


def _flow_list(values: Iterable[str]) -> CommentedSeq:
    sequence = CommentedSeq(values)
    sequence.fa.set_flow_style()
    return sequence


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral() else float(value)


def _dump(document: Any, is_new: bool) -> str:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump(document, stream)
    return (_HEADER if is_new else "") + stream.getvalue()
