"""A Word document as far as its text needs it: a stranger's ZIP file, looked at before it is read.

Only the parts that hold text go on, and none that declares a document type (XML 1.0, 2.8); the
pictures are kept apart, so that no other program unpacks them.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.pages.file_kinds import KINDS, MOST_PARTS, ContentError
from klarplan.zip_files import zipped

ENDING = ".docx"
LARGEST = 200_000_000
"""So many bytes the file may have, and each of its pictures."""
MOST_TEXT = 40_000_000
"""So many bytes the parts with text may have together."""
MOST_PICTURES = 500_000_000
"""So many bytes all pictures may have together."""

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/[a-z0-9]+\.xml"
    r"|word/_rels/[a-z0-9]+\.xml\.rels",
    re.IGNORECASE,
)
_MEDIA = "word/media/"
_TYPE = re.compile(rb"<!DOCTYPE|<!\x00?D|<\x00!\x00D", re.IGNORECASE)


def opened(path: Path, file: str) -> tuple[bytes, Mapping[str, bytes]]:
    """The document without its pictures, and these by the names that its text has for them.

    Raises ``KlarplanError`` for what is no Word document, holds macros, or is too large.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large(file)
        KINDS[ENDING](path)
        with zipfile.ZipFile(path) as archive:
            return _read(archive, file)
    except ContentError as error:
        raise KlarplanError(error.problem, error.cure, file=file) from error
    except (
        *(zipfile.BadZipFile, zlib.error, EOFError, OSError),
        *(NotImplementedError, RuntimeError, ValueError, KeyError),
    ) as error:
        raise KlarplanError(
            Text("Das Dokument ist beschädigt.", "The document is damaged."),
            Text("Speichern Sie es neu als DOCX.", "Save it again as DOCX."),
            file=file,
        ) from error


def _read(archive: zipfile.ZipFile, file: str) -> tuple[bytes, Mapping[str, bytes]]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MOST_PARTS:
        raise _too_large(file)
    parts: dict[str, bytes] = {}
    media: dict[str, bytes] = {}
    text = pictures = 0
    for entry in entries:
        name = entry.filename
        is_picture = name.startswith(_MEDIA) and "/" not in name.removeprefix(_MEDIA)
        if not is_picture and not _PARTS.fullmatch(name):
            continue
        left = MOST_PICTURES - pictures if is_picture else MOST_TEXT - text
        with archive.open(entry) as stream:
            content = stream.read(left + 1)
        if len(content) > left:
            raise _too_large(file)
        if is_picture:
            pictures += len(content)
            media[name.removeprefix("word/")] = content
            parts[name] = b"-"
        else:
            text += len(content)
            if _TYPE.search(content):
                raise ValueError(name)
            parts[name] = content
    return zipped(parts), media


def _too_large(file: str) -> KlarplanError:
    return KlarplanError(
        Text("Das Dokument ist zu groß.", "The document is too large."),
        Text(
            "Verkleinern Sie seine Bilder, oder teilen Sie es auf.",
            "Make its pictures smaller, or split it.",
        ),
        file=file,
    )
