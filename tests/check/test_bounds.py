"""What would take too long is refused before it is read, with place and cure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from klarplan.check import texts
from klarplan.check.run import check
from klarplan.pages import bounds
from klarplan.processes import TooLongError, at_most
from klarplan.strategy import csv_reader
from klarplan.strategy.patterns import LONGEST, PatternError, matcher
from klarplan.strategy.yaml_reader import YamlFaultError, read_yaml
from tests.check.test_input import descriptor, field, only, save
from tests.support.klein import DAY, append, copied, errors, replace

TANGLED = {
    "brackets": "[" * 60_000,
    "pictures": "![x](" * 30_000,
    "tags": "<a " * 100_000,
    "abbreviations": "\n".join(f"*[a{n}]: x" for n in range(15_000)),
    "footnotes": "\n\n".join(["x[^1]"] * 3_990) + "\n\n[^1]: y",
    "lists on a line": "1. " * 90_000,
    "quotes within quotes": "\n\n".join([">" * 190 + " a"] * 1_500),
    "indented lists": "\n".join("\t" * (n % 190) + "- a" for n in range(2_900)),
    "wide tables": "|".join("a" * 1_000) + "\n" + "|".join(["--"] * 1_000) + "\n" + "|\n" * 3_000,
    "definitions": "\n".join(["a\n:   b"] * 3_000),
    "paragraphs": "\n\n".join("a" * 100_000),
    "attributes": "## " + "{ .a " * 50_000,
    "entities": "&lt;" * 70_000,
    "emphasis": "*a _b " * 20_000,
    "boxes": "\n\n".join(["!!! note"] * 1_000),
    "blanks in a heading": "## a" + " " * 100_000 + "b",
    "blanks in a cell": "| a |\n|---|\n| a" + "\u00a0" * 100_000 + "b |",
    "backslashes": "\\#" * 70_000,
    "links in a long paragraph": "[x](" * 900 + "x " * 70_000,
    "references in long lines": ("[x][" * 300 + "x " * 5_000 + "\n") * 3,
    "tags in a long paragraph": '<a b="' * 900 + "x " * 70_000,
    "calls": "\n\n".join(["{{ a() }}"] * 1_000),
}


@pytest.mark.parametrize("text", TANGLED.values(), ids=TANGLED.keys())
def test_a_tangled_page_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    """A page that Markdown's reader would take minutes for is one finding with line and cure."""
    root = copied(tmp_path)
    line = append(root, "docs/mitmachen.md", f"\n{text}\n")

    found = [f for f in errors(root) if f.rule in ("KP701", "KP708")]

    assert found
    assert all(f.file == "docs/mitmachen.md" and f.cure.de for f in found)
    assert all(f.line is None or f.line >= line for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "Ein Absatz mit [Link](index.md), *Betonung* & einer Fußnote[^1].\n\n[^1]: Hier.\n" * 3,
        "\n".join("    " * n + "- Ebene" for n in range(10)),
        "> > > Zitat",
        "|".join("abc") + "\n--|--|--\n" + "a|b|c\n" * 500,
        "- - - - - - - - -\n\n----------------------------------\n\n***",
        "\n\n".join("Begriff\n:   Erklärung" for _ in range(100)),
    ],
)
def test_a_long_page_of_people_is_no_tangle(text: str) -> None:
    """What people write is below all bounds."""
    assert list(bounds.beyond(text)) == []


def test_a_table_with_too_many_rows_is_refused(tmp_path: Path) -> None:
    """300,000 reports are one finding with the line from which on it is too much."""
    root = copied(tmp_path)
    append(root, "data/status_reports.csv", 'A-1,2024-12-15,2024,laeuft,20,"x",,,,\n' * 300_000)

    (finding,) = (f for f in errors(root) if f.rule == "KP006")

    assert finding.file == "data/status_reports.csv"
    assert finding.line is not None
    assert finding.line > csv_reader.MOST_ROWS


def test_a_table_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    """A header of a thousand columns is one finding."""
    root = copied(tmp_path)
    (root / "data/documents.csv").write_text("," * 1_000 + "a\n", encoding="utf-8")

    assert only(root).rule == "KP006"


def test_a_folder_in_the_place_of_a_table_is_told(tmp_path: Path) -> None:
    """A folder named like a table is one finding that says so."""
    root = copied(tmp_path)
    (root / "data/documents.csv").unlink(missing_ok=True)
    (root / "data/documents.csv").mkdir()

    finding = only(root)

    assert (finding.rule, finding.file) == ("KP007", "data/documents.csv")


def test_a_folder_named_like_a_page_is_none(tmp_path: Path) -> None:
    """A folder whose name ends in .md is no page."""
    root = copied(tmp_path)
    (root / "docs/x.md").mkdir()

    assert not [f for f in check(root, DAY) if f.rule in ("KP701", "KP703")]


