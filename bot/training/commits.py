"""Where the language data is a git checkout, a trainer's published change is a commit with the trainer's name."""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

log = logging.getLogger(__name__)
SECONDS = 10


def commit(path: Path, message: str, name: str, username: str) -> str | None:
    """Commits this one file, whatever else is changed or staged; the commit's hash, or None where there is none.

    A folder without git, an ignored file or a refusing hook stop nobody: the change serves all the same.
    """
    email = f"{username}@trainers.invalid"
    identity = ("-c", f"user.name={name}", "-c", f"user.email={email}", "-c", "commit.gpgsign=false")
    try:
        _git(path.parent, "add", "--", path.name)
        _git(path.parent, *identity, "commit", "--quiet", "--only", "-m", message, "--", path.name)
        return _git(path.parent, "rev-parse", "--short", "HEAD").strip()
    except (OSError, subprocess.SubprocessError) as error:
        log.info("%s is not committed: %s", path.name, error)
        return None


def _git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, text=True, timeout=SECONDS, check=True
    )
    return done.stdout
