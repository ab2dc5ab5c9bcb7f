"""Finds sentences that stand outside the catalogue: in Python, templates, scripts and print.

Each finder gives the texts of a source that readers could see, with their line. A text is told
from an identifier by its look: a capital at the beginning of a word, a letter beyond ASCII, or
two words with a space between.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser

from jinja2 import Environment, nodes
from pygments.lexer import Lexer
from pygments.lexers.css import CssLexer
from pygments.lexers.javascript import JavascriptLexer
from pygments.lexers.scripting import LuaLexer
from pygments.token import Comment, String

from tests.words.typst_text import shown

Found = tuple[int, str]
"""The line and the text."""

SHOWN = frozenset(("alt", "aria-label", "aria-description", "label", "placeholder", "title"))
"""Attributes that browsers show or read out."""
SILENT = frozenset(("Text", "KlarplanError", "Finding", "TypeVar", "cast", "one_of"))
"""Calls whose texts are for editors or for programs."""
PATTERNS: Mapping[str, frozenset[str]] = {
    "re": frozenset(("compile", "match", "fullmatch", "search", "split", "sub", "finditer")),
    "re2": frozenset(("compile",)),
}
"""Functions of modules that read patterns."""
FINDING = frozenset(("xpath", "iter", "iterancestors", "find_class"))
"""Methods that find elements by their names."""
UNSEEN = frozenset(("querySelector", "querySelectorAll", "closest", "part", "getElementById"))
"""The same in scripts."""
LOGS = frozenset(("log", "logger", "logging"))

_WORD = re.compile(
    r"(?<![\w./#@-])[A-ZÄÖÜ][a-zäöüß]{2,}(?![\w/-]|\.\w)"
    r"|(?<![-.#])\b[^\W\d_]{2,}[,;:]?[ \u00a0][^\W\d_]{2,}"
)


def is_said(text: str) -> bool:
    """Whether a text looks like words for readers."""
    letters = [char for char in text if char.isalpha()]
    return bool(_WORD.search(text)) or any(ord(char) > 127 for char in letters)


def in_python(source: str) -> Iterator[Found]:
    """Constants of a module that look like words, without docstrings and what is for editors."""
    yield from _Python().found(ast.parse(source))


class _Python(ast.NodeVisitor):
    def __init__(self) -> None:
        self._found: list[Found] = []

    def found(self, tree: ast.Module) -> list[Found]:
        """The texts of a module."""
        self.visit(tree)
        return self._found

    def visit_Expr(self, node: ast.Expr) -> None:
        """A string that stands alone is a docstring."""
        if not isinstance(node.value, ast.Constant):
            self.generic_visit(node)

    def visit_Raise(self, node: ast.Raise) -> None:
        """What is raised is for editors or for us."""

    def visit_Assert(self, node: ast.Assert) -> None:
        """Its message is for us."""
        self.visit(node.test)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """An annotation says nothing."""
        name = getattr(node.annotation, "id", "")
        if node.value is not None and name != "TypeAlias":
            self.visit(node.value)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation says nothing."""

    def visit_Call(self, node: ast.Call) -> None:
        """Calls that show nothing to readers are left out, and lists of names in one string."""
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        value = getattr(node.func, "value", None)
        owner = getattr(value, "id", "")
        listed = name == "split" and isinstance(value, ast.Constant) and not node.args
        patterns = PATTERNS.get(owner, ())
        if not (name in SILENT or name in FINDING or name in patterns or owner in LOGS or listed):
            self.generic_visit(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """``Literal["…"]`` is a type."""
        self.visit(node.value)
        if getattr(node.value, "id", "") != "Literal":
            self.visit(node.slice)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """A string with values in it is one text."""
        parts = [v.value if isinstance(v, ast.Constant) else "\0" for v in node.values]
        self._take(node.lineno, "".join(map(str, parts)))
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                self.visit(value.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        """A text."""
        if isinstance(node.value, str):
            self._take(node.lineno, node.value)

    def _take(self, line: int, text: str) -> None:
        if "<" in text:
            self._found += [(line, said) for _, said in in_html(text)]
        elif is_said(text):
            self._found.append((line, text.replace("\0", "…")))


class _Html(HTMLParser):
    """Text and shown attributes of HTML, also where it is not whole."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[Found] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes the attributes that are shown."""
        self.texts += [(self.getpos()[0], v) for name, v in attrs if name in SHOWN and v]

    def handle_data(self, data: str) -> None:
        """Takes text."""
        self.texts.append((self.getpos()[0], data))


def in_html(source: str) -> Iterator[Found]:
    """What HTML shows: its text, and the attributes that browsers show or read out."""
    parser = _Html()
    parser.feed(source)
    parser.close()
    for line, text in parser.texts:
        said = " ".join(text.replace("\0", " … ").split())
        if is_said(said):
            yield line, said


def in_template(source: str) -> Iterator[Found]:
    """What a Jinja template shows: its text without tags, shown attributes, and constants."""
    written, constants = "", list[Found]()
    for node in walked(Environment().parse(source)):
        if isinstance(node, nodes.TemplateData):
            written += node.data
        elif isinstance(node, nodes.Const) and isinstance(node.value, str):
            constants.append((node.lineno, node.value))
        elif isinstance(node, nodes.Output):
            written += "\0"
    for _, text in in_html(written):
        at = source.find(text.split("…")[0].strip() or text)
        yield source.count("\n", 0, max(at, 0)) + 1, text
    for line, text in constants:
        if "<" in text:
            yield from ((line, said) for _, said in in_html(text))
        elif is_said(text):
            yield line, text


def walked(node: nodes.Node) -> Iterator[nodes.Node]:
    """All nodes of a template in the order of its source."""
    yield node
    for child in node.iter_child_nodes():
        yield from walked(child)


def in_typst(source: str) -> Iterator[Found]:
    """Texts and strings of a print template."""
    for at, text in shown(source):
        if is_said(text):
            yield source.count("\n", 0, at) + 1, " ".join(text.split())


def in_script(source: str, lexer: Lexer) -> Iterator[Found]:
    """Strings of a script that look like words; what finds elements is left out."""
    before = ["", ""]
    for at, kind, text in lexer.get_tokens_unprocessed(source):
        if kind in Comment or not text.strip():
            continue
        if kind in String and kind not in String.Regex:
            said = text.strip("\"'`")
            finds = before[1] == "(" and before[0] in UNSEEN
            if is_said(said) and not finds:
                yield source.count("\n", 0, at) + 1, said
        else:
            before = [before[1], text]


FINDERS: Mapping[str, Callable[[str], Iterator[Found]]] = {
    ".py": in_python,
    ".html": in_template,
    ".md": in_template,
    ".typ": in_typst,
    ".js": lambda source: in_script(source, JavascriptLexer()),
    ".lua": lambda source: in_script(source, LuaLexer()),
    ".css": lambda source: in_script(source, CssLexer()),
}
"""How to find sentences in a file, by its ending."""
