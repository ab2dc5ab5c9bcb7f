"""What a new strategy begins with is asked, or stands in a file, and is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from klarplan.commands.answers import Answers, answers_text, kept_answers, read_answers
from klarplan.commands.questions import QUESTIONS, asked
from klarplan.messages import Lang, Text
from klarplan.own_files import ANSWERS
from klarplan.strategy.settings_file import read_settings
from tests.commands.test_init import clone, repository
from tests.support.git import git
from tests.support.project import REPOSITORY, klarplan

__all__ = ["clone", "repository"]

DISTRICT = """\
lang: en
municipality: Landkreis Musterland
key: "05999"
topic: mobility
fields: [Walking, Road safety]
contact_email: mobility@kreis.example
primary_colour: "#005e3f"
"""
COUNTRYSIDE = """\
municipality: "Zweckverband „Obere Leine“: Wasser & Klima"
kind: Verband
topic: climate
street: Am Wehr 3
postcode: "01067"
town: Bad Füssing
logo: logo größe.svg
owners: "@verband/technik"
period_start: 2025
"""
OWN_KIND = """\
municipality: Hooge
kind:
  word: Hallig
  article: die
  english: island
country: CH
key: "261"
postcode: "8001"
"""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def tree(root: Path) -> dict[str, bytes]:
    """All files of a strategy but git's own."""
    files = (p for p in root.rglob("*") if p.is_file() and ".git" not in p.parts)
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in files}


@pytest.mark.parametrize("told", [DISTRICT, COUNTRYSIDE, OWN_KIND])
def test_the_same_answers_give_the_same_bytes(repository: Path, tmp_path: Path, told: str) -> None:
    """What was answered is kept, and init with what was kept writes each file as it is."""
    (tmp_path / "logo größe.svg").write_text(LOGO)
    (tmp_path / "antworten.yml").write_text(told, "utf-8")
    done = klarplan("init", "--answers", str(tmp_path / "antworten.yml"), cwd=repository)
    assert done.returncode == 0, done.stderr
    first = tree(repository)
    assert not read_settings(repository)[0].published
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "Angelegt")
    again = klarplan("init", "--answers", ANSWERS, cwd=repository)
    assert again.returncode == 0, again.stderr
    assert tree(repository) == first
    shutil.copy(repository / ANSWERS, tmp_path / "kopie.yml")
    last = klarplan("init", "--answers", str(tmp_path / "kopie.yml"), cwd=repository)
    assert last.returncode == 0, last.stderr
    assert tree(repository) == first
    kept = kept_answers(repository)
    assert kept is not None
    answers, findings = kept
    assert findings == []
    assert answers_text(answers).encode() == first[ANSWERS]


def test_answers_become_settings_fields_and_logo(repository: Path, tmp_path: Path) -> None:
    """Each answer stands where the strategy needs it; umlauts and quotes stay."""
    (tmp_path / "logo größe.svg").write_text(LOGO)
    (tmp_path / "a.yml").write_text(COUNTRYSIDE, "utf-8")
    assert klarplan("init", "--answers", str(tmp_path / "a.yml"), cwd=repository).returncode == 0
    settings, findings = read_settings(repository)
    assert findings == []
    assert settings.municipality == "Zweckverband „Obere Leine“: Wasser & Klima"
    assert (settings.key, settings.sort.noun, settings.postcode) == ("", "Verband", "01067")
    assert (settings.logo, settings.period_start) == ("assets/logo.svg", 2025)
    assert (repository / "docs/assets/logo.svg").read_text() == LOGO
    assert not (repository / "docs/assets/wappen.svg").exists()
    assert "@verband/technik" in (repository / ".github/CODEOWNERS").read_text()
    (tmp_path / "b.yml").write_text(DISTRICT, "utf-8")
    done = klarplan("init", "--answers", str(tmp_path / "b.yml"), "--yes", cwd=repository)
    assert done.returncode == 0
    rows = (repository / "data/fields_of_action.csv").read_text("utf-8")
    assert "HF-01,Walking" in rows
    assert "HF-02,Road safety" in rows
    assert "Cycling" not in rows
    assert read_settings(repository)[0].title == "Strategy of the district of Musterland"


