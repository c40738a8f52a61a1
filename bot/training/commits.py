"""Where the language data is a git checkout, a trainer's published change is a commit with the trainer's name."""

from __future__ import annotations

import logging
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)
SECONDS = 10


@dataclass(frozen=True)
class Person:
    """Whose name a commit carries."""

    username: str
    name: str


def commit(paths: Iterable[Path], message: str, person: Person | None) -> str | None:
    """Commits these files alone, whatever else is changed or staged; the commit's hash, or None where there is none.

    A folder without git, an ignored file or a refusing hook stop nobody: the change serves all the same.
    """
    files = [str(path.resolve()) for path in paths]
    if not files or person is None:
        return None
    email = f"{person.username}@trainers.invalid"
    identity = ("-c", f"user.name={person.name}", "-c", f"user.email={email}", "-c", "commit.gpgsign=false")
    folder = Path(files[0]).parent
    try:
        _git(folder, "add", "--", *files)
        _git(folder, *identity, "commit", "--quiet", "--only", "-m", message, "--", *files)
        return _git(folder, "rev-parse", "--short", "HEAD").strip()
    except (OSError, subprocess.SubprocessError) as error:
        log.info("%s is not committed: %s", ", ".join(files), error)
        return None


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    return done.stdout
