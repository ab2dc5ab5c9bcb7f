"""The command ``klarplan``: one module per verb."""

from __future__ import annotations

import io
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Mapping
from typing import Any

import typer

from klarplan import os_errors
from klarplan.cli.adopt import adopt_command
from klarplan.cli.build import build_command
from klarplan.cli.check import check_command
from klarplan.cli.diff import diff_command
from klarplan.cli.doctor import doctor_command
from klarplan.cli.due import due_command
from klarplan.cli.edit import edit_command
from klarplan.cli.export import export_command
from klarplan.cli.find import find_command
from klarplan.cli.help import Command, Group
from klarplan.cli.hook import hook_command
from klarplan.cli.import_ import import_command
from klarplan.cli.inbox import inbox_command
from klarplan.cli.init import init_command
from klarplan.cli.links import links_command
from klarplan.cli.migrate import migrate_command
from klarplan.cli.new import new_command
from klarplan.cli.options import console, language, show_error
from klarplan.cli.paper import paper_command
from klarplan.cli.repair import repair_command
from klarplan.cli.report import report_command
from klarplan.cli.serve import serve_command
from klarplan.cli.update import update_command
from klarplan.cli.usage import USED_WRONGLY, explained, help_instead
from klarplan.messages import KlarplanError, Lang, Text
from klarplan.processes import collect_seldom, ended_by_signals

INTERRUPTED = 130
"""What typer exits with on Ctrl-C."""

app = typer.Typer(
    name="klarplan",
    cls=Group,
    help="Macht die Strategie einer Kommune öffentlich, lesbar und prüfbar.\n\n"
    "Publishes a municipality's strategy as website, PDF and open data.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
COMMANDS: Mapping[str, Callable[..., Any]] = {
    "check": check_command,
    "build": build_command,
    "serve": serve_command,
    "edit": edit_command,
    "export": export_command,
    "import": import_command,
    "init": init_command,
    "new": new_command,
    "inbox": inbox_command,
    "adopt": adopt_command,
    "migrate": migrate_command,
    "update": update_command,
    "doctor": doctor_command,
    "repair": repair_command,
    "report": report_command,
    "paper": paper_command,
    "diff": diff_command,
    "due": due_command,
    "find": find_command,
    "hook": hook_command,
    "links": links_command,
}
"""The commands, in the order of the help."""
for _name, _command in COMMANDS.items():
    app.command(_name, cls=Command)(_command)


def _lang(arguments: list[str]) -> Lang:
    for position, argument in enumerate(arguments):
        value = argument.removeprefix("--lang=")
        if argument == "--lang" and position + 1 < len(arguments):
            value = arguments[position + 1]
        if value in ("de", "en") and argument.startswith("--lang"):
            return language(value)
    return "en" if os.environ.get("KLARPLAN_LANG") == "en" else "de"


def speak(stream: io.TextIOWrapper) -> None:
    """Let a stream take whatever is said: names of files may be no text.

    Into files and pipes, Windows would write in the code page of the machine, which lacks signs and
    which no calendar understands; there, too, it is UTF-8 unless someone has asked otherwise.
    """
    stream.reconfigure(errors="replace")
    if os.name == "nt" and not stream.isatty() and "PYTHONIOENCODING" not in os.environ:
        stream.reconfigure(encoding="utf-8")


def main() -> None:
    """Run the command line; exit codes: 0 done, 1 problems found, 2 used wrongly."""
    lang = _lang(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            speak(stream)
    collect_seldom()
    try:
        with ended_by_signals():
            code = app(prog_name="klarplan", standalone_mode=False, obj=lang)
        if code == INTERRUPTED:
            raise KeyboardInterrupt
        sys.exit(code)
    except (KeyboardInterrupt, typer.Abort):
        console(stderr=True).print("Abgebrochen." if lang == "de" else "Interrupted.")
        sys.exit(1)
    except typer.TyperException as error:
        if shown := help_instead(error):
            typer.echo(shown)
        else:
            show_error(explained(error), lang)
        sys.exit(USED_WRONGLY)
    except Exception as error:  # the last fence: nobody who edits texts can read a traceback
        told = as_ours(error)
        show_error(told, lang)
        sys.exit(told.exit_code)


def as_ours(error: Exception) -> KlarplanError:
    """What to tell of any error."""
    if isinstance(error, KlarplanError):
        return error
    return os_errors.explained(error) if isinstance(error, OSError) else unexpected(error)


def unexpected(error: Exception) -> KlarplanError:
    """What to tell of an error that Klarplan did not think of; its details go into a file."""
    details = "".join(traceback.format_exception(error))
    with tempfile.NamedTemporaryFile(
        "w", prefix="klarplan-", suffix=".txt", encoding="utf-8", errors="replace", delete=False
    ) as file:
        file.write(details)
    kind = type(error).__name__
    return KlarplanError(
        Text(
            f"Klarplan ist auf etwas gestoßen, womit es nicht rechnet ({kind}).",
            f"Klarplan came upon something that it doesn't expect ({kind}).",
        ),
        Text(
            f"Bitte melden Sie das dem Projekt. Die Einzelheiten stehen in {file.name}.",
            f"Please report this to the project. The details are in {file.name}.",
        ),
    )
