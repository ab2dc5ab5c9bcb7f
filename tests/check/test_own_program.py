"""What a town has written itself: macros and rules in ``local/``, and what fails in them."""

from __future__ import annotations

import importlib.util
import json
import py_compile
import sys
from pathlib import Path

import pytest

from klarplan.check.run import check, examine
from klarplan.messages import Finding
from macros.local_macros import macros_of
from macros.registry import MACROS
from tests.support import own
from tests.support.git import git
from tests.support.klein import DAY, copied
from tests.support.project import klarplan

PROGRAM = "KP070"
TEMPLATE = "KP807"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small strategy."""
    return copied(tmp_path)


def told(root: Path, usual: str = "KP753") -> list[Finding]:
    """What the check finds, but for what it would say of the page in any case."""
    return [finding for finding in check(root, DAY) if finding.rule != usual]


def where(finding: Finding) -> tuple[str, str, int | None]:
    """Rule, file and line."""
    return finding.rule, finding.file, finding.line


def test_own_macros_are_called_as_klarplans_are(root: Path) -> None:
    """A macro in ``local/macros.py`` with its template is known to the pages of that fork alone."""
    assert told(own.added(root)) == []
    assert macros_of(root)["our_greeting"].own
    assert "our_greeting" not in MACROS
    assert "our_greeting" not in macros_of(root / "data")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("our_greeting(3)", "ist ein Text in Anführungszeichen"),
        ('our_greeting(nam="x")', "kennt keine Angabe „nam“"),
        ('our_greeting("a", "b")', "nimmt nur eine Angabe; hier stehen 2"),
        ("our_greting()", "Den Baustein „our_greting“ gibt es nicht."),
        ("our_greeting('a' + 'b')", "our_greeting"),
        ('our_greeting("a" }}', "our_greeting"),
        ("\\{\\{ our\\_greeting() \\}\\}", "erscheint wörtlich im Text"),
    ],
)
def test_wrong_calls_of_own_macros_are_explained(root: Path, call: str, said: str) -> None:
    """Number, names and kinds of arguments are checked, at the line of the page."""
    page = f"# Partner\n\n{call if '{' in call else '{{ ' + call + ' }}'}\n"
    (found,) = told(own.added(root, page=page))
    assert (found.file, found.line) == ("docs/partner.md", 3)
    assert said in found.problem.de + found.cure.de


def test_types_may_be_annotated_in_either_way(root: Path) -> None:
    """Without ``from __future__ import annotations``, arguments are checked as well."""
    macros = own.MACROS.replace("from __future__ import annotations\n", "")
    page = "# Partner\n\n{{ our_greeting(3) }}\n"
    (found,) = told(own.added(root, macros=macros, page=page))
    assert where(found) == ("KP804", "docs/partner.md", 3)


MACRO = "@macro" + own.MACROS.partition("@macro")[2]
FAILING = {
    "a name that is unknown": (own.MACROS.replace("len(", "länge("), 14, "NameError"),
    "not Python": (own.MACROS + "\n\ndef x(:\n", 17, "Python kann diese Zeile nicht lesen"),
    "a module that is missing": (
        own.MACROS.replace("Any\n", "Any\nimport gibtesnicht\n", 1),
        7,
        "gibtesnicht",
    ),
    "a name of Klarplan's": (own.MACROS.replace("our_greeting", "budget"), 11, "„budget“ gibt es"),
    "a name with an umlaut": (own.MACROS.replace("our_greeting", "grüße"), 11, "„grüße“"),
    "a name that templates take": (own.MACROS.replace("our_greeting", "title"), 11, "„title“"),
    "any number of arguments": (own.MACROS.replace("name: str", "*name: str"), 12, "Python kann"),
    "any names": (own.MACROS.replace('name: str = "Grüß Gott"', "**name: str"), 11, "(* oder **)"),
    "no context": (own.MACROS.replace('ctx: Context, name: str = "Grüß Gott"', ""), 11, "„ctx“"),
    "an argument of ours": (own.MACROS.replace("name: str", "heading: str"), 11, "„heading“"),
    "an argument with an umlaut": (own.MACROS.replace("name: str", "straße: str"), 11, "„straße“"),
    "twice the same": (own.MACROS + MACRO, None, "Zwei Bausteine heißen „our_greeting“."),
    "a list for the template": (own.MACROS.replace("return {", "return [1], {"), 11, "„tuple“"),
    "the end of the program": ("raise SystemExit(3)\n", 1, "SystemExit: 3"),
    "an endless call": ("def f():\n    f()\n\n\nf()\n", 2, "RecursionError"),
    "bytes that are no text": (b'x = "\xff"\n', None, "Python kann"),
}


def test_what_fails_in_own_macros_is_told_once_with_its_line(tmp_path: Path) -> None:
    """File, line and cause stand in one message; the page that calls the macro is not blamed."""
    for number, (name, (source, line, said)) in enumerate(FAILING.items()):
        root = copied(tmp_path / str(number))
        text = source if isinstance(source, bytes) else source.encode()
        own.put(own.added(root, page=own.PAGE), {"local/macros.py": text})
        found = [f for f in told(root) if f.rule not in ("KP803", TEMPLATE)]
        assert [f.rule for f in found] == [PROGRAM], (name, found)
        assert found[0].file == "local/macros.py", name
        assert line in (found[0].line, None), (name, found[0].line)
        assert said in found[0].problem.de, (name, found[0].problem.de)
        assert "Traceback" not in found[0].problem.de


def test_a_macro_that_its_file_promises_is_not_called_unknown(root: Path) -> None:
    """Where the file can't be read, its macros are not told of; all others are, and all else is."""
    page = own.PAGE + "\n{{ our_greting() }}\n\n[weg](gibtsnicht.md)\n"
    found = told(own.added(root, macros=own.MACROS + "\n)\n", page=page))
    assert {where(f)[:2] for f in found} == {
        (PROGRAM, "local/macros.py"),
        ("KP803", "docs/partner.md"),
        ("KP711", "docs/partner.md"),
    }
    assert {f.value for f in found if f.rule == "KP803"} == {"our_greting"}


