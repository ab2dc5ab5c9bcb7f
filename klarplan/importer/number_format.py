"""What a number or date shows by its number format (ECMA-376, 18.8.31), literals included."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

_TOKEN = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[([^\]]*)\]|_.|\*.|(.)', re.DOTALL)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_OTHER = re.compile(r"[?0#]\s*/|[0#]e[+-]", re.IGNORECASE)
"""Formats that are shown plainly here: fractions and powers of ten."""
_GENERAL = re.compile(r"general|standard|@", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_DIGITS = "0#?"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SCALES = {1: "Tsd.", 2: "Mio.", 3: "Mrd."}
_SCALED = re.compile(r"t(?=€|eur|chf|fr)|k€|tsd|tausend|mio|mill|mrd|milliard", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a number format: literals around the digits, and how the digits are made."""

    prefix: str
    digits: str
    suffix: str
    percent: bool
    scale: int
    """How often the number is divided by a thousand."""
    condition: tuple[str, Decimal] | None
    inner: tuple[tuple[int, str], ...]
    """Literals among the digits: how many digits stand to the right of each."""


def _sections(code: str) -> list[str]:
    parts, current = [], ""
    for match in _TOKEN.finditer(code):
        if match[0] == ";":
            parts.append(current)
            current = ""
        else:
            current += match[0]
    return [*parts, current]


def _read(code: str) -> _Section:
    prefix = digits = tail = ""
    percent = False
    inner: list[tuple[int, str]] = []
    condition = None
    for match in _TOKEN.finditer(code):
        quoted, escaped, currency, bracket, char = match.groups()
        if bracket is not None:
            if limit := _CONDITION.fullmatch(bracket):
                condition = limit[1], Decimal(limit[2])
            continue
        literal = quoted if quoted is not None else escaped if escaped is not None else currency
        if literal is None and char is not None and char in _DIGITS + ".,":
            if tail and char in _DIGITS:
                inner.append((len(digits), tail))
                tail = ""
            digits += char if not (char == "," and not digits) else ""
            continue
        percent = percent or (literal is None and char == "%")
        literal = literal if literal is not None else (char or "")
        if digits:
            tail += literal
        else:
            prefix += literal
    scale = len(digits) - len(digits.rstrip(","))
    counted = tuple(
        (sum(char in _DIGITS for char in digits[place:]), text) for place, text in inner
    )
    return _Section(
        prefix=prefix,
        digits=digits.rstrip(",").replace(",", ""),
        suffix=tail,
        percent=percent,
        scale=scale,
        condition=condition,
        inner=counted,
    )


@lru_cache(maxsize=1024)
def _parsed(code: str) -> tuple[_Section | None, ...]:
    """The sections for numbers; ``None`` for one that shows nothing."""
    return tuple(_read(part) if part.strip() else None for part in _sections(code)[:3])


_MEETS = {
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "=": lambda a, b: a == b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
    "<>": lambda a, b: a != b,
}


def _chosen(value: Decimal, code: str) -> tuple[_Section | None, bool]:
    """The section for a number, and whether it shows the sign by itself."""
    sections = _parsed(code)
    if any(section and section.condition for section in sections):
        for section in sections:
            if section is None or section.condition is None:
                return section, False
            sign, limit = section.condition
            if _MEETS[sign](value, limit):
                return section, False
        return sections[-1], False
    if value < 0 and len(sections) > 1:
        return sections[1], True
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], False


def _digits(value: Decimal, section: _Section) -> str:
    text = f"{float(value):.15g}"
    if "e" in text:
        text = f"{Decimal(text):f}"
    whole, _, fraction = section.digits.partition(".")
    zeros = whole.count("0")
    if zeros > 1 and text.isdigit():
        text = text.zfill(zeros)
    if fraction and set(fraction) == {"0"} and (section.suffix or set(whole) == {"0"}):
        ahead, _, behind = text.partition(".")
        text = f"{ahead}.{behind.ljust(len(fraction), '0')}"
    text = text.replace(".", ",")
    if text.isdigit():
        for right, literal in section.inner:
            if len(text) > right:
                text = text[: len(text) - right] + literal + text[len(text) - right :]
    return text


def _number(value: int | float, code: str) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if _OTHER.search(_LITERAL.sub("", code)):
        code = "#"
    section, signed = _chosen(exact, _GENERAL.sub("#", code) or "#")
    if section is None:
        return ""
    if not section.digits:
        return section.prefix.strip()
    if exact == 0 and set(section.digits) == {"?"}:
        section = replace(section, prefix="", digits="0")
    shown = abs(exact) if signed else exact
    shown = shown * 100 if section.percent else shown
    text = _digits(shown / Decimal(1000) ** section.scale, section)
    prefix, suffix = section.prefix, section.suffix
    if signed and "-" not in prefix and "(" not in prefix:
        prefix = "-" + prefix
    elif signed and "(" in prefix:
        prefix, suffix = prefix.replace("(", "-"), suffix.replace(")", "")
    elif text.startswith("-") and prefix:
        text, prefix = text[1:], "-" + prefix
    if section.scale and not _SCALED.search(prefix + suffix):
        suffix = f" {_SCALES.get(section.scale, '')}{suffix}"
    return f"{prefix}{text}{suffix}".strip()


_TEXT_SECTION = 3
"""Where the section for texts stands in a number format."""


def hides_text(code: str) -> bool:
    """Whether a number format shows nothing of a text, as ``;;;`` does."""
    parts = _sections(code)
    return len(parts) > _TEXT_SECTION and not _LITERAL.sub("", parts[_TEXT_SECTION]).strip()


def _date(value: dt.datetime | dt.date, code: str) -> str:
    first = _sections(code)[0]
    codes = _LITERAL.sub("", first.lower())
    around = re.fullmatch(r'(?:"([^"]*)")?.*?(?:"([^"]*)")?', first.strip(), re.DOTALL)
    before, after = (around[1] or "", around[2] or "") if around else ("", "")
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        text = f"{value:%d.%m.%Y %H:%M}" + (f":{value:%S}" if value.second else "")
    elif "d" not in codes and "t" not in codes and "y" in codes:
        text = f"{value:%m/%Y}" if "m" in codes else f"{value:%Y}"
    else:
        text = f"{value:%d.%m.%Y}"
    return f"{before}{text}{after}".strip()


def shown(value: Any, code: str) -> str:
    """A value of a cell as a German spreadsheet program shows it, in full precision.

    Numbers have a decimal comma and no points between thousands; literals of the number format
    belong to the text (``0" T€"`` shows 250 as “250 T€”), and a format that shows thousands only
    says so (``0,`` shows 250000 as “250 Tsd.”). Dates that show only month or year are written so.
    A format that shows nothing (``;;;``) gives an empty text.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, int | float):
        return _number(value, code)
    if isinstance(value, dt.datetime | dt.date):
        return _date(value, code)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), str(value))
