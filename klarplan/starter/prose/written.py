"""The Markdown of a page, written anew from the nodes of a text: an allow list of what pages hold.

What pages can't hold is told and taken as text or left out; nothing passes by.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from klarplan.check.literal.boxes import KINDS
from klarplan.messages import Text
from klarplan.starter.prose.escapes import (
    address,
    code,
    fenced,
    goal_of,
    line_begins,
    literal,
    paragraph,
)
from klarplan.starter.prose.html_text import paragraphs
from klarplan.starter.prose.parsed import Node, inlines, plain
from klarplan.starter.prose.remarks import AS_TEXT, Remarks
from klarplan.strategy.addresses import anchor
from klarplan.words.catalogue import Words

DEEPEST = 6
"""So many lists and quotes may lie within one another; what lies deeper comes out."""

_LISTS = ("BulletList", "OrderedList")
_HTML = Text("HTML", "HTML")
_COMMENT = Text("Kommentar", "comment")
_OTHER = Text("Befehl einer anderen Sprache", "command of another language")
_FORMULA = Text("Formel", "formula")
_AS_CODE = Text("Als Programmtext übernommen.", "Taken as code.")
_BOX = Text("Kasten unbekannter Art", "box of an unknown kind")
_MERGED = Text("Tabelle mit verbundenen Zellen", "table with merged cells")
_SPLIT = Text(
    "Jede Zelle steht einmal, die übrigen sind leer.",
    "Each cell stands once, the others are empty.",
)
_ALERTS: Mapping[str, str] = {
    **{word: kind for kind, words in KINDS.items() for word in (kind, *words)},
    "caution": "danger",
}
"""The kinds of boxes by what others call them."""
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")


class Reach(Protocol):
    """What a page leads to and shows."""

    def picture(self, source: str, alt: str, line: int | None) -> tuple[str, str] | None:
        """The address and the alternative text of a picture; ``None`` where it can't be shown."""

    def link(self, target: str, line: int | None) -> str | None:
        """Where a link leads to; ``None`` where it leads nowhere."""


