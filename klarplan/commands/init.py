"""Turning a clone with the sample strategy into an empty strategy of one's own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from klarplan.check.sample import is_sample
from klarplan.commands.issue_forms import write_forms
from klarplan.commands.targets import refuse_links
from klarplan.look.logo import logo_file
from klarplan.messages import KlarplanError, Text
from klarplan.ownership import CODE_OWNERS, code_owners
from klarplan.pages.menu import menu_files
from klarplan.processes import git
from klarplan.starter.texts import EASY_LANGUAGE, fields, pages
from klarplan.strategy import csv_reader
from klarplan.strategy.committed import OF_THE_SYSTEM, not_committed
from klarplan.strategy.csv_writer import replace_files, table_bytes
from klarplan.strategy.official_keys import COUNTRIES, GERMANY, fits
from klarplan.strategy.schema import Descriptor, read_descriptor
from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import settings_text
from klarplan.strategy.usual_statuses import usual
from klarplan.words.catalogue import Words

KEPT_TABLES = (
    *("fields_of_action", "goals", "measures", "measure_goals", "milestones", "status_reports"),
    *("budget", "organisations", "responsibilities"),
)
"""Tables that stay, with their headers only; the others appear when an editor wants them."""
BEGUN_WITH = frozenset(("fields_of_action", "statuses"))
"""Tables in which a new strategy has rows."""

BACKUP = "vor-init"
"""Folder for the old content where there is no git to bring it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emptied:
    """What ``init`` did."""

    removed: int
    """Files that are gone."""
    backup: Path | None
    """Where they are, if they are not in git."""


def is_key(text: str, country: str = GERMANY) -> bool:
    """Whether a text is an official key, or nothing."""
    return not text or fits(text, country)


def check_settings(values: Mapping[str, Any]) -> str:
    """The text of the settings file; ``KlarplanError`` (exit code 2) where a value does not fit."""
    if not str(values.get("municipality", "")).strip():
        raise KlarplanError(
            Text("Der Name der Kommune fehlt.", "The name of the municipality is missing."),
            Text(
                'Zum Beispiel: klarplan init --name "Stadt Münster" --key 05515000',
                'For example: klarplan init --name "Stadt Münster" --key 05515000',
            ),
            exit_code=2,
        )
    country = values.get("country", GERMANY)
    if not is_key(str(values.get("key", "")), country):
        needed = COUNTRIES[country].key_needed
        raise KlarplanError(
            Text(
                f"„{values.get('key', '')}“ ist kein amtlicher Schlüssel.",
                f"“{values.get('key', '')}” is not an official key.",
            ),
            Text(
                f'{needed.de} Ohne Schlüssel: klarplan init --name "Verband Süd" --key "". In '
                'einem anderen Staat: klarplan init --name "Stadt Zürich" --country CH --key 261',
                f'{needed.en} Without a key: klarplan init --name "Verband Süd" --key "". In '
                'another country: klarplan init --name "Stadt Zürich" --country CH --key 261',
            ),
            exit_code=2,
        )
    text = settings_text(values)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / SETTINGS
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8", newline="\n")
        _, findings = read_settings(Path(folder))
    for finding in findings:
        raise KlarplanError(
            Text(
                f"{finding.problem.de} („{finding.value}“)",
                f"{finding.problem.en} (“{finding.value}”)",
            ),
            finding.cure,
            exit_code=2,
        )
    return text


def uncommitted(root: Path, *more: Path) -> list[str] | None:
    """Files below strategy/ and data/, and ``more``, that git has not stored; ``None`` without git.

    Those that git is told to ignore are among them: it could not bring them back.
    """
    if not git(root, "ls-files", "--", "strategy", "data"):
        return None
    others = [path.relative_to(root).as_posix() for path in more]
    unknown = ("--untracked-files=all", "--ignored")
    names = not_committed(root, *unknown, paths=("strategy", "data", *others))
    if names is None:
        return None
    return [name for name in names if name.rpartition("/")[2] not in OF_THE_SYSTEM]


