"""What the cure of a message says, typed as it stands: it mends the mistake and makes no other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from klarplan.check.run import check, examine
from klarplan.strategy.schema import ENGINE_DESCRIPTOR
from tests.check.test_editors import BUDGET, MEASURES, REPORTS, SETTINGS, START, VISION, added
from tests.support.git import committed
from tests.support.klein import DAY, append, copied, replace

Plant = Callable[[Path], None]
TEXT = "strategy/measures/A-1.md"
PICTURE, AGAIN = "](kreise.svg)", "\n![Kreise](kreise.svg)"


class Cure(NamedTuple):
    """What an editor did, and rule, file and a part of the cure of the only message."""

    plant: Plant
    rule: str
    file: str
    cure: str


def put(file: str, old: str, new: str, rule: str, cure: str) -> Cure:
    """A place of a file that was written otherwise."""
    return Cure(lambda root: replace(root, file, old, new), rule, file, cure)


def behind(file: str, text: str, rule: str, cure: str) -> Cure:
    """Text at the end of a file."""
    return Cure(lambda root: void(append(root, file, text)), rule, file, cure)


def void(_: object) -> None:
    """Nothing, whatever was returned."""


LINKS = {
    "backslash in a link": put(
        TEXT, "../goals/G-2.md", "..\\goals\\G-2.md", "KP711", "Schreiben Sie ../goals/G-2.md"
    ),
    "backslash in a link to a page of docs": put(
        START, "../strategy/measures/A-1.md", r"..\strategy/measures\A-1.md", "KP711", "s/A-1.md"
    ),
    "backslash before a picture": put(
        VISION, "](kreise.svg)", "](.\\kreise.svg)", "KP712", "Schreiben Sie ./kreise.svg"
    ),
    "picture missing, settings beside it": put(
        VISION,
        "](kreise.svg)",
        "](strategie.jpg)\n![Kreise](kreise.svg)",
        "KP712",
        "Prüfen Sie den Pfad",
    ),
    "settings as picture": put(
        VISION,
        "](kreise.svg)",
        "](strategy.yml)\n![Kreise](kreise.svg)",
        "KP712",
        "Nennen Sie eine Bilddatei",
    ),
    "text as picture": put(
        VISION,
        "](kreise.svg)",
        "](measures/A-1.md)\n![Kreise](kreise.svg)",
        "KP712",
        "verlinken Sie die Datei",
    ),
    "bold that never ends": behind(
        VISION, "\nDas ist <b>wichtig.\n", "KP735", "Ergänzen Sie </b>, wo es enden soll"
    ),
    "box that never ends": behind(
        START, "\n<div markdown>\n\nHier steht etwas.\n", "KP735", "Ergänzen Sie </div>"
    ),
    "setting that is none": behind(
        START, '\n{{ setting("contact_mail") }}\n', "KP804", "Meinten Sie „contact_email“?"
    ),
}
BADGE = '{{ status_badge("A-1") }}'


def call(written: str, right: str = BADGE, rule: str = "KP801") -> Cure:
    """A call of a macro as somebody typed it, and as the cure has it."""
    return put(VISION, BADGE, written, rule, right)


VALUES = {
    "per cent of an indicator": put(
        "data/indicator_values.csv", "2025-12-31,11.5", "2025-12-31,14 %", "KP030", "Sie 14?"
    ),
    "decimals and per cent": put(
        "data/indicator_values.csv", "2025-12-31,11.5", '2025-12-31,"11,5 %"', "KP030", "Sie 11.5?"
    ),
    "amount with a minus": put(BUDGET, ",44000,", ",-44000,", "KP034", "Meinten Sie 44000?"),
    "minus before cents": put(BUDGET, ",58000.50,", ",-58000.50,", "KP034", "Sie 58000.50?"),
    "row that is there already": Cure(
        lambda root: void(append(root, BUDGET, "A-7,2025,20000,20000,19000,EUR,own,,0.2\n")),
        "KP504",
        BUDGET,
        "Löschen Sie Zeile 6.",
    ),
    "goal that the United Nations don't have": put(
        "data/goals.csv", ",11 16\n", ",11 18\n", "KP033", "Berichtigen oder löschen Sie"
    ),
    "word of which a kind is made": put(
        MEASURES, "F-1,pilot", "F-1,Vorhaben", "KP032", "Möglich sind: project"
    ),
    "file as address": put(
        "data/documents.csv",
        "https://www.kleinstadt.example/liste.pdf",
        "assets/liste.pdf",
        "KP030",
        "die ganze Adresse",
    ),
    "folder as host": put(
        "data/documents.csv",
        "https://www.kleinstadt.example/liste.pdf",
        "https://assets/liste.pdf",
        "KP604",
        "die ganze Adresse",
    ),
    "film as address": behind(
        SETTINGS, "sign_language_url: dgs.mp4\n", "KP012", "vollständige Adresse"
    ),
    "film as host": behind(
        SETTINGS, "sign_language_url: https://dgs.mp4\n", "KP012", "vollständige Adresse"
    ),
    "nothing known of a row": put(
        "data/indicator_values.csv", "2025-12-31,11.5", "2025-12-31,k. A.", "KP030", "löschen Sie"
    ),
    "year with a digit too many": put(
        BUDGET, "A-7,2025,", "A-7,20255,", "KP034", "Meinten Sie 2025"
    ),
    "setting that nobody knows": behind(
        SETTINGS, "untertitel: Neu\n", "KP011", "Löschen Sie die Zeile"
    ),
    "pale colour": behind(
        SETTINGS, 'primary_colour: "#ffcc00"\n', "KP013", 'primary_colour: "#917300"'
    ),
    "bounds the wrong way round": put(
        "data/indicators.csv", "increase,0,200", "increase,200,100", "KP403", "In „minimum“ gehört"
    ),
    "blank line before the head": put(
        VISION, "---\ndescr", "\n---\ndescr", "KP702", "Löschen Sie die leeren Zeilen"
    ),
    "sign behind the value": put(
        SETTINGS, 'title: "Kleinstadt digital"', 'title: "Kleinstadt digital";', "KP010", 'digital"'
    ),
    "star before the value": put(
        SETTINGS, 'title: "Kleinstadt digital"', 'title: *Kleinstadt"', "KP010", '"Kleinstadt"'
    ),
}
CALLS = {
    "nothing in the brackets": call("{{ status_badge() }}", rule="KP804"),
    "id of another kind": call('{{ status_badge("A-1", "A-2") }}', rule="KP804"),
    "hyphen in the name": call('{{ status-badge("A-1") }}'),
    "blank in the name": call('{{ status badge("A-1") }}'),
    "backslash in the name": call('{{ status\\_badge("A-1") }}'),
    "square brackets": call('{{ status_badge["A-1"] }}'),
    "filter": call('{{ status_badge("A-1") | upper }}'),
    "semicolon": call('{{ status_badge("A-1"); }}'),
    "setting in place of a macro": call("{{ contact_email }}", '{{ setting("contact_email") }}'),
    "words without quotation marks": behind(
        START, "\n{{ schedule(heading=Alle Maßnahmen) }}\n", "KP801", '(heading="Alle Maßnahmen")'
    ),
    "quotation marks within others": behind(
        START,
        '\n{{ schedule(heading="Alle "neuen" Maßnahmen") }}\n',
        "KP801",
        '"Alle „neuen“ Maßnahmen"',
    ),
}
COPIES = {
    "copy of a page": Cure(
        added("strategy/vision - Kopie.md", "# Leitbild\n"),
        "KP706",
        "strategy/vision - Kopie.md",
        "löschen Sie diese Datei",
    ),
    "page with the German name of a chapter": Cure(
        added("strategy/leitbild.md", "# Leitbild\n"), "KP706", "strategy/leitbild.md", "übernehmen"
    ),
    "table that nothing describes": Cure(
        added("data/termine.csv", "id,title\n"), "KP744", "data/termine.csv", "Beschreiben Sie sie"
    ),
}
HIDDEN = ["nicht öffentlich", "Nicht-öffentlich", "geheim", "privat", "nein", "not public"]
ALL = {"links": LINKS, "values": VALUES, "calls": CALLS, "copies": COPIES}
CASES = [pytest.param(cure, id=name) for table in ALL.values() for name, cure in table.items()]


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_has_one_message_whose_cure_mends_it(case: Cure, tmp_path: Path) -> None:
    """Each mistake is told once, where it is, with what to type in its place."""
    root = copied(tmp_path)
    case.plant(root)
    found = check(root, DAY)
    assert [(f.rule, f.file) for f in found] == [(case.rule, case.file)]
    assert case.cure in found[0].cure.de


@pytest.mark.parametrize("written", HIDDEN)
def test_what_is_not_for_the_public_is_never_made_public(written: str, tmp_path: Path) -> None:
    """The cure of a word that hides a measure is “internal”, and only that is told."""
    root = copied(tmp_path)
    replace(root, MEASURES, ",false,public,", f",false,{written},")
    [finding] = check(root, DAY)
    assert finding.cure.de == "Meinten Sie „internal“? Möglich sind: internal, public."


@pytest.mark.parametrize("text", ["Das `<b>` bleibt.", "    <b>Code", "Das \\<b> bleibt."])
def test_tags_that_are_only_shown_need_no_end(text: str, tmp_path: Path) -> None:
    """A tag in code or behind a backslash opens nothing."""
    root = copied(tmp_path)
    append(root, VISION, f"\nDas ist <b>fett</b>.\n\n{text}\n")
    assert not [f for f in check(root, DAY) if f.rule == "KP735"]


PAGES = {
    "docs/impressum.md": "{{ imprint() }}",
    "docs/datenschutz.md": "{{ privacy_contacts() }}",
    "docs/barrierefreiheit.md": "{{ accessibility_feedback() }}",
}


@pytest.mark.parametrize("file", PAGES)
def test_a_page_of_the_law_names_somebody(file: str, tmp_path: Path) -> None:
    """A heading alone is no imprint: the cure is the block, and the block or own words mend it."""
    root = copied(tmp_path)

    def told(text: str) -> list[str]:
        (root / file).write_text(f"# Seite\n\n{text}\n", "utf-8")
        return [f.cure.de for f in examine(root, DAY, ready=True).findings if f.file == file]

    [cure] = told("Hier fehlt alles.")
    assert PAGES[file] in cure
    assert told(cure.partition(": ")[2].replace(" und ", "\n\n")) == []
    assert told("Stadt Kleinstadt, Weg 1, 12345 Kleinstadt") == []


def test_what_git_still_has_is_told_with_the_way_to_get_it_back(tmp_path: Path) -> None:
    """A deleted description and a table of which only the header is left are told."""
    root = copied(tmp_path)
    added("data/datapackage.json", engine_descriptor())(root)
    committed(root)
    (root / "data/datapackage.json").unlink()
    head = (root / REPORTS.replace("status_reports", "milestones")).read_text("utf-8")
    (root / "data/milestones.csv").write_text(head.split("\n")[0] + "\n", "utf-8")
    found = {f.rule: f.cure.de for f in check(root, DAY)}
    assert found["KP051"].endswith("git checkout HEAD -- data/datapackage.json")
    assert found["KP028"].endswith("git checkout HEAD -- data/milestones.csv")
    assert set(found) == {"KP028", "KP051"}


def engine_descriptor() -> str:
    """The text of Klarplan's own description of the tables."""
    return ENGINE_DESCRIPTOR.read_text("utf-8")


