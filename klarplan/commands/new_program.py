"""The program of a newer version, run in a copy of a fork, with packages of its own if need be."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from klarplan.messages import KlarplanError, Lang, Text
from klarplan.own_files import PACKAGE
from klarplan.processes import Child

LOCK = "requirements.lock"
PACKAGES = ("klarplan", "macros")
"""What the program consists of."""
STEPS: Mapping[str, Text] = {
    "read": Text("Neue Fassung lesen", "Reading the new version"),
    "replace": Text("Programm ersetzen", "Replacing the engine"),
    "environment": Text("Programme einrichten", "Setting up programs"),
    "migrate": Text("Tabellen und Einstellungen umstellen", "Migrating tables and settings"),
    "check": Text("Prüfen", "Checking"),
    "build": Text("Website erzeugen", "Building the website"),
    "commit": Text("Zweig anlegen", "Making a branch"),
}
"""The steps of an update, in their order."""


class StepFailedError(KlarplanError):
    """A step of the new version failed; ``said`` is what it said."""

    def __init__(self, step: str, name: str, said: str) -> None:
        what = STEPS[step]
        if step == "check":
            super().__init__(
                Text(
                    f"Klarplan {name} findet in Ihrer Strategie die Fehler, die darüber stehen. "
                    "Nichts ist geändert.",
                    f"Klarplan {name} finds the errors in your strategy that are told above. "
                    "Nothing was changed.",
                ),
                Text(
                    "Ihre bisherige Fassung ließ sie vielleicht durchgehen. Beheben Sie die Fehler "
                    "in Ihrem Ordner (Warnungen halten nichts auf), sichern Sie es mit „git add .“ "
                    "und „git commit“, und rufen Sie den Befehl noch einmal auf.",
                    "Your version may have let them pass. Mend the errors in your folder (warnings "
                    "stop nothing), store it with “git add .” and “git commit”, and call the "
                    "command again.",
                ),
            )
            self.said = said
            return
        super().__init__(
            Text(
                f"Mit Klarplan {name} gelingt dieser Schritt nicht: {what.de}. Nichts ist "
                "geändert.",
                f"With Klarplan {name} this step fails: {what.en}. Nothing was changed.",
            ),
            Text(
                "Beheben Sie, was darüber steht, sichern Sie es mit „git add .“ und „git commit“, "
                "und rufen Sie den Befehl noch einmal auf.",
                "Mend what is told above, store it with “git add .” and “git commit”, and call the "
                "command again.",
            ),
        )
        self.said = said


def lock_of(root: Path) -> bytes:
    """The lock that the environment in use was set up from."""
    place = next((p / LOCK for p in (root, PACKAGE.parent) if (p / LOCK).is_file()), None)
    return place.read_bytes() if place else b""


class NewProgram:
    """The new program, in its copy of the fork and with programs of its own if need be."""

    def __init__(self, name: str, copy: Path, folder: Path, lang: Lang) -> None:
        self.name = name
        self.copy = copy
        self.place = folder / "environment"
        self.python = sys.executable
        # Beside the copy, in which a stranger's yaml.py may lie: no module is looked for there.
        engine = folder / "engine"
        for package in PACKAGES:
            if (copy / package).is_dir():
                shutil.copytree(copy / package, engine / package)
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(engine),
            "PYTHONUTF8": "1",
            "KLARPLAN_LANG": lang,
        }

    def set_up(self) -> None:
        """Make an environment with exactly what the lock of the copy names."""
        self._heard("environment", "-m", "venv", str(self.place))
        self.python = str(self.place / ("Scripts" if os.name == "nt" else "bin") / "python")
        quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
        exact = ("--only-binary", ":all:", "--require-hashes", "-r", LOCK)
        self._heard("environment", "-m", "pip", "install", *quiet, *exact)

    def run(self, command: str) -> str:
        """What one of its commands says; ``StepFailedError`` where it fails."""
        return self._heard(command, "-m", "klarplan", command)

    def _heard(self, step: str, *arguments: str) -> str:
        child = Child(
            [self.python, "-P", *arguments],
            cwd=self.copy,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            env=self.environment,
        )
        said, _ = child.heard()
        if child.returncode:
            raise StepFailedError(step, self.name, said)
        return said
