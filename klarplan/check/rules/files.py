"""Rules on files beside the pages: whatever lies in docs/ and strategy/ is published."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import NOTHING, Finding, Text, did_you_mean

FOLDERS = ("data", "docs", "strategy")
_ENDINGS = """
    .bat .cmd .com .css .exe .hta .htm .html .jar .js .mht .mhtml .mjs .msi .php .ps1 .scr .sh
    .shtml .swf .vbs .wasm .xht .xhtml .xml .xsl .xslt
"""
ACTIVE = frozenset(_ENDINGS.split())
"""Endings of files that run code or style pages."""

_SVG_CODE = re.compile(
    r"<\s{0,9}(?:script|foreignobject|iframe|embed|object|handler)\b"
    r"|[\s\"'/]on[a-z]{2,30}\s{0,9}=|javascript\s{0,9}:|<!entity|<\?xml-stylesheet|@import"
    r"|(?:href|src)\s{0,9}=[\s\"']{0,9}(?:[a-z][a-z0-9+.-]{0,30}:)?//"
    r"|url\([\s\"']{0,9}(?:[a-z]{1,30}:)?//",
    re.IGNORECASE,
)


def _files(root: Path) -> Iterator[tuple[Path, str]]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*")):
            yield path, path.relative_to(root).as_posix()


@rule(
    "KP741",
    title=Text("Symbolischer Link", "Symbolic link"),
    de="Unter data/, docs/ und strategy/ liegen keine symbolischen Links: Was sie zeigen, wäre "
    "nicht geprüft oder nicht öffentlich.",
)
def symbolic_link(subject: Subject) -> Iterator[Finding]:
    """Below data/, docs/ and strategy/ there are no symbolic links to the unchecked or secret."""
    root = subject.loaded.root.resolve()
    folders = [
        (path, name)
        for name in FOLDERS
        if not (path := subject.loaded.root / name).resolve().is_relative_to(root)
    ]
    for path, name in (*folders, *_files(subject.loaded.root)):
        if path.is_symlink():
            yield Finding(
                rule="",
                file=name,
                problem=Text(
                    "Die Datei ist ein symbolischer Link.", "The file is a symbolic link."
                ),
                cure=Text(
                    "Ersetzen Sie ihn durch die Datei selbst.", "Replace it by the file itself."
                ),
            )


@rule(
    "KP742",
    title=Text("Datei mit Programmcode", "File with code"),
    de="Unter docs/ und strategy/ liegen keine Dateien, die Programmcode oder Stile enthalten: "
    "Sie würden mit veröffentlicht.",
    pages=True,
)
def active_file(subject: Subject) -> Iterator[Finding]:
    """Below docs/ and strategy/ there are no files with code or styles, as they are published."""
    for path, name in _files(subject.loaded.root):
        if path.suffix.lower() in ACTIVE and not name.startswith("data/") and path.is_file():
            yield Finding(
                rule="",
                file=name,
                value=path.suffix,
                problem=Text(
                    f"Dateien der Art „{path.suffix}“ werden nicht veröffentlicht.",
                    f"Files of kind “{path.suffix}” are not published.",
                ),
                cure=Text(
                    "Löschen Sie die Datei. Für Dokumente eignet sich PDF.",
                    "Delete the file. PDF suits documents.",
                ),
            )


@rule(
    "KP743",
    title=Text("Programmcode in einem Bild", "Code in an image"),
    de="SVG-Bilder enthalten weder Programmcode noch Verweise auf andere Server.",
    pages=True,
)
def active_image(subject: Subject) -> Iterator[Finding]:
    """SVG images contain neither code nor references to other servers."""
    for path, name in _files(subject.loaded.root):
        if path.suffix.lower() not in (".svg", ".svgz") or path.is_symlink() or not path.is_file():
            continue
        text = html.unescape(path.read_bytes().decode("utf-8", "replace"))
        found = _SVG_CODE.search(text)
        packed = path.suffix.lower() == ".svgz" or "\x00" in text
        if found or packed:
            yield Finding(
                rule="",
                file=name,
                line=text[: found.start()].count("\n") + 1 if found else None,
                value=found[0].strip() if found else None,
                problem=Text(
                    "Das Bild enthält Programmcode oder lädt etwas von einem anderen Server."
                    if found
                    else "Das Bild ist gepackt und lässt sich nicht prüfen.",
                    "The image contains code or loads something from another server."
                    if found
                    else "The image is packed and can't be checked.",
                ),
                cure=Text(
                    "Speichern Sie es als einfaches SVG oder als PNG.",
                    "Save it as a plain SVG or as PNG.",
                ),
            )


@rule(
    "KP744",
    title=Text("Tabelle ohne Beschreibung", "Table without description"),
    de="Jede CSV-Datei unter data/ ist in data/datapackage.json beschrieben.",
    severity="warning",
)
def undescribed(subject: Subject) -> Iterator[Finding]:
    """Each CSV file below data/ is described in data/datapackage.json."""
    known = [table.path for table in subject.loaded.descriptor.tables.values()]
    for path in sorted((subject.loaded.root / "data").glob("*")):
        if path.suffix.lower() not in (".csv", ".tsv", ".xlsx", ".ods") or path.name in known:
            continue
        guess = did_you_mean(path.name, known)
        yield Finding(
            rule="",
            file=f"data/{path.name}",
            problem=Text(
                "Diese Datei ist nicht beschrieben und wird nicht verwendet.",
                "This file is not described and not used.",
            ),
            cure=guess
            if guess != NOTHING
            else Text(
                "Beschreiben Sie sie in data/datapackage.json oder löschen Sie sie.",
                "Describe it in data/datapackage.json or delete it.",
            ),
        )
