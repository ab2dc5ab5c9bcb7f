"""Columns of which one has a cross in each row: its header is what the row says."""

from __future__ import annotations

from collections.abc import Sequence

from klarplan.importer.grid import SheetRow, plain
from klarplan.importer.headers import Header
from klarplan.importer.values import UnreadableError, line
from klarplan.messages import Text

CROSSES = frozenset(("x", "xx", "ja", "j", "yes", "y", "1", "[x]", "(x)", *"✓✔☒☑✗✘●■•"))
_NONE = frozenset({"", "nein", "n", "no", "0", "☐", "□", "○", "-", "–", "—", "[ ]", "( )"})


def is_cross(text: str) -> bool:
    """Whether a text is nothing but a cross, a tick or a yes."""
    return plain(text) in CROSSES


def is_blank(text: str) -> bool:
    """Whether a text stands where there is no cross."""
    return plain(text) in _NONE


def crossed(row: SheetRow, header: Header, titles: Sequence[str]) -> list[tuple[str, str]]:
    """The headers among ``titles`` below which a row is not blank, each with what stands there."""
    places = [(title, header.position(plain(title))) for title in titles]
    cells = [(title, row.at(p)) for title, p in places if p is not None]
    return [(title, text) for title, text in cells if not is_blank(text)]


def only_one(found: Sequence[tuple[str, str]]) -> Text | None:
    """What to remark about the cross of a row, which may be more than a cross.

    Raises ``UnreadableError`` where there are several.
    """
    if len(found) > 1:
        names = [line(title) for title, _ in found]
        raise UnreadableError(
            Text(
                f"Angekreuzt ist mehreres: {', '.join(f'„{name}“' for name in names)}.",
                f"Several are crossed: {', '.join(f'“{name}”' for name in names)}.",
            ),
            Text(
                "Lassen Sie in der Liste nur ein Kreuz stehen.",
                "Leave only one cross in the list.",
            ),
        )
    for title, text in found:
        if not is_cross(text):
            return Text(
                f"Unter „{line(title)}“ steht „{line(text)}“; gelesen ist es als Kreuz.",
                f"Below “{line(title)}” there is “{line(text)}”; it is read as a cross.",
            )
    return None
