"""Lists whose numbers now stand for other entries: the import stops and asks which is which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from klarplan.importer.grid import Sheet, plain
from klarplan.importer.headers import Header
from klarplan.importer.identity import NEW, are_alike, more, title_column, usual_match
from klarplan.importer.mapping import Rule, Source
from klarplan.importer.mapping_text import scalar
from klarplan.importer.repeated import NUMBER_AND_TITLE
from klarplan.importer.row_filter import RowFilter
from klarplan.importer.state import Run
from klarplan.importer.target import Target
from klarplan.importer.values import line
from klarplan.messages import KlarplanError, Text

List = tuple[Source, Sheet, Header]


def _cell(rule: Rule, text: str) -> str:
    return rule.values.get(plain(text), line(text))


def _listed(run: Run, one: List, number: str, title: str) -> Iterator[tuple[int, str, str]]:
    """Row, number and title of the rows of a list that have both."""
    source, sheet, header = one
    reads = RowFilter(run, source, sheet, header).reads
    rules = [rule for name in (number, title) if (rule := source.rule(name)) and rule.column]
    places = [header.position(plain(rule.column or "")) for rule in rules]
    for row in filter(reads, header.body) if len(rules) == 2 else ():
        texts = [
            "" if place is None else _cell(rule, row.at(place))
            for rule, place in zip(rules, places, strict=True)
        ]
        if all(texts) and [plain(t) for t in texts] != [plain(r.column or "") for r in rules]:
            yield row.number, texts[0], texts[1]


def _proposal(
    listed: Sequence[tuple[int, str, str]],
    kept: set[tuple[str, str]],
    target: Target,
    columns: tuple[str, str],
    known: Mapping[str, str],
) -> tuple[dict[str, str], list[Text]]:
    """What the numbers of a list should stand for where they changed, and the rows that show it."""
    number_column, title_col = columns
    titles = {title for _, title in kept}
    meant: dict[str, str] = {}
    shown: list[Text] = []
    for row, number, title in listed:
        entry = known.get(plain(number))
        if entry == NEW:
            continue
        now = target.find(*((["id"], [entry]) if entry else ([number_column], [number])))
        if any(plain(same.get(title_col, "")) == plain(title) for same in now):
            continue
        others = [
            other
            for other in target.find([title_col], [title])
            if ((old := other.get(number_column, "")) or entry)
            and (plain(old), plain(title)) not in kept
        ]
        if others:
            meant[number] = others[0]["id"]
            was = others[0].get(number_column, "") or "–"
            shown.append(
                Text(
                    f"Zeile {row}: „{title}“ hat jetzt „{number}“, bisher „{was}“ "
                    f"({others[0]['id']})",
                    f"row {row}: “{title}” now has “{number}”, so far “{was}” ({others[0]['id']})",
                )
            )
        elif not entry and now and plain(now[0].get(title_col, "")) in titles:
            meant[number] = NEW
    renamed = _renamed(listed, meant, target, title_col)
    meant |= renamed
    for _, number, _ in listed:
        holders = [row["id"] for row in target.find([number_column], [number])]
        if number not in meant and set(holders) & set(renamed.values()):
            meant[number] = NEW
    return meant, shown


def _renamed(
    listed: Sequence[tuple[int, str, str]], meant: Mapping[str, str], target: Target, title: str
) -> dict[str, str]:
    """Entries missing from a list whose titles resemble one that would else be a new entry."""
    here = {plain(name) for _, _, name in listed}
    missing = [
        row
        for row in target.rows
        if plain(row.get(title, "")) not in here and row["id"] not in meant.values()
    ]
    found: dict[str, str] = {}
    for _, number, name in listed:
        fits = [row["id"] for row in missing if are_alike(row.get(title, ""), name)]
        fits = [id_ for id_ in fits if id_ not in found.values()]
        if meant.get(number) == NEW and fits:
            found[number] = fits[0]
    return found


def stop_if_renumbered(run: Run, lists: Sequence[List]) -> None:
    """Stop where lists give numbers to other entries than those that have them so far.

    Raises ``KlarplanError`` with the line of the mapping that says which number means what.
    """
    found: list[tuple[List, tuple[str, str], list[tuple[int, str, str]]]] = []
    kept: dict[str, set[tuple[str, str]]] = {}
    for one in lists:
        source = one[0]
        schema = run.descriptor.tables[source.table]
        mapped = [rule.target for rule in source.rules]
        match, title = source.match or usual_match(schema, mapped), title_column(mapped)
        numbered = match in (match[:1], NUMBER_AND_TITLE) and match[0] not in ("id", title)
        if numbered and title is not None and schema.row_key == ("id",):
            listed = list(_listed(run, one, match[0], title))
            found.append((one, (match[0], title), listed))
            pairs = kept.setdefault(source.table, set())
            pairs.update((plain(number), plain(name)) for _, number, name in listed)
    for one, columns, listed in found:
        table = one[0].table
        meant, shown = _proposal(listed, kept[table], run.targets[table], columns, one[0].ids)
        if shown:
            raise _stopped(run, one, meant, shown)


def _stopped(run: Run, one: List, meant: Mapping[str, str], shown: Sequence[Text]) -> KlarplanError:
    source, sheet, _ = one
    ids = ", ".join(f"{scalar(number)}: {entry}" for number, entry in meant.items())
    return KlarplanError(
        Text(
            f"In „{sheet.label}“ haben Nummern gewechselt: "
            f"{more([text.de for text in shown], 'de')}. Es wurde nichts geschrieben, damit keine "
            "Maßnahme den Namen und die Meldungen einer anderen bekommt.",
            f"In “{sheet.label}” numbers have changed: "
            f"{more([text.en for text in shown], 'en')}. Nothing was written, so that no measure "
            "gets name and reports of another one.",
        ),
        Text(
            "Schreiben Sie in der Zuordnung bei dieser Quelle, welcher Eintrag jetzt welche Nummer "
            f"hat: „ids: {{{ids}}}“; „{NEW}“ steht für einen neuen Eintrag. Das ist nach den "
            "Titeln geraten; bitte prüfen Sie es.",
            "Write into the mapping of this source which entry has which number now: "
            f"“ids: {{{ids}}}”; “{NEW}” means a new entry. This is guessed from the titles; please "
            "check it.",
        ),
        file=run.mapping.file,
        line=source.line,
    )
