"""A command line that is wrong: exit code 2, what is wrong in German or English, and the help."""

from __future__ import annotations

import pytest

from tests.support.project import klarplan


@pytest.mark.parametrize(
    ("line", "german"),
    [
        ("chek", "Den Befehl „chek“ gibt es nicht. Meinten Sie „check“?"),
        ("check --formt x", "Die Option „--formt“ gibt es nicht. Meinten Sie --format, --root?"),
        ("-x", "Die Option „-x“ gibt es nicht."),
        ("check --root", "Nach „--root“ fehlt ein Wert."),
        ("build --pdf=3", "Die Option „--pdf“ hat keinen Wert."),
        ("import", "Die Angabe „DATEI...“ fehlt."),
        ("check mehr", "„mehr“ ist hier zu viel."),
        ("check --format xml", "„xml“ ist nicht dabei, möglich sind „text“, „json“, „github“."),
        ("check --lang fr", "Der Wert für „--lang“ geht nicht: Möglich sind „de“ und „en“."),
        ("check --root README.md", "„README.md“ ist eine Datei, gebraucht wird ein Ordner."),
        ("import a.csv --mapping docs", "„docs“ ist ein Ordner, gebraucht wird eine Datei."),
        ("serve --port abc", "„--port“ geht nicht: gebraucht wird eine ganze Zahl."),
        ("serve --port 65536", "„--port“ geht nicht: höchstens 65535 ist möglich."),
        ("serve --port -1", "„--port“ geht nicht: mindestens "),
    ],
)
def test_what_is_wrong_is_said_in_german(line: str, german: str) -> None:
    """One line with the mistake, one with the help to ask for; nothing of typer's English."""
    result = klarplan(*line.split())
    assert result.returncode == 2
    assert result.stdout == ""
    problem, cure = result.stderr.splitlines()
    assert problem.startswith("Fehler: ")
    assert german in problem
    assert cure.startswith("Hilfe: klarplan")


def test_what_is_wrong_is_said_in_english() -> None:
    """On request the message of typer itself."""
    result = klarplan("chek", "--lang", "en")
    assert result.returncode == 2
    assert "No such command 'chek'. Did you mean 'check'?" in result.stderr
    assert "Hilfe" not in result.stderr


def test_nothing_asked_shows_the_help() -> None:
    """``klarplan`` alone shows what there is."""
    result = klarplan()
    assert result.returncode == 2
    assert "report" in result.stdout
    assert klarplan("--help").returncode == 0
