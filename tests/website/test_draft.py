"""A draft says on every page and paper that it is one; a public site lacks nothing."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import pytest

from klarplan.check.run import check, examine
from klarplan.strategy.settings import Settings
from klarplan.strategy.settings_file import read_settings
from klarplan.strategy.settings_text import settings_text
from klarplan.website.policy import for_apache, for_netlify
from klarplan.website.root_files import robots, sitemap
from tests.support import klein
from tests.support.drafts import draft
from tests.support.links import pages_of
from tests.support.print_reading import page_texts
from tests.support.project import REPOSITORY, BuiltSample, klarplan

NOTE = "Für die Redaktion"
TOWN = {
    "title": "Klarstadt digital",
    "municipality": "Stadt Klarstadt",
    "summary": "Worum es geht.",
    "contact_name": "Stabsstelle",
    "contact_email": "post@klarstadt.de",
    "street": "Weg 1",
    "postcode": "12345",
    "town": "Klarstadt",
    "represented_by": "die Bürgermeisterin",
    "accessibility_state": "partial",
    "accessibility_tested": dt.date(2026, 5, 1),
    "accessibility_method": "Selbstbewertung",
    "enforcement_body": "Stelle, Weg 2, 12345 Ort",
}


@pytest.fixture(scope="session")
def preview() -> BuiltSample:
    """The small strategy, a draft, as editors see it, with its papers."""
    return draft()


@pytest.mark.long
def test_every_page_of_a_draft_says_so(preview: BuiltSample) -> None:
    """Each page begins with the word, in a landmark, and asks search engines to leave it out."""
    seen = 0
    for url, page in pages_of(preview.site):
        (banner,) = page.xpath("//aside//p[@class='kp-draft']")
        assert banner.text_content().startswith("Entwurf."), url
        assert page.xpath("//meta[@name='robots']/@content") == ["noindex"], url
        seen += 1
    assert seen > 30


def test_a_draft_is_closed_to_search_engines(preview: BuiltSample) -> None:
    """robots.txt closes all, there is no map, and servers are asked to send the same."""
    text = (preview.site / "robots.txt").read_text("utf-8")
    assert text == "User-agent: *\nDisallow: /\n"
    assert not list(preview.site.glob("sitemap*"))
    for name in ("_headers", ".htaccess"):
        assert "noindex" in (preview.site / name).read_text("utf-8")


def test_every_page_of_a_paper_of_a_draft_says_so(preview: BuiltSample) -> None:
    """Each page of each PDF, and date and foot of each Word document, carry the word."""
    papers = sorted(preview.site.rglob("*.pdf"))
    assert len(papers) > 2
    for paper in papers:
        texts = page_texts(paper)
        assert [n for n, text in enumerate(texts, 1) if "Entwurf" not in text] == [], paper.name
        if paper.name != "massnahmenkarten.pdf":  # their cards fill the page
            assert all(text.replace("(Entwurf)", "").count("Entwurf") == 1 for text in texts)
    documents = sorted(preview.site.rglob("*.docx"))
    assert documents
    for document in documents:
        with zipfile.ZipFile(io.BytesIO(document.read_bytes())) as archive:
            for part in ("word/document.xml", "word/footer1.xml"):
                assert "(Entwurf)" in archive.read(part).decode("utf-8"), (document.name, part)


def test_notes_to_editors_are_in_the_preview_and_in_no_paper(preview: BuiltSample) -> None:
    """The imprint tells editors what lacks; nothing of it is in a paper."""
    assert NOTE in (preview.site / "impressum/index.html").read_text("utf-8")
    for paper in preview.site.rglob("*.pdf"):
        assert not [text for text in page_texts(paper) if NOTE in text], paper.name


def test_a_public_site_carries_no_mark(sample: BuiltSample) -> None:
    """Neither banner nor note nor a closed door is left once a strategy is published."""
    for url, page in pages_of(sample.site):
        assert not page.xpath("//p[@class='kp-draft']|//meta[@name='robots']"), url
        assert not page.xpath("//p[contains(@class,'editors')]"), url
    settings = Settings(published=True, site_url="https://a.example/")
    assert "Disallow" not in robots(settings)
    assert sitemap(settings, [""])
    assert "noindex" not in for_netlify([], draft=False) + for_apache("/", draft=False)


def test_previews_of_proposals_show_notes_and_what_is_published_does_not() -> None:
    """Jobs for proposals build a preview; the jobs that publish build the site."""
    github = REPOSITORY / ".github/workflows"
    assert "make site PREVIEW=1" in (github / "check.yml").read_text("utf-8")
    assert "PREVIEW" not in (github / "publish.yml").read_text("utf-8")
    strategy, _, pages = (REPOSITORY / ".gitlab-ci.yml").read_text("utf-8").partition("pages:")
    assert "make site PREVIEW=1" in strategy
    assert "make site" in pages
    assert "PREVIEW" not in pages


def _town(folder: Path, **changes: object) -> Path:
    """A strategy that lacks nothing, but for the changes."""
    root = klein.copied(folder)
    for name in ("impressum", "datenschutz", "barrierefreiheit"):
        (root / f"docs/{name}.md").write_text(
            f"# {name.title()}\n\nStadt Klarstadt, Weg 1, 12345 Klarstadt.\n", "utf-8"
        )
    values = {**TOWN, "published": True, **changes}
    (root / "strategy/strategy.yml").write_text(settings_text(values), "utf-8")
    return root


def lacking(root: Path, *, ready: bool = False) -> list[tuple[str, str | None]]:
    """File and value of what stands in the way of publication."""
    found = examine(root, klein.DAY, ready=ready).findings
    return [(f.file, f.value) for f in found if f.rule == "KP017"]


def test_a_complete_strategy_can_be_published(tmp_path: Path) -> None:
    """With all that the law asks for and no word of the sample, nothing is told."""
    assert lacking(_town(tmp_path)) == []


@pytest.mark.parametrize(
    "name",
    ["summary", "contact_email", "street", "represented_by", "accessibility_state"],
)
def test_what_a_public_site_lacks_is_an_error(name: str, tmp_path: Path) -> None:
    """A public strategy without summary, contact, imprint or accessibility statement is refused."""
    root = _town(tmp_path, **{name: ""})
    (finding,) = (f for f in check(root, klein.DAY) if f.rule == "KP017")
    assert finding.severity == "error"
    assert name in finding.cure.de


@pytest.mark.parametrize("left", [(), ("summary",), ("summary", "street", "town")])
def test_a_strategy_published_too_early_is_told_once(left: tuple[str, ...], tmp_path: Path) -> None:
    """Where nearly all is missing, that it is public is the cause; ``--ready`` names each thing."""
    kept = {name: TOWN[name] for name in left}
    root = klein.copied(tmp_path)
    (root / "strategy/strategy.yml").write_text(
        settings_text({"title": "Plan", "municipality": "Ort", "published": True, **kept}), "utf-8"
    )

    (told,) = (f for f in examine(root, klein.DAY).findings if f.rule == "KP017")

    assert (told.file, told.severity) == ("strategy/strategy.yml", "error")
    assert "published: false" in told.cure.de
    ready = examine(root, klein.DAY, ready=True).single
    assert len(told.also) == sum(f.rule == "KP017" for f in ready)


def test_the_body_of_the_land_stands_for_the_own_one(tmp_path: Path) -> None:
    """Where the official key tells the Land, its enforcement body is known."""
    assert lacking(_town(tmp_path / "a", enforcement_body="", key="05515000")) == []
    assert len(lacking(_town(tmp_path / "b", enforcement_body="", key=""))) == 1


LEGAL = {
    "impressum": "{{ imprint() }}",
    "datenschutz": "{{ privacy_server() }}\n\n{{ privacy_contacts() }}",
    "barrierefreiheit": "{{ accessibility_state() }}\n\n{{ accessibility_exceptions() }}\n\n"
    "{{ accessibility_feedback() }}\n\n{{ enforcement_body() }}",
}
WHOLE = {
    "contact_phone": "01234 5678",
    "privacy_contact": "datenschutz@klarstadt.de",
    "server_log_days": 7,
    "accessibility_exceptions": ["Alte PDF-Dateien."],
}


def _legal(folder: Path, pages: dict[str, str] | None = None, **changes: object) -> Path:
    """A strategy whose legal pages are made by macros and lack nothing, but for the changes."""
    root = _town(folder, **{**WHOLE, **changes})
    for name, text in {**LEGAL, **(pages or {})}.items():
        (root / f"docs/{name}.md").write_text(f"# {name.title()}\n\n{text}\n", "utf-8")
    return root


def test_legal_pages_that_say_all_can_be_published(tmp_path: Path) -> None:
    """With all that imprint, privacy statement and accessibility statement need."""
    assert lacking(_legal(tmp_path), ready=True) == []


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"contact_phone": ""}, "contact_phone"),
        ({"privacy_contact": ""}, "privacy_contact"),
        ({"server_log_days": None}, "server_log_days"),
        ({"accessibility_exceptions": []}, "accessibility_exceptions"),
        ({"accessibility_exceptions": [], "accessibility_state": "none"}, "accessibility_excepti"),
        ({"accessibility_state": "full"}, "accessibility_state"),
        ({"enforcement_body": "", "key": "01054439"}, 'enforcement_body: "Beschwerdestelle für'),
        ({"enforcement_body": "", "country": "CH", "postcode": "8001"}, "enforcement_body"),
    ],
)
def test_what_a_legal_page_would_not_say_is_told(
    changes: dict[str, object], name: str, tmp_path: Path
) -> None:
    """Where the macros of a legal page have nothing to say, or would contradict each other, one
    error names the setting."""
    found = examine(_legal(tmp_path, **changes), klein.DAY, ready=True).findings
    (told,) = (f for f in found if f.rule == "KP017")
    assert name in told.cure.de


@pytest.mark.parametrize(
    "changes",
    [
        {"server_log_days": 0},
        {"contact_phone": "", "participation_url": "https://mitreden.klarstadt.de/"},
        {"accessibility_state": "full", "accessibility_exceptions": []},
        {"country": "CH", "postcode": "8001", "privacy_contact": ""},
    ],
)
def test_what_a_legal_page_need_not_say_is_not_asked(
    changes: dict[str, object], tmp_path: Path
) -> None:
    """No logs, another direct way, nothing that isn't accessible, a country without the GDPR."""
    assert lacking(_legal(tmp_path, **changes), ready=True) == []


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("barrierefreiheit", "{{ enforcement_body() }}"),
        ("barrierefreiheit", "{{ accessibility_exceptions() }}"),
        ("datenschutz", "{{ privacy_contacts() }}"),
        ("datenschutz", "{{ privacy_server() }}"),
    ],
)
def test_a_legal_page_without_one_of_its_macros_is_told(
    page: str, left: str, tmp_path: Path
) -> None:
    """Unless it names somebody in words of its own, each of its macros must be there."""
    text = LEGAL[page].replace(left, "")
    root = _legal(tmp_path, {page: text})
    assert lacking(root) == [(f"docs/{page}.md", None)]
    (finding,) = (f for f in examine(root, klein.DAY).findings if f.rule == "KP017")
    assert left in finding.cure.de
    klein.append(root, f"docs/{page}.md", "\nStelle, Weg 2, 12345 Ort\n")
    assert lacking(root) == []


