"""The kinds of files that may lie beside pages and are published, each known by its content.

A file is what its ending says, or it is refused: nobody can give a script or a page another name.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from klarplan.look.drawing import DrawingError, cleaned
from klarplan.look.raster import MOST_PIXELS, is_whole, kind_of, pixels
from klarplan.messages import NOTHING, Text

Check = Callable[[Path], None]
"""Looks at the content of a file; raises ``ContentError`` where it is not what its ending says."""

MOST_TEXT = 20_000_000
"""Longer texts are not published."""
MOST_PARTS = 10_000
"""So many files an office document may hold."""

MOST_LISTING = 5_000_000
"""So many bytes are read of the lists within an office document."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MARKUP = re.compile(r"<[A-Za-z!?/]")
SNIFFED = 1_024
"""Browsers guess from so many characters what a text is (MIME Sniffing Standard)."""

_WORD = {".docx": "word/", ".xlsx": "xl/", ".pptx": "ppt/"}
_OPEN = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odp": b"application/vnd.oasis.opendocument.presentation",
}
_MACROS = re.compile(
    r"vba|/activex/|/macrosheets/|/dialogsheets/|oleobject|^basic/|^scripts/|/basic/|/scripts/",
    re.IGNORECASE,
)
_MACRO_WORDS = (b"macroenabled", b"vbaproject", b"attachedtemplate", b"activex")


class ContentError(Exception):
    """A file is not what its ending says; ``line`` counts from 1 where there is one."""

    def __init__(self, problem: Text, cure: Text = NOTHING, line: int | None = None) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.cure = cure
        self.line = line


def _begins(*beginnings: bytes, at: int = 0) -> Check:
    def check(path: Path) -> None:
        with path.open("rb") as file:
            head = file.read(64)[at:]
        if not head.startswith(beginnings):
            raise _other(path)

    return check


def _webp(path: Path) -> None:
    with path.open("rb") as file:
        head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WEBP":
        raise _other(path)


def _picture(begins: Check) -> Check:
    def check(path: Path) -> None:
        begins(path)
        content = path.read_bytes()
        found = pixels(content)
        if found > MOST_PIXELS:
            millions, most = found // 1_000_000, MOST_PIXELS // 1_000_000
            raise ContentError(
                Text(
                    f"Das Bild hat {millions} Millionen Bildpunkte, möglich sind {most}.",
                    f"The picture has {millions} million pixels, {most} are possible.",
                ),
                Text("Verkleinern Sie es.", "Make it smaller."),
            )
        if not found or not is_whole(content):
            raise ContentError(
                Text(
                    "Das Bild ist beschädigt: Die Datei ist nicht vollständig.",
                    "The picture is damaged: the file is not complete.",
                ),
                Text(
                    "Kopieren Sie sie noch einmal aus der Quelle, oder speichern Sie das Bild neu.",
                    "Copy it from its source again, or save the picture anew.",
                ),
            )

    return check


def plain_text(path: Path) -> str:
    """A text in UTF-8 that no browser takes for a page; raises ``ContentError`` for others."""
    if path.stat().st_size > MOST_TEXT:
        megabytes = MOST_TEXT // 1_000_000
        raise ContentError(
            Text(
                f"Die Datei ist zu groß (mehr als {megabytes} MB).",
                f"The file is too large (more than {megabytes} MB).",
            )
        )
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError(
            Text("Die Datei ist nicht in UTF-8 gespeichert.", "The file is not saved in UTF-8."),
            Text(
                "Speichern Sie sie als „UTF-8“; Umlaute prüfen.",
                "Save it as “UTF-8”; check the umlauts.",
            ),
        ) from error
    if found := _CONTROL.search(text):
        raise ContentError(
            Text("Die Datei enthält Steuerzeichen.", "The file has control characters."),
            line=text.count("\n", 0, found.start()) + 1,
        )
    if found := _MARKUP.search(text, 0, SNIFFED):
        raise ContentError(
            Text(
                "Ein Browser könnte die Datei für eine Seite halten: Am Anfang steht ein Befehl "
                "in spitzen Klammern.",
                "A browser could take the file for a page: it begins with a tag in angle brackets.",
            ),
            line=text.count("\n", 0, found.start()) + 1,
        )
    return text


def _text(*beginnings: str) -> Check:
    def check(path: Path) -> None:
        text = plain_text(path).lstrip()
        if beginnings and not text.startswith(beginnings):
            raise _other(path)

    return check


