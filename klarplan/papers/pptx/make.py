"""Writes slides as a presentation: titles, lists and tables are what programs take them for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from klarplan.look.colour import legible
from klarplan.papers.docx.finish import APP, core_properties, properties_of
from klarplan.papers.docx.parts import TYPES, A, R, packed, parse, written
from klarplan.papers.job import PaperJob
from klarplan.papers.pptx.reference import TITLE_OF_FIRST, TITLE_SIZE, P, reference
from klarplan.papers.pptx.slides import (
    ACROSS,
    BAR,
    CELL,
    EDGES,
    GAP,
    HEIGHT,
    LEFT,
    NOTE,
    NOTED,
    TEXT,
    TOP,
    Bars,
    Fitted,
    Points,
    Row,
    Slide,
    Table,
    breakable,
    broken,
    fitted,
    height,
    lines,
    row_height,
)
from klarplan.papers.text import breakable_anywhere
from klarplan.words.catalogue import Words
from klarplan.words.room import cut
from macros.bar_charts import Part, band

DECLARED = f'xmlns:a="{A}" xmlns:r="{R}" xmlns:p="{P}"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
CONTENT = "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"
FIRST, LIST, BARE = 1, 2, 6
"""Numbers of pandoc's layouts: a title slide, title and content, title alone."""
POINT = 12700
"""So many of the units of drawings are a point."""
LONGEST_TITLE = 110
BELOW_TITLE = 16
"""The size of what stands below the title of all slides."""
NUMBERS = 14
"""So many numbers of measures are named of those that a slide leaves out."""
HIGH, STRIP = 42, 8
"""Points from the top of a bar to its foot, and of the texture there."""
FOOTER = 110
"""So much room the line at the foot of a slide has."""
TEXTURES = (
    *("", "dkVert", "ltHorz", "wdDnDiag", "pct20", "dkHorz", "dashHorz", "ltVert", "wdUpDiag"),
    *("pct50", "smCheck", "smGrid"),
)
"""What tells parts without their colour (ISO/IEC 29500-1, 20.1.10.51); the first has nothing."""
INK, QUIET, RULE = "1A1A1A", "555555", "B8BEC4"


