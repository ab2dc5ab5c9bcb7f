"""Makes Word documents (DOCX) of pages of the built site: accessible, ready to be edited."""

from __future__ import annotations

from klarplan.papers.docx.make import DocxJob, make_docx

__all__ = ["DocxJob", "make_docx"]
