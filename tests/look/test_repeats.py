"""Pictures that would take hours or all memory to draw are refused before anything is drawn."""

from __future__ import annotations

import pytest

from klarplan.look.drawing import DrawingError, cleaned

BIG = '<path d="M0 0{}"/>'.format("h1" * 50_000)
RECT = '<rect width="1" height="1"/>'


def picture(inner: str, attributes: str = "") -> bytes:
    """A drawing with this in it."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{inner}</svg>'.encode()


def nested(tag: str, attribute: str, levels: int = 12) -> str:
    """Parts of one kind, each naming the next eight times."""
    parts = [
        f'<{tag} id="p{n}">' + f'<rect {attribute}="url(#p{n + 1})"/>' * 8 + f"</{tag}>"
        for n in range(levels)
    ]
    return f'{"".join(parts)}<{tag} id="p{levels}">{RECT}</{tag}><rect {attribute}="url(#p0)"/>'


MARKER = f'<marker id="m">{RECT * 9}</marker>'
REFUSED = {
    "markers of one path": MARKER + BIG.replace("<path", '<path marker-mid="url(#m)"'),
    "markers by style": MARKER + BIG.replace("<path", '<path style="marker-mid:url(#m)"'),
    "markers by class": "<style>.a,.b{marker-mid:url(#m)}</style>"
    + MARKER
    + BIG.replace("<path", '<path class="b"'),
    "markers by element": f"<style>path{{marker-mid:url(#m)}}</style>{MARKER}{BIG}",
    "markers of a group": f'{MARKER}<g marker-mid="url(#m)"><g>{BIG}</g></g>',
    "markers of a repeated path": MARKER
    + BIG.replace("<path", '<path id="b"')
    + '<use href="#b" marker-mid="url(#m)"/>',
    "patterns": nested("pattern", "fill"),
    "masks": nested("mask", "mask"),
    "clip paths": nested("clipPath", "clip-path"),
    "a chain, told from its end": "".join(
        f'<mask id="c{n}"><rect mask="url(#c{n - 1})"/></mask>' for n in range(50)
    ),
    "a circle": '<pattern id="a"><rect fill="url(#b)"/></pattern>'
    '<pattern id="b"><rect fill="url(#a)"/></pattern><rect fill="url(#a)"/>',
    "a pattern of a group": f'<pattern id="p">{RECT * 99}</pattern><g fill="url(#p)">'
    f"{RECT * 2_000}</g>",
    "many filters": '<filter id="f"><feGaussianBlur stdDeviation="9"/></filter>'
    + '<rect filter="url(#f)"/>' * 500,
    "a wide filter": '<filter id="f"><feMorphology radius="300"/></filter>',
}


@pytest.mark.parametrize("inner", REFUSED.values(), ids=REFUSED.keys())
def test_too_much(inner: str) -> None:
    """What names parts so that they are drawn without end is refused, with its line."""
    with pytest.raises(DrawingError) as told:
        cleaned(picture(inner))
    assert told.value.line == 1
    assert "tangled" in told.value.problem.en


TAKEN = {
    "arrows": '<marker id="m"><path d="M0 0h1"/></marker>'
    + '<path marker-end="url(#m)" marker-mid="url(#m)" d="M0 0h9v9h9"/>' * 200,
    "shadows": '<filter id="f"><feDropShadow dx="1" dy="1"/></filter>'
    + '<rect filter="url(#f)"/>' * 100,
    "hatching": f'<pattern id="p">{RECT * 3}</pattern>' + '<rect fill="url(#p)"/>' * 1_000,
    "clipped parts": f'<clipPath id="c">{RECT}</clipPath><style>.c{{clip-path:url(#c)}}</style>'
    + '<rect class="c"/>' * 10_000,
    "gradients by element": '<linearGradient id="g"><stop/><stop/></linearGradient>'
    f"<style>rect{{fill:url(#g)}}</style>{RECT * 40_000}",
}


@pytest.mark.parametrize("inner", TAKEN.values(), ids=TAKEN.keys())
def test_usual_pictures(inner: str) -> None:
    """What drawing programs write is taken."""
    assert cleaned(picture(inner)).startswith(b"<svg")
