"""What the law asks of the site: imprint, privacy, accessibility statement, easy language."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html
from lxml.html import HtmlElement

from klarplan.strategy.contact import phone_link
from klarplan.strategy.laender import laender, land_of
from klarplan.strategy.load import load
from klarplan.strategy.settings import CONFORMITY, SETTINGS, Settings
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import settings_text
from klarplan.words.hyphens import without
from macros.registry import MACROS, Context
from macros.render import environment, render
from tests.support.links import BASE, whole_pages
from tests.support.project import REPOSITORY, BuiltSample, build

STATEMENT = (
    "accessibility_state",
    "accessibility_exceptions",
    "accessibility_feedback",
    "enforcement_body",
)
BLOCKS = (*STATEMENT, "contact_ways", "imprint", "privacy_server", "privacy_contacts")


def shown(settings: Settings, *names: str) -> HtmlElement:
    """What some macros show for these settings."""
    loaded = load(REPOSITORY)
    context = Context(
        strategy=replace(loaded.strategy, settings=settings),
        descriptor=loaded.descriptor,
        as_of=dt.date(2026, 11, 21),
    )
    env = environment(REPOSITORY)
    markup = "\n".join(render(env, context, MACROS[name]) for name in names)
    return html.fromstring(f"<div>{markup}</div>")


def said(settings: Settings, *names: str) -> str:
    """The words of some macros for these settings."""
    return re.sub(r"[^\S\n]+", " ", str(shown(settings, *names).text_content()))


def test_there_are_16_laender() -> None:
    """Each Land has its official key, its law and a body that enforces it."""
    assert sorted(laender()) == [f"{n:02}" for n in range(1, 17)]
    for land in laender().values():
        assert land.name
        assert land.law
        assert land.body
        assert not land.url or land.url.startswith("https://")
        assert not land.address or re.search(r"\d{5} \w", land.address), land.name
    assert land_of("05515000") == laender()["05"]
    assert land_of("") is None
    assert land_of("99000000") is None


@pytest.mark.parametrize("key", sorted(laender()))
def test_statement_names_the_body_of_the_land(key: str) -> None:
    """From the municipality's key follow law and body, marked as not yet confirmed."""
    land = laender()[key]
    text = said(Settings(municipality="Stadt Prüfdorf", key=f"{key}123456"), *STATEMENT)
    assert land.law in text
    assert land.body in text
    assert land.address in text
    assert "noch nicht bestätigt" in text


def test_own_body_stands_for_that_of_the_land() -> None:
    """A body in the settings is shown alone, without the mark."""
    text = said(Settings(key="09123456", enforcement_body="Stelle X, Weg 1"), "enforcement_body")
    assert "Stelle X, Weg 1" in text
    assert "noch nicht bestätigt" not in text
    assert laender()["09"].body not in text


@pytest.mark.parametrize("state", sorted(CONFORMITY))
def test_statement_says_what_the_settings_say(state: str) -> None:
    """State, exceptions, day and method of the test stand in the statement."""
    text = said(
        Settings(
            municipality="Stadt Prüfdorf",
            contact_email="hilfe@pruefdorf.example",
            contact_phone="0123 45",
            accessibility_state=state,
            accessibility_exceptions=("Karten sind <b>nicht</b> beschrieben.", "Alte PDF."),
            accessibility_tested=dt.date(2026, 10, 12),
            accessibility_method="Selbstbewertung.",
        ),
        *STATEMENT,
    )
    assert f"ist mit den Anforderungen {CONFORMITY[state]}." in text
    assert "Karten sind <b>nicht</b> beschrieben." in text
    assert "Alte PDF." in text
    assert "12. Oktober 2026" in text
    assert "So wurde geprüft: Selbstbewertung." in text
    assert "hilfe@pruefdorf.example" in text
    assert "0123 45" in text