@dataclass(slots=True)
class _Sheet:
    """One slide as it is written."""

    words: Words
    primary: str
    footer: str
    ids: Iterator[int] = field(default_factory=lambda: count(2))

    def run(
        self, text: str, size: float = 0, colour: str = "", *, bold: bool = False, lang: str = ""
    ) -> str:
        held = f' sz="{round(size * 100)}"' if size else ""
        fill = f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>' if colour else ""
        held += ' b="1"' if bold else ""
        look = f'<a:rPr lang={quoteattr(lang or self.words.tag)}{held} dirty="0">{fill}</a:rPr>'
        end = look.replace("<a:rPr", "<a:br><a:rPr", 1) + "</a:br>"
        return end.join(f"<a:r>{look}<a:t>{escape(line)}</a:t></a:r>" for line in text.split("\n"))

    def spoken(self, row: Row) -> str:
        """The first text of a row; words in another language are a run of their own."""
        languages = dict(row.foreign)
        shown = broken(row.texts[0], row.across(), TEXT)
        if not languages:
            return self.run(shown)
        foreign = "|".join(map(re.escape, sorted(languages, key=len, reverse=True)))
        parts = filter(None, re.split(rf"(?<!\w)({foreign})(?!\w)", shown))
        return "".join(self.run(part, lang=languages.get(part, "")) for part in parts)

    def shape(self, name: str, kind: str, box: str, paragraphs: str, body: str = "") -> str:
        """A place of the layout, or a box of its own where it is none."""
        place = f"<p:nvPr>{kind}</p:nvPr>"
        form = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>' if box else ""
        is_box = "" if kind else ' txBox="1"'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.ids)}" name={quoteattr(name)}/>'
            f"<p:cNvSpPr{is_box}/>{place}</p:nvSpPr><p:spPr>{box}{form}</p:spPr>"
            f"<p:txBody>{body or '<a:bodyPr/>'}<a:lstStyle/>{paragraphs}</p:txBody></p:sp>"
        )

    def title(self, text: str, kind: str = "title", size: float = TITLE_SIZE) -> str:
        text = breakable_anywhere(cut(text, LONGEST_TITLE), self.words.lang)
        small = size if lines(text, ACROSS - EDGES, size) <= 2 else size * 0.75
        shown = broken(text, ACROSS - EDGES, small)
        content = f'<a:p><a:pPr algn="l"/>{self.run(shown, small)}</a:p>'
        box = "" if kind == "title" else _box("a", LEFT, 90, ACROSS, 100)
        body = "" if kind == "title" else '<a:bodyPr anchor="b"><a:normAutofit/></a:bodyPr>'
        return self.shape("Title", f'<p:ph type="{kind}"/>', box, content, body)

    def points(self, block: Points, top: float) -> str:
        paragraphs, first, before = "", 1, None
        for row in block.rows:
            mark = ""
            if row.place is not None:
                # Programs count on from the first of the points that follow each other.
                first = row.place if before is None or row.place != before + 1 else first
                start = f' startAt="{first}"' if first != 1 else ""
                mark = '<a:buFont typeface="+mj-lt"/>'
                mark += f'<a:buAutoNum type="arabicPeriod"{start}/>'
            look = f'<a:pPr marL="330200" indent="-330200">{mark}</a:pPr>'
            if row.bare:
                look = '<a:pPr marL="0" indent="0"><a:buNone/></a:pPr>'
            paragraphs += f"<a:p>{look}{self.spoken(row)}</a:p>"
            before = row.place
        box = _box("a", LEFT, top, ACROSS, height(block))
        body = '<a:bodyPr tIns="0" bIns="0"><a:normAutofit/></a:bodyPr>'
        return self.shape("Content", '<p:ph idx="1"/>', box, paragraphs, body)

    def table(self, block: Table, top: float, name: str) -> str:
        whole = sum(block.shares)
        widths = [round(ACROSS * POINT * share / whole) for share in block.shares]
        grid = "".join(f'<a:gridCol w="{width}"/>' for width in widths)
        rows = self._row(block, block.head, head=True)
        rows += "".join(self._row(block, row.texts) for row in block.rows)
        return (
            f'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="{next(self.ids)}" '
            f'name={quoteattr(name)}/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/>'
            f"</p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>"
            f"{_box('p', LEFT, top, ACROSS, height(block))}<a:graphic><a:graphicData "
            'uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
            f'<a:tblPr firstRow="1"/><a:tblGrid>{grid}</a:tblGrid>{rows}</a:tbl>'
            "</a:graphicData></a:graphic></p:graphicFrame>"
        )

    def _row(self, block: Table, texts: Sequence[str], *, head: bool = False) -> str:
        line = f'<a:solidFill><a:srgbClr val="{self.primary if head else RULE}"/></a:solidFill>'
        look = (
            f'<a:tcPr marT="{round(GAP / 2 * POINT)}" marB="{round(GAP / 2 * POINT)}">'
            '<a:lnL w="0"><a:noFill/></a:lnL><a:lnR w="0"><a:noFill/></a:lnR>'
            f'<a:lnT w="0"><a:noFill/></a:lnT><a:lnB w="9525">{line}</a:lnB><a:noFill/></a:tcPr>'
        )
        cells = ""
        for number, (text, wide) in enumerate(zip(texts, block.across(), strict=True)):
            shown = broken(text, wide, block.size)
            side = ' algn="r"' if number in block.numbers else ""
            colour = self.primary if head else INK
            bold = head or number == 0
            cells += (
                f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr{side}/>"
                f"{self.run(shown, block.size, colour, bold=bold)}</a:p></a:txBody>{look}</a:tc>"
            )
        return f'<a:tr h="{round(row_height(block, texts) * POINT)}">{cells}</a:tr>'

    def bars(self, block: Bars, top: float) -> str:
        """One bar, whose parts are as wide as they count, and below it what they are.

        Each carries its symbol, with its number where there is room, and a texture at its foot.
        """
        number, shapes = next(self.ids), ""
        parts = [Part(many, colour, symbol) for _, symbol, many, colour in block.parts]
        for part, area in band(parts, top, HIGH):
            at, wide = LEFT + ACROSS * area.x / 100, ACROSS * area.width / 100
            told = f"{part.sign} {part.count}".strip()
            shown = told if wide > len(told) * CELL * 0.62 + 6 else part.sign
            fill = (
                f'<a:solidFill><a:srgbClr val="{part.colour[1:].upper()}"/></a:solidFill>'
                '<a:ln w="25400"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln>'
            )
            shapes += self._part(_box("a", at, top, wide, HIGH), fill, shown)
            if texture := TEXTURES[area.texture]:
                fill = (
                    f'<a:pattFill prst="{texture}"><a:fgClr><a:srgbClr val="FFFFFF"/></a:fgClr>'
                    f'<a:bgClr><a:srgbClr val="{part.colour[1:].upper()}"/></a:bgClr></a:pattFill>'
                    "<a:ln><a:noFill/></a:ln>"
                )
                strip = _box("a", at + 1, top + HIGH - 1 - STRIP, wide - 2, STRIP)
                shapes += self._part(strip, fill, "")
        extent = _extent(LEFT, top, ACROSS, HIGH)
        child = extent.replace("a:off", "a:chOff").replace("a:ext", "a:chExt")
        group = (
            f'<p:grpSp><p:nvGrpSpPr><p:cNvPr id="{number}" name="Chart" '
            f"descr={quoteattr(block.alt)}/>"
            f"<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{extent}{child}</a:xfrm>"
            f"</p:grpSpPr>{shapes}</p:grpSp>"
        )
        told = "   ".join(f"{symbol}\u00a0{label}:\u00a0{n}" for label, symbol, n, _ in block.parts)
        return group + self.text(told, top + HIGH + 6, BAR - HIGH - 8)

    def _part(self, box: str, fill: str, text: str) -> str:
        look = f'<a:p><a:pPr algn="ctr"/>{self.run(text, CELL, "FFFFFF", bold=True)}</a:p>'
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="{next(self.ids)}" name="Part"/><p:cNvSpPr/><p:nvPr/>'
            f"</p:nvSpPr><p:spPr>{box}"
            f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{fill}</p:spPr>'
            f'<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="{STRIP * POINT}" anchor="ctr" '
            f'wrap="none"/><a:lstStyle/>{look}</p:txBody></p:sp>'
        )

    def text(self, text: str, top: float, high: float, colour: str = INK) -> str:
        body = '<a:bodyPr wrap="square" tIns="0" bIns="0"><a:normAutofit/></a:bodyPr>'
        shown = broken(breakable_anywhere(text, self.words.lang), ACROSS - EDGES, NOTE)
        content = f"<a:p>{self.run(shown, NOTE, colour)}</a:p>"
        return self.shape("Text", "", _box("a", LEFT, top, ACROSS, high), content, body)

    def foot(self) -> str:
        shown = cut(self.footer, FOOTER)
        text = f'<a:p><a:pPr algn="l"/>{self.run(shown, 9, QUIET)}</a:p>'
        box = _box("a", LEFT, HEIGHT - 30, ACROSS - 120, 22)
        number = (
            '<a:p><a:fld id="{C5EF2332-01BF-834F-8236-50238282D533}" type="slidenum">'
            f'<a:rPr lang="{self.words.tag}"/><a:t>‹#›</a:t></a:fld></a:p>'
        )
        return self.shape("Footer", '<p:ph type="ftr" sz="quarter" idx="11"/>', box, text) + (
            self.shape("Number", '<p:ph type="sldNum" sz="quarter" idx="12"/>', "", number)
        )