class Writer:
    """Writes one page; ``reach`` answers for links and pictures."""

    def __init__(self, reach: Reach, remarks: Remarks, words: Words) -> None:
        self._reach = reach
        self._remarks = remarks
        self._words = words
        self._notes: list[str] = []
        self._skipped = ""

    def page(self, blocks: Sequence[Node]) -> str:
        """The body of a page; each heading has its level on the page as the first of its parts."""
        body = self._blocks(blocks, 0)
        notes = (f"[^{n}]: {_indented(text)}" for n, text in enumerate(self._notes, start=1))
        return "\n\n".join(part for part in (body, *notes) if part)

    def _blocks(self, nodes: Sequence[Node], depth: int) -> str:
        parts: list[str] = []
        before = ""
        for node in nodes:
            written = self._block(node, depth)
            if not written:
                continue
            if before in _LISTS and node["t"] in (*_LISTS, "CodeBlock"):
                parts.append("<!-- -->")
            parts.append(written)
            before = node["t"]
        return "\n\n".join(parts)

    def _block(self, node: Node, depth: int) -> str:  # noqa: PLR0911, PLR0912 - a table
        content, line = node["c"], node.get("line")
        match node["t"]:
            case "Para" | "Plain":
                return paragraph(self._inline(content))
            case "Header":
                return self._heading(content[0], content[2], depth)
            case "CodeBlock":
                classes = content[0][1]
                return fenced(content[1], classes[0].lower() if classes else "")
            case "LineBlock":
                return "<br>\n".join(filter(None, (self._line(inner) for inner in content)))
            case "HorizontalRule":
                return "* * *"
            case "BlockQuote":
                return self._quote(content, depth)
            case "BulletList":
                return self._list(content, lambda _: "-   ", depth)
            case "OrderedList":
                return self._list(content[1], _counter(content[0]), depth)
            case "DefinitionList":
                return self._definitions(content, depth)
            case "Table":
                return self._table(content, line)
            case "Figure":
                return self._figure(content, depth)
            case "Div":
                return self._div(content, line, depth)
            case "RawBlock":
                return self._raw_block(content[0], content[1], line, depth)
        return ""

    def _heading(self, level: int, content: Sequence[Node], depth: int) -> str:
        """A heading with what can't stand in it behind it: notes and pictures."""
        self._remarks.below = plain(content) or self._remarks.below
        text = self._line(_kept(content, ("Note", "Image", "LineBreak")))
        below = self._inline([node for node in _all(content) if node["t"] in ("Note", "Image")])
        text = re.sub(r"(#+)$", r"\\\1", text)
        if not re.search(r"\w", text):
            return paragraph(below)
        if depth:
            return "\n\n".join(filter(None, (f"**{text}**", paragraph(below))))
        goal = goal_of(plain(content))
        named = "" if goal == anchor(plain(content)) else f" {{#{goal}}}"
        return "\n\n".join(filter(None, (f"{'#' * level} {text}{named}", paragraph(below))))

    def _line(self, content: Sequence[Node]) -> str:
        """Inline nodes on one line."""
        return " ".join(self._inline(content).replace("<br>", " ").split())

    def _quote(self, blocks: Sequence[Node], depth: int) -> str:
        inner = self._blocks(blocks, depth + 1)
        if depth >= DEEPEST or not inner:
            return inner
        return "\n".join(f"> {line}".rstrip() for line in inner.split("\n"))

    def _list(self, items: Sequence[Sequence[Node]], mark: Callable[[int], str], depth: int) -> str:
        tight = _is_tight(items)
        written = []
        for number, blocks in enumerate(items):
            text = self._item(blocks, depth + 1, tight=tight)
            if text and depth < DEEPEST:
                written.append(mark(number) + _indented(text))
            elif text:
                written.append(text)
        return ("\n" if tight and depth < DEEPEST else "\n\n").join(written)

    def _item(self, blocks: Sequence[Node], depth: int, *, tight: bool) -> str:
        if not tight:
            return self._blocks(blocks, depth)
        return "\n".join(filter(None, (self._block(block, depth) for block in blocks)))

    def _definitions(
        self, entries: Sequence[tuple[Sequence[Node], Sequence[Sequence[Node]]]], depth: int
    ) -> str:
        parts = []
        for term, meanings in entries:
            told = [self._blocks(blocks, depth + 1) for blocks in meanings]
            lines = [f":   {_indented(text)}" for text in told if text]
            parts.append("\n".join([line_begins(self._line(term)), *lines]))
        return "\n\n".join(parts)

    def _figure(self, content: Sequence[Any], depth: int) -> str:
        """A figure as its picture with the caption below it."""
        _, caption, blocks = content
        below = self._blocks(caption[1] if len(caption) > 1 else [], depth)
        shown = self._blocks(blocks, depth)
        return shown if shown.startswith(f"![{below}](") else f"{shown}\n\n{below}".strip()

    def _div(self, content: Sequence[Any], line: int | None, depth: int) -> str:
        attributes, blocks = content
        classes = [str(name) for name in attributes[1]]
        given = next((str(pair[1]) for pair in attributes[2] if pair[0] == "title"), "")
        told = " ".join(given.split())
        first = blocks[0] if blocks else None
        if first is not None and first["t"] == "Div" and "title" in first["c"][0][1]:
            blocks = blocks[1:]
        kind = next((_ALERTS[c.lower()] for c in classes if c.lower() in _ALERTS), "")
        inner = self._blocks(blocks, depth + 1 if kind else depth)
        title = line_begins(literal(told))
        if not kind:
            if classes:
                self._remarks.piece(line, _BOX, classes[0], AS_TEXT)
            return "\n\n".join(filter(None, (f"**{title}**" if title else "", inner)))
        if not inner:
            return paragraph(title)
        named = told.replace('"', "”") or self._words(f"starter.box.{kind}")
        return f'!!! {kind} "{literal(named)}"\n\n    {_indented(inner)}'

    def _table(self, content: Sequence[Any], line: int | None) -> str:
        _, caption, columns, head, bodies, foot = content
        rows: list[list[str]] = []
        merged = False
        groups = [head[1], *(part for body in bodies for part in (body[2], body[3])), foot[1]]
        for row in (row for group in groups for row in group):
            cells: list[str] = []
            for _, _, tall, wide, blocks in row[1]:
                merged = merged or tall > 1 or wide > 1
                cells += [self._cell(blocks), *[""] * (wide - 1)]
            rows.append((cells + [""] * len(columns))[: max(len(columns), 1)])
        if not any(any(row) for row in rows):
            return ""
        if not head[1]:
            rows = [row for row in rows if any(row)]
        if merged:
            self._remarks.add(line, _MERGED, _SPLIT)
        sides = {"AlignLeft": ":---", "AlignRight": "---:", "AlignCenter": ":---:"}
        marks = [sides.get(column[0]["t"], "---") for column in columns]
        lines = [rows[0], marks, *rows[1:]]
        table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
        said = self._blocks(caption[1] if len(caption) > 1 else [], 1)
        return "\n\n".join(filter(None, (said, table)))

    def _cell(self, blocks: Sequence[Node]) -> str:
        """What a cell holds, on one line."""
        parts = [
            " ".join(self._inline(content).replace("<br>\n", "<br>").split())
            for block in blocks
            for content in _contents(block)
        ]
        return "<br>".join(filter(None, parts)).replace("|", "\\|")

    def _raw_block(self, form: str, markup: str, line: int | None, depth: int) -> str:
        if form != "html":
            self._remarks.piece(line, _OTHER, markup)
            return ""
        if _is_comment(markup):
            self._remarks.piece(line, _COMMENT, markup)
            return ""
        nodes = paragraphs(markup, line)
        if nodes:
            self._remarks.piece(line, _HTML, markup, AS_TEXT)
        elif not markup.lstrip().startswith("</"):
            self._remarks.piece(line, _HTML, markup)
        return self._blocks(nodes, depth)

    def _inline(self, nodes: Sequence[Node]) -> str:
        """The Markdown of inline nodes; breaks of lines stay where they were."""
        return "".join(self._pieces(nodes))

    def _pieces(self, nodes: Sequence[Node]) -> Iterator[str]:
        text: list[str] = []
        for node in nodes:
            kind = node["t"]
            if kind in ("Str", "Space", "SoftBreak"):
                if not self._skipped:
                    text.append({"Space": " ", "SoftBreak": "\n"}.get(kind) or node["c"])
                continue
            yield literal("".join(text))
            text = []
            if kind == "RawInline" or not self._skipped:
                yield self._piece(node)
        yield literal("".join(text))

    def _piece(self, node: Node) -> str:  # noqa: PLR0911, PLR0912 - a table
        content, line = node["c"], node.get("line")
        match node["t"]:
            case "Emph":
                return _marked("*", self._inline(_kept(content, ("Emph",), inner=True)))
            case "Strong":
                return _marked("**", self._inline(_kept(content, ("Strong",), inner=True)))
            case "Strikeout":
                return _tagged("del", self._inline(content))
            case "Superscript":
                return _tagged("sup", self._inline(content))
            case "Subscript":
                return _tagged("sub", self._inline(content))
            case "Underline" | "SmallCaps":
                return self._inline(content)
            case "Span" | "Cite" | "Quoted":
                return self._inline(content[1])
            case "Code":
                return code(content[1])
            case "Math":
                self._remarks.piece(line, _FORMULA, content[1], _AS_CODE)
                return code(content[1])
            case "LineBreak":
                return "<br>\n"
            case "Note":
                self._notes.append("")
                number = len(self._notes)
                self._notes[number - 1] = self._blocks(content, 1) or "–"
                return f"[^{number}]"
            case "Image":
                return self._image(content, line)
            case "Link":
                return self._link(content, line)
            case "RawInline":
                return self._raw_inline(content[0], content[1], line)
        return ""

    def _image(self, content: Sequence[Sequence[Node]], line: int | None) -> str:
        source, title = str(content[2][0]), str(content[2][1])
        alt = plain(content[1]) or title
        found = self._reach.picture(source, alt, line)
        return f"![{literal(found[1])}]({address(found[0])})" if found else ""

    def _link(self, content: Sequence[Sequence[Node]], line: int | None) -> str:
        target = str(content[2][0])
        text = self._inline(_kept(content[1], ("Link", "Note"), inner=True)).strip()
        if not text:
            return ""
        where = self._reach.link(target, line)
        if not where:
            return text
        bare = plain(content[1])
        if where in (bare, f"mailto:{bare}") and address(bare) == bare:
            return f"<{bare}>"
        return f"[{text}]({address(where)})"

    def _raw_inline(  # noqa: PLR0911 - a table
        self, form: str, markup: str, line: int | None
    ) -> str:
        if form != "html":
            self._remarks.piece(line, _OTHER, markup)
            return ""
        found = _TAG.match(markup)
        if found is None:
            self._remarks.piece(line, _COMMENT if _is_comment(markup) else _OTHER, markup)
            return ""
        name = found[2].lower()
        if self._skipped or (name in ("script", "style") and not found[1]):
            ends = found[1] and name == self._skipped
            if not self._skipped:
                self._remarks.piece(line, _HTML, markup)
            self._skipped = "" if ends else self._skipped or name
            return ""
        if name == "br":
            return "<br>\n"
        if name == "wbr" or found[1]:
            return ""
        if name == "img":
            return "".join(self._inline(inlines_of(p)) for p in paragraphs(markup, line))
        self._remarks.piece(line, _HTML, markup, AS_TEXT)
        return ""


