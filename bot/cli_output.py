"""How commands speak: results on standard output, everything else on standard error."""

from __future__ import annotations

import json
from typing import NoReturn

import typer
from rich.console import Console

console = Console(stderr=True)


def fail(message: str) -> NoReturn:
    """End with one clear line (or one a problem) and exit status 1."""
    for line in message.splitlines():
        console.print("✗ " + line, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)


def warn(message: str) -> None:
    for line in message.splitlines():
        console.print("! " + line, style="yellow", markup=False, highlight=False, soft_wrap=True)


def tell(message: str) -> None:
    console.print(message, markup=False, highlight=False, soft_wrap=True)


def print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))
