"""Cards of measures as PDF: A6, four on a page, to cut out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from klarplan.look import qr_code
from klarplan.look.colour import legible
from klarplan.look.glyphs import Glyphs
from klarplan.papers.card_texts import Card
from klarplan.papers.job import PaperJob, PdfResult
from klarplan.papers.pdf.bind import Binder, Part
from klarplan.papers.pdf.cover import cover_values
from klarplan.papers.pdf.typeset import (
    IN_FRONT,
    Finish,
    RefusedError,
    refused,
    set_here,
    set_volume,
)
from klarplan.papers.pdf.volumes import TOGETHER, look_inside, write_values
from klarplan.papers.text import breakable
from klarplan.words.catalogue import Words

FIRST = 3
"""So many cards stand beside the one that names the strategy."""
VOLUME = 100
"""So many cards are set in one process: 25 pages, about 200 MB."""
LONGEST = 4000
"""So many characters never fit on a card; what is behind them need not be measured."""
BLANK = re.compile(r"[^\S\u00a0\u202f]+")
"""White space at which a line may break."""
LINES = {"part_of": 1, "also_in": 1, "place": 1, "superseded_by": 3}
"""So many lines a fact may take; others two."""
START = '#import "cards.typ": *\n#show: deck\n'


def make_cards(job: PaperJob, strategy: str, cards: Sequence[Card], overview: str) -> PdfResult:
    """Writes the cards; ``overview`` is the address of the list of all measures, if it has one.

    The first card names the strategy. Raises ``KlarplanError`` where they can't be set.
    """
    job.clear_work()
    glyphs = Glyphs(job.work)
    values = cover_values(job, glyphs)
    write_values(job.work, {**values, "as-of": job.dated(job.words.short_day(job.as_of))})
    words = job.words
    line = partial(_text, words=words, glyphs=glyphs)
    opening = {
        "title": line(words("print.cards.title")),
        "strategy": line(strategy),
        "hints": [
            line(words(f"print.cards.{hint}", n=len(cards)))
            for hint in ("count", "cut", "tells", *(("scan",) if overview else ()))
        ],
        **_code(words, overview, glyphs),
    }
    try:
        front = _front(job, opening, [_values(words, card, glyphs) for card in cards[:FIRST]])
        with ThreadPoolExecutor(TOGETHER) as pool:
            running = [
                pool.submit(
                    _volume, job, at, [_values(words, c, glyphs) for c in cards[at : at + VOLUME]]
                )
                for at in range(FIRST, len(cards), VOLUME)
            ]
        volumes = [volume.result() for volume in running]
    except RefusedError as error:
        raise refused(error, ()) from error
    return PdfResult(_bind(job, front, volumes), ())


def _front(job: PaperJob, opening: Mapping[str, Any], cards: Sequence[Mapping[str, Any]]) -> Path:
    """The page that begins with the title; only it states the standards."""
    _write(job.work / "front.json", {"opening": opening, "cards": cards})
    call = "#sheets(title-card(it.opening), ..it.cards.map(card))"
    main = f'{START}#let it = json("front.json")\n{call}\n'
    (job.work / "deck.typ").write_text(main, encoding="utf-8", newline="\n")
    file = job.work / "front.pdf"
    file.write_bytes(set_here(job.work, "deck.typ", IN_FRONT, job.as_of))
    return file


def _volume(job: PaperJob, first: int, cards: Sequence[Mapping[str, Any]]) -> Path:
    name = f"cards-{first:05}"
    _write(job.work / f"{name}-data.json", cards)
    main = f'{START}#sheets(..json("{name}-data.json").map(card))\n'
    (job.work / f"{name}.typ").write_text(main, encoding="utf-8", newline="\n")
    return set_volume(job.work, name, job.as_of, Finish(prefix=f"{name}-", margins=False))


def _bind(job: PaperJob, front: Path, volumes: Sequence[Path]) -> int:
    with Binder(job.target, job.rights, job.words) as binder:
        inside = look_inside(front)
        binder.add(Part(front, inside, [1] + [2] * (len(inside.marks) - 1), front=()))
        for volume in volumes:
            inside = look_inside(volume)
            binder.add(Part(volume, inside, [2] * len(inside.marks)))
        return binder.finish(None, {})


def _write(file: Path, content: Any) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8", newline="\n")


def _values(words: Words, card: Card, glyphs: Glyphs) -> Mapping[str, Any]:
    """A card for the template: every text in one line, of printable characters."""
    status = card.status
    line = partial(_text, words=words, glyphs=glyphs)
    return {
        "title": line(f"{card.number} {card.title}") or "–",
        "field": line(card.field),
        "colour": card.colour,
        "status": {
            "label": line(status.label),
            "symbol": line(status.symbol),
            "colour": legible(status.colour),
        },
        "facts": [
            (line(words(f"print.card.{name}")), line(text), LINES.get(name, 2))
            for name, text in card.facts
        ],
        "summary": [line(sentence) for sentence in card.summary],
        "goals": [[line(goal) for goal in way] for way in card.goals],
        "brief-goals": [line(way) for way in card.brief_goals],
        **_code(words, card.address, glyphs),
    }


def _code(words: Words, address: str, glyphs: Glyphs) -> dict[str, str]:
    return {
        "code": qr_code.qr_svg(address) if address else "",
        "alt": words("print.code", address=qr_code.short(address)),
        "address": address,
        "short": _text(qr_code.short(address), words=words, glyphs=glyphs),
    }


def _text(text: str, *, words: Words, glyphs: Glyphs) -> str:
    line = BLANK.sub(" ", text).strip()
    if len(line) > LONGEST:
        line = line[:LONGEST] + " …"
    return breakable(glyphs.printable(line), words.lang)
