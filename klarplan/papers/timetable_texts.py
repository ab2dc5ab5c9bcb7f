"""What the timetable on paper says: the same bars and words as the one on the website."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from klarplan.words.room import cut
from macros.registry import Context
from macros.timetable import MARKS, schedule

LONGEST = 160
"""So much room a title has on it; of longer ones the beginning tells which it is."""


def timetable_of(ctx: Context) -> Mapping[str, Any] | None:
    """The timetable of all measures; nothing where none has dates."""
    told = schedule(ctx)
    if told is None:
        return None
    rows = [row for group in told["groups"] for row in group["rows"]]
    words = ctx.words
    key = [(shape, words(f"timetable.shape.{shape}")) for shape in told["shapes"]]
    key += [
        (name, words(f"timetable.{name}"))
        for name in ("over", "expected", "goes_on", *MARKS, "undated")
        if told["signs"][name]
    ]
    key.append(("today", words("timetable.today", day=words.short_day(told["as_of"]))))
    return {
        "title": words("print.timetable.titled", strategy=ctx.strategy.settings.title),
        "intro": words("print.timetable.intro", n=told["count"]),
        "head": [words("chapter.measures.row"), words("print.timetable.told")],
        "key": key,
        "years": told["years"],
        "units": told["units"],
        "today": told["today"],
        "rows": len(rows) + len(told["groups"]),
        "groups": [
            {"title": group["title"], "rows": [_row(row) for row in group["rows"]]}
            for group in told["groups"]
        ],
    }


def _row(row: Mapping[str, Any]) -> Mapping[str, Any]:
    title = " ".join(row["link"].title.split())
    status = row["badge"].label
    late = row["timeliness"] if row["late"] else ""
    return {
        "number": row["link"].number,
        "title": cut(title, LONGEST),
        "told": "; ".join(filter(None, (status, row["period"], late))),
        "bars": row["drawn"]["bars"] if row["dated"] else [],
        "undated": not row["dated"],
        "marks": row["drawn"]["marks"],
    }
