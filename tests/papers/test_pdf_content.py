"""What the PDF says: all text of the pages, in their order, in a form fit for paper."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pikepdf
import pytest
from lxml.html import fromstring

from klarplan.papers.job import Entry
from klarplan.papers.pdf.make import make_pdf
from tests.support.print_reading import Tag, page_texts, page_widths, plain, read, runs
from tests.support.print_site import (
    FIXTURES,
    job,
    measure,
    printed,
    small_strategy,
    torture,
    write_site,
)
from tests.support.some import first_of
from tests.support.structure import structure_faults


def text_of(html: str) -> str:
    """The text that is read out of a page, without the marks beside headings."""
    root = fromstring(f"<div>{html}</div>")
    for mark in (*root.find_class("headerlink"), *root.find_class("badge__symbol")):
        mark.drop_tree()
    return plain(str(root.text_content()))


@pytest.fixture(scope="module")
def tortured(tmp_path_factory: pytest.TempPathFactory) -> Tag:
    """What a screen reader reads of the page with every construct."""
    folder = tmp_path_factory.mktemp("torture")
    torture(folder)
    return read(folder / "strategie.pdf")


def reading(folder: Path, body: str) -> Tag:
    """What a screen reader reads of a page in print."""
    printed(folder, body)
    return read(folder / "strategie.pdf")


def test_all_text_is_there_in_order(tmp_path: Path) -> None:
    """The text of every page stands in the PDF completely, page after page."""
    made = small_strategy(tmp_path)
    make_pdf(made)
    text = re.sub(r"(?:Tab|Abb)\.\d+:|\(S\.\d+\)", "", plain(read(made.target).text))
    at = 0
    for number in (1, 2, 3):
        expected = text_of(measure(number))
        assert expected in text[at:]
        at = text.index(expected, at) + len(expected)


def test_nothing_of_the_screen_is_printed(tmp_path: Path) -> None:
    """Header, navigation, scripts, edit links and what is marked for the screen stay out."""
    tag = reading(
        tmp_path,
        '<h1>Vision</h1><p class="no-print">NICHT1</p><p class="screen-only">NICHT2</p>'
        "<script>NICHT3</script><nav>NICHT4</nav><button>NICHT5</button><p hidden>NICHT6</p>"
        '<p class="print-only" hidden>Nur im Druck</p>'
        '<h2>NICHT7</h2><ul class="screen-only"><li>NICHT8</li></ul>',
    )
    for word in ("NICHT", "Kopf der", "Fuß der", "Navigation", "Skript", "Bearbeiten", "¶"):
        assert word not in tag.text
    assert "Nur im Druck" in tag.text


@pytest.mark.parametrize(
    "expected",
    [
        "# $ @ < > * _ [ ] ` ~ ' \" \\ -- --- ... // /* */ = + - / 1. 2) {x} ^ | & ; :",
        '#let x = 1 #import "a" $x^2$ @ref',
        "Danach (Klammer)fett(Klammer); kursiv[eckig] und kursiv.punkt.",
        "= kein Titel- kein Punkt+ kein Plus/ kein: Begriff12. keine Zahl",
        "fünfte Ebene2.zweiAbsatz in der Liste.",
        "Zweiter Begriff: mit DoppelpunktErste Erklärung.Zweite Erklärung mit Liste:•Punkt",
        "Hinweis mit TitelInhalt des Hinweises mit Fettem.•Liste im HinweisTabelleim Hinweis",
        "WarningWarnung ohne eigenen Titel.Ganz ohne Titel.",
        "Zum AufklappenVerborgener Inhalt.VerschachteltInnerer Inhalt.",
        "Erster ReiterInhalt des ersten Reiters.Innerer ReiterInhalt innen.Zweiter Reiter",
        "Ein Zitat.Ein Zitat im Zitat.",
        '# "#$@<>" \\n ``` $x$ und_ein_sehr_langer_bezeichner',
        "eingerückter Code // kein Kommentar//page 7",
        "a | bc1,5",
        "FeldZahlaltneuErste12drei und vierkurze Zeile",
        "Tabellein der Tabelledanach•Liste in der Zelle",
        "Unterschrift des Balkens",
        "Bild von fern: Fernes Bild. Kaputtes Bild: Kaputtes Bild.",
        "tief hoch weg neu markiert Strg „Zitat“ klein unter British thoroughness",
        "40 %",
        "zwei von vier",
        "in Umsetzung ein Status mit sehr langem Namen, der in keine Zelle passt",
        "Karte der Stadt•☒ erledigt•☐ offenTief verschachteltGefälschter Aufruf",
        "Zweiter Titel der SeiteGruppeWertc.rückwärtsb.gezählt",
        "Emoji □□□, Symbole ✓ ✗ ▶ ◇ ⚠ ✗ ☐, Pfeile → ⇒, Griechisch αβγ, Kyrillisch Привет",
        "Langes Wort: " + "Wort" * 75,
        "Leerer AbschnittLetzter AbschnittEnde der Folter.AndereStelle der anderen Seite",
    ],
)
def test_every_construct_has_a_print_form(tortured: Tag, expected: str) -> None:
    """Whatever Markdown and HTML can hold stands in the PDF as text, character by character."""
    assert plain(expected) in plain(tortured.text)


def test_a_forged_call_does_nothing(tortured: Tag) -> None:
    """An author's own attribute for the typesetter is dropped."""
    assert "panic" not in tortured.text


