"""The text of a row in the form: its preview as the site shows it, and what may not be in it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.support import own
from tests.support.form import Form
from tests.support.klein import copied

ADDRESS = "text?table=measures&id=A-1"
FILE = "strategy/measures/A-1.md"


@pytest.fixture
def form(tmp_path: Path) -> Form:
    """The form of the small strategy."""
    return Form(copied(tmp_path))


def send(form: Form, does: str, text: str):  # type: ignore[no-untyped-def]
    """Put a text into the form, and press a button."""
    return form.post("text", {**form.get(ADDRESS).values(), "text": text, "do": does})


def test_a_preview_is_made_as_the_site_makes_pages(form: Form) -> None:
    """Headings, lists, tables and notes are there; links lead nowhere."""
    shown = send(
        form, "preview", "## Ziel\n\n- eins\n- [zwei](A-2.md)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
    )
    page = shown.tree.css_first(".page")
    assert page
    assert [n.text().strip() for n in page.css("li")] == ["eins", "zwei"]
    assert page.css_matches("h2")
    assert page.css_matches("td")
    assert not page.css_matches("[href], [src], [id]")
    assert "Ziel" in shown.values()["text"]


def test_what_nobody_sees_is_left_out_of_a_text_and_told(form: Form) -> None:
    """It comes with what is copied; pages put no hyphens of their own into what is shown."""
    word = "Donaudampfschifffahrtsgesellschaftskapitänsverordnung"
    shown = send(form, "show", f"## {word}\n\nGlas\u00adfaser\u200b{word}\n\n| {word} |\n|---|")
    assert "Unsichtbare Zeichen sind weggelassen (U+00AD, U+200B)." in shown.text
    send(form, "write", f"## {word}\n\nGlas\u00adfaser\u200b")
    assert (form.root / FILE).read_text("utf-8").endswith(f"## {word}\n\nGlasfaser\n")
    send(form, "write", f"## {word}\n\nGlasfaser")
    page = send(form, "preview", f"## {word}\n\n| {word} |\n|---|").response.content.decode()
    assert page.count(word) > 3
    assert "\u00ad" not in page


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src="x" alt="x" onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        "<iframe src='https://fremd.example'></iframe>",
        "</div></main><h1>Fremd</h1>",
        "<style>body{display:none}</style>",
    ],
)
def test_what_no_page_may_have_is_not_shown(form: Form, text: str) -> None:
    """A preview shows nothing of it, the check names it, and nothing is written."""
    before = (form.root / FILE).read_bytes()
    shown = send(form, "preview", text)
    assert shown.tree.css_first(".page") is None
    told = send(form, "write", text)
    assert told.summary()
    assert told.values()["text"].replace("\r\n", "\n") == text
    assert (form.root / FILE).read_bytes() == before


def test_a_text_is_told_and_written(form: Form) -> None:
    """What changes is told first; what stands before the text for programs stays."""
    path = form.root / FILE
    path.write_text("---\ndescription: Kurz.\n---\n\nAlt.\n", "utf-8", newline="")
    shown = form.get(ADDRESS)
    assert shown.values()["text"].strip() == "Alt."
    told = form.post(
        "text", {**shown.values(), "text": "Neu: „Ä“ & <3.\r\n\r\nEnde.", "do": "show"}
    )
    assert told.text.startswith("Das ändert sich")
    assert "Alt." in path.read_text("utf-8")
    done = form.post("text", {**told.values(), "do": "write"})
    assert done.response.status == 303
    text = path.read_text("utf-8")
    assert text.startswith("---\ndescription: Kurz.\n---\n")
    assert text.endswith("Neu: „Ä“ & <3.\n\nEnde.\n")


def test_a_text_that_nobody_has_written_yet_is_begun(form: Form) -> None:
    """The file is made; an unchanged text changes no byte."""
    path = form.root / "strategy/measures/A-6.md"
    assert not path.exists()
    shown = form.get("text?table=measures&id=A-6")
    told = form.post("text", {**shown.values(), "text": "Es beginnt.", "do": "show"})
    form.post("text", {**told.values(), "do": "write"})
    assert path.read_text("utf-8") == "Es beginnt.\n"
    same = form.get("text?table=measures&id=A-6")
    assert "nichts geändert" in form.post("text", {**same.values(), "do": "show"}).text


def test_a_text_that_others_have_changed_is_told(form: Form) -> None:
    """It is not overwritten before somebody has seen what that means."""
    values = form.get(ADDRESS).values()
    (form.root / FILE).write_text("Von anderen.\n", "utf-8", newline="")
    told = form.post("text", {**values, "text": "Von mir.", "do": "write"})
    assert "Jemand anderes" in told.summary()
    assert (form.root / FILE).read_text("utf-8") == "Von anderen.\n"
    again = form.post("text", {**told.values(), "do": "show"})
    form.post("text", {**again.values(), "do": "write"})
    assert (form.root / FILE).read_text("utf-8") == "Von mir.\n"


def test_texts_of_no_row_are_found_by_their_titles(form: Form) -> None:
    """Chapters, reports and the town's own pages; the engine's handbook is not among them."""
    own.put(
        form.root,
        {
            "docs/netz.md": "# Netz & „Schulen“ {#netz}\n\nAlt.\n".encode(),
            "docs/handbuch/neu.md": b"# Handbuch\n",
            "strategy/vision.md": b"---\ntitle: Unser Bild\n---\n\nAlt.\n",
        },
    )
    links = form.get("texts").links()
    assert {"Netz & „Schulen“", "Unser Bild", "Maßnahmen"} <= links.keys()
    assert "Handbuch" not in links
    assert not [words for words in links if words.endswith(".md")]
    for title, file, text in (
        ("Netz & „Schulen“", "docs/netz.md", "# Netz\n\nNeu."),
        ("Unser Bild", "strategy/vision.md", "## Ziel\n\nNeu."),
    ):
        shown = form.get(links[title])
        assert f"Text zu {title}" in shown.text
        told = form.post("text", {**shown.values(), "text": text, "do": "show"})
        assert "Das ändert sich" in told.text
        assert form.post("text", {**told.values(), "do": "write"}).response.status == 303
        assert (form.root / file).read_text("utf-8").endswith("Neu.\n")
    assert (form.root / "strategy/vision.md").read_text("utf-8").startswith("---\ntitle: Unser")


def test_a_chapter_without_a_text_gets_one(form: Form) -> None:
    """Before there is a file, its title is the one that its page would have."""
    path = form.root / "strategy/resources.md"
    assert not path.exists()
    shown = form.get(form.get("texts").links()["Ressourcen"])
    told = form.post("text", {**shown.values(), "text": "Geld ist da.", "do": "show"})
    form.post("text", {**told.values(), "do": "write"})
    assert path.read_text("utf-8") == "Geld ist da.\n"


@pytest.mark.parametrize(
    "file",
    [
        *("../klein/strategy/vision.md", "strategy/../docs/x.md", "/etc/passwd", "", "strategy"),
        *("strategy/strategy.yml", "data/measures.csv", "docs/handbuch/index.md"),
        *("strategy/measures/A-1.md", "strategy/link.md", "strategy/vision.md/../measures/A-1.md"),
    ],
)
def test_no_other_file_is_a_text(form: Form, file: str) -> None:
    """Only what is in the list is opened or written; links lead nowhere."""
    own.put(form.root, {"docs/handbuch/index.md": b"# Handbuch\n"})
    (form.root / "strategy/link.md").symlink_to(form.root / "strategy/strategy.yml")
    before = {f: f.read_bytes() for f in form.root.rglob("*") if f.is_file()}
    assert form.get("text?" + urlencode({"file": file})).response.status in (404, 422)
    sent = {"file": file, "text": "Fremd.", "stand": "", "do": "write"}
    assert form.post("text", sent).response.status in (404, 422)
    assert {f: f.read_bytes() for f in form.root.rglob("*") if f.is_file()} == before


def test_a_text_in_another_encoding_is_told(form: Form) -> None:
    """It is neither shown with wrong letters nor written."""
    (form.root / "strategy/vision.md").write_bytes("Größe\n".encode("cp1252"))
    told = form.get("text?file=strategy/vision.md")
    assert told.response.status == 422
    assert "strategy/vision.md:1" in told.text
    assert "UTF-8" in told.text


@pytest.mark.parametrize(
    "query",
    ["table=measures&id=A-99", "table=measures&id=../vision", "table=budget&id=A-1", "id=A-1", ""],
)
def test_only_rows_with_a_page_have_a_text(form: Form, query: str) -> None:
    """No other file can be named."""
    assert form.get(f"text?{query}").response.status == 404


def test_hints_are_no_mistakes(form: Form) -> None:
    """Only what stops is counted; a hint is called one."""
    told = send(form, "check", "Siehe [Text](A-2.md) […].\n\n[weg](fehlt.md)")
    hints = [n.text() for n in told.tree.css("#summary b")]
    items = told.tree.css("#summary li")
    assert hints
    assert len(items) > len(hints)
    count = len(items) - len(hints)
    assert ("einen Fehler" if count == 1 else f"{count} Fehler") in told.summary()
