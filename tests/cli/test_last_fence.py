"""What nobody thought of is told without a traceback."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from klarplan import cli
from tests.support.klein import copied

ODD_EXTENSIONS = [
    b"markdown_extensions: [none.such]\n",
    b"markdown_extensions:\n- toc:\n    toc_depth: x\n",
]


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """What the command exits with."""
    monkeypatch.setattr(sys, "argv", ["klarplan", *arguments])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return int(caught.value.code or 0)


@pytest.mark.parametrize(
    ("lang", "told"), [("de", "melden Sie das dem Projekt"), ("en", "report this to the project")]
)
def test_an_unexpected_error_is_told_in_words(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], lang: str, told: str
) -> None:
    """An error that nobody thought of is a short message, and its details lie in a file."""

    def broken(**_: object) -> None:
        raise ZeroDivisionError("why")

    monkeypatch.setattr(cli, "app", broken)

    assert run(monkeypatch, "check", "--lang", lang) == 1

    said = capfd.readouterr().err
    assert told in said
    assert "Traceback" not in said
    found = re.search(r"\S+klarplan-\S+\.txt", said)
    assert found
    details = Path(found[0])
    assert "ZeroDivisionError: why" in details.read_text(encoding="utf-8")
    details.unlink()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1799-12-31", "2200-01-01"])
def test_an_as_of_date_beyond_our_times_is_refused(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], day: str
) -> None:
    """A date from which no month can be counted is a command used wrongly."""
    assert run(monkeypatch, "check", "--as-of", day) == 2

    assert "zwischen 1800 und 2199" in capfd.readouterr().err


@pytest.mark.parametrize("day", ["1800-01-01", "2199-12-31"])
def test_the_first_and_the_last_as_of_date_are_computed_with(tmp_path: Path, day: str) -> None:
    """All that is derived can be computed for the first and the last date that is taken."""
    root = copied(tmp_path)

    assert cli.app(["check", "--root", str(root), "--as-of", day], standalone_mode=False) in (0, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux only")
@pytest.mark.parametrize("format_", ["text", "json", "github"])
def test_a_name_that_is_no_text_can_be_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    format_: str,
) -> None:
    """Files whose names are not UTF-8 are told in every format."""
    root = copied(tmp_path)
    for folder in ("docs", "strategy", "data"):
        path = bytes(root / folder) + b"/x\xff.md"
        Path(path.decode("utf-8", "surrogateescape")).write_text("# x\n\n[y](z.md)\n")

    assert run(monkeypatch, "check", "--root", str(root), "--format", format_) == 1

    assert "docs/x" in capfd.readouterr().out


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe",
        b"a: [",
        b"a: &x 1\nb: *x\n",
        b"",
        b"markdown_extensions: 5\n",
        *ODD_EXTENSIONS,
    ],
)
def test_any_bytes_as_settings_of_the_generator_are_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    content: bytes,
) -> None:
    """A mkdocs.yml of any bytes is an error that names the file."""
    root = copied(tmp_path)
    (root / "mkdocs.yml").write_bytes(content)

    assert run(monkeypatch, "check", "--root", str(root)) == 1

    captured = capfd.readouterr()
    assert "mkdocs.yml" in captured.out + captured.err
    assert "Einzelheiten" not in captured.err
