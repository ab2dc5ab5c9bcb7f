"""What a build refuses because of an editor's files, the check tells in the same words."""

from __future__ import annotations

import ast
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from klarplan.check.run import check
from klarplan.commands.build import ProblemsFoundError, Wanted, build
from klarplan.messages import KlarplanError, Text
from klarplan.own_files import PACKAGE
from tests.support.git import git
from tests.support.klein import DAY, copied

Plant = Callable[[Path], None]

CHECKED = "told as a finding before"
"""Of refusals that need no words: the check has an error for what would lead to them."""
OUTSIDE = "not a matter of an editor's files"

REFUSALS: dict[str, str] = {
    "klarplan/articles/article.py:read_article": "pages of a site that this build has made",
    "klarplan/check/obstacles.py:error": "",
    "klarplan/commands/build.py:refuse_errors": CHECKED,
    "klarplan/commands/exchange.py:_incomplete": OUTSIDE,
    "klarplan/commands/targets.py:refuse_inputs": OUTSIDE,
    "klarplan/commands/targets.py:refuse_foreign": "",
    "klarplan/commands/targets.py:refuse_full": OUTSIDE,
    "klarplan/commands/targets.py:refuse_unwritable": OUTSIDE,
    "klarplan/commands/workplace.py:_busy": OUTSIDE,
    "klarplan/look/typeface.py:unreadable": CHECKED,
    "klarplan/look/typeface.py:_own": CHECKED,
    "klarplan/open_data/parquet.py:require_parquet": OUTSIDE,
    "klarplan/os_errors.py:explained": OUTSIDE,
    "klarplan/os_errors.py:full_disk": OUTSIDE,
    "klarplan/own_files.py:upstream": OUTSIDE,
    "klarplan/pages/rendering.py:usual_settings": "",
    "klarplan/pages/rendering.py:_extensions": "",
    "klarplan/pages/rendering.py:__init__": "",
    "klarplan/papers/docx/make.py:_converted": OUTSIDE,
    "klarplan/papers/pdf/convert.py:to_typst": "overrides/print: only printing shows",
    "klarplan/papers/pdf/cover.py:_logo": CHECKED,
    "klarplan/papers/pdf/cover.py:_attachments": OUTSIDE,
    "klarplan/papers/pdf/make.py:make_pdf": CHECKED,
    "klarplan/papers/pdf/typeset.py:refused": "overrides/print: only printing shows",
    "klarplan/papers/pictures.py:_no_alternative": CHECKED,
    "klarplan/os_errors.py:require_file": "files that an import is given",
    "klarplan/strategy/csv_rewriter.py:read_raw": OUTSIDE,
    "klarplan/strategy/csv_writer.py:replace_files": OUTSIDE,
    "klarplan/strategy/json_faults.py:broken": "",
    "klarplan/strategy/load.py:require_data": "",
    "klarplan/strategy/periods.py:chosen": OUTSIDE,
    "klarplan/strategy/schema.py:_refused": "",
    "klarplan/strategy/schema.py:_described": "",
    "klarplan/website/generator.py:chosen": OUTSIDE,
    "klarplan/website/generator_log.py:failure": "what no other refusal has told",
    "klarplan/website/search.py:_missing": OUTSIDE,
    "klarplan/website/search.py:_failed": OUTSIDE,
    "klarplan/check/rules/registry.py:_add": "a town's own rules: KP070",
    "klarplan/look/word_template.py:_refused": CHECKED,
    "macros/registry.py:_register": "a town's own macros: KP070",
    "macros/registry.py:known": CHECKED,
    "macros/registry.py:one_of": CHECKED,
    "macros/template_faults.py:broken": "",
}
"""Where the engine makes an error that can end a build; with a reason where none is planted."""
ELSEWHERE = (
    "importer",
    "cli",
    "adopt.py",
    "doctor.py",
    "find.py",
    "hook.py",
    "inbox.py",
    "init.py",
    "migrate.py",
    "new.py",
    "new_program.py",
    "propose.py",
    "repair.py",
    "apart.py",
    "part.py",
    "revisions.py",
    "edit_text.py",
    "editing",
    "export.py",
    "take_back.py",
    "writing.py",
    "unread.py",
    "update",
    "update.py",
    "without_sample.py",
    "csv_editor.py",
    "owed.py",
    "outside_links.py",
    "texts.py",
    "starter",
)
"""What no build runs."""


def makes_errors(function: ast.FunctionDef) -> bool:
    """Whether a function makes errors that end a command with words."""
    made = {
        node.func.id
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    return bool(made & {"KlarplanError", "TypefaceError", "MacroError", "ProblemsFoundError"})


def test_every_refusal_is_listed() -> None:
    """Whoever adds a refusal to the build decides here how the check tells of it."""
    found = set()
    for file in (*PACKAGE.rglob("*.py"), *(PACKAGE.parent / "macros").rglob("*.py")):
        name = file.relative_to(PACKAGE.parent).as_posix()
        if any(part in ELSEWHERE for part in name.split("/")) or "upstream" in name:
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and makes_errors(node):
                found.add(f"{name}:{node.name}")
    assert found == set(REFUSALS)


def written(file: str, text: str) -> Plant:
    """A mistake that writes a file, in place of another if there is one."""

    def plant(root: Path) -> None:
        place = root / file
        if place.is_dir():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")

    return plant


def linked(file: str) -> Plant:
    """A mistake that leaves a link in the place of a file or folder."""

    def plant(root: Path) -> None:
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).symlink_to(root / "data")

    return plant


def template(file: str, text: str) -> Plant:
    """A mistake in one of the templates of a fork, which has all of them."""

    def plant(root: Path) -> None:
        shutil.copytree(PACKAGE.parent / "overrides", root / "overrides")
        (root / "overrides" / file).write_text(text, encoding="utf-8")

    return plant