def test_footnotes_are_notes(tortured: Tag) -> None:
    """A note stands at its first mark; a second mark refers to the same note."""
    notes = [note.text for note in tortured.find("Note")]
    assert notes[0].startswith("1Text der ersten Fußnote mit Verweis.")
    assert notes[1].startswith("2Text der zweiten Fußnote.\u00a0Zweiter Absatz der")
    assert "Ein Satz mit Fußnote1" in tortured.text
    assert "und die erste wieder1." in tortured.text


def test_addresses_are_printed(tmp_path: Path) -> None:
    """A link to the web prints its address once as a footnote; mail addresses stand in brackets."""
    tag = reading(
        tmp_path,
        '<h1>Vision</h1><p><a href="https://example.org/a_b?c=d&amp;e#f">Außen</a>, '
        '<a href="https://example.org/a_b?c=d&amp;e#f">nochmals</a>, '
        '<a href="https://example.org/x">https://example.org/x</a>, '
        '<a href="mailto:stelle@example.org">die Stelle</a>, '
        '<a href="mailto:amt@example.org">amt@<wbr>example.org</a>, '
        '<a href="javascript:alert(1)">Skript</a>, <a href="tel:+49251">anrufen</a>.</p>',
    )
    assert [note.text.strip() for note in tag.find("Note")] == ["1https://example.org/a_b?c=d&e#f"]
    assert "die Stelle (stelle@example.org)" in tag.text
    assert tag.text.count("amt@example.org") == 1
    assert "javascript" not in tag.text
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf:
        links = [str(a.A.URI) for p in pdf.pages for a in p.get("/Annots", []) if "/A" in a]
    assert "https://example.org/a_b?c=d&e#f" in links
    assert not any("javascript" in link for link in links)


@pytest.mark.parametrize("address", ["https://strategie.musterstadt.example/", ""])
def test_a_page_of_another_volume_is_named(tmp_path: Path, address: str) -> None:
    """A link to it says once where it stands, whether the site has an address or not."""
    write_site(
        tmp_path / "site",
        {
            "vision/": '<h1>Vision</h1><p><a href="../kennzahlen/k-1/">Wege</a>, '
            '<a href="../kennzahlen/k-1/#werte">Werte</a> und <a href="../weg/">anderes</a>.</p>'
            '<p><a href="../orte/">In Ihrem Ort</a> oder <a href="../k-11/">1</a></p>'
        },
    )
    made = job(
        tmp_path,
        (Entry(level=1, title="Vision", page="vision/"),),
        address=address,
        beside={
            "kennzahlen/k-1/": "Anhang K-1",
            "orte/": "Anhang In Ihrem Ort",
            "k-11/": "Anhang K-11",
        },
    )
    make_pdf(made)
    text = read(tmp_path / "strategie.pdf").text
    assert "In Ihrem Ort (Anhang) oder 1 (Anhang K-11)" in text
    assert text.count("(Anhang K-1)") == 1
    assert "Wege (Anhang K-1), Werte und anderes" in text