def test_a_draft_is_told_only_when_asked(tmp_path: Path) -> None:
    """``check`` passes a draft that lacks its summary; ``check --ready`` does not."""
    root = _town(tmp_path, summary="", published=False)
    day = klein.DAY.isoformat()
    assert lacking(root) == []
    assert klarplan("check", "--root", str(root), "--as-of", day).returncode == 0
    asked = klarplan("check", "--ready", "--root", str(root), "--as-of", day)
    assert asked.returncode == 1
    assert "summary" in asked.stdout
    assert "Warnung" not in asked.stdout.replace("0 Warnungen", "")
    (root / "strategy/strategy.yml").write_text(settings_text(TOWN), "utf-8")
    asked = klarplan("check", "--ready", "--root", str(root), "--as-of", day)
    assert asked.returncode == 0
    assert "kann veröffentlicht werden" in asked.stdout


@pytest.mark.parametrize(
    ("file", "text", "value"),
    [
        ("docs/mitmachen.md", "\nKommen Sie nach Musterstadt, nach Musterstadt!\n", "Musterstadt"),
        ("strategy/vision.md", "\nTelefon: (noch nicht angegeben)\n", "(noch nicht angegeben)"),
        ("data/bodies.csv", "x,Rat der Stadt MUSTERSTADT,,,,\n", "MUSTERSTADT"),
        ("docs/mitmachen.md", '\n{{ setting("contact_phone") }}\n', "contact_phone"),
    ],
)
def test_words_of_the_sample_are_told(file: str, text: str, value: str, tmp_path: Path) -> None:
    """What a fork left of the sample's words is one error for each file."""
    root = _town(tmp_path)
    klein.append(root, file, text)
    assert lacking(root) == [(file, value)]


