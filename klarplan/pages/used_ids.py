"""The ids that are not to be given: of adopted pages, all that git knows, official numbers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from klarplan.pages.adopted import read_adopted
from klarplan.strategy import csv_reader
from klarplan.strategy.former_ids import Ids, files_with_ids, former_ids
from klarplan.strategy.new_ids import Used
from klarplan.strategy.schema import Descriptor

NUMBER = "official_id"


def used_before(root: Path, descriptor: Descriptor) -> Used:
    """Ids that are not to be given again below ``root``; git is asked once, when it is needed."""

    @cache
    def former() -> Ids:
        return former_ids(root, files_with_ids(descriptor))

    promises = read_adopted(root).promises
    adopted = [promise.address.strip("/").rpartition("/")[2] for promise in promises]
    return Used((*adopted, *_numbers(root, descriptor)), lambda table: former().get(table, {}))


def _numbers(root: Path, descriptor: Descriptor) -> Iterator[str]:
    """The official numbers of rows, which nobody would tell from ids of the same form."""
    for name, schema in descriptor.tables.items():
        file = f"data/{schema.path}"
        if NUMBER in schema.columns and (root / file).is_file():
            table = csv_reader.read(root / file, name, file)[0]
            at = table.column(NUMBER) if table else None
            yield from (
                r[at] for r in (table.records if table else ()) if at is not None and at < len(r)
            )
