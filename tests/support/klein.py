"""The small strategy of ``fixtures/klein``: copies of it, and mistakes planted in them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections.abc import Mapping
from pathlib import Path

from klarplan.check.run import check
from klarplan.messages import Finding

KLEIN = Path(__file__).resolve().parents[1] / "fixtures" / "klein"
DAY = dt.date(2026, 6, 30)


def copied(folder: Path) -> Path:
    """A copy of the small strategy that a test may change."""
    root = folder / "klein"
    shutil.copytree(KLEIN, root)
    return root


def replace(root: Path, file: str, old: str, new: str) -> None:
    """Change one place of a file; the place must exist just once."""
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times in {file}"
    (root / file).write_text(text.replace(old, new), encoding="utf-8", newline="")


def keep_back(root: Path, table: str, *ids: str, **cells: Mapping[str, str]) -> None:
    """Make rows of a table internal by their ids; ``cells`` are new ones of a column, by id."""
    path = root / f"data/{table}.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8"))))
    for row in rows:
        row["visibility"] = "internal" if row["id"] in ids else ""
        row |= {column: new.get(row["id"], row.get(column, "")) for column, new in cells.items()}
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), "utf-8", newline="")


def append(root: Path, file: str, text: str) -> int:
    """Add text to a file, which may be new; returns the line on which it begins."""
    path = root / file
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + text, encoding="utf-8", newline="")
    return before.count("\n") + 1


def errors(root: Path) -> list[Finding]:
    """The errors that the check finds on the day of the small strategy."""
    return [f for f in check(root, DAY) if f.severity == "error"]
