"""What may lie beside pages: an allow list of kinds, contents and names."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from PIL import Image

from klarplan.check.run import check
from klarplan.pages.file_kinds import KINDS
from klarplan.pages.files import beside_pages, names, published, told
from tests.support.klein import DAY, KLEIN, copied, errors
from tests.support.project import REPOSITORY

ODT = "application/vnd.oasis.opendocument.text"


def packed(parts: Mapping[str, str]) -> bytes:
    """A ZIP file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def docx(more: Mapping[str, str] | None = None, types: str = "") -> bytes:
    """A Word document with more parts."""
    parts = {"[Content_Types].xml": f"<Types>{types}</Types>", "word/document.xml": "<x/>"}
    return packed(parts | dict(more or {}))


def odt(more: Mapping[str, str] | None = None, kind: str = ODT) -> bytes:
    """A document of LibreOffice with more parts."""
    return packed({"mimetype": kind, "META-INF/manifest.xml": "<m/>"} | dict(more or {}))


def put(root: Path, file: str, content: bytes) -> None:
    """Write a file; its folder is made where it is missing."""
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def image(kind: str) -> bytes:
    """A picture of a few pixels."""
    written = io.BytesIO()
    Image.new("RGB", (3, 2), "red").save(written, kind)
    return written.getvalue()


PNG = image("PNG")
GOOD = {
    "a.png": PNG,
    "Foto (2) vom Rathaus.JPG": image("JPEG"),
    "a.gif": image("GIF"),
    "a.webp": image("WEBP"),
    "a.avif": b"\0\0\0\x20ftypavif",
    "1. Bericht.pdf": b"%PDF-1.4",
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"/>',
    "Beschluss_2026-01.pdf": b"%PDF-1.7",
    "a.docx": docx(),
    "a.odt": odt(),
    "a.csv": "a;b\nÄ;1 < 2\n".encode(),
    "a.txt": b"Text",
    "a.ics": b"BEGIN:VCALENDAR\r\n",
    "a.geojson": b' {"type": "x"}',
    "a.vtt": b"WEBVTT\n",
    "a.mp4": b"\0\0\0\x20ftypisom",
    "a.webm": b"\x1aE\xdf\xa3",
    "a.mp3": b"ID3",
    "unterordner/größe.png": PNG,
}


@pytest.mark.parametrize("name", GOOD)
def test_known_kinds_are_published(name: str, tmp_path: Path) -> None:
    """Pictures, documents, tables, sounds and films of known kinds go onto the site."""
    root = copied(tmp_path)
    put(root, f"docs/{name}", GOOD[name])
    assert errors(root) == []
    assert name in {found.place for found in published(root, "")}


BAD_CONTENT = {
    "page as picture": ("a.png", b"<html><script>x</script>"),
    "picture of another kind": ("a.png", b"\xff\xd8\xff"),
    "page as text": ("a.txt", b"  <!DOCTYPE html><script>x</script>"),
    "page as table": ("a.csv", b"\n<html>"),
    "comment as text": ("a.txt", b"<!-- x --><script>"),
    "binary as text": ("a.txt", b"a\0b"),
    "latin-1 as text": ("a.csv", b"\xc4;1"),
    "utf-16 as text": ("a.txt", "x".encode("utf-16")),
    "page as calendar": ("a.ics", b"x"),
    "script as JSON": ("a.json", b"alert(1)"),
    "page as PDF": ("a.pdf", b"<html>%PDF-1.7"),
    "page as film": ("a.mp4", b"<html>"),
    "nothing": ("a.png", b""),
    "text as office": ("a.docx", b"PK no zip"),
    "zip behind a page": ("a.docx", b"<html>" + docx()),
    "other zip": ("a.docx", packed({"a": "b"})),
    "table as text document": ("a.docx", packed({"[Content_Types].xml": "", "xl/a": ""})),
    "macros": ("a.docx", docx({"word/vbaProject.bin": "x"})),
    "macros by type": ("a.docx", docx(types="application/vnd.ms-word.document.macroEnabled.x")),
    "active parts": ("a.docx", docx({"word/activeX/activeX1.bin": "x"})),
    "linked template": ("a.docx", docx({"word/_rels/settings.xml.rels": "<attachedTemplate/>"})),
    "macro sheet": (
        "a.xlsx",
        packed({"[Content_Types].xml": "", "xl/a": "", "xl/macrosheets/s.xml": ""}),
    ),
    "basic": ("a.odt", odt({"Basic/Standard/x.xml": "x"})),
    "scripts": ("a.odt", odt({"Scripts/python/x.py": "x"})),
    "other mimetype": ("a.odt", odt(kind="application/x")),
    "page as drawing": ("a.svg", b"<html/>"),
}


