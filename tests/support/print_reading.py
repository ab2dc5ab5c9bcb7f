"""A PDF as a screen reader takes it in (tags with their text) and as the eye does (lines)."""

from __future__ import annotations

import functools
import re
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

OPERATORS = "Tf q Q cm Do Tm BMC BDC EMC Tj TJ"
"""Those that place and paint text; lines and surfaces are not parsed."""
Font = tuple[dict[int, str], dict[int, float]]
"""What each code means, and its width in thousandths of the size."""


@dataclass
class Tag:
    """One element of the structure: its type, attributes, own text and the tags inside it."""

    kind: str
    attributes: dict[str, Any] = field(default_factory=dict)
    parts: list[Tag | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text below, in reading order."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)

    def find(self, *kinds: str) -> Iterator[Tag]:
        """All tags of these kinds below, in reading order."""
        for part in self.parts:
            if isinstance(part, Tag):
                if part.kind in kinds:
                    yield part
                yield from part.find(*kinds)


class Piece(str):
    """Text of an element that knows where it was painted."""

    __slots__ = ("page", "run")
    run: Run
    page: int

    def __new__(cls, run: Run, page: int) -> Piece:
        """The text of a run on a page, from 0."""
        made = super().__new__(cls, run.text)
        made.run, made.page = run, page
        return made


def read(file: Path) -> Tag:
    """The structure of a PDF with its text; not to be changed, since others read it too."""
    return _reading(file, file.stat().st_mtime_ns)[0]


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text painted at once: where it stands on its page, in points from the left below.

    ``mark`` is the number that the structure knows it by; ornaments have none.
    """

    text: str
    mark: int | None
    left: float
    right: float
    base: float
    language: str = ""
    size: float = 0.0
    """The size of the type in points; 0 where another text stands for what is painted."""


def runs(file: Path) -> list[list[Run]]:
    """The text painted on each page, ornaments such as headers and footers included."""
    return _reading(file, file.stat().st_mtime_ns)[1]


@functools.lru_cache(maxsize=8)
def _reading(file: Path, changed: int) -> tuple[Tag, list[list[Run]]]:
    """Structure and text of a PDF, each page parsed once; long papers take a while to read.

    All papers of a strategy are kept.
    """
    fonts: dict[Any, Font] = {}
    with pikepdf.open(file) as pdf:
        painted = {page.objgen: list(_painted(page, fonts)) for page in pdf.pages}
        marked = {
            number: _marked_text(page, at) for at, (number, page) in enumerate(painted.items())
        }
        return _tag(pdf.Root.StructTreeRoot, marked, None), list(painted.values())


def page_widths(file: Path) -> list[float]:
    """How wide each page is, in points."""
    with pikepdf.open(file) as pdf:
        return [float(page.mediabox[2]) for page in pdf.pages]


def page_texts(file: Path) -> list[str]:
    """The text of each page in the order in which it is painted."""
    return ["".join(run.text for run in page) for page in runs(file)]


def plain(text: str) -> str:
    """Text without anything that layout adds or takes: white space, hyphens at line ends."""
    return re.sub(r"[\s\u00ad\u200b]+", "", text)


def _tag(node: Any, pages: dict[Any, dict[int, list[Tag | str]]], page: Any) -> Tag:
    tag = Tag(str(node.get("/S", "/Root"))[1:])
    page = node.get("/Pg", page)
    for key in ("/Alt", "/Lang", "/ID"):
        if key in node:
            tag.attributes[key[1:]] = str(node[key])
    owners = node.get("/A", [])
    for owner in owners if isinstance(owners, Array) else [owners]:
        if isinstance(owner, Dictionary):
            for key in owner:
                tag.attributes[key[1:]] = owner[key]
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, Array) else [kids]:
        if isinstance(kid, int):
            tag.parts += pages[page.objgen].get(kid, [])
        elif "/S" in kid:
            tag.parts.append(_tag(kid, pages, page))
        elif kid.get("/Type") == Name.MCR:
            tag.parts += pages[kid.get("/Pg", page).objgen].get(int(kid.MCID), [])
    return tag


def _marked_text(page: Iterable[Run], number: int) -> dict[int, list[Tag | str]]:
    parts: dict[int, list[Tag | str]] = {}
    for run in page:
        if run.mark is not None:
            piece = Piece(run, number)
            part = Tag("Span", {"Lang": run.language}, [piece]) if run.language else piece
            parts.setdefault(run.mark, []).append(part)
    return parts


def _painted(  # noqa: PLR0912 - one branch for each operator
    page: Any,
    known: dict[Any, Font],
    start: tuple[float, ...] = (1, 0, 0, 1, 0, 0),
    mark: int | None = None,
) -> Iterator[Run]:
    """The text of a page's content; the typesetter only moves and scales (ISO 32000-1, 9.4)."""
    resources = page.get("/Resources", {})
    fonts = {name: _font(font, known) for name, font in resources.get("/Font", {}).items()}
    font, size = "", 0.0
    place = start
    saved: list[tuple[float, ...]] = []
    marks: list[tuple[int | None, str | None]] = [(mark, None)]
    languages: list[str] = [""]
    for operands, operator in pikepdf.parse_content_stream(page, OPERATORS):
        name = str(operator)
        if name == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif name == "q":
            saved.append(place)
        elif name == "Q":
            place = saved.pop()
        elif name == "cm":
            place = _times([float(number) for number in operands], place)
        elif name == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == Name.Form:
                moved = [float(number) for number in form.get("/Matrix", (1, 0, 0, 1, 0, 0))]
                yield from _painted(form, known, _times(moved, place), _current(marks))
        elif name == "Tm":
            text = _times([float(number) for number in operands], place)
        elif name == "BMC":
            marks.append((None, None))
            languages.append(languages[-1])
        elif name == "BDC":
            given = operands[1] if isinstance(operands[1], Dictionary) else {}
            actual = str(given["/ActualText"]) if "/ActualText" in given else None
            marks.append((int(given["/MCID"]) if "/MCID" in given else None, actual))
            languages.append(str(given.get("/Lang", languages[-1])))
            if actual is not None:
                yield Run(actual, _current(marks), 0, 0, 0, languages[-1])
        elif name == "EMC":
            marks.pop()
            languages.pop()
        elif name in ("Tj", "TJ"):
            meanings, widths = fonts[font]
            codes, length = _shown(operands[0], widths)
            meant = "".join(meanings.get(code, "\ufffd") for code in codes)
            if any(actual is not None for _, actual in marks):
                meant = ""
            end = text[4] + length / 1000 * size * text[0]
            height = size * abs(text[3])
            yield Run(meant, _current(marks), text[4], end, text[5], languages[-1], height)


def _times(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )


def _shown(operand: Any, widths: dict[int, float]) -> tuple[list[int], float]:
    """The codes of a text and its length in thousandths of its size."""
    codes, length = [], 0.0
    for part in operand if isinstance(operand, Array) else [operand]:
        if isinstance(part, pikepdf.String):
            data = bytes(part)
            found = struct.unpack(f">{len(data) // 2}H", data)
            codes += found
            length += sum(map(widths.__getitem__, found))
        else:
            length -= float(part)
    return codes, length


def _current(marks: list[tuple[int | None, str | None]]) -> int | None:
    return next((number for number, _ in reversed(marks) if number is not None), None)


def _font(font: Any, known: dict[Any, Font]) -> Font:
    """What a font's codes mean and how wide they are; most pages share their fonts."""
    if not font.is_indirect:
        return _unicode(font), _widths(font)
    if font.objgen not in known:
        known[font.objgen] = (_unicode(font), _widths(font))
    return known[font.objgen]


def _widths(font: Any) -> dict[int, float]:
    """The width of each code (ISO 32000-1, 9.7.4.3)."""
    widths = defaultdict[int, float](float)
    listed = list(font.DescendantFonts[0].get("/W", []))
    while listed:
        first = int(listed.pop(0))
        second = listed.pop(0)
        if isinstance(second, Array):
            widths.update((first + step, float(width)) for step, width in enumerate(second))
        else:
            width = float(listed.pop(0))
            widths.update((code, width) for code in range(first, int(second) + 1))
    return widths


def _unicode(font: Any) -> dict[int, str]:
    """What each code of a font means (ISO 32000-1, 9.10.3)."""
    source = font.ToUnicode.read_bytes().decode("latin-1")
    table: dict[int, str] = {}

    def text(code: str) -> str:
        return bytes.fromhex(code).decode("utf-16-be")

    for body in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, meaning in re.findall(r"<(\w+)>\s*<(\w*)>", body):
            table[int(code, 16)] = text(meaning)
    for body in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for low, high, first in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
            start = text(first)
            for step, code in enumerate(range(int(low, 16), int(high, 16) + 1)):
                table[code] = start[:-1] + chr(ord(start[-1]) + step)
    return table
