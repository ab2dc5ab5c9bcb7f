"""Runs the Python files of a town, ``local/macros.py`` and ``local/rules.py``; tells what fails.

They are program: whoever runs the check or a build runs them, so no other command does. Only their
text counts, never what Python once compiled of it, which nobody would see in a proposal.
"""

from __future__ import annotations

import contextlib
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import TextIO

from klarplan.messages import KlarplanError, Text

MACROS = "local/macros.py"
RULES = "local/rules.py"
LONGEST = 300
"""So many characters of Python's own words are shown."""

CURE = Text(
    "Beheben Sie es dort, oder nehmen Sie die Stelle heraus. Alles andere wird trotzdem geprüft.",
    "Mend it there, or take the place out. All else is checked nevertheless.",
)


class OwnCodeError(KlarplanError):
    """A town's own program can't be run, or breaks off; ``file`` and ``line`` say where."""

    def __init__(self, problem: Text, file: str, line: int | None = None) -> None:
        super().__init__(problem, CURE, file=file, line=line)
        self.args = (f"{file}:{line or 1}: {problem.de}",)


def source_of(root: Path, file: str) -> bytes | None:
    """The text of a file of the town's program; ``None`` where there is none, or only a link.

    Raises ``OwnCodeError`` where it can't be read.
    """
    path = root / file
    if not path.is_file() or path.is_symlink() or path.parent.is_symlink():
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise _broken(error, path, file) from error


def aloof() -> contextlib.redirect_stdout[TextIO]:
    """What the town's program prints within is no answer of ours: it goes where errors go."""
    return contextlib.redirect_stdout(sys.stderr)


def run(root: Path, file: str, source: bytes) -> None:
    """Run the text of a file as a module; raises ``OwnCodeError`` where that fails."""
    path = root / file
    module = ModuleType(f"klarplan_local_{path.stem}")
    module.__file__ = str(path)
    sys.modules[module.__name__] = module  # where Python looks up what annotations name
    try:
        with aloof():
            exec(compile(source, str(path), "exec", dont_inherit=True), vars(module))  # noqa: S102
    except (Exception, SystemExit) as error:
        raise _broken(error, path, file) from error


def broke_off(error: BaseException, root: Path, file: str) -> OwnCodeError:
    """What to say where a function of this file has raised an error."""
    return _broken(error, root / file, file)


def _broken(error: BaseException, path: Path, file: str) -> OwnCodeError:
    """The error at the innermost line of the file that Python was at."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    line = lines[-1] if lines else None
    if isinstance(error, KlarplanError):
        return OwnCodeError(error.problem, file, line)
    said = " ".join(str(error).split())[:LONGEST]
    named = f"{type(error).__name__}: {said}" if said else type(error).__name__
    if isinstance(error, SyntaxError) and not lines:
        return OwnCodeError(
            Text(
                f"Python kann diese Zeile nicht lesen ({error.msg}).",
                f"Python can't read this line ({error.msg}).",
            ),
            file,
            error.lineno,
        )
    if isinstance(error, OSError) and not lines:
        return OwnCodeError(
            Text(f"Die Datei ist nicht lesbar ({named}).", f"The file can't be read ({named})."),
            file,
        )
    return OwnCodeError(
        Text(
            f"Hier bricht das eigene Programm ab ({named}).",
            f"The town's own program breaks off here ({named}).",
        ),
        file,
        line,
    )
