"""The editors' workbook: made from the tables, and read back with all that people do to it."""
