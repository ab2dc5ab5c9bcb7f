"""What is found while files are read, as ``csv_reader``, ``settings`` and ``load`` report it."""

from __future__ import annotations

from klarplan.check.obstacles import IN_THE_WAY
from klarplan.check.rules.registry import declare
from klarplan.messages import Text
from klarplan.strategy.csv_reader import MOST_BYTES, MOST_COLUMNS, MOST_ROWS

declare(
    "KP001",
    Text("Tabelle fehlt", "Table missing"),
    Text(
        "Die Tabellen fields_of_action, measures und statuses sind da.",
        "The tables fields_of_action, measures and statuses are there.",
    ),
)
declare(
    "KP002",
    Text("Keine Textdatei", "Not a text file"),
    Text(
        "Tabellen sind Textdateien in UTF-8 oder Windows-1252.",
        "Tables are text files in UTF-8 or Windows-1252.",
    ),
)
declare(
    "KP003",
    Text("Windows-1252 statt UTF-8", "Windows-1252 instead of UTF-8"),
    Text(
        "Tabellen sind am besten in UTF-8 gespeichert.",
        "Tables are best saved in UTF-8.",
    ),
    "notice",
)
declare(
    "KP004",
    Text("Datei leer", "File empty"),
    Text("Tabellen haben eine Kopfzeile.", "Tables have a header line."),
)
declare(
    "KP005",
    Text("Kein lesbares CSV", "Not readable as CSV"),
    Text(
        "Anführungszeichen in Tabellen öffnen und schließen sich.",
        "Quotation marks in tables open and close.",
    ),
)
declare(
    "KP006",
    Text("Tabelle zu groß", "Table too large"),
    Text(
        f"Eine Tabelle hat höchstens {MOST_BYTES // 1_000_000} MB, {MOST_ROWS} Zeilen und "
        f"{MOST_COLUMNS} Spalten.",
        f"A table has at most {MOST_BYTES // 1_000_000} MB, {MOST_ROWS} rows and "
        f"{MOST_COLUMNS} columns.",
    ),
)
declare(
    "KP007",
    Text("Datei nicht lesbar", "File not readable"),
    Text(
        "Klarplan darf alle Dateien der Strategie öffnen; wo eine Datei sein soll, liegt kein "
        "Ordner.",
        "Klarplan may open all files of the strategy; no folder lies where a file is expected.",
    ),
)
declare(
    "KP009",
    Text("Einstellungen fehlen", "Settings missing"),
    Text(
        "Die Einstellungen stehen in strategy/strategy.yml.",
        "The settings are in strategy/strategy.yml.",
    ),
)
declare(
    "KP010",
    Text("Kein gültiges YAML", "Not valid YAML"),
    Text("strategy/strategy.yml ist gültiges YAML.", "strategy/strategy.yml is valid YAML."),
)
declare(
    "KP011",
    Text("Einstellung unbekannt", "Unknown setting"),
    Text(
        "strategy/strategy.yml nennt nur Einstellungen, die es gibt.",
        "strategy/strategy.yml names only settings that exist.",
    ),
)
ACKNOWLEDGED = declare(
    "KP018",
    Text("Antwort auf eine Warnung", "Answer to a warning"),
    Text(
        "Jede Zeile in strategy/acknowledged.csv beantwortet mit einem Grund eine Warnung, "
        "die es gibt.",
        "Each row of strategy/acknowledged.csv answers a warning that there is, with a reason.",
    ),
    "warning",
)
declare(
    "KP047",
    Text("Eigener Satz passt nicht", "Own sentence does not fit"),
    Text(
        "local/words.yml nennt nur Sätze, die es gibt, mit den Werten, die sie brauchen.",
        "local/words.yml names only sentences that exist, with the values that they need.",
    ),
)
declare(
    "KP056",
    Text("Gleichbedeutendes nicht lesbar", "Synonym can't be read"),
    Text(
        "local/synonyms.yml nennt zu jedem Wort, was auf den Seiten dafür steht.",
        "local/synonyms.yml names for each word what stands for it on the pages.",
    ),
    "warning",
)
declare(
    "KP012",
    Text("Einstellung passt nicht", "Setting does not fit"),
    Text(
        "Die Werte in strategy/strategy.yml passen zu ihrer Einstellung.",
        "The values in strategy/strategy.yml fit their settings.",
    ),
)
declare(
    IN_THE_WAY,
    Text("Etwas ist dem Bauen im Weg", "Something is in the way of builds"),
    Text(
        "Wo Klarplan baut und woher es Vorlagen nimmt, liegen keine symbolischen Links; die "
        "Ordner site und build gehören Klarplan allein.",
        "Where Klarplan builds and takes templates from are no symbolic links; the folders site "
        "and build are Klarplan's alone.",
    ),
)
UNRENDERED = declare(
    "KP048",
    Text("mkdocs.yml nicht brauchbar", "mkdocs.yml can't be used"),
    Text(
        "Die Datei mkdocs.yml, die zu Klarplan gehört, ist lesbar und nennt Erweiterungen, die es "
        "gibt.",
        "The file mkdocs.yml, which belongs to Klarplan, can be read and names extensions that "
        "exist.",
    ),
)
