"""What search engines are told of a page in the words of schema.org, as JSON-LD in its head."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from klarplan.pages.gather import Baker
from klarplan.pages.menu import OFFERS
from klarplan.pages.page import Page
from klarplan.strategy import addresses, derive
from klarplan.strategy.addresses import on_web, page_file
from klarplan.strategy.media_types import media_type
from klarplan.strategy.model import Measure

Node = Mapping[str, Any]

STATUS: Mapping[str, str] = {
    "open": "PotentialActionStatus",
    "active": "ActiveActionStatus",
    "delayed": "ActiveActionStatus",
    "paused": "ActiveActionStatus",
    "done": "CompletedActionStatus",
    "stopped": "FailedActionStatus",
}
"""The categories of statuses in the words of schema.org (``ActionStatusType``)."""
_IN_HTML = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


def linked_data(baker: Baker, page: Page, titles: Mapping[str, str]) -> str:
    """The graph of a page of the *public* site as JSON that is safe within ``script``.

    ``titles`` are those of all pages by file. Nothing without an address of the site: what is
    linked needs one. The way to a page and who publishes it stand on each, a measure as a project
    with what is done and how it stands, the data as a dataset with its files.
    """
    if not baker.strategy.settings.site_url:
        return ""
    teller = _Teller(baker, page, titles)
    graph = {"@context": "https://schema.org", "@graph": list(teller.nodes())}
    told = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return told.translate(_IN_HTML)


class _Teller:
    def __init__(self, baker: Baker, page: Page, titles: Mapping[str, str]) -> None:
        self._baker, self._page, self._titles = baker, page, titles
        self._strategy = baker.strategy
        self._settings = baker.strategy.settings
        self._words = baker.strategy.words
        self._publisher = {"@id": self._at("#herausgeber")}

    def _at(self, place: str) -> str:
        return on_web(self._settings.site_url, place)

    def nodes(self) -> Iterator[Node]:
        """Everything that is said of the page."""
        yield self._organisation()
        if crumbs := list(self._crumbs()):
            yield {"@type": "BreadcrumbList", "itemListElement": crumbs}
        if self._page.kind == "start":
            yield _filled(
                {
                    "@type": "WebSite",
                    "@id": self._at("#website"),
                    "name": self._settings.title,
                    "description": self._settings.summary,
                    "url": self._at(""),
                    "inLanguage": self._words.lang,
                    "publisher": self._publisher,
                }
            )
        table, identifier = self._page.row
        if table == "measures" and identifier:
            yield self._project(self._strategy.measure_by_id[identifier])
        if self._page.path == OFFERS["data"]:
            yield self._whole()
        if self._page.kind == "table":
            yield self._table(table)

    def _organisation(self) -> Node:
        settings = self._settings
        place = _filled(
            {
                "streetAddress": settings.street,
                "postalCode": settings.postcode,
                "addressLocality": settings.town,
                "addressCountry": settings.country,
            }
        )
        address = {"@type": "PostalAddress", **place} if settings.town else None
        return _filled(
            {
                "@type": "GovernmentOrganization",
                **self._publisher,
                "name": settings.municipality,
                "url": self._at(""),
                "email": settings.contact_email,
                "telephone": settings.contact_phone,
                "address": address,
            }
        )

    def _crumbs(self) -> Iterator[Node]:
        """The way from the start page; none on the start page itself."""
        if self._page.kind == "start":
            return
        above = self._page.below
        way = [(self._words("menu.start"), "")]
        if above and (title := self._titles.get(page_file(above))):
            way.append((title, above))
        for place, (name, address) in enumerate([*way, (self._page.title, self._page.url)], 1):
            yield {
                "@type": "ListItem",
                "position": place,
                "name": " ".join(name.split()),
                "item": self._at(address),
            }

    def _project(self, measure: Measure) -> Node:
        strategy, as_of = self._strategy, self._baker.as_of
        expected = derive.expected_end(strategy, measure, as_of)
        begin = measure.actual_start or measure.planned_start
        end = measure.actual_end or (expected[0] if expected else measure.planned_end)
        leads = [
            {"@type": "Organization", "name": name}
            for name in self._baker.context.leads(measure.id)
        ]
        places = [
            {"@type": "Place", "name": place.name}
            for place in strategy.places_of_measure.get(measure.id, ())
        ]
        action = _filled(
            {
                "@type": "Action",
                "name": measure.title or measure.id,
                "actionStatus": STATUS.get(derive.category(strategy, measure, as_of)),
                "startTime": begin.isoformat() if begin else None,
                "endTime": end.isoformat() if end else None,
                "agent": leads or [self._publisher],
                "location": places,
            }
        )
        return _filled(
            {
                "@type": "Project",
                "@id": self._at(f"{self._page.url}#massnahme"),
                "identifier": measure.id,
                "name": measure.title or measure.id,
                "description": measure.summary,
                "url": self._at(self._page.url),
                "parentOrganization": self._publisher,
                "potentialAction": action,
            }
        )

    def _whole(self) -> Node:
        title = self._words("download.data_of", strategy=self._settings.title)
        files = (addresses.PACKAGE_ZIP, addresses.WORKBOOK, addresses.PACKAGE)
        return self._dataset(title, self._words("data.whole.text"), files)

    def _table(self, name: str) -> Node:
        schema = self._baker.loaded.descriptor.tables[name].said(self._words.lang)
        files = (
            f"{addresses.DATA}{schema.path}",
            f"{addresses.API}{addresses.table_name(schema.path)}.json",
        )
        title = f"{schema.title or name} ({self._settings.title})"
        return self._dataset(title, schema.description or title, files)

    def _dataset(self, title: str, text: str, files: Iterable[str]) -> Node:
        settings = self._settings
        first, last = settings.period_start, settings.period_end
        return _filled(
            {
                "@type": "Dataset",
                "@id": self._at(f"{self._page.url}#daten"),
                "name": title,
                "description": text,
                "url": self._at(self._page.url),
                "license": settings.licence_url,
                "isAccessibleForFree": True,
                "inLanguage": self._words.lang,
                "creator": self._publisher,
                "publisher": self._publisher,
                "version": settings.version,
                "temporalCoverage": f"{first}/{last}" if first and last else None,
                "spatialCoverage": {"@type": "Place", "name": settings.municipality},
                "distribution": [
                    {
                        "@type": "DataDownload",
                        "contentUrl": self._at(file),
                        "encodingFormat": media_type(file),
                    }
                    for file in files
                ],
            }
        )


def _filled(node: Mapping[str, Any]) -> dict[str, Any]:
    """What is said without what nobody knows."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