WRONG = {
    'municipality: X\nname: "Stadt Süd"': (2, "name", "Löschen Sie die Zeile"),
    "municipality: X\nkey: 0551500": (2, "0551500", "Ziffern"),
    "municipality: X\ntopic: klima": (2, "klima", "climate"),
    'municipality: X\nprimary_colour: "#ffff00"': (2, "Kontrast", "nächste lesbare Farbe"),
    "municipality: X\nprimary_colour: 1f4e79": (2, "1f4e79", '"#1f4e79"'),
    "municipality: X\ncontact_email: stadt": (2, "stadt", "E-Mail-Adresse"),
    "municipality: X\nlogo: fehlt.svg": (2, "fehlt.svg", "Pfad"),
    "municipality: X\nlogo: a.txt": (2, "a.txt", ".svg"),
    "municipality: X\ntopic: climate\nfields:\n  - Energie und Wärme\n  - Gebäude und Plan": (
        *(5, "Gebäude und Plan", "Meinten Sie „Gebäude und Planen“?"),
    ),
    "municipality: X\nfields: [Radverkehr]": (2, "Radverkehr", "Löschen Sie die Zeile"),
    "municipality: X\nowners: technik": (2, "technik", "mit @"),
    "municipality: X\npublished: true": (2, "Entwurf", "Löschen Sie die Zeile"),
    'municipality: ""': (1, "Name der Kommune", "Tragen Sie ihn ein"),
    "municipality: X\n  key: 1": (2, "", ""),
    "municipality: X\nmunicipality: Y": (2, "zweimal", "Löschen Sie eine"),
}


@pytest.mark.parametrize(("text", "told"), WRONG.items())
def test_wrong_answers_are_told_with_line_and_cure(
    repository: Path, tmp_path: Path, text: str, told: tuple[int, str, str]
) -> None:
    """What doesn't fit is told with file, line and cure; nothing is changed."""
    line, problem, cure = told
    before = tree(repository)
    (tmp_path / "a.txt").write_text("kein Bild")
    (tmp_path / "a.yml").write_text(text, "utf-8")
    done = klarplan("init", "--answers", str(tmp_path / "a.yml"), cwd=repository)
    said = " ".join(done.stderr.split())
    assert done.returncode == 2, said
    assert f"{line}" in said
    assert problem in said
    assert cure in said
    assert "Traceback" not in said
    assert tree(repository) == before
    _, (finding, *more) = read_answers(tmp_path / "a.yml", repository)
    assert (finding.line, more) == (line, [])
    assert finding.file == (tmp_path / "a.yml").as_posix()


def test_wrong_answers_are_told_in_english(repository: Path, tmp_path: Path) -> None:
    """Messages follow the language that is asked for; a missing file is told, too."""
    (tmp_path / "a.yml").write_text("municipality: X\ntopic: klima\nlogo: nix.png\n")
    done = klarplan("init", "--answers", str(tmp_path / "a.yml"), "--lang", "en", cwd=repository)
    assert done.returncode == 2
    assert "Possible: digital, climate" in done.stderr
    assert "There is no such file." in done.stderr
    none = klarplan("init", "--answers", str(tmp_path / "b.yml"), "--lang", "en", cwd=repository)
    assert none.returncode == 2
    assert "b.yml" in none.stderr


def test_answers_need_a_name(repository: Path, tmp_path: Path) -> None:
    """A file of answers without the name of the municipality is refused."""
    (tmp_path / "a.yml").write_text("topic: climate\n")
    done = klarplan("init", "--answers", str(tmp_path / "a.yml"), cwd=repository)
    assert done.returncode == 2
    assert "Name der Kommune fehlt" in done.stderr


def conversation(said: Iterable[str], lang: Lang, given: Answers) -> tuple[Answers, list[str]]:
    """The answers that come of what is typed, and all that was told and asked."""
    typed, told = iter(said), []

    def ask(question: Text, usual: str) -> str:
        told.append(f"{question.in_(lang)} [{usual}]")
        return next(typed) or usual

    answers = asked(given, Path(), lang, ask, lambda text: told.append(text.in_(lang)))
    assert next(typed, None) is None, "something typed was not asked for"
    return answers, told


