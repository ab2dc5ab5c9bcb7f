"""The site below a path of nginx and Apache, each set up by the handbook as it stands."""

from __future__ import annotations

import gzip
import html
import http.client
import json
import re
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from playwright.sync_api import Browser

from klarplan.strategy.media_types import MEDIA_TYPES, UNKNOWN, is_text, media_type
from klarplan.website.packed import pack
from klarplan.website.policy import (
    ASK,
    CACHE,
    CLOSED,
    HEADERS,
    LASTING,
    NAMED_BY_CONTENT,
    OPEN,
    PACKED,
    TEXTS,
)
from tests.support import klein, sites
from tests.support.access import WATCH, one_of_each_kind, pages_of
from tests.support.project import BuiltSample, copy_of_sample
from tests.support.qr_reading import codes_of
from tests.support.servers import SERVERS, block

PATH = "/digital/plan/"
HOST = "https://strategie.musterstadt.example"
PUBLIC = HOST + PATH
LINKS = """() => [...document.querySelectorAll('[href], [src]')]
  .filter(e => e.namespaceURI === 'http://www.w3.org/1999/xhtml')
  .map(e => e.href || e.src)"""


def below_a_path(root: Path) -> None:
    """The sample at an address with a path, with addresses that lead on."""
    copy_of_sample(root)
    klein.replace(root, "strategy/strategy.yml", f'site_url: "{HOST}/"', f'site_url: "{PUBLIC}"')
    (root / "strategy/redirects.csv").write_text(
        "old,new\n/frueher/,/massnahmen/m-001/\n/frueher/tabelle.csv,/daten/measures.csv\n", "utf-8"
    )


@pytest.fixture(scope="module")
def built() -> BuiltSample:
    """The site that the servers have."""
    return sites.kept("below_a_path", below_a_path)


@dataclass(frozen=True)
class Answer:
    """What a server says to one question."""

    status: int
    headers: Mapping[str, str]
    content: bytes


class Visitor:
    """Asks a server, over one connection."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._asked = 0.0
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)

    def ask(self, path: str, **headers: str) -> Answer:
        """The answer for a path below the site."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if time.monotonic() - self._asked > 2:
            self._connection.close()  # servers don't wait for ever for another question
        self._asked = time.monotonic()
        self._connection.request("GET", urlsplit(self.address).path + path, headers=named)
        got = self._connection.getresponse()
        told = {name.lower(): value for name, value in got.getheaders()}
        assert len(told) == len(got.getheaders()), got.getheaders()
        return Answer(got.status, told, got.read())


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, built: BuiltSample) -> Iterator[Visitor]:
    """A server that has the site below a path."""
    with SERVERS[request.param](built.site, PATH) as address:
        yield Visitor(address)


