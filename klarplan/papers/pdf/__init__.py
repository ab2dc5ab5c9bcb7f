"""The printed strategy: built HTML pages become one accessible PDF (PDF/UA-1 and PDF/A-3a)."""
