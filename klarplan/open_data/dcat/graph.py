"""The graph of the catalogue: a dataset for each subject, a distribution for each file.

Everything has an address of its own below the site, so that the bytes depend on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from rdflib import DCAT, DCTERMS, FOAF, RDF, SKOS, XSD, Graph, Literal, Namespace, URIRef

from klarplan.open_data.changes import Changes
from klarplan.open_data.dcat import vocabulary as v
from klarplan.open_data.feeds.identity import lasting_id
from klarplan.open_data.offers import WHOLE, Offer, attribution_of
from klarplan.open_data.xml_text import fit
from klarplan.strategy.addresses import DATA, on_web
from klarplan.strategy.load import Loaded
from klarplan.strategy.periods import periods
from klarplan.strategy.subjects import ADDRESS, subjects

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
DCATAP, DCATDE = Namespace(v.DCATAP), Namespace(v.DCATDE)
STABLE = URIRef(f"{v.EU}planned-availability/STABLE")
PUBLIC = URIRef(f"{v.EU}access-right/PUBLIC")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Dataset:
    name: str
    title: str
    text: str


@dataclass(kw_only=True)
class _Writer:
    """Puts one strategy into a graph."""

    loaded: Loaded
    changes: Changes
    graph: Graph = field(default_factory=Graph)

    def __post_init__(self) -> None:
        self.settings = self.loaded.strategy.settings
        self.words = self.loaded.strategy.words
        self.publisher = self.at("#herausgeber")
        self.language = URIRef(f"{v.EU}language/{v.LANGUAGE[self.words.lang]}")
        self.licence = URIRef(v.LICENCE + self.settings.licence)
        for prefix, space in (("dcatap", DCATAP), ("dcatde", DCATDE), ("vcard", VCARD)):
            self.graph.bind(prefix, space)

    def at(self, place: str) -> URIRef:
        """An address below the site."""
        return URIRef(on_web(self.settings.site_url, place))

    def put(self, subject: URIRef, *pairs: tuple[URIRef, URIRef | Literal | None]) -> None:
        """State pairs of property and value; what is ``None`` is left out."""
        for name, value in pairs:
            if value is not None:
                self.graph.add((subject, name, value))

    def said(self, text: str) -> Literal:
        """A text in the language of the strategy."""
        return Literal(fit(text), lang=self.words.lang)

    def days(self) -> list[tuple[URIRef, Literal]]:
        """When the data was published first and changed last, as far as known."""
        told = ((DCTERMS.issued, self.changes.first), (DCTERMS.modified, self.changes.last))
        return [(name, Literal(day)) for name, day in told if day]

    def agents(self) -> None:
        """Who publishes, and who answers questions."""
        kind = "RegionalAuthority" if len(self.settings.key) == 2 else "LocalAuthority"
        self.put(
            self.publisher,
            (RDF.type, FOAF.Organization),
            (RDF.type, FOAF.Agent),
            (FOAF.name, Literal(self.settings.municipality)),
            (FOAF.homepage, self.page("")),
            (DCTERMS.type, URIRef(v.PUBLISHER_TYPE + kind)),
        )
        email = self.settings.contact_email
        self.put(
            self.at("#kontakt"),
            (RDF.type, VCARD.Organization),
            (RDF.type, VCARD.Kind),
            (VCARD.fn, Literal(self.settings.contact_name or self.settings.municipality)),
            (VCARD.hasEmail, URIRef(f"mailto:{email}") if email else None),
            (VCARD.hasURL, self.page("")),
        )

    def page(self, address: str) -> URIRef:
        """A page of the site, as a document."""
        page = self.at(address)
        self.put(page, (RDF.type, FOAF.Document))
        return page

    def place(self) -> URIRef | None:
        """The municipality as a place; nothing without an official key.

        Where no list has the key, the place has an address of ours, and the key as its notation.
        """
        key, address = self.settings.key, v.place(self.settings)
        if not key:
            return None
        place = URIRef(address) if address else self.at(f"{DATA}#ort")
        self.put(
            place,
            (RDF.type, DCTERMS.Location),
            (SKOS.prefLabel, self.said(self.settings.municipality)),
            (SKOS.notation, None if address else Literal(key)),
        )
        return place

    def time(self) -> URIRef | None:
        """The years of the strategy."""
        first, last = self.settings.period_start, self.settings.period_end
        if not first and not last:
            return None
        time = self.at(f"{DATA}#zeitraum")
        self.put(
            time,
            (RDF.type, DCTERMS.PeriodOfTime),
            (DCAT.startDate, Literal(f"{first}-01-01", datatype=XSD.date) if first else None),
            (DCAT.endDate, Literal(f"{last}-12-31", datatype=XSD.date) if last else None),
        )
        return time

    def catalogue(self) -> URIRef:
        """The catalogue without its datasets."""
        catalogue = self.at(f"{DATA}#katalog")
        title = self.settings.title
        self.put(
            catalogue,
            (RDF.type, DCAT.Catalog),
            (DCTERMS.title, self.said(self.words("data.catalogue.title", strategy=title))),
            (DCTERMS.description, self.said(self.words("data.catalogue.text", strategy=title))),
            (DCTERMS.publisher, self.publisher),
            *self.days(),
            (DCTERMS.language, self.language),
            (DCTERMS.license, self.licence),
            (DCTERMS.spatial, self.place()),
            (FOAF.homepage, self.page(DATA)),
            (DCAT.themeTaxonomy, URIRef(f"{v.EU}data-theme")),
            (DCATAP.availability, STABLE),
        )
        return catalogue

    def dataset(self, catalogue: URIRef, data: _Dataset, offers: list[Offer]) -> None:
        """A dataset of the catalogue with its distributions."""
        dataset = self.at(f"{DATA}#{ADDRESS.get(data.name, 'alle')}")
        code, level = v.geocoding(self.settings)
        contributor = v.contributor(self.settings)
        known = periods(self.loaded.strategy, self.changes.last) if self.changes.last else ()
        self.put(catalogue, (DCAT.dataset, dataset))
        self.put(
            dataset,
            (RDF.type, DCAT.Dataset),
            (DCTERMS.identifier, Literal(self.identifier(data.name))),
            (DCTERMS.title, self.said(data.title)),
            (DCTERMS.description, self.said(data.text)),
            (DCTERMS.publisher, self.publisher),
            *self.days(),
            (DCTERMS.language, self.language),
            (DCTERMS.accrualPeriodicity, URIRef(v.frequency(known[0].label if known else ""))),
            (DCTERMS.accessRights, PUBLIC),
            (DCTERMS.spatial, self.place()),
            (DCTERMS.temporal, self.time()),
            (DCAT.contactPoint, self.at("#kontakt")),
            (DCAT.landingPage, self.page(DATA)),
            (DCATAP.availability, STABLE),
            (DCATDE.politicalGeocodingURI, URIRef(code) if code else None),
            (DCATDE.politicalGeocodingLevelURI, URIRef(level) if level else None),
            (DCATDE.contributorID, URIRef(contributor) if contributor else None),
            *((DCAT.theme, URIRef(theme)) for theme in v.themes(self.settings, data.name)),
            *(
                (DCAT.keyword, self.said(self.words(key)))
                for key in v.keywords(self.settings, data.name)
            ),
        )
        for offer in offers:
            self.distribution(dataset, offer)

    def identifier(self, name: str) -> str:
        """What a portal knows a dataset by, whatever its title or address."""
        return f"urn:uuid:{lasting_id(self.settings, 'datasets', name or 'all')}"

    def distribution(self, dataset: URIRef, offer: Offer) -> None:
        """A file of a dataset."""
        file = self.at(offer.file)
        distribution = self.at(f"{DATA}#{offer.file}")
        attribution = attribution_of(self.loaded)
        self.put(dataset, (DCAT.distribution, distribution))
        self.put(
            distribution,
            (RDF.type, DCAT.Distribution),
            (DCTERMS.title, self.said(offer.title)),
            (DCTERMS.description, self.said(offer.text) if offer.text else None),
            (DCAT.accessURL, file),
            (DCAT.downloadURL, file),
            (DCTERMS.license, self.licence),
            (DCATDE.licenseAttributionByText, self.said(attribution) if attribution else None),
            (DCTERMS["format"], URIRef(f"{v.EU}file-type/{offer.format.name}")),
            (DCAT.mediaType, URIRef(v.IANA + offer.format.media_type)),
            *self.days(),
            (DCTERMS.language, self.language),
            (DCATAP.availability, STABLE),
        )


def catalogue_graph(loaded: Loaded, offers: tuple[Offer, ...], changes: Changes) -> Graph:
    """The catalogue of a *public* strategy that has an address, as a graph (DCAT-AP.de 3.0)."""
    writer = _Writer(loaded=loaded, changes=changes)
    writer.agents()
    catalogue = writer.catalogue()
    title = loaded.strategy.settings.title
    whole = _Dataset(
        name=WHOLE,
        title=writer.words("download.data_of", strategy=title),
        text=writer.words("data.whole.text"),
    )
    parts = (_Dataset(name=s.name, title=s.title, text=s.text) for s in subjects(loaded))
    for data in (whole, *parts):
        writer.dataset(catalogue, data, [o for o in offers if o.subject == data.name])
    return writer.graph