def _is_tight(items: Sequence[Sequence[Node]]) -> bool:
    """Whether a list and those within it have no paragraphs, so that no line is blank."""
    for block in (block for item in items for block in item):
        kind, content = block["t"], block["c"]
        inner = content if kind == "BulletList" else content[1] if kind == "OrderedList" else None
        if kind != "Plain" and (inner is None or not _is_tight(inner)):
            return False
    return True


def inlines_of(block: Node) -> list[Node]:
    """The inline nodes of a paragraph."""
    found: list[Node] = block["c"]
    return found


def _is_comment(markup: str) -> bool:
    return markup.lstrip().startswith("<!--")


def _indented(text: str) -> str:
    """A text whose lines but the first stand four further in."""
    first, *rest = text.split("\n")
    return "\n".join([first, *(f"    {line}" if line else "" for line in rest)])


def _marked(mark: str, text: str) -> str:
    """A text between marks, which touch its letters."""
    inner = text.strip()
    if not inner or inner == "<br>":
        return text
    begin = text[: len(text) - len(text.lstrip())]
    return f"{begin}{mark}{inner}{mark}{text[len(text.rstrip()) :]}"


def _tagged(tag: str, text: str) -> str:
    return f"<{tag}>{text}</{tag}>" if text.strip() else text


