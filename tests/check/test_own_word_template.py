"""The town's template for Word: what is refused before anything is made of it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.look.word_template import MOST_UNPACKED
from klarplan.messages import Finding
from klarplan.papers.docx.parts import packed
from tests.support import own, word
from tests.support.klein import DAY, copied

BOMB = b"<a>" + b" " * MOST_UNPACKED + b"</a>"
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "&c;&c;"><!ENTITY c "x">]><a>&b;</a>'
MACROS = word.parts()["[Content_Types].xml"].replace(
    b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main"
)
LYING = word.template().replace(b"word/styles.xml", b"word/../../x.xm")
WITHOUT_STYLES = {n: part for n, part in word.parts().items() if n != "word/styles.xml"}
EMPTY = io.BytesIO()
zipfile.ZipFile(EMPTY, "w").close()
HOSTILE = {
    "empty": (b"", "beschädigt"),
    "a text": ("Grüße aus Auental".encode(), "beschädigt"),
    "half a file": (word.template()[:4000], "beschädigt"),
    "an empty archive": (EMPTY.getvalue(), "es fehlt: [Content_Types].xml, word/document.xml"),
    "another archive": (packed({"a.txt": b"x", "word/styles.xml": b"<a/>"}), "kein Word-Dokument"),
    "without styles": (packed(WITHOUT_STYLES), "word/styles.xml mit den Formatvorlagen"),
    "a part of another name": (LYING, "word/styles.xml"),
    "the former format": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Kennwort"),
    "with macros": (word.with_parts({"word/vbaProject.bin": b"x"}), "Makros"),
    "called docx with macros": (word.with_parts({"[Content_Types].xml": MACROS}), "Makros"),
    "with an embedded program": (word.with_parts({"word/embeddings/ole.bin": b"MZ"}), "Makros"),
    "with ActiveX": (word.with_parts({"word/activeX/activeX1.xml": b"<a/>"}), "Makros"),
    "a bomb": (word.with_parts({"word/media/größe.xml": BOMB}), "zu groß"),
    "many parts": (word.with_parts({f"word/{n}.xml": b"<a/>" for n in range(1001)}), "zu groß"),
    "entities": (word.with_parts({"word/theme/theme1.xml": ENTITIES}), "DOCTYPE"),
    "no XML": (word.with_parts({"word/theme/theme1.xml": b"<a><b></a>"}), "beschädigt"),
    "another template": (
        word.with_parts(
            {word.SETTINGS_RELS: word.relation("https://x.example/n.dotm", "attachedTemplate")}
        ),
        "„https://x.example/n.dotm“",
    ),
    "a linked picture": (
        word.with_parts({word.DOCUMENT_RELS: word.relation("file:///C:/wappen.png", "image")}),
        "von außerhalb",
    ),
    "a link to a file": (
        word.with_parts({word.DOCUMENT_RELS: word.relation("file://server/x", "hyperlink")}),
        "von außerhalb",
    ),
}


def told(root: Path, template: bytes) -> list[Finding]:
    """What the check says of a template."""
    own.put(root, {"local/vorlage.docx": template})
    return list(check(root, DAY))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_template_that_could_harm_is_refused(tmp_path: Path, kind: str) -> None:
    """What is broken, runs, grows or fetches is one error with its cure."""
    content, said = HOSTILE[kind]
    (found,) = told(copied(tmp_path), content)
    assert (found.rule, found.severity, found.file) == ("KP074", "error", "local/vorlage.docx")
    assert said in found.problem.de
    assert found.cure.de


@pytest.mark.parametrize("address", ["https://auental.example/", "mailto:rathaus@auental.example"])
def test_a_template_with_a_letterhead_is_accepted(tmp_path: Path, address: str) -> None:
    """Styles, header, footer and links to the town's website are fine."""
    links = word.relation(address, "hyperlink")
    assert told(copied(tmp_path), word.with_parts({"word/_rels/header1.xml.rels": links})) == []
