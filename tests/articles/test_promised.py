"""The class names that templates promise to papers."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import material
import pytest
from lxml import html

from klarplan.articles import article, promised
from klarplan.articles.article import Articles
from tests.support.print_site import from_markdown, write_site
from tests.support.project import REPOSITORY

GENERATED = """
Text[^1]

[^1]: Fußnote

!!! warning "Titel"
    Text

!!! danger
    Text

!!! failure
    Text

!!! bug
    Text

=== "Reiter"
    Text

# Überschrift

```python
code = 1
```
"""


def looked_for() -> Iterator[tuple[str, str]]:
    """Each class name that the code of papers and articles looks for, with the file."""
    for room in ("articles", "papers"):
        for file in sorted((REPOSITORY / "klarplan" / room).rglob("*.py")):
            name = ".".join(file.relative_to(REPOSITORY).with_suffix("").parts)
            module = importlib.import_module(name)
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                for part in _arguments(node):
                    for found in _strings(part, module):
                        yield found, name


def _arguments(node: ast.AST) -> list[ast.AST]:
    """The expressions of a node that name classes."""
    if isinstance(node, ast.Call):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return list(node.args) if called in ("with_class", "find_class") else []
    asks = isinstance(node, ast.Compare | ast.BinOp) and any(
        isinstance(part, ast.Call) and getattr(part.func, "id", "") == "classes"
        for part in ast.walk(node)
    )
    return [node] if asks else []


def _strings(part: ast.AST, module: object) -> Iterator[str]:
    for inner in ast.walk(part):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value
        elif isinstance(inner, ast.Name) and inner.id.isupper():
            value = getattr(module, inner.id)
            yield from [value] if isinstance(value, str) else value


def test_papers_look_for_promised_classes_only() -> None:
    """Every class that papers look for is in the list, and none is in it that nobody looks for."""
    known = promised.TEMPLATES.keys() | promised.GENERATOR.keys()
    in_paths = {"print-only", "tabbed-block", "tabbed-content", "tabbed-labels"}
    found = {name for name, _ in looked_for()}
    assert {(name, file) for name, file in looked_for() if name not in known} == set()
    assert known - found - in_paths == set()


@pytest.mark.parametrize("name", promised.TEMPLATES)
def test_templates_keep_their_promise(name: str) -> None:
    """Each class of the templates occurs in one of them."""
    templates = [*(REPOSITORY / "overrides").rglob("*.html"), *REPOSITORY.glob("overrides/**/*.md")]
    wanted = re.compile(rf"class=[\"'][^\"'>]*(?<![\w-]){re.escape(name)}(?![\w-])")
    assert any(wanted.search(file.read_text("utf-8")) for file in templates)


def test_generator_keeps_its_promise() -> None:
    """Each class of the generator occurs in what it makes of Markdown, or in its theme."""
    made = html.fragment_fromstring(from_markdown(GENERATED), create_parent="div")
    found = {name for node in made.iter() for name in (node.get("class") or "").split()}
    theme = Path(material.__file__).parent / "templates"
    texts = "".join(file.read_text("utf-8") for file in theme.rglob("*.html"))
    missing = [name for name in promised.GENERATOR if name not in found and name not in texts]
    assert missing == []


def test_shared_articles_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article that several papers share is read once, and each may change its own."""
    write_site(tmp_path, {"bericht/": "<h1>Bericht</h1>", "vision/": "<h1>Vision</h1>"})
    read = []
    original = article.read_article

    def counting(site: Path, page: str) -> html.HtmlElement:
        read.append(page)
        return original(site, page)

    monkeypatch.setattr(article, "read_article", counting)
    articles = Articles(tmp_path, ["bericht/"])
    articles.read("bericht/").clear()
    assert articles.read("bericht/").text_content().strip() == "Bericht"
    articles.read("vision/")
    assert read == ["bericht/", "vision/"]
