"""The printed strategy: built HTML pages become one accessible PDF (PDF/UA-1 and PDF/A-3a)."""

from __future__ import annotations

from klarplan.papers.job import Entry, PaperJob, PdfResult
from klarplan.papers.pdf.make import make_pdf

__all__ = ["Entry", "PaperJob", "PdfResult", "make_pdf"]
