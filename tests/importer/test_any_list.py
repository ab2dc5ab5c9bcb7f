"""Whatever a list holds: no crash, nothing lost silently, and a second import changes nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import Phase, example, given
from hypothesis import strategies as st

from klarplan.check.tables import validate
from klarplan.strategy.load import load
from tests.support.fuzz import examples
from tests.support.importing import MEASURES, REPORTS, content, problems, strategy, take, workbook

MAPPING = """\
sources:
  - from: Maßnahmen
    table: measures
    header: 1
    columns:
      official_id: Nr.
      title: Maßnahme
      summary: Beschreibung
      field: {column: Handlungsfeld, fill_down: true}
      priority: Priorität
      impact: {column: CO2-Potenzial, brackets: true}
      planned_end: Ende
  - from: Maßnahmen
    table: responsibilities
    header: 1
    columns:
      measure: Nr.
      organisation: {column: Handlungsfeld, create: true, split: ";"}
      role: {value: lead}
  - from: Sachstand
    table: status_reports
    header: 1
    columns:
      measure: Nr.
      period: Zeitraum
      status: {column: Ampel, values: {grün: running, blau: done}}
      text: Sachstand
"""
WORDS = st.sampled_from(
    (
        *(
            "",
            "-",
            "A",
            "a ",
            "B\nb",
            "Ü1",
            "1",
            "01",
            "3",
            "(4)",
            "9",
            "1.5",
            "2025",
            "31.02.2025",
        ),
        *(
            "2015 / 2016",
            "2015/2016",
            "Q3 2025",
            "12/2030",
            "2026",
            "grün",
            "BLAU",
            "lila",
            "unknown",
        ),
        *("=x", "@x", "M-001", "HF-01", "A; B", ";", "{{ 7*7 }}", "<script>", "k. A.", "\u00ad"),
    )
)
CELL = st.one_of(
    st.none(),
    WORDS,
    WORDS,
    st.integers(-3, 10),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.booleans(),
)


def lists(width: int) -> st.SearchStrategy[list[list[Any]]]:
    """Rows of a list with arbitrary cells."""
    return st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=7)


def saved(value: Any) -> Any:
    """A value as a workbook can hold it; text that looks like a formula stays text."""
    return "'" + value if isinstance(value, str) and value.startswith("=") else value


def says_something(value: Any) -> bool:
    """Whether a reader sees content in a cell; a soft hyphen alone is invisible."""
    return str(value).strip(" -\n\u00ad") not in ("", "None", "k. A.")


@example([], [["BLAU", "\u00ad", None, None]])
@example([], [[None, None, "HF-01", "Ü1"]])
@example([], [[None, None, "M-001", "Es läuft."], [None, "2025", "grün", "Ziel 1"]])
@examples(6, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(lists(7), lists(4))
def test_any_list_is_taken_over_once(measures: list[list[Any]], reports: list[list[Any]]) -> None:
    """Tables stay valid, each report row arrives or is listed, and nothing changes twice."""
    sheets = {
        "Maßnahmen": [MEASURES[0], *([saved(v) for v in row] for row in measures)],
        "Sachstand": [REPORTS[0], *([saved(v) for v in row] for row in reports)],
    }
    with tempfile.TemporaryDirectory() as folder:
        root = strategy(Path(folder) / "s")
        book = workbook(root / "a.xlsx", sheets)
        for name, header in (("fields_of_action", "id,title"), ("measures", "id,title,field")):
            (root / "data" / f"{name}.csv").write_text(header + "\n")
        first = take(root, [book], MAPPING)
        loaded = load(root)
        assert [f for f in (*loaded.findings, *validate(loaded)[0]) if f.severity == "error"] == []
        arrived = len(loaded.strategy.status_reports)
        listed = {
            o.place.row
            for o in first.left_out
            if o.whole_row and o.place.sheet == "a.xlsx/Sachstand"
        }
        assert arrived + len(listed) >= sum(
            any(says_something(v) for v in row[1:]) for row in sheets["Sachstand"][1:]
        )
        before = content(root)
        second = take(root, [book], MAPPING)
        assert content(root) == before
        assert second.files == {}
        assert problems(second) == problems(first)
