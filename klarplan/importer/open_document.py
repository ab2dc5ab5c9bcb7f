"""Reading tables of LibreOffice (ODS): its own program makes a workbook of them.

Libraries that read such files tell the values, but not what is hidden, struck out or coloured; it
would be published without a word. LibreOffice keeps all that in the workbook that it makes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.programs import program

NAMES = (
    *("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
MAX_UNPACKED = 200_000_000
"""Bytes that all parts of a file may have when unpacked."""
SECONDS = 120
"""So long the conversion of a file may take."""
OFFICE = "KLARPLAN_OFFICE"
"""The variable of the environment that names another LibreOffice."""
SAVE = Text(
    "Öffnen Sie die Datei in LibreOffice und speichern Sie sie als .xlsx „Excel 2007-365“.",
    "Open the file in LibreOffice and save it as .xlsx “Excel 2007-365”.",
)


def _office() -> str | None:
    names = [os.environ[OFFICE]] if os.environ.get(OFFICE) else list(NAMES)
    return next((found for name in names if (found := program(name))), None)


def is_open_document(archive: zipfile.ZipFile) -> bool:
    """Whether an archive says that it is a table of LibreOffice."""
    if "mimetype" not in archive.namelist():
        return False
    with archive.open("mimetype") as stream:
        return stream.read(len(SPREADSHEET)) == SPREADSHEET


def _is_table(path: Path) -> bool:
    """Whether a file is what its name says; LibreOffice would take anything else for a text."""
    if path.suffix.lower() == ".xls":
        with path.open("rb") as stream:
            return stream.read(8) == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
            return size <= MAX_UNPACKED and is_open_document(archive)
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError, ValueError):
        return False


def _refuse(path: Path) -> KlarplanError:
    return KlarplanError(
        Text(
            "Die Datei ist keine lesbare Tabelle: beschädigt, zu groß oder mit Kennwort.",
            "The file is no readable table: broken, too large or protected by a password.",
        ),
        SAVE,
        file=path.name,
        exit_code=2,
    )


@contextmanager
def as_workbook(path: Path) -> Iterator[Path]:
    """The workbook that LibreOffice makes of a file, for as long as the context lasts.

    Raises ``KlarplanError`` where LibreOffice is not there or can't read the file.
    """
    if not _is_table(path):
        raise _refuse(path)
    office = _office()
    if office is None:
        raise KlarplanError(
            Text(
                f"Dateien der Art „{path.suffix}“ liest der Import nur mit LibreOffice, und das "
                "gibt es auf diesem Rechner nicht.",
                f"The import reads files of the kind “{path.suffix}” by LibreOffice only, which is "
                "not on this machine.",
            ),
            SAVE,
            file=path.name,
            exit_code=2,
        )
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        source = place / f"liste{path.suffix.lower()}"
        shutil.copyfile(path, source)
        made = place / "made" / "liste.xlsx"
        command = [
            *(office, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless"),
            *("--norestore", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
            *("--outdir", str(made.parent), str(source)),
        ]
        try:
            subprocess.run(  # noqa: S603 (a fixed program; the file has a name of ours)
                command, capture_output=True, check=False, timeout=SECONDS
            )
        except (OSError, subprocess.TimeoutExpired):
            made.unlink(missing_ok=True)
        if not made.is_file():
            raise _refuse(path)
        yield made
