"""The NLU files under `data/nlu/` as people edit them: read with line numbers, changed without losing a comment.

One file holds one intent (its name is a promise); examples are the lines of a block literal, `- text`. A second
block with `metadata: {clear: false}` holds those that only their chat explains.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from bot.files import DataError, Problem, line_of, read_for_rewriting, read_yaml
from bot.text.normalise import bare

_ANNOTATION = re.compile(r"\[([^\[\]]+)\](?:\{[^{}]*\}|\([^()]*\))")


def plain(text: str) -> str:
    """An example without its entity annotation."""
    return _ANNOTATION.sub(r"\1", text)


def same_key(text: str) -> str:
    """Equal for messages that are the same to a customer: width, case, spaces and marks do not count."""
    return bare(plain(text))


@dataclass(frozen=True)
class Example:
    text: str
    """As in the file, entity annotation included."""
    intent: str
    file: Path
    line: int
    clear: bool = True
    """Whether the text alone tells what is wanted."""


@dataclass(frozen=True)
class Label:
    """A trainer's decision: this message means that intent."""

    text: str
    intent: str
    entities: tuple[Mapping[str, object], ...] = field(default=())
    """Each with `entity`, `start`, `end` and optionally the normalised `value`."""


def annotated(label: Label) -> str:
    """The label's text as an example line with its entities marked."""
    text = label.text
    for entity in sorted(label.entities, key=lambda one: -int(str(one["start"]))):
        start, end = int(str(entity["start"])), int(str(entity["end"]))
        text = f"{text[:start]}[{text[start:end]}]({entity['entity']}){text[end:]}"
    return " ".join(text.split())


def read_examples(folder: Path) -> list[Example]:
    """All examples below `folder`, in file order. Raises DataError."""
    found: list[Example] = []
    for path in sorted(folder.rglob("*.yml")):
        document = read_yaml(path)
        for block in document.get("nlu") or []:
            first = line_of(block, ["examples"]) + 1  # the text of a literal starts on the line below its key
            for offset, line in enumerate(str(block["examples"]).splitlines()):
                if line.startswith("- "):
                    place = (path, first + offset)
                    found.append(Example(line[2:].strip(), str(block["intent"]), *place, is_clear(block)))
    return found


def is_clear(block: Mapping) -> bool:
    """Whether the examples of a block can be read alone."""
    return bool((block.get("metadata") or {}).get("clear", True))


def relabelled(folder: Path, labels: Iterable[Label]) -> dict[Path, str]:
    """New contents of the files that the labels change: each text is an example of its intent and of no other.

    Nothing is written. Raises DataError when an intent has no file.
    """
    documents: dict[Path, object] = {path: read_for_rewriting(path) for path in sorted(folder.rglob("*.yml"))}
    changed: set[Path] = set()
    for label in labels:
        changed |= _apply(documents, label, folder)
    return {path: _dump(documents[path]) for path in sorted(changed)}


def _apply(documents: Mapping[Path, object], label: Label, folder: Path) -> set[Path]:
    changed: set[Path] = set()
    key = same_key(label.text)
    home: tuple[Path, dict] | None = None
    for path, document in documents.items():
        for block in document.get("nlu") or []:  # type: ignore[attr-defined]
            lines = str(block["examples"]).splitlines()
            if block["intent"] == label.intent:
                home = home or (path, block)  # the first block: what a trainer labels can be read alone
                known = next((at for at, line in enumerate(lines) if same_key(line[2:]) == key), None)
                if known is not None:
                    home = (path, {})  # already there
                    if _is_marked_anew(lines[known], label):
                        lines[known] = f"- {annotated(label)}"
                        block["examples"] = LiteralScalarString("\n".join(lines) + "\n")
                        changed.add(path)
                continue
            kept = [line for line in lines if not line.startswith("- ") or same_key(line[2:]) != key]
            if len(kept) < len(lines):
                block["examples"] = LiteralScalarString("\n".join(kept) + "\n")
                changed.add(path)
    if home is None:
        cure = f"no file for intent {label.intent!r}: create one with at least one example"
        raise DataError([Problem(folder, 1, "intent", cure)])
    path, block = home
    if block:
        block["examples"] = LiteralScalarString(
            str(block["examples"]).rstrip("\n") + f"\n- {annotated(label)}\n"
        )
        changed.add(path)
    return changed


def _is_marked_anew(line: str, label: Label) -> bool:
    """Whether a known example, letter by letter the label's text, gets other entities than it has."""
    fresh = annotated(label)
    return bool(label.entities) and line[2:].strip() != fresh and plain(line[2:].strip()) == plain(fresh)


def _dump(document: object) -> str:
    yaml = YAML(typ="rt")
    yaml.width = 100_000  # never fold a customer's line
    stream = io.StringIO()
    yaml.dump(document, stream)
    return stream.getvalue()