@pytest.mark.parametrize("markup", ["amt@<wbr>example.org", "amt@<wbr/>example.org"])
def test_no_word_behind_a_place_to_break_is_lost(tmp_path: Path, markup: str) -> None:
    """What follows a place where a line may break stands on paper, in any element."""
    tag = reading(tmp_path, f"<h1>Vision</h1><dl><dt>Wer</dt><dd>Amt<br>{markup}</dd></dl>")
    assert "amt@example.org" in tag.text.replace("\u200b", "")


def test_links_inside_lead_to_their_place(tmp_path: Path) -> None:
    """A link to a page or heading leads to it; one to a place that is gone, to its page."""
    pages = {
        "vision/": '<h1>Vision</h1><p><a href="../andere/">Seite</a> <a href="../andere/#b">'
        'Stelle</a> <a href="../andere/#weg">fehlt</a> <a href="#nah">nah</a> '
        '<a href="/andere/index.html#%62">ganz</a> <a href="#wort">Wort</a></p>'
        '<h2 id="nah">Nah</h2><p>Ein <b id="wort">Wort</b></p>',
        "andere/": '<h1 id="a">Andere</h1><p>Text</p><h2 id="b">Ziel</h2>',
    }
    write_site(tmp_path / "site", pages)
    make_pdf(job(tmp_path, tuple(Entry(level=1, title=p, page=p) for p in pages)))
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf:
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        numbers = {p.objgen: n for n, p in enumerate(pdf.pages, 1)}
        goals = [link.Dest for link in pdf.pages[2].Annots]
        goals = [names[str(g)] if isinstance(g, pikepdf.String) else g for g in goals]
        places = [(numbers[goal[0].objgen], round(float(goal[3]))) for goal in goals]
        told = [str(link.Contents) for link in pdf.pages[2].Annots]
    page, place, gone, near, whole, word = places
    assert told[:3] == ["Seite 4"] * 3
    assert page[0] == place[0] == 4
    assert page[1] > place[1]
    assert gone == page
    assert near[0] == word[0] == 3
    assert near[1] > word[1]
    assert whole == place


def test_links_inside_name_the_page(tmp_path: Path) -> None:
    """Behind the first link to another page stands its number, for those who hold paper."""
    pages = {
        "vision/": '<h1>Vision</h1><p>Siehe <a href="../andere/">Andere</a>, noch einmal '
        '<a href="../andere/">Andere</a> und <a href="#nah">nah</a>.</p><h2 id="nah">Nah</h2>'
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr>"
        '<th><a href="../dritte/">Dritte</a></th><td><a href="../andere/#b">B</a></td>'
        "</tr></tbody></table>",
        "andere/": '<h1>Andere</h1><p>Text</p><h2 id="b">Ziel</h2>',
        "dritte/": "<h1>Dritte</h1><p>Text</p>",
    }
    write_site(tmp_path / "site", pages)
    made = job(tmp_path, tuple(Entry(level=1, title=p, page=p) for p in pages))
    make_pdf(made)
    shown = re.findall(r"\(S\.\s*(\d+)\)", page_texts(made.target)[2])
    assert shown == ["4", "5"]
    assert re.findall(r"\(S\.(\d+)\)", plain(read(made.target).text)) == shown
    page = runs(made.target)[2]
    number = next(run for run in page if "(S." in run.text)
    after = next(run for run in page if run.text.startswith(", noch"))
    assert -0.1 < after.left - number.right < 2


def term(word: str, anchor: str, up: str = "../") -> str:
    """A term of the glossary as a page of the site explains it."""
    return (
        f'<button type="button" class="term" popovertarget="{anchor}">{word}</button>'
        f'<span class="term__meaning no-print" id="{anchor}" popover><strong>{word}</strong> '
        f'Erklärung <a href="{up}glossar/#{anchor}">Mehr</a></span>'
    )