def _refuse_menu(
    root: Path, values: Mapping[str, Any], *, there: Container[Path], gone: Container[Path]
) -> None:
    """Refuse a menu with a page that there will not be."""
    for file in menu_files(values.get("menu", ())):
        path = root / file
        if path not in there and (path in gone or not path.is_file()):
            raise KlarplanError(
                Text(
                    f"„menu“ nennt eine Seite, die es nicht gibt: {file}.",
                    f"“menu” names a page that there is not: {file}.",
                ),
                Text(
                    "Löschen Sie sie bei „menu“ in der Datei Ihrer Antworten, oder legen Sie die "
                    "Seite zuerst an.",
                    "Delete it below “menu” in the file of your answers, or make the page first.",
                ),
                exit_code=2,
            )


def _refuse(files: list[str]) -> KlarplanError:
    listed = ", ".join(files[:5]) + (" …" if len(files) > 5 else "")
    return KlarplanError(
        Text(
            f"In strategy/ oder data/ gibt es Änderungen, die git noch nicht kennt: {listed}.",
            f"In strategy/ or data/ there are changes that git does not know yet: {listed}.",
        ),
        Text(
            "Sichern Sie sie zuerst mit „git add .“ und „git commit“, oder verwerfen Sie sie: "
            "derselbe Befehl mit --yes am Ende.",
            "Store them first with “git add .” and “git commit”, or discard them: the same command "
            "with --yes at its end.",
        ),
        exit_code=2,
    )


def _refuse_own(root: Path, descriptor: Descriptor) -> None:
    """Refuse to empty a strategy that is not the sample and in which somebody has begun to write.

    What a new strategy itself begins with, statuses and fields of action, is no such beginning.
    """
    settings, _ = read_settings(root)
    if is_sample(settings):
        return
    rows = 0
    for name, schema in descriptor.tables.items():
        path = root / "data" / schema.path
        if name not in BEGUN_WITH and path.is_file():
            table, _ = csv_reader.read(path, name, path.name)
            rows += len(table.records) if table else 0
    texts = sum(1 for path in (root / "strategy").rglob("*.md") if path.is_file())
    if not rows + texts:
        return
    whose = settings.municipality or settings.title
    raise KlarplanError(
        Text(
            f"Hier liegt schon die Strategie von „{whose}“, nicht mehr das Beispiel "
            f"(Zeilen in data/: {rows}, Texte in strategy/: {texts}).",
            f"The strategy of “{whose}” is here already, no longer the sample "
            f"(rows in data/: {rows}, texts in strategy/: {texts}).",
        ),
        Text(
            "Ändern Sie Angaben in strategy/strategy.yml. Soll alles fort: derselbe "
            "Befehl mit --yes am Ende.",
            "Change settings in strategy/strategy.yml. If all shall go: the same command with "
            "--yes at its end.",
        ),
        exit_code=2,
    )


def _code_owners(team: str) -> str:
    try:
        return code_owners(team)
    except ValueError as error:
        raise KlarplanError(
            Text(f"„{team}“ ist kein Team.", f"“{team}” is no team."),
            Text(
                'Nennen Sie Konten oder Teams mit @: --owners "@stadt/technik".',
                'Name accounts or teams with @: --owners "@town/tech".',
            ),
            exit_code=2,
        ) from error


def _tables(
    root: Path, descriptor: Descriptor, filled: Mapping[str, Iterable[Mapping[str, str]]]
) -> dict[Path, bytes]:
    """The tables of a new strategy, with their headers and the rows that it begins with."""
    contents: dict[Path, bytes] = {}
    for name in (*KEPT_TABLES, *(filled.keys() - set(KEPT_TABLES))):
        if name in descriptor.tables:
            schema = descriptor.tables[name]
            header = list(schema.columns)
            rows = [[row.get(column, "") for column in header] for row in filled.get(name, ())]
            contents[root / "data" / schema.path] = table_bytes(header, rows)
    return contents


def _statuses(root: Path, descriptor: Descriptor) -> Path | None:
    schema = descriptor.tables.get("statuses")
    path = root / "data" / schema.path if schema else None
    if path is None or not path.is_file():
        return None
    table, _ = csv_reader.read(path, "statuses", path.name)
    return path if table is not None and table.records else None


