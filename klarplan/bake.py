"""Writes the complete pages that the site generator renders: ``build/pages`` and its settings.

Prose of ``strategy/`` and pages of ``docs/`` are taken over with their links made right for the
site; every row of goals, fields, measures, indicators and decisions gets a page. Files are
rewritten only where their content changed.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from markupsafe import Markup

from klarplan import german, links
from klarplan.aside import aside
from klarplan.brand import logo_file, logo_width
from klarplan.colour import readable
from klarplan.excerpt import opening
from klarplan.facets import Facets, page_facets, row_facets
from klarplan.fonts import font_files, styles
from klarplan.load import Loaded
from klarplan.model import Row, Strategy
from klarplan.outline import chapter_prose, chapters_present
from klarplan.palette import style_sheet
from klarplan.papers import BRIEF_PAGE, FIGURES_PAGE, ORGANISATIONS_PAGE
from klarplan.periods import Period, periods
from klarplan.pictures import SYMBOLS, picture_files
from klarplan.settings import CHAPTERS
from klarplan.typeface import typeface
from klarplan.upstream import upstream
from macros.registry import Context
from macros.render import Skeletons, on_page

FRONT_MATTER = re.compile(r"\A---\s*\n(.*?)\n---\s*(?:\n|\Z)", re.DOTALL)
LINK = re.compile(r"(?P<before>\]\(\s*<?|^ {0,3}\[(?!\^)[^\]]+\]:\s+<?)(?P<target>[^)\s>]+)")
HEADING = re.compile(r"#{2,6}\s")
FENCE = re.compile(r"^\s{0,3}(```|~~~)")

SECTION_NAMES: Mapping[str, str] = {
    "fields_of_action": "fields",
    "goals": "goals",
    "measures": "measures",
    "indicators": "indicators",
    "decisions": "decisions",
}
"""Tables with pages to the chapter that they belong to."""

PICTURES = "bilder/"
"""Where pictures of ``strategy/`` end up, below ``build/pages``."""

SINGULAR: Mapping[str, str] = {
    "fields_of_action": "field",
    "goals": "goal",
    "measures": "measure",
    "indicators": "indicator",
    "decisions": "decision",
}

MANY = 300
"""From so many measures on, a second process is worth its start."""
WIDE = ("measures", "indicators", "decisions", "fields", "implementation", "participation")
"""Chapters with wide tables or sets of cards."""
ROOMY = ("index.md", "zeitplan.md")
"""Pages of ``docs/`` that need the whole width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: its file below ``build/pages``, front matter and Markdown."""

    path: str
    title: str
    body: str
    source: str
    """The file, and the line of a table, that an editor changes to change the page."""
    description: str = ""
    kind: str = "page"
    crumbs: tuple[tuple[str, str], ...] = ()
    """Titles and addresses of the pages above, start page first."""
    hide: tuple[str, ...] = ()
    """Sidebars that make room for the page: ``navigation``, ``toc``."""

    facets: Facets | None = None
    """What the search knows of the page; a page without is not found."""

    has_macros: bool = True
    """Whether an author's text calls macros, so that the site generator has to look."""

    @property
    def url(self) -> str:
        """The address of the page, relative to the site."""
        return page_url(self.path)

    def text(self) -> str:
        """The file's text; data in the front matter is safe in HTML, as the theme prints it raw."""
        meta: dict[str, Any] = {
            "title": safe(self.title),
            "source": self.source,
            "kind": self.kind,
        }
        if not self.has_macros:
            meta["render_macros"] = False
        if self.hide:
            meta["hide"] = list(self.hide)
        if self.description:
            meta["description"] = safe(self.description)
        if self.facets:
            meta["facets"] = {name: safe(v) for name, v in self.facets.stated().items()}
        if self.crumbs:
            meta["crumbs"] = [{"title": safe(t), "url": u} for t, u in self.crumbs]
        lines = "".join(f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in meta.items())
        return f"---\n{lines}---\n\n{self.body.strip()}\n"


def page_url(path: str) -> str:
    """The address of the page that a Markdown file becomes, relative to the site."""
    if posixpath.basename(path) == "index.md":
        return path.removesuffix("index.md")
    return path.removesuffix(".md") + "/"


def has_macros(text: str) -> bool:
    """Whether Jinja would do anything with a text."""
    return any(mark in text for mark in ("{{", "{%", "{#"))