def test_an_internal_row_may_name_the_sample(tmp_path: Path) -> None:
    """What is not published need not be fit for publication."""
    root = _town(tmp_path)
    text = (root / "data/measures.csv").read_text("utf-8")
    line = next(row for row in text.splitlines() if ",internal," in row)
    klein.replace(root, "data/measures.csv", line, line.replace(",", ",Musterstadt ", 1))
    assert lacking(root) == []


def test_a_page_that_the_law_asks_for_is_missed(tmp_path: Path) -> None:
    """A public site without imprint is refused with the name of the page."""
    root = _town(tmp_path)
    (root / "docs/impressum.md").unlink()
    assert ("docs/impressum.md", None) in lacking(root)


def test_missing_means_draft_and_is_told(tmp_path: Path) -> None:
    """Settings that don't say whether the strategy is public are told, once, with the cure."""
    root = klein.copied(tmp_path)
    klein.replace(root, "strategy/strategy.yml", "published: false\n", "")
    assert not read_settings(root)[0].published
    (finding,) = check(root, klein.DAY)
    assert (finding.rule, finding.severity) == ("KP016", "notice")
    assert "published: false" in finding.cure.de


def test_the_answer_is_yes_or_no(tmp_path: Path) -> None:
    """Anything but true and false is an error, and counts as a draft."""
    root = klein.copied(tmp_path)
    klein.replace(root, "strategy/strategy.yml", "published: false", "published: bald")
    assert not read_settings(root)[0].published
    (finding,) = check(root, klein.DAY)
    assert (finding.rule, finding.value) == ("KP012", "bald")


def test_an_emptied_strategy_is_a_draft() -> None:
    """What ``init`` writes is not public."""
    assert "\npublished: false\n" in settings_text({"municipality": "Stadt Neu"})