def _office(path: Path) -> None:
    """An office document without macros: a ZIP file with the list of its parts."""
    ending = path.suffix.lower()
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\x03\x04":
                raise _other(path)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if len(names) > MOST_PARTS or len(set(names)) < len(names):
                raise _other(path)
            if ending in _OPEN:
                fits = names[:1] == ["mimetype"] and _part(archive, "mimetype") == _OPEN[ending]
                listed = _part(archive, "META-INF/manifest.xml")
            else:
                fits = any(name.startswith(_WORD[ending]) for name in names)
                links = [n for n in names if n.endswith("settings.xml.rels")]
                lists = ["[Content_Types].xml", *links]
                listed = b"".join(_part(archive, name) for name in lists)
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, OSError, zlib.error) as error:
        raise _other(path) from error
    if not fits:
        raise _other(path)
    lower = listed.lower()
    if any(_MACROS.search(name) for name in names) or any(word in lower for word in _MACRO_WORDS):
        raise ContentError(
            Text(
                "Das Dokument enthält Makros, aktive Teile oder eine verknüpfte Vorlage.",
                "The document holds macros, active parts or a linked template.",
            ),
            Text(
                "Speichern Sie es ohne Makros, oder als PDF.", "Save it without macros, or as PDF."
            ),
        )


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        found = part.read(MOST_LISTING + 1)
    if len(found) > MOST_LISTING:
        raise ValueError(name)
    return found


_LFS = b"version https://git-lfs"


def _other(path: Path) -> ContentError:
    ending = path.suffix.lower()
    with path.open("rb") as file:
        head = file.read(64)
    if not head:
        return ContentError(
            Text("Die Datei ist leer.", "The file is empty."),
            Text("Kopieren Sie sie noch einmal.", "Copy it again."),
        )
    if head.startswith(_LFS):
        return ContentError(
            Text(
                "Hier liegt nur ein Verweis von Git LFS, nicht die Datei selbst.",
                "Here is only a pointer of Git LFS, not the file itself.",
            ),
            Text("Holen Sie die Datei: git lfs pull", "Get the file: git lfs pull"),
        )
    if kind := kind_of(head):
        new = f"{path.stem}.{kind.lower()}"
        shows = f".{kind.lower()}" in KINDS
        return ContentError(
            Text(
                f"Die Datei endet auf „{path.suffix}“, ist aber vom Typ {kind}.",
                f"The file ends in “{path.suffix}”, but its type is {kind}.",
            ),
            Text(
                f"Benennen Sie sie um in {new}, auch dort, wo Texte sie nennen.",
                f"Rename it to {new}, also where texts name it.",
            )
            if shows
            else Text(
                "Öffnen Sie das Bild, und speichern Sie es als JPG.",
                "Open the picture, and save it as JPG.",
            ),
        )
    return ContentError(
        Text(
            f"Der Inhalt der Datei passt nicht zu ihrer Endung „{ending}“.",
            f"The content of the file does not fit its ending “{ending}”.",
        ),
        Text(
            "Öffnen Sie sie mit ihrem Programm, und speichern Sie sie neu.",
            "Open it with its program and save it again.",
        ),
    )


def _drawing(path: Path) -> None:
    try:
        cleaned(path.read_bytes())
    except DrawingError as error:
        raise ContentError(error.problem, error.cure, error.line) from error


KINDS: Mapping[str, Check] = {
    ".png": _picture(_begins(b"\x89PNG\r\n\x1a\n")),
    ".jpg": _picture(_begins(b"\xff\xd8\xff")),
    ".jpeg": _picture(_begins(b"\xff\xd8\xff")),
    ".gif": _picture(_begins(b"GIF87a", b"GIF89a")),
    ".webp": _picture(_webp),
    ".avif": _begins(b"ftypavif", b"ftypavis", at=4),
    ".svg": _drawing,
    ".pdf": _begins(b"%PDF-"),
    **dict.fromkeys((*_WORD, *_OPEN), _office),
    ".csv": _text(),
    ".txt": _text(),
    ".ics": _text("BEGIN:VCALENDAR"),
    ".json": _text("{", "["),
    ".geojson": _text("{"),
    ".vtt": _text("WEBVTT"),
    ".mp4": _begins(b"ftyp", at=4),
    ".webm": _begins(b"\x1aE\xdf\xa3"),
    ".mp3": _begins(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
}
"""What may lie beside pages: each ending with the function that looks at the content."""

SHOWN = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg"),
        *(".mp4", ".webm", ".mp3", ".vtt"),
    )
)
"""The endings of what pages can show: pictures, films, sounds, and the subtitles of films."""

FONTS: Mapping[str, Check] = {
    ".ttf": _begins(b"\x00\x01\x00\x00", b"true"),
    ".otf": _begins(b"OTTO"),
    ".woff2": _begins(b"wOF2"),
}
"""What may lie beside it in the folder of a typeface of one's own."""

LICENCES: Mapping[str, Check] = dict.fromkeys(("LICENSE", "LICENCE", "OFL"), _text())
"""The texts of licences there that have no ending, by their names."""

HANDBOOK: Mapping[str, Check] = {".yml": _text()}
"""What may lie beside it in the handbook."""