def in_repository(root: Path) -> None:
    """A file in ``build`` that came with the repository."""
    written("build/CACHEDIR.TAG", "")(root)
    written("build/fonts/a.css", "")(root)
    git(root, "init", "-q")
    git(root, "add", "-f", "build")


MISTAKES: dict[str, tuple[Plant, str, int | None]] = {
    "settings of the generator as a link": (linked("mkdocs.yml"), "mkdocs.yml", None),
    "templates as a link": (linked("overrides"), "overrides", None),
    "a template as a link": (
        linked("overrides/macros/ref.html"),
        "overrides/macros/ref.html",
        None,
    ),
    "own macros as a link": (linked("local/macros.py"), "local/macros.py", None),
    "site as a link": (linked("site"), "site", None),
    "site as a file": (written("site", "x"), "site", None),
    "site with something else": (written("site/notizen.txt", "x"), "site", None),
    "build as a link": (linked("build"), "build", None),
    "build as a file": (written("build", "x"), "build", None),
    "build with something else": (written("build/roman.txt", "x"), "build", None),
    "build with a link": (linked("build/pages"), "build/pages", None),
    "build in the repository": (in_repository, "build/CACHEDIR.TAG", None),
    "settings of the generator not closed": (written("mkdocs.yml", "a: [\n"), "mkdocs.yml", 2),
    "settings of the generator empty": (written("mkdocs.yml", ""), "mkdocs.yml", None),
    "unknown extension": (
        written("mkdocs.yml", "markdown_extensions:\n  - gibtsnicht\n"),
        "mkdocs.yml",
        None,
    ),
    "extensions are no list": (
        written("mkdocs.yml", "markdown_extensions: toc\n"),
        "mkdocs.yml",
        None,
    ),
    "description not closed": (
        written("data/datapackage.json", '{"resources": [\n'),
        "data/datapackage.json",
        1,
    ),
    "description without tables": (
        written("data/datapackage.json", "{}"),
        "data/datapackage.json",
        None,
    ),
    "description nested too deeply": (
        written("data/datapackage.json", "[" * 30 + "]" * 30),
        "data/datapackage.json",
        None,
    ),
    "unknown filter": (
        template("macros/measure_lead.html", "\n{{ link.title | gross }}"),
        "overrides/macros/measure_lead.html",
        2,
    ),
    "bracket not closed": (
        template("macros/measure_links.html", "{{ badge.label }"),
        "overrides/macros/measure_links.html",
        1,
    ),
    "unknown name": (
        template("macros/measure_facts.html", "\n\n{{ mesure.title }}"),
        "overrides/macros/measure_facts.html",
        3,
    ),
    "unknown name in a skeleton": (
        template("pages/measure.md", "# {{ titel }}"),
        "overrides/pages/measure.md",
        None,
    ),
    "mistake in a part of others": (
        template("macros/_measures.html", "{% macro liste( %}"),
        "overrides/macros/_measures.html",
        1,
    ),
    "filter of another kind": (
        template("macros/measure_facts.html", "{{ ctx.page_url | money }}"),
        "overrides/macros/measure_facts.html",
        1,
    ),
}
ALIKE = {file for _, file, _ in MISTAKES.values() if file.startswith("overrides/macros/")}
ONE_ALIKE = "unknown filter"
"""Templates with mistakes: a build of one of them is tried every time."""


@pytest.mark.parametrize(("plant", "file", "line"), MISTAKES.values(), ids=MISTAKES)
def test_what_stops_a_build_is_told_by_the_check(
    tmp_path: Path, plant: Plant, file: str, line: int | None
) -> None:
    """File and line are named, with a cure."""
    root = copied(tmp_path)
    plant(root)

    (told,) = [f for f in check(root, DAY) if f.severity == "error"]

    assert (told.file, told.line) == (file, line)
    assert told.rule in ("KP040", "KP050", "KP048", "KP807")
    assert told.cure.de


@pytest.mark.builds
@pytest.mark.parametrize(
    "plant",
    [
        pytest.param(
            plant, id=name, marks=pytest.mark.long if file in ALIKE and name != ONE_ALIKE else ()
        )
        for name, (plant, file, _) in MISTAKES.items()
    ],
)
def test_a_build_refuses_as_the_check_tells(tmp_path: Path, plant: Plant) -> None:
    """Problem and cure of the check are those with which the build refuses."""
    root = copied(tmp_path)
    plant(root)

    (told,) = [f for f in check(root, DAY) if f.severity == "error"]

    with pytest.raises(KlarplanError) as refused:
        build(root, DAY, Wanted(pdf=False))
    assert (told.problem, told.cure) in words(refused.value)


def words(error: KlarplanError) -> set[tuple[Text, Text]]:
    """Problem and cure of all that a refusal tells."""
    if isinstance(error, ProblemsFoundError):
        return {(f.problem, f.cure) for f in error.findings}
    return {(error.problem, error.cure)}


def test_templates_in_theme_are_read(tmp_path: Path) -> None:
    """Frames of pages that are not written correctly are told, too, with their line."""
    root = copied(tmp_path)
    template("partials/nav.html", "\n\n{% if nav")(root)

    (told,) = [f for f in check(root, DAY) if f.severity == "error"]

    assert (told.file, told.line) == ("overrides/partials/nav.html", 3)


def test_folder_without_data_is_no_strategy(tmp_path: Path) -> None:
    """Where there is no folder data, check and build say the same."""
    said = set()
    for command in (lambda: check(tmp_path, DAY), lambda: build(tmp_path, DAY)):
        with pytest.raises(KlarplanError) as refused:
            command()
        said |= words(refused.value)
    assert len(said) == 1
