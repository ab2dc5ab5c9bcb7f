"""Writing CSV files in one canonical form, and replacing several files together."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.moves import moved
from klarplan.os_errors import reason

_QUOTED = frozenset(',"\r\n')


def _cell(text: str) -> str:
    if _QUOTED.isdisjoint(text):
        return text
    return '"' + text.replace('"', '""') + '"'


def _line(cells: Sequence[str]) -> str:
    if len(cells) == 1 and not cells[0]:
        return '""\n'
    return ",".join(map(_cell, cells)) + "\n"


def as_line(cells: Sequence[str]) -> str:
    """A row in canonical CSV, without its end."""
    return _line(cells).removesuffix("\n")


def table_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table in canonical CSV: UTF-8 without byte order mark, comma, LF, minimal quoting.

    The form follows RFC 4180 but for the line ends; it does not depend on the version of Python.
    Short rows are filled up with empty cells; a row longer than the header is a ``ValueError``.
    """
    lines = [_line(header)]
    for row in rows:
        if len(row) > len(header):
            raise ValueError(f"row of {len(row)} cells, header of {len(header)}")
        lines.append(_line([*row, *[""] * (len(header) - len(row))]))
    return "".join(lines).encode("utf-8")


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table in canonical form; the old file stays until the new one is complete.

    Raises ``KlarplanError`` where the file can't be written.
    """
    replace_files({path: table_bytes(header, rows)})


def _mode(path: Path) -> int:
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _temporary(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).chmod(_mode(path))
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def replace_files(contents: Mapping[Path, bytes]) -> None:
    """Write all files or none: each is written beside its place, then all are put in place.

    Raises ``KlarplanError`` where that fails; files that were already replaced are put back.
    """
    written: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    path = Path()
    try:
        for path, content in contents.items():
            written[path] = _temporary(path, content)
        for path, temporary in written.items():
            before[path] = path.read_bytes() if path.exists() else None
            moved(temporary, path)
    except OSError as error:
        for changed, old in before.items():
            with contextlib.suppress(OSError):
                if old is None:
                    changed.unlink(missing_ok=True)
                elif changed.read_bytes() != old:
                    changed.write_bytes(old)
        why = reason(error)
        raise KlarplanError(
            Text(
                f"„{path}“ lässt sich nicht schreiben. {why.de}. Nichts ist geändert.",
                f"“{path}” can't be written. {why.en}. Nothing was changed.",
            ),
            Text(
                "Prüfen Sie Schreibrechte und freien Platz und ob ein anderes Programm, "
                "etwa eine Tabellenkalkulation, die Datei geöffnet hält.",
                "Check permissions and free space, and whether another program, "
                "such as a spreadsheet, keeps the file open.",
            ),
        ) from error
    finally:
        for temporary in written.values():
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
