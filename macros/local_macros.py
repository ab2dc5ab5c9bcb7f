"""The macros that a fork has: Klarplan's, and those of the town in ``local/macros.py``.

Only who checks or builds asks for them: to know them, the town's program has to run.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any

from klarplan import own_code
from klarplan.messages import KlarplanError, Text
from klarplan.own_code import OwnCodeError
from klarplan.strategy.unread import UnreadError
from macros.registry import MACROS, Macro, gathered

GIVEN = (
    "title",
    "prose",
    "opening",
    "rest",
    "id",
    "docs",
    "topic",
    "asked",
    "period",
    "say",
    "section",
)
"""What skeletons of pages are filled with, besides the macros."""
TAKEN = frozenset(
    (
        *GIVEN,
        *("caller", "context", "cycler", "dict", "joiner", "lipsum", "loop", "namespace", "range"),
        *("config", "environment", "extra", "files", "filters", "fix_url", "git", "macros"),
        *("macros_info", "navigation", "now", "page", "plugin", "self", "super", "varargs"),
    )
)
"""Names that mean something else where macros are called: to skeletons, to Jinja, to its plugin."""
OF_BLOCKS = ("heading", "papers")
"""Arguments that every macro with a block of its own takes."""
NAME = re.compile("[a-z_][a-z0-9_]*")
"""What pages can call; see ``klarplan.pages.calls``."""
_PLAIN = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def macros_of(root: Path) -> Mapping[str, Macro]:
    """All macros that pages below ``root`` may call.

    Where the town's program fails, they are Klarplan's alone; ``failure_of`` tells why.
    """
    return _read(root)[0]


def failure_of(root: Path) -> OwnCodeError | None:
    """Why the macros of the town below ``root`` can't be used; ``None`` where all is well."""
    return _read(root)[1]


def is_promised(root: Path, name: str) -> bool:
    """Whether the town's program defines a macro of this name, though it can't be used now."""
    if failure_of(root) is None:
        return False
    path = root / own_code.MACROS
    text = path.read_bytes().decode("utf-8", "replace")
    return re.search(rf"\bdef\s+{re.escape(name)}\s*\(", text) is not None


def _read(root: Path) -> tuple[Mapping[str, Macro], OwnCodeError | None]:
    try:
        source = own_code.source_of(root, own_code.MACROS)
    except OwnCodeError as error:
        return MACROS, error
    return _run(root.resolve(), source) if source else (MACROS, None)


@lru_cache(maxsize=4)
def _run(root: Path, source: bytes) -> tuple[Mapping[str, Macro], OwnCodeError | None]:
    with gathered() as found:
        try:
            own_code.run(root, own_code.MACROS, source)
            own = {name: _usable(root, macro) for name, macro in found.items()}
        except OwnCodeError as error:
            return MACROS, error
    return {**MACROS, **own}, None


def _usable(root: Path, macro: Macro) -> Macro:
    """A macro of the town; raises ``OwnCodeError`` where pages could not call it."""
    problem = _unfit(macro)
    if problem:
        line = getattr(getattr(macro.select, "__code__", None), "co_firstlineno", None)
        raise OwnCodeError(problem, own_code.MACROS, line)
    return replace(macro, select=_guarded(root, macro.select), own=True)


def _unfit(macro: Macro) -> Text | None:
    name = macro.name
    if name in MACROS:
        return Text(
            f"Den Baustein „{name}“ gibt es in Klarplan schon. Geben Sie Ihrem einen anderen "
            "Namen; nur anders aussehen lässt ihn eine Vorlage in local/overrides/macros/.",
            f"Klarplan has a macro “{name}” already. Give yours another name; to change its look "
            "alone, use a template in local/overrides/macros/.",
        )
    if not NAME.fullmatch(name):
        return Text(
            f"Auf Seiten lässt sich „{name}“ nicht aufrufen: Ein Baustein heißt mit kleinen "
            "Buchstaben von a bis z, Ziffern und Unterstrichen.",
            f"Pages can't call “{name}”: a macro has small letters from a to z, digits and low "
            "lines in its name.",
        )
    if name in TAKEN:
        return Text(
            f"„{name}“ bedeutet in Vorlagen schon etwas anderes. Geben Sie Ihrem Baustein einen "
            "anderen Namen, zum Beispiel mit dem Ihrer Kommune davor.",
            f"“{name}” means something else in templates. Give your macro another name, such as "
            "one that begins with your municipality's.",
        )
    parameters = [*inspect.signature(macro.select).parameters.values()]
    odd = [p for p in parameters if p.kind not in _PLAIN]
    if not parameters or odd:
        return Text(
            f"Dem Baustein „{name}“ fehlt „ctx“ als erste Angabe, oder er nimmt beliebig viele "
            "(* oder **). Jede Angabe braucht einen Namen.",
            f"The macro “{name}” lacks “ctx” as its first argument, or takes any number (* or **). "
            "Each argument needs a name.",
        )
    for parameter in parameters[1:]:
        if not NAME.fullmatch(parameter.name) or parameter.name in OF_BLOCKS:
            return Text(
                f"Die Angabe „{parameter.name}“ kann es beim Baustein „{name}“ nicht geben: "
                "Sie heißt mit kleinen Buchstaben von a bis z, Ziffern und Unterstrichen, und "
                f"nicht {' oder '.join(OF_BLOCKS)}.",
                f"The macro “{name}” can't have an argument “{parameter.name}”: use small letters "
                f"from a to z, digits and low lines, but neither {' nor '.join(OF_BLOCKS)}.",
            )
    return None


def _guarded(root: Path, function: Callable[..., Any]) -> Callable[..., Mapping[str, Any] | None]:
    """The function of a macro, whose failures are ``OwnCodeError`` with their line."""

    @wraps(function)
    def select(*args: Any, **kwargs: Any) -> Mapping[str, Any] | None:
        try:
            with own_code.aloof():
                data = function(*args, **kwargs)
        except (KlarplanError, UnreadError):
            raise
        except (Exception, SystemExit) as error:
            raise own_code.broke_off(error, root, own_code.MACROS) from error
        if data is None or isinstance(data, Mapping):
            return data
        kind = type(data).__name__
        raise OwnCodeError(
            Text(
                f"Der Baustein „{function.__name__}“ liefert „{kind}“; nötig ist ein Wörterbuch "
                "(dict) für die Vorlage, oder None, wenn es nichts zu zeigen gibt.",
                f"The macro “{function.__name__}” returns “{kind}”; needed is a dict for the "
                "template, or None where there is nothing to show.",
            ),
            own_code.MACROS,
            function.__code__.co_firstlineno,
        )

    return select
