"""The text of ``strategy/strategy.yml``: every setting, explained to the editor."""

from __future__ import annotations

import datetime as dt
import json
import textwrap
from collections.abc import Mapping
from typing import Any

from klarplan.strategy.chapters import CHAPTERS
from klarplan.strategy.code_hosts import HOSTS
from klarplan.strategy.official_keys import COUNTRIES
from klarplan.strategy.proposals import KNOWN, Proposal
from klarplan.strategy.settings import CONFORMITY, LICENCES, SHEETS, TOPICS, MenuItem, Settings
from klarplan.words.catalogue import GERMAN, LANGUAGES
from klarplan.words.kinds import KINDS, Kind
from klarplan.words.municipality import ARTICLES

_HEAD = """\
# Einstellungen der Strategie.
# Jede Zeile besteht aus einem Namen, einem Doppelpunkt und einem Wert.
# Ändern Sie nur die Werte. Was nicht gilt, bleibt leer: "".
# Zeilen mit # sind Erläuterungen und haben keine Wirkung.
"""

_SECTIONS: tuple[tuple[str, Mapping[str, str]], ...] = (
    (
        "Die Strategie",
        {
            "published": "Ob die Strategie öffentlich ist: true (ja) oder false (nein, ein "
            "Entwurf).\nEin Entwurf trägt auf jeder Seite und in jedem Dokument den Vermerk "
            "„Entwurf“,\nund Suchmaschinen werden gebeten, ihn auszulassen.\nWas für die "
            "Veröffentlichung noch fehlt, nennt: klarplan check --ready",
            "title": "Name der Strategie, wie er auf Startseite und Titelblatt steht.",
            "subtitle": "Untertitel; darf leer sein.",
            "summary": "Worum es geht, in zwei Sätzen.\n"
            "Steht auf der Startseite und in Suchmaschinen.",
            "municipality": "Voller Name der Kommune, zum Beispiel „Landkreis Harz“.",
            "kind": "Was sie ist; leer, wenn der Name damit beginnt. Möglich sind:\n"
            + textwrap.fill(", ".join(KINDS), 76, initial_indent="  ", subsequent_indent="  ")
            + "\n"
            "Ein eigenes Wort steht mit seinem Artikel und, wenn nötig, seinen Fällen darunter:\n"
            "  kind:\n"
            "    word: Hallig\n"
            "    article: die\n"
            "    english: island",
            "country": "Staat; danach richten sich Schlüssel und Postleitzahl. Möglich sind:\n"
            + "\n".join(f"  {code}: {country.name.de}" for code, country in COUNTRIES.items()),
            "key": "Amtlicher Gemeindeschlüssel (8 Ziffern) oder Regionalschlüssel (12 Ziffern);\n"
            "bei Amt, Samtgemeinde und anderen Gemeindeverbänden 9 Ziffern, bei einem Kreis 5,\n"
            "einem Bezirk 3, einem Land 2; leer, wenn es keinen gibt. Immer in Anführungszeichen,\n"
            "damit die führende Null erhalten bleibt. Er steht im Gemeindeverzeichnis\n"
            "(www.destatis.de). In Österreich die Gemeindekennziffer, in der Schweiz die\n"
            "BFS-Nummer der Gemeinde.",
            "topic": "Wovon die Strategie handelt. Möglich sind:\n"
            + "\n".join(f"  {name}: {title}" for name, title in TOPICS.items()),
            "lang": "Sprache der Website und der Papiere. Möglich sind:\n"
            + "\n".join(f"  {name}: {title}" for name, title in LANGUAGES.items()),
            "version": "Fassung der Strategie, zum Beispiel 1.0.",
            "resolution": "Wer die Strategie wann beschlossen hat, in Worten.",
            "period_start": "Erstes und letztes Jahr, für das die Strategie gilt.",
            "period_end": "",
            "review_months": "Nach so vielen Monaten ohne Meldung gilt eine laufende Maßnahme "
            "als „ohne aktuelle Meldung“.",
            "chapters": "Kapitel in der Reihenfolge, in der sie im PDF und im Menü stehen.\n"
            "Ein Kapitel ohne Inhalt entfällt von selbst.\n"
            + "\n".join(f"  {name}: {GERMAN(f'chapter.{name}.title')}" for name in CHAPTERS),
            "menu": "Eigene Seiten aus docs/ im Menü, in dieser Reihenfolge, zum Beispiel:\n"
            "  - docs/termine.md\n"
            "  - Mitreden:\n"
            "      - Bürgerrat: docs/buergerrat.md\n"
            "Ohne Titel gilt der Titel der Seite. Heißt eine Gruppe wie eine im Menü\n"
            "(Strategie, Umsetzung, Dokumente, Über), kommen die Seiten dort hinzu.",
            "proposals": "Kopf der Vorlage, wenn über einen Umsetzungsbericht abgestimmt wird; "
            "je Zeitraum,\nalle Angaben sind freiwillig, zum Beispiel:\n"
            "  2026-H1:\n"
            '    number: "2026/117"\n'
            '    office: "Stabsstelle Digitalisierung"\n'
            "    sequence:\n"
            '      - 2026-09-15: "Ausschuss für Digitalisierung"\n'
            '      - 2026-09-30: "Rat"\n'
            '    costs: "Keine zusätzlichen Kosten"\n'
            '    climate: "Keine Auswirkungen"\n'
            "Ein Gremium steht mit seinem Namen oder seiner Kennung aus data/bodies.csv.",
        },
    ),
    (
        "Website und Ablage",
        {
            "site_url": "Adresse der Website, mit https:// und Schrägstrich am Ende.",
            "repository": "Adresse des Git-Projekts; dorthin führt „Diese Seite bearbeiten“.",
            "repository_host": "Wie die Plattform arbeitet, auf der es liegt: "
            + ", ".join(HOSTS)
            + ".\nLeer, wenn es ihre Adresse sagt, wie bei GitHub, openCode und "
            "gitlab.stadt.example.",
            "branch": "Zweig des Git-Projekts, aus dem veröffentlicht wird.",
            "licence": "Lizenz der Texte und offenen Daten. Möglich sind:\n"
            + "\n".join(f"  {name}: {title}" for name, (title, _) in LICENCES.items()),
            "contributor_id": "Wer die Daten an das Datenportal liefert, für DCAT-AP.de: eine "
            "Kennung aus der Liste\nwww.dcat-ap.de/def/contributors, zum Beispiel openNRW. "
            "Ihr Landesportal nennt sie Ihnen.",
        },
    ),
    (
        "Dokumente",
        {
            "measure_pdfs": "Ob es zu jeder Maßnahme ein eigenes PDF gibt: true (ja) oder "
            "false (nein).\nDas Bauen der Website dauert dann länger.",
            "book_chapters": "Kapitel des PDFs der Strategie in ihrer Reihenfolge; leer sind es "
            "alle, die oben stehen.",
            "measure_sheet": "Wie viel Platz jede Maßnahme darin hat. Möglich sind:\n"
            + "\n".join(f"  {name}: {text}" for name, text in SHEETS.items()),
        },
    ),
    (
        "Aussehen",
        {
            "primary_colour": "Hausfarben. Weiße Schrift muss darauf gut lesbar sein.",
            "accent_colour": "",
            "logo": "Logo als Pfad unterhalb von docs/, zum Beispiel assets/logo.svg.",
            "font": "Schrift der Website und der Dokumente: fira-sans, source-sans-3 oder ein\n"
            "Ordner unterhalb von docs/ mit Ihrer Hausschrift als .ttf oder .otf.\n"
            "Deren Lizenz muss das Veröffentlichen im Netz erlauben.",
        },
    ),
    (
        "Kontakt, Impressum und Datenschutz",
        {
            "contact_name": "Stelle, die Auskunft gibt, keine Person.",
            "contact_email": "Funktionspostfach, nicht die Adresse einer Person.",
            "contact_phone": "",
            "participation_url": "Adresse der Beteiligungsplattform; ohne Adresse erscheint kein "
            "Verweis.",
            "street": "Anschrift.",
            "postcode": "",
            "town": "",
            "represented_by": "Wer die Kommune vertritt, als Amt,\n"
            "zum Beispiel „die Bürgermeisterin“ oder „den Landrat“.",
            "supervisory_authority": "Aufsichtsbehörde für das Impressum.",
            "vat_id": "Umsatzsteuer-Identifikationsnummer, falls vorhanden.",
            "privacy_contact": "Adresse der oder des Datenschutzbeauftragten (Funktionspostfach).",
            "hosting": "Wer den Webserver betreibt; steht in der Datenschutzerklärung.",
            "server_log_days": "Nach so vielen Tagen werden die Protokolle des Webservers "
            "gelöscht.",
        },
    ),
    (
        "Barrierefreiheit",
        {
            "accessibility_state": "Wie weit die Website die Anforderungen erfüllt:\n"
            + "\n".join(f"  {name}: {title}" for name, title in CONFORMITY.items())
            + "\nLeer, solange niemand geprüft hat.",
            "accessibility_exceptions": "Was nicht barrierefrei ist und warum: ein Text "
            "oder eine Liste.",
            "accessibility_tested": "Tag der letzten Prüfung, zum Beispiel 2026-10-12.",
            "accessibility_method": "Wie und durch wen geprüft wurde.",
            "enforcement_body": "Durchsetzungsstelle für Barrierefreiheit, mit Anschrift.\n"
            "Ist sie leer, erscheint die Stelle des Landes nach dem amtlichen Schlüssel,\n"
            "mit dem Hinweis, dass die Angabe noch zu prüfen ist.",
            "sign_language_url": "Seite oder Video in Deutscher Gebärdensprache; "
            "ohne Adresse erscheint kein Verweis.",
        },
    ),
)

