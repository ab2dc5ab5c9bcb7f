"""The help of commands in German as well; typer has its own words in English only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from typer.core import TyperCommand, TyperGroup

_SHOWS = "Zeigt diese Hilfe."
_USAGE: Mapping[str, str] = {
    "Usage: ": "Aufruf: ",
    "[OPTIONS]": "[OPTIONEN]",
    "COMMAND [ARGS]...": "BEFEHL [ANGABEN]...",
}
_FRAME: Mapping[str, str] = {
    "ARGUMENTS_PANEL_TITLE": "Angaben",
    "OPTIONS_PANEL_TITLE": "Optionen",
    "COMMANDS_PANEL_TITLE": "Befehle",
    "ENVVAR_STRING": "[Umgebungsvariable: {}]",
    "DEFAULT_STRING": "[sonst: {}]",
    "REQUIRED_LONG_STRING": "[nötig]",
}
"""Names in ``typer.rich_utils`` of what stands around the help, and what it is in German."""


class _InGerman:
    """What both kinds of commands say in the language that ``main`` gives as ``ctx.obj``."""

    def get_usage(self, ctx: Any) -> str:
        """How the command is called."""
        said: str = super().get_usage(ctx)  # type: ignore[misc]
        for english, german in _USAGE.items() if _german(ctx) else ():
            said = said.replace(english, german, 1)
        return said

    def get_help_option(self, ctx: Any) -> Any:
        """The option that shows the help."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None and _german(ctx):
            option.help = _SHOWS
        return option

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the whole help."""
        from typer import rich_utils  # noqa: PLC0415 (slow import)

        english = {name: getattr(rich_utils, name) for name in _FRAME}
        try:
            for name, german in _FRAME.items() if _german(ctx) else ():
                setattr(rich_utils, name, german)
            super().format_help(ctx, formatter)  # type: ignore[misc]
        finally:
            for name, told in english.items():
                setattr(rich_utils, name, told)


class Command(_InGerman, TyperCommand):
    """A command whose help speaks German, too."""


class Group(_InGerman, TyperGroup):
    """The commands together, likewise."""


def _german(ctx: Any) -> bool:
    return bool(ctx.obj == "de")
