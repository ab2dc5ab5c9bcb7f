"""Guessing what the sheets of a workbook hold and which column goes where."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from klarplan.importer.abbreviations import is_cut_short, spelled_out
from klarplan.importer.amounts import is_money
from klarplan.importer.confidential import is_confidential
from klarplan.importer.constraints import meet
from klarplan.importer.dates import read_when
from klarplan.importer.grid import Sheet, plain
from klarplan.importer.headers import (
    SEARCHED_ROWS,
    Header,
    bare_title,
    header_at,
    is_completed,
    titles_of,
)
from klarplan.importer.horizons import is_horizon
from klarplan.importer.mapping import Rule
from klarplan.importer.money_words import AMOUNTS, told_amounts
from klarplan.importer.moved_ends import End, told_end
from klarplan.importer.qualifiers import is_ahead, is_former, kind_of, unqualified
from klarplan.importer.reading import read_cell
from klarplan.importer.units import without_notes
from klarplan.importer.values import NOTHING_WORDS, UnreadableError, usual_format
from klarplan.importer.vocabulary import (
    CATEGORY_WORDS,
    HEADER_WORDS,
    MONEY,
    RANKS,
    ROLES,
    SPANS,
    TABLE_WORDS,
)
from klarplan.strategy.schema import Column, TableSchema

_BRACKETS = re.compile(r"[(\[].*[)\]]")
_MARKUP = re.compile(r"<(?:br|p|b|i|ul|ol|li|strong|em)\b[^<>]*>", re.IGNORECASE)
_NAMES = ("title", "name", "summary")
_NUMBERED = re.compile(r"(?<!\w)(?:nr|nummer|kürzel|kennung|id|code|ziffer)\)?$")
_SHARE = re.compile(r"\s*(?:\bin\s)?(?:%|\bprozent\b|\bpercent\b)")
_LOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
LONGEST_HEADER = 120
"""A row with a longer text is no row of headers."""
_NEVER = ("id", "visibility")
"""Columns that no header stands for: ids are ours, and who may see a row is told by marks."""
EXACT = 3
_STATES = ("status", "progress", "text")
_DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
_ENDS: Mapping[str, End] = {"planned_end": "planned", "expected_end": "expected"}
WIDEST_FORM = 3
"""A row of a form has a name, a value and perhaps a remark."""
READABLE = 0.5
"""The share of filled cells that must be readable for a column to be proposed."""
_DATED = (*_DATES, *_ENDS)


@cache
def _meanings_of_headers() -> Mapping[str, frozenset[str]]:
    """All known headers of lists, each with the columns and roles that it may stand for."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for table in HEADER_WORDS.values():
        for column, words in table.items():
            for word in words:
                found[word].add(column)
    for other in (ROLES, MONEY, {"": SPANS}):
        for column, words in other.items():
            for word in words:
                found[word].add(column)
    return {word: frozenset(columns) for word, columns in found.items()}