def make_pptx(job: PaperJob, date: str, slides: Sequence[Slide]) -> int:
    """Write the slides of a job behind a first one with its title; the size in bytes.

    Two slides have never the same title, and what does not fit is told below what does.
    """
    primary = legible(job.primary_colour)
    footer = " · ".join(filter(None, (job.publisher, job.title)))
    parts = reference(job.words.tag, primary)
    made = [_first(job, _Sheet(job.words, primary[1:].upper(), footer), date)]
    layouts = [FIRST]
    titles: set[str] = {job.title}
    for slide in slides:
        title, number = slide.title, 2
        while title in titles:
            title, number = f"{slide.title} ({number})", number + 1
        titles.add(title)
        sheet = _Sheet(job.words, primary[1:].upper(), footer)
        made.append(_slide(sheet, fitted(breakable(slide, job.words.lang)), title))
        layouts.append(LIST if isinstance(slide.content[0], Points) else BARE)
    for number, (content, layout) in enumerate(zip(made, layouts, strict=True), 1):
        _add(parts, number, content, layout)
    _listed(parts, len(made))
    parts["docProps/core.xml"], parts["docProps/app.xml"] = (
        core_properties(properties_of(job, job.title)),
        APP,
    )
    document = packed(parts)
    job.target.write_bytes(document)
    return len(document)