def test_too_many_pages_are_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More pages than a strategy can have are one finding, and none of them is read."""
    root = copied(tmp_path)
    monkeypatch.setattr(texts, "MOST_PAGES", 2)

    assert [f.rule for f in errors(root) if f.rule == "KP709"] == ["KP709"]


def test_too_long_texts_are_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that are too long together are one finding."""
    root = copied(tmp_path)
    monkeypatch.setattr(texts, "MOST_LETTERS", 100)

    assert [f.rule for f in errors(root) if f.rule == "KP709"] == ["KP709"]


def test_a_page_that_takes_too_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last fence gives up a page and names its file."""
    root = copied(tmp_path)

    def late(_seconds: int) -> Iterator[None]:
        raise TooLongError

    monkeypatch.setattr(texts, "at_most", late)

    found = [f for f in errors(root) if f.rule == "KP703"]

    assert found
    assert all("60 Sekunden" in f.problem.de and f.file.endswith(".md") for f in found)


def test_work_within_its_time_is_left_alone() -> None:
    """Nothing happens to work that ends in time, and the alarm is taken back."""
    with at_most(600):
        done = True

    assert done


def test_a_pattern_with_nested_repetition_is_matched_at_once(tmp_path: Path) -> None:
    """A pattern on which Python's matcher never ends is only a pattern that does not fit."""
    root = copied(tmp_path)
    package = descriptor(root)
    field(package, "measures", "title")["constraints"] = {"required": True, "pattern": "(a+)+b"}
    save(root, package)
    replace(root, "data/measures.csv", "Formulare", "a" * 10_000)

    assert {f.rule for f in errors(root)} == {"KP033"}


@pytest.mark.parametrize("pattern", ["(?=a)b", r"(a)\1", "(", "a{2000}", "\ud800", "a" * 2_000])
def test_a_pattern_that_cannot_be_matched_in_linear_time_is_told(pattern: str) -> None:
    """Look-arounds, back-references and endless patterns are refused with the reason."""
    with pytest.raises(PatternError) as caught:
        matcher(pattern)

    assert caught.value.reason.de
    assert len(pattern) <= LONGEST or str(LONGEST) in caught.value.reason.de


def test_a_pattern_within_a_list_is_told(tmp_path: Path) -> None:
    """Patterns of the items of a list, which only Frictionless could match, are refused."""
    root = copied(tmp_path)
    package = descriptor(root)
    title = field(package, "measures", "impact")
    title.clear()
    title |= {"name": "impact", "type": "array", "arrayItem": {"constraints": {"pattern": "(a+)+"}}}
    save(root, package)

    assert any(f.rule == "KP040" and f.column == "impact" for f in errors(root))


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 5_000,
        b'{"resources": ' + b"[" * 5_000 + b"]" * 5_000 + b"}",
        b'{"resources": [{"name": "\\ud800"}]}',
        b"\xff\xfe\x00",
        b" " * 3_000_000,
        json.dumps({"resources": 9}).encode(),
        b'{"resources": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_description_that_is_none_is_told(tmp_path: Path, content: bytes) -> None:
    """Any bytes in the place of the description of the tables are one finding on that file."""
    root = copied(tmp_path)
    (root / "data/datapackage.json").write_bytes(content)

    (finding,) = check(root, DAY)

    assert (finding.rule, finding.file) == ("KP040", "data/datapackage.json")


@pytest.mark.parametrize("day", ["0001-01-01", "1799-12-31", "2200-01-01", "9999-12-31"])
def test_a_date_beyond_our_times_is_told(tmp_path: Path, day: str) -> None:
    """A date from which no month can be counted is a finding on its cell."""
    root = copied(tmp_path)
    replace(root, "data/status_reports.csv", "2024-12-15", day)

    found = [f for f in errors(root) if f.rule == "KP030"]

    assert [f.value for f in found] == [day]
    assert "1800" in found[0].problem.de


@pytest.mark.parametrize("address", ["https://[::1", "https://a:b/", "//[x"])
def test_an_address_that_cannot_be_read_is_told(tmp_path: Path, address: str) -> None:
    """A link in a page whose address has no parts is a finding with its line."""
    root = copied(tmp_path)
    line = append(root, "docs/mitmachen.md", f"\n[x]({address})\n") + 1

    found = [f for f in errors(root) if f.file == "docs/mitmachen.md"]

    assert [f.line for f in found] == [line]


@pytest.mark.parametrize(
    "text",
    [
        "a: &x [*x]",
        "a: !!int ''",
        "a: !!timestamp x",
        "a: " + "[" * 5_000,
        'a: "\\ud800"',
        "a: 0x" + "f" * 9_000,
        "a: " + "9" * 5_000,
        "a: 1" + ":59" * 9_000,
    ],
)
def test_odd_yaml_is_one_fault(text: str) -> None:
    """Whatever the parser throws, and what could not be written down again, is one fault."""
    with pytest.raises(YamlFaultError):
        read_yaml(text)
