"""Unified diffs as people read them. `difflib.unified_diff` takes lines that occur often, such as `scripts:`, for
junk and tells them as removed and added again."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

CONTEXT = 2


def diff(new_contents: Mapping[Path, str], root: Path) -> str:
    """What is on disk against `new_contents`, paths relative to `root`."""
    parts: list[str] = []
    for path, new in new_contents.items():
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        parts += unified(old.splitlines(), new.splitlines(), path.relative_to(root).as_posix())
    return "".join(f"{line}\n" for line in parts)


def unified(old: list[str], new: list[str], name: str) -> list[str]:
    """Lines of the diff, without line ends; empty for equal texts."""
    lines: list[str] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(CONTEXT):
        _, i1, _, j1, _ = group[0]
        _, _, i2, _, j2 = group[-1]
        lines.append(f"@@ -{_span(i1, i2)} +{_span(j1, j2)} @@")
        for kind, a, b, c, d in group:
            if kind == "equal":
                lines += [f" {line}" for line in old[a:b]]
                continue
            lines += [f"-{line}" for line in old[a:b]] + [f"+{line}" for line in new[c:d]]
    return [f"--- a/{name}", f"+++ b/{name}", *lines] if lines else []


def _span(start: int, end: int) -> str:
    count = end - start
    return f"{start + 1 if count else start},{count}"
