"""Rules on the addresses of the last adopted version: they stay, and ids are never given again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject, shown
from klarplan.messages import Finding, Text, near
from klarplan.pages.adopted import ADOPTED, Adopted, Promise, read_adopted
from klarplan.pages.site_addresses import ANY, OF_ROWS, is_page, site_addresses
from klarplan.strategy.addresses import API, DATA, page_of, slug
from klarplan.strategy.chapters import CHAPTERS, ROW_CHAPTERS
from klarplan.strategy.redirects import COLUMNS, REDIRECTS, as_row, read_redirects
from klarplan.strategy.unread import unread_tables

LATEST = dt.date.max
"""Reports of days to come are no reason to miss those that were adopted."""
MOST = 20
"""So many lines of one cause are written out."""


def missed(subject: Subject) -> tuple[Promise, ...]:
    """What was adopted and is gone, though no redirect leads on; internal rows are not missed."""
    promises = [p for p in read_adopted(subject.loaded.root).promises if not p.given_up]
    if not promises:
        return ()
    site_url = subject.strategy.settings.site_url
    there = site_addresses(subject.loaded, LATEST)
    there |= site_addresses(subject.public, LATEST)
    led = {redirect.old for redirect in read_redirects(subject.loaded.root, site_url)[0]}
    gone = [p for p in promises if p.address not in there and p.address not in led]
    gone = [p for p in gone if _cause(p.address, ()) not in _unread(subject)]
    pages = {p.address for p in gone} | led
    tables = {table for table in OF_ROWS.values() if not subject.strategy.has(table)}
    # Who follows a link to a section of a page that is gone misses the page; so it is with tables.
    return tuple(
        p
        for p in gone
        if "#" not in p.address
        or (_page(p.address) not in pages and _table(p.address) not in tables)
    )


def _unread(subject: Subject) -> frozenset[str]:
    """The files of tables that could not be read: they are gone until that is mended."""
    described = subject.loaded.descriptor.tables
    unread = [described[n] for n in unread_tables(subject.loaded) if n in described]
    return frozenset(f"{DATA}{schema.path.rpartition('.')[0]}" for schema in unread)


def _page(address: str) -> str:
    return address.partition("#")[0].removesuffix(f"{ANY}/")


GONE = "KP756"


@rule(
    GONE,
    title=Text("Adresse verschwunden", "Address is gone"),
    de=f"Jede Adresse in {ADOPTED} gibt es noch, oder {REDIRECTS} nennt eine neue; nur interne "
    "Zeilen verschwinden ohne Spur.",
    severity="warning",
)
def address_gone(subject: Subject) -> Iterator[Finding]:
    """Each address in strategy/adressen.txt is there or leads on, but those of internal rows."""
    adopted = read_adopted(subject.loaded.root)
    yield from _strange(adopted)
    groups: dict[str, list[Promise]] = {}
    gone = missed(subject)
    absent = {promise.address for promise in gone}
    for promise in gone:
        groups.setdefault(_cause(promise.address, absent), []).append(promise)
    there = site_addresses(subject.public, subject.as_of) if gone else {}
    for promises in groups.values():
        yield _gone(subject, promises, there)


def _strange(adopted: Adopted) -> Iterator[Finding]:
    for line, text in adopted.strange:
        yield Finding(
            rule="",
            file=ADOPTED,
            line=line,
            value=shown(text),
            problem=Text("Die Zeile ist keine Adresse.", "The line is no address."),
            cure=Text(
                "Holen Sie die Datei aus git zurück; ändern darf sie nur „klarplan adopt“.",
                "Bring the file back from git; only “klarplan adopt” may change it.",
            ),
        )


def _cause(address: str, gone: Iterable[str]) -> str:
    """What addresses are gone together for: a chapter with its rows, a table in all its forms."""
    above = f"{address.partition('/')[0]}/"
    if address.startswith((DATA, API)):
        name = address.removeprefix(DATA).removeprefix(API)
        return f"{DATA}{name.rpartition('.')[0] or name.rstrip('/')}"
    return above if above in gone and above in {c.address for c in CHAPTERS.values()} else address


def _gone(subject: Subject, promises: list[Promise], there: Mapping[str, str]) -> Finding:
    first = promises[0]
    called = f" („{first.title}“)" if first.title else ""
    called_en = f" (“{first.title}”)" if first.title else ""
    more = len(promises) - 1
    section = "#" in first.address
    return Finding(
        rule="",
        file=ADOPTED,
        line=first.line,
        value=shown(f"/{first.address}"),
        cause=("address", first.address),
        problem=Text(
            f"{'Den Abschnitt' if section else 'Die Adresse'} „/{first.address}“{called} gibt es "
            f"nicht mehr{f', ebenso {more} weitere' if more else ''}; Links dorthin gehen ins "
            "Leere.",
            f"The {'section' if section else 'address'} “/{first.address}”{called_en} is gone"
            f"{f', and so are {more} others' if more else ''}; links to it lead nowhere.",
        ),
        cure=_restore(first.address) if section else _cure(subject, promises, there),
    )


def _table(address: str) -> str:
    """The table of the row whose section an address is; empty for every other address."""
    return next((table for begin, table in OF_ROWS.items() if address.startswith(begin)), "")


def _restore(address: str) -> Text:
    if table := _table(address):
        identifier = address.rpartition("#")[2].partition("-")[2].upper()
        return Text(
            f"Nehmen Sie die Zeile „{identifier}“ in data/{table}.csv wieder auf.",
            f"Take the row “{identifier}” up again in data/{table}.csv.",
        )
    return Text(
        "Nehmen Sie den Abschnitt wieder in die Vorlage unter overrides/pages auf.",
        "Take the section up again in the template below overrides/pages.",
    )


def _cure(subject: Subject, promises: list[Promise], there: Mapping[str, str]) -> Text:
    """The lines of the redirects, with where each address most likely leads to."""
    rows = [as_row(p.address, target(p, there)) for p in promises[:MOST]]
    if not (subject.loaded.root / REDIRECTS).exists():
        rows.insert(0, ",".join(COLUMNS))
    german = ", ".join(f"„{row}“" for row in rows)
    english = ", ".join(f"“{row}”" for row in rows)
    more = len(promises) > MOST
    word, word_en = ("Zeilen", "lines") if len(rows) > 1 else ("Zeile", "line")
    return Text(
        f"Nennen Sie in {REDIRECTS} die neue Adresse, mit {word}: {german}"
        f"{' und so fort' if more else ''}.",
        f"Name the new address in {REDIRECTS}, with the {word_en}: {english}"
        f"{' and so on' if more else ''}.",
    )


def target(promise: Promise, there: Mapping[str, str]) -> str:
    """Where an address most likely leads to: the same under another id, else what is above it."""
    address = promise.address
    same = [a for a, title in there.items() if title and title == promise.title]
    if len(same) == 1:
        return same[0]
    alike = [a for a in there if is_page(a) == is_page(address) and "#" not in a]
    if not is_page(address):
        ending = address.rpartition(".")[2]
        alike = [a for a in alike if a.endswith(f".{ending}")]
        return next(iter(near(address, alike)), DATA)
    if address.startswith(tuple(c.address for c in ROW_CHAPTERS.values())):
        above = f"{address.partition('/')[0]}/"
        return above if above in there else ""
    return next(iter(near(address, alike)), "")


@rule(
    "KP758",
    title=Text("Kennung ein zweites Mal vergeben", "Id given a second time"),
    de=f"Eine Kennung, die {ADOPTED} als aufgegeben nennt, kommt nicht mit einem anderen Titel "
    "wieder: Alte Links und Beschlüsse meinten sonst etwas anderes.",
    severity="warning",
)
def id_given_again(subject: Subject) -> Iterator[Finding]:
    """An id that was given up does not come back with another title, as old links would mislead."""
    given_up = {p.address: p for p in read_adopted(subject.loaded.root).promises if p.given_up}
    for table in ROW_CHAPTERS if given_up else ():
        rows = subject.strategy.entries(table) if subject.strategy.has(table) else ()
        for row in rows:
            former = given_up.get(page_of(table, row.id))
            title = " ".join((row.title or "").split())
            if former is None or not former.title or former.title.casefold() == title.casefold():
                continue
            free = _free(row.id, {*(r.id for r in rows), *_ids(given_up)})
            yield subject.cell(
                table,
                row.line,
                "id",
                Text(
                    f"Die Kennung {row.id} hieß früher „{former.title}“ und wurde aufgegeben; "
                    "alte Links führen nun zu etwas anderem.",
                    f"The id {row.id} was “{former.title}” and was given up; old links now lead "
                    "to something else.",
                ),
                Text(
                    f"Geben Sie der Zeile eine neue Kennung, zum Beispiel {free}, überall, wo sie "
                    "vorkommt.",
                    f"Give the row a new id, for example {free}, wherever it occurs.",
                ),
            )


def _ids(addresses: Iterable[str]) -> list[str]:
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]


def _free(identifier: str, taken: set[str]) -> str:
    """The next id of the same make that was never given."""
    found = re.fullmatch(r"(.*?)(\d+)", identifier)
    before, digits = (found[1], found[2]) if found else (f"{identifier}-", "1")
    used = {slug(one) for one in taken}
    number = int(digits)
    while slug(free := f"{before}{number:0{len(digits)}}") in used:
        number += 1
    return free
