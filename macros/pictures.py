"""Macros on pictures of measures, fields of action and events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.messages import Text
from macros.registry import Context, macro, one_of

Data = Mapping[str, Any]

OWNERS = ("measures", "fields_of_action", "participation")
"""Tables whose rows may have pictures."""


@macro
def pictures(ctx: Context, table: str, id: str) -> Data | None:  # noqa: A002 (what authors write)
    """Zeigt die Bilder zu einem Eintrag, mit Bildunterschrift, Urheber und Lizenz.

    Die Tabelle ist `measures`, `fields_of_action` oder `participation`.
    """
    tables = {name: name for name in OWNERS}
    rows = pictures_of(ctx, one_of(tables, table, Text("Die Tabelle", "table")), id)
    return {"rows": rows} if rows else None


def pictures_of(ctx: Context, table: str, identifier: str) -> list[Data]:
    """The pictures of a row, with the addresses of their sizes from the current page."""
    return [
        {
            "picture": picture,
            "sizes": sizes,
            "url": ctx.url(sizes.place),
            "choice": ", ".join(f"{ctx.url(place)} {width}w" for width, place in sizes.places),
        }
        for picture in ctx.strategy.pictures_of.get((table, identifier), ())
        if (sizes := ctx.sizes().get(picture.id))
    ]
