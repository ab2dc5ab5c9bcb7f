"""QR codes that lead from paper to the live page (ISO/IEC 18004)."""

from __future__ import annotations

import io
from functools import cache

QUIET_ZONE = 4
"""Empty modules around a code (ISO/IEC 18004, 5.3.8)."""


@cache
def qr_svg(address: str) -> str:
    """The code of an address as an SVG drawing, black on white; nothing where it is too long.

    Level M at least: it is read even where 15 percent of it are dirty or torn.
    """
    import segno  # noqa: PLC0415 - it loads all that speaks HTTP, and few commands draw codes
    from segno.encoder import DataOverflowError  # noqa: PLC0415

    drawn = io.BytesIO()
    try:
        code = segno.make_qr(address, error="m", encoding="utf-8")
    except DataOverflowError:
        return ""
    code.save(
        drawn,
        kind="svg",
        border=QUIET_ZONE,
        light="#fff",
        xmldecl=False,
        nl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
    )
    return drawn.getvalue().decode()


def short(address: str) -> str:
    """An address as people type it, without ``https://``."""
    return address.partition("://")[2] or address
