"""The day that everything derived is computed for."""

from __future__ import annotations

import datetime as dt
import os

from klarplan.messages import KlarplanError, Text
from klarplan.strategy.time_spans import YEARS


def as_of(option: str | None = None) -> dt.date:
    """The as-of date: ``option`` (2026-11-21), else SOURCE_DATE_EPOCH in UTC, else today.

    Raises ``KlarplanError`` (exit code 2) where the one that counts is not a date of our times.
    """
    day = _wanted(option)
    if day.year not in YEARS:
        raise KlarplanError(
            Text(
                f"Der Stichtag {day} liegt nicht zwischen {YEARS[0]} und {YEARS[-1]}.",
                f"The as-of date {day} is not between {YEARS[0]} and {YEARS[-1]}.",
            ),
            Text("Schreiben Sie ihn wie 2026-11-21.", "Write it like 2026-11-21."),
            exit_code=2,
        )
    return day


def _wanted(option: str | None) -> dt.date:
    if option:
        try:
            return dt.date.fromisoformat(option)
        except ValueError as error:
            raise KlarplanError(
                Text(f"„{option}“ ist kein Datum.", f"“{option}” is not a date."),
                Text("Schreiben Sie es wie 2026-11-21.", "Write it like 2026-11-21."),
                exit_code=2,
            ) from error
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch:
        try:
            return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC).date()
        except (ValueError, OverflowError, OSError) as error:
            raise KlarplanError(
                Text(
                    f"SOURCE_DATE_EPOCH ist keine Zahl von Sekunden: „{epoch}“.",
                    f"SOURCE_DATE_EPOCH is not a number of seconds: “{epoch}”.",
                ),
                exit_code=2,
            ) from error
    return dt.datetime.now(tz=dt.UTC).astimezone().date()
