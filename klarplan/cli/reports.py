"""Findings as GitLab reads them: as code quality report, and as JUnit report."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from lxml import etree

from klarplan.check.rules.registry import rules
from klarplan.cli.findings import line_of
from klarplan.messages import Finding, Lang, Severity

_GRAVE: Mapping[Severity, str] = {"error": "major", "warning": "minor", "notice": "info"}


def as_gitlab(findings: Sequence[Finding], lang: Lang) -> str:
    """A code quality report: the part of Code Climate's JSON that GitLab reads.

    A fingerprint tells the same finding in two states of a project, so lines are not in it; those
    that are alike otherwise are counted.
    """
    seen = Counter[str]()
    rows = []
    for f in findings:
        same = json.dumps([f.rule, f.file, f.column, f.value, f.problem.de])
        seen[same] += 1
        mark = hashlib.sha256(f"{same} {seen[same]}".encode("utf-8", "replace")).hexdigest()
        row = {
            "description": line_of(f, lang, place=False),
            "check_name": f.rule,
            "fingerprint": mark,
            "severity": _GRAVE[f.severity],
            "location": {"path": f.file, "lines": {"begin": f.line or 1}},
        }
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False, indent=2)


def as_junit(findings: Sequence[Finding], lang: Lang) -> str:
    """A JUnit report: each rule is a test, which fails where there are errors.

    Warnings and notices are what a test that has passed says.
    """
    titles = {rule.id: rule.title.in_(lang) for rule in rules()}
    ordered = sorted(findings, key=lambda f: f.rule)
    told = {rule: [*members] for rule, members in groupby(ordered, key=lambda f: f.rule)}
    names = sorted({*titles, *told})
    failed = [n for n in names if any(f.severity == "error" for f in told.get(n, ()))]
    counted = {"tests": str(len(names)), "failures": str(len(failed)), "errors": "0"}
    root = etree.Element("testsuites", {"name": "klarplan", **counted})
    suite = etree.SubElement(root, "testsuite", {"name": "klarplan check", **counted})
    for name in names:
        title = f"{name} {titles.get(name, '')}".strip()
        case = etree.SubElement(suite, "testcase", {"classname": "klarplan", "name": title})
        grave = [f for f in told.get(name, ()) if f.severity == "error"]
        mild = [f for f in told.get(name, ()) if f.severity != "error"]
        if grave:
            message = line_of(grave[0], lang)
            failure = etree.SubElement(case, "failure", {"message": message, "type": name})
            failure.text = "\n".join(line_of(f, lang) for f in grave)
        if mild:
            etree.SubElement(case, "system-out").text = "\n".join(line_of(f, lang) for f in mild)
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
    return made.decode().rstrip()
