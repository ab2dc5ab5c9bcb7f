"""The Jinja of a page: read as a syntax tree, never run.

Pages may come from strangers. Allowed are calls of registered macros with literal arguments, and
plain ``if`` and ``for`` over literals; everything else is a fault. What the page says besides its
macros is put together here, so that Markdown and HTML can be checked exactly as they will be.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from klarplan.messages import NOTHING, Finding, Text

if TYPE_CHECKING:
    from jinja2 import Environment, nodes

SYNTAX = "KP801"
FORBIDDEN = "KP802"

HOLE = "qklarplanmakroq"
"""Stands for the output of a macro; as a word, so that ``<{{ … }}>`` is seen as a tag."""

MOST = 2000
"""A page may not make more pieces than these."""

Call = Callable[[int, str, list[Any], dict[str, Any]], str]
"""Gives the text for a macro call, from line, name and arguments."""


class _ForbiddenError(Exception):
    """Something that a page may not do."""

    def __init__(self, line: int, value: str, cure: Text = NOTHING) -> None:
        super().__init__(value)
        self.line = line
        self.value = value
        self.cure = cure


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The text of a page with holes for its macros, and what was not allowed in it."""

    text: str
    findings: tuple[Finding, ...]


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from jinja2 import Environment  # noqa: PLC0415 (slow import)

    return Environment(autoescape=False)  # noqa: S701 - only parses


def evaluate(source: str, file: str, first_line: int, call: Call) -> Evaluated:
    """Put a page together; its ``source`` begins at ``first_line`` of ``file``."""
    if "{" not in source:
        return Evaluated(source, ())
    from jinja2 import TemplateSyntaxError  # noqa: PLC0415

    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        problem = Text(
            f"Die Vorlagenzeichen {{{{ }}}} oder {{% %}} sind fehlerhaft ({error.message}).",
            f"The template marks {{{{ }}}} or {{% %}} are wrong ({error.message}).",
        )
        return Evaluated(source, (_finding(SYNTAX, file, error.lineno + first_line - 1, problem),))
    except RecursionError:
        problem = Text("Die Seite ist zu tief verschachtelt.", "The page is nested too deeply.")
        return Evaluated("", (_finding(SYNTAX, file, first_line, problem),))
    walk = _Walk(file, first_line, call)
    try:
        walk.body(tree.body, {})
    except _ForbiddenError as fault:
        walk.forbid(fault)
    except RecursionError:
        walk.forbid(_ForbiddenError(1, "…"))
    return Evaluated("".join(walk.pieces), tuple(walk.findings))


_CURE = Text(
    'Erlaubt sind Makros mit festen Angaben, zum Beispiel {{ status_badge("M-001") }}. Sollen die '
    "Zeichen wörtlich erscheinen, setzen Sie {% raw %} und {% endraw %} darum.",
    'Allowed are macros with literal arguments, for example {{ status_badge("M-001") }}. To show '
    "the marks literally, put {% raw %} and {% endraw %} around them.",
)


def _finding(rule: str, file: str, line: int, problem: Text, value: str | None = None) -> Finding:
    return Finding(rule=rule, file=file, line=line, value=value, problem=problem, cure=_CURE)