@pytest.mark.parametrize("name", BAD_CONTENT)
def test_content_must_fit_the_ending(name: str, tmp_path: Path) -> None:
    """A file that is not what its ending says is an error and is not published."""
    root = copied(tmp_path)
    file, content = BAD_CONTENT[name]
    put(root, f"docs/{file}", content)
    (finding,) = errors(root)
    assert finding.rule == ("KP743" if file.endswith(".svg") else "KP742")
    assert finding.file == f"docs/{file}"
    assert file not in {found.place for found in published(root, "")}


OTHERS = """
    p.markdown p.mkd p.mdown p.mkdn p.MD _redirects _headers web.config a.php a.php5 a.xpdl
    .htaccess .user.ini .nojekyll CNAME a.html a.htm a.xhtml a.js a.mjs a.css a.xml a.svgz a.docm
    a.xlsm a.pptm a.exe a.zip a.swf a.yml a.ttf a.woff2 ohne a.png.php a.url
"""


@pytest.mark.parametrize("folder", ["docs", "strategy", "docs/unter", "strategy/fields"])
@pytest.mark.parametrize("name", OTHERS.split())
def test_all_else_is_an_error(folder: str, name: str, tmp_path: Path) -> None:
    """What is not on the list is refused by file, with a cure, in docs/ and in strategy/."""
    root = copied(tmp_path)
    put(root, f"{folder}/{name}", b"x")
    found = [one for one in beside_pages(root, "") if one.fault]
    assert [one.file for one in found] == [f"{folder}/{name}"]
    fault = found[0].fault
    assert fault is not None
    assert fault.cure.de


def test_the_list_is_told(tmp_path: Path) -> None:
    """The check names the file and what is allowed instead."""
    root = copied(tmp_path)
    put(root, "docs/a.exe", b"x")
    (finding,) = errors(root)
    assert (finding.rule, finding.file) == ("KP742", "docs/a.exe")
    assert ".md .png" in finding.cure.de


@pytest.mark.parametrize(
    "name",
    ["a'b.png", 'a"b.png', "<b>.png", "a#b.png", "a?b.png", "a%41.png", "a\nb.png", "_a.png",
     ".a.png", "-a.png", " a.png", "a.png ", "a.", "con.png", "LPT1.pdf", "aux", "a\u202eb.png",
     "a&b.png", "a;b.png", "a`b.png", "a\u0308.png", "n" * 130 + ".png", "\u0430.png"],
)  # fmt: skip
def test_names_are_plain(name: str, tmp_path: Path) -> None:
    """A file or page with signs that browsers, servers or systems read is an error."""
    for file in (f"docs/{name}", f"docs/{name}/a.png", f"docs/{name}.md", f"strategy/{name}"):
        root = copied(tmp_path / str(abs(hash(file))))
        try:
            put(root, file, PNG)
        except OSError:
            continue
        found = [one for one in beside_pages(root, "") if one.fault]
        assert [one.file for one in found] == [file.removesuffix("/a.png")]


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    """A folder that is called like a page is an error."""
    root = copied(tmp_path)
    put(root, "docs/x.md/a.png", PNG)
    assert [(f.rule, f.file) for f in errors(root)] == [("KP742", "docs/x.md")]


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "Thumbs.db",
        "~$x.docx",
        ".~lock.x.odt#",
        ".gitkeep",
        "._x.png",
        "x.md~",
        "x.md.eigene",
        "x.png.eigene-2",
    ],
)
def test_leftovers_are_no_fault(name: str, tmp_path: Path) -> None:
    """What systems and editors leave behind is neither published nor told."""
    root = copied(tmp_path)
    put(root, f"docs/{name}", b"x")
    put(root, f"strategy/{name}", b"x")
    assert errors(root) == []
    assert not any(name in found.file for found in beside_pages(root, ""))


