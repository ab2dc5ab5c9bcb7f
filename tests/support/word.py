"""Templates for Word as towns have them: with their own styles, letterhead and paper."""

from __future__ import annotations

import re
from collections.abc import Mapping

from klarplan.papers.docx.parts import packed, unpacked
from klarplan.papers.docx.reference import reference
from klarplan.words.catalogue import GERMAN

SETTINGS_RELS = "word/_rels/settings.xml.rels"
DOCUMENT_RELS = "word/_rels/document.xml.rels"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def parts(head: str = "Rathaus Auental · Kirchgasse 2", wide: int = 12240) -> dict[str, bytes]:
    """The parts of a template in a German Word's way, with this head on paper this ``wide``."""
    made = unpacked(reference(GERMAN, "#123456", "#654321", head, "Bankverbindung"))
    styles = made["word/styles.xml"].decode()
    styles = styles.replace('"Heading1"', '"berschrift1"').replace("123456", "0A7B3C")
    gone = r'<w:style [^>]*w:styleId="(?:Title|Kontakt)".*?</w:style>'
    made["word/styles.xml"] = re.sub(gone, "", styles, flags=re.DOTALL).encode()
    page = made["word/document.xml"].decode().replace('w:w="11906"', f'w:w="{wide}"')
    made["word/document.xml"] = page.encode()
    return made


def template(**kwargs: str) -> bytes:
    """The same as a file."""
    return packed(parts(**kwargs))  # type: ignore[arg-type]


def with_parts(more: Mapping[str, bytes]) -> bytes:
    """A template in which these parts are new or others."""
    return packed(parts() | more)


def relation(target: str, kind: str) -> bytes:
    """A list of relations with one that leads elsewhere."""
    return (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId99" Type="{OFFICE}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    ).encode()
