"""For any text: what the template engine is given, and what the gate lets pass."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError, nodes

import macros
from klarplan.pages.gate import cleaned, look, scheme
from klarplan.pages.page import Page
from klarplan.pages.source import Source
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from klarplan.website.write import bake
from macros.registry import MACROS
from macros.seal import Seal
from tests.safety.payloads import (
    ADDRESSES,
    ATTRIBUTE_LISTS,
    HANDLERS,
    MUTATIONS,
    SCRIPTS,
    TEMPLATES,
)
from tests.support.fuzz import examples
from tests.support.klein import DAY, copied

assert macros.__doc__  # registers all macros

SEAL = Seal("k" + "0123456789abcdef" * 2)
NAMES = sorted(MACROS)
LITERALS = ("1", "-2.5", "true", "none", "'a'", '"{{"', "['a', [1]]", r"'\x7b\x7b'", "'}}'")
WORDS = (
    *("{{", "}}", "{%", "%}", "{#", "#}", "{", "}", "(", ")", "%", "#", "`", "```\n", "~~~\n"),
    *("\n", "\n\n", "    ", "> ", "- ", "\\", "|", ",", "=", "*", "**", "'", '"', "_", ".", "~"),
    *("---\n", "title: x\n", "render_macros: true\n", "raw", "endraw", "if", "endif", "for"),
    *("lipsum", "self", "__class__", "\ud800", "\u2028", "\x00", "\x0c", "ﬁ", "ａ", "k0123456789"),
    *("<!--klarplan-->", *NAMES[:5], *LITERALS, *TEMPLATES),
)
CALLS = st.builds(
    lambda name, args, blank: f"{{{{{blank}{name}({', '.join(args)}){blank}}}}}",
    st.sampled_from(NAMES),
    st.lists(st.sampled_from(LITERALS), max_size=3),
    st.sampled_from(["", " ", "\t"]),
)
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), CALLS, st.text(max_size=8)), max_size=12).map(
    "".join
)


def environment(seal: Seal) -> Environment:
    """Jinja with the delimiters that the site generator is given."""
    names = seal.delimiters()
    return Environment(
        **{name.removeprefix("j2_"): mark for name, mark in names.items()}  # type: ignore[arg-type]
    )


ENVIRONMENT = environment(SEAL)


def is_literal(node: nodes.Node) -> bool:
    """Whether a part of an expression holds nothing that is looked up or computed."""
    if isinstance(node, nodes.Const):
        return True
    if isinstance(node, nodes.List):
        return all(map(is_literal, node.items))
    return isinstance(node, nodes.Neg) and isinstance(node.node, nodes.Const)


def calls(template: nodes.Template) -> Iterator[nodes.Call]:
    """The calls of a template that holds nothing but text and calls."""
    for part in template.body:
        assert isinstance(part, nodes.Output), part
        for node in part.nodes:
            if isinstance(node, nodes.TemplateData):
                continue
            assert isinstance(node, nodes.Call), node
            yield node


def page(body: str, title: str = "x") -> Page:
    """A page as ``bake`` makes it."""
    return Page(path="x.md", title=title, body=body, source="docs/x.md", description=title)


@given(TEXTS, TEXTS)
@examples(200)
def test_the_generator_is_given_only_our_calls(text: str, title: str) -> None:
    """For any text, the template that Jinja sees is plain text and calls with literals."""
    source = Source(text)
    baked = page(source.sealed(SEAL), title).text(SEAL)
    found = list(calls(ENVIRONMENT.parse(baked)))
    for call in found:
        assert isinstance(call.node, nodes.Name)
        assert not call.dyn_args
        assert not call.dyn_kwargs
        assert all(map(is_literal, call.args))
        assert all(is_literal(keyword.value) for keyword in call.kwargs)
    read = source.pieces.calls
    assert [c.node.name for c in found if isinstance(c.node, nodes.Name)] == [c.name for c in read]
    assert [[value(a) for a in c.args] for c in found] == [list(c.args) for c in read]
    if not read:
        assert "render_macros" not in baked.partition("\n---\n")[0].partition("title:")[0]


def value(node: nodes.Expr) -> Any:
    """What a literal of Jinja means."""
    return node.as_const()


def test_a_seal_that_a_text_holds_is_not_taken() -> None:
    """A build whose word stands in a text would stop rather than hand that text over."""
    with pytest.raises(ValueError, match=r"^k[0-9a-f]{32}$"):
        Seal.drawn([_Any()])


class _Any(str):
    """A text that holds every word."""

    __slots__ = ()

    def __contains__(self, other: object) -> bool:
        return True


def test_text_of_an_author_between_guessed_marks_stays_text() -> None:
    """Who guesses another build's word gets plain text."""
    other = Seal("k" + "f" * 32)
    text = other.call("lipsum.__globals__")
    template = ENVIRONMENT.parse(page(Source(text).sealed(SEAL)).text(SEAL))
    assert list(calls(template)) == []
    with pytest.raises((TemplateSyntaxError, AssertionError)):
        list(calls(environment(other).parse(other.word + "% x")))


