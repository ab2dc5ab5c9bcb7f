"""The words by which town halls' lists are recognised: names of sheets, headers, values."""

from __future__ import annotations

from collections.abc import Mapping

TABLE_WORDS: Mapping[str, tuple[str, ...]] = {
    "status_reports": ("sachst", "bericht", "meldung", "monitoring", "controlling", "umsetzungsst"),
    "measures": ("maßnahm", "massnahm", "projekt", "vorhaben"),
    "goals": ("ziele",),
    "milestones": ("meilenstein",),
    "budget": ("budget", "finanz", "kosten", "haushalt"),
    "indicators": ("kennzahl", "indikator"),
    "organisations": ("organisation", "ämter", "akteur"),
    "fields_of_action": ("handlungsfeld",),
    "decisions": ("beschl",),
    "risks": ("risik",),
}
"""Beginnings of words in the names of sheets and files that tell of a table."""

_NUMBER = (
    *("nr", "nummer", "lfd nr", "lfdnr", "kennung", "id", "kürzel", "code", "ziffer"),
    *("maßnahmennummer", "maßnahmennr", "maßnahmen nr", "maßnahme nr", "projektnummer"),
    *("projekt nr", "lfd nummer", "laufende nummer", "nr maßnahme", "no", "number", "#", "ref"),
    *("kennziffer", "m nr", "mnr", "maßnahmen id", "projekt id", "projektnr", "vorhaben nr"),
    *("nr der maßnahme", "kennnummer", "item"),
)

