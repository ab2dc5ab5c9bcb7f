"""What the check tells of pictures of measures, fields and events, and of their files."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from klarplan.check.run import check
from klarplan.look.row_pictures import PICTURE_FOLDER
from klarplan.messages import Finding
from tests.support.klein import DAY, copied

HEADER = "id,owner_table,owner,file,alt,caption,credit,licence,licence_url,order\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{}</svg>\n'


def photo(kind: str = "JPEG", **options: object) -> bytes:
    """A small photo."""
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(written, kind, **options)
    return written.getvalue()


def with_picture(folder: Path, row: str, name: str = "f.jpg", content: bytes = b"") -> Path:
    """The small strategy with one picture and its file."""
    root = copied(folder)
    (root / "data/pictures.csv").write_text(f"{HEADER}{row}\n", encoding="utf-8")
    (root / PICTURE_FOLDER).mkdir()
    (root / PICTURE_FOLDER / name).write_bytes(content or photo())
    return root


def told(root: Path) -> list[Finding]:
    """What is told of pictures."""
    before = ("data/pictures.csv", PICTURE_FOLDER)
    return [found for found in check(root, DAY) if found.file.startswith(before)]


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("B-1,measures,A-1,f.jpg,Ein Amt,,A. B.,CC0,,", "f.jpg"),
        ("B-1,fields_of_action,F-1,Über uns.PNG,Ein Amt,Das Amt.,Amt,CC BY 4.0,,2", "Über uns.PNG"),
        ("B-1,measures,A-8,f.webp,Intern,,Amt,mit Erlaubnis,https://x.example/l,1", "f.webp"),
    ],
    ids=["photo", "spaces", "internal"],
)
def test_a_picture_with_all_it_needs_is_fine(tmp_path: Path, row: str, name: str) -> None:
    """File, alternative text, creator and licence are enough; caption and address may be left."""
    kinds = {".png": "PNG", ".webp": "WEBP"}
    content = photo(kinds.get(Path(name).suffix.lower(), "JPEG"))
    assert told(with_picture(tmp_path, row, name, content)) == []


@pytest.mark.parametrize(
    ("row", "column", "problem", "cure"),
    [
        ("B-1,measures,A-1,g.jpg,Amt,,A,CC0,,", "file", "keine Datei „g.jpg“", "f.jpg"),
        ("B-1,measures,A-1,F.JPG,Amt,,A,CC0,,", "file", "keine Datei „F.JPG“", "f.jpg"),
        ("B-1,measures,A-1,ganz-anders.png,Amt,,A,CC0,,", "file", "gibt es keine Datei", "Legen"),
        ("B-1,measures,A-1,../vision.jpg,Amt,,A,CC0,,", "file", "liegt nicht in", "Legen"),
        ("B-1,measures,A-1,strategy/pictures/f.jpg,Amt,,A,CC0,,", "file", "liegt nicht", "Namen"),
        ("B-1,measures,A-1,C:\\f.jpg,Amt,,A,CC0,,", "file", "liegt nicht in", "Legen"),
        (
            "B-1,measures,A-1,https://x.example/f.jpg,Amt,,A,CC0,,",
            "file",
            "anderen Servern",
            "Lizenz",
        ),
        ("B-1,measures,A-1,f.pdf,Amt,,A,CC0,,", "file", "kein Bild in JPG", "als JPG"),
        ("B-1,measures,A-1,f,Amt,,A,CC0,,", "file", "kein Bild in JPG", "Endung"),
        ("B-1,measures,A-1,,Amt,,A,CC0,,", "file", "darf nicht leer sein", ""),
        ("B-1,measures,A-1,f.jpg,,,A,CC0,,", "alt", "darf nicht leer sein", ""),
        ("B-1,measures,A-1,f.jpg,Amt,,,CC0,,", "credit", "darf nicht leer sein", ""),
        ("B-1,measures,A-1,f.jpg,Amt,,A,,,", "licence", "darf nicht leer sein", ""),
        ("B-1,measures,A-99,f.jpg,Amt,,A,CC0,,", "owner", "„A-99“ gibt es in", ""),
        ("B-1,participation,T-1,f.jpg,Amt,,A,CC0,,", "owner", "„T-1“ gibt es in", ""),
        ("B-1,goals,G-1,f.jpg,Amt,,A,CC0,,", "owner_table", "", ""),
    ],
)
def test_what_is_wrong_with_a_row_is_told_at_its_cell(
    tmp_path: Path, row: str, column: str, problem: str, cure: str
) -> None:
    """One message names file, line, cell and cure."""
    root = with_picture(tmp_path, row)
    (found,) = (f for f in told(root) if f.file == "data/pictures.csv")
    assert (found.line, found.column, found.severity) == (2, column, "error")
    assert problem in found.problem.de
    assert cure in found.cure.de


@pytest.mark.parametrize(
    ("name", "content", "rule", "problem"),
    [
        ("f.svg", DRAWING.format("<script>x()</script>").encode(), "KP743", "<script>"),
        ("f.svg", DRAWING.format("\n<a href='https://x.example'/>").encode(), "KP743", "<a>"),
        ("f.svg", b"<svg", "KP743", "XML"),
        ("f.jpg", b"\xff\xd8\xff kein Bild", "KP742", "nicht"),
        ("f.png", photo(), "KP742", "vom Typ JPG"),
    ],
)
def test_hostile_and_damaged_files_are_told_once(
    tmp_path: Path, name: str, content: bytes, rule: str, problem: str
) -> None:
    """The message names the file, and the line of a drawing; its row is not told of, too."""
    root = with_picture(tmp_path, f"B-1,measures,A-1,{name},Amt,,A,CC0,,", name, content)
    (found,) = told(root)
    assert (found.rule, found.file, found.severity) == (rule, f"{PICTURE_FOLDER}/{name}", "error")
    assert problem in found.problem.de


def test_a_huge_picture_is_told(tmp_path: Path) -> None:
    """A picture of more pixels than can be unpacked is an error of its file."""
    row = "B-1,measures,A-1,f.png,Amt,,A,CC0,,"
    written = io.BytesIO()
    Image.new("1", (10_000, 6_000)).save(written, "PNG")
    (found,) = told(with_picture(tmp_path, row, "f.png", written.getvalue()))
    assert (found.rule, found.severity) == ("KP742", "error")
    assert "60 Millionen Bildpunkte" in found.problem.de


def test_a_moving_picture_is_told(tmp_path: Path) -> None:
    """A WebP that moves has no sizes: its cell is told of."""
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "WEBP", save_all=True, append_images=frames[1:])
    row = "B-1,measures,A-1,f.webp,Amt,,A,CC0,,"
    (found,) = told(with_picture(tmp_path, row, "f.webp", written.getvalue()))
    assert (found.rule, found.column) == ("KP219", "file")


def test_a_file_that_no_row_names_is_told(tmp_path: Path) -> None:
    """It is a warning that says where to enter it."""
    root = with_picture(tmp_path, "B-1,measures,A-1,f.jpg,Amt,,A,CC0,,")
    (root / PICTURE_FOLDER / "g.jpg").write_bytes(photo())
    (found,) = told(root)
    assert (found.rule, found.severity) == ("KP748", "warning")
    assert found.file == f"{PICTURE_FOLDER}/g.jpg"
    assert "data/pictures.csv" in found.cure.de