@lru_cache(maxsize=4096)
def key_of(title: str) -> str:
    """A header for comparing: ``plain``, without stops, marks of footnotes and broken words.

    Words cut short stand whole: “fed. Amt” is “federführendes amt”.
    """
    whole = re.sub(r"(?<=[^\W\d])-\s+(?!und\b|oder\b|bzw\b)(?=[^\W\d])", "", plain(title))
    whole = without_notes(whole).translate(_LOW)
    key = " ".join(re.sub(r"[.:*/_-]", " ", whole).split())
    if not is_cut_short(whole) or key in _meanings_of_headers():
        return key
    return spelled_out(whole, _meanings_of_headers()) or key


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a sheet holds: its table, its headers, and the position of each column found."""

    sheet: Sheet
    table: str
    header: Header
    positions: Mapping[str, int]

    def texts(self, position: int) -> list[str]:
        """The filled cells of a column."""
        return [text for row in self.header.body if (text := row.at(position)).strip()]


def fit_of(key: str, words: Iterable[str]) -> int:
    """How well a header fits words: 3 the same, 2 begins with one, 1 contains one, 0 not at all."""
    best = 0
    for word in words:
        if key == word:
            return EXACT
        if key.startswith((word + " ", word + "(")):
            best = max(best, 2)
        elif len(word) > 4 and f" {word} " in f" {key} ":
            best = max(best, 1)
    return best


@cache
def _words(table: str, column: str, title: str) -> tuple[str, ...]:
    listed = HEADER_WORDS.get(table, {}).get(column, ())
    return (*(key_of(word) for word in listed), key_of(title), key_of(column))


def _fit(schema: TableSchema, name: str, key: str) -> int:
    """How well a header fits a column, by its words and by what sets it off from others."""
    words = _words(schema.name, name, schema.title_of(name))
    if name in _NAMES and _NUMBERED.search(key) and key not in words:
        return 0  # “Ziel-Nr.” is not what the aim is called
    if schema.name == "budget" and name in AMOUNTS and (told := told_amounts(key)):
        return max(_fit_of_money(key), fit_of(key, words)) if told == [name] else 0
    if name not in _ENDS and is_former(key):
        return 0
    if schema.name == "status_reports" and _SHARE.search(key):
        return _fit_of_share(key, words) if name == "progress" and not is_ahead(key) else 0
    if schema.name == "status_reports" and name in _STATES:
        ahead = name != "text" and is_ahead(key)
        return 0 if ahead else max(fit_of(key, words), fit_of(unqualified(key), words))
    return _fit_of_date(name, key, words) if name in _DATED else fit_of(key, words)


def _fit_of_share(key: str, words: Iterable[str]) -> int:
    """How well a header that counts in percent fits the progress: “Stand in %” does."""
    rest = " ".join(_SHARE.sub(" ", key).replace("(", " ").replace(")", " ").split())
    columns = HEADER_WORDS["status_reports"]
    told = [word for column in ("status", "date", "text") for word in columns[column]]
    sure = any(form in told for form in (rest, unqualified(rest)))
    return EXACT if sure else max(fit_of(key, words), fit_of(unqualified(key), words))


def _fit_of_date(name: str, key: str, words: tuple[str, ...]) -> int:
    """How well a header fits a date; plan, result and the new end are told apart."""
    if is_span(key):
        return 0
    fit = fit_of(key, words)
    if name in _DATES and (kind := kind_of(key)):
        time, _, edge = name.partition("_")
        planned = map(key_of, HEADER_WORDS["measures"][f"planned_{edge}"])
        return max(fit, fit_of(unqualified(key), planned)) if kind == time else 0
    rest, end = told_end(key) if name in _ENDS else ("", "")
    if not end:
        return fit
    return max(fit, EXACT if _is_end(rest) else 0) if end == _ENDS[name] else 0


def _fit_of_money(key: str) -> int:
    return max(fit_of(key, map(key_of, words)) for words in MONEY.values())


def _is_end(key: str) -> bool:
    return fit_of(key, map(key_of, HEADER_WORDS["measures"]["planned_end"])) > 0


def is_span(key: str) -> bool:
    """Whether a header stands for beginning and end together: “Umsetzungszeitraum (von/bis)”."""
    return fit_of(key, SPANS) > 1


def moved_end(title: str) -> End:
    """Which end a header tells that knows of an old and a new one; empty for all others."""
    rest, end = told_end(key_of(title))
    return end if _is_end(rest) else ""


def positions_of(schema: TableSchema, titles: Sequence[str]) -> tuple[dict[str, int], int]:
    """Which column of a table stands at which position, and how well the headers fit.

    Columns that call themselves not public stand for none.
    """
    keys = [(p, key_of(title)) for p, title in enumerate(titles) if not is_confidential(title)]
    pairs = sorted(
        (-fit, position, order, name)
        for order, (name, column) in enumerate(schema.columns.items())
        for position, key in keys
        if key and name not in _NEVER and (fit := _fit(schema, name, key))
    )
    found: dict[str, int] = {}
    total = 0
    for score, position, _, name in pairs:
        if name not in found and position not in found.values():
            found[name] = position
            # a list of measures tells a new end too, so that this says nothing about the table
            total -= 0 if name == "expected_end" else score
    return found, total


def is_name_of(schema: TableSchema, title: str) -> bool:
    """Whether a header is a word for what names the entries of a table."""
    name = next((n for n in ("title", "name", "measure") if n in schema.columns), "")
    words = _words(schema.name, name, schema.title_of(name)) if name else ()
    return bool(words) and fit_of(key_of(bare_title(title)), words) == EXACT


def is_partly(schema: TableSchema, column: str, title: str) -> bool:
    """Whether a header only contains a word for a column, or begins with one."""
    words = _words(schema.name, column, schema.title_of(column))
    return fit_of(key_of(bare_title(title)), words) in (1, 2)


_ENOUGH: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "measures": (("title",),),
    "status_reports": (("measure",), ("status", "text", "progress")),
}


def _enough(schema: TableSchema, found: Mapping[str, int]) -> bool:
    needed = _ENOUGH.get(schema.name)
    if needed is None:
        required = [n for n, c in schema.columns.items() if c.required and n != "id"]
        needed = tuple((name,) for name in required)
    return all(any(name in found for name in names) for names in needed)


@cache
def _headings() -> frozenset[str]:
    """All headers that are known of lists of measures."""
    columns = [words for table in HEADER_WORDS.values() for words in table.values()]
    columns += [*ROLES.values(), *MONEY.values(), SPANS]
    return frozenset(key_of(word) for words in columns for word in words)


def is_heading(text: str) -> bool:
    """Whether a text is a usual header of lists of measures."""
    return key_of(text) in _headings()


def _is_form(sheet: Sheet) -> bool:
    """Whether a sheet has names in its first column: it describes one entry or lies on its side."""
    filled = [[cell for cell in row.cells if cell.strip()] for row in sheet.rows]
    names = [key for cells in filled if cells and (key := key_of(cells[0])) in _headings()]
    wide = sum(len(cells) > WIDEST_FORM for cells in filled)
    if wide and len(set(names)) < max(3, READABLE * len(filled)):
        return False
    return len(names) > 1 and len(names) >= READABLE * len(filled)


def _is_count(sheet: Sheet, index: int, position: int | None) -> bool:
    """Whether a column of titles only counts something, as “Anzahl Maßnahmen” does."""
    if position is None:
        return False
    texts = [text for row in sheet.rows[index + 1 :] if (text := row.at(position).strip())]
    return bool(texts) and all(text.isdigit() for text in texts)


def is_named(sheet: Sheet, schema: TableSchema) -> bool:
    """Whether the name of a sheet or CSV file tells of a table."""
    name = plain(sheet.name or sheet.file.rpartition(".")[0])
    return any(word in name for word in TABLE_WORDS.get(schema.name, (plain(schema.title),)))


def guess(sheet: Sheet, tables: Mapping[str, TableSchema]) -> Guess | None:
    """The one of the tables that a sheet fits best, or ``None`` where it fits none."""
    best: tuple[float, Guess] | None = None
    if _is_form(sheet):
        return None
    for index in range(min(len(sheet.rows), SEARCHED_ROWS)):
        for two in (False, True):
            titles = titles_of(sheet, index, two=two)
            if max(map(len, titles), default=0) > LONGEST_HEADER:
                continue
            for order, (table, schema) in enumerate(tables.items()):
                found, total = positions_of(schema, titles)
                if not _enough(schema, found) or _is_count(sheet, index, found.get("title")):
                    continue
                named = 6 if is_named(sheet, schema) else 0
                whole = 4 if two and is_completed(sheet, index) else 0
                score = total + named + whole - index / 100 - order / 10_000 - two / 1000
                if best is None or score > best[0]:
                    header = header_at(sheet, index, titles, two=two)
                    fits = Guess(sheet=sheet, table=table, header=header, positions=found)
                    best = score, fits
    return best[1] if best else None


def _is_readable(text: str, column: Column, schema: TableSchema, rule: Rule) -> bool:
    bare = text.strip()
    if rule.brackets and _BRACKETS.fullmatch(bare):
        bare = bare[1:-1]
    word = plain(bare)
    if word in NOTHING_WORDS:
        return True
    try:
        form = rule.format or usual_format(column)
        value = read_cell(rule.values.get(word, bare), column, form, schema.columns).value
        if value:
            meet(value, schema.field(column.name))
    except UnreadableError:
        return False
    return True


def _meanings(column: Column, texts: Sequence[str]) -> dict[str, str]:
    words = {plain(text): " ".join(text.split()) for text in texts}
    if column.categories:
        known = CATEGORY_WORDS.get(column.name, {})
    elif column.type == "integer" and column.name in ("priority", "impact", "cost_benefit"):
        known = RANKS
    else:
        return {}
    return {text: known[word] for word, text in words.items() if word in known}


def rule_for(
    column: Column, schema: TableSchema, title: str, texts: Sequence[str]
) -> tuple[Rule, Mapping[str, str]] | None:
    """How a column would be read, with the words that need a meaning as they are written.

    ``None`` where too few of its cells can be read that way, unless a row needs the column.
    """
    meanings = _meanings(column, texts)
    loose = column.type == "string" and not column.categories
    rule = Rule(
        target=column.name,
        line=0,
        column=title,
        values={plain(text): value for text, value in meanings.items()},
        brackets=not loose
        and not is_money(schema, column)
        and any(_BRACKETS.fullmatch(text.strip()) for text in texts),
        html=loose and any(_MARKUP.search(text) for text in texts),
    )
    told = [text for text in texts if not is_horizon(text)] if column.type == "date" else texts
    readable = sum(_is_readable(text, column, schema, rule) for text in told)
    needed = column.required and (schema.name, column.name) != ("status_reports", "date")
    fits = needed or (bool(told or not texts) and readable >= READABLE * len(told))
    return (rule, meanings) if fits else None


def are_days(texts: Sequence[str]) -> bool:
    """Whether cells hold dates or times, at least some of them; so do none at all."""
    return not texts or any(_tells_time(text) for text in texts)


def _tells_time(text: str) -> bool:
    try:
        read_when(text)
    except ValueError:
        return False
    return True


def are_spans(texts: Sequence[str]) -> bool:
    """Whether cells hold stretches of time, such as 2021–2023."""
    count = 0
    for text in texts:
        try:
            when = read_when(text)
        except ValueError:
            continue
        count += when.begin is None or when.end is None or when.begin.day != when.end.day
    return bool(texts) and count >= READABLE * len(texts)