HEADER_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "measures": {
        "official_id": _NUMBER,
        "title": (
            *("maßnahme", "maßnahmen", "titel", "bezeichnung", "projekt", "vorhaben", "kurztitel"),
            *("maßnahmentitel", "projekttitel", "projektname", "maßnahmenname", "name"),
            *("maßnahmenbezeichnung", "titel der maßnahme", "name der maßnahme", "aktivität"),
            *(
                "bezeichnung der maßnahme",
                "betreff",
                "projektbezeichnung",
                "vorhabenbezeichnung",
                "bezeichnung des vorhabens",
                "bezeichnung des projekts",
                "projekt maßnahme",
                "maßnahme projekt",
                "einzelmaßnahme",
                "measure",
                "action",
                "project",
                "title",
                "leitprojekt",
            ),
        ),
        "summary": (
            *("beschreibung", "kurzbeschreibung", "inhalt", "erläuterung", "details"),
            *("maßnahmenbeschreibung", "projektbeschreibung", "kurzinfo", "kurztext"),
            *("beschrieb", "kurzbeschrieb", "maßnahmenbeschrieb", "description", "summary"),
        ),
        "field": (
            *(
                "handlungsfeld",
                "hf",
                "themenfeld",
                "themenbereich",
                "aktionsfeld",
                "bereich",
                "sektor",
            ),
            *("schwerpunkt", "cluster", "kategorie", "thema", "politikfeld", "politikbereich"),
            *("handlungsbereich", "themengebiet", "aufgabenfeld", "aufgabenbereich"),
            *("strategiefeld", "leitthema", "schwerpunktthema", "field of action", "policy area"),
            *("policy field", "topic", "theme", "area", "category"),
        ),
        "type": ("art", "typ", "maßnahmenart", "maßnahmentyp", "projektart", "type"),
        "priority": ("priorität", "prio", "priorisierung", "dringlichkeit"),
        "impact": (
            *("wirkung", "wirksamkeit", "potenzial", "potential", "co2 potenzial"),
            *("co2 einsparpotenzial", "einsparpotenzial", "erwartete wirkung"),
        ),
        "planned_start": (
            *("beginn", "start", "startdatum", "projektstart", "von", "startjahr", "ab"),
            *("umsetzungsbeginn", "umsetzungsstart", "beginn der umsetzung", "projektbeginn"),
            *("start der umsetzung", "maßnahmenbeginn", "planbeginn", "soll beginn"),
            *("umsetzung ab", "geplanter start", "beginn geplant", "start date", "planned start"),
        ),
        "planned_end": (
            *("ende", "enddatum", "fertigstellung", "abschluss", "frist", "termin", "zieltermin"),
            *("bis", "projektende", "umsetzung bis", "endjahr", "zieldatum", "umsetzungsende"),
            *("ende der umsetzung", "fertigstellungstermin", "geplante fertigstellung"),
            *("zielzeitpunkt", "zieljahr", "planende", "soll ende", "umsetzungstermin"),
            *("abschlussdatum", "geplanter abschluss", "ende geplant", "fällig", "fälligkeit"),
            *(
                "erledigung bis",
                "zu erledigen bis",
                "deadline",
                "due",
                "due date",
                "end date",
                "target date",
                "planned end",
            ),
        ),
        "actual_start": ("ist beginn", "begonnen am"),
        "actual_end": ("ist ende", "abgeschlossen am", "erledigt am", "beendet am"),
        "next_review": ("wiedervorlage",),
        "quick_win": ("quick win", "quickwin", "sofortmaßnahme"),
        "cost_benefit": ("kosten nutzen", "nutzen kosten"),
    },
    "status_reports": {
        "measure": (*_NUMBER, "maßnahme", "massnahme", "projekt"),
        "date": (
            *("datum", "stand", "stand vom", "stichtag", "berichtsdatum", "meldedatum"),
            *("letzte aktualisierung", "zuletzt aktualisiert", "aktualisiert am", "aktualisiert"),
            *("letzte meldung", "letzter bericht", "meldung vom", "bericht vom"),
            *("letzte änderung", "aktualisierungsdatum", "datum der meldung", "datenstand"),
            *("last update", "last updated", "updated", "as of", "report date"),
        ),
        "period": ("zeitraum", "berichtsjahr", "jahr", "periode", "quartal", "halbjahr"),
        "status": (
            *("ampel", "status", "umsetzungsstand", "umsetzungsstatus", "ampelstatus"),
            *("bewertung", "stand der umsetzung", "projektstatus", "bearbeitungsstand"),
            *("status der umsetzung", "realisierungsstand", "projektstand", "state", "rag"),
            *("erledigungsstand", "stand der erledigung", "durchführungsstand"),
            *("stand der durchführung", "stand der bearbeitung", "rag status"),
        ),
        "progress": (
            *("fortschritt", "umsetzungsgrad", "fertigstellungsgrad", "erfüllungsgrad"),
            *("fortschritt in %", "fortschritt %", "% erledigt", "umsetzungsgrad in %"),
            *(
                "umsetzung in %",
                "umsetzung %",
                "umsetzung (%)",
                "realisierungsgrad",
                "% umgesetzt",
                "progress",
            ),
            *("grad der umsetzung", "bearbeitungsgrad", "umsetzungsfortschritt", "% complete"),
        ),
        "text": (
            *("sachstand", "bericht", "aktueller stand", "bemerkung", "bemerkungen", "kommentar"),
            *("erläuterung", "text", "meldung", "anmerkung", "anmerkungen", "kommentare"),
            *("aktueller sachstand", "statusbericht", "erläuterungen", "berichtstext"),
            *(
                "erläuterung zum stand",
                "comment",
                "comments",
                "remarks",
                "notes",
                "notizen",
                "update",
            ),
        ),
        "expected_end": (
            *("verschoben auf", "verschoben bis", "verlängert bis", "verlängert auf", "neu bis"),
            *("verlängerung bis", "terminverschiebung auf", "terminprognose", "prognose termin"),
            *("postponed to", "delayed until", "new deadline"),
        ),
        "obstacles": ("hemmnis", "probleme", "hindernisse", "schwierigkeiten"),
        "lessons": ("erkenntnisse", "lessons learned"),
    },
    "budget": {
        "measure": (*_NUMBER, "maßnahme", "massnahme", "projekt"),
        "year": ("haushaltsjahr",),
        "planned": ("ansatz", "plan", "kosten", "budget", "haushaltsansatz"),
        "spent": ("ist", "verausgabt", "rechnungsergebnis", "ausgaben"),
    },
    "milestones": {
        "measure": (*_NUMBER, "maßnahme", "massnahme", "projekt"),
        "title": ("meilenstein",),
        "due": ("fällig", "termin", "frist", "bis"),
        "completed": ("erledigt am", "abgeschlossen am"),
        "state": ("status",),
    },
    "goals": {
        "title": (
            *("ziel", "titel", "strategisches ziel", "oberziel", "leitziel", "teilziel"),
            *("operatives ziel", "zielbezeichnung", "zielsetzung", "zielbeschreibung", "goal"),
        ),
        "summary": ("beschreibung", "erläuterung"),
    },
    "indicators": {
        "title": ("kennzahl", "indikator", "name"),
        "unit": ("maßeinheit",),
        "definition": ("beschreibung",),
    },
    "organisations": {
        "name": (
            *(
                "organisation",
                "amt",
                "stelle",
                "bezeichnung",
                "fachbereich",
                "organisationseinheit",
            ),
            *("dienststelle", "einrichtung", "akteur", "institution"),
        ),
        "functional_email": (
            *("e mail", "email", "mail", "e mail adresse", "postfach", "mailadresse"),
            *("kontakt e mail", "funktionspostfach"),
        ),
        "url": ("internet", "website", "webseite", "homepage", "web", "url"),
    },
    "fields_of_action": {
        "title": ("handlungsfeld", "titel", "name"),
        "summary": ("beschreibung",),
    },
}
"""Headers besides the titles of the schema, as ``key_of`` makes them."""

