"""Bringing a fork to a newer version of the engine, on a branch of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from klarplan.commands.new_program import LOCK, NewProgram, lock_of
from klarplan.messages import KlarplanError, Lang, Text, first_of
from klarplan.strategy.load import require_data
from klarplan.update.fork import (
    Compared,
    beside,
    compared,
    publish,
    refuse_branch,
    require_clean,
)
from klarplan.update.plan import Plan, carry_out, taken
from klarplan.update.source import read_version
from klarplan.update.version import Version


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
    require_clean(root)
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
        new = NewProgram(version.name, copy, folder, lang)
        if (copy / LOCK).read_bytes() != lock_of(root):
            announce("environment")
            new.set_up()
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


def _message(name: str, plan: Plan, brings: Mapping[str, tuple[str, ...]]) -> str:
    """The message of the commit: what it brings for whom, and what was kept beside."""
    parts = [f"Klarplan {name}"]
    for heading, entries in brings.items():
        parts.append("\n".join([f"{heading}:", *(f"- {entry}" for entry in entries)]))
    if plan.kept:
        listed = (f"- {path} → {kept}" for path, kept in plan.kept.items())
        parts.append("\n".join(["Eigene Fassung daneben:", *listed]))
    if plan.outdated:
        parts.append("\n".join(["Eigene Vorlagen nachsehen:", *(f"- {p}" for p in plan.outdated)]))
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
    lines += [
        Text(
            f"„{path}“ ersetzt eine Vorlage, die sich mit dieser Fassung ändert. Sehen Sie nach, "
            "was Ihrer fehlt; bis dahin erinnert die Prüfung daran (KP072).",
            f"“{path}” takes the place of a template that changes with this version. Look what "
            "yours lacks; until then, the check reminds you (KP072).",
        )
        for path in plan.outdated
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