@pytest.mark.parametrize(
    "file", ["pagefind/a.txt", "assets/javascripts/a.txt", "Daten/a.csv", "robots.txt"]
)
def test_places_of_the_site_are_ours(file: str, tmp_path: Path) -> None:
    """Nothing of docs/ lies where the site has its own files."""
    root = copied(tmp_path)
    put(root, f"docs/{file}", b"x")
    assert [(f.rule, f.file) for f in errors(root)] == [("KP742", f"docs/{file}")]


def test_fonts_lie_in_their_folder(tmp_path: Path) -> None:
    """A typeface of one's own is published from its folder with its licence, and nowhere else."""
    root = copied(tmp_path)
    for file in ("schrift/a.ttf", "schrift/b.otf", "schrift/c.woff2", "schrift/OFL", "d.ttf"):
        start = {"b": b"OTTO", "c": b"wOF2", "O": b"SIL"}.get(Path(file).name[0], b"\0\x01\0\0")
        put(root, f"docs/{file}", start)
    found = {one.file: one.fault for one in beside_pages(root, "schrift")}
    assert {file for file, fault in found.items() if fault} == {"docs/d.ttf"}
    assert {"docs/schrift/OFL", "docs/schrift/c.woff2"} <= set(found)


def test_the_small_strategy_publishes_its_picture_anew() -> None:
    """A drawing beside the pages is published as it is written anew."""
    (found,) = (one for one in published(KLEIN, "") if one.file.startswith("strategy/"))
    assert found.place == "bilder/kreise.svg"
    assert found.content().startswith(b"<svg xmlns=")


def test_the_handbook_names_the_kinds() -> None:
    """The handbook lists the kinds of files that are published."""
    page = (REPOSITORY / "docs/handbuch/webserver.md").read_text(encoding="utf-8")
    assert " ".join(KINDS) in page


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("![Plan](plan.png)", "plan.png"),
        ("![Plan][p]\n\n[p]: <Plan%20(2).png>", "Plan (2).png"),
        ("[Plan](bilder/gr\\_sse.pdf)", "gr_sse.pdf"),
        ("![Plan](Gr&ouml;&szlig;e.png)", "Größe.png"),
    ],
)
def test_a_text_names_its_files(text: str, name: str) -> None:
    """A file below strategy/ is named by a text however Markdown lets its name be written."""
    assert names(told(["Vorher", text]), f"strategy/measures/{name}")
    assert not names(told(["Vorher"]), f"strategy/measures/{name}")
    assert names(told(["Vorher"]), f"docs/{name}")


def test_a_file_that_no_text_names_is_told(tmp_path: Path) -> None:
    """A file below strategy/ that no text names is a warning; one that a text names is none."""
    root = copied(tmp_path)
    vision = root / "strategy/vision.md"
    vision.write_text(f"{vision.read_text('utf-8')}\n![Ein Plan](plan.png)\n", "utf-8")
    for file in ("strategy/plan.png", "strategy/rest.png", "strategy/tief/notiz.txt"):
        put(root, file, PNG if file.endswith("png") else b"Text")
    put(root, "docs/frei.png", PNG)
    found = [f.file for f in check(root, DAY) if f.rule == "KP748"]
    assert found == ["strategy/rest.png", "strategy/tief/notiz.txt"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("![Plan](plan.svg)", False),
        ("![Plan](../measures/plan.svg)", False),
        ("![Plan](../pictures/plan.svg)", True),
    ],
)
def test_a_text_names_the_picture_of_a_row_with_its_folder(text: str, named: bool) -> None:
    """A public text with a picture of the same name does not publish that of an internal row."""
    assert names(told([text]), "strategy/pictures/plan.svg") is named
