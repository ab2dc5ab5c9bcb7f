"""Rules of HTML and accessibility that a page's text alone can break; no browser, Java or Node."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise

from lxml import html
from tinyhtml5.parser import HTMLParser

Page = html.HtmlElement
CONTENT = "#inhalt"
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
}
SCRIPTS = re.compile(
    r"script-src( 'sha256-[A-Za-z0-9+/]{43}=')+ 'strict-dynamic' 'wasm-unsafe-eval'"
)
"""Scripts are known by their content."""
INTERACTIVE = "self::a[@href] or self::button or self::input or self::select or self::textarea"
LABELABLE = {"button", "input", "meter", "output", "progress", "select", "textarea"}
REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "headers",
    "list",
    "form",
)
OBSOLETE = "//center | //font | //big | //tt | //strike | //*[@align or @bgcolor or @border]"
NO_NUMBER = "@tabindex and not(number(@tabindex) = number(@tabindex))"
SCRIPT_SCHEME = (
    "starts-with(translate(normalize-space(.), 'JAVSCRIPT', 'javscript'), 'javascript:')"
)
PHRASING_ONLY = "//p | //h1 | //h2 | //h3 | //h4 | //button | //label | //summary/span | //dt/span"
BLOCKS = ".//div | .//p | .//ul | .//ol | .//table | .//section | .//h2 | .//dl | .//figure"


def syntax(text: str) -> Iterator[str]:
    """What the parser of the HTML standard calls an error."""
    parser = HTMLParser()
    parser.parse(text)
    for (line, _), kind, details in parser.errors:
        yield f"syntax: {kind} {details} in line {line}"


def ids(page: Page) -> Iterator[str]:
    """An id stands once, and whatever is referred to exists."""
    known = Counter(str(name) for name in page.xpath("//@id"))
    for name, number in known.items():
        if number > 1 or not name or re.search(r"\s", name):
            yield f"id {name!r} {number} times"
    for attribute in REFERENCES:
        for value in page.xpath(f"//@{attribute}"):
            for name in str(value).split():
                if name not in known:
                    yield f"{attribute} to missing {name!r}"
    for link in page.xpath("//a/@href[starts-with(., '#')]"):
        if len(link) > 1 and link[1:] not in known:
            yield f"link to missing {link!r}"


def labels(page: Page) -> Iterator[str]:
    """A label belongs to a control that can be used, and each control has a name."""
    for label in page.xpath("//label[@for]"):
        target = page.xpath("//*[@id=$name]", name=label.get("for"))
        if not target or target[0].tag not in LABELABLE or target[0].get("type") == "hidden":
            yield f"label for {label.get('for')!r}"
    for control in page.xpath("//input[not(@type='hidden')] | //select | //textarea"):
        named = control.get("aria-label") or control.get("aria-labelledby")
        marked = control.xpath("ancestor::label | //label[@for=$name]", name=control.get("id", ""))
        if not named and not marked:
            yield f"control without name: {_start(control)}"
    for control in page.xpath("//input[@type='checkbox' or @type='radio'][@autocomplete]"):
        yield f"autocomplete on {_start(control)}"


def names(page: Page) -> Iterator[str]:
    """Links, buttons and dialogs have a name; pictures have a text in their place."""
    for picture in page.xpath(
        "//img[not(@alt)] | //svg[@role='img'][not(@aria-label)][not(title)]"
    ):
        if picture.tag == "img" or not picture.get("aria-labelledby"):
            yield f"picture without alt: {_start(picture)}"
    for item in page.xpath("//a[@href] | //button | //summary"):
        words = item.text_content() + "".join(item.xpath(".//img/@alt | .//@aria-label"))
        in_template = item.xpath("ancestor::template")
        if not in_template and not (words.strip() or item.get("aria-label") or item.get("title")):
            yield f"no name: {_start(item)}"
    for item in page.xpath("//dialog | //*[@role='dialog' or @role='region']"):
        if not (item.get("aria-label") or item.get("aria-labelledby")):
            yield f"no name: {_start(item)}"


def nesting(page: Page) -> Iterator[str]:
    """Controls hold no controls, lines of text no blocks, and nothing is obsolete or empty."""
    for item in page.xpath(f"//a[.//*[{INTERACTIVE}]] | //button[.//*[{INTERACTIVE}]]"):
        yield f"control in {_start(item)}"
    for item in page.xpath(PHRASING_ONLY):
        for block in item.xpath(BLOCKS):
            yield f"{block.tag} in {_start(item)}"
    for item in page.xpath(f"{OBSOLETE} | //*[{NO_NUMBER}] | //*[@role=''] | //*[@tabindex > 0]"):
        yield f"invalid attribute or element: {_start(item)}"
    for item in page.xpath("//ul/*[not(self::li or self::template)] | //ol/*[not(self::li)]"):
        yield f"{item.tag} in a list"
    for item in page.xpath("//h1[not(normalize-space())] | //h2[not(normalize-space())]"):
        yield f"empty heading {_start(item)}"


def headings(page: Page) -> Iterator[str]:
    """One first-level heading, and none skips a level; a dialog's are its own."""
    found = page.xpath("//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    levels = [int(h.tag[1]) for h in found if not h.xpath("ancestor::dialog | ancestor::template")]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"headings {levels[:3]}, {levels.count(1)} of level 1"
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"heading of level {below} after {above}"


def landmarks(page: Page) -> Iterator[str]:
    """One banner, one main part, one footer; several menus have different names.

    The page that others show in a frame has nothing round its main part.
    """
    if page.xpath("//base[@target='_top']"):
        if page.xpath("//header | //footer | //nav") or len(page.xpath("//main")) != 1:
            yield "more than a main part in a frame"
        return
    for name in ("body/header", "main", "footer"):
        number = len(page.xpath(f"//{name}"))
        if number != 1:
            yield f"{number} of {name}"
    called = Counter(
        nav.get("aria-label")
        or " ".join(
            page.xpath("//*[@id=$name]", name=nav.get("aria-labelledby"))[0].text_content().split()
        )
        for nav in page.xpath("//nav[@aria-label or @aria-labelledby]")
    )
    for label, number in called.items():
        if number > 1:
            yield f"{number} menus named {label!r}"
    if page.xpath("//nav[not(@aria-label)][not(@aria-labelledby)]"):
        yield "menu without name"
    first = page.xpath("//body//*[self::a[@href] or self::button or self::input][not(@hidden)]")[0]
    if first.get("href") != CONTENT:
        yield f"skip link is not first, but {_start(first)}"


def tables(page: Page) -> Iterator[str]:
    """Each table has a caption or a name, header cells, and each of them says what it heads."""
    for table in page.xpath("//table"):
        if table.get("class") and not table.xpath("./caption"):
            yield f"no caption: {_start(table)}"
        if not table.xpath(".//th"):
            yield f"no header cell: {_start(table)}"
        if table.get("class") and table.xpath(".//th[not(@scope)]"):
            yield f"no scope: {_start(table)}"


def head(page: Page) -> Iterator[str]:
    """Language, title, description, and a policy that comes before what it governs."""
    if page.get("lang") != "de":
        yield f"lang {page.get('lang')!r}"
    if not (page.findtext(".//title") or "").strip():
        yield "no title"
    if not page.xpath("//meta[@name='description'][string-length(@content) > 20]"):
        yield "no description"
    policies = page.xpath("//head/meta[@http-equiv='Content-Security-Policy']")
    stated = {part.strip() for p in policies for part in p.get("content").split(";")}
    scripts = {part for part in stated if SCRIPTS.fullmatch(part)}
    known = {page_script.get("integrity") for page_script in page.xpath("//script[@src]")}
    unknown = [one for one in known if one is None or f"'{one}'" not in "".join(scripts)]
    if (
        len(scripts) != 1
        or unknown
        or stated - scripts != POLICY
        or policies[0].xpath("preceding::script | preceding::link[@rel='stylesheet']")
    ):
        yield f"policy {sorted(stated)}"


def no_inline_code(page: Page) -> Iterator[str]:
    """No script, style or event handler in the page itself, nothing embedded from elsewhere."""
    for script in page.xpath("//script[not(@src)][not(contains(@type, 'json'))]"):
        yield f"inline script {(script.text or '')[:40]!r}"
    for item in page.xpath("//style | //*[@style] | //*[@*[starts-with(name(), 'on')]]"):
        yield f"inline style or handler: {_start(item)}"
    for link in page.xpath(f"//@href[{SCRIPT_SCHEME}]"):
        yield f"script in {link!r}"
    embedded = "//script/@src | //img/@src | //img/@srcset | //link[@rel='stylesheet']/@href"
    for link in page.xpath(f"{embedded} | //source/@src | //source/@srcset"):
        if re.match(r"(?:[a-z]+:)?//", link):
            yield f"foreign {link!r}"
    for item in page.xpath("//iframe | //object | //embed | //base[@href]"):
        yield f"embedded {_start(item)}"


RULES: tuple[Callable[[Page], Iterator[str]], ...] = (
    ids,
    labels,
    names,
    nesting,
    headings,
    landmarks,
    tables,
    head,
    no_inline_code,
)


def faults(text: str) -> list[str]:
    """All that is wrong with the text of a page, each fault after the name of its rule."""
    found = list(syntax(text))
    page = html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for rule in RULES:
        found += [f"{rule.__name__}: {fault}" for fault in rule(page)]
    return found


def _start(element: Page) -> str:
    text = html.tostring(element, encoding="unicode", with_tail=False)
    return text[: text.index(">") + 1][:160]
