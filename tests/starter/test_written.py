"""Texts that are taken over say on the site what they said before, whatever signs they have."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from klarplan.pages.rendering import Renderer
from klarplan.starter.prose.parsed import MARKDOWN, Node, parsed
from klarplan.starter.prose.remarks import Remarks
from klarplan.starter.prose.written import Writer
from klarplan.words.catalogue import GERMAN
from klarplan.words.hyphens import without
from tests.support.project import REPOSITORY

SIGNS = "\\`*_{}[]()<>#+-.!|~:=?&;^$@\"'/ \n\n a1äX %"


class Nowhere:
    """A page from which nothing leads anywhere."""

    def picture(self, source: str, alt: str, line: int | None) -> tuple[str, str] | None:
        """No picture."""
        return None

    def link(self, target: str, line: int | None) -> str | None:
        """The same address."""
        return target


def written(*blocks: Node) -> str:
    """The Markdown of blocks."""
    return Writer(Nowhere(), Remarks("a.md"), GERMAN).page(blocks)


def shown(renderer: Renderer, text: str) -> str:
    """What readers see of Markdown, without blanks; nothing of it may be refused."""
    seen = renderer.render("docs/a.md", text)
    assert seen.faults == (), text
    return "".join(without(seen.article.text(deep=True)).replace("¶", "").split())


def words(chance: random.Random) -> list[str]:
    """Lines of random signs, at least one of them."""
    text = "".join(chance.choice(SIGNS) for _ in range(chance.randint(1, 14)))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return [line for line in lines if line] or ["a"]


class Tree:
    """Random blocks, and what they say in their order."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.said: list[str] = []

    def inline(self) -> list[Node]:
        """Words on one or more lines, some of them marked."""
        lines = words(self.chance)
        self.said += lines
        nodes: list[Node] = []
        for line in lines:
            text: Node = {"t": "Str", "c": line}
            kind = self.chance.choice(("Str", "Str", "Str", "Emph", "Strong"))
            nodes += [{"t": "SoftBreak", "c": None}] if nodes else []
            nodes.append(text if kind == "Str" else {"t": kind, "c": [text]})
        return nodes

    def block(self, depth: int) -> Node:  # noqa: PLR0911 - a table
        """A block, with others in it up to a depth."""
        deeper = ("BulletList", "OrderedList", "BlockQuote", "Div") if depth < 3 else ()
        match self.chance.choice(("Para", "Para", "Table", "CodeBlock", *deeper)):
            case "Table":
                cells = [[{"t": "Para", "c": self.inline()}] for _ in range(4)]
                rows = [[None, [[None, None, 1, 1, c] for c in cells[n : n + 2]]] for n in (0, 2)]
                columns = [[{"t": "AlignDefault"}, None]] * 2
                head, body = [None, rows[:1]], [None, 0, [], rows[1:]]
                return {"t": "Table", "c": [None, [None], columns, head, [body], [None, []]]}
            case "CodeBlock":
                self.said.append("code*_<x>{{")
                return {"t": "CodeBlock", "c": [[None, [], []], self.said[-1]]}
            case "BulletList":
                return {"t": "BulletList", "c": [*self.items(depth)]}
            case "OrderedList":
                told = [1, {"t": "Decimal"}, {"t": "Period"}]
                return {"t": "OrderedList", "c": [told, [*self.items(depth)]]}
            case "BlockQuote":
                return {"t": "BlockQuote", "c": self.blocks(depth + 1)}
            case "Div":
                self.said.append("Titel")
                told = [None, ["note"], [["title", "Titel"]]]
                return {"t": "Div", "c": [told, self.blocks(depth + 1)]}
        return {"t": "Para", "c": self.inline()}

    def items(self, depth: int) -> Iterator[list[Node]]:
        """Items of a list, which begin with words."""
        for _ in range(self.chance.randint(1, 3)):
            kind = self.chance.choice(("Plain", "Para"))
            first: Node = {"t": kind, "c": self.inline()}
            more = self.blocks(depth + 1) if self.chance.random() < 0.4 else []
            yield [first, *more]

    def blocks(self, depth: int) -> list[Node]:
        """Some blocks."""
        return [self.block(depth) for _ in range(self.chance.randint(1, 2))]


@pytest.mark.parametrize(
    "count", [pytest.param(250, id="few"), pytest.param(4_000, id="many", marks=pytest.mark.long)]
)
def test_whatever_a_text_says_is_said_again(count: int) -> None:
    """Every sign of paragraphs, lists, quotes, tables and boxes, within one another, is shown."""
    renderer = Renderer(REPOSITORY, {})
    for seed in range(count):
        tree = Tree(random.Random(seed))
        blocks = [tree.block(0), tree.block(0)]
        text = written(*blocks)
        assert shown(renderer, text) == "".join("".join(tree.said).split()), (seed, text)


def markdown(text: str) -> str:
    """A text as it is written for our pages."""
    return written(*parsed(text.encode(), MARKDOWN, "a.md").blocks)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("- a\n  - b\n    - c\n- d", "-   a\n    -   b\n        -   c\n-   d"),
        ("- a\n\n  b\n- c", "-   a\n\n    b\n\n-   c"),
        ("5. e\n6. f", "-   5\\. e\n-   6\\. f"),
        ("- a\n\n1. b", "-   a\n\n<!-- -->\n\n1.  b"),
        ("a  \nb\\\nc", "a<br>\nb<br>\nc"),
        ("a[^1] b[^x]\n\n[^1]: N\n[^x]: **M**", "a[^1] b[^2]\n\n[^1]: N\n\n[^2]: **M**"),
        ("| a | b |\n|:-:|--:|\n| 1\\|2 | |", "| a | b |\n| :---: | ---: |\n| 1\\|2 |  |"),
        ("~~~python\n```\n{{ x }}\n~~~", "````python\n```\n{{ x }}\n````"),
        ("`a``b`", "```a``b```"),
        ("~~a~~ *b* __c__ ***d***", "<del>a</del> *b* **c** ***d***"),
        ("<https://a.example/x_y> [t](https://a.example/(b))", None),
        ("Begriff\n: Erklärung", "Begriff\n:   Erklärung"),
        ("> [!CAUTION]\n> Heiß", '!!! danger "Gefahr"\n\n    Heiß'),
        ("***\n\nText", "* * *\n\nText"),
        ("2026\\. Jahr", "2026\\. Jahr"),
        ("# `__init__` und\n\nText", "# `__init__` und {#a-init__-und}\n\nText"),
    ],
)
def test_markdown_of_others_becomes_ours(text: str, wanted: str | None) -> None:
    """Nesting, numbers, notes, tables, code and boxes are written as the site reads them."""
    links = "<https://a.example/x_y> [t](https://a.example/%28b%29)"
    assert markdown(text) == (links if wanted is None else wanted)
