"""The rules of the check, and beside them those of the town in ``local/rules.py``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from klarplan import own_code
from klarplan.check.rules.registry import Rule, gathered, rules
from klarplan.messages import Finding, Severity, Text
from klarplan.own_code import OwnCodeError
from klarplan.strategy.unread import UnreadError

if TYPE_CHECKING:
    from klarplan.check.rules.subject import Subject

ID = re.compile(r"EIGEN-\d{1,4}")
"""What rules of a town are called, so that Klarplan never gives one of these numbers."""


def rules_of(root: Path) -> tuple[Rule, ...]:
    """All rules that hold below ``root``.

    Where the town's program fails, they are Klarplan's alone; ``failure_of`` tells why.
    """
    return (*rules(), *_read(root)[0])


def failure_of(root: Path) -> OwnCodeError | None:
    """Why the rules of the town below ``root`` can't be used; ``None`` where all is well."""
    return _read(root)[1]


def _read(root: Path) -> tuple[tuple[Rule, ...], OwnCodeError | None]:
    try:
        source = own_code.source_of(root, own_code.RULES)
    except OwnCodeError as error:
        return (), error
    return _run(root.resolve(), source) if source else ((), None)


@lru_cache(maxsize=4)
def _run(root: Path, source: bytes) -> tuple[tuple[Rule, ...], OwnCodeError | None]:
    with gathered() as found:
        try:
            own_code.run(root, own_code.RULES, source)
            made = [_usable(root, rule) for rule in found.values()]
        except OwnCodeError as error:
            return (), error
    return tuple(sorted(made, key=lambda rule: int(rule.id.partition("-")[2]))), None


def _usable(root: Path, rule: Rule) -> Rule:
    """A rule of the town; raises ``OwnCodeError`` where it has a number of Klarplan's."""
    line = getattr(getattr(rule.function, "__code__", None), "co_firstlineno", None)
    if not ID.fullmatch(str(rule.id)):
        raise OwnCodeError(
            Text(
                f"„{rule.id}“ kann keine eigene Regel heißen, denn KP-Nummern vergibt Klarplan. "
                "Nennen Sie sie EIGEN-1, EIGEN-2 und so weiter.",
                f"“{rule.id}” can't be the name of a rule of yours, since KP numbers are "
                "Klarplan's. Call it EIGEN-1, EIGEN-2 and so on.",
            ),
            own_code.RULES,
            line,
        )
    if rule.severity not in get_args(Severity) or rule.function is None:
        raise OwnCodeError(
            Text(
                f"Die Regel „{rule.id}“ braucht eine Funktion, und severity ist "
                f"{', '.join(get_args(Severity))} oder fehlt.",
                f"The rule “{rule.id}” needs a function, and its severity is one of "
                f"{', '.join(get_args(Severity))}, or missing.",
            ),
            own_code.RULES,
            line,
        )
    title, told = _text(rule.title), rule.explanation
    return replace(
        rule,
        title=title,
        explanation=Text(told.de, told.en or told.de),
        function=_guarded(root, rule.function, rule.id, line),
    )


def _guarded(
    root: Path, function: Callable[[Subject], Any], name: str, line: int | None
) -> Callable[[Subject], Iterator[Finding]]:
    """The function of a rule, whose failures are ``OwnCodeError`` with their line."""

    def findings(subject: Subject) -> Iterator[Finding]:
        made: list[Finding] = []
        failure: Exception | None = None
        try:
            with own_code.aloof():
                for one in function(subject) or ():
                    made.append(_finding(one, name, line))
        except (OwnCodeError, UnreadError) as error:
            failure = error
        except (Exception, SystemExit) as error:
            failure = own_code.broke_off(error, root, own_code.RULES)
        yield from made
        if failure:
            raise failure

    return findings


def _finding(made: Any, name: str, line: int | None) -> Finding:
    """What a rule of the town found, whose sentences may be given in one language."""
    if not isinstance(made, Finding):
        kind = type(made).__name__
        raise OwnCodeError(
            Text(
                f"Die Regel „{name}“ liefert „{kind}“; nötig ist ein Finding für jeden Fund.",
                f"The rule “{name}” yields “{kind}”; needed is a Finding for each thing found.",
            ),
            own_code.RULES,
            line,
        )
    place = (made.file, made.line, made.column, made.severity)
    fits = (
        isinstance(made.file, str)
        and bool(made.file)
        and isinstance(made.line, int | None)
        and isinstance(made.column, str | None)
        and made.severity in get_args(Severity)
    )
    if not fits:
        raise OwnCodeError(
            Text(
                f"Die Regel „{name}“ nennt einen Ort, den es nicht geben kann: {place}.",
                f"The rule “{name}” names a place that can't be: {place}.",
            ),
            own_code.RULES,
            line,
        )
    value = None if made.value is None else str(made.value)
    return replace(made, value=value, problem=_text(made.problem), cure=_text(made.cure))


def _text(said: Any) -> Text:
    """A sentence in both languages; one that was given in one is said in both."""
    if isinstance(said, Text):
        return said
    return Text(str(said), str(said))
