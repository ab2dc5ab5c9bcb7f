"""One import from files to tables: reading, planning, writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from klarplan.importer.files import read_sheets
from klarplan.importer.mapping_file import read_mapping
from klarplan.importer.outcome import Outcome
from klarplan.importer.take import Options, take_over
from klarplan.messages import KlarplanError, Text
from klarplan.pages.used_ids import used_before
from klarplan.strategy import csv_reader
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.csv_writer import replace_files
from klarplan.strategy.load import require_data
from klarplan.strategy.model import REQUIRED_TABLES
from klarplan.strategy.schema import Descriptor, read_descriptor


def _tables(root: Path, descriptor: Descriptor) -> dict[str, Table]:
    found: dict[str, Table] = {}
    for name, schema in descriptor.tables.items():
        path = root / "data" / schema.path
        if not path.is_file() or not path.stat().st_size:
            continue
        table, findings = csv_reader.read(path, name, f"data/{schema.path}")
        for finding in findings:
            if finding.severity == "error":
                raise KlarplanError(
                    finding.problem, finding.cure, file=finding.file, line=finding.line
                )
        if table is not None:
            found[name] = table
    return found


def tables_of(root: Path) -> Descriptor:
    """The description of the tables, which must know the required ones.

    Raises ``KlarplanError`` where it does not, or can't be read.
    """
    descriptor = read_descriptor(root)
    for name in REQUIRED_TABLES:
        if name not in descriptor.tables:
            raise KlarplanError(
                Text(
                    f"Die Beschreibung der Tabellen kennt „{name}“ nicht.",
                    f"The description of the tables does not know “{name}”.",
                ),
                Text("Ergänzen Sie die Tabelle.", "Add the table."),
                file=descriptor.file,
            )
    return descriptor


def plan_import(root: Path, files: Sequence[Path], mapping: Path, options: Options) -> Outcome:
    """What an import of the files into the strategy below ``root`` would do.

    Raises ``KlarplanError`` where files, mapping or existing tables can't be read.
    """
    require_data(root)
    descriptor = tables_of(root)
    existing = _tables(root, descriptor)
    own = {name: table.header for name, table in existing.items()}
    read = read_mapping(mapping, descriptor, own)
    options = replace(options, used=used_before(root, descriptor))
    return take_over(descriptor, existing, read, read_sheets(files), options)


def write_import(root: Path, outcome: Outcome) -> None:
    """Write the tables that change, all or none.

    Raises ``KlarplanError`` where a file can't be written; then nothing is changed.
    """
    replace_files({root / "data" / name: content for name, content in outcome.files.items()})
