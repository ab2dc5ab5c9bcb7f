"""Warnings can be answered: by what they are about, with a reason, one by one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from klarplan.check.run import examine
from klarplan.messages import Finding
from tests.support.klein import DAY, append, copied, replace
from tests.support.project import klarplan

ANSWERS = "strategy/acknowledged.csv"
HEADER = "rule,table,id,column,value,reason\n"


def late(folder: Path) -> Path:
    """The small strategy with two warnings: baselines of the same future day."""
    root = copied(folder)
    replace(root, "data/indicators.csv", "Zählung,2023-12-31,2,", "Zählung,2026-12-31,2,")
    replace(root, "data/indicators.csv", "Messung,,,", "Messung,2026-12-31,12,")
    return root


def answered(root: Path, *rows: str) -> tuple[list[Finding], list[str]]:
    """What is open, and the reasons of what is answered."""
    append(root, ANSWERS, HEADER + "".join(f"{row}\n" for row in rows))
    checked = examine(root, DAY)
    return list(checked.single), [a.reason for a in checked.answered]


@pytest.mark.parametrize("column", ["baseline_date", "Datum des Ausgangswerts"])
@pytest.mark.parametrize("table", ["indicators", "data/indicators.csv"])
def test_a_row_answers_one_warning_and_no_other(table: str, column: str, tmp_path: Path) -> None:
    """The same value in another row stays open; columns and tables go by any of their names."""
    open_, reasons = answered(
        late(tmp_path), f"KP110,{table},K-1,{column},2026-12-31,Der Wert ist vorläufig."
    )
    assert [(f.rule, f.line) for f in open_] == [("KP110", 3)]
    assert reasons == ["Der Wert ist vorläufig."]


def test_an_answer_follows_its_row_but_not_another_value(tmp_path: Path) -> None:
    """Rows may move, since no line is named; a changed value must be answered again."""
    root = late(tmp_path)
    path = root / "data/indicators.csv"
    head, first, second = path.read_text("utf-8").splitlines()
    path.write_text("\n".join((head, second, first, "")), "utf-8")
    row = "KP110,indicators,K-1,baseline_date,2026-12-31,Vorläufig."
    open_, reasons = answered(root, row)
    assert [(f.rule, f.line) for f in open_] == [("KP110", 2)]
    assert len(reasons) == 1

    replace(root, "data/indicators.csv", "Zählung,2026-12-31", "Zählung,2026-11-30")
    checked = examine(root, DAY)
    assert [(f.rule, f.file) for f in checked.single] == [
        ("KP110", "data/indicators.csv"),
        ("KP110", "data/indicators.csv"),
        ("KP018", ANSWERS),
    ]
    assert not checked.answered


@pytest.mark.parametrize(
    ("row", "told", "open_ones"),
    [
        ("KP110,indicators,K-1,baseline_date,2025-12-31,Grund", "beantwortet nichts", 2),
        ("KP110,indicators,K-1,baseline_date,2026-12-31,", "fehlt der Grund", 1),
        ("KP999,indicators,K-1,baseline_date,2026-12-31,Grund", "beantwortet nichts", 2),
    ],
)
def test_a_row_that_answers_nothing_is_told(
    row: str, told: str, open_ones: int, tmp_path: Path
) -> None:
    """A row for what isn't (any more), or without a reason, is one warning at its line."""
    open_, reasons = answered(late(tmp_path), row)
    assert reasons == []
    (fault,) = (f for f in open_ if f.file == ANSWERS)
    assert (fault.rule, fault.severity, fault.line) == ("KP018", "warning", 2)
    assert told in fault.problem.de
    assert len(open_) == open_ones + 1


def test_an_error_is_not_answered(tmp_path: Path) -> None:
    """A row that names an error is told with the error, which stays."""
    root = copied(tmp_path)
    replace(root, "data/decisions.csv", "B-2,2024-05-06", "B-2,2027-05-06")
    open_, reasons = answered(root, "KP110,decisions,B-2,date,2027-05-06,Bald beschlossen.")
    assert [(f.rule, f.severity) for f in open_] == [("KP110", "error")]
    assert "Zeile 2 in strategy/acknowledged.csv" in open_[0].cure.de
    assert reasons == []


def test_rows_without_an_id_go_by_their_key(tmp_path: Path) -> None:
    """Money goes by measure, year, source and programme, and only that row is answered."""
    root = copied(tmp_path)
    replace(root, "data/budget.csv", "A-1,2024,50000,45000,44000", "A-1,2024,50000,43000,44000")
    replace(root, "data/budget.csv", "A-4,2025,200000,180000,", "A-4,2025,200000,160000,")
    row = "KP501,budget,A-4/2025/state/Schulnetz,spent,170000,Nachtrag beschlossen."
    open_, reasons = answered(root, row)
    assert [(f.rule, f.value) for f in open_] == [("KP501", "44000")]
    assert reasons == ["Nachtrag beschlossen."]


def test_warnings_on_texts_go_by_their_file(tmp_path: Path) -> None:
    """A warning on a page is answered with the file in place of a table."""
    root = copied(tmp_path)
    replace(root, "strategy/vision.md", "description:", "beschreibung:")
    open_, reasons = answered(root, "KP704,strategy/vision.md,,,beschreibung,Für ein Skript.")
    assert open_ == []
    assert len(reasons) == 1


def test_columns_of_the_answers_must_be_there(tmp_path: Path) -> None:
    """Without one of the columns nothing is answered, and the message names it."""
    root = late(tmp_path)
    append(root, ANSWERS, "rule,table,id,column,reason\nKP110,indicators,K-1,baseline_date,x\n")
    checked = examine(root, DAY)
    (fault,) = (f for f in checked.single if f.file == ANSWERS)
    assert fault.value == "value"
    assert len(checked.single) == 3


def test_answers_are_counted_not_listed(tmp_path: Path) -> None:
    """Text and GitHub tell how many are answered; JSON lists them last, with their reason."""
    root = late(tmp_path)
    rows = [f"KP110,indicators,K-{n},baseline_date,2026-12-31,Vorläufig.\n" for n in (1, 2)]
    append(root, ANSWERS, HEADER + "".join(rows))
    options = ("check", "--root", str(root), "--as-of", DAY.isoformat())
    text = klarplan(*options)
    assert text.returncode == 0
    assert "KP110" not in text.stdout
    assert "2 Hinweise sind beantwortet." in text.stdout
    assert "0 Fehler, 0 Warnungen, 0 Hinweise" in text.stdout
    assert klarplan(*options, "--format", "github").stdout == (
        "::notice::2 Hinweise sind beantwortet.\n"
    )
    told = json.loads(klarplan(*options, "--format", "json").stdout)
    assert [row["acknowledged"] for row in told] == ["Vorläufig."] * 2


def test_answers_are_not_published(tmp_path: Path) -> None:
    """The file lies beside the texts, but no page and no check takes it for one of them."""
    root = copied(tmp_path)
    append(root, ANSWERS, HEADER)
    assert examine(root, DAY).findings == ()
