"""Which ids tables ever had, as git's history tells it, with what they were called."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from klarplan.processes import git
from klarplan.strategy import csv_reader
from klarplan.strategy.committed import publisher
from klarplan.strategy.schema import Descriptor
from klarplan.strategy.settings import SETTINGS

Ids = dict[str, dict[str, set[str]]]
"""By table: each id with the titles that it had."""
TITLES = ("title", "name", "label", "component")
"""The columns that say what a row is called, the first that there is."""
_ADDED = re.compile(rb"@@ -\S+ \+\d+(?:,(\d+))? @@")
_PLAIN = (
    *("--format=", "--patch", "--unified=0", "--text", "--reverse", "--relative", "--no-renames"),
    *("--no-color", "--no-ext-diff", "--no-textconv", "--src-prefix=a/", "--dst-prefix=b/"),
)
"""How git shows changes, whatever somebody's own settings are."""


def files_with_ids(descriptor: Descriptor) -> Mapping[str, str]:
    """The files of tables whose rows have ids, by table."""
    return {n: f"data/{t.path}" for n, t in descriptor.tables.items() if "id" in t.columns}


def former_ids(root: Path, tables: Mapping[str, str], revision: str = "") -> Ids:
    """Every id that these tables had in a revision or before it; without one, in any commit yet.

    ``tables`` are their files below ``root`` by name. Only the time counts in which the strategy
    was of the same municipality, since a fork's history begins with another one's. Nothing is
    known without git, or where the history is cut off. A row whose first line is not the line that
    was changed may be missed.
    """
    if git(root, "rev-parse", "--is-shallow-repository") != b"false\n":
        return {}
    settings = root / SETTINGS
    own = (
        git(root, "show", f"{revision}:./{SETTINGS}")
        if revision
        else (settings.read_bytes() if settings.is_file() else None)
    )
    revision = revision or "HEAD"
    begin = _begin(root, revision, publisher(own))
    if begin is None:
        return {}
    found: Ids = {}
    readers = {file: _Lines(found.setdefault(name, {})) for name, file in tables.items()}
    for file, reader in readers.items():
        if begin and (raw := git(root, "show", f"{begin}:./{file}")):
            reader.read_file(raw, file)
    span = f"{begin}..{revision}" if begin else revision
    changes = git(
        *(root, "-c", "log.showRoot=true", "log", *_PLAIN, "--end-of-options", span),
        *("--", *readers),
    )
    for file, line in _added(changes or b""):
        if file in readers:
            readers[file].read_line(line)
    return found


def _begin(root: Path, revision: str, own: str | None) -> str | None:
    """The commit since which the strategy has been of this municipality.

    Empty where it has always been, ``None`` where it is not in this revision.
    """
    told = git(
        *(root, "log", "--format=%H", "-G^municipality", "--end-of-options", revision),
        *("--", SETTINGS),
    )
    begin = None
    for commit in (told or b"").decode().split():
        if publisher(git(root, "show", f"{commit}:./{SETTINGS}")) != own:
            return begin
        begin = commit
    return ""


def _added(changes: bytes) -> Iterator[tuple[str, bytes]]:
    """The lines that changes add, each with its file."""
    file, left = "", 0
    for line in changes.split(b"\n"):
        if left and line.startswith(b"+"):
            left -= 1
            yield file, line[1:]
        elif left == 0 and line.startswith(b"+++ b/"):
            file = line[6:].rstrip(b"\t").decode("utf-8", "replace")
        elif found := _ADDED.match(line):
            left = int(found[1] or 1)


class _Lines:
    """Takes ids and titles from lines of one table, whose form may change on the way."""

    def __init__(self, found: dict[str, set[str]]) -> None:
        self.found = found
        self.delimiter = ","
        self.header: Sequence[str] = ("id", "title")

    def read_file(self, raw: bytes, file: str) -> None:
        """Take them from a whole file."""
        text, _ = csv_reader.decode(raw, file)
        table, _ = csv_reader.parse(text, Path(file).stem, file) if text else (None, [])
        if text and table:
            self.delimiter, self.header = csv_reader.sniff_delimiter(text), table.header
            for record in table.records:
                self._take(record)

    def read_line(self, line: bytes) -> None:
        """Take them from a line: a row, the begin of one, or the header."""
        text, _ = csv_reader.decode(line, "")
        text = (text or "").strip("\ufeff\r")
        for delimiter in csv_reader.DELIMITERS if "id" in text else ():
            cells = next(csv.reader([text], delimiter=delimiter), [])
            if "id" in cells and not {*TITLES}.isdisjoint(cells):
                self.delimiter, self.header = delimiter, cells
                return
        self._take(next(csv.reader([text], delimiter=self.delimiter), []))

    def _take(self, cells: Collection[str]) -> None:
        row = dict(zip(self.header, cells, strict=False))
        if identifier := row.get("id", "").strip():
            title = next((row[name] for name in TITLES if row.get(name)), "")
            self.found.setdefault(identifier, set()).add(title)
