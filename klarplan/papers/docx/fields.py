"""The numbers of captions as Word's own fields, and links to them as references.

Who adds a table in Word has the others counted anew; Word's lists of figures and tables find them.
What a field shows is what updating it gives (ECMA-376, 17.16.5: ``SEQ``, ``REF``).
"""

from __future__ import annotations

import re
from copy import deepcopy
from xml.sax.saxutils import quoteattr

from lxml import etree

from klarplan.papers.captions import Kind, numbered
from klarplan.papers.docx.parts import fragment, w
from klarplan.words.catalogue import Words

PLACE = re.compile(r"ref_(figure|table)_(\d+)")
NAMES: dict[str, str] = {"figure": "print.figures_in_word", "table": "print.tables_in_word"}


def place_of(kind: Kind, number: int) -> str:
    """The name of the place where the label of a caption stands."""
    return f"ref_{kind}_{number}"


def put_fields(tree: etree._Element, said: Words) -> None:
    """Makes fields of the labels of captions and of the links that lead to them."""
    for start in list(tree.iter(w("bookmarkStart"))):
        found = PLACE.fullmatch(start.get(w("name"), ""))
        if found:
            start.set(w("name"), f"_{found[0]}")  # as Word's own, which its lists don't show
            _count(start.getnext(), found[2], said(NAMES[found[1]]))
    for link in list(tree.iter(w("hyperlink"))):
        if PLACE.fullmatch(place := link.get(w("anchor"), "")):
            made = _field(f"REF _{place} \\h")
            for style in list(link.iter(w("rStyle"))):
                style.getparent().remove(style)  # type: ignore[union-attr]  # as updated: none
            made.extend(run for run in link if run.tag == w("r"))
            link.addprevious(made)
            link.getparent().remove(link)  # type: ignore[union-attr]  # it stands in a paragraph
    for title in tree.iter(w("tblCaption")):
        title.set(w("val"), _without_label(title.get(w("val"), ""), said))


def _count(run: etree._Element | None, number: str, name: str) -> None:
    """Parts the run of a label into what stands before its number, and the number as a field."""
    text = None if run is None else run.find(w("t"))
    if run is None or text is None:
        return
    counted = deepcopy(run)
    text.text = (text.text or "").removesuffix(number)
    counted.find(w("t")).text = number  # type: ignore[union-attr]  # a copy of what has one
    made = _field(f"SEQ {name} \\* ARABIC")
    made.append(counted)
    run.addnext(made)


def _field(code: str) -> etree._Element:
    return fragment(f"<w:fldSimple w:instr={quoteattr(f' {code} ')}/>")[0]


def _without_label(text: str, said: Words) -> str:
    """The name of a table without the number of its caption, which it would not follow."""
    before, after = map(re.escape, numbered("table", "", said))
    return re.sub(rf"^{before}\d+{after}\s*", "", text)