HEAD = "rule,table,id,column,value,reason\n"
ANSWER = "KP116,measures,A-1,planned_end,2072-06-30,So ist es.\n"
ASTRAY = {
    "other name": ("strategy/acknowledge.csv", HEAD + ANSWER, "strategy/acknowledged.csv heißen"),
    "other folder": ("data/acknowledged.csv", HEAD + ANSWER, "strategy/acknowledged.csv heißen"),
    "German header": (
        "strategy/acknowledged.csv",
        HEAD.replace("rule,table", "Regel,Tabelle") + ANSWER,
        "in die erste Zeile: rule,table,id,column,value,reason",
    ),
    "letter for a digit": (
        "strategy/acknowledged.csv",
        HEAD + ANSWER.replace("KP116", "KP1l6"),
        "Schreiben Sie KP116.",
    ),
    "row that does not exist": (
        "strategy/acknowledged.csv",
        HEAD + ANSWER.replace("A-1", "A-11"),
        "Schreiben Sie A-1.",
    ),
    "cell missing": (
        "strategy/acknowledged.csv",
        HEAD + ANSWER.replace("planned_end,", ""),
        f"Schreiben Sie {ANSWER.strip()}",
    ),
}


@pytest.mark.parametrize("name", ASTRAY)
def test_answers_that_do_not_reach_their_warning_are_told_alone(name: str, tmp_path: Path) -> None:
    """What keeps an answer from its warning is one message, and the warning does not come back."""
    root = copied(tmp_path)
    replace(root, MEASURES, "2027-06-30", "2072-06-30")
    file, text, cure = ASTRAY[name]
    added(file, text)(root)
    [finding] = check(root, DAY)
    assert (finding.rule, finding.file) == ("KP018", file)
    assert cure in finding.cure.de


def test_an_id_with_another_number_is_no_slip(tmp_path: Path) -> None:
    """K-9 is not K-2 mistyped: which ids there are is told instead."""
    root = copied(tmp_path)
    replace(root, "data/indicator_values.csv", "K-2,2025-12-31", "K-9,2025-12-31")
    [finding] = [f for f in check(root, DAY) if f.rule == "KP037"]
    assert finding.cure.de.startswith("Verwenden Sie eine Kennung aus data/indicators.csv (K-1")