def safe(text: str) -> str:
    """Data as one line that neither HTML, Markdown nor Jinja reads as its own."""
    line = " ".join(text.split())
    line = html.escape(line)
    return re.sub(r"[`*_{}\[\]\\|~^$#<>!]", lambda m: f"&#{ord(m.group())};", line)


def split_front_matter(text: str) -> tuple[Mapping[str, Any], str]:
    """Front matter and body of a page; broken front matter counts as none."""
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    try:
        meta = yaml.safe_load(match.group(1))
    except yaml.YAMLError:
        meta = None
    return (meta if isinstance(meta, dict) else {}), text[match.end() :]


def page_files(
    strategy: Strategy, chapters: tuple[str, ...], reported: Iterable[Period] = ()
) -> dict[str, str]:
    """Where source files end up: path in the repository to path below ``build/pages``."""
    places = {
        chapter_prose(chapter): f"{links.CHAPTER_PAGES[chapter]}index.md" for chapter in chapters
    }
    for table in links.PAGES:
        if strategy.has(table):
            for row in _rows(strategy, table):
                identifier = row.id  # type: ignore[attr-defined]
                page = links.page_of(table, identifier).rstrip("/") + ".md"
                places[links.prose_file(table, identifier)] = page
    places |= {period.prose: f"{period.page}index.md" for period in reported}
    return places


def parts(text: str) -> tuple[str, str]:
    """What stands before the first heading of a text, and the rest."""
    lines = text.splitlines(keepends=True)
    fenced = False
    for number, line in enumerate(lines):
        if FENCE.match(line):
            fenced = not fenced
        elif not fenced and HEADING.match(line):
            return "".join(lines[:number]), "".join(lines[number:])
    return text, ""


def _rows(strategy: Strategy, table: str) -> tuple[Row, ...]:
    rows: tuple[Row, ...] = getattr(strategy, table)
    return rows


def relink(text: str, source: str, page: str, places: Mapping[str, str]) -> str:
    """Markdown whose relative links, right in the repository, are right below ``build/pages``."""
    here, there = posixpath.dirname(source), posixpath.dirname(page)

    def target(match: re.Match[str]) -> str:
        link, mark, anchor = match["target"].partition("#")
        if not link or link.startswith("/") or re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:", link):
            return match.group()
        file = posixpath.normpath(posixpath.join(here, link))
        place = places.get(file)
        if place is None and file.startswith("docs/"):
            place = file.removeprefix("docs/")
        if place is None and file.startswith("strategy/"):
            place = PICTURES + file.removeprefix("strategy/")
        if place is None:
            return match.group()
        return match["before"] + posixpath.relpath(place, there or ".") + mark + anchor

    lines = []
    fenced = False
    for line in text.splitlines(keepends=True):
        if FENCE.match(line):
            fenced = not fenced
        lines.append(line if fenced else LINK.sub(target, line))
    return "".join(lines)


