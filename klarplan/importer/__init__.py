"""Taking over a municipality's spreadsheets into the tables of ``data/``.

Where to begin reading, in the order of the work:

1. ``files`` reads workbooks (``workbook``) and CSV to sheets of text (``grid``).
2. ``headers``, ``row_kinds`` (by ``row_facts``), ``sections`` and ``tree`` tell what rows are.
3. ``suggest`` writes a mapping, with the words of ``vocabulary``; ``mapping_file`` reads it.
4. ``plan`` makes one import: ``take`` goes through the ``lists`` that a mapping names.
5. ``draft`` turns a row into rows of tables, its cells by ``convert`` and ``reading``.
6. ``rows`` puts these into a table (``target``); ``identity`` says which row is which.
7. ``outcome`` keeps what happened and what stays behind; ``account`` tells it.
"""
