"""A town's own style sheet, ``local/styles.css``: added behind all others, and looked at before.

It is read as browsers do (CSS Syntax Level 3, by tinycss2), so that no way of writing an address
hides it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import tinycss2
from tinycss2.color4 import parse_color

from klarplan.look.colour import NEEDED, contrast
from klarplan.messages import NOTHING, Severity, Text
from klarplan.words.catalogue import GERMAN

OWN_STYLES = "local/styles.css"
FOLDER = "assets"
"""Where the style sheet lies on the site: addresses in it are seen from there."""
MOST_BYTES = 100_000
"""Klarplan's own style sheets have 70,000; each reader loads them before anything is shown."""
BLOCKS = frozenset(("media", "supports", "layer", "container", "page", "font-face", "keyframes"))
"""The at-rules that may stand in it, all with a block."""
SOURCES = frozenset(("url", "src", "image", "image-set", "-webkit-image-set", "cross-fade"))
"""Functions whose texts are addresses."""
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|avif|svg\+xml)[;,]", re.IGNORECASE)
_SHOWN = 80


class Flaw(NamedTuple):
    """What is wrong with a style sheet, and where."""

    line: int | None
    value: str | None
    problem: Text
    cure: Text
    severity: Severity = "error"


def own_styles(root: Path) -> bytes:
    """The style sheet of the town, without a mark of its encoding; nothing where there is none."""
    path = root / OWN_STYLES
    if not path.is_file() or path.is_symlink() or path.parent.is_symlink():
        return b""
    return path.read_bytes().removeprefix(b"\xef\xbb\xbf")


def flaws(content: bytes, is_there: Callable[[str], bool]) -> Iterator[Flaw]:
    """What is wrong with a style sheet; ``is_there`` tells of a path of the site."""
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1000
        yield Flaw(
            None,
            None,
            Text(
                f"Das Stylesheet ist größer als {most} kB; alle müssten es laden.",
                f"The style sheet is larger than {most} kB; everyone would have to load it.",
            ),
            Text("Kürzen Sie es; Bilder gehören in eigene Dateien.", "Make it shorter."),
        )
        return
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield Flaw(
            content.count(b"\n", 0, error.start) + 1,
            None,
            Text("Die Datei ist nicht in UTF-8 gespeichert.", "The file is not saved in UTF-8."),
            Text("Speichern Sie sie als „UTF-8“.", "Save it as “UTF-8”."),
        )
        return
    try:
        sheet = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
        yield from _rules(sheet)
        for place, address in _addresses(sheet):
            if flaw := _outside(place, address, is_there):
                yield flaw
    except RecursionError:
        yield Flaw(
            None,
            None,
            Text("Die Klammern sind zu tief verschachtelt.", "The brackets are nested too deep."),
            Text("Vereinfachen Sie das Stylesheet.", "Make the style sheet simpler."),
        )


def _rules(nodes: Sequence[Any]) -> Iterator[Flaw]:
    for node in nodes:
        if node.type == "error":
            yield _broken(node)
        elif node.type == "at-rule" and (
            node.lower_at_keyword not in BLOCKS or node.content is None
        ):
            yield _forbidden(node)
        elif node.type in ("at-rule", "qualified-rule"):
            yield from (_broken(one) for one in node.prelude if one.type == "error")
            inside = tinycss2.parse_blocks_contents(
                node.content, skip_comments=True, skip_whitespace=True
            )
            yield from _rules(inside)
            yield from _declared([one for one in inside if one.type == "declaration"])


def _broken(node: Any) -> Flaw:
    return Flaw(
        node.source_line,
        None,
        Text(
            f"Browser übergehen diese Stelle, denn sie ist kein gültiges CSS ({node.message}).",
            f"Browsers pass over this place, as it is no valid CSS ({node.message}).",
        ),
        Text("Prüfen Sie Klammern, Doppelpunkte und Strichpunkte.", "Check brackets and signs."),
        "warning",
    )


def _forbidden(node: Any) -> Flaw:
    name = f"@{node.at_keyword}"
    known = ", ".join(f"@{block}" for block in sorted(BLOCKS))
    problem = Text(
        f"{name} hat hier keine Wirkung oder lädt von anderswo.",
        f"{name} has no effect here, or loads from elsewhere.",
    )
    cure = Text(f"Möglich sind mit Klammern: {known}.", f"With brackets, these can be: {known}.")
    if node.lower_at_keyword == "import":
        cure = Text(
            "Schreiben Sie die Regeln der anderen Datei hierher.",
            "Write the rules of the other file here.",
        )
    return Flaw(node.source_line, name, problem, cure)