def test_a_term_leads_to_its_place_in_the_glossary_once(tmp_path: Path) -> None:
    """Behind the first use of a term in a paper stands the page of its entry, and a link to it."""
    both = f"<p>{term('Maßnahme', 'begriff-m')}, {term('Ziel', 'begriff-z')}.</p>"
    between = "".join(f"<dt>Wort {n}</dt><dd>{'Text. ' * 40}</dd>" for n in range(40))
    pages = {
        "vision/": f"<h1>Vision</h1><p>Eine {term('Maßnahme', 'begriff-m')} wirkt.</p>",
        "andere/": f"<h1>Andere</h1>{both}",
        "glossar/": '<h1>Glossar</h1><dl><dt id="begriff-m">Maßnahme</dt><dd>Tun.</dd>'
        f'{between}<dt id="begriff-z">Ziel</dt><dd>Wollen.</dd></dl>',
    }
    write_site(tmp_path / "site", pages)
    made = job(tmp_path, tuple(Entry(level=1, title=p, page=p) for p in pages))
    make_pdf(made)
    texts = page_texts(made.target)
    entries = [n for n, text in enumerate(texts, 1) if "Tun." in text or "Wollen." in text]
    assert entries[0] == 5
    assert entries[1] > 6
    for word, place, number, page in zip(
        ("Maßnahme", "Ziel"), entries, (2, 3), runs(made.target)[2:4], strict=True
    ):
        assert re.findall(r"\(S\.\s*(\d+)\)", texts[number]) == [str(place)]
        at = next(run for run in page if run.text.endswith(word))
        shown = next(run for run in page if "(S." in run.text)
        assert 0 < shown.left - at.right < 10, page
    assert "Erklärung" not in plain(read(made.target).text)
    with pikepdf.open(made.target) as pdf:
        links = [link for page in pdf.pages[2:4] for link in page.Annots]
        names = pikepdf.NameTree(pdf.Root.Names.Dests)
        numbers = {p.objgen: n for n, p in enumerate(pdf.pages, 1)}
        told = [str(link.Contents) for link in links]
        goals = [numbers[names[str(link.Dest)][0].objgen] for link in links]
    assert goals == entries
    assert told == [f"Seite {place}" for place in entries]


@pytest.mark.parametrize("address", ["", "https://stadt.example/plan"])
def test_a_term_is_a_word_where_there_is_no_glossary(tmp_path: Path, address: str) -> None:
    """In a paper without the glossary a term neither leads anywhere nor makes a footnote."""
    printed(tmp_path, f"<h1>V</h1><p>Eine {term('Maßnahme', 'begriff-m')}.</p>", address=address)
    tag = read(tmp_path / "strategie.pdf")
    assert "EineMaßnahme." in plain(tag.text)
    assert list(tag.find("Note")) == []
    assert "S." not in page_texts(tmp_path / "strategie.pdf")[2].partition("Eine")[2][:20]


def test_an_index_names_every_page(tmp_path: Path) -> None:
    """In an index each link has its number, also where the same page was named before."""
    pages = {
        "vision/": '<h1>Vision</h1><h2>A</h2><p class="directory__role">Leitet:</p>'
        '<ul class="directory"><li><a href="../andere/">Andere</a></li></ul><h2>B</h2>'
        '<ul class="directory"><li><a href="../andere/">Andere</a></li></ul>',
        "andere/": "<h1>Andere</h1><p>Text</p>",
    }
    write_site(tmp_path / "site", pages)
    made = job(tmp_path, tuple(Entry(level=1, title=p, page=p) for p in pages))
    make_pdf(made)
    assert re.findall(r"\(S\.\s*(\d+)\)", page_texts(made.target)[2]) == ["4", "4"]


def test_a_caption_that_repeats_the_page_is_left_out(tmp_path: Path) -> None:
    """Below its heading a table needs no "Milestones: title of the page"; others keep theirs."""
    rows = "<tr><td>1</td></tr>"
    found = reading(
        tmp_path,
        f"<h1>Radweg</h1><h2>Meilensteine</h2><table><caption>Meilensteine: Radweg</caption>{rows}"
        f"</table><table><caption>Kosten: Rathaus</caption>{rows}</table>",
    )
    assert "Meilensteine: Radweg" not in found.text
    assert "Kosten: Rathaus" in found.text


