"""A command line that is wrong: exit code 2, what is wrong in German or English, and the help."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.klein import KLEIN, copied, replace
from tests.support.project import klarplan, run_klarplan


@pytest.mark.parametrize(
    ("line", "german"),
    [
        ("chek", "Den Befehl „chek“ gibt es nicht. Meinten Sie „check“?"),
        ("check --formt x", "Die Option „--formt“ gibt es nicht. Meinten Sie --format, --root?"),
        ("-x", "Die Option „-x“ gibt es nicht."),
        ("check --root", "Nach „--root“ fehlt ein Wert."),
        ("build --pdf=3", "Die Option „--pdf“ hat keinen Wert."),
        ("import", "Die Angabe „DATEI...“ fehlt."),
        ("new", "Die Angabe „ART“ fehlt. Möglich sind: measure, goal,"),
        ("init --from gibt-es-nicht", "„--from“ geht nicht: „gibt-es-nicht“ gibt es nicht."),
        ("update", "Die Angabe „--from“ fehlt."),
        ("check mehr", "„mehr“ ist hier zu viel."),
        (
            "check --format xml",
            "„xml“ ist nicht dabei, möglich sind „text“, „json“, „github“, „gitlab“",
        ),
        ("check --lang fr", "Der Wert für „--lang“ geht nicht: Möglich sind „de“ und „en“."),
        ("check --root README.md", "„README.md“ ist eine Datei, gebraucht wird ein Ordner."),
        ("import a.csv --mapping docs", "„docs“ ist ein Ordner, gebraucht wird eine Datei."),
        ("paper --measures=", "Der Wert für „--measures“ geht nicht: er ist leer."),
        ("paper --measures=,", "Der Wert für „--measures“ geht nicht: er ist leer."),
        ("paper --field HF-1 --field=", "Der Wert für „--field“ geht nicht: er ist leer."),
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


ENGLISH = (
    "Usage",
    "Options",
    "Arguments",
    "Commands",
    "Show this",
    "default:",
    "required",
    "env var",
)


@pytest.mark.parametrize("command", ["", "serve", "import", "new", "update"])
def test_help_says_its_own_words_in_german(command: str) -> None:
    """What stands around the help is German: the call, the frames, what holds otherwise."""
    asked = [*command.split(), "--help"]
    told = klarplan(*asked).stdout
    assert "Aufruf: klarplan" in told
    assert "Zeigt diese Hilfe." in told
    assert [word for word in ENGLISH if word in told] == []


def test_help_says_them_in_english_on_request() -> None:
    """As typer itself does."""
    told = klarplan("serve", "--lang", "en", "--help").stdout
    assert [
        word for word in ("Usage", "Options", "default:", "Show this") if word not in told
    ] == []


def test_nothing_asked_shows_the_help() -> None:
    """``klarplan`` alone shows what there is."""
    result = klarplan()
    assert result.returncode == 2
    assert "report" in result.stdout
    assert klarplan("--help").returncode == 0


def test_the_program_exits_with_what_the_command_returns(tmp_path: Path) -> None:
    """Run as a program: 0 when all is well, 1 with a mistake in the strategy, 2 used wrongly."""
    wrong = copied(tmp_path)
    replace(wrong, "data/budget.csv", "A-7,2025", "A-7,2035")
    for arguments, code in (
        (("check", "--root", str(KLEIN), "--as-of", "2026-06-30"), 0),
        (("check", "--root", str(wrong), "--as-of", "2026-06-30"), 1),
        (("chek",), 2),
    ):
        result = run_klarplan(*arguments)
        assert result.returncode == code
        assert "Traceback" not in result.stdout + result.stderr