def typed(**said: str | list[str]) -> list[str]:
    """What is typed: for each question an answer, several where the first are wrong."""
    found: list[str] = []
    for question in QUESTIONS:
        answer = said.get(question.name, "")
        found += answer if isinstance(answer, list) else [answer]
    return found


def test_questions_are_asked_until_each_answer_fits() -> None:
    """A wrong answer is told at once with its cure, and the question comes again."""
    said = typed(
        municipality=["", "Stadt Süd"],
        key=["0551500", "05515000"],
        topic=["Klima", "climate"],
        fields=["1, 9", "2, 1"],
        contact_email=["stadt.example", "klima@stadt.example"],
        contact_phone=["Durchwahl", "09999 123-450"],
        privacy_contact="datenschutz@stadt.example",
        postcode=["4815", "48155"],
        primary_colour=["grün", "#ffff00", "005e3f"],
        logo=["gibt-es-nicht.svg", ""],
        site_url=["klima.example", "https://klima.example/"],
    )
    answers, told = conversation(said, "de", Answers())
    text = "\n".join(told)
    assert "Der Name der Kommune ist leer." in text
    assert "Nötig sind 8 oder 12 Ziffern" in text
    assert "Möglich sind: digital, climate" in text
    assert "„9“ ist keine der Nummern." in text
    assert "Nötig ist eine E-Mail-Adresse" in text
    assert "Nötig ist eine Nummer wie" in text
    assert "Nötig sind 5 Ziffern" in text
    assert "Die Einstellung" not in text
    assert 'Nötig ist eine Farbe wie "#1f4e79".' in text
    assert "Die nächste lesbare Farbe im selben Farbton ist #" in text
    assert "Diese Datei gibt es nicht." in text
    assert text.count("Adresse der Website") == 2
    assert answers.fields == ("Energie und Wärme", "Gebäude und Planen")
    wanted: dict[str, Any] = {
        "municipality": "Stadt Süd",
        "key": "05515000",
        "topic": "climate",
        "title": "Strategie der Stadt Süd",
        "postcode": "48155",
        "primary_colour": "#005e3f",
        "street": "",
        "contact_phone": "09999 123-450",
        "represented_by": "",
        "privacy_contact": "datenschutz@stadt.example",
    }
    assert {name: answers.settings[name] for name in wanted} == wanted
    assert "kind" not in answers.settings


def test_questions_are_asked_in_english() -> None:
    """An English Landkreis is asked in English, and its title and its fields are English."""
    said = typed(municipality="Landkreis Harz", key="03153", topic="mobility", fields="all")
    answers, told = conversation(said, "en", Answers())
    assert "Usual fields of action:" in "\n".join(told)
    assert answers.settings["lang"] == "en"
    assert "Cycling" in answers.fields
    assert "Verband" in "\n".join(told)
    assert "Öffnung" not in "\n".join(told)


def test_what_is_given_is_not_asked() -> None:
    """What an option says already is not asked; a Verband without a key is one."""
    given = Answers(settings={"municipality": "Wasser Süd", "lang": "de"})
    said = [
        answer
        for question, answer in zip(QUESTIONS, typed(kind="Verband"), strict=True)
        if question.name not in ("municipality", "lang", "fields")
    ]
    answers, told = conversation(said, "de", given)
    assert not any("Voller Name" in line for line in told)
    assert answers.settings["kind"].noun == "Verband"
    assert answers.settings["key"] == ""


def test_the_answers_of_the_handbook_fit(repository: Path, tmp_path: Path) -> None:
    """The file that the handbook shows to copy is read without a word."""
    page = (REPOSITORY / "docs/handbuch/anlegen.md").read_text("utf-8")
    told = page.partition("```yaml\n")[2].partition("```")[0]
    (tmp_path / "wappen.svg").write_text(LOGO)
    (tmp_path / "a.yml").write_text(told, "utf-8")
    answers, findings = read_answers(tmp_path / "a.yml", repository)
    assert findings == []
    assert answers.fields == ("Energie und Wärme", "Gebäude und Planen")
    assert answers.logo == tmp_path / "wappen.svg"