@pytest.mark.parametrize(
    "entry",
    [
        "<p><strong>CHANCEN</strong></p><ul><li>Eine</li><li>Noch eine</li></ul>",
        "<p>Dafür spricht viel, hier die CHANCEN:</p><ul><li>Eine</li></ul>",
        "<dl><dt>CHANCEN</dt><dd>Was gut werden kann.</dd></dl>",
        '<ul><li><p class="cases__head"><strong>CHANCEN</strong> 5. Mai</p><p>Text</p></li></ul>',
        "<p><strong>CHANCEN</strong></p><table><tr><td>1</td></tr></table>",
    ],
)
def test_what_announces_stays_with_what_follows(tmp_path: Path, entry: str) -> None:
    """No page ends with a line that only announces what stands on the next one."""
    printed(tmp_path, "<h1>V</h1>" + "".join("<p>T</p>" * (n % 7) + entry for n in range(200)))
    pages = page_texts(tmp_path / "strategie.pdf")[2:]
    assert len(pages) > 3
    for page in pages:
        body = page.partition("Digitale Strategie")[0]
        assert "CHANCEN" in body
        assert not re.search(r"CHANCEN\W*(5\. Mai)?\W*$", body)


@pytest.mark.parametrize("zoom", [1.0, 1.6])
def test_what_a_list_leaves_out_is_told_below_its_last_entry(tmp_path: Path, zoom: float) -> None:
    """Wherever a page ends, the sentence behind a list of cases has an entry above it."""
    entry = "<li><p>EINTRAG</p><p>Ein Satz dazu, und noch einer.</p></li>"
    rest = f"<p>Dazu kommen weitere Maßnahmen, die {'in der Übersicht stehen und ' * 6}fehlen.</p>"
    every = "".join(
        f'<h2>Teil {number}</h2><p>Text.</p><ul class="cases">{entry * (number % 7 + 1)}</ul>{rest}'
        for number in range(20)
    )
    printed(tmp_path, f"<h1>V</h1>{every}", zoom=zoom)
    file = tmp_path / "strategie.pdf"
    pages = page_texts(file)[2:]
    assert "".join(pages).count("Dazu kommen") == 20
    assert [page for page in pages if "Dazu" in page.partition("EINTRAG")[0]] == []
    assert structure_faults(file) == []


@pytest.mark.parametrize(
    ("address", "expected"),
    [("https://stadt.example/plan", "https://stadt.example/plan/impressum/?a=1#b"), ("", None)],
)
def test_pages_outside_the_print(tmp_path: Path, address: str, expected: str | None) -> None:
    """A link to a page that is not printed becomes its address on the web, or plain text."""
    body = '<h1>Vision</h1><p>Siehe <a href="../impressum/?a=1#b">Impressum</a>.</p>'
    printed(tmp_path, body, address=address)
    tag = read(tmp_path / "strategie.pdf")
    assert "Siehe Impressum" in tag.text
    assert [note.text.strip()[1:] for note in tag.find("Note")] == ([expected] if expected else [])


def test_the_sites_own_address_counts_as_inside(tmp_path: Path) -> None:
    """A full address of a printed page leads to it inside the PDF, without a footnote."""
    body = '<h1>Vision</h1><p><a href="https://strategie.musterstadt.example/vision/">Hier</a></p>'
    assert not list(reading(tmp_path, body).find("Note"))


@pytest.mark.parametrize("symbol", ["▶", "!", "✓"])
def test_badges_show_symbol_and_word(tmp_path: Path, symbol: str) -> None:
    """A status is a word with its symbol in a frame; the symbol is seen, not read out."""
    tag = reading(
        tmp_path,
        f'<h1>V</h1><p><span class="badge" data-colour="#ffee00"><span aria-hidden="true">{symbol}'
        "</span> läuft</span></p>",
    )
    assert [part.text for part in tag.find("P") if "läuft" in part.text] == ["läuft"]
    assert f"{symbol}läuft" in plain(page_texts(tmp_path / "strategie.pdf")[-1])


