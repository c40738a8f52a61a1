"""The scripts under `data/faq` as people edit them: an entry is rewritten, and no line changes that need not."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.faq.schema import EntryRow, parse_file
from bot.faq.scripts import Entry
from bot.files import DataError, line_of, read_yaml


@dataclass(frozen=True)
class Place:
    """Where an entry stands: lines `first` up to, not including, `end` (from 0)."""

    path: Path
    document: Any
    number: int
    first: int
    end: int


def find_entry(folder: Path, entry_id: str) -> Place | None:
    """The entry in its topic's file. Raises DataError for a broken file."""
    topic = entry_id.partition(".")[0]
    paths = [path for path in sorted(folder.glob("*.yml")) if path.stem == topic] or sorted(
        folder.glob("*.yml")
    )
    for path in paths:
        document = read_yaml(path)
        entries = document.get("entries") or []
        for number, row in enumerate(entries):
            if str(row.get("id")) == entry_id:
                lines = path.read_text(encoding="utf-8").splitlines()
                first = line_of(document, ["entries", number]) - 1
                last = number + 1 == len(entries)
                end = len(lines) if last else line_of(document, ["entries", number + 1]) - 1
                while end > first and _is_between(lines[end - 1]):
                    end -= 1
                return Place(path, document, number, first, end)
    return None


def entry_at(place: Place) -> Entry:
    """Raises DataError where the file says something scripts may not say."""
    row, problems = parse_file(place.path, place.document)
    if row is None:
        raise DataError(problems)
    return as_entry(row.entries[place.number])


def as_entry(row: EntryRow) -> Entry:
    from pydantic import TypeAdapter

    return TypeAdapter(Entry).validate_python(row.model_dump())


def rewritten(place: Place, entry: Entry) -> str:
    """The file's text with `entry` in place of the old one. Comments, quotes and order of all else stay."""
    text = place.path.read_text(encoding="utf-8")
    lines = text.splitlines()
    old = _plain(place.document["entries"][place.number])
    block = _merged(lines[place.first : place.end], _rendered(old), _rendered(_updated(old, entry)))
    return "\n".join([*lines[: place.first], *block, *lines[place.end :]]) + "\n"


def added(path: Path, entry: Entry) -> str:
    """The file's text with `entry` at its end."""
    facts = {"id": entry.id, "intent": entry.intent, "question": "", "variants": [], "scripts": []}
    text = path.read_text(encoding="utf-8").rstrip("\n")
    return "\n".join([text, "", *_rendered(_updated(facts, entry))]) + "\n"


def removed(place: Place) -> str:
    """The file's text without the entry and the blank lines before it."""
    lines = place.path.read_text(encoding="utf-8").splitlines()
    first = place.first
    while first and not lines[first - 1].strip():
        first -= 1
    return "\n".join([*lines[:first], *lines[place.end :]]) + "\n"


def _is_between(line: str) -> bool:
    """A blank line or a comment before the next entry belongs to that one."""
    return not line.strip() or line.lstrip().startswith("#")


def _plain(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, Sequence) and not isinstance(node, str):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def _updated(old: Mapping[str, Any], entry: Entry) -> dict[str, Any]:
    """`old` in its order, with what trainers edit from `entry`."""
    known = {str(row["id"]): row for row in old["scripts"]}
    scripts = []
    for script in entry.scripts:
        facts = {key: value for key, value in asdict(script).items() if value or key in ("id", "text")}
        order = [key for key in known.get(script.id, {}) if key in facts]
        scripts.append({key: facts[key] for key in [*order, *(key for key in facts if key not in order)]})
    fresh = {"question": entry.question, "variants": list(entry.variants), "scripts": scripts}
    return {key: fresh.get(key, value) for key, value in old.items()}


def _rendered(entry: Mapping[str, Any]) -> list[str]:
    yaml = YAML(typ="rt")
    yaml.width = 100_000  # never fold a customer's line
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = io.StringIO()
    yaml.dump({"entries": [_styled(entry)]}, stream)
    return stream.getvalue().splitlines()[1:]


def _styled(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Texts as block literals, buttons and short lists on one line: as the files are written."""
    styled = dict(entry)
    styled["scripts"] = [
        {key: _styled_value(key, value) for key, value in script.items()} for script in entry["scripts"]
    ]
    for key in ("categories", "tags"):
        if key in styled:
            styled[key] = CommentedSeq(styled[key])
            styled[key].fa.set_flow_style()
    return styled


def _styled_value(key: str, value: Any) -> Any:
    if key == "text":
        return LiteralScalarString(value)
    if key != "buttons":
        return value if isinstance(value, date) else str(value)
    rows = []
    for button in value:
        row = CommentedMap(button)
        row.fa.set_flow_style()
        rows.append(row)
    return rows


def _merged(kept: list[str], old: list[str], new: list[str]) -> list[str]:
    """`new`, with every line that it shares with `old` as it stands in the file (`kept`).

    `old` and `kept` say the same, but the file may quote and space otherwise and have comments.
    """
    at = _aligned(kept, old)
    if at is None:
        return new
    result: list[str] = []
    done = 0
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            result += kept[done : at[i2 - 1] + 1]
            done = at[i2 - 1] + 1
            continue
        if kind != "insert":
            result += kept[done : at[i1]]  # comments before the line that goes
            done = at[i2 - 1] + 1
        result += new[j1:j2]
    return result + kept[done:]


def _aligned(kept: list[str], old: list[str]) -> list[int] | None:
    """For each line of `old` its number in `kept`; None where that cannot be told."""
    numbers = [number for number, line in enumerate(kept) if not _is_between(line)]
    return numbers if len(numbers) == len(old) else None