class Baker:
    """Gathers the pages of one strategy."""

    def __init__(self, loaded: Loaded, as_of: dt.date) -> None:
        self.loaded = loaded
        self.root = loaded.root
        self.strategy = loaded.strategy
        self.as_of = as_of
        self.chapters = chapters_present(self.strategy, self.root)
        self.periods = periods(self.strategy, as_of)
        self.places = page_files(self.strategy, self.chapters, self.periods)
        self.context = Context(
            strategy=self.strategy,
            descriptor=loaded.descriptor,
            as_of=as_of,
            chapters=self.chapters,
        )
        self.skeletons = Skeletons(self.root)
        self.doc_names = frozenset(name for _, name in self.doc_files())

    def prose(self, source: str, page: str) -> tuple[Mapping[str, Any], str]:
        """Front matter and relinked text of a prose file; empty where there is none."""
        path = self.root / source
        if not path.is_file():
            return {}, ""
        meta, body = split_front_matter(path.read_text(encoding="utf-8-sig"))
        return meta, relink(body, source, page, self.places)

    def body(self, kind: str, path: str, title: str, prose: str, identifier: str = "") -> str:
        """The Markdown of a page: its skeleton from ``overrides/pages``, filled."""
        return self.skeletons.fill(
            f"{kind}.md",
            on_page(self.context, page_url(path)),
            title=Markup(safe(title)),  # noqa: S704 - made safe just now
            prose=Markup(prose.strip()),  # noqa: S704 - Markdown, looked at by ``check``
            id=identifier,
            docs=self.doc_names,
        )

    def chapter(self, chapter: str) -> Page:
        """The page of a chapter."""
        source = chapter_prose(chapter)
        path = f"{links.CHAPTER_PAGES[chapter]}index.md"
        meta, body = self.prose(source, path)
        title = str(meta.get("title") or CHAPTERS[chapter])
        return Page(
            path=path,
            title=title,
            body=self.body(chapter, path, title, body),
            has_macros=has_macros(body),
            source=source,
            description=str(meta.get("description") or ""),
            kind=chapter,
            facets=page_facets(chapter, path),
            crumbs=(("Start", ""),),
            hide=("navigation", "toc")
            if chapter == "measures"
            else ("toc",)
            if chapter in WIDE
            else (),
        )

    def rows(self, table: str, wanted: Callable[[int], bool] = lambda _: True) -> Iterator[Page]:
        """The pages of a table's rows; only of those whose number, from 0, is wanted."""
        chapter = SECTION_NAMES[table]
        schema = self.loaded.descriptor.tables[table]
        crumbs = (("Start", ""), (CHAPTERS[chapter], links.CHAPTER_PAGES[chapter]))
        for number, row in enumerate(_rows(self.strategy, table)):
            if not wanted(number):
                continue
            identifier = row.id  # type: ignore[attr-defined]
            title = row.title or identifier  # type: ignore[attr-defined]
            source = links.prose_file(table, identifier)
            path = self.places[source]
            meta, body = self.prose(source, path)
            if not (self.root / source).is_file():
                source = f"data/{schema.path}#L{row.line}"
            summary = getattr(row, "summary", None) or getattr(row, "definition", None) or ""
            yield Page(
                path=path,
                title=title,
                body=self.body(SINGULAR[table], path, title, body, identifier),
                has_macros=has_macros(body),
                source=source,
                description=str(meta.get("description") or summary),
                kind=SINGULAR[table],
                facets=row_facets(self.context, SINGULAR[table], row),
                crumbs=crumbs,
                hide=("navigation",),
            )

    def papers(self) -> Iterator[Page]:
        """The pages that papers are made from: the strategy in brief, a report for each period."""
        vision = opening(self.prose(chapter_prose("vision"), f"{BRIEF_PAGE}index.md")[1])
        prose = "\n\n".join(safe(paragraph) for paragraph in vision)
        yield self.skeleton("brief", BRIEF_PAGE, "Die Strategie in Kürze", prose)
        for period in self.periods:
            yield self.report(period)

    def skeleton(self, kind: str, url: str, title: str, prose: str = "") -> Page:
        """A page of nothing but its skeleton."""
        path = f"{url}index.md"
        return self.paper(kind, path, title, self.body(kind, path, title, prose))

    def paper(self, kind: str, path: str, title: str, body: str, **given: Any) -> Page:
        """One of these pages."""
        values: dict[str, Any] = {"source": "strategy/strategy.yml", "has_macros": False, **given}
        return Page(
            path=path,
            title=title,
            body=body,
            kind=kind,
            facets=page_facets(kind, path),
            crumbs=(("Start", ""), ("Dokumente", "dokumente/")),
            hide=("navigation",),
            **values,
        )

    def report(self, period: Period) -> Page:
        """The report on a period, as of its newest status report."""
        path = self.places[period.prose]
        meta, body = self.prose(period.prose, path)
        introduction, asked = parts(body)
        title = str(meta.get("title") or period.title)
        source = period.prose
        if not (self.root / source).is_file():
            source = f"data/{self.loaded.descriptor.tables['status_reports'].path}"
        filled = self.skeletons.fill(
            "report.md",
            on_page(replace(self.context, as_of=period.as_of), page_url(path)),
            title=Markup(safe(title)),  # noqa: S704 - made safe just now
            prose=Markup(introduction.strip()),  # noqa: S704 - Markdown, looked at by ``check``
            asked=Markup(asked.strip()),  # noqa: S704 - likewise
            period=period.label,
        )
        return self.paper(
            "report",
            path,
            title,
            filled,
            source=source,
            has_macros=has_macros(body),
            description=str(meta.get("description") or ""),
        )

    def extras(self) -> Iterator[Page]:
        """Pages of their own across chapters: the figures, and who does what."""
        if self.strategy.measures:
            crumbs = self.crumbs_to("implementation")
            page = self.skeleton("figures", FIGURES_PAGE, "Die Strategie in Zahlen")
            yield replace(page, crumbs=crumbs, source="data/measures.csv")
        if self.strategy.organisations:
            crumbs = self.crumbs_to("governance")
            page = self.skeleton("organisations", ORGANISATIONS_PAGE, "Wer macht was?")
            yield replace(page, crumbs=crumbs, source="data/organisations.csv")

    def crumbs_to(self, chapter: str) -> tuple[tuple[str, str], ...]:
        """The way from the start page to a chapter, if the strategy has it."""
        above = ((CHAPTERS[chapter], links.CHAPTER_PAGES[chapter]),)
        return (("Start", ""), *(above if chapter in self.chapters else ()))

    def docs(self) -> Iterator[Page]:
        """The pages of ``docs/``."""
        for folder, name in self.doc_files():
            source = f"docs/{name}"
            meta, body = split_front_matter((folder / name).read_text(encoding="utf-8-sig"))
            heading = re.search(r"^#\s+(.+?)\s*(?:\{[^}]*\})?\s*$", body, re.MULTILINE)
            title = str(meta.get("title") or (heading.group(1) if heading else name))
            crumbs: tuple[tuple[str, str], ...] = () if name == "index.md" else (("Start", ""),)
            if name.startswith("handbuch/") and name != "handbuch/index.md":
                crumbs += (("Handbuch", "handbuch/"),)
            yield Page(
                path=name,
                title=title,
                body=relink(body, source, name, self.places),
                source=source,
                description=str(meta.get("description") or ""),
                kind="start" if name == "index.md" else "page",
                facets=page_facets("page", name),
                crumbs=crumbs,
                hide=("navigation", "toc") if name in ROOMY else (),
            )

    def doc_files(self) -> Iterator[tuple[Path, str]]:
        """Markdown files of ``docs/``, Klarplan's own where the root has no such folder."""
        folder = upstream(self.root, "docs")
        for path in sorted(folder.rglob("*.md")):
            yield folder, path.relative_to(folder).as_posix()

    def assets(self) -> Iterator[tuple[Path, str]]:
        """Pictures and other files beside the pages, with their place below ``build/pages``."""
        docs = upstream(self.root, "docs")
        for base, prefix in ((docs, ""), (self.root / "strategy", PICTURES)):
            for path in sorted(base.rglob("*")) if base.is_dir() else ():
                if path.is_symlink() or not path.is_file():
                    continue
                if path.suffix.lower() in ((".md", ".yml", ".yaml") if prefix else (".md",)):
                    continue
                yield path, prefix + path.relative_to(base).as_posix()

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

    def _pages(self, rows: Callable[[str], Iterator[Page]]) -> Iterator[Page]:
        for chapter in self.chapters:
            yield self.chapter(chapter)
        for table in links.PAGES:
            if self.strategy.has(table) and SECTION_NAMES[table] in self.chapters:
                yield from rows(table)
        yield from self.papers()
        yield from self.extras()
        yield from self.docs()


