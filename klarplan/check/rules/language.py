"""The rule on the language of the site: tables and columns have a title in it."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.former import CURE
from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text, first_of
from klarplan.strategy.renewal import engine_package

ADD = Text(
    "Ergänzen Sie dort neben „title“ den englischen Titel als „title_en“.",
    "Add the English title there as “title_en”, beside “title”.",
)


@rule(
    "KP053",
    title=Text("Titel nicht auf Englisch", "Title not in English"),
    de="Ist die Website englisch (lang: en), haben veröffentlichte Tabellen und Spalten einen "
    "englischen Titel.",
    severity="warning",
)
def german_titles(subject: Subject) -> Iterator[Finding]:
    """If the site is English (lang: en), published tables and columns have an English title."""
    if subject.strategy.settings.lang != "en":
        return
    engine = {
        resource["name"]: {field["name"] for field in resource["schema"]["fields"]}
        for resource in engine_package()["resources"]
    }
    ours: list[str] = []
    theirs: list[str] = []
    for name, table in subject.public.descriptor.tables.items():
        if not table.title_en:
            (ours if name in engine else theirs).append(name)
        for column, described in table.columns.items():
            if not described.title_en:
                known = column in engine.get(name, ())
                (ours if known else theirs).append(f"{name}.{column}")
    for names, cure in ((ours, CURE), (theirs, ADD)):
        if names:
            yield _finding(subject, names, cure)


def _finding(subject: Subject, names: list[str], cure: Text) -> Finding:
    told = first_of(names)
    return Finding(
        rule="",
        file=subject.loaded.descriptor.file,
        value=told,
        problem=Text(
            f"Die Website ist englisch, doch {len(names)} Tabellen und Spalten haben nur einen "
            f"deutschen Titel: {told}."
            if len(names) > 1
            else f"Die Website ist englisch, doch {told} hat nur einen deutschen Titel.",
            f"The site is in English, yet {len(names)} tables and columns have a German title "
            f"only: {told}."
            if len(names) > 1
            else f"The site is in English, yet {told} has a German title only.",
        ),
        cure=cure,
    )
