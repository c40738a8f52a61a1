"""`xiaoer shop import`: one spreadsheet into one shop's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.onboarding.catalogue_files import write
from bot.onboarding.sheets import SheetError, read_headings, read_rows
from bot.shop.importing.import_columns import NotACatalogue
from bot.shop.importing.import_plan import ImportPlan, plan
from bot.shop.importing.importing import Sheet, read_sheet
from bot.shop.records.loader import load_shop


class ImportRefused(Exception):
    """The file is no catalogue; carries the cure."""


@dataclass(frozen=True)
class Imported:
    rows: int
    sheet: Sheet
    plan: ImportPlan
    written: tuple[Path, ...]
    is_dry: bool


def import_sheet(file: Path, folder: Path, replace: bool, is_wanted: bool) -> Imported:
    """Read, plan, and write where `is_wanted`. Raises ImportRefused, or DataError where the shop would not load."""
    headings = read_headings()
    try:
        names, rows = read_rows(file, headings)
        sheet = read_sheet(headings, names, rows)
    except (SheetError, NotACatalogue) as error:
        raise ImportRefused(f"{file}: {error}".replace(f"{file}: {file}", str(file))) from error
    planned = plan(sheet, load_shop(folder).products, replace)
    written = write(planned, folder, dry=not is_wanted)
    return Imported(len(rows), sheet, planned, written, not is_wanted)
