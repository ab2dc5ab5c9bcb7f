"""Findings stand where the mistake is, say what to write there, and are told once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from klarplan.check.run import check, examine
from klarplan.messages import KlarplanError
from klarplan.strategy.schema import ENGINE_DESCRIPTOR
from tests.support.git import committed
from tests.support.klein import DAY, append, copied, replace

MEASURES = "data/measures.csv"
MILESTONES = "data/milestones.csv"
BUDGET = "data/budget.csv"
ORGANISATIONS = "data/organisations.csv"
VISION = "strategy/vision.md"
SETTINGS = "strategy/strategy.yml"
Plant = Callable[[Path], None]


class Told(NamedTuple):
    """The one finding that a change must lead to."""

    plant: Plant
    rule: str
    file: str
    line: int | None
    cure: str


def changed(file: str, old: str, new: str) -> Plant:
    """A change of one place."""
    return lambda root: replace(root, file, old, new)


def added(file: str, text: str) -> Plant:
    """Text at the end of a file."""

    def plant(root: Path) -> None:
        append(root, file, text)

    return plant


def whole(file: str, make: Callable[[str], str]) -> Plant:
    """A change of a whole file."""

    def plant(root: Path) -> None:
        path = root / file
        path.write_text(make(path.read_text("utf-8")), "utf-8", newline="")

    return plant


def _with_column(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([f"{head},name", *(f"{row},x" for row in rows)]) + "\n"


def _misread(text: str) -> str:
    return text.encode().decode("cp1252", "replace")


CASES = {
    "empty heading": Told(
        added(VISION, "\n##\n\nText.\n"), "KP725", VISION, 17, "wovon der Abschnitt"
    ),
    "second empty heading": Told(
        added(VISION, "\n### Eins\n\nText.\n\n###\n\nText.\n"), "KP725", VISION, 21, "hinter ###"
    ),
    "chapter that does not exist": Told(
        added(SETTINGS, "chapters:\n  - vision\n  - leitbild\n"),
        "KP012",
        SETTINGS,
        11,
        "Möglich sind",
    ),
    "chapter in capitals": Told(
        added(SETTINGS, "chapters:\n  - Vision\n  - goals\n"), "KP012", SETTINGS, 10, "„vision“"
    ),
    "chapter without dash": Told(
        added(SETTINGS, "chapters:\n  vision\n  - goals\n"), "KP012", SETTINGS, 10, "- vision"
    ),
    "first chapter indented otherwise": Told(
        added(SETTINGS, "chapters:\n   - vision\n  - goals\n  - measures\n"),
        "KP010",
        SETTINGS,
        10,
        "mit 2 Leerzeichen davor: - vision",
    ),
    "empty settings": Told(
        whole(SETTINGS, lambda _: "\n"), "KP010", SETTINGS, None, "git checkout"
    ),
    "settings that are all remarks": Told(
        whole(SETTINGS, lambda text: "".join(f"# {line}\n" for line in text.splitlines())),
        "KP010",
        SETTINGS,
        None,
        "git checkout",
    ),
    "settings in another encoding": Told(
        lambda root: (
            (root / SETTINGS).write_bytes(b"title: f\xfcr alle\nmunicipality: K\xf6ln\n") and None
        ),
        "KP010",
        SETTINGS,
        1,
        "UTF-8",
    ),
    "review_months in words": Told(
        changed(SETTINGS, "review_months: 12", "review_months: acht"),
        "KP012",
        SETTINGS,
        5,
        "1 bis 120",
    ),
    "menu in one word": Told(
        added(SETTINGS, "menu:\n  - Termine:docs/termine.md\n"),
        "KP012",
        SETTINGS,
        10,
        "- Titel: docs",
    ),
    "column twice": Told(whole(ORGANISATIONS, _with_column), "KP022", ORGANISATIONS, 1, "G1"),
    "header deleted": Told(
        whole(MILESTONES, lambda text: text.split("\n", 1)[1]),
        "KP020",
        MILESTONES,
        1,
        "id,measure,title,due,completed,state",
    ),
    "cell left out": Told(
        changed(MILESTONES, "S-3,A-4,Erste Schule angeschlossen,", "S-3,A-4,"),
        "KP024",
        MILESTONES,
        4,
        "S-3,A-4,,2025-09-01,2025-08-20,reached",
    ),
    "row moved to the right": Told(
        changed(MILESTONES, "\nS-3,A-4,", "\n,S-3,A-4,"),
        "KP025",
        MILESTONES,
        4,
        "Schreiben Sie S-3,A-4,Erste Schule angeschlossen,2025-09-01,2025-08-20,reached",
    ),
    "row moved within its width": Told(
        changed(
            BUDGET,
            "A-7,2025,20000,20000,19000,EUR,own,,0.2",
            "A-7,,2025,20000,20000,19000,EUR,own,",
        ),
        "KP025",
        BUDGET,
        5,
        "„A-7,2025,20000,20000,19000,EUR,own,,“",
    ),
    "page of the menu without its ending": Told(
        added(SETTINGS, "menu:\n  - docs/mitmachen\n"), "KP754", SETTINGS, 10, "- docs/mitmachen.md"
    ),
    "page of the menu that is not there": Told(
        added(SETTINGS, "menu:\n  - docs/termine\n"),
        "KP754",
        SETTINGS,
        10,
        "schreiben Sie im Menü: - docs/termine.md",
    ),
    "row in two halves": Told(
        changed(MILESTONES, "Zwölf Anträge", "Zwölf\nAnträge"),
        "KP024",
        MILESTONES,
        3,
        "Zeile 4 an Zeile 3",
    ),
    "comma between thousands": Told(
        whole(BUDGET, lambda text: text.replace(",50000,", ',"50,000",', 1)),
        "KP030",
        BUDGET,
        None,
        "50000, wenn das Komma Tausender trennt, sonst 50.0",
    ),
    "letters of a whole page": Told(whole(VISION, _misread), "KP611", VISION, 5, "klarplan repair"),
    "end before start, with milestones": Told(
        changed(MEASURES, "2024-01-01,2027-06-30", "2024-01-01,2023-06-30"),
        "KP101",
        MEASURES,
        2,
        "beide",
    ),
    "path from the root": Told(
        added(VISION, "\n[Formulare](/strategy/measures/A-1.md)\n"),
        "KP711",
        VISION,
        17,
        "aus: measures/A-1.md",
    ),
    "picture in HTML without words": Told(
        added(VISION, '\n<img src="kreise.svg">\n'),
        "KP714",
        VISION,
        17,
        "![Beschreibung](kreise.svg)",
    ),
    "rule of a table too short": Told(
        added(VISION, "\n| A | B |\n|---|\n| 1 | 2 |\n"),
        "KP764",
        VISION,
        18,
        "Ersetzen Sie diese Zeile",
    ),
    "points of a list": Told(
        added(VISION, "\nWir brauchen:\n\n• Geld\n• Zeit\n• Mut\n"),
        "KP761",
        VISION,
        19,
        "alle Punkte so: „- Geld“",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_mistake_is_told_once_and_where_it_is(name: str, tmp_path: Path) -> None:
    """One mistake is one finding, at its line and with what belongs there."""
    case = CASES[name]
    root = copied(tmp_path)
    case.plant(root)
    [finding] = check(root, DAY)
    assert (finding.rule, finding.file) == (case.rule, case.file)
    assert case.line in (None, finding.line)
    assert case.cure in finding.cure.de


@pytest.mark.parametrize(
    "old", ['title: "Kleinstadt digital"\n', 'municipality: "Stadt Kleinstadt"\n']
)
def test_a_name_that_a_public_site_lacks_is_told_once(old: str, tmp_path: Path) -> None:
    """That a name is missing is not told a second time as missing for publication."""
    root = copied(tmp_path)
    replace(root, SETTINGS, old, "")
    name = old.partition(":")[0]
    found = [
        f
        for f in examine(root, DAY, ready=True).findings
        if f"„{name}“" in f.cure.de or name in f.cure.de
    ]
    assert [f.rule for f in found] == ["KP046"]


@pytest.mark.parametrize("written", ["contact_mail: a@b.example", "contact_email: a(at)b.example"])
def test_a_setting_that_is_wrong_is_not_missing_as_well(written: str, tmp_path: Path) -> None:
    """A misspelt setting or value has its own message; nothing says that it is empty."""
    root = copied(tmp_path)
    replace(root, SETTINGS, 'contact_email: "digital@kleinstadt.example"', written)
    found = examine(root, DAY, ready=True).findings
    assert not [f for f in found if f.rule == "KP017" and "„contact_email“" in f.cure.de]
    assert [f for f in found if f.rule in ("KP011", "KP012") and f.file == SETTINGS]


def test_a_deleted_row_is_no_renamed_one(tmp_path: Path) -> None:
    """Ids that nobody names and that were there before are not taken for the new name."""
    root = copied(tmp_path)
    append(root, ORGANISATIONS, "verein,Verein,,civic,,\n")
    committed(root)
    for line in (root / ORGANISATIONS).read_text("utf-8").splitlines(keepends=True):
        if line.startswith("schulamt,"):
            replace(root, ORGANISATIONS, line, "")
    [finding] = [f for f in check(root, DAY) if f.rule == "KP037"]
    assert "verein" not in finding.cure.de


def test_names_of_columns_that_changed_places_are_told_alone(tmp_path: Path) -> None:
    """Two names that changed places above values that did not are one error."""
    root = copied(tmp_path)
    committed(root)
    replace(root, MILESTONES, "due,completed", "completed,due")
    [finding] = check(root, DAY)
    assert (finding.rule, finding.line) == ("KP054", 1)
    assert finding.cure.de.endswith("id,measure,title,due,completed,state")


def test_columns_that_moved_with_their_values_are_fine(tmp_path: Path) -> None:
    """A column may stand anywhere, as long as its values stand below its name."""
    root = copied(tmp_path)
    committed(root)
    path = root / MILESTONES
    rows = [line.split(",") for line in path.read_text("utf-8").splitlines()]
    path.write_text("".join(",".join([*r[:3], r[4], r[3], r[5]]) + "\n" for r in rows), "utf-8")
    assert not check(root, DAY)


@pytest.mark.parametrize("name", ["Data", "DATA"])
def test_a_folder_of_data_in_capitals_is_named(name: str, tmp_path: Path) -> None:
    """The folder that is called otherwise is named with its right name."""
    root = copied(tmp_path)
    (root / "data").rename(root / name)
    with pytest.raises(KlarplanError) as told:
        check(root, DAY)
    assert f"„{name}“" in told.value.cure.de


@pytest.mark.parametrize("name", ["faellig", "due_date"])
def test_a_column_that_the_description_calls_otherwise_is_named(name: str, tmp_path: Path) -> None:
    """A column that was renamed in the description only is told with its name there."""
    root = copied(tmp_path)
    text = ENGINE_DESCRIPTOR.read_text("utf-8").replace('"name": "due"', f'"name": "{name}"')
    (root / "data/datapackage.json").write_text(text, "utf-8")
    found = {f.rule: f.cure.de for f in check(root, DAY) if f.file == MILESTONES}
    assert f"heißt sie wohl „{name}“" in found["KP021"]
    assert '"name": "due"' in found["KP021"]
