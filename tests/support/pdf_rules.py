"""What the standards and we ask of a PDF: PDF/UA-1, PDF/A-3a, heads of tables; PDF/UA-2 to come."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import page
import pikepdf

from tests.support.print_reading import read

LIMITS = page.SafetyLimits(max_reference_depth=10_000)
"""Bookmarks are a chain, as long as there are measures."""


def failures(file: Path) -> list[str]:
    """What the two standards find wrong, and links inside that lead nowhere or to another page."""
    profiles = [page.ValidationProfile(name) for name in ("ua1", "3a")]
    found = [
        str(failure)
        for profile in profiles
        for failure in page.validate_pdf(str(file), profile=profile, limits=LIMITS).failures
    ]
    return found + [f"link astray: {told}" for told in links_astray(file)]


def links_astray(file: Path) -> list[str]:
    """The words of links inside that lead to no page of the PDF, or not to the one they name."""
    found = []
    with pikepdf.open(file) as pdf:
        numbers = {sheet.objgen: str(n) for n, sheet in enumerate(pdf.pages, 1)}
        held = pdf.Root.get("/Names", pikepdf.Dictionary()).get("/Dests")
        names = {} if held is None else dict(pikepdf.NameTree(held).items())
        for note in (note for sheet in pdf.pages for note in sheet.get("/Annots", ())):
            if "/Dest" not in note:
                continue
            goal = names.get(str(note.Dest)) if isinstance(note.Dest, pikepdf.String) else note.Dest
            number = goal and numbers.get(goal[0].objgen)
            told = str(note.get("/Contents", ""))
            named = re.search(r"(?:Seite|page) (\d+)$", told, re.IGNORECASE)
            if number is None or (named and named[1] != number):
                found.append(told)
    return found


def heads_without_scope(file: Path) -> list[str]:
    """Heads of tables that don't say what they are a head of."""
    return [head.text for head in read(file).find("TH") if "Scope" not in head.attributes]


UA_2 = {
    "version": "Fassung",
    "namespace": "Namensraum",
    "link": "Ziele von Links",
    "contents": "Inhaltsverzeichnis",
    "inside": "Verschachtelung",
}
"""What keeps PDF/UA-2 (ISO 14289-2) away, and what the handbook calls it."""
IN_BLOCKS = frozenset({"Document", "Part", "Div", "Sect", "L", "Table", "TR"})
"""What holds blocks and no words (ISO/TS 32005, table of nesting)."""


def ua_2_obstacles(file: Path) -> dict[str, int]:
    """How often a PDF lacks what PDF/UA-2 asks for: keys of ``UA_2``.

    The file must be PDF 2.0 (6.1) and state its part; its one root is a Document of the namespace
    of PDF 2.0 (8.2.4); links inside lead to elements of the structure (8.8); an entry of the
    contents refers to what it names (8.2.5.8); words stand in blocks (8.2.2).
    """
    found: Counter[str] = Counter()
    with pikepdf.open(file) as pdf:
        root = pdf.Root.StructTreeRoot
        with pdf.open_metadata() as metadata:
            found["version"] += pdf.pdf_version < "2.0" or metadata.get("pdfuaid:part") != "2"
        top = list(root.K) if isinstance(root.K, pikepdf.Array) else [root.K]
        found["namespace"] += len(top) != 1 or "/NS" not in top[0]
        for sheet in pdf.pages:
            for note in sheet.get("/Annots", ()):
                action = note.get("/A", {})
                inside = "/Dest" in note or action.get("/S") == "/GoTo"
                found["link"] += inside and "/SD" not in action
        for element in pdf.objects:
            if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
                continue
            kind = str(element.S)[1:]
            kids = element.get("/K", [])
            kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
            inner = [str(k.S)[1:] for k in kids if isinstance(k, pikepdf.Dictionary) and "/S" in k]
            found["contents"] += kind == "TOCI" and "/Ref" not in element
            found["inside"] += kind in IN_BLOCKS and bool({"Span", "Em", "Strong"} & set(inner))
    return {name: times for name, times in found.items() if times}
