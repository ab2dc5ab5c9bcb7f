"""Tables that can't be read, or that nothing goes without: what is made without them is wrong."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from klarplan.messages import KlarplanError, Text
from klarplan.strategy import csv_reader
from klarplan.strategy.load import missing_table
from klarplan.strategy.model import REQUIRED_TABLES
from klarplan.strategy.schema import Descriptor


def refuse_unread(root: Path, descriptor: Descriptor, read: Collection[str]) -> None:
    """Raise ``KlarplanError`` where a table below ``root`` was not ``read``.

    That is one that has a file, or that must have one.
    """
    for name, schema in descriptor.tables.items():
        file = f"data/{schema.path}"
        if name in read or not (root / file).exists():
            continue
        _, findings = csv_reader.read(root / file, name, file)
        finding = next((f for f in findings if f.severity == "error"), None)
        problem = finding.problem if finding else Text("Nicht lesbar.", "Not readable.")
        cure = finding.cure if finding else Text("Prüfen Sie die Datei.", "Check the file.")
        raise KlarplanError(problem, cure, file=file, line=finding.line if finding else None)
    for name in REQUIRED_TABLES:
        if name not in read:
            lacking = missing_table(root, descriptor, name)
            raise KlarplanError(lacking.problem, lacking.cure, file=lacking.file)
