"""Who sits at the keyboard: what git, which signs the changes of a newsroom, says of it."""

import os
import subprocess
from pathlib import Path

from msgspec import Struct


class Person(Struct, frozen=True):
    """A name and an address for mail, as far as the machine knows them."""

    name: str = ""
    email: str = ""


def person_here(site: Path) -> Person:
    """Return who works here: by the environment that git heeds (git-commit(1)), else by git's configuration."""
    return Person(
        os.environ.get("GIT_AUTHOR_NAME") or _configured(site, "user.name"),
        os.environ.get("GIT_AUTHOR_EMAIL") or _configured(site, "user.email"),
    )


def _configured(site: Path, key: str) -> str:
    """Return a value of git's configuration as it holds in a folder; empty without git."""
    try:
        asked = subprocess.run(  # noqa: S603 - no word of it comes from a text
            ["git", "config", "--get", key],  # noqa: S607 - the git of whoever works here
            cwd=site,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=5,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()
