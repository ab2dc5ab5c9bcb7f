"""What people choose from in a workbook or a form: labels by value, each label once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from klarplan.letters import plain_letters
from klarplan.messages import near
from klarplan.strategy.csv_reader import Table
from klarplan.strategy.schema import Column, Descriptor

Labels = Mapping[str, str]
"""What people choose from: labels by value."""
OtherWords = Iterable[tuple[str, str]]
"""Words that mean a value beside its label, each with the value."""
TRUTH = "boolean"
"""The name of the list for truth values."""


def lists(descriptor: Descriptor, tables: Mapping[str, Table], lang: str) -> dict[str, Labels]:
    """All lists by name: ids of tables, categories of columns (``table.column``), yes and no."""
    found: dict[str, Labels] = {TRUTH: _truth(lang)}
    for name, schema in descriptor.tables.items():
        if name in tables:
            found[name] = row_labels(tables[name], lang)
        for column in schema.columns.values():
            if column.categories:
                found[f"{name}.{column.name}"] = _unique(_categories(column, lang))
    return {name: labels for name, labels in found.items() if labels}


def _truth(lang: str) -> Labels:
    return {"true": "yes", "false": "no"} if lang == "en" else {"true": "ja", "false": "nein"}


def _categories(column: Column, lang: str) -> Iterable[tuple[str, str]]:
    return ((value, column.label(value, lang)) for value, _ in column.categories)


def row_labels(table: Table, lang: str) -> Labels:
    """Rows by id: number and title where there is a title, else what they are called.

    In English they are called as a column with that ending says, such as ``label_en``.
    """
    pairs = []
    for cells in _cells(table):
        title, called = _said(cells, "title", lang), _said(cells, "label", lang)
        called = called or _said(cells, "name", lang)
        label = f"{number_of(cells)} {title}" if title else called or number_of(cells)
        pairs.append((cells.get("id", ""), label))
    return _unique(pairs)


def number_of(cells: Mapping[str, str]) -> str:
    """What people call a row by beside its title: its official number, else its id."""
    return cells.get("official_id") or cells.get("id", "")


@lru_cache(maxsize=16_384)
def bare_key(text: str) -> str:
    """A key or number as people mean it: ``M-003``, ``M 3`` and ``m3`` are the same."""
    return without_noughts(_SIGNS.sub("", " ".join(plain_letters(text).split())))


def without_noughts(text: str) -> str:
    """A text in small letters without noughts before numbers: ``m-028`` is ``m-28``."""
    return _NOUGHTS.sub("", text)


_SIGNS = re.compile(r"(?<=[a-z])[\s._\u2010-\u2014-]+(?=\d)")
"""What may stand between letters and digits."""
_NOUGHTS = re.compile(r"(?<=[a-z-])0+(?=\d)")


def other_words(table: Table, lang: str) -> Iterator[tuple[str, str]]:
    """Words that mean a row beside its label, each with the id: id, number, title, id and title."""
    for cells in _cells(table):
        identifier = cells.get("id", "")
        for name in ("title", "label", "name"):
            if said := _said(cells, name, lang):
                yield said, identifier
                yield f"{identifier} {said}", identifier
        yield from ((word, identifier) for word in {identifier, number_of(cells)} if word)


def probably(text: str, labels: Labels, also: OtherWords = ()) -> str:
    """The label of what is probably meant by a text that is none of them; empty where none is near.

    ``also`` are further words for the values, as in ``other_words``.
    """
    words = {label: value for value, label in labels.items()}
    words = {word: value for word, value in also if value in labels} | words
    words |= {value: value for value in labels}
    found = near(" ".join(text.split()), words)
    return labels[words[found[0]]] if found else ""


def named_in(text: str, labels: Labels, also: OtherWords) -> list[str]:
    """The values that a text names by number or title, among other words; in no certain order.

    Nothing where it may name more than can be told: „M-004, 5“.
    """
    words: dict[str, set[str]] = {}
    for word, value in also:
        if value in labels and (key := bare_key(word)) and not key.isdigit():
            words.setdefault(key, set()).add(value)
    rest, found = bare_key(text), dict[str, None]()
    address = "://" in rest
    for key in sorted((key for key in words if key in rest), key=len, reverse=True):
        if len(key) < LEAST and not any(map(str.isdigit, key)):
            continue
        rest, times = re.subn(rf"(?<!\w){re.escape(key)}(?!\w)", "\0", rest)
        found |= dict.fromkeys(sorted(words[key]) if times else ())
    more = not address and len(found) == 1 and _MORE.search(rest)
    return [] if more else [*found]


LEAST = 4
"""So many letters a title has that is looked for among other words."""
_MORE = re.compile("\0\\W*(?:(?:und|oder|and|or|bis|to)\\s*)?\\d")
"""What a number names behind another one."""


def _cells(table: Table) -> Iterator[Mapping[str, str]]:
    if "id" in table.header:
        for record in table.records:
            yield dict(zip(table.header, record, strict=False))


def _said(cells: Mapping[str, str], name: str, lang: str) -> str:
    return (lang == "en" and cells.get(f"{name}_en")) or cells.get(name, "")


def _unique(pairs: Iterable[tuple[str, str]]) -> Labels:
    """Labels on one line; where two are alike, the later one names its value."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for value, label in pairs:
        if not value or value in found:
            continue
        text = " ".join(label.split()) or value
        if text in taken:
            text = f"{text} ({value})"
        found[value] = text
        taken.add(text)
    return found
