"""Every page is sound HTML: syntax, ids, labels, names, headings, landmarks, tables, policy."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.support.access import one_of_each_kind, pages_of
from tests.support.html_rules import faults
from tests.support.node import package
from tests.support.project import BuiltSample
from tests.support.some import first_of

VNU = package("vnu-jar") / "build" / "dist" / "vnu.jar"


def nu_errors(paths: Sequence[Path]) -> list[str]:
    """The errors that the Nu HTML checker finds in files or below folders."""
    java = shutil.which("java")
    assert java
    command = [java, "-Xss4m", "-jar", str(VNU), "--format", "json", "--exit-zero-always"]
    command += ["--skip-non-html", "--errors-only", *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    messages = json.loads(result.stderr)["messages"]
    return [f"{m.get('url', '')[-60:]}: {m['message']}" for m in messages if m["type"] != "info"]


needs_nu = pytest.mark.skipif(
    not (shutil.which("java") and VNU.is_file()),
    reason="the Nu HTML checker needs Java and npm",
)


@pytest.mark.parametrize("choose", first_of([one_of_each_kind, list]))
def test_every_page_is_sound(
    sample: BuiltSample, choose: Callable[[Sequence[str]], list[str]]
) -> None:
    """No page of the sample breaks a rule of HTML that its text alone shows.

    Every time one page of each kind is read, in the long run all are.
    """
    paths = sorted(p.relative_to(sample.site).as_posix() for p in sample.site.rglob("*.html"))
    read = {path: (sample.site / path).read_text("utf-8") for path in choose(paths)}
    assert len(read) > 20
    assert {path: found for path, text in read.items() if (found := faults(text))} == {}


def test_every_page_has_a_title_of_its_own(sample: BuiltSample) -> None:
    """No two pages share their title."""
    titles: dict[str, str] = {}
    for name in pages_of(sample.site):
        file = sample.site / name
        text = (file if file.suffix else file / "index.html").read_text("utf-8")
        match = re.search(r"<title>(.*?)</title>", text, re.DOTALL)
        assert match
        assert titles.setdefault(match[1], name) == name


@needs_nu
@pytest.mark.long
def test_nu_checker_finds_no_error(sample: BuiltSample) -> None:
    """The Nu HTML checker finds no error on any page."""
    assert nu_errors([sample.site]) == []


@needs_nu
@pytest.mark.long
def test_nu_checker_would_find_an_error(sample: BuiltSample, tmp_path: Path) -> None:
    """The Nu HTML checker does find a planted error."""
    text = (sample.site / "index.html").read_text("utf-8")
    page = tmp_path / "index.html"
    page.write_text(text.replace("<h1", '<h1 tabindex=""', 1), "utf-8")
    assert len(nu_errors([page])) == 1


END = "</main>"
PLANTED = {
    "unclosed tag": (END, "<div><p>x</div></p>" + END, "syntax"),
    "link in a link": (END, "<a href='.'>x<a href='.'>y</a></a>" + END, "syntax"),
    "duplicate id": (END, "<p id='inhalt'>x</p>" + END, "ids: id 'inhalt' 2"),
    "missing reference": (END, "<p aria-describedby='weg'>x</p>" + END, "ids: aria-describedby"),
    "dead anchor": (END, "<a href='#weg'>x</a>" + END, "ids: link"),
    "label for nothing": (END, "<label for='inhalt'>x</label>" + END, "labels: label"),
    "nameless control": (END, "<input type='text'>" + END, "labels: control"),
    "autocomplete on a checkbox": (
        END,
        "<label><input type='checkbox' autocomplete='off'>x</label>" + END,
        "labels: autocomplete",
    ),
    "alt removed": (END, "<img src='x.png'>" + END, "names: picture"),
    "nameless link": (END, "<a href='.'></a>" + END, "names: no name"),
    "nameless dialog": (END, "<div role='dialog'>x</div>" + END, "names: no name"),
    "button in a link": (END, "<a href='.'><button>x</button></a>" + END, "nesting: control"),
    "list of paragraphs": (END, "<ul><p>x</p></ul>" + END, "nesting: p in a list"),
    "obsolete attribute": (END, "<p align='left'>x</p>" + END, "nesting: invalid"),
    "empty number": (END, "<p tabindex=''>x</p>" + END, "nesting: invalid"),
    "skipped heading": (END, "<h6>x</h6>" + END, "headings: heading of level 6"),
    "second title": (END, "<h1>x</h1>" + END, "headings:"),
    "second main": (END, "</main><main></main>", "landmarks: 2 of main"),
    "nameless menu": (END, "<nav>x</nav>" + END, "landmarks: menu without name"),
    "two menus of a name": (
        END,
        "<nav aria-label='Navigation'>x</nav>" + END,
        "landmarks: 2 menus",
    ),
    "no skip link": (
        '<a class="md-skip" href="#inhalt">Zum Inhalt</a>',
        "",
        "landmarks: skip link",
    ),
    "no caption": (
        END,
        "<table class='list'><tr><th scope='col'>x</table>" + END,
        "tables: no cap",
    ),
    "no scope": (
        END,
        "<table class='list'><caption>x</caption><tr><th>x</table>" + END,
        "tables: no s",
    ),
    "no header cell": (END, "<table><tr><td>x</td></tr></table>" + END, "tables: no header"),
    "no language": ('<html lang="de"', "<html", "head: lang"),
    "no description": ('<meta name="description"', '<meta name="x"', "head: no description"),
    "no policy": ('http-equiv="Content-Security-Policy"', 'name="x"', "head: policy"),
    "unsafe policy": ("script-src ", "script-src 'unsafe-inline' ", "head: policy"),
    "own host": ("script-src ", "script-src 'self' ", "head: policy"),
    "unknown script": (END, "<script src='x.js'></script>" + END, "head: policy"),
    "inline script": (END, "<script>alert(1)</script>" + END, "no_inline_code: inline script"),
    "inline style": (END, "<p style='color:red'>x</p>" + END, "no_inline_code: inline style"),
    "event handler": (END, "<p onclick='x()'>x</p>" + END, "no_inline_code: inline style"),
    "script link": (END, "<a href=' JavaScript:x()'>x</a>" + END, "no_inline_code: script"),
    "foreign picture": (
        END,
        "<img alt='' src='https://a.example/x.png'>" + END,
        "no_inline_code: f",
    ),
    "frame": (END, "<iframe title='x' src='x'></iframe>" + END, "no_inline_code: embedded"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_fault_is_found(sample: BuiltSample, name: str) -> None:
    """Each kind of fault, put into a good page, is found."""
    old, new, found = PLANTED[name]
    text = (sample.site / "massnahmen/m-001/index.html").read_text("utf-8")
    assert faults(text) == []
    assert old in text
    assert any(fault.startswith(found) for fault in faults(text.replace(old, new, 1)))
