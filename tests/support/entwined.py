"""A small strategy whose measures are entwined: parts, further fields, split, merged, places."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.csv_writer import write_table
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from macros.registry import Context

DAY = dt.date(2026, 6, 30)

TABLES: Mapping[str, Sequence[str]] = {
    "fields_of_action": (
        "id,title,order",
        "F-1,Wege,1",
        "F-2,Schule,2",
        "F-3,Wasser,3",
    ),
    "statuses": (
        "id,label,meaning,category,symbol,colour",
        "offen,geplant,Es beginnt noch.,open,○,#4a5568",
        "laeuft,in Umsetzung,Es läuft.,active,▶,#1a5fb4",
        "fertig,abgeschlossen,Es ist fertig.,done,✓,#1b6e3c",
        "weg,eingestellt,Es endet.,stopped,✗,#a51d2d",
    ),
    "measures": (
        "id,title,field,parent,planned_start,planned_end,visibility",
        "T-1,Radnetz,F-1,,2024-01-01,2027-12-31,",
        "T-2,Radweg Nord,F-1,T-1,2024-01-01,2025-12-31,",
        "T-3,Radweg zur Schule,F-2,T-1,2024-01-01,2026-12-31,",
        "T-4,Radweg Süd,F-1,T-1,2025-01-01,2027-12-31,",
        "T-5,Brücke,F-1,T-4,2025-01-01,2026-03-31,",
        "S-1,Chatbot,F-2,,2023-01-01,2025-12-31,",
        "S-2,Suche,F-2,,2025-01-01,2027-12-31,",
        "S-3,Telefon,F-3,,2025-01-01,2027-12-31,",
        "Q-1,Pegel Ost,F-3,,2023-01-01,2025-12-31,",
        "Q-2,Pegel West,F-3,,2023-01-01,2025-12-31,",
        "Q-3,Pegel,F-3,,2025-01-01,2027-12-31,",
        "N-1,Netz,F-2,,2025-01-01,2027-12-31,",
        "I-1,Leitstelle,F-3,,2026-01-01,2028-12-31,internal",
    ),
    "measure_fields": ("measure,field", "T-3,F-1", "S-2,F-1", "S-2,F-3"),
    "successions": ("from,to", "S-1,S-2", "S-1,S-3", "Q-1,Q-3", "Q-2,Q-3"),
    "status_reports": (
        "measure,date,period,status,progress,text",
        "T-2,2026-01-10,2025,fertig,100,Fertig.",
        "T-3,2026-01-10,2025,laeuft,50,Es geht voran.",
        "T-5,2026-01-10,2025,laeuft,20,Die Pfeiler stehen.",
        "S-1,2026-01-10,2025,weg,40,Beendet.",
        "S-2,2026-01-10,2025,laeuft,30,Es geht voran.",
        "S-3,2026-01-10,2025,laeuft,30,Es geht voran.",
        "Q-1,2026-01-10,2025,fertig,100,Fertig.",
        "Q-2,2026-01-10,2025,weg,60,Beendet.",
        "Q-3,2026-01-10,2025,laeuft,10,Es geht voran.",
        "I-1,2026-01-10,2025,offen,0,Es wird beraten.",
    ),
    "budget": (
        "measure,year,planned,approved,spent,currency,funding_source",
        "T-1,2025,100,,,EUR,state",
        "T-2,2025,200,,150,EUR,own",
        "T-3,2025,400,,,EUR,own",
        "T-5,2025,800,,,EUR,own",
        "S-1,2024,1600,,1600,EUR,own",
        "S-2,2025,3200,,,EUR,own",
        "Q-2,2025,6400,,,EUR,own",
        "Q-3,2025,12800,,,EUR,own",
    ),
    "places": (
        "id,name,parent,kind",
        "O-1,Stadt,,",
        "O-2,Süd,O-1,Stadtteil",
        "O-3,Hafen,O-2,Quartier",
        "O-4,Nord,O-1,Stadtteil",
    ),
    "measure_places": ("measure,place", "T-2,O-4", "T-5,O-3", "T-5,O-4", "S-1,O-2"),
}


def write_entwined(root: Path, **more: Sequence[str]) -> Path:
    """Write the strategy with further rows, by table; returns its root."""
    for name, lines in TABLES.items():
        head, *rows = (line.split(",") for line in (*lines, *more.get(name, ())))
        write_table(root / "data" / f"{name}.csv", head, rows)
    return root


def context_of(root: Path, as_of: dt.date = DAY) -> Context:
    """What macros are given for the public part of a strategy."""
    loaded = public(load(root))
    settings = replace(loaded.strategy.settings, site_url="https://stadt.example/strategie/")
    return Context(
        strategy=replace(loaded.strategy, settings=settings),
        descriptor=loaded.descriptor,
        as_of=as_of,
        chapters=chapters_present(loaded.strategy, root),
    )
