"""Pictures for Word: PNG and JPEG as they are, all else as PNG, drawings as SVG besides.

Word shows an SVG only beside a PNG that stands in for it, which is of print quality. The
typesetter draws that with the fonts of the PDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import typst
from lxml.html import HtmlElement

from klarplan.look.glyphs import FONTS, Glyphs
from klarplan.papers.docx.drawings import for_office
from klarplan.papers.job import Page
from klarplan.papers.markup import literal
from klarplan.papers.pictures import Pictures

RESOLUTION = 200
"""Pixels an inch of a drawing."""
WIDEST = 165.0
"""Millimetres between the margins."""
HIGHEST = 215.0
"""Millimetres that leave room on the page for a caption with a long key."""
DOTS = 0.75
"""The typesetter takes a pixel of a picture for a point, but one of a drawing for what it is."""
AS_THEY_ARE = {".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: its bytes, their format, what it shows in words, its width in millimetres.

    ``drawing`` is the SVG that it stands in for.
    """

    content: bytes
    kind: str
    alt: str
    width: float
    drawing: bytes | None = None


def images_of(
    article: HtmlElement, page: Page, pictures: Pictures, glyphs: Glyphs
) -> dict[HtmlElement, Image | None]:
    """The pictures of an article by their element, in order; ``None`` where one can't be read.

    Raises ``KlarplanError`` for a picture without alternative text.
    """
    found = pictures.collect(article, page, glyphs)
    return {node: _image(pictures.work, name, alt) for node, (name, alt) in found.items()}


def _image(work: Path, name: str, alt: str) -> Image | None:
    if not name:
        return None
    drawn_as = 1 if Path(name).suffix == ".svg" else DOTS
    main = work / "image.typ"
    main.write_text(
        '#set text(font: "Source Sans 3")\n'
        "#set page(width: auto, height: auto, margin: 0pt, fill: none)\n"
        f"#context {{\n  let size = measure(image({literal('/' + name)}))\n"
        f"  let wide = calc.min(size.width * {drawn_as}, {WIDEST}mm, "
        f"size.width / size.height * {HIGHEST}mm)\n"
        f"  image({literal('/' + name)}, width: wide)\n}}\n",
        encoding="utf-8",
        newline="\n",
    )
    try:
        drawn = typst.Compiler(
            str(main),
            root=str(work),
            font_paths=[str(path) for path in FONTS],
            ignore_system_fonts=True,
        ).compile(format="png", ppi=RESOLUTION)
    except typst.TypstError:
        return None
    assert isinstance(drawn, bytes)
    width = int.from_bytes(drawn[16:20]) / RESOLUTION * 25.4
    kind = AS_THEY_ARE.get(Path(name).suffix)
    content = (work / name).read_bytes() if kind else drawn
    drawing = for_office((work / name).read_bytes()) if Path(name).suffix == ".svg" else None
    return Image(content, kind or "png", alt, width, drawing)