def test_what_a_macro_was_given_is_told_at_the_call(root: Path) -> None:
    """A value that a macro knows nothing of is the page's fault; the message names both."""
    macros = own.MACROS.replace("len(ctx.strategy.measures)", "ctx.strategy.measure_by_id[name].id")
    (found,) = told(own.added(root, macros=macros, page="# P\n\n{{ our_greeting('A-9') }}\n"))
    assert where(found) == ("KP804", "docs/partner.md", 3)
    assert "local/macros.py:14" in found.problem.de
    assert told(own.added(root, macros=macros, page="# P\n\n{{ our_greeting('A-1') }}\n")) == []


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("<p>\n{{ nummer }}</p>", 2),
        ("<p>{% if %}</p>", 1),
        ("{{ number | weg }}", 1),
        ("{{ 1 / 0 }}", 1),
    ],
)
def test_a_template_of_an_own_macro_is_tried(root: Path, template: str, line: int) -> None:
    """What is wrong with it is told at its file and line."""
    found = told(own.added(root, template=template))
    assert [where(f) for f in found] == [(TEMPLATE, own.TEMPLATE, line)]


def test_a_missing_template_is_named(root: Path) -> None:
    """A macro needs markup; the message names the file that is missing."""
    own.added(root)
    (root / own.TEMPLATE).unlink()
    (found,) = told(root)
    assert (found.rule, found.file) == (TEMPLATE, own.TEMPLATE)


def test_own_rules_tell_like_klarplans(root: Path) -> None:
    """A rule has a number of its own range, sentences of the town, and can be answered."""
    long = "Ein sehr langer Titel den niemand mag und kennt"
    own.put(root, {"local/rules.py": own.RULES})
    assert told(root) == []
    table = root / "data/measures.csv"
    table.write_text(table.read_text("utf-8").replace("A-1,Formulare", f"A-1,{long}"), "utf-8")
    (found,) = told(root)
    assert where(found) == ("EIGEN-1", "data/measures.csv", 2)
    assert (found.severity, found.problem.de, found.value) == (
        "warning",
        "Der Titel ist lang.",
        long,
    )
    answer = (
        f'rule,table,id,column,value,reason\nEIGEN-1,measures,A-1,title,"{long}",So heißt sie.\n'
    )
    own.put(root, {"strategy/acknowledged.csv": answer})
    checked = examine(root, DAY)
    assert (checked.findings, len(checked.answered)) == ((), 1)