def test_what_fits_on_a_page_is_not_broken(tmp_path: Path) -> None:
    """Short sheets share a page; one that does not fit below them has a page of its own, and one
    that is longer than a page goes on behind it."""
    words = {"a": 60, "b": 60, "c": 800, "d": 2000}
    pages = {f"{n}/": f"<h1>{n.upper()}</h1><p>{'Wort ' * count}</p>" for n, count in words.items()}
    write_site(tmp_path / "site", {"v/": "<h1>V</h1>", **pages})
    listed = [Entry(level=2, title=path, page=path, undivided=True) for path in pages]
    make_pdf(job(tmp_path, (Entry(level=1, title="V", page="v/"), *listed)))
    file = tmp_path / "strategie.pdf"
    assert structure_faults(file) == []
    texts = page_texts(file)[2:]
    first, second, *others = (text.count("Wort") for text in texts)
    assert first == 120
    assert second >= 800
    assert second + sum(others) == 2800
    assert 2 <= len(others) <= 3


def test_languages_are_kept(tmp_path: Path) -> None:
    """Words and paragraphs in other languages carry theirs, so that they are read out right."""
    tag = reading(
        tmp_path,
        '<h1>V</h1><p>Das heißt <span lang="en">open government</span>.</p>'
        '<div lang="fr"><p>Bonjour</p></div><p lang="en-GB">Hello</p>',
    )
    spoken = {
        t.text.strip(): t.attributes["Lang"]
        for t in tag.find("Span", "P", "Div")
        if "Lang" in t.attributes
    }
    assert spoken["open government"] == "en"
    assert spoken["Bonjour"] == "fr"
    assert spoken["Hello"] == "en-GB"
    with pikepdf.open(tmp_path / "strategie.pdf") as pdf:
        told = [
            str(e.Lang) for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and "/Lang" in e
        ]
    assert sorted(told) == ["de-DE", "en", "en-GB", "fr"]  # the file, and an element for each


def test_languages_of_items_cells_and_headings_are_kept(tmp_path: Path) -> None:
    """A text all in another language is told as such in the PDF, in lists and tables too."""
    tag = reading(
        tmp_path,
        '<h1>V</h1><h2 lang="en">Aims</h2><ul><li lang="en">One<ul><li>Two</li></ul></li></ul>'
        '<table><thead><tr><th lang="en">Year</th></tr></thead><tbody><tr><td lang="en">Cell</td>'
        '</tr></tbody></table><blockquote lang="en"><p>Quote</p></blockquote><p>Deutsch.</p>',
    )
    kinds = ("Span", "P", "H2", "L", "LBody", "Table", "BlockQuote")
    spoken = "".join(t.text for t in tag.find(*kinds) if t.attributes.get("Lang") == "en")
    for word in ("Aims", "One", "Two", "Year", "Cell", "Quote"):
        assert word in spoken
    assert "Deutsch" not in spoken


def test_abbreviations_are_spelt_out_once(tmp_path: Path) -> None:
    """The first use on a page tells what an abbreviation means, unless the text does."""
    tag = reading(
        tmp_path,
        '<h1>V</h1><p><abbr title="Onlinezugangsgesetz">OZG</abbr> und '
        '<abbr title="Onlinezugangsgesetz">OZG</abbr>.</p>',
    )
    assert "OZG (Onlinezugangsgesetz) und OZG." in tag.text


def test_pictures_keep_their_alternative_text(tmp_path: Path) -> None:
    """Drawings, images and figures say what they show; ornaments are silent."""
    site = write_site(tmp_path / "site", {})
    (site / "bilder").mkdir(parents=True)
    for name in ("punkt.png", "balken.svg"):
        shutil.copy(FIXTURES / name, site / "bilder" / name)
    tag = reading(
        tmp_path,
        '<h1>V</h1><p><img src="../bilder/punkt.png" alt="Ein roter Punkt">'
        '<img src="../bilder/punkt.png" alt=""></p><figure><img src="/bilder/balken.svg" '
        'alt="Ein grüner &quot;Balken&quot;"><figcaption>Unterschrift</figcaption></figure>'
        '<svg viewBox="0 0 9 9" role="img"><title>Kreis</title><desc>rund</desc>'
        '<circle r="4"/></svg><div role="img" aria-label="Quadrat"><svg viewBox="0 0 9 9">'
        '<path d="M0 0h9v9z"/></svg></div><svg aria-hidden="true"><path d="M0 0"/></svg>',
    )
    found = [
        figure.attributes["Alt"] for figure in tag.find("Figure") if "Alt" in figure.attributes
    ]
    assert found == ["Ein roter Punkt", 'Ein grüner "Balken"', "Kreis: rund", "Quadrat"]
    assert [c.text for c in tag.find("Caption")] == ["Abb.\u00a01: Unterschrift"]


