"""All that is published names the site by its whole address, with its path."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest

from klarplan.open_data.outputs import outputs
from klarplan.pages.site_addresses import site_addresses
from klarplan.strategy.load import Loaded, load
from klarplan.strategy.media_types import is_text, media_type
from klarplan.strategy.public import public
from klarplan.website.policy import for_apache
from klarplan.website.root_files import path_of, robots, security, sitemap
from tests.support.project import REPOSITORY

AS_OF = dt.date(2026, 11, 21)
SAMPLE = public(load(REPOSITORY))
ADDRESSES = [
    "https://stadt.example/digital/plan/",
    "https://stadt.example/digital/plan",
    "http://stadt.example:8080/~rathaus/2030/",
    "https://stadt.example/",
]


def at(site_url: str) -> Loaded:
    """The sample at another address."""
    settings = replace(SAMPLE.strategy.settings, site_url=site_url)
    return replace(SAMPLE, strategy=replace(SAMPLE.strategy, settings=settings))


def texts(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Texts among files and in archives among them."""
    for name, content in files.items():
        if name.endswith((".zip", ".xlsx")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                for inner in archive.namelist():
                    yield f"{name}/{inner}", archive.read(inner).decode("utf-8", "replace")
        elif is_text(media_type(name)):
            yield name, content.decode("utf-8").replace("\r\n ", "")


@pytest.mark.parametrize("site_url", ADDRESSES)
def test_every_address_of_the_site_has_its_path(site_url: str) -> None:
    """Feeds, calendars, catalogues, API, packages and the map name no address beside the site."""
    loaded = at(site_url)
    settings = loaded.strategy.settings
    made = dict(texts(outputs(loaded, AS_OF)))
    made["robots.txt"] = robots(settings)
    made["security.txt"] = security(settings, AS_OF)
    made["sitemap.xml"] = sitemap(settings, site_addresses(loaded, AS_OF))
    host = site_url[: site_url.index("/", 8)]
    base = site_url.rstrip("/") + "/"
    named = 0
    for name, text in made.items():
        for address in re.findall(rf"{re.escape(host)}[^\s\"'<>\\)\]]*", text):
            named += 1
            assert f"{address}/".startswith(base), (name, address)
            assert "//" not in address.removeprefix(base), (name, address)
    assert named > 1000


@pytest.mark.parametrize(
    ("site_url", "path"),
    [
        ("https://stadt.example", "/"),
        ("https://stadt.example/plan", "/plan/"),
        ("https://stadt.example/größer/a/", "/gr%C3%B6%C3%9Fer/a/"),
        ("", "/"),
    ],
)
def test_apache_finds_the_page_for_what_is_missing(site_url: str, path: str) -> None:
    """Apache is told where the page for wrong addresses is, on its host, in plain letters."""
    found = path_of(at(site_url).strategy.settings)
    assert found == path
    assert f"ErrorDocument 404 {path}404.html\n" in for_apache(found, draft=False)