def test_all_that_bake_writes_is_text_and_our_calls(tmp_path: Path) -> None:
    """The macros plugin renders no page unasked, and only between this build's own marks."""
    loaded = public(load(copied(tmp_path)))
    baked = bake(loaded, DAY, tmp_path / "build")
    settings = yaml.safe_load(baked.config.read_text(encoding="utf-8"))
    (options,) = [p["macros"] for p in settings["plugins"] if "macros" in p]
    assert options["render_by_default"] is False
    assert not options.keys() & {"include_dir", "include_yaml", "force_render_paths"}
    seal = Seal(settings["extra"]["klarplan"]["seal"])
    assert {name: options[name] for name in options if name.startswith("j2_")} == seal.delimiters()
    jinja = environment(seal)
    number = 0
    for path in (tmp_path / "build" / "pages").rglob("*.md"):
        text = path.read_text(encoding="utf-8")
        found = list(calls(jinja.parse(text)))
        number += len(found)
        assert {c.node.name for c in found if isinstance(c.node, nodes.Name)} <= set(NAMES)
        assert bool(found) == ("\nrender_macros: true\n" in text)
    assert number


TAGS = (
    *("a", "p", "div", "img", "svg", "math", "script", "style", "table", "td", "select", "option"),
    *("template", "noscript", "iframe", "textarea", "title", "b", "form", "input", "details", "mi"),
    *("mglyph", "foreignObject", "desc", "annotation-xml", "xmp", "plaintext", "frameset", "body"),
    *("html", "head", "base", "image", "isindex", "object", "li", "h1", "button", "video", "s:a"),
)
NAMED = (
    *("href", "src", "onerror", "onclick", "style", "class", "id", "title", "xlink:href", "name"),
    *("srcset", "srcdoc", "action", "ping", "alt", "\x00onload", "on load", "onload/"),
)
VALUES = (
    *("x", "javascript:hit()", "java\tscript:x", "&#106;avascript:x", "//fremd.example/", "'", '"'),
    *("`", "<script>", "-->", "</a>", "]]>", "&quot;", "x y", "text-align:left", ""),
)
QUOTES = st.sampled_from(["", "'", '"', "`"])
ATTRIBUTES = st.builds(
    lambda blank, name, mark, value: f"{blank}{name}={mark}{value}{mark}",
    st.sampled_from([" ", "/", "\n", "\t", "\x0c", ""]),
    st.sampled_from(NAMED),
    QUOTES,
    st.sampled_from(VALUES),
)
PIECES = st.one_of(
    st.builds(
        lambda name, attributes, end: f"<{name}{''.join(attributes)}{end}",
        st.sampled_from(TAGS),
        st.lists(ATTRIBUTES, max_size=3),
        st.sampled_from([">", "/>", " >", "", "\n>"]),
    ),
    st.sampled_from(TAGS).map("</{}>".format),
    st.sampled_from(["<!--", "-->", "--!>", "<!-->", "<![CDATA[", "]]>", "<?x", "<!x>", "<", ">"]),
    st.sampled_from([*SCRIPTS, *HANDLERS, *MUTATIONS, *ATTRIBUTE_LISTS]),
    st.text(max_size=5),
)
MARKUP = st.lists(PIECES, max_size=8).map("".join)


def harmful(root: Element) -> list[str]:
    """What another reader of HTML finds that a browser could run."""
    found = []
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2].lower()
        if name in ("script", "style", "iframe", "object", "embed", "base", "link", "meta", "form"):
            found.append(name)
        for attribute, text in element.attrib.items():
            bare = str(attribute).rpartition("}")[2].lower()
            if bare.startswith("on"):
                found.append(bare)
            if bare in ("href", "src", "action", "formaction", "data"):
                kind = scheme(cleaned(text or ""))
                if kind in ("javascript", "vbscript", "data"):
                    found.append(f"{bare}={text}")
    return found


@given(MARKUP)
@examples(200)
def test_another_reader_finds_nothing_in_what_the_gate_lets_pass(markup: str) -> None:
    """What the gate accepts holds no script, handler or javascript: for a second parser, too."""
    if look(markup).faults:
        return
    whole = f"<!doctype html><html><head><title>x</title></head><body>{markup}</body></html>"
    assert harmful(tinyhtml5.parse(whole, namespace_html_elements=False)) == []


@pytest.mark.parametrize("text", ["<![x](x.png)", "<div><![if x]>", "a <![ b</p>"])
def test_a_strange_section_is_read_to_its_end(text: str) -> None:
    """A section that is none is a fault or text, never the end of the check."""
    for markup in (text, f"<p>{text}", f"{text}</div>"):
        assert isinstance(look(markup).faults, tuple)


@pytest.mark.parametrize("tag", ["img", "hr", "a", "hr data-end"])
def test_an_unfinished_tag_at_the_end_is_seen(tag: str) -> None:
    """A tag that would take in what follows the text is refused."""
    for text in (f"<p>x</p><{tag} src=x onerror=hit()//", f"<{tag} ", f"<{tag}", f"<{tag} x='"):
        assert look(text).faults, text


@pytest.mark.parametrize("address", [a.replace(":J", ":x") for a in ADDRESSES[:5]])
def test_the_gate_refuses_addresses_that_run(address: str) -> None:
    """Whatever is between the letters of javascript:, the address is a fault."""
    assert [f.kind for f in look(f'<a href="{address}">x</a>').faults] == ["scheme"]
