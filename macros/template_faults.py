"""What is wrong with a template that can't be filled, in words, at its line."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from klarplan.messages import KlarplanError, Text
from klarplan.own_files import LOCAL
from klarplan.words.catalogue import UnknownSentenceError

_CURE = Text(
    "Machen Sie Ihre Änderung an dieser Vorlage rückgängig, oder vergleichen Sie sie mit der von "
    "Klarplan. Haben Sie nichts geändert, ist es ein Fehler von Klarplan: Melden Sie ihn bitte.",
    "Undo your change of this template, or compare it with Klarplan's own. If you have changed "
    "nothing, it is a fault of Klarplan: please report it.",
)
_MISTAKES: tuple[tuple[str, Text], ...] = (
    (
        r"No filter named '([^']*)'",
        Text("Die Vorlage nennt einen Filter „{}“, den es nicht gibt.", "There is no filter “{}”."),
    ),
    (
        r"No test named '([^']*)'",
        Text("Die Vorlage nennt einen Test „{}“, den es nicht gibt.", "There is no test “{}”."),
    ),
    (
        r"(?:has no attribute |^)'([^']*)'(?: is undefined)?$",
        Text("Die Vorlage nennt „{}“, das es nicht gibt.", "The template names an unknown “{}”."),
    ),
)
"""How messages of Jinja read, and what they mean."""


def broken(error: Exception, file: str) -> KlarplanError:
    """The error for a template that can't be filled; ``file`` is the one that was asked for.

    It names the innermost place that is known, which may be in a template that this one calls.
    """
    if isinstance(error, TemplateNotFound):
        name = f"{file.rpartition('/')[0]}/{error.name}"
        return KlarplanError(
            Text(f"Die Vorlage {name} fehlt.", f"The template {name} is missing."),
            Text(
                "Legen Sie die Datei an; wie sie aussehen kann, zeigen die anderen in diesem "
                "Ordner.",
                "Create the file; the others in its folder show what it may look like.",
            ),
            file=name,
        )
    line = None
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith((".html", ".md")):
            place = Path(frame.filename)
            file, line = _named(place), frame.lineno
    if isinstance(error, TemplateSyntaxError):
        line = error.lineno
        if error.filename:
            file = _named(Path(error.filename))
    if isinstance(error, UnknownSentenceError):
        return KlarplanError(error.problem, error.cure, file=file, line=line)
    return KlarplanError(_problem(error), _CURE, file=file, line=line)


def _named(place: Path) -> str:
    """A template as seen from the root, which may be the town's own."""
    folders = place.parents
    own = len(folders) > 3 and folders[2].name == LOCAL and (folders[3] / "data").is_dir()
    return f"{'local/' * own}overrides/{folders[0].name}/{place.name}"


def _problem(error: Exception) -> Text:
    message = str(getattr(error, "message", None) or error)
    if not isinstance(error, TemplateError):
        return Text(
            f"Die Vorlage lässt sich hier nicht füllen ({message}).",
            f"The template can't be filled here ({message}).",
        )
    for pattern, told in _MISTAKES:
        if found := re.search(pattern, message):
            return Text(told.de.format(found[1]), told.en.format(found[1]))
    return Text(
        f"Die Vorlage ist hier nicht richtig geschrieben ({message}).",
        f"The template is not written correctly here ({message}).",
    )
