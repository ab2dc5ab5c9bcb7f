"""SVG pictures are written anew: what a still picture needs stays, all else goes or is refused."""

from __future__ import annotations

import base64

import pytest

from klarplan.look.drawing import MOST_BYTES, DrawingError, cleaned
from tests.support.project import REPOSITORY

NS = 'xmlns="http://www.w3.org/2000/svg"'
LINKS = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\nrest").decode()


def svg(inner: str = "", attributes: str = "") -> bytes:
    """A picture with this content."""
    return f"<svg {NS} {LINKS} {attributes}>{inner}</svg>".encode()


@pytest.mark.parametrize(
    "file",
    ["docs/assets/wappen.svg", "strategy/governance-weg.svg", "strategy/fields/messkette.svg"],
)
def test_plain_pictures_stay_as_they_are(file: str) -> None:
    """A picture that holds nothing else keeps its bytes."""
    content = (REPOSITORY / file).read_bytes()
    assert cleaned(content) == content


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (svg("<!-- Notiz --><g/>"), "<g/>"),
        (svg("<metadata><x/></metadata><g/>"), "<g/>"),
        (svg('<i:grid xmlns:i="http://www.inkscape.org/x"/><g/>'), "<g/>"),
        (svg('<g i:label="a" xmlns:i="http://www.inkscape.org/x" data-x="y"/>'), "<g/>"),
        (svg('<g style="fill:red;-inkscape-x:y; line-height:2"/>'), '<g style="fill:red"/>'),
        (svg('<rect fill="url(#a)"/>'), '<rect fill="url(#a)"/>'),
        (svg('<use xlink:href="#a"/>'), '<use xlink:href="#a"/>'),
        (
            svg(f'<image href="data:image/png;base64,{PIXEL}"/>'),
            f'<image href="data:image/png;base64,{PIXEL}"/>',
        ),
        (svg("<style>/* x */ .a, #b > c { fill: red }</style>"), "<style>.a, #b &gt; c{fill:red}"),
        (svg("<title>A &amp; B</title>"), "<title>A &amp; B</title>"),
        (svg('<text aria-label="a(b)">x<tspan>y</tspan></text>'), "x<tspan>y</tspan></text>"),
    ],
)
def test_what_is_not_needed_goes(given: bytes, kept: str) -> None:
    """Notes of editors are left out without a word; what is shown stays."""
    made = cleaned(given).decode()
    assert kept in made
    assert not any(word in made for word in ("Notiz", "metadata", "inkscape", "data-x"))
    assert cleaned(made.encode()).decode() == made


REPEATED = "".join(f"<g id='a{n}'>" + 60 * f"<use href='#a{n - 1}'/>" + "</g>" for n in range(1, 5))

BAD = {
    "script": svg("<script>x</script>"),
    "prefixed script": (
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>x</s:script></s:svg>'
    ),
    "script in a group": svg("<g><script href='x'/></g>"),
    "prefixed frame": svg('<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>'),
    "prefixed body": svg('<h:body xmlns:h="http://www.w3.org/1999/xhtml" onload="x"/>'),
    "mathematics": svg('<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"/>'),
    "foreign object": svg("<foreignObject/>"),
    "onload behind spaces": svg("", f"{' ' * 12}onload = 'x'"),
    "onload behind a line": svg("", "\n\tonload='x'"),
    "handler below": svg("<g><rect onclick='x'/></g>"),
    "handler in capitals": svg("<rect ONCLICK='x'/>"),
    "set": svg("<set attributeName='href' to='javascript:x'/>"),
    "animate": svg("<rect><animate attributeName='x' values='1;2'/></rect>"),
    "animate transform": svg("<rect><animateTransform/></rect>"),
    "link": svg("<a href='https://x.example/'/>"),
    "script link": svg("<a xlink:href='javascript:x'/>"),
    "entity link": svg("<a href='&#106;avascript:x'/>"),
    "link on a shape": svg("<rect href='javascript:x'/>"),
    "foreign use": svg("<use href='other.svg#a'/>"),
    "foreign use by xlink": svg("<use xlink:href='//x.example/a.svg#a'/>"),
    "foreign picture": svg("<image href='https:/\\x.example/a.png'/>"),
    "picture in the site": svg("<image href='a.png'/>"),
    "svg within": svg("<image href='data:image/svg+xml;base64,PHN2Zy8+'/>"),
    "false picture within": svg("<image href='data:image/png;base64,PHN2Zy8+'/>"),
    "feImage": svg("<filter><feImage href='x'/></filter>"),
    "foreign paint": svg("<rect fill='url(https://x.example/a)'/>"),
    "paint in quotes": svg("<rect fill='url(\"//x.example/a\")'/>"),
    "image set": svg("<rect fill=\"image-set('a' 1x)\"/>"),
    "image set in a style": svg("<rect style=\"fill:-webkit-image-set('a' 1x)\"/>"),
    "escaped url": svg("<rect style='fill:u\\72l(//x.example/a)'/>"),
    "escaped url in a sheet": svg("<style>a{fill:u\\72l(x)}</style>"),
    "note within": svg("<rect fill='ur/**/l(x)'/>"),
    "src": svg("<rect style='fill:src(\"x\")'/>"),
    "background": svg("<rect style='background:url(x)'/>"),
    "import": svg("<style>@import 'x';</style>"),
    "import in CDATA": svg("<style><![CDATA[@import url(x);]]></style>"),
    "font face": svg("<style>@font-face{font-family:x;src:url(x)}</style>"),
    "attribute selector": svg("<style>a[href^=x]{fill:red}</style>"),
    "document type": b"<!DOCTYPE svg>" + svg(),
    "entity": b"<!DOCTYPE svg [<!ENTITY a 'b'>]>" + svg("&a;"),
    "attribute list": b"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'x'>]>" + svg(),
    "style sheet": b"<?xml-stylesheet href='x'?>" + svg(),
    "instruction within": svg("<?x y?>"),
    "other encoding": b"<?xml version='1.0' encoding='iso-2022-jp'?>" + svg(),
    "utf-7": b"<?xml version='1.0' encoding='utf-7'?>" + svg("+ADw-script+AD4-"),
    "utf-16": svg("<g/>").decode().encode("utf-16"),
    "latin-1": svg("<title>Übersicht</title>").decode().encode("latin-1"),
    "no namespace": b"<svg><g/></svg>",
    "no picture": b"<html xmlns='http://www.w3.org/1999/xhtml'/>",
    "torn": b"<svg",
    "nothing": b"",
    "deep": svg("<g>" * 100 + "</g>" * 100),
    "endless repetition": svg("<g id='a'><use href='#a'/></g>"),
    "repetition": svg(f"<g id='a0'><rect/></g>{REPEATED}"),
    "brackets without end": svg(f"<path d='{'(' * 9_000}'/>"),
    "rules without end": svg(f"<style>{'a{}' * 9_000}</style>"),
    "attributes without end": svg("", " ".join(f"a{n}=''" for n in range(9_000))),
    "too large": svg(" " * MOST_BYTES),
}


@pytest.mark.parametrize("name", BAD)
def test_what_moves_loads_or_runs_is_refused(name: str) -> None:
    """A picture with more than a still picture needs is refused, with words and a cure."""
    with pytest.raises(DrawingError) as told:
        cleaned(BAD[name])
    assert told.value.problem.de
    assert told.value.cure.de


def test_the_line_is_told() -> None:
    """The message names the line on which the fault stands."""
    with pytest.raises(DrawingError) as told:
        cleaned(svg("\n<g/>\n<script/>"))
    assert told.value.line == 3
