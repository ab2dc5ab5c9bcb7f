"""Macros: every one has a template and a description, and renders what it is given."""

from __future__ import annotations

import datetime as dt
import inspect
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from lxml import html

from klarplan.handbook import handbook
from klarplan.look.row_pictures import picture_sizes
from klarplan.messages import KlarplanError
from klarplan.pages.rendering import Renderer
from klarplan.strategy.chapters import chapters_present
from klarplan.strategy.load import load
from klarplan.strategy.public import public
from macros.registry import MACROS, Context, Macro, MacroError
from macros.render import Skeletons, caller, environment, plain, render
from macros.seal import Seal
from tests.support.project import REPOSITORY

SEAL = Seal("k0123456789abcdef0123456789abcdef")
EXAMPLES = {
    "measure": "M-001",
    "goal": "Z-03",
    "field": "HF-01",
    "indicator": "K-01",
    "decision": "B-01",
    "id": "K-02",
    "name": "title",
    "word": "search",
    "table": "indicators",
    "period": "2026-H1",
}


@pytest.fixture(scope="module")
def context() -> Context:
    """The public sample with all that can be switched on, seen from a measure's page."""
    loaded = public(load(REPOSITORY))
    settings = replace(loaded.strategy.settings, measure_pdfs=True)
    return Context(
        strategy=replace(loaded.strategy, settings=settings),
        descriptor=loaded.descriptor,
        as_of=dt.date(2026, 11, 21),
        page_url="massnahmen/m-001/",
        chapters=chapters_present(loaded.strategy, REPOSITORY),
        handbook=partial(handbook, REPOSITORY),
        sizes=lambda: picture_sizes(REPOSITORY, loaded.strategy.pictures),
    )


OWN_EXAMPLES = {
    "effort": {"table": "measures", "id": "M-001"},
    "pictures": {"table": "measures", "id": "M-019"},
}
"""Arguments of macros for which the usual examples have nothing."""


def required(name: str) -> dict[str, str]:
    """An example for every argument that a macro must be given."""
    own = OWN_EXAMPLES.get(name, {})
    return {
        parameter: own.get(parameter, EXAMPLES[parameter])
        for parameter, p in MACROS[name].signature.parameters.items()
        if p.default is inspect.Parameter.empty
    }


@pytest.mark.parametrize("name", sorted(MACROS))
def test_every_macro_shows_something(name: str, context: Context) -> None:
    """Each macro has a German description and a template, and shows something for the sample."""
    assert MACROS[name].doc.endswith(".")
    shown = render(environment(REPOSITORY), context, MACROS[name], **required(name))
    assert shown.strip()
    assert "None" not in shown or name == "macro_reference"


@pytest.mark.parametrize("name", sorted(MACROS))
def test_every_template_belongs_to_a_macro(name: str) -> None:
    """Each macro has its own template file."""
    assert (REPOSITORY / "overrides/macros" / f"{name}.html").is_file()


@pytest.mark.parametrize("name", sorted(n for n in MACROS if required(n)))
def test_unknown_id_is_refused_with_a_cure(name: str, context: Context) -> None:
    """An unknown id is refused in words that name a cure."""
    with pytest.raises(MacroError) as told:
        MACROS[name].select(context, **dict.fromkeys(required(name), "M-9x9"))
    assert told.value.cure.de


def test_near_miss_is_guessed(context: Context) -> None:
    """A misspelt status is answered with the nearest one."""
    with pytest.raises(MacroError) as told:
        MACROS["measures_table"].select(context, status="runing")
    assert "„running“" in told.value.cure.de


@pytest.mark.parametrize(
    ("arguments", "least"),
    [
        ({"field": "HF-02"}, 5),
        ({"goal": "Z-03"}, 3),
        ({"status": "done"}, 5),
        ({"timeliness": "overdue"}, 3),
        ({"organisation": "fb-buerger"}, 1),
    ],
)
def test_measures_can_be_filtered(arguments: dict[str, str], least: int, context: Context) -> None:
    """The table of measures can be narrowed by field, goal, status, timeliness, organisation."""
    everything = MACROS["measures_table"].select(context)
    some = MACROS["measures_table"].select(context, **arguments)
    assert everything
    assert some
    assert least <= len(some["rows"]) < len(everything["rows"])


def test_heading_goes_with_its_block(context: Context) -> None:
    """A heading appears only where there is something below it."""
    env = environment(REPOSITORY)
    calls = {
        n: caller(env, lambda: context, MACROS[n], SEAL) for n in ("milestones", "dependencies")
    }
    assert calls["milestones"]("M-001", heading="Schritte").startswith("\n\n## Schritte\n\n")
    assert calls["dependencies"]("M-005", heading="Abhängigkeiten").strip() == SEAL.made("")


def test_plain_text_survives_markdown_and_html() -> None:
    """Escaped data comes out of Markdown as the very same text, in a line and in a block."""
    nasty = "*a* _b_ `c` [d](javascript:e) <b>&amp;</b> {{ 7*7 }} {% x %} | ~ \\ $1 \"'"
    renderer = Renderer(REPOSITORY, {}, seal=SEAL, check=False)
    line = renderer.html(f"Vorher <span>{plain(nasty)}</span> nachher.")
    assert html.fromstring(line).text_content() == f"Vorher {nasty} nachher."
    made = SEAL.made(f"<div>{plain(nasty)}</div>")
    block = renderer.html(f"Text.\n\n{made}\n\nText.")
    assert html.fromstring(block).find(".//div").text_content() == nasty


def test_links_are_relative(context: Context) -> None:
    """Links are relative, so that the site works below any address."""
    link = context.link("goals", "Z-03")
    assert link
    assert link.url == "../../ziele/z-03/"


def test_fork_may_bring_its_own_template(tmp_path: Path, context: Context) -> None:
    """A template of the fork is used in place of Klarplan's own."""
    folder = tmp_path / "overrides/macros"
    folder.mkdir(parents=True)
    (folder / "as_of_date.html").write_text("am {{ as_of | iso }}")
    assert render(environment(tmp_path), context, MACROS["as_of_date"]) == "am 2026-11-21"


def test_a_missing_template_is_told_by_its_place(context: Context) -> None:
    """A macro or a page without a template is told with the file that is missing."""
    new = Macro("neu", lambda ctx: {})
    with pytest.raises(KlarplanError) as of_macro:
        render(environment(REPOSITORY), context, new)
    assert "overrides/macros/neu.html" in of_macro.value.problem.de
    with pytest.raises(KlarplanError) as of_page:
        Skeletons(REPOSITORY, SEAL).fill("neu.md", context)
    assert "overrides/pages/neu.md" in of_page.value.problem.de


def test_a_missing_part_of_a_template_is_told_by_its_place(
    tmp_path: Path, context: Context
) -> None:
    """What a template imports and does not find is told as a missing template, too."""
    folder = tmp_path / "overrides/macros"
    folder.mkdir(parents=True)
    (folder / "as_of_date.html").write_text('{% import "_fort.html" as p %}')
    with pytest.raises(KlarplanError) as told:
        render(environment(tmp_path), context, MACROS["as_of_date"])
    assert "overrides/macros/_fort.html" in told.value.problem.de


def test_a_changed_template_is_compiled_anew(tmp_path: Path) -> None:
    """What was compiled of another text with the same name is not used."""
    folder = tmp_path / "overrides" / "macros"
    folder.mkdir(parents=True)
    for text in ("eins", "zwei"):
        (folder / "as_of_date.html").write_text(text)
        assert environment(tmp_path).get_template("as_of_date.html").render() == text