def test_nothing_leaves_the_page(tmp_path: Path) -> None:
    """No text of the page with every construct crosses the margin or another text."""
    torture(tmp_path)
    file = tmp_path / "strategie.pdf"
    for width, page in zip(page_widths(file), runs(file), strict=True):
        lines = [run for run in page if run.text.strip() and run.right > run.left]
        for run in lines:
            assert run.left > 60, run
            assert run.right < width - 50, run
            for other in lines:
                if run is not other and abs(run.base - other.base) < 4:
                    assert not run.left < other.left < run.right - 1, (run, other)


def test_margins_tell_where_one_is(tmp_path: Path) -> None:
    """Every page but the cover has its number, the number of pages, date, title and chapter."""
    made = small_strategy(tmp_path)
    result = make_pdf(made)
    texts = page_texts(made.target)
    assert len(texts) == result.pages
    for number, text in enumerate(texts[1:], 2):
        assert f"Seite {number} von {result.pages}" in text
        assert "Stand: 21. November 2026" in text.replace("\u00a0", " ")
        assert "Digitale Strategie" in text
    assert "Maßnahmen" in texts[-1]


@pytest.mark.parametrize("style", ["book", "report", "brochure"])
def test_long_texts_stay_on_the_cover(tmp_path: Path, style: str) -> None:
    """Title, subtitle, publisher, version and resolution of 300 letters each, without a space."""
    body = '<h1>V</h1><div class="brief__part"><p>Text</p></div>'
    names = {"title": "T", "subtitle": "U", "publisher": "P", "version": "V", "resolution": "R"}
    texts = {name: letter * 300 for name, letter in names.items()}
    printed(tmp_path, body, style=style, **texts)
    faults = structure_faults(tmp_path / "strategie.pdf")
    assert [fault for fault in faults if "cut off" in fault or "overprinted" in fault] == []


def test_the_cover_tells_what_is_in_hand(tmp_path: Path) -> None:
    """Title, subtitle, publisher, version, date, commit, resolution, address, licence."""
    text = reading(tmp_path, "<h1>V</h1>").text.replace("\u00a0", " ")
    for part in (
        "Digitale Strategie",
        "Einfach. Offen. Für alle.",
        "Stadt Musterstadt",
        "Version 1.2",
        "Stand: 21. November 2026",
        "65ab66f012",
        "Beschlossen vom Rat am 12. März 2026",
        "https://strategie.musterstadt.example/",
        "Creative Commons Namensnennung 4.0 International",
    ):
        assert part in text


@pytest.mark.parametrize("chapters", first_of([3, 60]))
def test_contents_list_every_section(tmp_path: Path, chapters: int) -> None:
    """However many sections there are, all are listed; more than fifty stand in two columns."""
    write_site(tmp_path / "site", {"vision/": "<h1>Vision</h1><p>ERSTE SEITE</p>"})
    entries = [Entry(level=1, title="Vision", page="vision/")]
    for number in range(chapters):
        entries.append(Entry(level=1, title=f"Kapitel {number}"))
        entries += [Entry(level=2, title=f"Abschnitt {number}.{i}") for i in range(12)]
    make_pdf(job(tmp_path, tuple(entries)))
    texts = page_texts(tmp_path / "strategie.pdf")
    first = next(n for n, t in enumerate(texts) if "ERSTE" in t)
    contents = "\n".join(texts[:first])
    assert [entry.title for entry in entries if entry.title not in contents] == []
    assert first - 1 <= (chapters * 13) // 90 + 1