NOTHING = own.RULES.partition("    for")[0]
BROKEN_RULES = {
    "a number of Klarplan's": (own.RULES.replace("EIGEN-1", "KP101"), 12, "KP101"),
    "no number": (own.RULES.replace("EIGEN-1", "EIGEN-ä"), 12, "EIGEN-ä"),
    "an unknown severity": (own.RULES.replace('"warning"', '"schlimm"'), 12, "severity"),
    "raises": (own.RULES.replace("len(measure", "lem(measure"), 16, "NameError"),
    "raises with a number": (own.RULES.replace("> 40", "/ 0 > 1"), 16, "ZeroDivisionError"),
    "yields texts": (NOTHING + "    yield 'Titel'\n", 12, "„str“"),
    "yields no place": (
        NOTHING + "    yield Finding(rule='', file='', problem='', cure='')\n",
        12,
        "nennt einen Ort",
    ),
    "returns a number": (NOTHING + "    return 3\n", None, "TypeError"),
    "twice": (own.RULES + own.RULES.partition("\n\n\n")[2], None, "Zwei Regeln heißen „EIGEN-1“."),
    "not Python": ("def\n", 1, "Python kann diese Zeile nicht lesen"),
    "the end of the program": ("import sys\nsys.exit()\n", 2, "SystemExit"),
}


def test_a_rule_that_fails_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    """The message has file, line and cause; what else is wrong is told beside it."""
    for number, (name, (source, line, said)) in enumerate(BROKEN_RULES.items()):
        root = copied(tmp_path / str(number))
        own.put(root, {"local/rules.py": source})
        with (root / "docs/index.md").open("a", encoding="utf-8") as file:
            file.write("\n[weg](gibtsnicht.md)\n")
        found = {f.rule: f for f in told(root)}
        assert set(found) == {PROGRAM, "KP711"}, (name, found)
        broken = found[PROGRAM]
        assert broken.file == "local/rules.py", name
        assert line in (broken.line, None), (name, broken.line)
        assert said in broken.problem.de, (name, broken.problem.de)


def test_rules_that_miss_a_table_say_nothing(root: Path) -> None:
    """A table that can't be read is told of once; a rule that asks for it ends without a word."""
    own.put(root, {"local/rules.py": own.RULES, "data/measures.csv": b'id,"title\n'})
    assert PROGRAM not in {f.rule for f in told(root)}


def test_only_the_text_of_the_program_counts(root: Path, tmp_path: Path) -> None:
    """What Python once compiled lies unseen in a proposal: it is not run, and none is written."""
    hit = tmp_path / "gelaufen"
    own.put(root, {"local/macros.py": f"open({str(hit)!r}, 'w')\n"})
    place = Path(importlib.util.cache_from_source(str(root / "local/macros.py")))
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(str(root / "local/macros.py"), str(place), invalidation_mode=mode)
    own.added(root)
    assert told(root) == []
    assert not hit.exists()
    place.unlink()
    assert told(root) == []
    assert not list((root / "local").rglob("*.pyc"))


def test_a_link_is_not_followed_to_a_program(root: Path, tmp_path: Path) -> None:
    """A program lies in the fork itself; a link is told of as everywhere, and not run."""
    hit = tmp_path / "gelaufen"
    own.put(tmp_path / "anderswo", {"macros.py": f"open({str(hit)!r}, 'w')\n"})
    for name in ("macros.py", "rules.py"):
        own.put(root, {})
        (root / "local").mkdir(exist_ok=True)
        (root / "local" / name).symlink_to(tmp_path / "anderswo/macros.py")
    assert {f.rule for f in told(root)} == {"KP050"}
    assert not hit.exists()


COMMANDS = (
    ("diff",),
    ("diff", "HEAD"),
    ("due", "--as-of", "2026-06-30"),
    ("export", "mappe.xlsx", "--as-of", "2026-06-30"),
    ("migrate", "--dry-run"),
)


def test_what_only_reads_runs_no_program(root: Path, tmp_path: Path) -> None:
    """Comparing, lists of what is due, workbooks: none of them runs what a proposal brings."""
    hit = tmp_path / "gelaufen"
    program = f"open({str(hit)!r}, 'w')\n"
    own.put(root, {"local/macros.py": program, "local/rules.py": program})
    git(root, "init", "--quiet")
    git(root, "add", ".")
    git(root, "commit", "--quiet", "-m", "x")
    for command in COMMANDS:
        done = klarplan(*command, "--root", str(root), cwd=tmp_path)
        assert "Traceback" not in done.stderr
        assert not hit.exists(), command
    klarplan("check", "--root", str(root))
    assert hit.exists()


def test_what_a_program_prints_is_no_answer(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A word printed for oneself does not spoil what other programs read."""
    rules = own.RULES.replace("    for", '    print("hallo")\n    for')
    own.put(root, {"local/rules.py": 'print("hallo")\n' + rules})
    done = klarplan("check", "--root", str(root), "--format", "json", "--as-of", "2026-06-30")
    assert json.loads(done.stdout)
    assert "hallo" not in capfd.readouterr().out
    assert sys.modules["klarplan_local_rules"]
