"""Brings the files of a search index into one order, so that equal pages give equal files.

Pagefind writes the values of a filter in an order that changes from run to run. The lists are
CBOR (RFC 8949) in gzip.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path
from typing import TypeAlias

import cbor2

Item: TypeAlias = "int | str | list[Item]"

SIGNATURE = b"pagefind_dcd"
FILTERS = 3
"""The place of the filters in the list of all parts."""


def settle(folder: Path) -> None:
    """Sort the filters of the index in ``folder`` and name each file by what it holds.

    Raises ``ValueError`` where the files are not what Pagefind 1.5 writes.
    """
    entry_file = folder / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for language, known in entry["languages"].items():
        meta_file = folder / f"pagefind.{known['hash']}.pf_meta"
        parts = _list(_read(meta_file))
        filters: list[Item] = []
        for pair in _list(parts[FILTERS]):
            name, identifier = _pair(pair)
            old = folder / "filter" / f"{identifier}.pf_filter"
            _, values = _pair(_read(old))
            content = _packed([name, sorted(_list(values), key=str)])
            old.unlink()
            fresh = f"{language}_{_digest(content)[:7]}"
            (folder / "filter" / f"{fresh}.pf_filter").write_bytes(content)
            filters.append([name, fresh])
        parts[FILTERS] = sorted(filters, key=str)
        content = _packed(parts)
        meta_file.unlink()
        known["hash"] = f"{language}_{_digest(content)[:10]}"
        (folder / f"pagefind.{known['hash']}.pf_meta").write_bytes(content)
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    entry_file.write_text(text, encoding="utf-8", newline="\n")


def _list(item: Item) -> list[Item]:
    if isinstance(item, list):
        return item
    raise ValueError(item)


def _pair(item: Item) -> tuple[str, Item]:
    if isinstance(item, list) and len(item) == 2 and isinstance(item[0], str):
        return item[0], item[1]
    raise ValueError(item)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read(file: Path) -> Item:
    content = gzip.decompress(file.read_bytes())
    if not content.startswith(SIGNATURE):
        raise ValueError(file.name)
    try:
        item: Item = cbor2.loads(content.removeprefix(SIGNATURE))
    except cbor2.CBORError as error:
        raise ValueError(file.name) from error
    return item


def _packed(item: Item) -> bytes:
    return gzip.compress(SIGNATURE + cbor2.dumps(item), mtime=0)
