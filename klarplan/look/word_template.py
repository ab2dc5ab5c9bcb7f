"""A town's template for Word documents, ``local/vorlage.docx``: its parts, looked at before use.

Part names, content types and relationships are those of ECMA-376 (Office Open XML). Nothing in it
may run, or fetch anything when somebody opens the document.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from lxml import etree

from klarplan.messages import KlarplanError, Text

WORD_TEMPLATE = "local/vorlage.docx"
MOST_BYTES = 10_000_000
MOST_UNPACKED = 50_000_000
MOST_PARTS = 1_000
"""Bounds of the file, of all its parts together, and of their number."""
STYLES = "word/styles.xml"
NEEDED = ("[Content_Types].xml", "word/document.xml", STYLES)
FORMER = b"\xd0\xcf\x11\xe0"
"""How a file of the former format begins, and one with a password."""
_ACTIVE = re.compile(r"vba|activex|/embeddings/|oleobject|attachedtoolbars|/afchunk", re.IGNORECASE)
_LINKED = re.compile(r"(?:https?://|mailto:)[^\s]+", re.IGNORECASE)
_SAVE = Text(
    "Speichern Sie die Vorlage in Word neu: „Speichern unter“, „Word-Dokument (*.docx)“.",
    "Save the template anew in Word: “Save as”, “Word document (*.docx)”.",
)


def _refused(problem: Text, cure: Text = _SAVE) -> KlarplanError:
    return KlarplanError(problem, cure, file=WORD_TEMPLATE)


def word_template(root: Path) -> Mapping[str, bytes] | None:
    """The parts of the town's template by name; ``None`` where there is none.

    Raises ``KlarplanError`` where it is none that can be used safely.
    """
    path = root / WORD_TEMPLATE
    if not path.is_file() or path.is_symlink() or path.parent.is_symlink():
        return None
    if path.stat().st_size > MOST_BYTES:
        raise _too_large()
    parts = _parts(path.read_bytes())
    listed = parts[NEEDED[0]].lower()
    if b"macroenabled" in listed or any(_ACTIVE.search(name) for name in parts):
        raise _refused(
            Text(
                "Die Vorlage enthält Makros, eingebettete oder aktive Teile.",
                "The template holds macros, embedded or active parts.",
            )
        )
    if b"wordprocessingml.document.main+xml" not in listed:
        raise _refused(
            Text("Die Datei ist kein Word-Dokument.", "The file is no Word document."),
        )
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            _look_at(name, content)
    return parts


def _too_large() -> KlarplanError:
    return _refused(
        Text(
            f"Die Vorlage ist zu groß: erlaubt sind {MOST_BYTES // 1_000_000} MB, entpackt "
            f"{MOST_UNPACKED // 1_000_000} MB in höchstens {MOST_PARTS} Teilen.",
            f"The template is too large: {MOST_BYTES // 1_000_000} MB are allowed, unpacked "
            f"{MOST_UNPACKED // 1_000_000} MB in at most {MOST_PARTS} parts.",
        ),
        Text(
            "Verkleinern Sie die Bilder darin, und löschen Sie ihren Text.",
            "Make its pictures smaller, and delete its text.",
        ),
    )


def _parts(document: bytes) -> dict[str, bytes]:
    if document.startswith(FORMER):
        raise _refused(
            Text(
                "Die Vorlage hat das alte Format (.doc) oder ein Kennwort.",
                "The template has the former format (.doc), or a password.",
            )
        )
    try:
        with zipfile.ZipFile(io.BytesIO(document)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            names = {entry.filename for entry in entries}
            if len(entries) > MOST_PARTS or sum(e.file_size for e in entries) > MOST_UNPACKED:
                raise _too_large()
            if len(names) < len(entries):
                raise zipfile.BadZipFile
            if missing := [name for name in NEEDED if name not in names]:
                raise _incomplete(missing)
            return {entry.filename: archive.read(entry) for entry in entries}
    except (
        *(zipfile.BadZipFile, zlib.error, ValueError, RuntimeError),
        *(NotImplementedError, OSError, EOFError),
    ) as error:
        raise _refused(
            Text(
                "Die Datei ist beschädigt oder kein Word-Dokument.",
                "The file is damaged, or no Word document.",
            )
        ) from error


def _incomplete(missing: Sequence[str]) -> KlarplanError:
    """What is said of an archive without what every template needs."""
    if missing == [STYLES]:
        return _refused(
            Text(
                f"In der Vorlage fehlt der Teil {STYLES} mit den Formatvorlagen für Überschriften, "
                "Text, Listen und Tabellen.",
                f"The template lacks the part {STYLES} with the styles of headings, text, lists "
                "and tables.",
            ),
            Text(
                "Öffnen Sie die Vorlage in Word, geben Sie einer Zeile die Formatvorlage "
                "„Überschrift 1“, und speichern Sie neu: „Speichern unter“, „Word-Dokument "
                "(*.docx)“. Word schreibt dabei alle Formatvorlagen in die Datei.",
                "Open the template in Word, give a line the style “Heading 1”, and save it anew: "
                "“Save as”, “Word document (*.docx)”. Word then writes all styles into the file.",
            ),
        )
    told = ", ".join(missing)
    return _refused(
        Text(
            f"Die Datei ist ein ZIP-Archiv, aber kein Word-Dokument; es fehlt: {told}.",
            f"The file is a ZIP archive, but no Word document; it lacks: {told}.",
        )
    )


def _look_at(name: str, content: bytes) -> None:
    """Raise ``KlarplanError`` where a part is no plain XML, or leads elsewhere."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise _refused(
            Text(f"Der Teil {name} ist beschädigt.", f"The part {name} is damaged.")
        ) from error
    if tree.getroottree().docinfo.internalDTD is not None:
        raise _refused(
            Text(
                f"Der Teil {name} bestimmt seine eigene Sprache (DOCTYPE); Word schreibt so etwas "
                "nie.",
                f"The part {name} defines a language of its own (DOCTYPE), which Word never does.",
            )
        )
    if not name.endswith(".rels"):
        return
    for relation in tree:
        target = relation.get("Target", "") if isinstance(relation.tag, str) else ""
        outside = relation.get("TargetMode", "").casefold() == "external"
        link = relation.get("Type", "").endswith("/hyperlink") and _LINKED.fullmatch(target)
        if outside and not link:
            raise _refused(
                Text(
                    f"Die Vorlage lädt beim Öffnen etwas von außerhalb: „{target[:80]}“.",
                    f"The template fetches something when it is opened: “{target[:80]}”.",
                ),
                Text(
                    "Fügen Sie Bilder ein, statt sie zu verknüpfen, und lösen Sie die Verbindung "
                    "zu einer anderen Vorlage (Entwicklertools, Dokumentvorlage).",
                    "Insert pictures in place of links to them, and detach another template "
                    "(Developer, Document Template).",
                ),
            )