def navigation(baker: Baker, paths: set[str]) -> list[Any]:
    """The menu: chapters in their order, then data and what the law asks for."""
    groups: Mapping[str, tuple[str, ...]] = {
        "Strategie": ("vision", "assessment", "goals", "fields", "measures", "indicators"),
        "Umsetzung": ("implementation", "resources", "governance", "decisions"),
    }
    menu: list[Any] = [{"Start": "index.md"}]
    placed: set[str] = set()
    for name, members in groups.items():
        items = [c for c in baker.chapters if c in members]
        placed.update(items)
        if items:
            menu.append({name: [{CHAPTERS[c]: f"{links.CHAPTER_PAGES[c]}index.md"} for c in items]})
    extras = {
        "In Zahlen": f"{FIGURES_PAGE}index.md",
        "Zeitplan": "zeitplan.md",
        "Wer macht was?": f"{ORGANISATIONS_PAGE}index.md",
    }
    if len(menu) > 1:
        found = [{title: path} for title, path in extras.items() if path in paths]
        next(iter(menu[-1].values())).extend(found)
    for chapter in baker.chapters:
        if chapter not in placed:
            menu.append({CHAPTERS[chapter]: f"{links.CHAPTER_PAGES[chapter]}index.md"})
    offers = {
        "Dokumente zum Drucken": "dokumente.md",
        "Kurzfassung": f"{BRIEF_PAGE}index.md",
        "Offene Daten": "daten.md",
    }
    taken = [{title: path} for title, path in offers.items() if path in paths]
    if taken:
        menu.append({"Dokumente": taken})
    about = {
        "Über diese Seiten": "ueber.md",
        "Glossar": "glossar.md",
        "Barrierefreiheit": "barrierefreiheit.md",
        "Datenschutz": "datenschutz.md",
        "Impressum": "impressum.md",
        "Handbuch für die Redaktion": "handbuch/index.md",
    }
    legal = [{title: path} for title, path in about.items() if path in paths]
    if legal:
        menu.append({"Über": legal})
    return menu


