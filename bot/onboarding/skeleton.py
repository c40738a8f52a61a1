"""`xiaoer shop new`: a commented folder with one product of each kind, ready to be started and changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.settings import ROOT

TEMPLATE = ROOT / "data" / "new-shop"


class FolderTaken(Exception):
    """There is something at the place where the new shop should go; nothing was written."""


def make_shop(folder: Path, name: str = "", faq_from: Path | None = None) -> None:
    """Copy the skeleton to `folder`, with the shop's name, and with `faq_from` a copy of those scripts as `faq/`.

    Raises FolderTaken when `folder` is a file or holds anything.
    """
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise FolderTaken(f"{folder}: is not empty and stays as it is: name a new folder")
    shutil.copytree(TEMPLATE, folder, dirs_exist_ok=True)
    if name:
        persona = folder / "persona.yml"
        text = persona.read_text(encoding="utf-8").replace("我的小店", name.replace("#", "＃"))
        persona.write_text(text, encoding="utf-8")
    if faq_from:
        shutil.copytree(faq_from, folder / "faq")