EXPLAINED: Mapping[str, str] = {
    key: text for _, section in _SECTIONS for key, text in section.items()
}
"""What each setting means, in German; settings that share an explanation have an empty text."""


def _menu(item: MenuItem, indent: str = "  ") -> str:
    """An entry of the menu with those below it."""
    name = f"{json.dumps(item.title, ensure_ascii=False)}: " if item.title else ""
    if item.items:
        below = "".join(f"\n{_menu(part, indent + '    ')}" for part in item.items)
        return f"{indent}- {name.rstrip()}{below}"
    return f"{indent}- {name}{json.dumps(item.file, ensure_ascii=False)}"


def _item(value: str | MenuItem | Proposal) -> str:
    """A line of a list; a text is in quotation marks unless it is the name of a chapter."""
    if isinstance(value, Proposal):
        return _proposal(value)
    if isinstance(value, MenuItem):
        return _menu(value)
    return f"  - {value if value in CHAPTERS else json.dumps(value, ensure_ascii=False)}"


def _kind(kind: Kind) -> str:
    """A kind by its name, else each of its forms on a line."""
    if KINDS.get(kind.noun) == kind:
        return f" {kind.noun}"
    told = {
        "word": kind.noun,
        "article": ARTICLES[kind.gender][""],
        "genitive": kind.genitive,
        "dative": kind.dative,
        "english": kind.english,
    }
    lines = (f"  {name}: {json.dumps(v, ensure_ascii=False)}" for name, v in told.items() if v)
    return "\n" + "\n".join(lines)


