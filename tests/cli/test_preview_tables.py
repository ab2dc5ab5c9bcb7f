"""Whoever looks at a preview gets the tables of a page as workbooks, and nobody else does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from klarplan.cli.preview_server import State, server
from klarplan.cli.preview_tables import Tables
from klarplan.commands.take_back import take_back
from klarplan.editing.workbook.outcome import Decided
from tests.support.klein import DAY, copied

PAGE = '<body><p>Inhalt</p><p class="page-foot no-print">Stand</p></body>'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy, and beside it a preview of some pages."""
    for page in ("index.html", "massnahmen/a-4/index.html", "kennzahlen/index.html"):
        path = tmp_path / "preview" / page
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE, "utf-8")
    return copied(tmp_path)


@pytest.fixture
def port(root: Path) -> Iterator[int]:
    """The port of the preview."""
    state = State()
    state.built("")
    serving = server(0, root.parent / "preview", state, Tables(root, DAY, "de"))
    threading.Thread(target=serving.serve_forever, args=(0.02,), daemon=True).start()
    yield serving.server_port
    serving.shutdown()
    serving.server_close()


def asked(port: int, path: str, host: str = "127.0.0.1") -> tuple[int, bytes]:
    """Status and content of what the server answers."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Host": f"{host}:{port}"})
    answer = connection.getresponse()
    said = answer.status, answer.read()
    connection.close()
    return said


def test_a_page_leads_to_its_tables(port: int) -> None:
    """The table of the chapter and those that belong to it, and how to take them back."""
    page = asked(port, "/massnahmen/a-4/")[1].decode()
    assert '<a href="/_klarplan/mappe/measures.xlsx" download>Maßnahmen</a>' in page
    assert "/_klarplan/mappe/status_reports.xlsx" in page
    assert "klarplan import MAPPE.xlsx" in page
    assert page.index("mappe/measures") < page.index("page-foot")
    assert "/_klarplan/mappe/indicators.xlsx" in asked(port, "/kennzahlen/")[1].decode()
    assert "mappe" not in asked(port, "/")[1].decode()


def test_the_files_of_the_preview_stay_as_they_are(port: int, root: Path) -> None:
    """Links to workbooks are in what is served, never in what is built."""
    asked(port, "/massnahmen/a-4/")
    assert (root.parent / "preview/massnahmen/a-4/index.html").read_text("utf-8") == PAGE


def test_a_workbook_is_that_of_the_table(port: int, root: Path) -> None:
    """It holds this table only, and is taken back like any other."""
    status, content = asked(port, "/_klarplan/mappe/milestones.xlsx")
    assert status == 200
    path = root.parent / "mappe.xlsx"
    path.write_bytes(content)
    taken = take_back(root, path, DAY, "de", Decided())
    assert [sheet.held.table for sheet in taken.back.sheets] == ["milestones"]
    assert not taken.contents


@pytest.mark.parametrize(
    "path", ["nix.xlsx", "../data/measures.csv", "measures.csv", "risks.xlsx", "", "measures.xlsx/"]
)
def test_what_is_no_table_is_not_given(port: int, path: str) -> None:
    """Only tables that have a file, and only as workbooks."""
    assert asked(port, f"/_klarplan/mappe/{path}")[0] == 404


def test_other_names_of_the_server_get_nothing(port: int) -> None:
    """What is internal stays on this machine."""
    status, content = asked(port, "/_klarplan/mappe/measures.xlsx", "fremd.example")
    assert status == 421
    assert not content.startswith(b"PK")


def test_a_table_that_cannot_be_read_is_told(port: int, root: Path) -> None:
    """In place of a workbook that would lack it."""
    (root / "data/budget.csv").write_text('measure,year\n"A-1,2025\n', "utf-8")
    status, content = asked(port, "/_klarplan/mappe/measures.xlsx")
    assert status == 422
    assert content.decode()
