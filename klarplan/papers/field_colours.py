"""The colours that fields of action have on cards and sheets, always beside their names."""

from __future__ import annotations

from collections.abc import Mapping

from klarplan.look.colour import shades
from klarplan.strategy.model import Strategy


def field_colours(strategy: Strategy) -> Mapping[str, str]:
    """A colour ``#rrggbb`` for each field of action by its id, readable on white."""
    fields = strategy.fields_of_action
    colours = shades(strategy.settings.primary_colour, len(fields))
    return {field.id: colour for field, colour in zip(fields, colours, strict=True)}
