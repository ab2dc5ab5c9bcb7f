"""Every sentence that site, papers and scripts show: catalogues, formats, kinds of municipality.

The catalogues are ``de/`` and ``en/``, a file for each part of site and papers; a fork overrides
any sentence in ``local/words.yml``. Messages to editors are not here: they stand where they are
made, in both languages.
"""
