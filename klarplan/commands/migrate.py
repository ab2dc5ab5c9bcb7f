"""Bringing a strategy that an earlier version of Klarplan wrote to the form of this one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from klarplan.commands.former_tables import Tables
from klarplan.commands.migrations import MIGRATIONS
from klarplan.commands.targets import refuse_links
from klarplan.commands.writing import refuse_uncommitted
from klarplan.messages import Text
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import require_data
from klarplan.strategy.renewal import engine_package, package_bytes, renewed, retitled
from klarplan.strategy.schema import DESCRIPTOR, FORMER_COLUMNS, read_descriptor
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.settings_text import EXPLAINED

_SECTION = re.compile(r"^# ---- Die Strategie\b.*(?:\r?\n)+", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What was changed, and what an editor should look at, each as a sentence."""

    done: tuple[Text, ...]
    doubts: tuple[Text, ...]


def migrate(root: Path, *, dry_run: bool = False) -> Migrated:
    """Rewrite tables, their description and the settings below ``root`` for this version.

    All files are written together or, as with ``dry_run``, not at all. What is up to date already
    is not touched, so that a second run changes nothing. Raises ``KlarplanError`` where a table
    can't be read, or a file not be written or not be restored by git.
    """
    require_data(root)
    refuse_links(root, ("data", "strategy"))
    own = read_descriptor(root)
    package = renewed(own.package, engine_package())
    paths = {
        table["name"]: table.get("path", f"{table['name']}.csv") for table in package["resources"]
    }
    tables = Tables(root / "data", paths)
    former = any(
        (table := tables.read(name)) is not None and table.column(column) is not None
        for name, columns in FORMER_COLUMNS.items()
        for column in columns
    )
    contents: dict[Path, bytes] = {}
    path = root / DESCRIPTOR
    if path.is_file() and package != own.package:
        former = former or _described_before(own.package)
        contents[path] = package_bytes(package)
        tables.done += _told(own.package, package)
    for migration in MIGRATIONS:
        migration.change(tables)
    for name, table in tables.changed.items():
        contents[root / "data" / paths.get(name, f"{name}.csv")] = table.content()
    settings = root / SETTINGS
    if former and settings.is_file():
        text = settings.read_bytes()
        if (said := _published(text)) != text:
            contents[settings] = said
            tables.done.append(
                Text(
                    f"{SETTINGS}: „published: true“ steht jetzt dabei, denn bisher war jede "
                    "Strategie öffentlich. Ist Ihre noch ein Entwurf, schreiben Sie false.",
                    f"{SETTINGS}: “published: true” was added, for until now every strategy was "
                    "public. If yours is still a draft, write false.",
                )
            )
    if contents and not dry_run:
        refuse_uncommitted(root, contents)
        replace_files(contents)
    return Migrated(done=tuple(tables.done), doubts=tuple(tables.doubts))


def _described_before(package: Any) -> bool:
    return any(
        field["name"] in FORMER_COLUMNS.get(table["name"], {})
        for table in package["resources"]
        for field in table["schema"]["fields"]
    )


def _told(own: Any, new: Any) -> Iterator[Text]:
    """What changes in the description of the tables."""
    before = {table["name"] for table in own["resources"]}
    added = [table["name"] for table in new["resources"] if table["name"] not in before]
    more = (
        Text(f"; neu: {', '.join(added)}", f"; new: {', '.join(added)}") if added else Text("", "")
    )
    yield Text(
        f"{DESCRIPTOR}: Tabellen und Spalten von Klarplan sind erneuert, Ihre eigenen bleiben"
        f"{more.de}.",
        f"{DESCRIPTOR}: Klarplan's tables and columns were renewed, your own stay{more.en}.",
    )
    for place, old, title in retitled(own, new):
        yield Text(
            f"{DESCRIPTOR}: „{place}“ heißt wieder „{title}“ (bisher „{old}“).",
            f"{DESCRIPTOR}: “{place}” is called “{title}” again (before: “{old}”).",
        )


def _published(content: bytes) -> bytes:
    """Settings that say that the strategy is public, unless they say something of it already."""
    text = content.decode("utf-8", "surrogateescape")
    if re.search(r"""^["']?published["']?\s*:""", text, re.MULTILINE):
        return content
    end = "\r\n" if "\r\n" in text else "\n"
    lines = [*(f"# {line}" for line in EXPLAINED["published"].split("\n")), "published: true"]
    added = "".join(line + end for line in lines)
    found = _SECTION.search(text)
    if found:
        text = text[: found.end()] + added + end + text[found.end() :]
    else:
        text += ("" if text.endswith("\n") or not text else end) + end + added
    return text.encode("utf-8", "surrogateescape")
