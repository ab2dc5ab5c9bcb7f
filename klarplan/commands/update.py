"""Bringing a fork to a newer version of the engine, on a branch of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from klarplan.messages import KlarplanError, Lang, Text, first_of
from klarplan.own_files import PACKAGE
from klarplan.processes import Child
from klarplan.strategy.load import require_data
from klarplan.update.fork import (
    Compared,
    beside,
    compared,
    publish,
    refuse_branch,
    refuse_uncommitted,
)
from klarplan.update.plan import Plan, carry_out, taken
from klarplan.update.source import read_version
from klarplan.update.version import Version

LOCK = "requirements.lock"
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
        super().__init__(
            Text(
                f"Mit Klarplan {name} gelingt dieser Schritt nicht: {what.de}. Nichts ist "
                "geändert.",
                f"With Klarplan {name} this step fails: {what.en}. Nothing was changed.",
            ),
            Text(
                "Beheben Sie, was darüber steht, sichern Sie es mit „git commit“, und rufen Sie "
                "den Befehl noch einmal auf.",
                "Mend what is told above, store it with “git commit”, and call the command again.",
            ),
        )
        self.said = said


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What an update did, or would do where ``branch`` is empty."""

    name: str
    """The number of the version."""
    plan: Plan
    news: Mapping[str, tuple[str, ...]]
    branch: str = ""
    migrated: str = ""
    """What the new version said of tables and settings."""


def update(  # noqa: PLR0913 (what the command is told)
    root: Path,
    named: str,
    *,
    wanted: str | None,
    dry_run: bool,
    lang: Lang,
    announce: Callable[[str], None],
) -> Updated:
    """Put a version of the engine into the fork below ``root``, as one commit on a new branch.

    All happens in a copy beside the fork: files are replaced by who owns them, the new program is
    set up, migrates, checks and builds there. In the fork itself nothing changes but that the
    branch appears at the end; where a step fails or is interrupted, nothing does. With ``dry_run``
    only is told what would be done. Raises ``KlarplanError`` where it can't be.
    """
    require_data(root)
    refuse_uncommitted(root)
    announce("read")
    version = read_version(named, wanted)
    here = compared(root, version)
    _refuse_former(version, here)
    plan = here.plan
    would = Updated(name=version.name, plan=plan, news=here.news)
    if dry_run or not plan.changes:
        return would
    branch = f"klarplan-update-v{version.name}"
    refuse_branch(root, branch)
    with beside(root) as (copy, folder):
        announce("replace")
        carry_out(plan, taken(version, here.known), copy)
        new = _New(version.name, copy, lang)
        if (copy / LOCK).read_bytes() != _lock(root):
            announce("environment")
            new.set_up(folder / "environment")
        said = {}
        for step in ("migrate", "check", "build"):
            announce(step)
            said[step] = new.run(step)
        announce("commit")
        publish(copy, root, branch, _message(version.name, plan, here.news))
    return replace(would, branch=branch, migrated=said["migrate"])


def _refuse_former(version: Version, here: Compared) -> None:
    """Raise ``KlarplanError`` where a version can't follow the one that is there."""
    if here.newer:
        former = ".".join(map(str, here.own or ()))
        raise KlarplanError(
            Text(
                f"Klarplan {version.name} ist älter als Ihre Fassung ({former}). Tabellen und "
                "Einstellungen lassen sich nicht zurückstellen.",
                f"Klarplan {version.name} is older than yours ({former}). Tables and settings "
                "can't be brought back to a former form.",
            ),
            Text(
                "Nennen Sie eine neuere Fassung. Eine Änderung nehmen Sie mit „git revert“ zurück.",
                "Name a newer version. To take back a change, use “git revert”.",
            ),
            exit_code=2,
        )
    if sys.version_info[:2] < version.python:
        needed = ".".join(map(str, version.python))
        raise KlarplanError(
            Text(
                f"Klarplan {version.name} braucht Python {needed} oder neuer.",
                f"Klarplan {version.name} needs Python {needed} or newer.",
            ),
            Text(
                f"Installieren Sie es und richten Sie damit neu ein: make setup "
                f"PYTHON=python{needed}",
                f"Install it and set up with it: make setup PYTHON=python{needed}",
            ),
            exit_code=2,
        )


def _lock(root: Path) -> bytes:
    """The lock that the environment in use was set up from."""
    place = next((p / LOCK for p in (root, PACKAGE.parent) if (p / LOCK).is_file()), None)
    return place.read_bytes() if place else b""


class _New:
    """The new program, in its copy of the fork and with programs of its own if need be."""

    def __init__(self, name: str, copy: Path, lang: Lang) -> None:
        self.name = name
        self.copy = copy
        self.python = sys.executable
        self.environment = {
            **os.environ,
            "PYTHONPATH": str(copy),
            "PYTHONUTF8": "1",
            "KLARPLAN_LANG": lang,
        }

    def set_up(self, place: Path) -> None:
        """Make an environment with exactly what the lock of the copy names."""
        self._heard("environment", "-m", "venv", str(place))
        self.python = str(place / ("Scripts" if os.name == "nt" else "bin") / "python")
        quiet = ("--quiet", "--disable-pip-version-check", "--no-input")
        exact = ("--only-binary", ":all:", "--require-hashes", "-r", LOCK)
        self._heard("environment", "-m", "pip", "install", *quiet, *exact)

    def run(self, command: str) -> str:
        """What one of its commands says; ``StepFailedError`` where it fails."""
        return self._heard(command, "-m", "klarplan", command)

    def _heard(self, step: str, *arguments: str) -> str:
        child = Child(
            [self.python, *arguments],
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


def _message(name: str, plan: Plan, brings: Mapping[str, tuple[str, ...]]) -> str:
    """The message of the commit: what it brings for whom, and what was kept beside."""
    parts = [f"Klarplan {name}"]
    for heading, entries in brings.items():
        parts.append("\n".join([f"{heading}:", *(f"- {entry}" for entry in entries)]))
    if plan.kept:
        listed = (f"- {path} → {kept}" for path, kept in plan.kept.items())
        parts.append("\n".join(["Eigene Fassung daneben:", *listed]))
    return "\n\n".join(parts) + "\n"


def told(plan: Plan) -> tuple[Text, ...]:
    """What happens to files, in sentences."""
    lines = [
        Text(
            f"Dateien des Programms: {len(plan.written)} neu oder erneuert, "
            f"{len(plan.removed)} entfernt.",
            f"Files of the engine: {len(plan.written)} new or renewed, "
            f"{len(plan.removed)} removed.",
        )
    ]
    lines += [
        Text(
            f"„{path}“ haben Sie geändert; Ihre Fassung liegt daneben als „{kept}“.",
            f"You have changed “{path}”; your version is kept beside as “{kept}”.",
        )
        for path, kept in plan.kept.items()
    ]
    if plan.own:
        listed = first_of(plan.own)
        lines.append(
            Text(
                f"Eigene Dateien in Ordnern des Programms bleiben: {listed}",
                f"Your own files in folders of the engine stay: {listed}",
            )
        )
    return tuple(lines)
