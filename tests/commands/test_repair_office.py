"""The sample's tables through a real spreadsheet program and back."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from klarplan.check.run import examine
from klarplan.commands.repair import Repaired, repair, write
from tests.support.git import committed
from tests.support.office import as_csv
from tests.support.project import copy_of_sample

pytestmark = pytest.mark.long

AS_OF = dt.date(2026, 11, 26)


def round_trip(folder: Path, read: str, written: str) -> tuple[Path, dict[str, bytes], Repaired]:
    """The sample in git, saved by LibreOffice and repaired; its tables before, and the repair."""
    root = copy_of_sample(folder / "fork")
    committed(root)
    tables = sorted((root / "data").glob("*.csv"))
    before = {table.name: table.read_bytes() for table in tables}
    as_csv(tables, folder / "saved", read=read, written=written)
    for table in tables:
        shutil.copy(folder / "saved" / table.name, table)
    repaired = repair(root, AS_OF)
    write(repaired)
    return root, before, repaired


@pytest.mark.parametrize(
    ("written"),
    [
        "59,34,76,1,,0,false,true,false",
        "9,34,76,1,,0,false,true,false",
        "44,34,76,1,,0,true,true,false",
    ],
    ids=["semicolon", "tab", "quotes"],
)
def test_tables_saved_in_utf8_come_back_byte_for_byte(written: str, tmp_path: Path) -> None:
    """Whatever delimiter LibreOffice writes, the repaired tables are those of the repository."""
    root, before, repaired = round_trip(tmp_path, "44,34,76,1", written)

    assert {name: (root / "data" / name).read_bytes() for name in before} == before
    assert not repaired.left


def test_tables_saved_in_windows_1252_lose_what_it_can_not_hold(tmp_path: Path) -> None:
    """German dates and truth values come back; symbols that are lost are told."""
    root, before, _ = round_trip(tmp_path, "44,34,76,1,,1031", "59,34,1,1,,1031,false,true,false")

    changed = {n for n, content in before.items() if (root / "data" / n).read_bytes() != content}
    assert changed == {"statuses.csv"}
    old = before["statuses.csv"].decode("utf-8").splitlines()
    new = (root / "data/statuses.csv").read_text("utf-8").splitlines()
    lost = dict.fromkeys(c for line in old for c in line if not _fits(c))
    assert [line.translate({ord(c): "?" for c in lost}) for line in old] == new
    named = {f.line for f in examine(root, AS_OF).single if f.rule == "KP332"}
    assert named == {n for n, line in enumerate(old, 1) if set(line) & set(lost)}


def _fits(character: str) -> bool:
    return character.encode("cp1252", "ignore") != b""
