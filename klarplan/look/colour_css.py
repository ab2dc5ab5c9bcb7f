"""The style sheet with a municipality's colours: its two own, their shades, and its statuses'."""

from __future__ import annotations

import re

from klarplan.look.colour import HEX, WHITE, readable, tone
from klarplan.strategy.model import Strategy
from klarplan.strategy.settings import Settings

DARK_GROUND = "#262b38"
"""The lightest ground that text stands on in the dark display."""

DARK_NEEDED = 6.0
"""Contrast of coloured text on dark ground: more than 4.5, as thin light letters seem to blur."""


def style_sheet(strategy: Strategy) -> str:
    """The text of ``assets/colours.css``; every shade is derived from the settings."""
    light, dark = shades(strategy.settings)
    rules = [f":root{{{light}}}", f'[data-md-color-scheme="slate"]{{{dark}}}']
    for status in strategy.statuses:
        if status.colour and HEX.fullmatch(status.colour):
            colour = readable(status.colour, WHITE)
            rules.append(f".badge--{css_name(status.id)}{{--badge-colour:{colour}}}")
    return "\n".join(rules) + "\n"


def shades(settings: Settings) -> tuple[str, str]:
    """The variables with a municipality's shades, for the light display and for the dark one."""
    primary = readable(settings.primary_colour)
    accent = readable(settings.accent_colour)
    light = {
        "primary": settings.primary_colour,
        "accent": settings.accent_colour,
        "band": primary,
        "link": readable(primary, tone(primary, 0.955, 0.02)),
        "strong": readable(accent, tone(primary, 0.955, 0.02)),
        "tint": tone(primary, 0.955, 0.02),
        "tint-line": tone(primary, 0.86, 0.04),
    }
    dark = {
        "band": tone(primary, 0.31, 0.07),
        "link": readable(primary, DARK_GROUND, DARK_NEEDED),
        "strong": readable(accent, DARK_GROUND, DARK_NEEDED),
        "tint": DARK_GROUND,
        "tint-line": tone(primary, 0.42, 0.05),
    }
    return _variables(light), _variables(dark)


def _variables(values: dict[str, str]) -> str:
    return "".join(f"--klarplan-{name}:{value};" for name, value in values.items())


def css_name(identifier: str) -> str:
    """An id as part of a class name."""
    return re.sub(r"[^A-Za-z0-9-]", "-", identifier)
