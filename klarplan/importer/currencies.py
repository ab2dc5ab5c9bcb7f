"""The currency of a row: set by its amounts, and refused where they contradict each other."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

from klarplan.importer.outcome import Place
from klarplan.importer.reading import Reading
from klarplan.importer.state import Run
from klarplan.messages import Text

USUAL = "EUR"
"""What an amount without a currency is counted in."""


def settle(
    run: Run, told: MutableMapping[str, str], readings: Sequence[tuple[Place, str, Reading]]
) -> None:
    """Note the currency of the amounts of one row in ``told``.

    An amount whose currency is not that of the row is taken out again and named.
    """
    amounts = [(place, target, r) for place, target, r in readings if r.currency and r.value]
    if not amounts:
        return
    currency = told.get("currency") or amounts[0][2].currency
    for place, target, reading in amounts:
        if reading.currency != currency:
            told.pop(target, None)
            run.leave(
                place,
                f"{reading.value} {reading.currency}",
                Text(
                    f"Der Betrag steht in {reading.currency}, die Zeile aber in {currency}.",
                    f"The amount is in {reading.currency}, but the row in {currency}.",
                ),
                Text(
                    "Rechnen Sie ihn um, oder führen Sie ihn in einer eigenen Zeile.",
                    "Convert it, or keep it in a row of its own.",
                ),
            )
    if currency != USUAL:
        told["currency"] = currency
