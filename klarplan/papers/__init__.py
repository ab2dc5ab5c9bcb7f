"""Papers made of articles: PDF and DOCX."""
