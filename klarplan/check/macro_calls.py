"""Macro calls in pages: whether the macro exists and can use its arguments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from inspect import Parameter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from klarplan.check.call_examples import example
from klarplan.check.template_trials import BROKEN
from klarplan.messages import Finding, KlarplanError, Text, did_you_mean
from klarplan.own_code import OwnCodeError
from klarplan.pages.calls import Call
from klarplan.strategy.addresses import ROW_FOLDERS
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.public import internal_ids
from klarplan.strategy.unread import UnreadError
from klarplan.words.catalogue import GERMAN

if TYPE_CHECKING:
    from jinja2 import Environment

    from macros.registry import Context, Macro
    from macros.seal import Seal

UNKNOWN = "KP803"
ARGUMENT = "KP804"
INTERNAL = "KP805"
OWN = "KP070"
"""The rule of a town's own program that fails."""

OF_VALUES = (LookupError, ValueError, ArithmeticError)
"""What Python raises where a value, and not the program, is the cause."""

MOST = 5
"""So many names a message lists at most."""


Usage = Callable[..., Text]
"""Shows a call that works, with an optional argument where it is given its name."""


class _Wrong(NamedTuple):
    """What is wrong with a call."""

    rule: str
    value: str
    problem: Text
    cure: Text
    cause: tuple[str, ...] | None = None
    place: tuple[str, int | None] | None = None
    """File and line, where that is not the call itself."""

    def at(self, file: str, line: int) -> Finding:
        """The finding of a call that stands there."""
        file, found = self.place or (file, line)
        return Finding(
            rule=self.rule,
            file=file,
            line=found,
            value=None if self.place else self.value,
            problem=self.problem,
            cure=self.cure,
            cause=self.cause,
        )


