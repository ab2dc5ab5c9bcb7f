"""What is found while the PDF is made: ``klarplan.papers.pdf`` reports it."""

from __future__ import annotations

from klarplan.check.rules.registry import declare
from klarplan.messages import Text

declare(
    "KP901",
    Text("Zeichen fehlt im PDF", "Character missing in the PDF"),
    Text(
        "Die Schrift des PDF enthält alle Zeichen der Seiten.",
        "The font of the PDF has all characters of the pages.",
    ),
    "warning",
)
declare(
    "KP902",
    Text("Element ohne Form auf Papier", "Element without form on paper"),
    Text("Was Seiten zeigen, lässt sich auch drucken.", "What pages show can be printed as well."),
    "warning",
)
declare(
    "KP903",
    Text("Bild nicht druckbar", "Picture can't be printed"),
    Text("Bilder liegen als PNG, JPEG, WebP oder SVG vor.", "Pictures are PNG, JPEG, WebP or SVG."),
    "warning",
)
