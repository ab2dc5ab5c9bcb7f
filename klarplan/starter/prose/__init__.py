"""Prose of a strategy that there is already, taken over: Markdown files, or a Word document.

``parsed`` reads by pandoc, ``foreign`` takes out what other generators would run, ``written``
writes the Markdown of pages, ``sections`` decides what becomes which page.
"""
