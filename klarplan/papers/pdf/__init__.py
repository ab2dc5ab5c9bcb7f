"""The printed strategy: built HTML pages become one accessible PDF (PDF/UA-1 and PDF/A-3a)."""

from __future__ import annotations

from klarplan.papers.pdf.job import Entry, PdfJob, PdfResult
from klarplan.papers.pdf.make import make_pdf

__all__ = ["Entry", "PdfJob", "PdfResult", "make_pdf"]
