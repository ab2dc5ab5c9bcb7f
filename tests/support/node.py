"""Checkers that only exist for Node: installed beside the environment where npm is there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = Path(sys.prefix) / "node"
FILES = ("package.json", "package-lock.json")


def package(name: str) -> Path:
    """The folder of a package of ``tests/support/package.json``, whether or not it is there."""
    return FOLDER / "node_modules" / name


def install(*, everything: bool) -> bool:
    """Fetch the locked packages, with those of ``make audit`` if ``everything`` is wanted.

    Returns whether they are there; without npm they are not.
    """
    wanted = "\n".join((HERE / name).read_text("utf-8") for name in FILES)
    whole, part = FOLDER / "audit.stamp", FOLDER / "test.stamp"
    stamps = (whole,) if everything else (whole, part)
    if any(stamp.is_file() and stamp.read_text("utf-8") == wanted for stamp in stamps):
        return True
    for stamp in (whole, part):  # npm begins by taking away what is there
        stamp.unlink(missing_ok=True)
    if not npm_ci(HERE, FOLDER, *(() if everything else ("--omit=dev",))):
        return False
    stamps[-1].write_text(wanted, "utf-8")
    return True


def npm_ci(source: Path, folder: Path, *options: str) -> bool:
    """Fetch into ``folder`` what ``source`` locks; returns whether it is there, not without npm."""
    npm = shutil.which("npm")
    if npm is None:
        return False
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(source / name, folder / name)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    return ends_well([npm, "ci", *quiet, *options], folder)


def ends_well(command: Sequence[str], folder: Path) -> bool:
    """Whether a command ends well within ten minutes; what it says of a fault is printed."""
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
    return done.returncode == 0


def main() -> int:
    """Fetch what tests use, long ones too if told so; they do with less where that fails."""
    if not install(everything="long" in sys.argv[1:]):
        print("Ohne npm: axe aus dem Python-Paket, weder Nu-Prüfer noch Lighthouse.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
