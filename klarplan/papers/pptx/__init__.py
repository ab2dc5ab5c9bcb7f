"""Makes slides (PPTX) of what is told in a report: few words, nothing that runs off a slide."""

from __future__ import annotations

from klarplan.papers.pptx.make import make_pptx
from klarplan.papers.pptx.slides import Bars, Points, Row, Slide, Table

__all__ = ["Bars", "Points", "Row", "Slide", "Table", "make_pptx"]
