"""Macro calls in pages: whether the macro exists and can use its arguments."""

from __future__ import annotations

import datetime as dt
import inspect
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from klarplan.messages import NOTHING, Finding, KlarplanError, Text, did_you_mean
from klarplan.pages.calls import Call
from klarplan.strategy.addresses import ROW_FOLDERS
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.public import internal_ids
from klarplan.strategy.unread import UnreadError

if TYPE_CHECKING:
    from macros.registry import Context, Macro
    from macros.seal import Seal

UNKNOWN = "KP803"
ARGUMENT = "KP804"
INTERNAL = "KP805"


class _Wrong(NamedTuple):
    """What is wrong with a call."""

    rule: str
    value: str
    problem: Text
    cure: Text
    cause: tuple[str, ...] | None = None


class Caller:
    """Answers the macro calls of pages with tokens, and gathers what is wrong with them."""

    def __init__(self, loaded: Loaded, shown: Loaded, as_of: dt.date) -> None:
        """Answer calls on pages of ``loaded``, whose public part is ``shown``."""
        self.loaded = loaded
        self.shown = shown
        self.as_of = as_of
        self.findings: list[Finding] = []

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
        from macros.registry import Context  # noqa: PLC0415 (only where pages have macros)

        return {
            hidden: Context(
                strategy=loaded.strategy,
                descriptor=loaded.descriptor,
                as_of=self.as_of,
                chapters=chapters_present(loaded.strategy, loaded.root),
            )
            for hidden, loaded in ((True, self.loaded), (False, self.shown))
        }

    def answer(self, file: str, line: int, call: Call, seal: Seal) -> str:
        """The Markdown that stands for a call; what is wrong with it is kept in ``findings``."""
        import macros  # noqa: F401, PLC0415 (registers all macros)
        from macros.registry import MACROS  # noqa: PLC0415
        from macros.render import placed  # noqa: PLC0415

        args, kwargs = list(call.args), dict(call.kwargs)
        macro = MACROS.get(call.name)
        if macro is None:
            wrong: _Wrong | None = _unknown(call.name, list(MACROS))
            text = seal.made("")
        else:
            heading = None if macro.inline else kwargs.pop("heading", None)
            wrong = self._wrong(macro, self.is_internal(file), args, kwargs)
            text = placed(seal, macro, "…", heading)
        if wrong:
            self.findings.append(Finding(file=file, line=line, **wrong._asdict()))
        return text

    def _wrong(
        self, macro: Macro, hidden: bool, args: list[Any], kwargs: dict[str, Any]
    ) -> _Wrong | None:
        """What is wrong with the arguments of a call."""
        wrong = _arguments(macro, args, kwargs)
        if not wrong and not hidden:
            wrong = self._internal(args, kwargs)
        if not wrong and (args or kwargs):
            wrong = self._select(macro, hidden, args, kwargs)
        return wrong

    def _select(
        self, macro: Macro, hidden: bool, args: list[Any], kwargs: dict[str, Any]
    ) -> _Wrong | None:
        """Let the macro select its data, as only that shows whether it can use its arguments."""
        value = str([*args, *kwargs.values()][0])
        try:
            macro.select(self._contexts[hidden], *args, **kwargs)
        except KlarplanError as error:
            return _Wrong(ARGUMENT, value, error.problem, error.cure, ("id", value))
        except UnreadError:
            return None  # that error is the cause
        except Exception as error:
            problem = Text(
                f"Das Makro „{macro.name}“ kann „{value}“ nicht verwenden ({error}).",
                f"The macro “{macro.name}” can't use “{value}” ({error}).",
            )
            return _Wrong(ARGUMENT, value, problem, _usage(macro))
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


def _arguments(macro: Macro, args: list[Any], kwargs: dict[str, Any]) -> _Wrong | None:
    try:
        macro.signature.bind(*args, **kwargs)
    except TypeError as error:
        return _Wrong(
            ARGUMENT,
            macro.name,
            Text(
                f"Das Makro „{macro.name}“ kann diese Angaben nicht verwenden ({error}).",
                f"The macro “{macro.name}” can't use these arguments ({error}).",
            ),
            _usage(macro),
        )
    return None


def _usage(macro: Macro) -> Text:
    plain = [p.replace(annotation=p.empty) for p in macro.signature.parameters.values()]
    shown = f"{macro.name}{inspect.Signature(plain)}"
    return Text(f"Aufgerufen wird es so: {shown}", f"It is called like this: {shown}")


def _unknown(name: str, known: list[str]) -> _Wrong:
    guess = did_you_mean(name, known)
    if guess == NOTHING:
        listed = ", ".join(sorted(known))
        guess = Text(f"Vorhanden sind: {listed}.", f"There are: {listed}.")
    return _Wrong(
        UNKNOWN,
        name,
        Text(f"Das Makro „{name}“ gibt es nicht.", f"There is no macro “{name}”."),
        guess,
    )
