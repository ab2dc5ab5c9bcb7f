"""What GitLab reads of a check: code quality at the lines, and a test for each rule."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from lxml import etree

from klarplan.check.rules.registry import rules
from tests.support.klein import DAY, append, copied, replace
from tests.support.project import REPOSITORY, klarplan

JUNIT = """
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
 <xs:element name="testsuites"><xs:complexType>
  <xs:sequence><xs:element ref="testsuite" maxOccurs="unbounded"/></xs:sequence>
  <xs:attributeGroup ref="counted"/>
 </xs:complexType></xs:element>
 <xs:attributeGroup name="counted">
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
  <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/>
  <xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
 </xs:attributeGroup>
 <xs:element name="testsuite"><xs:complexType>
  <xs:sequence><xs:element ref="testcase" maxOccurs="unbounded"/></xs:sequence>
  <xs:attributeGroup ref="counted"/>
 </xs:complexType></xs:element>
 <xs:element name="testcase"><xs:complexType>
  <xs:sequence>
   <xs:element name="failure" minOccurs="0"><xs:complexType mixed="true">
    <xs:attribute name="message" type="xs:string" use="required"/>
    <xs:attribute name="type" type="xs:string" use="required"/>
   </xs:complexType></xs:element>
   <xs:element name="system-out" type="xs:string" minOccurs="0"/>
  </xs:sequence>
  <xs:attribute name="name" type="xs:string" use="required"/>
  <xs:attribute name="classname" type="xs:string" use="required"/>
 </xs:complexType></xs:element>
</xs:schema>
"""
"""The part of JUnit's form that is used here, as Jenkins and GitLab read it."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy with errors: one is hostile, two are alike on different lines."""
    root = copied(tmp_path)
    for _ in range(2):
        append(root, "data/status_reports.csv", "A-77,2026-01-01,,laeuft,,,,,,,,\n")
    replace(root, "data/goals.csv", "Wege sparen", "=x <b>]]>&\x01\x1b[2J")
    return root


def checked(root: Path, style: str, *more: str) -> str:
    """What the check prints in a form."""
    day = ("--as-of", DAY.isoformat())
    return klarplan("check", "--root", str(root), *day, "--format", style, *more).stdout


def test_code_quality_has_the_form_that_gitlab_reads(root: Path) -> None:
    """Every finding has a text, a grade, a place and a mark that no other one has."""
    rows = json.loads(checked(root, "gitlab"))
    found = json.loads(checked(root, "json"))
    assert len(rows) == len([f for f in found if "acknowledged" not in f])
    for row, finding in zip(rows, found, strict=False):
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["location"]["path"] == finding["file"]
        assert row["location"]["lines"]["begin"] == (finding["line"] or 1)
        assert row["check_name"] == finding["rule"]
        assert finding["problem"]["de"].split()[0] in row["description"]
        grades = {"error": "major", "warning": "minor", "notice": "info"}
        assert row["severity"] == grades[finding["severity"]]
        assert row["description"].isprintable()
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_a_mark_stays_where_lines_move(root: Path) -> None:
    """What was there before is no new finding because a line was added above it."""
    before = {row["fingerprint"] for row in json.loads(checked(root, "gitlab"))}
    path = root / "data/goals.csv"
    head, rest = path.read_text("utf-8").split("\n", 1)
    path.write_text(f"{head}\nG-0,Neu,,,,,,\n{rest}", "utf-8", newline="")
    after = {row["fingerprint"] for row in json.loads(checked(root, "gitlab"))}
    assert len(before & after) >= len(before) - 1


@pytest.mark.parametrize("lang", ["de", "en"])
def test_junit_has_its_form_and_a_test_for_each_rule(root: Path, lang: str) -> None:
    """Rules with errors fail and say where; hostile values are text."""
    schema = etree.XMLSchema(etree.fromstring(JUNIT))
    tree = etree.fromstring(checked(root, "junit", "--lang", lang).encode())
    schema.assertValid(tree)
    cases = tree.findall(".//testcase")
    assert len(cases) == len(rules()) == int(tree.get("tests", ""))
    errors = [f for f in json.loads(checked(root, "json")) if f["severity"] == "error"]
    failed = [case for case in cases if case.find("failure") is not None]
    assert len(failed) == len({f["rule"] for f in errors}) == int(tree.get("failures", ""))
    told = "\n".join(failure.text or "" for failure in tree.iter("failure"))
    assert all(f"{f['file']}:{f['line']}" in told for f in errors if f["line"])
    assert len(told.splitlines()) == len(errors)


def test_a_strategy_without_errors_passes_all(tmp_path: Path) -> None:
    """Warnings fail no test."""
    tree = etree.fromstring(checked(copied(tmp_path), "junit").encode())
    assert tree.get("failures") == "0"


def test_gitlab_is_given_both_reports() -> None:
    """The job that checks a proposal hands them over, also where it fails."""
    job = yaml.safe_load((REPOSITORY / ".gitlab-ci.yml").read_text("utf-8"))["strategy"]
    assert job["script"].index("make reports") < job["script"].index("make check")
    assert job["artifacts"]["when"] == "always"
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    assert set(job["artifacts"]["reports"]) == {"codequality", "junit"}
    for file in job["artifacts"]["reports"].values():
        assert f"> {file} ||" in makefile
