"""What only a browser shows, in its form on paper: badges, tabs, boxes, notes, bars, code."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from klarplan.articles.nodes import (
    INLINE,
    append_text,
    classes,
    is_inline,
    move_content,
    replace,
    with_class,
    words,
)
from klarplan.look.colour import legible
from klarplan.papers.markup import block, element, inline, literal, wrap_content
from klarplan.papers.pdf.languages import SPOKEN
from klarplan.papers.text import language_of
from klarplan.words.catalogue import Words

BADGE_COLOUR = re.compile(r"--badge-colou?r\s*:\s*(#[0-9a-fA-F]{3,6})\b")
LONGEST_BADGE = 26
"""A longer badge would not fit into a column of a table; it is set without its box."""
NO_PRINT_FORM = ("iframe", "object", "embed", "video", "audio", "canvas", "map", "math")


def put_forms(article: HtmlElement, said: Words) -> list[str]:
    """Gives every construct of the site its print form; returns what was left out, in words."""
    left_out = _without_print_form(article)
    _badges(article)
    _kept_together(article)
    _drop_hidden(article)
    _tabs(article)
    _details(article)
    _admonitions(article)
    _tasks(article)
    _bars(article, said)
    _code(article)
    _lists(article)
    _quotations(article, said)
    _abbreviations(article)
    _languages(article, said.lang)
    return left_out


def _without_print_form(article: HtmlElement) -> list[str]:
    left_out = []
    for node in list(article.iter(*NO_PRINT_FORM)):
        left_out.append(str(node.tag))
        text = words(node) or node.get("title") or node.get("aria-label") or ""
        stand_in = element("span")
        stand_in.text = text
        replace(node, stand_in)
    for node in list(article.iter("input")):
        if node.get("type") != "checkbox":
            node.drop_tree()
    for node in list(article.iter("wbr")):
        # The parser takes what follows for its content.
        node.text = "\u200b" + (node.text or "")
        node.drop_tag()
    return left_out


def _badges(article: HtmlElement) -> None:
    for badge in with_class(article, "badge"):
        symbols = [n for n in badge.iterdescendants() if n.get("aria-hidden") == "true"]
        symbol = "".join(words(node) for node in symbols)
        for node in symbols:
            node.drop_tree()
        label = words(badge)
        found = BADGE_COLOUR.search(badge.get("style") or "")
        colour = legible(badge.get("data-colour") or (found.group(1) if found else ""))
        boxed = str(len(label) <= LONGEST_BADGE).lower()
        made = inline(f"#badge({literal(colour)}, boxed: {boxed}, ", ")")
        if symbol:
            mark = element("span", "symbol: [", "], ")
            mark.text = symbol
            made.append(mark)
        body = element("span", "[", "]")
        body.text = label
        made.append(body)
        replace(badge, made)


def _kept_together(article: HtmlElement) -> None:
    """A badge and its number stay in one line; an address is not hyphenated; notes stay light."""
    for pair in with_class(article, "nowrap"):
        wrap_content(pair, inline("#pair[", "]"))
    for address in with_class(article, "short-address"):
        wrap_content(address, inline("#address[", "]"))
    for note in with_class(article, "quiet", "mailbox"):
        if note.tag in ("span", "a") and any(True for _ in note.iterancestors("th")):
            wrap_content(note, inline("#beside[", "]"))


def _drop_hidden(article: HtmlElement) -> None:
    swatches = with_class(article, "chart__swatch")
    for sign in with_class(article, "sign"):
        made = inline("#pdf.artifact[", "]")
        made.text = words(sign)
        replace(sign, made)
    for node in article.xpath("descendant::*[@aria-hidden='true' and not(self::progress)]"):
        if node not in swatches and node.getparent() is not None:
            node.drop_tree()


def _tabs(article: HtmlElement) -> None:
    for tabs in with_class(article, "tabbed-set"):
        labels = [words(label) for label in tabs.xpath("./label | ./*[@class='tabbed-labels']/*")]
        bodies = tabs.xpath("./*[@class='tabbed-content']/*[@class='tabbed-block']") or tabs.xpath(
            "./*[@class='tabbed-content']"
        )
        made = element("div")
        for number, body in enumerate(bodies):
            made.append(_boxed("tab", labels[number] if number < len(labels) else "", body))
        replace(tabs, made)


def _boxed(kind: str, title: str, body: HtmlElement) -> HtmlElement:
    made = block(f"#callout({literal(kind)}, ", ")")
    head = element("div", "[", "],")
    head.text = title
    content = element("div", "[", "]")
    if body.get("id"):
        content.set("id", body.get("id", ""))
    move_content(body, content)
    made.append(head)
    made.append(content)
    return made


def _details(article: HtmlElement) -> None:
    """Makes a box of each fold; one whose words stay on the screen is none on paper."""
    for details in list(article.iter("details"))[::-1]:
        summary = details.find("summary")
        if summary is None:
            details.drop_tag()
            continue
        title = words(summary)
        summary.drop_tree()
        replace(details, _boxed("details", title, details))


def _admonitions(article: HtmlElement) -> None:
    for box in with_class(article, "admonition")[::-1]:
        title = ""
        for head in box.find_class("admonition-title")[:1]:
            title = words(head)
            head.drop_tree()
        kind = "warning" if classes(box) & {"warning", "danger", "failure", "bug"} else "note"
        replace(box, _boxed(kind, title, box))


def _tasks(article: HtmlElement) -> None:
    for box in list(article.iter("input")):
        mark = element("span")
        mark.text = "☒ " if box.get("checked") is not None else "☐ "
        replace(box, mark)


def _bars(article: HtmlElement, said: Words) -> None:
    """A bar is an ornament beside its text; where no text tells the share, it is added."""
    for bar in [*article.iter("progress"), *article.iter("meter")]:
        share = _share(bar)
        hidden = bar.get("aria-hidden") == "true"
        text = words(bar) or (said.percent(round(share * 100)) if share is not None else "")
        bar.text = None
        around = words(bar.getparent()).replace("\u00a0", " ")
        stand_in = element("span")
        if share is not None:
            stand_in.append(inline(f"#bar({share:.4f})"))
        if not hidden and text.replace("\u00a0", " ") not in around:
            append_text(stand_in, f" {text}")
        replace(bar, stand_in)


def _share(bar: HtmlElement) -> float | None:
    try:
        value, high = float(bar.get("value", "")), float(bar.get("max", "1"))
        low = float(bar.get("min", "0"))
    except ValueError:
        return None
    if not low < high < float("inf"):
        return None
    share = (value - low) / (high - low)
    return min(max(share, 0.0), 1.0) if share == share else None  # noqa: PLR0124 - NaN


def _code(article: HtmlElement) -> None:
    for pre in list(article.iter("pre")):
        text = str(pre.text_content()).rstrip("\n")
        holder = pre
        for outer in pre.iterancestors("div"):
            if "highlight" in classes(outer):
                holder = outer
        if holder.getparent() is None:
            continue
        made = element("pre")
        made.append(element("code"))
        made[0].text = text
        replace(holder, made)


def _lists(article: HtmlElement) -> None:
    """A timeline has no numbers; a list that counts down does so in print as well."""
    for ordered in list(article.iter("ol")):
        if "timeline" in classes(ordered):
            ordered.tag = "ul"
        elif ordered.get("reversed") is not None:
            holder = block("#[#set enum(reversed: true)\n", "]")
            replace(ordered, holder)
            holder.append(ordered)


def _quotations(article: HtmlElement, said: Words) -> None:
    for quote in list(article.iter("q")):
        opening, _, closing = said("print.quoted", text="\0").partition("\0")
        quote.text = opening + (quote.text or "")
        append_text(quote, closing)
        quote.drop_tag()


def _abbreviations(article: HtmlElement) -> None:
    """Spells out each abbreviation where a page first uses it in running text."""
    told: set[tuple[str, str]] = set()
    for abbr in list(article.iter("abbr")):
        short, full = words(abbr), " ".join((abbr.get("title") or "").split())
        heading = any(True for _ in abbr.iterancestors("h1", "h2", "h3", "h4", "h5", "h6", "th"))
        if full and not heading and (short, full) not in told:
            told.add((short, full))
            parent = abbr.getparent()
            if parent is not None and full not in words(parent):
                append_text(abbr, f" ({full})")
        abbr.drop_tag()


def _languages(article: HtmlElement, usual: str) -> None:
    """Keeps the language of words in another than the usual one, for hyphens and screen readers."""
    for node in article.xpath("descendant::*[@lang]"):
        language, region = language_of(node.get("lang", ""))
        if not language:
            continue
        around = next((a.get("lang", "") for a in node.iterancestors() if a.get("lang")), usual)
        if language == around[:2].lower() or node.tag in ("table", "tr", "ul", "ol", "dl", "tbody"):
            continue
        settings = f"lang: {literal(language)}, "
        settings += f"region: {literal(region)}" if region else "region: none"
        if node.tag in INLINE or is_inline(node):
            wrap_content(node, inline(f"{SPOKEN}{settings})[", "]"))
        else:
            wrap_content(node, block(f"#[#set text({settings})\n", "]"))
