"""Real git repositories for tests, kept by somebody whose own settings don't matter."""

from __future__ import annotations

import subprocess
from pathlib import Path


def git(folder: Path, *arguments: str) -> str:
    """What git says in a folder; ``CalledProcessError`` where it refuses."""
    who = ("-c", "user.name=Amt", "-c", "user.email=amt@example.org", "-c", "commit.gpgsign=false")
    done = subprocess.run(
        ["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def committed(root: Path) -> None:
    """Make a repository of a folder, with one commit of all that it holds."""
    git(root, "init", "--quiet")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "Stand")
