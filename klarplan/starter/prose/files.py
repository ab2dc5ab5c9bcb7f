"""Pictures and documents that texts show or link to, copied where the site may publish them."""

from __future__ import annotations

from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.pages.file_kinds import KINDS, ContentError
from klarplan.pages.file_names import plain as plain_name
from klarplan.strategy.settings import DOCS

FOLDER = f"{DOCS}dateien/"
MOST_BYTES = 500_000_000
"""So many bytes may be taken over beside the texts."""
_LONGEST = 60


class Files:
    """The files that were asked for, each once, under a name that is best in an address."""

    def __init__(self) -> None:
        self._places: dict[Path, str] = {}
        self._bytes = 0

    def place(self, path: Path) -> str:
        """Where a file goes, from the root; ``ContentError`` where it can't be published."""
        path = path.resolve()
        if path in self._places:
            return self._places[path]
        ending = path.suffix.lower()
        if ending not in KINDS:
            raise ContentError(
                Text(
                    f"Dateien der Art „{path.suffix or path.name}“ werden nicht veröffentlicht.",
                    f"Files of kind “{path.suffix or path.name}” are not published.",
                )
            )
        self._bytes += path.stat().st_size
        if self._bytes > MOST_BYTES:
            raise KlarplanError(
                Text(
                    "Bilder und Dokumente sind zusammen zu groß.",
                    "Pictures and documents are too large together.",
                ),
                Text("Verkleinern Sie die Bilder.", "Make the pictures smaller."),
            )
        KINDS[ending](path)
        stem = plain_name(path.stem.replace(".", " "))[:_LONGEST].strip("-._")
        stem = stem if stem and stem.isascii() else "datei"
        name, number = f"{FOLDER}{stem}{ending}", 1
        while name in self._places.values():
            number += 1
            name = f"{FOLDER}{stem}-{number}{ending}"
        self._places[path] = name
        return name

    def contents(self) -> dict[str, bytes]:
        """All files by their place."""
        return {name: path.read_bytes() for path, name in self._places.items()}
