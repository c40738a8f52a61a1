"""What an import did or would do, in lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.onboarding.importing import Imported
from bot.shop.importing.import_plan import Change

NAMES = 6
"""Names told of each group; the files have them all."""


@dataclass(frozen=True)
class Line:
    text: str
    is_warning: bool = False


def report(done: Imported) -> Iterator[Line]:
    """Rows read, columns used, products made and changed, what was skipped and why, what is left to do by hand."""
    plan, columns = done.plan, done.sheet.columns
    yield Line(f"rows read: {done.rows}, skipped: {len(done.sheet.skipped)}")
    yield Line("columns: " + ", ".join(f"{heading} → {what}" for what, heading in columns.known.items()))
    if columns.facts:
        yield Line(f"facts: {', '.join(columns.facts.values())}")
    if columns.unused:
        told = "、".join(columns.unused)
        yield Line(f"columns not used: {told} (call one 属性:… to keep it as a fact)", True)
    variants = sum(len(draft.variants) for draft in plan.new)
    yield Line(f"new products: {len(plan.new)} with {variants} variants{_names([d.name for d in plan.new])}")
    yield from _existing(done)
    for skipped in done.sheet.skipped:
        yield Line(f"row {skipped.row} skipped: {skipped.reason}", True)
    yield from _by_hand(done)
    if done.is_dry:
        yield Line("nothing was written: this was a dry run, --write does it")
    else:
        files = ", ".join(map(str, done.written)) or "no file: there was nothing to change"
        yield Line(f"✓ written: {files}")


def _names(names: list[str]) -> str:
    more = f" … and {len(names) - NAMES} more" if len(names) > NAMES else ""
    return f": {'、'.join(names[:NAMES])}{more}" if names else ""


def _existing(done: Imported) -> Iterator[Line]:
    plan = done.plan
    if plan.same:
        yield Line(f"already there and the same: {plan.same}")
    for change in plan.changes:
        yield Line(f"  {_told(change)}")
    for change in plan.kept:
        yield Line(f"kept: {_told(change)} (--replace takes the sheet's)", True)
    for product, sku in plan.unlisted:
        yield Line(f"{product}: {sku} is not in the sheet and stays", True)


def _told(change: Change) -> str:
    at = f"{change.product_id} {change.sku}".strip()
    if change.old is None:
        return f"{at}: {change.field} filled in" if change.field != "variants" else f"{at}: new variant"
    return f"{at}: {change.field} {change.old} → {change.new}"


def _by_hand(done: Imported) -> Iterator[Line]:
    """Grouped by field and reason: what the sheet did not say."""
    groups: dict[tuple[str, str], list[str]] = {}
    for draft in done.plan.new:
        for field, why in draft.assumed.items():
            groups.setdefault((field, why), []).append(draft.name)
    for (field, why), names in groups.items():
        yield Line(f"by hand: {field}: {why} ({len(names)}){_names(names)}", True)
