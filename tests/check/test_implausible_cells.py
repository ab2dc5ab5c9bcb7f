"""Cells that are allowed by their columns and cannot be meant are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.rules.time_frame import likely_year
from klarplan.check.run import check
from klarplan.messages import Finding
from klarplan.strategy.load import load
from tests.support.klein import DAY, copied, replace

MEASURES = "data/measures.csv"
BUDGET = "data/budget.csv"
MILESTONES = "data/milestones.csv"
REPORTS = "data/status_reports.csv"
VALUES = "data/indicator_values.csv"
VISION = "strategy/vision.md"
SETTINGS = "strategy/strategy.yml"

CASES = {
    "decimal comma in a value": ("KP610", VALUES, "2024-12-31,5,", "2024-12-31,70,5", 2, "warning"),
    "decimal comma in a target": (
        "KP610",
        "data/indicator_targets.csv",
        "K-1,2027-12-31,12,",
        "K-1,2027-12-31,12,25",
        2,
        "warning",
    ),
    "negative decimal comma": ("KP610", VALUES, "2025-12-31,8,", "2025-12-31,-8,75", 3, "warning"),
    "letters read twice": ("KP611", MEASURES, "online bezahlt.", "fÃ¼r BÃ¼rger.", 5, "error"),
    "dash read twice": ("KP611", MEASURES, "online bezahlt.", "online â€“ bezahlt.", 5, "error"),
    "letters of a page": ("KP611", VISION, "Die Anträge", "Die AntrÃ¤ge", 15, "error"),
    "letters of a front matter": (
        "KP611",
        VISION,
        "Was Kleinstadt vorhat",
        "FÃ¼r Kleinstadt",
        2,
        "error",
    ),
    "letters of a setting": ("KP611", SETTINGS, "Stadt Kleinstadt", "Stadt KÃ¶ln", 2, "error"),
    "letter lost": ("KP611", MEASURES, "online bezahlt.", "f\ufffdr alle.", 5, "error"),
    "letter asked": ("KP611", MEASURES, "online bezahlt.", "B?rger zahlen.", 5, "warning"),
    "letter asked in a page": ("KP611", VISION, "Die Anträge", "Die Antr?ge", 15, "warning"),
    "name unknown": ("KP612", MEASURES, "online bezahlt.", "#NAME?", 5, "error"),
    "cell lost": ("KP612", MEASURES, "online bezahlt.", "Bis #BEZUG! online", 5, "error"),
    "value in a page": ("KP612", VISION, "Die Anträge", "Die #WERT! Anträge", 15, "error"),
    "swapped header": ("KP613", MEASURES, "id,title,summary", "id,summary,title", 1, "warning"),
    "swapped header of goals": (
        "KP613",
        "data/goals.csv",
        "id,title,summary",
        "id,summary,title",
        1,
        "warning",
    ),
    "bold in a cell": ("KP614", MEASURES, "online bezahlt.", "**online** bezahlt.", 5, "warning"),
    "link in a cell": (
        "KP614",
        REPORTS,
        "Die Ausleihe läuft.",
        "[Ausleihe](https://a.example/) läuft.",
        6,
        "warning",
    ),
    "HTML in a cell": ("KP614", MEASURES, "online bezahlt.", "online<br>bezahlt.", 5, "warning"),
    "soft hyphen": ("KP621", MEASURES, "online bezahlt.", "on\u00adline.", 5, "warning"),
    "space without width": ("KP621", REPORTS, "Ausleihe läuft.", "Aus\u200bleihe.", 6, "warning"),
    "mark of a file": ("KP621", MEASURES, "online bezahlt.", "\ufeffonline.", 5, "warning"),
    "letter for none": ("KP621", MEASURES, "online bezahlt.", "on\u3164line.", 5, "warning"),
    "joiner in a word": ("KP621", MEASURES, "online bezahlt.", "on\u200dline.", 5, "warning"),
    "short form in a cell": ("KP614", MEASURES, "online bezahlt.", "B&uuml;rger.", 5, "warning"),
    "planned in thousands": ("KP508", BUDGET, "2024,50000,", "2024,50,", 2, "warning"),
    "approved in thousands": (
        "KP508",
        BUDGET,
        "2025,60000,60000,58000.50",
        "2025,60000,60,",
        3,
        "warning",
    ),
    "planned a thousand times": ("KP508", BUDGET, "2024,50000,", "2024,50000000,", 2, "warning"),
    "end in 2072": (
        "KP116",
        MEASURES,
        "2024-03-01,2025-03-31",
        "2024-03-01,2072-03-31",
        5,
        "warning",
    ),
    "milestone in 2107": ("KP116", MILESTONES, "2027-06-30,,", "2107-06-30,,", 3, "warning"),
    "start in 1924": (
        "KP116",
        MEASURES,
        "2024-03-01,2025-03-31",
        "1924-03-01,2025-03-31",
        5,
        "warning",
    ),
    "milestone before the start": (
        "KP117",
        MILESTONES,
        "2025-06-30,2025-07-15",
        "2023-06-30,2025-07-15",
        2,
        "warning",
    ),
    "milestone reached before the start": (
        "KP117",
        MILESTONES,
        "2025-06-30,2025-07-15",
        "2025-06-30,2023-07-15",
        2,
        "warning",
    ),
    "milestone behind the end": ("KP117", MILESTONES, "2027-06-30,,", "2029-06-30,,", 3, "warning"),
    "stopped without reason": (
        "KP331",
        REPORTS,
        "2025,laeuft,40,Die Ausleihe läuft.",
        "2025,beendet,40,",
        6,
        "warning",
    ),
    "stopped with a blank as reason": (
        "KP331",
        REPORTS,
        "2025,laeuft,40,Die Ausleihe läuft.",
        '2025,beendet,," "',
        6,
        "warning",
    ),
    "half-year 3": ("KP320", REPORTS, "2026-01-20,2025,", "2026-01-20,2025-H3,", 6, "error"),
    "quarter 5": ("KP320", REPORTS, "2026-01-20,2025,", "2026-01-20,2025-Q5,", 6, "error"),
    "sign without letter": ("KP901", MEASURES, "online bezahlt.", "online 🚀.", 5, "warning"),
    "sign of a status": ("KP901", "data/statuses.csv", "läuft,", "läuft 🚀,", 3, "warning"),
}
RIGHT = {
    "a note with words": (VALUES, "2024-12-31,5,", "2024-12-31,5,5 Ämter"),
    "a year as a note": (VALUES, "2024-12-31,5,", "2024-12-31,5,2024"),
    "French and capitals": (MEASURES, "online bezahlt.", "MENÜ“ à Paris – Ãrger “Â” 5 °C."),
    "stars, brackets and ampersands": (
        MEASURES,
        "online bezahlt.",
        "5 * 3 [sic] (s. o.) R&D a < b Kolleg*innen und Lehrer*innen",
    ),
    "a question": (MEASURES, "online bezahlt.", "Online? Ja! Wer?"),
    "an address": (MEASURES, "online bezahlt.", "Siehe https://a.example/suche?wort=b&x?y"),
    "a number sign": (MEASURES, "online bezahlt.", "Platz #1 und #NAME"),
    "half-year in words": (REPORTS, "2026-01-20,2025,", "2026-01-20,2. Halbjahr 2025,"),
    "amounts that differ much": (BUDGET, "2024,50000,", "2024,900000,"),
    "euro sign": (BUDGET, "44000,EUR", "44000,€"),
    "euro in words": (BUDGET, "44000,EUR", "44000,Euro"),
    "small letters": (BUDGET, "44000,EUR", "44000,eur"),
    "a target far away": ("data/indicator_targets.csv", "K-1,2027-12-31", "K-1,2045-12-31"),
    "stopped for another measure": (REPORTS, "Die Mittel gingen an das Netz.", ""),
}


def found(root: Path) -> list[Finding]:
    """What the check finds."""
    return list(check(root, DAY))


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_meant_is_told(name: str, tmp_path: Path) -> None:
    """A value that its column allows and nobody means is told at its line, with a cure."""
    rule, file, old, new, line, severity = CASES[name]
    root = copied(tmp_path)
    replace(root, file, old, new)

    told = [f for f in found(root) if f.rule == rule]

    assert [(f.file, f.severity) for f in told] == [(file, severity)]
    assert line is None or told[0].line == line
    assert told[0].cure.de
    assert told[0].cure.en


@pytest.mark.parametrize("name", RIGHT)
def test_what_may_be_meant_is_left(name: str, tmp_path: Path) -> None:
    """Odd but possible values bring no finding."""
    root = copied(tmp_path)
    before = [(f.rule, f.file, f.line) for f in found(root)]
    replace(root, *RIGHT[name])

    assert [(f.rule, f.file, f.line) for f in found(root)] == before


def test_letters_read_twice_are_mended(tmp_path: Path) -> None:
    """Letters that were read in the wrong encoding come back by the repair."""
    root = copied(tmp_path)
    replace(root, MEASURES, "online bezahlt.", "fÃ¼r BÃ¼rger â€“ StraÃŸe.")

    (finding,) = (f for f in found(root) if f.rule == "KP611")

    assert finding.fix is not None
    assert finding.fix.new.endswith("für Bürger – Straße.")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (2072, 2027),
        (2206, 2026),
        (2062, 2026),
        (1026, 2026),
        (1999, None),
        (2126, 2026),
        (3000, None),
    ],
)
def test_the_year_that_was_meant(written: int, meant: int | None) -> None:
    """A year with two digits turned, or one wrong, is known where only one can be meant."""
    assert likely_year(written, range(2024, 2031)) == meant


@pytest.mark.parametrize("sign", ["€", "Euro", "eur"])
def test_the_euro_sign_is_the_code(sign: str, tmp_path: Path) -> None:
    """€ stands for EUR wherever the currency is used, the data package included."""
    root = copied(tmp_path)
    replace(root, BUDGET, "44000,EUR", f"44000,{sign}")

    strategy = load(root).strategy

    assert {item.currency for item in strategy.budget} == {"EUR"}
    table = strategy.tables["budget"]
    position = table.column("currency")
    assert position is not None
    assert {record[position] for record in table.records} == {"EUR"}


@pytest.mark.parametrize(("year", "meant"), [("0207", "2027"), ("0226", "2026"), ("0020", "")])
def test_a_year_that_lost_a_digit(year: str, meant: str, tmp_path: Path) -> None:
    """A year of three digits is told with the one of our time that has them all."""
    root = copied(tmp_path)
    replace(root, MEASURES, "2024-03-01,2025-03-31", f"2024-03-01,{year}-03-31")

    (finding,) = (f for f in found(root) if f.rule == "KP030")

    assert f"Meinten Sie {meant}-03-31?" in finding.cure.de or not meant
