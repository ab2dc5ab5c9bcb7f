"""Texts that lie compressed beside themselves, for web servers that send what is there."""

from __future__ import annotations

import gzip
from pathlib import Path

from klarplan.strategy.media_types import is_text, media_type

LEAST = 1_000
"""Texts of fewer bytes gain nothing: they fit into one packet of the network."""


def pack(site: Path) -> None:
    """Put ``x.html.gz`` beside ``x.html`` and so on; equal texts give equal bytes."""
    texts = [p for p in site.rglob("*") if is_text(media_type(p.name)) and p.is_file()]
    for path in texts:
        content = path.read_bytes()
        if len(content) >= LEAST:
            packed = gzip.compress(content, compresslevel=9, mtime=0)
            path.with_name(f"{path.name}.gz").write_bytes(packed)