def _first(job: PaperJob, sheet: _Sheet, date: str) -> str:
    told = [
        broken(breakable_anywhere(cut(text, 120), job.words.lang), ACROSS - EDGES, BELOW_TITLE)
        for text in (job.subtitle, job.publisher, date)
        if text
    ]
    below = "".join(
        f'<a:p><a:pPr algn="l"/>{sheet.run(text, BELOW_TITLE, QUIET)}</a:p>' for text in told
    )
    return sheet.title(job.title, "ctrTitle", TITLE_OF_FIRST) + sheet.shape(
        "Subtitle",
        '<p:ph type="subTitle" idx="1"/>',
        _box("a", LEFT, 205, ACROSS, 110),
        below,
        "<a:bodyPr><a:normAutofit/></a:bodyPr>",
    )


def _slide(sheet: _Sheet, shown: Fitted, title: str) -> str:
    content, top = sheet.title(title), TOP
    for block in shown.slide.content:
        if isinstance(block, Points):
            content += sheet.points(block, top)
        elif isinstance(block, Table):
            content += sheet.table(block, top, title)
        else:
            content += sheet.bars(block, top)
        top += height(block) + GAP
    if shown.more or shown.slide.cut:
        content += sheet.text(_left_out(shown, sheet.words), top, NOTED, QUIET)
    return content + sheet.foot()


def _left_out(shown: Fitted, words: Words) -> str:
    """What a slide leaves out, by numbers of points or measures, and where all of it stands."""
    section = shown.slide.section
    more = shown.more - sum(row.bare for row in shown.left)
    if not more:
        return words("print.slides.all", section=section)
    numbers = list(dict.fromkeys(row.number for row in shown.left if row.number))
    named = ", ".join(numbers[:NUMBERS])
    if named and (len(numbers) > NUMBERS or shown.more > len(shown.left)):
        named = words("print.slides.and_others", numbers=named)
    places = [row.place for row in shown.left if row.place is not None]
    if len(places) == more and places == list(range(places[0], places[0] + more)):
        told = words("print.slides.more_points", n=more, first=places[0], last=places[-1])
    elif named:
        told = words("print.slides.more_numbered", n=more, numbers=named)
    else:
        told = words("print.slides.more", n=more)
    return f"{told} {words('print.slides.all', section=section)}" if section else told


def _extent(left: float, top: float, wide: float, high: float) -> str:
    x, y, cx, cy = (round(value * POINT) for value in (left, top, wide, high))
    return f'<a:off x="{x}" y="{y}"/><a:ext cx="{cx}" cy="{cy}"/>'


def _box(space: str, left: float, top: float, wide: float, high: float) -> str:
    return f"<{space}:xfrm>{_extent(left, top, wide, high)}</{space}:xfrm>"


def _add(parts: dict[str, bytes], number: int, content: str, layout: int) -> None:
    """Add a slide on its layout."""
    whole = (
        f'<p:sld {DECLARED}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/>'
        "<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>"
        f"{content}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
    )
    parts[f"ppt/slides/slide{number}.xml"] = written(parse(whole.encode()))
    target = f"../slideLayouts/slideLayout{layout}.xml"
    parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" '
        f'Type="{RELATION}slideLayout" Target="{target}"/></Relationships>'
    ).encode()


def _listed(parts: dict[str, bytes], slides: int) -> None:
    """Name the slides in what holds them together."""
    place = "ppt/_rels/presentation.xml.rels"
    types, relations = parse(parts[TYPES]), parse(parts[place])
    whole = parse(parts["ppt/presentation.xml"])
    for notes in whole.findall(f"{{{P}}}notesMasterIdLst"):
        whole.remove(notes)
    shown = whole.find(f"{{{P}}}sldIdLst")
    assert shown is not None
    shown[:] = []
    for number in range(1, slides + 1):
        name = f"slides/slide{number}.xml"
        override = types.makeelement(f"{{{types.nsmap[None]}}}Override")
        override.set("PartName", f"/ppt/{name}")
        override.set("ContentType", CONTENT)
        types.append(override)
        related = relations.makeelement(f"{{{RELATIONS}}}Relationship")
        for key, value in (("Id", f"rIdSlide{number}"), ("Type", f"{RELATION}slide")):
            related.set(key, value)
        related.set("Target", name)
        relations.append(related)
        entry = shown.makeelement(f"{{{P}}}sldId")
        entry.set("id", str(255 + number))
        entry.set(f"{{{R}}}id", f"rIdSlide{number}")
        shown.append(entry)
    parts[TYPES], parts[place] = written(types), written(relations)
    parts["ppt/presentation.xml"] = written(whole)
