"""A form for one row of any table, made of the schema, and read like a workbook that came back."""