def _proposal(told: Proposal) -> str:
    """The frame of a report, each fact that there is on a line of its own."""
    lines = [f"  {json.dumps(told.period, ensure_ascii=False)}:"]
    for name in KNOWN:
        if name == "sequence" and told.sequence:
            days = (f"      - {d}: {json.dumps(b, ensure_ascii=False)}" for d, b in told.sequence)
            lines += ["    sequence:", *days]
        elif name != "sequence" and (fact := getattr(told, name)):
            lines.append(f"    {name}: {json.dumps(fact, ensure_ascii=False)}")
    return "\n".join(lines)


def value_text(value: Any) -> str:
    """What stands behind the colon of a setting; a list begins on the next line."""
    if value is None:
        return ""
    if isinstance(value, Kind):
        return _kind(value)
    if isinstance(value, dt.date):
        return f" {value.isoformat()}"
    if isinstance(value, tuple | list):
        return "\n" + "\n".join(map(_item, value)) if value else " []"
    if isinstance(value, int):
        return f" {str(value).lower()}"
    return " " + json.dumps(value, ensure_ascii=False)


def settings_text(values: Mapping[str, Any]) -> str:
    """The whole file with the given values; settings not named get their default.

    Raises ``KeyError`` for a name that is no setting.
    """
    unknown = set(values) - set(EXPLAINED)
    if unknown:
        raise KeyError(*sorted(unknown))
    settings = Settings(**values)
    lines = [_HEAD]
    for title, section in _SECTIONS:
        lines.append(f"\n# ---- {title} " + "-" * (80 - len(title)) + "\n")
        for key, text in section.items():
            if text:
                lines.append("\n")
                lines.extend(f"# {line}".rstrip() + "\n" for line in text.split("\n"))
            lines.append(f"{key}:{value_text(getattr(settings, key))}\n")
    return "".join(lines)
