"""A version of the engine, in memory: its files, its number, who owns what; and what is none."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import yaml

from klarplan.messages import KlarplanError, Text
from klarplan.ownership import Owner, as_table
from klarplan.update.contents import LIST, Contents, read, together

NUMBER = "klarplan/__init__.py"
"""The file that says which version it is."""
NEEDED = (
    *(NUMBER, "klarplan/ownership.yml", "klarplan/strategy/datapackage.json"),
    *("pyproject.toml", "requirements.lock"),
)
"""Files without which it is no version of Klarplan."""
MOST_FILES = 20_000
MOST_BYTES = 200_000_000
LARGEST = 50_000_000
"""Bounds of what is taken from outside: files, bytes of all, bytes of one."""
_VERSION = re.compile(r'^__version__ = "(\d+)\.(\d+)\.(\d+)"$', re.MULTILINE)
_NUMBER = re.compile(r"(\d+)\.(\d+)\.(\d+)")

Number = tuple[int, int, int]


class File(NamedTuple):
    """A file's content, and whether it may be run."""

    content: bytes
    executable: bool = False


@dataclass(frozen=True)
class Version:
    """A version of Klarplan as it came from outside; ``history`` is what is known of earlier ones.

    Raises ``KlarplanError`` where it is no version of Klarplan.
    """

    files: Mapping[str, File]
    history: Contents

    def __post_init__(self) -> None:
        if any(name not in self.files for name in NEEDED):
            raise no_version()
        _ = self.number, self.owners, self.python

    def text(self, name: str) -> str:
        """A file as text; empty where there is none."""
        file = self.files.get(name)
        return file.content.decode("utf-8", "replace") if file else ""

    @cached_property
    def number(self) -> Number:
        """The number of this version."""
        found = number_in(self.text(NUMBER))
        if found is None:
            raise no_version()
        return found

    @property
    def name(self) -> str:
        """The number as people write it."""
        return ".".join(map(str, self.number))

    @cached_property
    def owners(self) -> Mapping[Owner, tuple[str, ...]]:
        """Who owns what, as this version says it."""
        try:
            return as_table(yaml.safe_load(self.text("klarplan/ownership.yml")))
        except (yaml.YAMLError, KeyError, TypeError) as error:
            raise no_version() from error

    @cached_property
    def python(self) -> tuple[int, int]:
        """The least Python that this version runs with."""
        try:
            told = tomllib.loads(self.text("pyproject.toml"))["project"]["requires-python"]
            least = re.match(r">=(\d+)\.(\d+)", told)
        except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
            raise no_version() from error
        if least is None:
            raise no_version()
        return int(least[1]), int(least[2])

    @cached_property
    def known(self) -> Contents:
        """What this version knows of contents that engine's files ever had."""
        return together(self.history, read(self.text(LIST)))


def number_in(text: str) -> Number | None:
    """The number of a version in the text of its file ``NUMBER``."""
    found = _VERSION.search(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def number_of(text: str) -> Number | None:
    """The number in a name such as ``v1.2.3`` or ``klarplan-v1.2.3``."""
    found = _NUMBER.fullmatch(text.removeprefix("klarplan-").removeprefix("v"))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def no_version() -> KlarplanError:
    """What to say of what is no version of Klarplan."""
    return KlarplanError(
        Text("Das ist keine Fassung von Klarplan.", "This is no version of Klarplan."),
        Text(
            "Nennen Sie mit --from einen entpackten Ordner, die ZIP-Datei einer Fassung oder die "
            "Adresse des Git-Projekts von Klarplan.",
            "Name with --from an unpacked folder, the ZIP file of a release, or the address of "
            "Klarplan's git project.",
        ),
        exit_code=2,
    )


def refuse_name(name: str) -> None:
    """Raise ``KlarplanError`` where a path from outside is none that a version may have.

    It must stay where it is put, on every system: no way up, no drive, nothing in ``.git``, no end
    that Windows cuts off.
    """
    parts = name.split("/")
    odd = any(part.rstrip(". ") != part or part.casefold() in ("", ".git") for part in parts)
    if odd or "\\" in name or ":" in name or not name.isprintable() or len(name) > 400:
        shown = "".join(letter if letter.isprintable() else "?" for letter in name[:80])
        raise KlarplanError(
            Text(
                f"Darin ist eine Datei, die anderswo landen würde: „{shown}“. Nichts ist geändert.",
                f"It holds a file that would end up elsewhere: “{shown}”. Nothing was changed.",
            ),
            _OFFICIAL,
        )


def link(name: str) -> KlarplanError:
    """What to say of a link in what came from outside."""
    return KlarplanError(
        Text(
            f"„{name}“ ist eine Verknüpfung (symbolischer Link), und eine Fassung von Klarplan "
            "enthält keine. Nichts ist geändert.",
            f"“{name}” is a symbolic link, and versions of Klarplan have none. "
            "Nothing was changed.",
        ),
        _OFFICIAL,
    )


def too_much() -> KlarplanError:
    """What to say of what is too large to be a version of Klarplan."""
    return KlarplanError(
        Text(
            f"Das ist zu groß für eine Fassung von Klarplan (erlaubt sind {MOST_FILES} Dateien und "
            f"{MOST_BYTES // 1_000_000} MB, je Datei {LARGEST // 1_000_000} MB).",
            f"This is too large for a version of Klarplan ({MOST_FILES} files and "
            f"{MOST_BYTES // 1_000_000} MB are allowed, {LARGEST // 1_000_000} MB per file).",
        ),
        _OFFICIAL,
    )


_OFFICIAL = Text(
    "Nehmen Sie eine veröffentlichte Fassung von Klarplan.", "Take a released version of Klarplan."
)
