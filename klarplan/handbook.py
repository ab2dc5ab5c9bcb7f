"""What the handbook tells of Klarplan itself: its commands and the rules of its check."""

from __future__ import annotations

import inspect

import typer

from klarplan.check.rules.registry import rules
from klarplan.cli import app
from macros.registry import Handbook


def handbook() -> Handbook:
    """Commands with their options, and rules, as data for the macros of the handbook."""
    group = typer.main.get_command(app)
    commands = getattr(group, "commands", {})
    return Handbook(
        rules=rules(),
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
