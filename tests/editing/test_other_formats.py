"""A workbook that came back in another format is told what it is, and how to save it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.support.klein import copied
from tests.support.project import klarplan


def ods(path: Path) -> Path:
    """An archive that says it is a table of LibreOffice."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return path


@pytest.mark.parametrize("command", ["import", "diff"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("bauamt.ods", "ist eine Tabelle im Format ODS (LibreOffice)."),
        ("bauamt.XLS", "ist eine Tabelle im alten Format XLS."),
        ("bauamt.xlsx", "ODS (LibreOffice), auch wenn sie auf „.xlsx“ endet."),
    ],
)
def test_another_format_is_named(tmp_path: Path, command: str, name: str, said: str) -> None:
    """The cure says how to save it; neither a mapping nor a revision is missed."""
    root = copied(tmp_path)
    done = klarplan(command, str(ods(tmp_path / name)), "--root", str(root))
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "speichern Sie sie als .xlsx" in done.stderr
    assert "Es fehlt die Zuordnung" not in done.stderr


@pytest.mark.parametrize("name", ["bericht.pdf", "liste.docx"])
def test_what_is_no_table_is_not_asked_for_a_mapping(tmp_path: Path, name: str) -> None:
    """A mapping would not help."""
    root = copied(tmp_path)
    (tmp_path / name).write_bytes(b"x")
    done = klarplan("import", str(tmp_path / name), "--root", str(root))
    assert done.returncode == 2
    assert "lassen sich nicht einlesen" in done.stderr


def test_git_is_not_named_where_there_is_none(tmp_path: Path) -> None:
    """Where nothing keeps the files, the files that were written are named."""
    from tests.support.git import committed  # noqa: PLC0415
    from tests.support.workbooks import changed, exported, put, row_of  # noqa: PLC0415

    def change(book: object) -> None:
        sheet = book["Maßnahmen"]  # type: ignore[index]
        put(sheet, row_of(sheet, "A-4"), {"title": "Netze"})

    for kept in (False, True):
        root = copied(tmp_path / str(kept))
        path = changed(exported(root), change)
        if kept:
            committed(root)
        done = klarplan("import", str(path), "--write", "--root", str(root))
        assert done.returncode == 0, done.stderr
        assert ("git diff" in done.stdout) is kept
        assert ("Geschrieben: data/measures.csv." in done.stdout) is not kept