SPANS = (
    "laufzeit",
    "zeitraum",
    "umsetzungszeitraum",
    "projektlaufzeit",
    "durchführungszeitraum",
    "zeithorizont",
    "realisierungszeitraum",
    "maßnahmenlaufzeit",
    "bauzeit",
    "zeitrahmen",
    "zeitplan",
    "umsetzungszeit",
    "von bis",
    "umsetzung von bis",
    "beginn bis ende",
    "beginn ende",
    "start ende",
)
"""Headers of columns that hold beginning and end of a measure in one cell."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "lead": (
        *("federführung", "federführend", "zuständig", "zuständigkeit", "verantwortlich"),
        *("verantwortung", "verantwortliche stelle", "amt", "fachbereich", "fachamt"),
        *("federführendes amt", "zuständiges amt", "zuständige stelle", "verantwortlichkeit"),
        *("zuständige stellen", "zuständige stelle(n)", "zuständigkeiten", "ff", "dezernat"),
        *("umsetzungsverantwortung", "umsetzungsverantwortliche", "verantwortliche", "stelle"),
        *("federführende stelle", "federführender fachbereich", "zuständiger fachbereich"),
        *("zuständige organisationseinheit", "organisationseinheit", "oe", "dienststelle"),
        *(
            "träger",
            "projektträger",
            "maßnahmenträger",
            "vorhabenträger",
            "federführendes dezernat",
        ),
        *("abteilung", "referat", "fachdienst", "departement", "direktion", "amtsstelle"),
        *(
            "responsible",
            "responsibility",
            "responsible department",
            "department",
            "lead",
            "owner",
            "wer",
        ),
    ),
    "partner": (
        *("beteiligte", "beteiligt", "partner", "akteure", "kooperationspartner", "mitwirkung"),
        *("mitwirkende", "beteiligte stellen", "beteiligte ämter", "weitere beteiligte"),
        *("weitere akteure", "beteiligte akteure", "kooperation", "partners", "involved"),
        *("supporting partners", "supporting", "weitere stellen", "projektpartner"),
    ),
    "funder": ("fördergeber", "mittelgeber", "fördermittelgeber"),
}
"""Headers of columns in a list of measures that name organisations, by their role."""

MONEY: Mapping[str, tuple[str, ...]] = {
    "spent": (
        *("ist", "istkosten", "ist kosten", "ausgaben", "verausgabt", "ausgegeben", "abfluss"),
        *(
            "mittelabfluss",
            "rechnungsergebnis",
            "ergebnis",
            "rechnung",
            "spent",
            "spend",
            "actual costs",
        ),
        *("tatsächliche kosten", "actual"),
    ),
    "approved": (
        "bewilligt",
        "bewilligte mittel",
        "genehmigt",
        "beschlossen",
        "kredit",
        "approved",
    ),
    "planned": (
        *("kosten", "budget", "ansatz", "haushaltsansatz", "planansatz", "plan", "gesamtkosten"),
        *("kostenschätzung", "geschätzte kosten", "plankosten", "investitionskosten"),
        *("investition", "investitionen", "finanzbedarf", "finanzierungsbedarf", "mittelbedarf"),
        *("finanzvolumen", "finanzmittel", "haushaltsmittel", "kostenrahmen", "sachkosten"),
        *("finanzierung", "costs", "cost", "planned costs", "haushalt", "aufwand"),
    ),
}
"""Headers of columns in a list of measures that hold money, by the column of the budget."""

RANKS: Mapping[str, str] = {
    "sehr hoch": "5",
    "hoch": "4",
    "mittel": "3",
    "gering": "2",
    "niedrig": "2",
    "sehr gering": "1",
    "sehr niedrig": "1",
    "a": "5",
    "b": "3",
    "c": "1",
}
"""What words mean in columns that hold a number from 1 to 5."""

CATEGORY_WORDS: Mapping[str, Mapping[str, str]] = {
    "type": {"dauerhaft": "permanent", "laufend": "permanent", "pilotprojekt": "pilot"},
    "state": {"offen": "planned", "erledigt": "reached", "nicht erreicht": "missed"},
    "funding_source": {"eigenmittel": "own", "landesmittel": "state", "bundesmittel": "federal"},
}
"""What words mean in columns with fixed categories, by column."""
