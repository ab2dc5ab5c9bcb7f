"""Who a row of a list is: by which columns it is found again; new names, twins, the missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from klarplan.importer.grid import plain
from klarplan.importer.mapping_text import scalar
from klarplan.importer.outcome import Place
from klarplan.importer.state import Run
from klarplan.importer.target import Row
from klarplan.importer.values import line
from klarplan.messages import Text, quoted
from klarplan.strategy.schema import TableSchema

NEW = "new"
"""What a mapping says of a number that no longer stands for the entry that had it."""
NAMED = 5
"""How many rows or entries a message names."""
ALIKE = 0.5
"""Below this ratio a new title looks like another entry."""


def title_column(mapped: Iterable[str]) -> str | None:
    """The column with the name of an entry, if a list tells it."""
    return next((name for name in ("title", "name", "label") if name in set(mapped)), None)


def usual_match(
    schema: TableSchema, mapped: Sequence[str], *, own: bool = False
) -> tuple[str, ...]:
    """The columns by which rows of a table are found again where the mapping names none."""
    if own and schema.name == "status_reports":
        return ("measure", "period", "date")
    if schema.name == "status_reports":
        return ("measure", "period") if "period" in mapped else ("measure", "date")
    for name in ("id", "official_id"):
        if name in mapped and name in schema.columns:
            return (name,)
    if schema.row_key and schema.row_key != ("id",):
        return schema.row_key
    title = title_column(mapped)
    parents = [key.column for key in schema.foreign_keys if _is_parent(schema, key.column)]
    return (*(p for p in parents if p in mapped), *([title] if title else [])) or tuple(mapped)


def _is_parent(schema: TableSchema, column: str) -> bool:
    return schema.name == "milestones" and column == "measure"


def more(items: Sequence[str], lang: str) -> str:
    """The first items of a list in words, and how many there are besides."""
    rest = len(items) - NAMED
    more = "" if rest <= 0 else f" … und {rest} weitere" if lang == "de" else f" … and {rest} more"
    return "; ".join(items[:NAMED]) + more


def are_alike(one: str, other: str) -> bool:
    """Whether two titles could be the same one, edited."""
    return SequenceMatcher(None, plain(one)[:200], plain(other)[:200]).ratio() >= ALIKE


def tell_new_name(run: Run, place: Place, row: Row, names: tuple[str, str], number: str) -> None:
    """Remark a new name of an entry where it is quite different from the old one."""
    old, told = names
    if not number or not old or plain(old) == plain(told):
        return
    if are_alike(old, told):
        return
    called = row.get("id") or number
    run.note(
        place,
        Text(
            f"{called} heißt jetzt „{line(told)}“ statt „{line(old)}“. Ist es ein "
            f"anderer Eintrag, schreiben Sie in die Zuordnung „ids: {{{scalar(number)}: {NEW}}}“.",
            f"{called} is now called “{line(told)}” instead of “{line(old)}”. If it is "
            f"another entry, write “ids: {{{scalar(number)}: {NEW}}}” into the mapping.",
        ),
    )


def tell_twins(run: Run, schema: TableSchema, places: Iterable[tuple[Row, Place]]) -> None:
    """Remark entries of one list that have the same name and became several."""
    seen: dict[tuple[str, ...], tuple[Row, Place]] = {}
    for row, place in places:
        name = next((row[n] for n in ("title", "name", "label") if row.get(n)), "")
        key = (plain(name), row.get("measure", ""), row.get("parent", ""))
        first = seen.setdefault(key, (row, place))
        if name and first[0] is not row:
            run.note(
                place,
                Text(
                    f"„{line(name)}“ steht auch in {first[1].sheet}, Zeile {first[1].row}; in "
                    f"„{schema.title}“ sind das zwei Einträge "
                    f"({first[0].get('id')} und {row.get('id')}).",
                    f"“{line(name)}” is in {first[1].sheet}, row {first[1].row}, too; these are "
                    f"two entries of “{schema.name}” ({first[0].get('id')} and {row.get('id')}).",
                ),
            )


def tell_missing(run: Run, table: str, seen: set[int], place: Place) -> None:
    """Remark the entries of a table that the lists for it no longer have."""
    target = run.targets[table]
    rows = [row for row in target.rows if id(row) not in seen and not run.is_new(table, row)]
    if not rows:
        return
    names = [_name(row) for row in rows]
    run.remark(
        place,
        Text(
            f"Aus „{target.schema.title}“ nicht in der Liste ({len(rows)}), und geblieben wie "
            f"bisher: {more([n.de for n in names], 'de')}.",
            f"Of “{table}” not in the list ({len(rows)}), and left as they are: "
            f"{more([n.en for n in names], 'en')}.",
        ),
    )


def _name(row: Row) -> Text:
    name = next((row[n] for n in ("title", "name", "label") if row.get(n)), "")
    return Text(
        *(f"{row.get('id', '')} {told if name else ''}".rstrip() for told in quoted(line(name)))
    )


def _moved(run: Run, table: str, column: str) -> Iterator[tuple[str, str, int]]:
    """Old and new id of what a column refers to, where all entries went from one to the other."""
    came: defaultdict[str, list[str]] = defaultdict(list)
    staying: set[str] = set()
    for row in run.targets[table].rows:
        before = run.before(table, row, column)
        staying.add(row.get(column, ""))
        if before and before != row.get(column, ""):
            came[row.get(column, "")].append(before)
    for now, left in came.items():
        elsewhere = any(left[0] in others for new, others in came.items() if new != now)
        if len(set(left)) == 1 and left[0] not in staying and not elsewhere:
            yield left[0], now, len(left)


def tell_renamed_fields(run: Run, place: Place) -> None:
    """Remark a new field of action that took over all measures of an old one."""
    fields = run.targets["fields_of_action"]
    for old, new, count in _moved(run, "measures", "field"):
        one, two = fields.find(["id"], [old]), fields.find(["id"], [new])
        if not one or not two or not run.is_new("fields_of_action", two[0]):
            continue
        was, now = line(one[0].get("title", "")), line(two[0].get("title", ""))
        run.remark(
            place,
            Text(
                f"Alle Maßnahmen von „{was}“ ({old}; {count}) stehen jetzt unter dem neuen "
                f"Handlungsfeld „{now}“ ({new}). Ist es nur umbenannt, schreiben Sie in der "
                f"Zuordnung bei „field“ unter „values“: „{now}: {old}“, und ändern Sie den "
                "Titel in data/fields_of_action.csv.",
                f"All measures of “{was}” ({old}; {count}) are now in the new field of action "
                f"“{now}” ({new}). If it only has a new name, write into the mapping, below "
                f"“values” of “field”: “{now}: {old}”, and change the title in "
                "data/fields_of_action.csv.",
            ),
        )