def files(site: Path) -> list[str]:
    """What people and programs may fetch, as addresses below the site."""
    names = (p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
    return sorted(quote(name) for name in names if not name.endswith((".htaccess", "_headers")))


def expected_cache(file: str) -> str:
    """What browsers are told of how long to keep a file."""
    ending = file.rpartition(".")[2]
    return next((value for endings, value in CACHE.items() if ending in endings), ASK)


@pytest.mark.long
def test_every_file_has_its_headers(server: Visitor, built: BuiltSample) -> None:
    """Each file comes with its media type, the rules for browsers and how long it may be kept."""
    for file in files(built.site):
        answer = server.ask(file)
        assert answer.status == 200, file
        assert answer.content == (built.site / unquote(file)).read_bytes(), file
        kind, _, charset = answer.headers.get("content-type", UNKNOWN).partition("; charset=")
        assert kind == media_type(file), file
        assert charset.lower() == ("utf-8" if kind.startswith("text/") else ""), file
        assert answer.headers["cache-control"] == expected_cache(file), file
        embedded = file.startswith("einbetten/")
        told = {**HEADERS, **(OPEN if embedded else CLOSED)}
        assert {n: answer.headers.get(n.lower()) for n in told} == told, file
        assert ("x-frame-options" in answer.headers) != embedded, file


@pytest.mark.long
def test_texts_are_packed_and_asked_for_once(server: Visitor, built: BuiltSample) -> None:
    """Texts come compressed, nothing else; what is still the same is not sent again."""
    for file in files(built.site):
        content = (built.site / unquote(file)).read_bytes()
        answer = server.ask(file, Accept_Encoding="gzip")
        packed = answer.headers.get("content-encoding") == "gzip"
        assert (gzip.decompress(answer.content) if packed else answer.content) == content, file
        if not is_text(media_type(file)):
            assert not packed, file
        elif len(content) > 1000:
            assert packed, file
            assert "accept-encoding" in answer.headers["vary"].lower(), file
        again = server.ask(file, Accept_Encoding="gzip", If_None_Match=answer.headers["etag"])
        assert (again.status, again.content) == (304, b""), file


@pytest.mark.long
def test_what_is_not_there_is_said_by_the_site(
    server: Visitor, browser: Browser, built: BuiltSample
) -> None:
    """A page that is missing, however deep, shows the site's own page, whole and with all rules."""
    for missing in ("gibt-es-nicht", "a/b/c/", "daten/keine.csv", "massnahmen/m-999/"):
        answer = server.ask(missing)
        assert answer.status == 404, missing
        assert answer.content == (built.site / "404.html").read_bytes(), missing
        assert {n: answer.headers.get(n.lower()) for n in HEADERS} == HEADERS
        assert answer.headers["x-frame-options"] == "DENY"
    for hidden in (".htaccess", "einbetten/.htaccess"):
        assert server.ask(hidden).status in (403, 404), hidden
    page = browser.new_page()
    failed: list[str] = []
    page.on("response", lambda got: failed.append(got.url) if got.status >= 400 else None)
    page.goto(f"{server.address}a/b/c/")
    assert failed == [f"{server.address}a/b/c/"]
    page.get_by_role("link", name="Maßnahmen").first.click()
    assert page.url.startswith(server.address)
    page.close()


@pytest.mark.long
def test_an_address_without_its_slash_leads_on(server: Visitor) -> None:
    """A forgotten slash at the end leads to the page, below the path and on the same host."""
    answer = server.ask("massnahmen/m-001")
    assert answer.status == 301
    here = server.address + "massnahmen/m-001"
    assert urljoin(here, answer.headers["location"]) == f"{here}/"


@pytest.mark.long
def test_every_page_works_below_the_path(
    server: Visitor, browser: Browser, built: BuiltSample
) -> None:
    """In a browser no page complains, is refused anything or leads to nowhere."""
    page = browser.new_context().new_page()
    page.add_init_script(WATCH)
    heard: list[str] = []
    page.on("console", lambda said: heard.append(said.text) if said.type != "log" else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("response", lambda got: heard.append(got.url) if got.status >= 400 else None)
    page.on("requestfailed", lambda lost: heard.append(f"{lost.url} {lost.failure}"))
    ended = "net::ERR_ABORTED"  # the browser was led on before it had the little picture
    named: dict[str, str] = {}
    pages = [path for path in pages_of(built.site) if path != "frueher/"]
    for path in pages:
        page.goto(server.address + path, wait_until="load")
        assert page.url == server.address + path
        assert page.evaluate("window.__refused") == [], path
        assert [line for line in heard if not line.endswith(ended)] == [], path
        named |= dict.fromkeys(page.evaluate(LINKS), path)
    page.goto(server.address + "frueher/")
    page.wait_for_url(server.address + "massnahmen/m-001/")
    assert server.ask("frueher/tabelle.csv").content == server.ask("daten/measures.csv").content
    page.context.close()
    host = server.address.removesuffix(PATH)
    ours = {link: path for link, path in named.items() if link.startswith((host, HOST))}
    assert len(ours) > 500
    assert not_there(server, ours) == []


@pytest.mark.long
def test_the_search_works_below_the_path(server: Visitor, browser: Browser) -> None:
    """The search finds a measure, and leads to it, from a page that lies deep."""
    page = browser.new_page()
    page.goto(f"{server.address}massnahmen/m-002/")
    page.locator("button.kp-search-open").click()
    page.locator("#kp-search-words").fill("Maßnahme")
    page.locator(".kp-search__link").first.click()
    page.wait_for_load_state()
    assert page.url.startswith(server.address)
    assert page.locator("article h1").is_visible()
    page.close()


@pytest.mark.long
def test_every_public_address_is_right(server: Visitor, built: BuiltSample) -> None:
    """Feeds, calendars, catalogues, descriptions, maps and texts name what is there."""
    address = re.compile(rf"{re.escape(HOST)}[^\s\"'<>\\)\]|`,;]*")
    named: dict[str, str] = {}
    for file in files(built.site):
        content = (built.site / unquote(file)).read_bytes()
        if file.endswith(".ics"):
            content = content.replace(b"\r\n ", b"")
        kind = media_type(file)
        text = content.decode("utf-8") if is_text(kind) else ""
        told = html.unescape(text) if kind.endswith(("ml", "xml")) else text
        named |= dict.fromkeys(address.findall(told), file)
    assert {"sitemap.xml", "robots.txt", "catalog.ttl", "neues/strategie.atom"} <= {*named.values()}
    described = json.loads((built.site / "api/v1/openapi.json").read_bytes())
    (there,) = described["servers"]
    assert named.pop(there["url"]) == "api/v1/openapi.json"  # no file, but where files lie
    assert not_there(server, named) == []
    for path, answers in described["paths"].items():
        if "{" not in path:
            assert "get" in answers
            file = there["url"].removeprefix(PUBLIC) + path
            assert server.ask(file).status == 200, file


@pytest.mark.long
def test_every_code_of_a_paper_leads_below_the_path(built: BuiltSample) -> None:
    """What a phone reads on the first sheets of each paper is a page of the site."""
    found: dict[str, str] = {}
    for paper in sorted(built.site.glob("*.pdf")):
        for codes in islice(codes_of(paper), 3):
            found |= dict.fromkeys(codes, paper.name)
    assert "massnahmenkarten.pdf" in found.values()
    for code, paper in found.items():
        page = urldefrag(code)[0].removeprefix(PUBLIC)
        assert code.startswith(PUBLIC), paper
        assert (built.site / page / "index.html").is_file(), (paper, code)


def not_there(server: Visitor, named: Mapping[str, str]) -> list[str]:
    """Addresses that are not below the path, or that the server has not, with who names them."""
    wrong: list[str] = []
    known: dict[str, int] = {}
    for link, where in named.items():
        whole = urldefrag(link)[0].replace(PUBLIC, server.address)
        if not whole.startswith(server.address):
            wrong.append(f"{where}: {link}")
            continue
        path = whole.removeprefix(server.address)
        if path not in known:
            known[path] = server.ask(path).status
        if known[path] != 200:
            wrong.append(f"{where}: {link} {known[path]}")
    return wrong


@pytest.mark.long
def test_at_the_top_of_a_host_it_is_the_same(built: BuiltSample, tmp_path: Path) -> None:
    """Without a path, the handbook's settings of nginx fit as they stand; it sends packed twins."""
    site = tmp_path / "site"
    shutil.copytree(built.site, site)
    pack(site)
    with SERVERS["nginx"](site, "/") as address:
        visitor = Visitor(address)
        for file in one_of_each_kind(files(built.site)):
            answer = visitor.ask(file, Accept_Encoding="gzip")
            twin = site / unquote(f"{file}.gz")
            assert answer.headers["cache-control"] == expected_cache(file)
            assert answer.headers.get("content-type", UNKNOWN).startswith(media_type(file))
            assert not twin.is_file() or answer.content == twin.read_bytes()
        assert visitor.ask("a/b/").content == (built.site / "404.html").read_bytes()
        assert "frame-ancestors *" in visitor.ask("einbetten/").headers["content-security-policy"]


def test_the_handbook_says_what_the_program_does() -> None:
    """The settings of nginx name all headers, types and times that Apache is given."""
    told = block("nginx")
    for name, value in HEADERS.items():
        assert f'add_header {name} "{value}" always;' in told
    for headers, place in ((CLOSED, "default"), (OPEN, "einbetten")):
        for value in headers.values():
            assert re.search(rf'^ *"?~?/?{place}.* "{re.escape(value)}";$', told, re.MULTILINE)
    for endings, value in CACHE.items():
        assert f'"~\\.({"|".join(endings)})$" "{value}";' in told
    assert f'default "{ASK}";' in told
    assert not set(NAMED_BY_CONTENT) & set(LASTING)
    (types,) = re.findall(r"types \{\n(.*?)\n    \}", told, re.DOTALL)
    listed = [line.strip(" ;").split() for line in types.splitlines()]
    assert {ending: kind for kind, *endings in listed for ending in endings} == MEDIA_TYPES
    for name, kinds in (
        ("gzip_types", PACKED),
        ("charset_types", [MEDIA_TYPES[e] for e in TEXTS]),
    ):
        (found,) = re.findall(rf"{name} ([^;]*);", told)
        assert {*found.split(), "text/html"} == set(kinds)