class Caller:
    """Answers the macro calls of pages with tokens, and gathers what is wrong with them."""

    def __init__(
        self,
        loaded: Loaded,
        shown: Loaded,
        as_of: dt.date,
        unsure: frozenset[str] = frozenset(),
    ) -> None:
        """Answer calls on pages of ``loaded``, whose public part is ``shown``.

        Whether rows with ``unsure`` ids are internal can't be said, so nothing is said of them.
        """
        self.unsure = unsure
        self.loaded = loaded
        self.shown = shown
        self.as_of = as_of
        self._told: dict[str, list[Finding]] = {}
        """What is wrong with the calls on each page, by its file."""

    @property
    def findings(self) -> list[Finding]:
        """What is wrong with the calls of all pages."""
        return [finding for told in self._told.values() for finding in told]

    def keep(self, files: Collection[str]) -> None:
        """Forget what was told of the calls on all pages but these."""
        self._told = {file: told for file, told in self._told.items() if file in files}

    @cached_property
    def internal(self) -> frozenset[str]:
        """Ids that the public must not see."""
        return internal_ids(self.loaded, self.shown)

    def is_internal(self, file: str) -> bool:
        """Whether a page belongs to a row that the public does not see."""
        folder, _, name = file.rpartition("/")
        return folder in ROW_FOLDERS and name.removesuffix(".md") in self.internal

    @cached_property
    def _contexts(self) -> dict[bool, Context]:
        from macros.local_macros import macros_of  # noqa: PLC0415 (only where pages have macros)
        from macros.registry import Context  # noqa: PLC0415

        return {
            hidden: Context(
                strategy=loaded.strategy,
                descriptor=loaded.descriptor,
                as_of=self.as_of,
                chapters=chapters_present(loaded.strategy, loaded.root),
                macros=macros_of(loaded.root),
            )
            for hidden, loaded in ((True, self.loaded), (False, self.shown))
        }

    def answer(self, file: str, line: int, call: Call, seal: Seal) -> str:
        """The Markdown that stands for a call; what is wrong with it is kept in ``findings``."""
        from macros.local_macros import is_promised, macros_of  # noqa: PLC0415
        from macros.render import placed  # noqa: PLC0415

        args, kwargs = list(call.args), dict(call.kwargs)
        known = macros_of(self.loaded.root)
        macro = known.get(call.name)
        wrong: _Wrong | None = None
        if macro is None:
            if not is_promised(self.loaded.root, call.name):
                wrong = _unknown(call.name, list(known))
            text = seal.made("")
        else:
            heading = None if macro.inline else kwargs.pop("heading", None)
            own = PurePosixPath(file).stem
            wrong = self._wrong(macro, own, self.is_internal(file), args, kwargs)
            text = placed(seal, macro, "…", heading)
        if wrong:
            self._told.setdefault(file, []).append(wrong.at(file, line))
        return text

    def _wrong(
        self, macro: Macro, own: str, hidden: bool, args: list[Any], kwargs: dict[str, Any]
    ) -> _Wrong | None:
        """What is wrong with the arguments of a call on the page of the row ``own``, if any."""
        if self.unsure.intersection(a for a in (*args, *kwargs.values()) if isinstance(a, str)):
            return None
        context = self._contexts[hidden]
        given = [a for a in (*args, *kwargs.values(), own) if isinstance(a, str)]
        usage = partial(_usage, macro, context, given)
        wrong = _arguments(macro, usage, args, kwargs)
        if not wrong and not hidden:
            wrong = self._internal(args, kwargs)
        if not wrong and (args or kwargs or macro.own):
            wrong = self._select(macro, context, usage, args, kwargs)
        return wrong

    @cached_property
    def _templates(self) -> Environment:
        from macros.render import environment  # noqa: PLC0415

        return environment(self.loaded.root, self.loaded.strategy.words)

    def _select(
        self,
        macro: Macro,
        context: Context,
        usage: Usage,
        args: list[Any],
        kwargs: dict[str, Any],
    ) -> _Wrong | None:
        """Let the macro select its data, as only that shows whether it can use its arguments."""
        value = str([*args, *kwargs.values(), ""][0])
        try:
            data = macro.select(context, *args, **kwargs)
        except OwnCodeError as error:
            return _broke_off(macro, error, value, usage)
        except KlarplanError as error:
            return _Wrong(ARGUMENT, value, error.problem, error.cure, ("id", value))
        except UnreadError:
            return None  # that error is the cause
        except Exception:  # whatever a macro of a municipality throws at what it was given
            problem = Text(
                f"Der Baustein „{macro.name}“ kann mit „{value}“ nichts anfangen.",
                f"The macro “{macro.name}” can't use “{value}”.",
            )
            return _Wrong(ARGUMENT, value, problem, usage())
        return self._filled(macro, context, data) if macro.own and data is not None else None

    def _filled(self, macro: Macro, context: Context, data: Mapping[str, Any]) -> _Wrong | None:
        """What is wrong with the template of a town's macro, which nobody else has tried."""
        from macros.render import filled  # noqa: PLC0415

        with suppress(UnreadError):  # that error is the cause
            try:
                filled(self._templates, context, macro, data)
            except KlarplanError as error:
                place = (error.file or macro.template, error.line)
                return _Wrong(BROKEN, "", error.problem, error.cure, place=place)
        return None

    def _internal(self, args: list[Any], kwargs: dict[str, Any]) -> _Wrong | None:
        named = [a for a in (*args, *kwargs.values()) if isinstance(a, str) and a in self.internal]
        if not named:
            return None
        return _Wrong(
            INTERNAL,
            named[0],
            Text(
                f"„{named[0]}“ ist intern und darf auf einer öffentlichen Seite nicht vorkommen.",
                f"“{named[0]}” is internal and must not occur on a public page.",
            ),
            Text("Löschen Sie den Aufruf.", "Delete the call."),
        )


def _broke_off(macro: Macro, error: OwnCodeError, value: str, usage: Usage) -> _Wrong:
    """What to say of a town's macro that raised an error: at its line, or of what it was given."""
    assert error.file
    if not value or not isinstance(error.__cause__, OF_VALUES):
        return _Wrong(OWN, "", error.problem, error.cure, place=(error.file, error.line))
    there = f"{error.file}:{error.line}" if error.line else error.file
    problem = Text(
        f"Der Baustein „{macro.name}“ kann mit „{value}“ nichts anfangen. {there}: "
        f"{error.problem.de}",
        f"The macro “{macro.name}” can't use “{value}”. {there}: {error.problem.en}",
    )
    return _Wrong(ARGUMENT, value, problem, usage())


