"""What the build would stumble over, the check names with file, line and cure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from klarplan.check.rules.print_losses import USUAL
from klarplan.check.run import check
from klarplan.look.glyphs import lost
from klarplan.strategy.load import load
from tests.support.klein import DAY, append, copied, errors, replace

VISION = "strategy/vision.md"
MEASURE = "strategy/measures/A-1.md"


def found(root: Path, rule: str) -> list[tuple[str, int | None, str | None]]:
    """File, line and value of the findings of a rule, each of which has a cure."""
    findings = [f for f in check(root, DAY) if f.rule == rule]
    assert all(f.cure.de and f.cure.en for f in findings)
    return [(f.file, f.line, f.value) for f in findings]


def with_page(folder: Path, text: str, file: str = VISION) -> Path:
    """The small strategy with this text in one of its files."""
    root = copied(folder)
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("rule", "text", "line", "value"),
    [
        ("KP716", "Satz.\n\n[^2]: Niemand verweist darauf.\n", 3, "[^2]:"),
        ("KP716", "Satz.[^a]\n\n[^a]: Eins.\n[^b]: Zwei.\n", 4, "[^b]:"),
        ("KP716", "- Punkt\n\n```\n[^1]\n```\n\n[^1]: Nur im Code genannt.\n", 7, "[^1]:"),
        ("KP717", "Satz.[^2]\n", 1, "[^2]"),
        ("KP717", "- Punkt\n    - Unterpunkt[^fn]\n\n[^nf]: Text\n\nSatz[^nf]\n", 2, "[^fn]"),
        ("KP717", "| a |\n|---|\n| x[^1] |\n", 3, "[^1]"),
        ("KP725", "## ![alt](kreise.svg)\n\nText\n", 1, "kreise.svg"),
        ("KP725", "Text\n\n## \n\nText\n", 3, None),
        ("KP725", "## Eins\n\n<h3></h3>\n", 3, None),
        ("KP715", "[Dort](#gibtsnicht)\n", 1, "#gibtsnicht"),
        ("KP715", "\n[Dort](measures/A-2.md#auchnicht)\n", 2, "measures/A-2.md#auchnicht"),
        ("KP715", "[Dort](../docs/mitmachen.md#nirgends)\n", 1, "../docs/mitmachen.md#nirgends"),
        ("KP715", '<a href="#nichts">Dort</a>\n', 1, "#nichts"),
        ("KP806", '[^1]: {{ status_badge("A-1") }}\n[^1]: Noch einmal.\n\nText[^1]\n', 1, "{{"),
    ],
)
def test_what_stops_the_build_is_told(
    tmp_path: Path, rule: str, text: str, line: int, value: str | None
) -> None:
    """Footnotes, headings, anchors and macros without their counterpart are errors with a line."""
    root = with_page(tmp_path, text)

    ((file, at, told),) = found(root, rule)

    assert (file, at) == (VISION, line)
    assert (told or "").startswith(value or "")
    assert rule in {f.rule for f in errors(root)}


@pytest.mark.parametrize(
    "text",
    [
        r"Ein \[^1] zum Lesen und `[^2]` im Code.",
        "Satz[^1] und noch einmal[^1].\n\n[^1]: Zweimal genannt.\n",
        "- Punkt[^1]\n\n    [^1]: In der Liste.\n",
        '## {{ status_badge("A-1") }}\n\nText\n',
        "## Größe & Maß\n\n[dorthin](#groesse-mass)\n",
        "## Élan[^1]\n\n[dorthin](#elan)\n\n[^1]: Note.\n",
        "## Was heißt „Что“?\n\n[dorthin](#was-heisst-что)\n",
        "[Meilensteine](measures/A-1.md#meilensteine)\n",
        "[Ziel](goals/G-1.md#was-wir-dafuer-tun)\n",
    ],
)
def test_what_the_build_takes_is_not_told(tmp_path: Path, text: str) -> None:
    """Notes, headings and anchors that are there, also those that templates add, are no errors."""
    assert errors(with_page(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("heading", "old", "new"),
    [
        ("Maßnahmen", "manahmen", "massnahmen"),
        ("Für alle Bürger", "fur-alle-burger", "fuer-alle-buerger"),
        ("Ärzte & Öl", "arzte-ol", "aerzte-oel"),
    ],
)
def test_a_former_anchor_is_told_with_the_new_one(
    tmp_path: Path, heading: str, old: str, new: str
) -> None:
    """A link by the name that a heading had before umlauts were kept gets the right one as cure."""
    root = with_page(tmp_path, f"## {heading}\n\n[dorthin](#{old})\n")

    (finding,) = errors(root)

    assert (finding.rule, finding.line) == ("KP715", 3)
    assert f"#{new}" in finding.cure.de


@pytest.mark.parametrize("again", ["# {}", "{}\n===", "Ein Satz.\n\n# {} #"])
def test_a_title_that_says_the_title_again_is_no_error(tmp_path: Path, again: str) -> None:
    """A heading of the first level that says what the page is called is left out, not told."""
    root = copied(tmp_path)
    title = load(root).strategy.measures[0].title
    (root / MEASURE).write_text(f"{again.format(title)}\n\nText.\n", encoding="utf-8")

    assert errors(root) == []


@pytest.mark.parametrize("text", ["# Etwas anderes", "# Vision[^1]\n\n[^1]: x", "# Vision & mehr"])
def test_another_title_is_told(tmp_path: Path, text: str) -> None:
    """Any other heading of the first level is an error."""
    assert [f.rule for f in errors(with_page(tmp_path, text))] == ["KP723"]


@pytest.mark.parametrize("left", ["mitmachen.md", None])
def test_a_missing_start_page_is_told(tmp_path: Path, left: str | None) -> None:
    """Without docs/index.md there is no website; the check names the file."""
    root = copied(tmp_path)
    (root / "docs/index.md").unlink()
    if left is None:
        (root / "docs/mitmachen.md").rename(root / "docs/start.md")

    assert found(root, "KP751") == [("docs/index.md", None, None)]


@pytest.mark.parametrize(
    ("file", "other"),
    [
        ("docs/mitmachen/index.md", "docs/mitmachen.md"),
        ("docs/Mitmachen.md", "docs/mitmachen.md"),
        ("docs/vision.md", VISION),
        ("docs/massnahmen/a-1.md", MEASURE),
        ("docs/kurzfassung.md", "kurzfassung/"),
    ],
)
def test_two_pages_with_one_address_are_told(tmp_path: Path, file: str, other: str) -> None:
    """A page that would take the place of another is an error that names both."""
    root = with_page(tmp_path, "# Doppelt\n\nText.\n", file)

    told = [f for f in errors(root) if f.rule == "KP752"]

    assert [{f.file, *re.findall(r"wie „([^“]+)“", f.problem.de)} for f in told] == [{file, other}]


def lost_ones(root: Path) -> set[tuple[str, int | None, str | None]]:
    """Where the check finds characters that no font has."""
    return set(found(root, "KP901"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Los! 🚀\n", {(1, "🚀")}),
        ("Text\n\n- 中文\n", {(3, "中"), (3, "文")}),
        ("Text\n\n`&` und &#128512; und &#x1F680;\n", {(3, "😀"), (3, "🚀")}),
        ("✅ ❌ ⭐ 🟢 ▶ ☐ – „so“ €\n", set()),
    ],
)
def test_a_character_without_a_font_is_told(
    tmp_path: Path, text: str, told: set[tuple[int, str]]
) -> None:
    """Emoji and scripts that no font of the papers has are told with their line, not by a name."""
    root = with_page(tmp_path, text)

    assert {(line, value) for _, line, value in lost_ones(root)} == told
    assert all("ROCKET" not in f.problem.de for f in check(root, DAY))


def test_characters_of_tables_and_settings_are_told(tmp_path: Path) -> None:
    """The symbol of a status, a title in a cell and the title of the strategy are looked at."""
    root = copied(tmp_path)
    replace(root, "data/statuses.csv", "active,▶,", "active,🚀,")
    replace(root, "strategy/strategy.yml", "title: ", "title: 🎉 ")

    assert {(file, value) for file, _, value in lost_ones(root)} == {
        ("data/statuses.csv", "🚀"),
        ("strategy/strategy.yml", "🎉"),
    }


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">\n<title>🎈</title>\n{}</svg>\n'


@pytest.mark.parametrize(
    ("drawn", "told"),
    [
        ("<text>Los! 🚀</text>\n", {(3, "🚀")}),
        ("<g>\n<text>Eins\n<tspan>✅ 中</tspan> 文</text></g>\n", {(5, "中"), (5, "文")}),
        ("<text>Größe &#128512; ☐ €</text>\n", {(3, "😀")}),
        ("<desc>🚀</desc><!-- 中 -->\n<text>so</text>\n", set()),
    ],
)
def test_characters_of_pictures_are_told(
    tmp_path: Path, drawn: str, told: set[tuple[int, str]]
) -> None:
    """What an SVG shows as text is looked at, with path and line; what it only says is not."""
    root = with_page(tmp_path, "![Ein Plan](plan.svg)\n")
    (root / "strategy/plan.svg").write_text(SVG.format(drawn), encoding="utf-8")

    assert lost_ones(root) == {("strategy/plan.svg", line, value) for line, value in told}


def test_characters_of_the_logo_are_told(tmp_path: Path) -> None:
    """The logo stands on every paper; other pictures of docs/ are shown by browsers only."""
    root = copied(tmp_path)
    append(root, "strategy/strategy.yml", "logo: wappen.svg\n")
    append(root, "docs/mitmachen.md", "\n![Ein Plan](plan.svg)\n")
    for name in ("wappen", "plan"):
        (root / f"docs/{name}.svg").write_text(SVG.format("<text>🚀</text>"), encoding="utf-8")

    assert lost_ones(root) == {("docs/wappen.svg", 3, "🚀")}


def test_pages_that_are_not_printed_may_have_any_character(tmp_path: Path) -> None:
    """A page below docs/ is read in browsers only."""
    root = copied(tmp_path)
    append(root, "docs/mitmachen.md", "\nLos! 🚀\n")

    assert lost_ones(root) == set()


def test_the_usual_characters_have_a_font() -> None:
    """Characters that the check does not ask the fonts for can be printed."""
    assert lost({chr(code) for code in USUAL}) == frozenset()
