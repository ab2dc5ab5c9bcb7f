"""Reads QR codes from drawings and from pages of a PDF, as a camera would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import zxingcpp

DOTS = 300 / 72
"""Pixels for a point; office printers are at least as fine."""


def codes_of(file: Path) -> Iterator[list[str]]:
    """For each page of a PDF what its QR codes say."""
    document = pypdfium2.PdfDocument(file)
    try:
        for page in document:
            found = zxingcpp.read_barcodes(page.render(scale=DOTS).to_pil())
            yield [code.text for code in found]
    finally:
        document.close()