def _arguments(
    macro: Macro, usage: Usage, args: list[Any], kwargs: dict[str, Any]
) -> _Wrong | None:
    """What is wrong with number, names and kinds of the arguments."""
    names = list(macro.signature.parameters)
    unknown = next((name for name in kwargs if name not in names), None)
    if unknown:
        return _no_such(macro, usage, unknown, names)
    if len(args) > len(names):
        most = len(names)
        problem = Text(
            f"Der Baustein „{macro.name}“ nimmt "
            f"{('keine Angabe', 'nur eine Angabe')[most] if most < 2 else f'höchstens {most}'}; "
            f"hier stehen {len(args)}."
            if most or len(args) > 1
            else f"Der Baustein „{macro.name}“ nimmt keine Angabe.",
            f"The macro “{macro.name}” takes {most or 'no'} argument{'s' * (most != 1)}, "
            f"not {len(args)}.",
        )
        return _Wrong(ARGUMENT, macro.name, problem, usage())
    twice = next((name for name in names[: len(args)] if name in kwargs), None)
    if twice:
        problem = Text(
            f"Die Angabe „{twice}“ steht zweimal im Baustein „{macro.name}“.",
            f"The argument “{twice}” stands twice in the macro “{macro.name}”.",
        )
        return _Wrong(ARGUMENT, macro.name, problem, usage())
    given = dict(zip(names, args, strict=False)) | kwargs
    for name, parameter in macro.signature.parameters.items():
        if name not in given and parameter.default is parameter.empty:
            problem = Text(
                f"Dem Baustein „{macro.name}“ fehlt die Angabe „{name}“.",
                f"The macro “{macro.name}” lacks the argument “{name}”.",
            )
            return _Wrong(ARGUMENT, macro.name, problem, usage())
        if name in given and (kind := _kind(_annotated(parameter), given[name])):
            problem = Text(
                f"Die Angabe „{name}“ des Bausteins „{macro.name}“ ist {kind.de}, "
                f"nicht „{given[name]}“.",
                f"The argument “{name}” of the macro “{macro.name}” is {kind.en}, "
                f"not “{given[name]}”.",
            )
            return _Wrong(ARGUMENT, str(given[name]), problem, usage(name))
    return None


def _no_such(macro: Macro, usage: Usage, name: str, names: list[str]) -> _Wrong:
    possible = names if macro.inline else [*names, "heading"]
    guess = did_you_mean(name, possible)
    listing = (
        Text(
            f"Möglich sind: {GERMAN.listed(possible[:MOST])}.",
            f"Possible: {', '.join(possible[:MOST])}.",
        )
        if possible
        else Text("Er nimmt keine Angaben.", "It takes none.")
    )
    near = next((n for n in possible if f"„{n}“" in guess.de), None)
    told = usage(near or next(iter(names), None))
    return _Wrong(
        ARGUMENT,
        name,
        Text(
            f"Der Baustein „{macro.name}“ kennt keine Angabe „{name}“.",
            f"The macro “{macro.name}” has no argument “{name}”.",
        ),
        Text(
            f"{guess.de} {listing.de} {told.de}".strip(),
            f"{guess.en} {listing.en} {told.en}".strip(),
        ),
    )


_KINDS = {
    "str": (str, Text('ein Text in Anführungszeichen ("…")', 'a text in quotation marks ("…")')),
    "int": (
        int,
        Text("eine ganze Zahl ohne Anführungszeichen", "a number without quotation marks"),
    ),
    "bool": (bool, Text("true oder false", "true or false")),
}


def _annotated(parameter: Parameter) -> str:
    """The kind that an argument is said to have, with annotations as texts or as types."""
    kind = parameter.annotation
    return kind.__name__ if isinstance(kind, type) else str(kind)


def _kind(annotation: str, value: object) -> Text | None:
    """What an argument must be, where it is something else."""
    kinds = [part.strip() for part in annotation.split("|")]
    if not set(kinds) <= {*_KINDS, "None"} or (value is None and "None" in kinds):
        return None
    told = [_KINDS[kind] for kind in kinds if kind in _KINDS]
    fits = any(
        isinstance(value, type_) and (type_ is bool or value is not True) for type_, _ in told
    )
    return None if fits else told[0][1]


def _usage(macro: Macro, context: Context, given: Sequence[str], name: str | None = None) -> Text:
    call = example(macro, context, name, given)
    return Text(f"So geht es: {call}", f"It works like this: {call}")


def _unknown(name: str, known: list[str]) -> _Wrong:
    guess = did_you_mean(name, known)
    where = Text(
        "Welche es gibt, sagt das Handbuch auf der Seite „Bausteine für Seiten“.",
        "The handbook's page on macros says which there are.",
    )
    return _Wrong(
        UNKNOWN,
        name,
        Text(f"Den Baustein „{name}“ gibt es nicht.", f"There is no macro “{name}”."),
        guess if guess.de else where,
    )
