"""Settings are read strictly: nothing in them can become code, and nothing makes them fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.strategy.settings import SETTINGS
from klarplan.strategy.settings_file import read_settings

UNSAFE = (
    "'\"><script>alert(1)</script>'",
    '"\\"><script>"',
    '"\\e"',
    '"a\\0b"',
    '"a\\nb"',
    '"a\\u2028b"',
    "[a]",
    "{a: b}",
    "true",
)
BAD = {
    "repository": (
        *UNSAFE,
        "javascript:alert(1)",
        "https://x.example/a b",
        'https://x.example/a"b',
        "https://x.example/<b>",
        "https://user:word@x.example",
        "https://x.example/?a=1",
        "https://x.example/#a",
        "https:/\\\\x.example",
        "https://[::1",
        "https://",
        "//x.example",
        "data:text/html,x",
        "https://x.example:99999999",
    ),
    "site_url": (*UNSAFE, "ftp://x.example", "https://x..example", "https://x.example/`"),
    "sign_language_url": (*UNSAFE, "javascript:alert(1)", "https://x.example/'onclick"),
    "participation_url": (*UNSAFE, "mitreden.x.example", "https://u:p@x.example"),
    "contact_email": (
        *UNSAFE,
        '"a@x.example\\nContact: mailto:b@y.example"',
        '"a@x.example\\rX: y"',
        "a@x",
        "a b@x.example",
        "a@x.example?subject=x",
        "a@x.example,b@y.example",
        '"<a@x.example>"',
    ),
    "logo": (*UNSAFE[:4], "../a.png", "/a.png", "a\\b.png", "https://x.example/a.png", "a?b.png"),
    "font": (*UNSAFE[:4], "../x", '"a\\nb"'),
    "branch": (*UNSAFE[:-1], "a b", "../x", "-x", "a?b"),
    "licence": ("[cc-zero]", "{a: b}", "x"),
    "municipality": ('"a\\nb"', '"a\\0b"', "[a]", '"a\\x85b"'),
    "contact_name": ('"a\\rb"', '"a\\x1bb"'),
    "summary": ('"a\\0b"', "[a]"),
    "chapters": ("[[vision]]", "[{a: b}]", "vision", "[]"),
    "review_months": ("true", "0", "1" * 4000, "0x" + "f" * 6000, ".nan"),
    "title": ("0x" + "f" * 6000,),
}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, values in BAD.items() for v in values])
def test_values_that_do_not_fit_are_told(name: str, value: str, tmp_path: Path) -> None:
    """A value that is no plain address, name or number is one finding with its line."""
    write(tmp_path, f"# Einstellungen\n{name}: {value}\n")
    settings, (finding,) = read_settings(tmp_path)
    assert (finding.file, finding.line) == (SETTINGS, 2)
    assert finding.rule in ("KP010", "KP012")
    assert settings == type(settings)()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("repository", "https://gitlab.opencode.de/stadt/strategie"),
        ("site_url", "http://127.0.0.1:8000/strategie/"),
        ("site_url", "https://münchen.example"),
        ("sign_language_url", "https://x.example/video?v=1&t=2#a"),
        ("participation_url", "https://mitreden.x.example/dialoge?thema=2#a"),
        ("contact_email", "Strategie.2030+post@stadt-münster.example"),
        ("contact_email", ""),
        ("branch", "release/2026-1.x"),
        ("logo", "assets/Wappen groß.svg"),
        ("title", "Stadt & Land: „Wir“ <2030>"),
    ],
)
def test_usual_values_fit(name: str, value: str, tmp_path: Path) -> None:
    """What municipalities write is taken as it is."""
    write(tmp_path, f"{name}: '{value}'\n")
    settings, findings = read_settings(tmp_path)
    assert findings == []
    assert getattr(settings, name) == value


@pytest.mark.parametrize(
    "text",
    ["title: &a x\nsubtitle: *a", "title: !!int \'\'", "title: !!timestamp x", "a: " + "[" * 5000,
     "title: a\ntitle: b", "- a", "title: 'x", "\udcff", "title: \0", "x" * 200_000],
)  # fmt: skip
def test_what_is_no_plain_list_is_one_finding(text: str, tmp_path: Path) -> None:
    """Aliases, tags, repeated names, deep nesting and odd bytes end in a message."""
    write(tmp_path, text)
    settings, (finding,) = read_settings(tmp_path)
    assert finding.rule == "KP010"
    assert settings == type(settings)()


def test_longer_texts_may_have_lines(tmp_path: Path) -> None:
    """A summary and an address of several lines are taken."""
    write(tmp_path, "summary: |\n  Eins\n  Zwei\nhosting: |\n  A\n  B\n")
    settings, findings = read_settings(tmp_path)
    assert findings == []
    assert (settings.summary, settings.hosting) == ("Eins\nZwei", "A\nB")


def write(root: Path, text: str) -> None:
    """Write the settings of a root."""
    (root / SETTINGS).parent.mkdir()
    (root / SETTINGS).write_bytes(text.encode("utf-8", "surrogateescape"))
