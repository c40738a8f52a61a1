"""YAML files that people edit: read with line numbers, all problems told at once."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from yaml import YAMLError

from bot.yaml_lines import LinedDict, LinedList, parse


@dataclass(frozen=True)
class Problem:
    """One thing a person has to mend in a data file."""

    file: Path
    line: int
    """Counted from 1."""
    field: str
    message: str
    """What is wrong with which value, and the cure."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.field}: {self.message}"


class DataError(Exception):
    """All problems found in the data files, one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_yaml(path: Path) -> Any:
    """The document in `path`, its containers knowing their lines (see `line_of`).

    Raises DataError naming file and line when the text is not YAML.
    """
    try:
        return parse(path.read_text(encoding="utf-8"))
    except (YAMLError, RecursionError, ValueError):
        return read_for_rewriting(path)  # tells what is wrong, or knows better


def read_for_rewriting(path: Path) -> Any:
    """The document in `path` in ruamel's containers, which are written back as they looked. Ten times as slow.

    Raises DataError as `read_yaml` does.
    """
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    try:
        return yaml.load(path.read_text(encoding="utf-8"))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        message = f"{error.problem or error.context}: check indentation, quotes and colons on this line"
        raise DataError([Problem(path, line, "yaml", message)]) from error
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the file as UTF-8"
        raise DataError([Problem(path, 1, "encoding", message)]) from error


def line_of(document: Any, location: Iterable[str | int] = ()) -> int:
    """Line (from 1) of the value at `location`, a path of keys and indexes such as a pydantic error's `loc`.

    Falls back to the nearest container that knows its line.
    """
    line = 1
    here = document
    for step in location:
        if not isinstance(here, LinedDict | LinedList):
            break
        try:
            line = here.lines[step]
            here = here[step]
        except (KeyError, IndexError, TypeError):
            break
    return line


def write_all(new_contents: Mapping[Path, str], mode: int = 0o644) -> None:
    """Replace each file in one step, so that a full disk or a kill leaves the old one whole. `mode`: of new files."""
    for path, text in new_contents.items():
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, path.stat().st_mode if path.exists() else mode)
            os.replace(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
