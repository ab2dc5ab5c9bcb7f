"""Tables name offices, no people: who is taken for a person, and who is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.rules.people import named_people, personal
from tests.support.importing import strategy
from tests.support.project import klarplan

OFFICES = ["Amt 65", "Stadtwerke", "SWT", "Paul Gerhardt Stift", "Anne-Frank-Schule", "St. Georg"]
OFFICES += ["Otto Schule", "e.V.", "ob", "Frau und Beruf", "Sozialamt, Beirat"]
PEOPLE = ["Petra Müller (0251-12345)", "mü/sch", "Herr Dr. Weber", "K. Schmidt", "Müller, Petra"]
PEOPLE += ["FB 3 - Fr. Lang", "Dr. Petra Müller"]


@pytest.mark.parametrize("name", OFFICES)
def test_an_office_is_no_person(name: str) -> None:
    """Names of offices, schools and foundations are not taken for people."""
    assert list(named_people(name, office=True)) == []


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person_in_the_place_of_an_office_is_found(name: str) -> None:
    """Full names, initials and short signs of staff are found."""
    assert list(named_people(name, office=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rückfragen an Frau Klein, Tel. 0171 1234567", ["Frau Klein", "0171 1234567"]),
        ("Auskunft: 0251/492-1234", ["0251/492-1234"]),
        ("Handy +49 171 1234567 (Hr. Öz)", ["Hr. Öz", "+49 171 1234567"]),
        ("Vorlage 0123/2024 vom 01.02.2025, Produkt 0610-5211", []),
        ("Herr Oberbürgermeister dankt; die Arbeit mit Petra Klein geht weiter.", []),
    ],
)
def test_people_and_telephone_numbers_in_texts(text: str, found: list[str]) -> None:
    """A text names a person by how one speaks of them; numbers of papers are no telephones."""
    assert list(named_people(text, office=False)) == found


@pytest.mark.parametrize("address", ["klein@web.de", "p.mueller@stadt.de", "anna.x@stadt.example"])
def test_private_and_personal_mailboxes(address: str) -> None:
    """A mailbox at a private provider is a person's whatever its name."""
    assert personal(address)


def test_check_names_the_cell(tmp_path: Path) -> None:
    """The warning names file, line and the person."""
    root = strategy(tmp_path / "strategie")
    path = root / "data" / "organisations.csv"
    path.write_text("id,name\nORG-1,K. Schmidt\n", encoding="utf-8", newline="")
    result = klarplan("check", "--root", str(root))
    assert "organisations.csv:2: Warnung KP608" in result.stdout
    assert "K. Schmidt" in result.stdout


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Grundstückskauf (nö)", True),
        ("Kauf – nicht öffentlich", True),
        ("Nicht öffentliche Vorlage", True),
        ("Anfragen vertraulich behandeln", False),
        ("Vertraulichkeit im Netz", False),
        ("Interner Dienst", False),
    ],
)
def test_a_text_that_says_it_is_not_public(tmp_path: Path, title: str, *, told: bool) -> None:
    """The check names it, unless its row is internal."""
    root = strategy(tmp_path / "strategie")
    (root / "data" / "fields_of_action.csv").write_text("id,title\nHF-01,Feld\n", "utf-8")
    path = root / "data" / "measures.csv"
    for visibility, expected in (("", told), ("internal", False)):
        row = f"M-001,{title},HF-01,{visibility}"
        path.write_text(f"id,title,field,visibility\n{row}\n", "utf-8")
        assert ("KP609" in klarplan("check", "--root", str(root)).stdout) is expected
