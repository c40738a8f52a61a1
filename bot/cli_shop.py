"""`xiaoer shop …`: a shop of one's own, from an empty folder to a checked one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from bot.cli_output import fail, tell, warn
from bot.files import DataError
from bot.settings import faq_of, get_settings

shop = typer.Typer(no_args_is_help=True, help="Bring your own shop: new, check, import.")
SHOWN = 5
"""Warnings of one topic that are told without --all."""


@shop.command("check")
def check(
    folder: Annotated[Path | None, typer.Argument(help="default: the shop in use (XIAOER_SHOP_DIR)")] = None,
    all_: Annotated[bool, typer.Option("--all", help="every warning, not five of each sort")] = False,
) -> None:
    """Check a shop's folder and its FAQ: every problem with file, line, value and cure; then warnings."""
    from bot.onboarding.check import check_shop

    folder = folder or get_settings().shop_dir
    if not folder.is_dir():
        fail(f"{folder}: no such folder: make one with `xiaoer shop new {folder}`")
    try:
        checked = check_shop(folder, faq_of(folder) or get_settings().faq_dir)
    except DataError as error:
        fail(f"{error}\n{len(error.problems)} problem(s): mend them and check again")
    for problems in checked.warnings.values():
        shown = problems if all_ else problems[:SHOWN]
        warn("\n".join(str(problem) for problem in shown))
        if rest := len(problems) - len(shown):
            warn(f"… and {rest} more like the last (--all shows them)")
    for line in checked.summary:
        tell(f"  {line}")
    count = sum(len(problems) for problems in checked.warnings.values())
    tell(f"✓ {folder} is in order" + (f", {count} warning(s)" if count else ""))


@shop.command("import")
def import_(
    file: Annotated[
        Path, typer.Argument(help="a catalogue: .csv (UTF-8 or GBK) or .xlsx, one row a variant")
    ],
    into: Annotated[Path | None, typer.Option("--into", help="default: the shop in use")] = None,
    write: Annotated[bool, typer.Option("--write/--dry-run", help="without it nothing is written")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="price, lowest price and stock of goods already there too")
    ] = False,
) -> None:
    """Take goods from a spreadsheet into a shop's folder; tells what it read, made, skipped and assumed."""
    from bot.onboarding.importing import ImportRefused, import_sheet
    from bot.onboarding.report import report

    folder = into or get_settings().shop_dir
    if not (folder / "products").is_dir():
        fail(f"{folder}: is no shop's folder: make one with `xiaoer shop new {folder}`")
    try:
        done = import_sheet(file, folder, replace, write)
    except (ImportRefused, DataError) as error:
        fail(f"{error}\nnothing was written")
    for line in report(done):
        (warn if line.is_warning else tell)(line.text)


@shop.command("backoffice")
def backoffice(
    customer: Annotated[str, typer.Option(help="id of a customer whose orders are read as a try")] = "",
) -> None:
    """Tell the secret that signs requests to the shop's own system, and try to read from it."""
    from bot.desk.back_office.backoffice_client import secret_of
    from bot.desk.back_office.sources import back_office
    from bot.shop.records.loader import load_shop
    from bot.shop.records.ports import Unavailable

    settings = get_settings()
    print(secret_of(settings))
    office = back_office(settings)
    if office is None:
        fail("XIAOER_BACKOFFICE_URL is not set: docs/integration.md says what has to answer there")
    try:
        skus = [v.sku for product in load_shop(settings.shop_dir).products.values() for v in product.variants]
        known = office.stock.levels(skus)
        tell(f"✓ stock: {len(known)} of {len(skus)} SKUs are known there")
        if customer:
            found = office.customers.get(customer)
            tell(f"✓ customer {customer}: " + (f"level {found.level}" if found else "not known there"))
            tell(f"✓ orders of {customer}: {len(office.orders.list_for(customer))}")
    except (Unavailable, DataError) as error:
        fail(str(error))


@shop.command("new")
def new(
    folder: Annotated[Path, typer.Argument(help="a folder that is empty or not there yet")],
    name: Annotated[str, typer.Option(help="the shop's name as customers see it")] = "",
    with_faq: Annotated[bool, typer.Option("--with-faq", help="copy the FAQ too, to reword it")] = False,
) -> None:
    """Make a shop's folder: commented files, one product of each kind, no demo data."""
    from bot.onboarding.skeleton import FolderTaken, make_shop

    try:
        make_shop(folder, name, get_settings().faq_dir if with_faq else None)
    except FolderTaken as error:
        fail(str(error))
    check(folder)
    tell("next:")
    tell("  1. edit persona.yml, policy.yml and shipping.yml (explained in Chinese inside)")
    tell(f"  2. xiaoer shop import GOODS.xlsx --into {folder}, then delete products/samples.yml")
    tell(f"  3. put into .env: XIAOER_SHOP_DIR={folder.resolve()}")
    tell("     and a data folder of its own: XIAOER_DATA_DIR=var/my-shop; then `make run`")
