"""What the theme of the website calls the parts of a page that papers ask for."""

from __future__ import annotations

MAIN_CONTENT = "md-content__inner"
"""The main content."""

SCREEN_ONLY = (
    "md-content__button",
    "md-source-file",
    "md-feedback",
    "md-search",
    "md-clipboard",
    "md-code__nav",
    "twemoji",
)
"""Parts within it that only a screen needs."""
