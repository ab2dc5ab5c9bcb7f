"""Pages of one's own stand in the menu where the settings place them, or somebody hears of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.pages.gather import Baker
from klarplan.pages.menu import ELSEWHERE, navigation
from klarplan.strategy.load import load
from klarplan.strategy.settings import SETTINGS, MenuItem
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import settings_text
from macros.seal import Seal
from tests.support.klein import DAY, append, copied
from tests.support.project import REPOSITORY

PAGES = {"docs/termine.md": "Termine", "docs/rat/index.md": "Bürgerrat", "docs/glossar.md": "G"}


def prepared(folder: Path, menu: str) -> tuple[Path, int]:
    """The small strategy with pages of its own and a menu; the line on which the menu begins."""
    root = copied(folder)
    for file, title in PAGES.items():
        append(root, file, f"# {title}\n\nText.\n")
    return root, append(root, SETTINGS, menu)


def menu_of(root: Path) -> list[object]:
    """The menu of the site."""
    baker = Baker(load(root), DAY, Seal.drawn())
    titles = {page.path: page.title for page in baker.pages()}
    return navigation(baker.chapters, titles, baker.strategy.settings.menu)


def told(root: Path) -> list[tuple[str, str, int | None, str | None]]:
    """What the check finds on menus."""
    found = [f for f in check(root, DAY) if f.rule in ("KP012", "KP753", "KP754")]
    return [(f.rule, f.severity, f.line, f.value) for f in found]


def test_pages_and_groups_stand_in_their_order(tmp_path: Path) -> None:
    """A page has its own title or that of the menu; a group is a part of the menu."""
    root, _ = prepared(
        tmp_path,
        "menu:\n  - docs/rat/index.md\n  - Mitreden:\n      - Kalender: termine.md\n"
        "      - ./docs/glossar.md\n",
    )
    menu = menu_of(root)
    own = menu.index({"Bürgerrat": "rat/index.md"})
    assert menu[own + 1] == {
        "Mitreden": [{"Kalender": "termine/index.md"}, {"G": "glossar/index.md"}]
    }
    assert str(menu).count("glossar") == 1
    assert list(menu[-1]) == ["Dokumente"]  # type: ignore[call-overload]
    assert told(root) == []


@pytest.mark.parametrize("group", ["Strategie", "Umsetzung", "Über", "Dokumente"])
def test_a_group_of_the_menu_gets_more_pages(group: str, tmp_path: Path) -> None:
    """Pages under the name of a part that is there come behind what is in it."""
    root, _ = prepared(tmp_path, f"menu:\n  - {group}: [docs/termine.md]\n  - docs/rat/index.md\n")
    entries = [entry[group] for entry in menu_of(root) if group in entry]  # type: ignore[operator, index]
    assert [entry[-1] for entry in entries] == [{"Termine": "termine/index.md"}]


def test_a_chapter_becomes_a_group(tmp_path: Path) -> None:
    """A chapter that stands alone is the first of the pages that are placed with it."""
    own = (MenuItem(title="Beteiligung", items=(MenuItem(file="docs/termine.md"),)),)
    menu = navigation(("participation",), {"termine/index.md": "Termine"}, own)
    assert menu[1:] == [
        {"Beteiligung": [{"Beteiligung": "beteiligung/index.md"}, {"Termine": "termine/index.md"}]}
    ]


def test_titles_are_safe(tmp_path: Path) -> None:
    """A title of the menu is text, whatever stands in it."""
    menu = "menu:\n  - '<b>x</b>': docs/termine.md\n  - '{{ y }}': [docs/rat/index.md]\n"
    root, _ = prepared(tmp_path, menu)
    made = str(menu_of(root))
    assert not any(sign in made for sign in ("<b>", "{{ y"))


def test_names_without_hyphens_are_a_list_too(tmp_path: Path) -> None:
    """A menu of names and pages is read as the list that it means."""
    root, _ = prepared(tmp_path, "menu:\n  Termine: docs/termine.md\n  Rat: docs/rat/index.md\n")
    assert {"Rat": "rat/index.md"} in menu_of(root)


@pytest.mark.parametrize(
    ("menu", "line", "value"),
    [
        ("menu:\n  - docs/rat/index.md\n  - docs/termin.md\n", 2, "docs/termin.md"),
        ("menu:\n  - A:\n      - B: docs/fehlt.md\n", 2, "docs/fehlt.md"),
        ("menu:\n  - docs/rat/index.md\n  - docs/termine.md\n  - Z: docs/termine.md\n", 3,
         "docs/termine.md"),
        ("menu:\n  - docs/index.md\n  - docs/termine.md\n", 1, "docs/index.md"),
        ("menu: [docs/Termine.md]\n", 0, "docs/Termine.md"),
    ],
)  # fmt: skip
def test_what_the_menu_must_not_name(menu: str, line: int, value: str, tmp_path: Path) -> None:
    """A page that is not there, is named twice, or is the start page, is told with its line."""
    root, first = prepared(tmp_path, menu)
    (found,) = (f for f in check(root, DAY) if f.rule == "KP754")
    assert (found.file, found.line, found.value) == (SETTINGS, first + line, value)
    assert found.cure.de


@pytest.mark.parametrize(
    "menu",
    ["menu:\n  - A:\n      - B:\n          - docs/termine.md\n", "menu:\n  - https://x.example\n",
     "menu:\n  - ../geheim.md\n", "menu:\n  - [docs/termine.md]\n", "menu:\n  - \n"],
)  # fmt: skip
def test_a_menu_that_is_none(menu: str, tmp_path: Path) -> None:
    """Groups in groups, addresses elsewhere and lists without names are told where they begin."""
    root, line = prepared(tmp_path, menu)
    assert ("KP012", "error", line + 1) in [t[:3] for t in told(root)]


@pytest.mark.parametrize(
    ("menu", "link", "unfound"),
    [
        ("", "", ["docs/rat/index.md", "docs/termine.md"]),
        ("menu: [docs/termine.md]\n", "", ["docs/rat/index.md"]),
        ("", "[Rat](rat/index.md#x)", ["docs/termine.md"]),
        ("menu:\n", "[Rat](rat/) [T](termine.md)", ["docs/rat/index.md"]),
    ],
)
def test_a_page_that_nobody_finds_is_a_warning(
    menu: str, link: str, unfound: list[str], tmp_path: Path
) -> None:
    """A page that neither the menu nor another page leads to is told with what to write."""
    root, _ = prepared(tmp_path, menu)
    append(root, "docs/index.md", f"\n{link}\n")
    append(root, "docs/termine.md", "\n[hier](termine.md)\n")
    found = [f for f in check(root, DAY) if f.rule == "KP753"]
    assert [f.file for f in found] == unfound
    assert all(f.severity == "warning" and f"- {f.file}" in f.cure.de for f in found)


def test_what_every_page_leads_to(tmp_path: Path) -> None:
    """The pages that templates lead to are those that the check takes for reached."""
    text = "".join(p.read_text("utf-8") for p in (REPOSITORY / "overrides/partials").glob("*.html"))
    foot = re.findall(r'\("([a-z-]+)", say\["(?:site|menu)[^)]+\)', text)
    named = re.findall(r'"([a-z-]+)\.md" in', text)
    listed = {*ELSEWHERE, "daten", "barrierefreiheit", "datenschutz", "impressum", "ueber"}
    assert {*foot, *named} <= listed
    assert set(ELSEWHERE) <= {*foot, *named}


def test_the_written_menu_is_read_again(tmp_path: Path) -> None:
    """A menu that Klarplan writes into the settings means the same when it is read."""
    menu = (
        MenuItem(file="docs/termine.md"),
        MenuItem(title="A: B", items=(MenuItem(title="C", file="docs/c d.md"),)),
    )
    (tmp_path / SETTINGS).parent.mkdir()
    (tmp_path / SETTINGS).write_text(settings_text({"menu": menu}), "utf-8")
    assert read_settings(tmp_path)[0].menu == menu