def _declared(declarations: Sequence[Any]) -> Iterator[Flaw]:
    """What readers would miss: text that does not stand out, and the mark of the keyboard."""
    found = {one.lower_name: one for one in declarations}
    letters, ground = found.get("color"), found.get("background-color") or found.get("background")
    one, other = _colour(letters), _colour(ground)
    if letters and one and other and contrast(one, other) < NEEDED:
        ratio = Decimal(str(contrast(one, other)))
        told = GERMAN.number(ratio, 1)
        yield Flaw(
            letters.source_line,
            f"{one}, {other}",
            Text(
                f"Text in {one} auf {other} ist schlecht zu lesen: Kontrast {told}.",
                f"Text in {one} on {other} is hard to read: contrast {ratio:.1f}.",
            ),
            Text(
                f"Nötig ist {GERMAN.number(Decimal(str(NEEDED)))} (WCAG 2.2).",
                f"It needs {NEEDED} (WCAG 2.2).",
            ),
            "warning",
        )
    outline = found.get("outline") or found.get("outline-style") or found.get("outline-width")
    if outline and tinycss2.serialize(outline.value).strip().lower() in ("0", "none", "0px"):
        yield Flaw(
            outline.source_line,
            outline.name,
            Text(
                "Wer mit der Tastatur bedient, sieht so nicht, wo er ist.",
                "People who use the keyboard would not see where they are.",
            ),
            Text("Lassen Sie den Rahmen, oder geben Sie ihm eine andere Farbe.", "Keep it."),
            "warning",
        )


def _colour(declaration: Any) -> str | None:
    """The colour ``#rrggbb`` that a declaration gives, where it is nothing but that."""
    values = [one for one in declaration.value if one.type != "whitespace"] if declaration else []
    colour = parse_color(values[0]) if len(values) == 1 else None
    if colour is None or colour == "currentcolor" or colour.alpha != 1:
        return None
    shares = colour.to("srgb").coordinates
    return "#" + "".join(f"{round(min(max(share, 0), 1) * 255):02x}" for share in shares)


def _addresses(nodes: Sequence[Any]) -> Iterator[tuple[int, str]]:
    """Every address that a browser might fetch, with its line."""
    for node in nodes:
        if node.type == "url":
            yield node.source_line, node.value
        for inside in ("prelude", "content", "arguments", "value"):
            below = getattr(node, inside, None)
            if isinstance(below, list):
                if node.type == "function" and node.lower_name in SOURCES:
                    texts = (one for one in below if one.type == "string")
                    yield from ((one.source_line, one.value) for one in texts)
                yield from _addresses(below)


def _outside(line: int, written: str, is_there: Callable[[str], bool]) -> Flaw | None:
    """What is wrong with an address, read as browsers do (URL Standard): blanks, backslashes."""
    address = (
        re.sub(r"[\t\r\n]", "", written).strip("".join(map(chr, range(33)))).replace("\\", "/")
    )
    if address.startswith("#") or _PICTURE.match(address):
        return None
    shown = written if len(written) < _SHOWN else written[:_SHOWN] + "…"
    if _SCHEME.match(address) or address.startswith("/"):
        return Flaw(
            line,
            shown,
            Text(
                "Von anderen Websites lädt keine Seite etwas: Diese erführen, wer hier liest.",
                "No page loads anything from other websites: they would learn who reads here.",
            ),
            Text(
                "Legen Sie die Datei nach docs/assets/, und schreiben Sie nur ihren Namen: "
                "url(bild.svg)",
                "Put the file into docs/assets/, and write its name alone: url(picture.svg)",
            ),
        )
    path = posixpath.normpath(posixpath.join(FOLDER, unquote(re.split("[?#]", address)[0])))
    if is_there(path):
        return None
    return Flaw(
        line,
        shown,
        Text(f"Die Datei docs/{path} gibt es nicht.", f"There is no file docs/{path}."),
        Text(f"Adressen gelten von docs/{FOLDER}/ aus.", f"Addresses count from docs/{FOLDER}/.")
        if not path.startswith("..")
        else NOTHING,
    )