def _write(path: Path, content: bytes) -> None:
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Baked:
    """What was baked: the settings file for the site generator, and every page."""

    config: Path
    pages: tuple[Page, ...]
    chapters: tuple[str, ...]


def bake(
    loaded: Loaded,
    as_of: dt.date,
    build: Path,
    *,
    commit: str = "",
    extra_files: Callable[[], Mapping[str, bytes]] | None = None,
) -> Baked:
    """Write all pages of the *public* strategy and the settings of the site generator.

    ``extra_files`` are files that go beside the pages, such as the open data.
    What lies in ``build/pages`` from an earlier run and is not needed any more is removed.
    """
    baker = Baker(loaded, as_of)
    folder = build / "pages"
    settings = loaded.strategy.settings
    face = typeface(upstream(loaded.root, "docs"), settings.font)
    pages: dict[str, Page] = {}
    with aside(partial(font_files, build / "fonts", face)) as fonts:
        for page in baker.pages():
            pages[page.path] = replace(page, description=page.description or baker.sentence(page))
        wanted = fonts()
    wanted |= {path: page.text().encode() for path, page in pages.items()}
    for source, name in baker.assets():
        wanted.setdefault(name, source.read_bytes())
    if extra_files:
        wanted.update(extra_files())
    wanted["assets/farben.css"] = style_sheet(loaded.strategy).encode()
    wanted.update(picture_files(loaded.root, settings, build / "pictures"))
    own = upstream(loaded.root, "overrides/assets")
    for path in sorted(own.rglob("*")):
        if path.is_file():
            wanted.setdefault(f"assets/{path.relative_to(own).as_posix()}", path.read_bytes())
    for name, content in wanted.items():
        _write(folder / name, content)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    overrides = upstream(loaded.root, "overrides")
    repository = settings.repository.rstrip("/")
    logo = logo_file(upstream(loaded.root, "docs").parent, settings.logo)
    config: dict[str, Any] = {
        "INHERIT": str(upstream(loaded.root, "mkdocs.yml").resolve()),
        "site_name": safe(settings.title),
        "site_description": safe(settings.summary),
        "site_author": safe(settings.municipality),
        "docs_dir": str(folder.resolve()),
        "theme": {"custom_dir": str(overrides.resolve()), "favicon": SYMBOLS[-1]},
        "nav": navigation(baker, set(pages)),
        "extra": {
            "klarplan": {
                "root": str(loaded.root.resolve()),
                "as_of": as_of.isoformat(),
                "as_of_text": german.day(as_of),
                "municipality": safe(settings.municipality),
                "version": safe(settings.version),
                "commit": commit[:10],
                "edit": f"{repository}/edit/{settings.branch}/" if repository else "",
                "view": f"{repository}/blob/{settings.branch}/" if repository else "",
                "colour": readable(settings.primary_colour),
                "contact": safe(settings.contact_email),
                "contact_name": safe(settings.contact_name),
                "phone": safe(settings.contact_phone),
                "street": safe(settings.street),
                "place": safe(settings.place),
                "logo": settings.logo if logo else "",
                "logo_width": logo_width(logo),
                "fonts": [styles(face)[style][0] for style in ("regular", "bold")],
                "sign_language": safe(settings.sign_language_url),
                "licence_name": safe(settings.licence_name),
                "licence_url": settings.licence_url,
                "pages": sorted(p for p in pages if "/" not in p),
            }
        },
    }
    if settings.site_url:
        config["site_url"] = settings.site_url.rstrip("/") + "/"
    path = build / "mkdocs.yml"
    _write(path, yaml.safe_dump(config, allow_unicode=True, sort_keys=False).encode())
    return Baked(config=path, pages=tuple(pages.values()), chapters=baker.chapters)


def clear(build: Path) -> None:
    """Remove everything that was baked."""
    shutil.rmtree(build / "pages", ignore_errors=True)
