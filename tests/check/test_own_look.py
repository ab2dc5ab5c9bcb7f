"""The town's own style sheet: what it may load, and what its colours do to readers."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.look.own_styles import MOST_BYTES, flaws
from klarplan.messages import Finding
from klarplan.website.style_sheets import COLOURS, JOINED, SHEETS, join
from tests.support import own
from tests.support.klein import DAY, copied

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'


def found(root: Path, css: str | bytes) -> list[Finding]:
    """What the check says of a style sheet."""
    own.put(root, {"local/styles.css": css})
    return list(check(root, DAY))


def test_an_own_style_sheet_is_read_as_browsers_do(tmp_path: Path) -> None:
    """Rules, nested ones, own names with umlauts, pictures beside pages and in the text pass."""
    root = copied(tmp_path)
    own.put(root, {"docs/assets/wappen.svg": SVG, "docs/bild/überall.svg": SVG})
    css = """\ufeff@charset-ähnliches: 1;
    .kp-footer { background: url(wappen.svg) no-repeat; color: #222; & p { color: red } }
    .größe::before { content: "§"; background-image: url("../bild/%C3%BCberall.svg#teil"); }
    @media (min-width: 40em) { .x { background: url(data:image/png;base64,AAAA) } }
    @supports (display: grid) { .y { display: grid; mask: url(#form) } }
    """.replace("@charset-ähnliches: 1;", "/* Grüße */")
    assert found(root, css) == []


OUTSIDE = (
    "a { background: url(https://anders.example/x.png) }",
    "a { background: url('//anders.example/x.png') }",
    'a { background: URL( "\\68ttps://anders.example/x" ) }',
    "a { background: \\75 rl(https://anders.example/x) }",
    "a { background: image-set('https://anders.example/x' 1x) }",
    "a { --x: url(http:x) }",
    "a { background: url('h\\9ttps://anders.example') }",
    "a { background: url('/\\\\anders.example/x') }",
    "a { background: src('https://anders.example/x') }",
    "a { background: url('data:text/html,x') }",
    "@media print { a { b { background: url(ftp://x) } } }",
    "@font-face { font-family: x; src: url(https://anders.example/x.woff2) }",
    "@supports (background: url(https://anders.example/x)) { a { color: red } }",
    "a[href*='x'] { cursor: url(https://anders.example/x), auto }",
    "@import 'https://anders.example/x.css';",
    "@import url(//anders.example);",
    "@IM\\50ort 'eigene.css';",
    "@namespace svg url(http://www.w3.org/2000/svg);",
)


@pytest.mark.parametrize("css", OUTSIDE)
def test_nothing_is_loaded_from_elsewhere(tmp_path: Path, css: str) -> None:
    """However an address is written, the check refuses it with the line."""
    told = found(copied(tmp_path), f"p {{ margin: 0 }}\n{css}\n")
    assert {(f.rule, f.severity, f.line) for f in told} == {("KP073", "error", 2)}


@pytest.mark.parametrize(
    ("css", "severity", "said"),
    [
        ("a { background: url(fehlt.svg) }", "error", "docs/assets/fehlt.svg gibt es nicht"),
        ("a { background: url(../../../etc/passwd) }", "error", "gibt es nicht"),
        ("a { color: #999; background: white }", "warning", "Kontrast 2,8"),
        ("a { color: rgb(90% 90% 90%); background-color: #fff }", "warning", "Kontrast 1,2"),
        ("a:focus { outline: none }", "warning", "Tastatur"),
        ("a { outline : 0 !important }", "warning", "Tastatur"),
        ("a { color red }", "warning", "kein gültiges CSS"),
        ("} a { color: red }", "warning", "kein gültiges CSS"),
        ("@medai print { a { color: red } }", "error", "@medai"),
        (b"a::before { content: '\xe4' }", "error", "UTF-8"),
        ("a { margin: 0 }\n" * (MOST_BYTES // 15), "error", "größer als 100 kB"),
        ("a" + "{a" * 40_000, "error", "zu tief"),
    ],
)
def test_what_does_not_fit_is_told(
    tmp_path: Path, css: str | bytes, severity: str, said: str
) -> None:
    """Missing files, unreadable colours, hidden focus, mistakes and bounds, each in one message."""
    (told,) = found(copied(tmp_path), css)
    assert (told.rule, told.severity, told.file) == ("KP073", severity, "local/styles.css")
    assert said in told.problem.de


def test_own_styles_hold_and_nothing_changes_without(tmp_path: Path) -> None:
    """They stand behind all others; a site without them has the same bytes as before."""
    names = [COLOURS, *(f"assets/{name}" for name in SHEETS)]
    files = {name: name.encode() for name in names}
    usual = dict(files)
    join(usual)
    join(files, b".unsere{}")
    assert usual[JOINED].endswith(b"print.css")
    assert files[JOINED] == usual[JOINED] + b"\n.unsere{}"
    assert [*flaws(b"", lambda _: False)] == []
