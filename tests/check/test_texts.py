"""What strangers may write in a page, and what they may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarplan.check.run import check
from tests.support.klein import DAY, append, copied, errors, replace

VISION = "strategy/vision.md"


def page(root: Path, text: str) -> list[str]:
    """The rules that a page of this text breaks."""
    (root / VISION).write_text(text, encoding="utf-8")
    return [f.rule for f in errors(root)]


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2 und 3 > 2, a<b",
        "`<script>` und `{: onclick=x }`",
        "`{{ 7*7 }}` und ``{% raw %}``",
        "~~~\n{{ 7*7 }}\n~~~",
        "## Titel {#anker}\n\n[Zum Titel](#anker)",
        '{{ measures_table(heading="Stand & Plan (2026)") }}',
        '{{ measures_table(heading="Nur Text: [x](javascript:alert(1)) <script>") }}',
        "```\n<script>alert(1)</script>\n```",
        "    <script>in einem eingerückten Block</script>",
        '<div class="kasten" markdown>\n\nText\n\n</div>',
        "<details><summary>Mehr</summary>Text</details>",
        "[Anruf](tel:+492514920) [Post](mailto:post@werke.example) [Netz](https://a.example/?a=1&b=2)",
        "<https://a.example/>",
        '!!! note "Hinweis"\n\n    Text',
        '=== "Eins"\n\n    Text\n\n=== "Zwei"\n\n    Text',
        "- [Eins](measures/A-1.md)\n\n[zwei]: fields/F-1.md\n\n[zwei]",
        "| a | b |\n|:-:|--:|\n| 1 | 2 |",
        "Begriff\n:   Erklärung\n\n*[IT]: Informationstechnik\n\nIT",
        "Satz.[^1]\n\n[^1]: Fußnote.",
        "<!-- Eine Anmerkung der Redaktion -->\n\nText",
        "## Eins\n\n### Zwei\n\n## Drei",
        "[Bild](kreise.svg)",
        "![Drei Kreise](kreise.svg){ width=300 }",
        "[Kapitel](measures/index.md)",
        "",
    ],
)
def test_what_editors_write_is_allowed(text: str, tmp_path: Path) -> None:
    """Markdown as the handbook teaches it breaks no rule."""
    assert page(copied(tmp_path), text) == []


@pytest.mark.parametrize(
    "text",
    [
        "{% if x %}java{% endif %}script:",
        "{% raw %}x{% endraw %}",
        '{% if true %}{{ status_badge("A-1") }}{% endif %}',
        "{# Anmerkung #}",
        "{{ 7 }}",
        '{{ status_badge("A-1") | upper }}',
        '{{ status_badge(id="A-1", id="A-2") }}',
        '{{ measures_table(heading="a\\n\\n<script>") }}',
        "[x](java{% if true %}{% endif %}script:alert(1))",
        "[x](java{% for a in [1] %}script:alert(1){% endfor %})",
        '[x](java{% for a in ["script"] %}{{ a }}{% endfor %}:alert(1))',
        '{{ "<script>" }}',
        "{{ status_badge }}",
        '{{ status_badge("A-1").__class__ }}',
        "{{ self }}",
        "{{ config.items() }}",
        '{{ status_badge(*["A-1"]) }}',
        '{{ status_badge("A-1" ~ "") }}',
        '{{ status_badge(status_badge("A-1")) }}',
        "{% import 'x' as y %}",
        "{% block a %}{% endblock %}",
        "{% macro m() %}{% endmacro %}",
        "{% call status_badge('A-1') %}{% endcall %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with a = 1 %}{% endwith %}",
        "{% extends 'main.html' %}",
        "{% autoescape false %}{% endautoescape %}",
        "{% for a in [1] recursive %}{% endfor %}",
        "{% for a in [1] if a %}{% endfor %}",
        "{% for a in status_badge('A-1') %}{% endfor %}",
        "{% for a in [1,2,3,4,5,6,7] %}" * 5 + "x" + "{% endfor %}" * 5,
        "{{ range(9) }}",
        "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
        "{{",
        "{% endif %}",
        '<a href="{{ setting("title") }}">x</a>',
        "<{{ setting('title') }}>",
        "[x]: {{ setting('title') }}\n\n[x]",
        "# Text {: {{ setting('title') }} }",
        "<span {{ setting('title') }}>x</span>",
    ],
)
def test_templates_of_strangers_are_refused(text: str, tmp_path: Path) -> None:
    """Nothing but macros with literal arguments gets through, however it is put together."""
    assert page(copied(tmp_path), text) != []


@pytest.mark.parametrize(
    "text",
    [
        "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
        "<scr\x00ipt>",
        '<img alt="x" src="kreise.svg" onerror=alert(1)>',
        '<img alt="x" src=`kreise.svg` OnLoad=alert(1)>',
        '<a href="&#x6A;avascript:alert(1)">x</a>',
        '<a href="java&Tab;script:alert(1)">x</a>',
        '<a href="java\nscript:alert(1)">x</a>',
        '<a href="\x01javascript:alert(1)">x</a>',
        "[x](javascript&colon;alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](<java script:alert(1)>)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "![x](kreise.svg){ onerror=alert(1) }",
        "![x](kreise.svg){: style='background:url(//x.example)' }",
        '<p style="position:fixed">x</p>',
        "<!--><script>alert(1)</script>-->",
        "<!-- x --!><script>alert(1)</script>",
        "<math><mtext></mtext></math>",
        "<noscript><p title='</noscript><script>alert(1)</script>'>",
        "<template><script></script></template>",
        "<textarea></textarea>",
        "<title></title>",
        "<base href='https://x.example/'>",
        "<meta http-equiv=refresh content='0;url=https://x.example'>",
        "<link rel=stylesheet href=https://x.example/a.css>",
        "<object data=x></object>",
        "<embed src=x>",
        "<video src='https://x.example/a.mp4'></video>",
        '<img alt="x" src="kreise.svg" srcset="https://x.example/a.png 2x">',
        '<img alt="x" src="\\\\x.example\\a.png">',
        '<div data-md-component="iframe-worker"></div>',
        "<x-element></x-element>",
        "<button formaction=javascript:alert(1)>x</button>",
        "<input type=image src=https://x.example/a.png>",
        "</div>",
        "<div>",
        "[x](./javascript:alert(1))",
        "[x](../docs/javascript:alert(1))",
    ],
)
def test_markup_of_strangers_is_refused(text: str, tmp_path: Path) -> None:
    """Code and foreign content are refused however they are disguised."""
    assert page(copied(tmp_path), text) != []


def test_nothing_in_a_page_is_run(tmp_path: Path) -> None:
    """A computation in a page is refused by its look; its result appears nowhere."""
    root = copied(tmp_path)
    (root / VISION).write_text("{{ 1234567*7654321 }}", encoding="utf-8")

    assert "9449772114007" not in repr(check(root, DAY))


def test_a_page_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    """A page in Windows-1252 is an error at its first such line."""
    root = copied(tmp_path)
    (root / VISION).write_bytes("Eins\n\nZwölf\n".encode("cp1252"))

    (finding,) = errors(root)

    assert (finding.rule, finding.file, finding.line) == ("KP701", VISION, 3)


def test_a_page_of_a_megabyte_is_told(tmp_path: Path) -> None:
    """A page too long to be rendered in time is refused without being rendered."""
    root = copied(tmp_path)

    assert page(root, "> " * 500_000) == ["KP701"]


def test_deep_nesting_is_told(tmp_path: Path) -> None:
    """Quotes nested beyond what can be rendered end in a finding or a page, never an exception."""
    root = copied(tmp_path)

    assert set(page(root, "> " * 5_000 + "x")) <= {"KP703", "KP708", "KP735"}


def test_symbolic_links_are_refused(tmp_path: Path) -> None:
    """A page or picture that is a link to elsewhere is not published unchecked."""
    root = copied(tmp_path)
    secret = tmp_path / "geheim.svg"
    secret.write_text("<svg/>", encoding="utf-8")
    (root / "strategy/kreise.svg").unlink()
    (root / "strategy/kreise.svg").symlink_to(secret)
    (root / "docs/geheim.md").symlink_to(secret)

    found = {(f.rule, f.file) for f in errors(root)}

    assert found == {
        ("KP741", "docs/geheim.md"),
        ("KP741", "strategy/kreise.svg"),
        ("KP712", VISION),
    }


@pytest.mark.parametrize("name", ["a.html", "a.JS", "stil.css", "a.xml", "ordner/a.htm"])
def test_files_that_run_code_are_refused(name: str, tmp_path: Path) -> None:
    """What would run in a browser is not published from docs/."""
    root = copied(tmp_path)
    append(root, f"docs/{name}", "x")

    (finding,) = errors(root)

    assert (finding.rule, finding.file) == ("KP742", f"docs/{name}")


@pytest.mark.parametrize(
    "svg",
    [
        "<svg><script>x</script></svg>",
        "<svg onload='x'/>",
        "<svg><a href='&#106;avascript:x'/></svg>",
        "<svg><image href='https://x.example/a.png'/></svg>",
        "<svg><rect style='fill:url(//x.example/a)'/></svg>",
        "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>",
        "<svg><foreignObject/></svg>",
    ],
)
def test_pictures_that_run_code_are_refused(svg: str, tmp_path: Path) -> None:
    """An SVG with code or a reference to elsewhere is refused at its line."""
    root = copied(tmp_path)
    append(root, "docs/bild.svg", f'<?xml version="1.0"?>\n{svg}')

    (finding,) = errors(root)

    assert (finding.rule, finding.file, finding.line) == ("KP743", "docs/bild.svg", 2)


def test_an_internal_page_may_name_its_own_measure(tmp_path: Path) -> None:
    """The text of an internal measure is not published, so it may name internal measures."""
    root = copied(tmp_path)
    append(root, "strategy/measures/A-8.md", "\nMehr bei [A-8](A-8.md).\n")

    assert errors(root) == []


def test_without_pages_only_tables_are_checked(tmp_path: Path) -> None:
    """The check of tables alone tells nothing about pages."""
    root = copied(tmp_path)
    replace(root, VISION, "](kreise.svg)", "](kreis.svg)")
    replace(root, "data/milestones.csv", "S-2,A-1", "S-2,A-11")

    assert {f.file for f in check(root, DAY, pages=False)} == {"data/milestones.csv"}
    assert {f.file for f in check(root, DAY)} == {"data/milestones.csv", VISION}
