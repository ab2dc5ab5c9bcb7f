"""Gathers the pages of a strategy: its chapters, a page for each row, papers, and ``docs/``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import copy
from dataclasses import replace
from functools import cache, partial
from itertools import islice
from typing import Any

from markupsafe import Markup

from klarplan.look.row_pictures import picture_sizes
from klarplan.pages.asked import asks
from klarplan.pages.destinations import DATA_PAGE, destinations, doc_files
from klarplan.pages.facets import page_facets, row_facets
from klarplan.pages.files import names, published, told
from klarplan.pages.glossary import Term, terms_of
from klarplan.pages.languages import other_than
from klarplan.pages.menu import OFFERS, TAKING_PART
from klarplan.pages.page import Page, safe
from klarplan.pages.source import Source, heading, only_begun, parts, read_text, section_of
from klarplan.processes import aside
from klarplan.strategy import addresses
from klarplan.strategy.addresses import DATA, EMBEDDED, HANDBOOK, page_file, page_url, table_page
from klarplan.strategy.chapters import CHAPTERS, ROW_CHAPTERS, Chapter, chapters_present
from klarplan.strategy.load import Loaded
from klarplan.strategy.paper_list import (
    BRIEF_PAGE,
    FIGURES_PAGE,
    GLOSSARY,
    ORGANISATIONS_PAGE,
    PLACES_PAGE,
)
from klarplan.strategy.periods import Period, periods
from klarplan.strategy.place_names import has_places, places_title
from macros.excerpt import opening
from macros.local_macros import macros_of
from macros.registry import Context
from macros.render import Skeletons, on_page
from macros.seal import Seal

MANY = 300
"""From so many measures on, a second process is worth its start."""
ROOMY = {"index.md": ("navigation", "toc"), "zeitplan.md": ("toc",)}
"""Pages of ``docs/`` that need the room of these sidebars."""


class Baker:
    """Gathers the pages of one strategy."""

    def __init__(
        self,
        loaded: Loaded,
        as_of: dt.date,
        seal: Seal,
        *,
        parquet: bool = False,
        papers: bool = True,
    ) -> None:
        self.seal = seal
        self.loaded = loaded
        self.root = loaded.root
        self.strategy = loaded.strategy
        self.as_of = as_of
        self.chapters = chapters_present(self.strategy, self.root)
        self.periods = periods(self.strategy, as_of)
        self.places = destinations(loaded, as_of)
        self._docs = tuple(doc_files(self.root, self.strategy))
        self.doc_names = frozenset(name for _, name in self._docs)
        self.context = Context(
            strategy=self.strategy,
            descriptor=loaded.descriptor,
            as_of=as_of,
            chapters=self.chapters,
            macros=macros_of(self.root),
            sizes=cache(partial(picture_sizes, self.root, self.strategy.pictures)),
            docs=self.doc_names,
            parquet=parquet,
            papers=papers,
        )
        self.skeletons = Skeletons(self.root, seal, self.context.words)
        self._wanted: Collection[str] | None = None
        """The files of the only pages whose skeletons are filled; ``None`` for all."""

    def prose(self, file: str) -> tuple[Mapping[str, Any], str]:
        """Front matter and text of a prose file, its calls sealed; empty where there is none."""
        source = self.source(file)
        return source.meta, source.sealed(self.seal)

    def spoken(self, meta: Mapping[str, Any], text: str) -> str:
        """A text with the language that its front matter names, if it is not that of the site."""
        language = other_than(self.context.words.lang, meta.get("lang"))
        return self.seal.spoken(language, text) if language and text.strip() else text

    def source(self, file: str) -> Source:
        """A text of the repository as it was written; an empty one where there is none."""
        path = self.root / file
        return Source(read_text(path) if path.is_file() else "")

    def terms(self) -> tuple[Term, ...]:
        """The terms that the glossary explains; none where there is no glossary."""
        return terms_of(self.source(GLOSSARY).body)

    def body(self, kind: str, path: str, title: str, prose: str, identifier: str = "") -> str:
        """The Markdown of a page: its skeleton from ``overrides/pages``, filled."""
        return self._filled(
            kind,
            path,
            self.context,
            title=Markup(safe(title)),  # noqa: S704 - made safe just now
            prose=Markup(prose.strip()),  # noqa: S704 - Markdown, looked at by ``check``
            **{name: Markup(part) for name, part in _parts(prose, self.seal.language_mark).items()},  # noqa: S704 - the same
            id=identifier,
            docs=self.doc_names,
            topic=self.strategy.settings.topic,
        )

    def _filled(self, kind: str, path: str, context: Context, **values: object) -> str:
        if self._wanted is not None and path not in self._wanted:
            return ""
        return self.skeletons.fill(f"{kind}.md", on_page(context, page_url(path)), **values)

    def chapter(self, chapter: Chapter) -> Page:
        """The page of a chapter."""
        meta, body = self.prose(chapter.prose)
        title = str(meta.get("title") or self.context.words(f"chapter.{chapter.name}.title"))
        filled = self.body(chapter.name, chapter.file, title, self.spoken(meta, body))
        return Page(
            path=chapter.file,
            title=title,
            body=self._or_to_come(chapter, filled),
            source=chapter.prose,
            text_file=chapter.prose,
            description=str(meta.get("description") or ""),
            kind=chapter.name,
            facets=page_facets(self.context.words, chapter.name, chapter.file),
            hide=chapter.hidden,
        )

    def _or_to_come(self, chapter: Chapter, body: str) -> str:
        """What a page holds; where that is nothing but its heading, what will stand there."""
        if not body or not only_begun(body.replace(self.seal.made(""), "")):
            return body
        blurb = self.context.words(f"chapter.{chapter.name}.blurb")
        return f"{body}\n\n{safe(self.context.words('chapter.to_come', blurb=blurb))}\n{{ .empty }}"

    def rows(self, table: str, wanted: Callable[[int], bool] = lambda _: True) -> Iterator[Page]:
        """The pages of a table's rows; only of those whose number, from 0, is wanted."""
        chapter = ROW_CHAPTERS[table]
        for number, row in enumerate(self.strategy.entries(table)):
            if not wanted(number):
                continue
            title = row.title or row.id
            source = text = addresses.prose_file(table, row.id)
            path = self.places[text]
            meta, body = self.prose(text)
            if not (self.root / text).is_file():
                source = f"{self._file_of(table)}#L{row.line}"
            summary = getattr(row, "summary", None) or getattr(row, "definition", None) or ""
            yield Page(
                path=path,
                title=title,
                body=self.body(chapter.kind, path, title, self.spoken(meta, body), row.id),
                source=source,
                text_file=text,
                description=str(meta.get("description") or summary),
                kind=chapter.kind,
                facets=row_facets(self.context, chapter.kind, row),
                below=chapter.address,
                row=(table, row.id),
            )

    def papers(self) -> Iterator[Page]:
        """The pages that papers are made from: the strategy in brief, a report for each period."""
        vision = opening(self.source(CHAPTERS["vision"].prose).body)
        prose = "\n\n".join(safe(paragraph) for paragraph in vision)
        yield self.skeleton("brief", BRIEF_PAGE, self.context.words("menu.brief"), prose)
        for period in self.periods:
            yield self.report(period)

    def skeleton(self, kind: str, url: str, title: str, prose: str = "") -> Page:
        """A page of nothing but its skeleton."""
        path = f"{url}index.md"
        return self.paper(kind, path, title, self.body(kind, path, title, prose))

    def paper(self, kind: str, path: str, title: str, body: str, **given: Any) -> Page:
        """One of these pages."""
        values: dict[str, Any] = {"source": "strategy/strategy.yml", **given}
        return Page(
            path=path,
            title=title,
            body=body,
            kind=kind,
            facets=page_facets(self.context.words, kind, path),
            **values,
        )

    def report(self, period: Period) -> Page:
        """The report on a period, as of its last day."""
        path = self.places[period.prose]
        meta, body = self.prose(period.prose)
        introduction, rest = parts(body)
        asked, rest = section_of(rest, asks(self.context.words))
        title = str(meta.get("title") or period.title(self.context.words))
        source = period.prose
        if not (self.root / source).is_file():
            source = self._file_of("status_reports")
        filled = self._filled(
            "report",
            path,
            replace(self.context, as_of=period.as_of),
            title=Markup(safe(title)),  # noqa: S704 - made safe just now
            prose=Markup(self.spoken(meta, introduction).strip()),  # noqa: S704 - Markdown, looked at by ``check``
            asked=Markup(self.spoken(meta, asked).strip()),  # noqa: S704 - likewise
            rest=Markup(self.spoken(meta, rest).strip()),  # noqa: S704 - likewise
            period=period.label,
        )
        return self.paper(
            "report",
            path,
            title,
            filled,
            source=source,
            text_file=period.prose,
            description=str(meta.get("description") or ""),
            below=page_url(OFFERS["papers"]),
        )

    def extras(self) -> Iterator[Page]:
        """Pages of their own across chapters: the figures, also for frames, who does what, and what
        happens where."""
        if self.strategy.measures:
            page = self.skeleton("figures", FIGURES_PAGE, self.context.words("menu.figures"))
            yield replace(page, source=self._file_of("measures"))
            title = self.context.words("embedded.title", strategy=self.strategy.settings.title)
            page = self.skeleton("embedded", EMBEDDED, title)
            yield replace(page, facets=None)
        if self.strategy.organisations:
            page = self.skeleton(
                "organisations", ORGANISATIONS_PAGE, self.context.words("menu.organisations")
            )
            yield replace(page, source=self._file_of("organisations"))
        if has_places(self.strategy):
            page = self.skeleton("places", PLACES_PAGE, places_title(self.strategy))
            yield replace(page, source=self._file_of("measure_places"))

    def _file_of(self, table: str) -> str:
        """The file of a table, in the repository."""
        return f"data/{self.loaded.descriptor.tables[table].path}"

    def tables(self) -> Iterator[Page]:
        """A page about each table of the open data."""
        for name in self.strategy.offered:
            schema = self.loaded.descriptor.tables[name].said(self.context.words.lang)
            path = page_file(table_page(schema.path))
            title = self.context.words("table_page.title", table=schema.title or name)
            yield Page(
                path=path,
                title=title,
                body=self.body("table", path, title, "", name),
                source=f"data/{schema.path}",
                description=self.context.words("table_page.about", table=schema.title or name),
                kind="table",
                facets=page_facets(self.context.words, "table", path),
                below=DATA if DATA_PAGE in self.doc_names else "",
                row=(name, ""),
            )

    def docs(self) -> Iterator[Page]:
        """The pages of ``docs/``."""
        for file, name in self._docs:
            source = Source(read_text(file))
            meta = source.meta
            title = str(meta.get("title") or heading(source.plain) or name)
            path = page_file(page_url(name))
            yield Page(
                path=path,
                title=title,
                body=self.spoken(meta, source.sealed(self.seal)),
                source=f"docs/{name}",
                description=str(meta.get("description") or ""),
                kind="start" if name == "index.md" else "page",
                facets=page_facets(self.context.words, "page", name),
                below=self._above(name),
                hide=ROOMY.get(name, ()),
            )

    def _above(self, name: str) -> str:
        """The address of the page that a page of ``docs/`` stands below; none for most."""
        if name == TAKING_PART and "participation" in self.chapters:
            return CHAPTERS["participation"].address
        return HANDBOOK if name.startswith(HANDBOOK) and page_url(name) != HANDBOOK else ""

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Pictures and other files beside the pages: their place below ``build/pages``.

        Those below ``strategy/`` that no published text names are left out.
        """
        texts = [self.root / name for name in self.places if not name.startswith("docs/")]
        texts += [file for file, _ in self._docs]
        shown = told(read_text(file) for file in texts if file.is_file())
        for found in published(self.root, self.strategy.settings.font):
            if names(shown, found.file):
                yield found.place, found.content()

    def sentence(self, page: Page) -> str:
        """What search engines are told of a page without a description of its own."""
        settings = self.strategy.settings
        if page.kind == "start":
            return settings.summary or f"{settings.title}, {settings.municipality}"
        return f"{page.title}: {settings.title}, {settings.municipality}"

    def pages(self) -> Iterator[Page]:
        """Every page of the site; of many measures, a second process makes two thirds."""
        if len(self.strategy.measures) < MANY:
            yield from self._pages(self.rows)
            return
        next(self.rows("measures"))  # compiles the templates, once for both
        with aside(lambda: list(self.rows("measures", lambda n: n % 3 > 0))) as others:

            def rows(table: str) -> Iterator[Page]:
                if table != "measures":
                    yield from self.rows(table)
                    return
                own = list(self.rows(table, lambda n: n % 3 == 0))
                rest = iter(others())
                for page in own:
                    yield page
                    yield from islice(rest, 2)

            yield from self._pages(rows)

    def some(self, paths: Collection[str]) -> Iterator[Page]:
        """Every page of the site; what macros make stands only in those with these files."""
        baker = copy(self)
        baker._wanted = paths
        return baker._pages(baker.rows)

    def page_of(self, file: str) -> Page | None:
        """The page that a file of the repository becomes, whether the file exists or not."""
        folder, _, name = file.rpartition("/")
        for chapter in (CHAPTERS[name] for name in self.chapters):
            if chapter.prose == file:
                return self.chapter(chapter)
        for table, chapter in ROW_CHAPTERS.items():
            if chapter.folder == folder:
                ids = [row.id for row in self.strategy.entries(table)]
                names = [f"{identifier}.md" == name for identifier in ids]
                return next(self.rows(table, names.__getitem__), None)
        for period in self.periods:
            if period.prose == file:
                return self.report(period)
        return next((page for page in self.docs() if page.source == file), None)

    def _pages(self, rows: Callable[[str], Iterator[Page]]) -> Iterator[Page]:
        for name in self.chapters:
            yield self.chapter(CHAPTERS[name])
        for table, chapter in ROW_CHAPTERS.items():
            if self.strategy.has(table) and chapter.name in self.chapters:
                yield from rows(table)
        yield from self.papers()
        yield from self.extras()
        yield from self.tables()
        yield from self.docs()


def _parts(prose: str, spoken: str) -> dict[str, str]:
    """A text in two: ``opening`` up to its first heading of the second level, and ``rest``.

    One in another language stays whole: it stands between marks.
    """
    fenced, lines = False, prose.strip().splitlines()
    for number, line in enumerate(lines):
        fenced ^= line.startswith(("```", "~~~"))
        if line.startswith("## ") and not fenced and not prose.strip().startswith(spoken):
            return {"opening": "\n".join(lines[:number]), "rest": "\n".join(lines[number:])}
    return {"opening": prose.strip(), "rest": ""}
