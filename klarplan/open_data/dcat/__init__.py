"""The catalogue that open-data portals harvest: DCAT-AP.de 3.0, valid in 2.0 as well."""

from __future__ import annotations

from klarplan.open_data.changes import Changes
from klarplan.open_data.dcat.forms import FORMS
from klarplan.open_data.dcat.graph import catalogue_graph
from klarplan.open_data.offers import Offer
from klarplan.strategy.load import Loaded


def catalogue(loaded: Loaded, offers: tuple[Offer, ...], changes: Changes) -> dict[str, bytes]:
    """The catalogue of a *public* strategy in RDF/XML, Turtle and JSON-LD.

    Without the site's address there is none, since nothing could be fetched by it; nor for a
    draft, which nobody is to harvest.
    """
    settings = loaded.strategy.settings
    if not settings.site_url or not settings.published:
        return {}
    graph = catalogue_graph(loaded, offers, changes)
    return {name: write(graph) for name, write in FORMS.items()}
