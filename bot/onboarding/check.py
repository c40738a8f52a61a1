"""`xiaoer shop check`: a shop's folder and its FAQ, all problems at once, then warnings and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.faq.scripts import Entry, load_scripts
from bot.files import DataError, Problem
from bot.shop.importing.check import hints
from bot.shop.records.loader import SHOP_ZONE, read_shop
from bot.shop.records.model import Shop
from bot.shop.records.policy import CouponPurpose


@dataclass(frozen=True)
class Checked:
    """A folder without problems."""

    warnings: dict[str, tuple[Problem, ...]]
    """By topic, in the order they were found."""
    summary: tuple[str, ...]


def check_shop(folder: Path, faq_dir: Path, now: datetime | None = None) -> Checked:
    """Raises DataError with the problems of shop and FAQ together."""
    now = now or datetime.now(SHOP_ZONE).replace(tzinfo=None)
    problems: list[Problem] = []
    shop, entries = None, ()
    try:
        shop, locate = read_shop(folder, now)
    except DataError as error:
        problems += error.problems
    try:
        entries = load_scripts(faq_dir)
    except DataError as error:
        problems += error.problems
    if problems or shop is None:
        raise DataError(problems)
    warnings: dict[str, list[Problem]] = {}
    for hint in hints(shop, now.date()):
        warnings.setdefault(hint.topic, []).append(locate(hint.finding))
    if empty := list(_empty_placeholders(shop, faq_dir)):
        warnings["placeholder"] = empty
    return Checked({topic: tuple(each) for topic, each in warnings.items()}, _summary(shop, entries, faq_dir))


def _empty_placeholders(shop: Shop, faq_dir: Path) -> Iterator[Problem]:
    """Scripts that would tell a customer "0" because the policy has no such thing."""
    empty: dict[str, str] = {}
    if not any(coupon.purpose is CouponPurpose.NEW_CUSTOMER for coupon in shop.policy.coupons):
        empty["{coupon_new}"] = "policy.yml has no coupon of purpose new_customer"
    near = next((zone for zone in shop.shipping.zones if not zone.remote), None)
    if near and near.free_from is None:
        empty["{free_shipping_from}"] = f"the zone {near.name} in shipping.yml is never free"
    for path in sorted(faq_dir.glob("*.yml")) if empty else ():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            for name in (name for name in empty if name in line):
                message = f"{name} would be told as 0: {empty[name]}; reword the script or add it"
                yield Problem(path, number, "scripts", message)


def _summary(shop: Shop, entries: tuple[Entry, ...], faq_dir: Path) -> tuple[str, ...]:
    kinds = Counter(product.kind.value for product in shop.products.values())
    variants = [variant for product in shop.products.values() for variant in product.variants]
    sold_out = sum(variant.stock == 0 for variant in variants)
    phrasings = sum(len(entry.phrasings) for entry in entries)
    return (
        f"shop: {shop.name}, bot: {shop.persona.bot_name}",
        f"products: {len(shop.products)} ({', '.join(f'{kind} {n}' for kind, n in kinds.items())})",
        f"variants: {len(variants)}, {sold_out} sold out",
        f"size charts: {len(shop.charts)}, promotions: {len(shop.promotions)}, "
        f"coupons: {len(shop.policy.coupons)}",
        f"customers: {len(shop.customers)}, orders: {len(shop.orders)}",
        f"FAQ: {len(entries)} entries, {phrasings} phrasings ({faq_dir})",
    )
