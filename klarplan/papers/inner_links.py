"""How links between the pages of a print begin until all is set."""

PLACE = "place:"
"""Begins a link to another page in the print; it is led there when the volumes are bound."""
NUMBER = "page:"
"""Begins such a link that ends in room for the number of its page, filled at the same time."""
