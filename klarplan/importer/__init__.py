"""Taking over a municipality's spreadsheets into the tables of ``data/``."""
