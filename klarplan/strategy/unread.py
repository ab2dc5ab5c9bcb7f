"""What could not be read: asking for it ends the rule that asks, so that no rule guesses."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from typing import Any, NoReturn

from klarplan.strategy.csv_reader import Table
from klarplan.strategy.load import Loaded
from klarplan.strategy.model import MODEL
from klarplan.strategy.settings import SETTINGS, Settings


class UnreadError(Exception):
    """Somebody asked for a table or for settings that could not be read."""


def _refuse(*_: object) -> NoReturn:
    raise UnreadError


class _Rows(tuple[Any, ...]):
    """The rows of a table that could not be read."""

    __slots__ = ()
    __iter__: Any = _refuse
    __len__: Any = _refuse
    __bool__: Any = _refuse
    __getitem__: Any = _refuse
    __contains__: Any = _refuse
    __add__: Any = _refuse


class _Tables(dict[str, Table]):
    """All tables that could be read; asking for another of the ``unread`` is refused."""

    def __init__(self, tables: Mapping[str, Table], unread: Collection[str]) -> None:
        super().__init__(tables)
        self.unread = unread

    def __getitem__(self, name: str) -> Table:
        self._ask(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self._ask(name)
        return super().__contains__(name)

    def get(self, name: str, default: Any = None) -> Any:
        """As of any mapping."""
        self._ask(name)
        return super().get(name, default)

    def items(self) -> Any:
        """The tables that could be read."""
        return super().items()

    def _ask(self, name: object) -> None:
        if name in self.unread:
            raise UnreadError


class _Settings(Settings):
    """Settings that could not be read."""

    def __getattribute__(self, name: str) -> Any:
        if name in _NAMES:
            raise UnreadError
        return super().__getattribute__(name)


_NAMES = frozenset(field.name for field in fields(Settings))


def unread_tables(loaded: Loaded) -> frozenset[str]:
    """The tables that could not be read, of what ``refusing`` has returned."""
    tables = loaded.strategy.tables
    return frozenset(tables.unread) if isinstance(tables, _Tables) else frozenset()


def refusing(loaded: Loaded, unread: Collection[str]) -> Loaded:
    """The same, but what was not read raises ``UnreadError`` where it is asked for.

    ``unread`` are names of tables, and ``SETTINGS`` where the settings could not be read.
    """
    if not unread:
        return loaded
    changes: dict[str, Any] = {name: _Rows() for name in unread if name in MODEL}
    if SETTINGS in unread:
        changes["settings"] = _Settings()
    tables = {n: t for n, t in loaded.strategy.tables.items() if n not in unread}
    strategy = replace(loaded.strategy, tables=_Tables(tables, unread), **changes)
    return replace(loaded, strategy=strategy)