@dataclass(slots=True)
class _Walk:
    """Goes through the syntax tree and gathers text and faults."""

    file: str
    first_line: int
    call: Call
    pieces: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def forbid(self, fault: _ForbiddenError) -> None:
        problem = Text(
            f"„{fault.value}“ ist in einer Seite nicht erlaubt.",
            f"“{fault.value}” is not allowed in a page.",
        )
        line = self.first_line + fault.line - 1
        self.findings.append(_finding(FORBIDDEN, self.file, line, problem, fault.value))

    def body(self, body: list[nodes.Node], names: Mapping[str, Any]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        for node in body:
            if len(self.pieces) > MOST:
                raise _ForbiddenError(_line(node), "{% for %}")
            try:
                if isinstance(node, nodes.Output):
                    for part in node.nodes:
                        self.output(part, names)
                elif isinstance(node, nodes.If):
                    self.branch(node, names)
                elif isinstance(node, nodes.For):
                    self.loop(node, names)
                else:
                    word = type(node).__name__.lower()
                    raise _ForbiddenError(_line(node), f"{{% {_WORDS.get(word, word)} %}}")
            except _ForbiddenError as fault:
                self.pieces.append(HOLE)
                self.forbid(fault)

    def output(self, node: nodes.Expr, names: Mapping[str, Any]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        if isinstance(node, nodes.TemplateData):
            self.pieces.append(node.data)
        elif isinstance(node, nodes.Name) and node.name in names:
            self.pieces.append(str(names[node.name]))
        elif isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name):
            if node.dyn_args is not None or node.dyn_kwargs is not None:
                raise _ForbiddenError(node.lineno, "*")
            args = [literal(a, names) for a in node.args]
            kwargs = {k.key: literal(k.value, names) for k in node.kwargs}
            line = self.first_line + node.lineno - 1
            self.pieces.append(self.call(line, node.node.name, args, kwargs))
        else:
            raise _ForbiddenError(node.lineno, f"{{{{ {described(node)} }}}}")

    def branch(self, node: nodes.If, names: Mapping[str, Any]) -> None:
        for choice in (node, *node.elif_):
            if literal(choice.test, names):
                self.body(choice.body, names)
                return
        self.body(node.else_, names)

    def loop(self, node: nodes.For, names: Mapping[str, Any]) -> None:
        from jinja2 import nodes  # noqa: PLC0415

        items = literal(node.iter, names)
        plain = isinstance(node.target, nodes.Name) and node.test is None and not node.recursive
        if not plain or not isinstance(items, list | tuple):
            raise _ForbiddenError(node.lineno, "{% for %}")
        assert isinstance(node.target, nodes.Name)
        for item in items:
            self.body(node.body, {**names, node.target.name: item})
        if not items:
            self.body(node.else_, names)


_WORDS: Mapping[str, str] = {
    "assign": "set",
    "assignblock": "set",
    "callblock": "call",
    "filterblock": "filter",
    "fromimport": "import",
    "scope": "autoescape",
}
"""What authors write for the nodes of the syntax tree whose names differ."""


def _line(node: nodes.Node) -> int:
    """The line of a node, else of the first node in it that has one."""
    from jinja2 import nodes  # noqa: PLC0415

    if node.lineno is not None:
        return node.lineno
    return next((n.lineno for n in node.find_all(nodes.Node) if n.lineno is not None), 1)


_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "ne": operator.ne,
    "in": lambda a, b: a in b,
    "notin": lambda a, b: a not in b,
}


def literal(node: nodes.Node, names: Mapping[str, Any]) -> Any:
    """The value of an expression that is made of literals and loop variables alone."""
    from jinja2 import nodes  # noqa: PLC0415

    match node:
        case nodes.Const():
            value = node.value
        case nodes.TemplateData():
            value = node.data
        case nodes.Name() if node.name in names:
            value = names[node.name]
        case nodes.List() | nodes.Tuple():
            value = [literal(item, names) for item in node.items]
        case nodes.Neg() | nodes.Not() | nodes.And() | nodes.Or() | nodes.Compare():
            value = _operation(node, names)
        case _:
            raise _ForbiddenError(node.lineno, described(node))
    return value


def _operation(node: nodes.Expr, names: Mapping[str, Any]) -> Any:
    from jinja2 import nodes  # noqa: PLC0415

    if isinstance(node, nodes.Neg | nodes.Not):
        value = literal(node.node, names)
        if isinstance(node, nodes.Not):
            return not value
        if isinstance(value, int | float):
            return -value
    elif isinstance(node, nodes.And | nodes.Or):
        left, right = literal(node.left, names), literal(node.right, names)
        return (left and right) if isinstance(node, nodes.And) else (left or right)
    elif isinstance(node, nodes.Compare) and len(node.ops) == 1 and node.ops[0].op in _COMPARE:
        left, right = literal(node.expr, names), literal(node.ops[0].expr, names)
        if isinstance(right, list) or type(left) is type(right):
            return _COMPARE[node.ops[0].op](left, right)
    raise _ForbiddenError(node.lineno, described(node))


def described(node: nodes.Node) -> str:
    """An expression in short, for a message."""
    from jinja2 import nodes  # noqa: PLC0415

    match node:
        case nodes.Name():
            text = node.name
        case nodes.Const():
            text = repr(node.value)[:40]
        case nodes.Getattr():
            text = f"{described(node.node)}.{node.attr}"
        case nodes.Getitem():
            text = f"{described(node.node)}[…]"
        case nodes.Filter():
            text = f"… | {node.name}"
        case nodes.Call():
            text = f"{described(node.node)}(…)"
        case nodes.BinExpr():
            text = f"{described(node.left)} {node.operator} {described(node.right)}"
        case _:
            text = type(node).__name__.lower()
    return text
