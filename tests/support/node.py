"""Checkers that only exist for Node: installed beside the environment where npm is there."""

from __future__ import annotations

import shutil
import subprocess
import sys
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
    stamp = FOLDER / ("audit.stamp" if everything else "test.stamp")
    if stamp.is_file() and stamp.read_text("utf-8") == wanted:
        return True
    npm = shutil.which("npm")
    if npm is None:
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        shutil.copy(HERE / name, FOLDER / name)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not everything:
        command.append("--omit=dev")
    try:
        done = subprocess.run(
            command, cwd=FOLDER, capture_output=True, text=True, check=False, timeout=600
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return False
    stamp.write_text(wanted, "utf-8")
    return True


def main() -> int:
    """Fetch what tests use; they do with less where that fails."""
    if not install(everything=False):
        print("Ohne npm: axe aus dem Python-Paket, keine Prüfung mit dem Nu-Prüfer.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