def test_ways_to_reach_the_office_are_links() -> None:
    """Mail, phone and platform are links, and the postal address is one for programs, too."""
    found = shown(
        Settings(
            municipality="Markt „Prüf“ & Co",
            contact_name="Amt | eins",
            contact_email="hilfe@pruef.example",
            contact_phone="(0 99 99) 123-450, Mo–Fr 8–12 Uhr",
            street="Weg 1",
            postcode="01067",
            town="Prüfdorf",
            participation_url="https://mitreden.pruef.example/a?b=1",
        ),
        "contact_ways",
    )
    assert found.xpath(".//a/@href") == [
        "mailto:hilfe@pruef.example",
        "tel:+499999123450",
        "https://mitreden.pruef.example/a?b=1",
    ]
    assert "Mo–Fr" in found.xpath("string((.//a)[2])")
    (address,) = found.iter("address")
    assert list(address.itertext()) == [
        "Markt „Prüf“ & Co",
        "Amt | eins",
        "Weg 1",
        "01067 Prüfdorf",
    ]


@pytest.mark.parametrize(
    ("given", "labels"),
    [
        ({"contact_email": "a@b.example"}, ["E-Mail"]),
        ({"contact_phone": "123-450"}, ["Telefon"]),
        ({"town": "Prüfdorf"}, ["Anschrift"]),
        ({"participation_url": "https://x.example/"}, ["Beteiligungsplattform"]),
        ({"contact_name": "Amt"}, []),
    ],
)
def test_only_ways_that_are_set_are_named(given: dict[str, str], labels: list[str]) -> None:
    """What the settings lack is left out; without any, a sentence says that it will come."""
    found = shown(Settings(**given), "contact_ways")
    assert [without(term.text_content()) for term in found.iter("dt")] == labels
    assert bool(labels) != ("Hier steht bald" in found.text_content())


@pytest.mark.parametrize(
    ("number", "country", "link"),
    [
        ("+49 9999 123-450", "DE", "tel:+499999123450"),
        ("0049 9999/123450", "DE", "tel:+499999123450"),
        ("09999 123-450", "DE", "tel:+499999123450"),
        ("09999 / 123-450", "DE", "tel:+499999123450"),
        ("09999\u00a0123\u2011450", "DE", "tel:+499999123450"),
        ("+49 (0) 9999 123450", "DE", "tel:+499999123450"),
        ("+49 (0)9999 123450", "DE", "tel:+499999123450"),
        ("0711 216-0 / -1", "DE", "tel:+497112160"),
        ("0711 216-0 oder 0711 216-1", "DE", "tel:+497112160"),
        ("01 4000-0", "AT", "tel:+43140000"),
        ("044 412 11 11", "CH", "tel:+41444121111"),
        ("115", "DE", "tel:115"),
        ("123-450", "DE", ""),
        ("0711 216-0, 0711 216-1", "DE", "tel:+497112160"),
        ("Zentrale 09999 123450", "DE", ""),
        ("0711216071121607112160", "DE", ""),
        ("", "DE", ""),
    ],
)
def test_a_number_is_dialled_in_its_international_form(
    number: str, country: str, link: str
) -> None:
    """However an office writes it; one that can't be called from everywhere is no link."""
    assert phone_link(number, country) == link


def test_phone_numbers_are_links_on_every_page(sample: BuiltSample) -> None:
    """The foot of each page, the imprint and the statement on accessibility lead to the phone."""
    for page, times in (("", 1), ("impressum", 2), ("barrierefreiheit", 2), ("mitmachen", 2)):
        text = (sample.site / page / "index.html").read_text("utf-8")
        assert text.count('<a href="tel:+499999123450">+49 9999 123-450</a>') == times, page


SEVERAL: dict[str, Any] = {
    "municipality": "Stadt Prüfdorf",
    "contact_email": "a@b.example",
    "street": "Weg 1",
    "hosting": "Firma Y.",
    "server_log_days": 7,
    "key": "05515000",
    "accessibility_state": "none",
}


@pytest.mark.parametrize("missing", [None, *SEVERAL])
def test_missing_settings_leave_no_broken_sentence(missing: str | None) -> None:
    """Without settings, or without one of them, no sentence loses its end and no label its text."""
    given = {k: v for k, v in SEVERAL.items() if k != missing} if missing else {}
    text = said(Settings(**given), *BLOCKS)
    assert "None" not in text
    assert "()" not in text
    assert not re.search(r":\s*\.|\.\.|,\s*\.|„“|\s,|:\s*,| \.", text), text
    if not missing:
        assert "noch nicht geprüft" in text
        assert "noch nicht vollständig" in text


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (7, "nach 7 Tagen gelöscht"),
        (1, "nach 1 Tag gelöscht"),
        (0, "nicht aufbewahrt"),
    ],
)
def test_privacy_page_says_how_long_logs_are_kept(days: int, sentence: str) -> None:
    """The number of days becomes a sentence."""
    assert sentence in said(Settings(server_log_days=days), "privacy_server")
    assert "Protokolle werden" not in said(Settings(), "privacy_server")