def _counter(told: Sequence[Any]) -> Callable[[int], str]:
    """What stands before an item; numbers that the site would not count stand in the text."""
    start, style, delimiter = int(told[0]), str(told[1]["t"]), str(told[2]["t"])
    if style in ("Decimal", "DefaultStyle", "Example") and start == 1:
        return lambda number: f"{number + 1}.".ljust(4) + ("" if number < 99 else " ")
    close = ")" if delimiter in ("OneParen", "TwoParens") else "\\."

    def mark(number: int) -> str:
        return f"-   {_counted(start + number, style)}{close} "

    return mark


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def _counted(number: int, style: str) -> str:
    """A number as a list of that style writes it."""
    if style.endswith("Alpha") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return letter.upper() if style.startswith("Upper") else letter
    if style.endswith("Roman") and 1 <= number < 4000:
        text = ""
        for value, letters in _ROMAN:
            text += letters * (number // value)
            number %= value
        return text.upper() if style.startswith("Upper") else text
    return str(number)


def _all(nodes: Sequence[Node]) -> Iterator[Node]:
    """Inline nodes and those within them; notes are not looked into."""
    for node in nodes:
        yield node
        if node["t"] not in ("Note", "Image", "Str", "Code", "Math", "RawInline"):
            yield from _all(inlines(node))


def _kept(nodes: Sequence[Node], kinds: Sequence[str], *, inner: bool = False) -> list[Node]:
    """Inline nodes without those of some kinds; what is within these may stay."""
    found: list[Node] = []
    for node in nodes:
        kind = node["t"]
        if kind in kinds:
            space = [{"t": "Space", "c": None}] if kind == "LineBreak" else []
            found += _kept(inlines(node), kinds, inner=inner) if inner and kind != "Note" else space
        elif kind in ("Emph", "Strong", "Underline", "SmallCaps", "Strikeout"):
            found.append({**node, "c": _kept(node["c"], kinds, inner=inner)})
        elif kind in ("Span", "Link", "Quoted"):
            content = [*node["c"]]
            content[1] = _kept(content[1], kinds, inner=inner)
            found.append({**node, "c": content})
        else:
            found.append(node)
    return found


def _contents(block: Node) -> Iterator[Sequence[Node]]:
    """The inline nodes of a block and of those within it, one paragraph after the other."""
    kind, content = block["t"], block["c"]
    if kind in ("Para", "Plain"):
        yield content
    elif kind == "Header":
        yield content[2]
    elif kind == "LineBlock":
        yield from content
    elif kind == "CodeBlock":
        yield [{"t": "Code", "c": [None, content[1]]}]
    elif kind == "RawBlock" and content[0] == "html":
        yield from (inlines_of(p) for p in paragraphs(content[1], block.get("line")))
    else:
        for inner in _blocks_in(content):
            yield from _contents(inner)


def _blocks_in(content: object) -> Iterator[Node]:
    """The blocks at the top of any content."""
    if isinstance(content, dict):
        if "line" in content and content["t"] in _BLOCKS:
            yield content
    elif isinstance(content, list):
        for part in content:
            yield from _blocks_in(part)


_BLOCKS = frozenset(
    (
        *("Para", "Plain", "Header", "LineBlock", "CodeBlock", "RawBlock", "BulletList"),
        *("OrderedList", "DefinitionList", "BlockQuote", "Table", "Figure", "Div"),
    )
)