def _outdated(root: Path, keep: set[Path]) -> list[Path]:
    tables_ = [path for path in (root / "data").glob("*.csv") if path not in keep]
    prose = (root / "strategy").rglob("*")
    logo = logo_file(root, read_settings(root)[0].logo)
    files = (p for p in prose if p.is_symlink() or not p.is_dir())
    return sorted([*tables_, *files, *([logo] if logo else [])])


def _backup(root: Path, files: list[Path]) -> Path:
    number, folder = 1, root / BACKUP
    while folder.exists():
        number += 1
        folder = root / f"{BACKUP}-{number}"
    for path in files:
        copy = folder / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, copy, follow_symlinks=False)
    return folder


def make_empty(  # noqa: PLR0913 (what a strategy begins with)
    root: Path,
    values: Mapping[str, Any],
    *,
    force: bool = False,
    owners: str = "",
    titles: Collection[str] = (),
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> Emptied:
    """Empty the strategy below ``root`` and write its settings anew.

    Only ``strategy/``, the CSV files of ``data/`` and some pages of ``docs/`` are touched: the
    glossary follows the topic, and in English all pages are written anew. A German list of
    statuses stays; where there is none, and in English, the usual ones are written. Of the topic's
    usual fields of action those of these ``titles`` are entered. ``more`` are files that the
    strategy begins with, by their path from the root.
    Where ``owners`` names a team, ``.github/CODEOWNERS`` is written, unless there is one.
    Without git the old content is copied to a folder first. Raises ``KlarplanError`` where
    settings don't fit, the menu names a page that there will not be, there is no strategy, or
    (unless ``force``) git does not know all changes or the strategy is somebody's own.
    """
    text = check_settings(values)
    approvers = _code_owners(owners) if owners else ""
    if not (root / "data").is_dir():
        raise KlarplanError(
            Text(f"In „{root}“ gibt es keinen Ordner „data“.", f"There is no “data” in “{root}”."),
            Text(
                "Rufen Sie klarplan im Ordner der Kopie auf oder nennen Sie ihn mit --root.",
                "Call klarplan in the folder of the clone or name it with --root.",
            ),
            exit_code=2,
        )
    above = {folder.as_posix() for name in more for folder in Path(name).parents if folder.name}
    refuse_links(root, ("data", "strategy", *sorted(above), *more), below=False)
    descriptor = read_descriptor(root)
    logo = logo_file(root, read_settings(root)[0].logo)
    words = Words(values.get("lang", "de"))
    topic = values.get("topic", "general")
    texts = {root / name: text.encode() for name, text in pages(words, topic).items()}
    texts |= {root / name: content for name, content in more.items()}
    foreign = [root / EASY_LANGUAGE] if words.lang != "de" else []
    _refuse_menu(root, values, there=texts.keys(), gone=foreign)
    changes = uncommitted(root, *([logo] if logo else []), *texts, *foreign)
    if changes and not force:
        raise _refuse(changes)
    if not force:
        _refuse_own(root, descriptor)
    statuses = _statuses(root, descriptor) if words.lang == "de" else None
    filled: dict[str, Iterable[Mapping[str, str]]] = {}
    if titles:
        filled["fields_of_action"] = fields(words, topic, titles)
    if statuses is None:
        filled["statuses"] = usual(words).values()
    contents = {**_tables(root, descriptor, filled), **texts}
    keep = {statuses} if statuses else set()
    rewritten = [path for path in (*texts, *foreign) if path.is_file()]
    old = sorted({*_outdated(root, keep), *rewritten})
    backup = _backup(root, old) if changes is None and old else None
    contents[root / SETTINGS] = text.encode("utf-8")
    if approvers and not (root / CODE_OWNERS).exists():
        contents[root / CODE_OWNERS] = approvers.encode("utf-8")
    for folder in {path.parent for path in contents}:
        folder.mkdir(parents=True, exist_ok=True)
    replace_files(contents)
    gone = [path for path in old if path not in contents]
    for path in gone:
        path.unlink()
    write_forms(root)
    folders = sorted((p for p in (root / "strategy").rglob("*") if p.is_dir()), reverse=True)
    for folder in folders:
        if not any(folder.iterdir()):
            folder.rmdir()
    return Emptied(removed=len(gone), backup=backup)