def test_settings_on_accessibility_are_read_and_written(tmp_path: Path) -> None:
    """Days, lists and single texts survive; wrong ones are told with line and cure."""
    (tmp_path / "strategy").mkdir()
    file = tmp_path / SETTINGS
    values = {
        "accessibility_state": "partial",
        "accessibility_exceptions": ("Eins: zwei", "none", "# drei"),
        "accessibility_tested": dt.date(2026, 10, 12),
        "server_log_days": 14,
    }
    file.write_text(settings_text(values), "utf-8")
    settings, findings = read_settings(tmp_path)
    assert findings == []
    assert settings == Settings(**values)  # type: ignore[arg-type]
    file.write_text("accessibility_exceptions: Nur ein Text.\n", "utf-8")
    assert read_settings(tmp_path)[0].accessibility_exceptions == ("Nur ein Text.",)
    file.write_text('accessibility_state: "gut"\naccessibility_tested: "Mai"\n', "utf-8")
    _, findings = read_settings(tmp_path)
    assert [(f.rule, f.line) for f in findings] == [("KP012", 1), ("KP012", 2)]
    assert "full, partial, none" in findings[0].cure.de


def test_sample_states_all_that_the_law_asks(sample: BuiltSample) -> None:
    """The statement has state, exceptions, test, feedback and enforcement, under headings."""
    page = html.parse(str(sample.site / "barrierefreiheit/index.html")).getroot()
    titles = [without(h.text_content()).strip(" ¶") for h in page.xpath("//article//h2")]
    for title in ("Was noch nicht barrierefrei ist", "Barriere melden", "Durchsetzungsstelle"):
        assert title in titles
    text = " ".join(page.find(".//article").text_content().split())
    assert "teilweise vereinbar" in text
    assert "12. Oktober 2026" in text


def test_every_page_leads_to_barrier_report_and_legal_pages(sample: BuiltSample) -> None:
    """Imprint, privacy, statement and „Barriere melden“ are one click away from everywhere."""
    for url, page in whole_pages(sample.site):
        links = {
            " ".join(a.text_content().split()): a.get("href") for a in page.xpath("//footer//a")
        }
        for name in (
            "Barriere melden",
            "Erklärung zur Barrierefreiheit",
            "Datenschutz",
            "Impressum",
        ):
            assert name in links, url
        target = urljoin(url, links["Barriere melden"])
        assert target == BASE + "barrierefreiheit/#barriere-melden", url


def test_easy_language_is_offered_where_it_is_written(sample: BuiltSample) -> None:
    """Each page leads to the page in easy language, whose sentences are short."""
    for url, page in whole_pages(sample.site):
        assert "Leichte Sprache" in page.xpath("string(//*[contains(@class,'kp-bar')])"), url
    page = html.parse(str(sample.site / "leichte-sprache/index.html")).getroot()
    easy = page.xpath("//*[@lang='de-simple']")
    assert len(easy) == 1
    sentences = re.split(r"(?<=[.?!:])\s", easy[0].text_content())
    assert len(sentences) > 40
    assert max(len(sentence.split()) for sentence in sentences) <= 15


@pytest.mark.long
def test_slots_stay_away_until_they_are_filled(copy: Path) -> None:
    """Without the page no link to easy language; with an address one to sign language."""
    (copy / "docs/leichte-sprache.md").unlink()
    file = copy / SETTINGS
    text = file.read_text("utf-8")
    assert 'sign_language_url: ""' in text
    video = "https://video.musterstadt.example/dgs"
    file.write_text(text.replace('sign_language_url: ""', f'sign_language_url: "{video}"'), "utf-8")
    build(copy, "--no-pdf")
    for url, page in whole_pages(copy / "site"):
        assert "Leichte Sprache" not in page.xpath("string(//header | //footer)"), url
        assert page.xpath("//a[text()='Gebärdensprache']/@href") == [video, video], url
