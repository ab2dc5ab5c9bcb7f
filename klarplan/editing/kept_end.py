"""What a new report says of the end where it says nothing: what was reported last still holds.

In a table an empty expectation means that the plan holds again. Whoever fills in a form or a
workbook leaves a cell empty for other reasons, so going back to the plan is an answer of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from klarplan.messages import Text
from klarplan.strategy import derive
from klarplan.strategy.model import Strategy
from klarplan.words.catalogue import spoken

TABLE, EXPECTED, PRECISION = "status_reports", "expected_end", "expected_end_precision"
PLAN = Text("wie geplant", "as planned")
"""The answer that the plan holds again."""


def is_plan(text: str) -> bool:
    """Whether an answer says that the plan holds again."""
    return " ".join(text.casefold().split()).rstrip(".") in PLAN


def kept(strategy: Strategy, cells: Mapping[str, str]) -> dict[str, str]:
    """The cells for the end that was expected last, for a report with these cells.

    None where it names an end itself, where its status says that the measure is over, and where
    nothing was expected.
    """
    status = strategy.status_by_id.get(cells.get("status", ""))
    over = status is not None and derive.is_finished(status.category or "")
    try:
        day = dt.date.fromisoformat(cells.get("date", ""))
    except ValueError:
        return {}
    last = derive.latest_report(strategy, cells.get("measure", ""), day)
    if over or cells.get(EXPECTED) or last is None or last.expected_end is None:
        return {}
    found = {EXPECTED: last.expected_end.isoformat()}
    return found | ({PRECISION: last.expected_end_precision} if last.expected_end_precision else {})


def told(cells: Mapping[str, str]) -> Text:
    """That this end still holds, and what to answer where it does not."""
    day, exact = dt.date.fromisoformat(cells[EXPECTED]), cells.get(PRECISION)
    return Text(
        f"Das erwartete Ende bleibt bei {spoken('de').day(day, exact)}, wie zuletzt gemeldet. Gilt "
        f"wieder der Plan, schreiben Sie dort „{PLAN.de}“.",
        f"The expected end stays {spoken('en').day(day, exact)}, as reported last. If the plan "
        f"holds again, write “{PLAN.en}” there.",
    )
