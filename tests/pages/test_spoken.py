"""A text in another language says so, block by block; templates and macros round it are German."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from klarplan.check.run import check
from klarplan.pages.gather import Baker
from klarplan.pages.rendering import Renderer
from klarplan.strategy.load import load
from macros.seal import Seal
from tests.support.klein import DAY, append, copied

TEXT = """
## Hello

Text *one* with {{ status_badge("A-1") }}.[^1]

{{ status_badge("A-1") }}

- one
    - two

| a | b |
|---|---|
| 1 | 2 |

> quote

```
code
```

[^1]: A note.
"""


def rendered(root: Path, file: str) -> LexborHTMLParser:
    """The page of a file as it is built, its macros left as marks."""
    baker = Baker(load(root), DAY, Seal.drawn())
    page = baker.page_of(file)
    assert page is not None
    body = page.body.replace(f"{baker.seal.word}(", baker.seal.begin)
    body = body.replace(f"){baker.seal.word}", baker.seal.end)
    renderer = Renderer(root, baker.places, seal=baker.seal, check=False)
    html = renderer.html(f"{baker.seal.source(file)}\n{body}")
    assert baker.seal.word not in html
    return LexborHTMLParser(html)


@pytest.mark.parametrize(
    ("file", "code", "direction"),
    [
        ("strategy/measures/A-2.md", "en", None),
        ("strategy/vision.md", "en-GB", None),
        ("docs/welcome.md", "uk", None),
        ("strategy/measures/A-2.md", "ar", "rtl"),
        ("docs/merhaba.md", "ckb", "rtl"),
    ],
)
def test_each_block_of_the_text_has_its_language(
    file: str, code: str, direction: str | None, tmp_path: Path
) -> None:
    """Headings, paragraphs, items, cells, quotes and notes tell the language and its direction."""
    root = copied(tmp_path)
    (root / file).write_text(f"---\nlang: {code}\n---\n{TEXT}", "utf-8")
    page = rendered(root, file)
    spoken = {
        (node.tag, node.attributes["lang"], node.attributes.get("dir"))
        for node in page.css("[lang]")
    }
    tags = ("h2", "p", "li", "th", "td", "blockquote")
    assert spoken == {(tag, code, direction) for tag in tags}
    note = page.css_first(".footnote p")
    assert note is not None
    assert note.attributes["lang"] == code


def test_what_templates_and_macros_add_is_german(tmp_path: Path) -> None:
    """The title from the data, a macro's block and headings of the template stay German."""
    root = copied(tmp_path)
    file = "strategy/measures/A-2.md"
    (root / file).write_text(f"---\nlang: en\n---\n{TEXT}", "utf-8")
    page = rendered(root, file)
    title = page.css_first("h1")
    assert title is not None
    assert "lang" not in title.attributes
    told = [node.text() for node in page.css("[lang]")]
    assert not any(text.strip().startswith("status_badge") for text in told)


@pytest.mark.parametrize("lang", ["", "lang: de\n", "lang: de-AT\n", "lang:\n"])
def test_german_is_not_told_twice(lang: str, tmp_path: Path) -> None:
    """A text without a language, or in German, is as the whole site is."""
    root = copied(tmp_path)
    (root / "docs/welcome.md").write_text(f"---\ntitle: A\n{lang}---\n{TEXT}", "utf-8")
    assert rendered(root, "docs/welcome.md").css("[lang]") == []
    assert not {f.rule for f in check(root, DAY)} & {"KP704", "KP755"}


def test_a_text_that_ends_in_an_open_block(tmp_path: Path) -> None:
    """Code that is not closed does not let marks of the build onto the page."""
    root = copied(tmp_path)
    (root / "docs/welcome.md").write_text("---\nlang: en\n---\n\n# A\n\n```\ncode\n", "utf-8")
    assert "code" in (rendered(root, "docs/welcome.md").html or "")


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("EN", "lang: en"),
        ("en_GB", "lang: en-GB"),
        ("englisch", "lang: en"),
        ("gb", "lang: en"),
        ("ua", "lang: uk"),
        ("cz", "lang: cs"),
        ("xx", "aus zwei Buchstaben"),
        ("quatsch", "aus zwei Buchstaben"),
    ],
)
def test_an_unknown_language_is_told(written: str, cure: str, tmp_path: Path) -> None:
    """A code that no language has is an error with its line and the code that must be meant."""
    root = copied(tmp_path)
    append(root, "docs/welcome.md", f"---\ntitle: A\nlang: {written}\n---\n\nText.\n")
    (found,) = (f for f in check(root, DAY) if f.rule == "KP755")
    assert (found.file, found.line, found.value) == ("docs/welcome.md", 3, written)
    assert cure in found.cure.de
