"""What the handbook tells of Klarplan itself: its commands and the rules of its check."""

from __future__ import annotations

import inspect
from pathlib import Path

import typer

from klarplan.check.own_rules import rules_of
from klarplan.cli import app
from macros.registry import Handbook


def handbook(root: Path) -> Handbook:
    """Commands with their options, and rules of a fork, as data for the macros of the handbook."""
    group = typer.main.get_command(app)
    commands = getattr(group, "commands", {})
    return Handbook(
        rules=rules_of(root),
        commands=tuple(
            {
                "name": name,
                "help": [part.strip() for part in inspect.cleandoc(c.help or "").split("\n\n")],
                "options": [
                    {
                        "names": ", ".join([*p.opts, *p.secondary_opts]),
                        "help": getattr(p, "help", "") or "",
                    }
                    for p in c.params
                ],
            }
            for name, c in commands.items()
        ),
    )
