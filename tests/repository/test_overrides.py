"""Templates and style sheets stay readable, and hold nothing that no page uses."""

from __future__ import annotations

import re
from pathlib import Path

from klarplan.website.policy import SCRIPTS
from klarplan.website.style_sheets import SHEETS
from tests.support.project import REPOSITORY

OVERRIDES = REPOSITORY / "overrides"
ASSETS = OVERRIDES / "assets"
THEME = re.compile(r"md-|js$|no-js$")
"""Classes that the theme or a script of ours sets on the page itself."""


def classes_of(sheet: Path) -> set[str]:
    """The classes that the selectors of a style sheet name."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = re.findall(r"([^{}]+)\{", text)
    return {name for one in selectors for name in re.findall(r"\.([a-zA-Z][\w-]*)", one)}


def test_every_class_of_a_style_sheet_is_used() -> None:
    """A class that a style sheet names stands in a template, script, macro or text."""
    used = "\n".join(
        path.read_text(encoding="utf-8")
        for folder in ("overrides", "macros", "klarplan", "docs", "strategy")
        for path in sorted((REPOSITORY / folder).rglob("*"))
        if path.suffix in {".html", ".js", ".py", ".md"}
    )
    words = set(re.findall(r"[\w-]+", used))
    stems = {word for word in words if word.endswith(("--", "__"))}
    unused = {
        f"{sheet.name}: {name}"
        for sheet in ASSETS.glob("*.css")
        for name in classes_of(sheet)
        if name not in words and not name.startswith(tuple(stems)) and not THEME.match(name)
    }
    assert unused == set()


def test_the_site_takes_every_style_sheet_and_script() -> None:
    """Each style sheet is one of those that are joined, each script is known to the policy."""
    assert {*SHEETS, *SCRIPTS} == {path.name for path in ASSETS.iterdir()}
    assert SHEETS[-1] == "print.css"


def test_no_line_of_a_template_is_endless() -> None:
    """A comparison of versions shows what changed in a template."""
    endless = [
        f"{path.relative_to(OVERRIDES)}:{number}"
        for path in sorted(OVERRIDES.rglob("*.html"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 900
    ]
    assert endless == []
