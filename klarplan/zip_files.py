"""ZIP files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Mapping

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file can name."""
UNIX = 3
"""The system that is named as the maker; Python would name the one it runs on."""


def zipped(files: Mapping[str, bytes], executable: Collection[str] = ()) -> bytes:
    """A ZIP file of these files in their order: no time of day, the same on every system.

    Those that are ``executable`` may be run.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = UNIX
            entry.external_attr = (0o755 if name in executable else 0o644) << 16
            archive.writestr(entry, content)
    return buffer.getvalue()
