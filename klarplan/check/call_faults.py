"""What is wrong where a page tries to call a macro: the cause, and the line as it should be.

Repairs are only tried; the one reader of calls says whether what comes out is a call.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from typing import TYPE_CHECKING, NamedTuple

from klarplan.messages import Text
from klarplan.pages.calls import Call, read_calls
from klarplan.strategy.settings import Settings

if TYPE_CHECKING:
    from macros.registry import Macro

Example = Callable[[str], str]
"""A call that works of the macro with a name."""

_QUOTES = str.maketrans(dict.fromkeys("„“”‟«»″", '"') | dict.fromkeys("‚‘’‛‹›′", "'"))
_NAME = r"[A-Za-z_][A-Za-z0-9_]*"
_BARE = re.compile(r"(?<=[(,=])(\s*)([A-Za-z][\w-]*)(\s*)(?=[,)])")
_WORDS = ("true", "false", "none")


class Told(NamedTuple):
    """The cause of a fault, its cure, and the whole line as it should be, if that is certain."""

    problem: Text
    cure: Text
    line: str | None = None


class _Repair(NamedTuple):
    """One way to mend what stands at the mark, and what was wrong if that mends it."""

    mend: Callable[[str], str]
    problem: Text


def _straight(text: str) -> str:
    end = text.find("}")
    end = len(text) if end < 0 else end
    return text[:end].translate(_QUOTES) + text[end:]


def _doubled(text: str) -> str:
    """One brace made two, at the beginning and at the end."""
    text = re.sub(r"^\{(?!\{)", "{{", text)
    return re.sub(rf"^(\{{\{{\s*{_NAME}\s*\([^{{}}]*\)\s*)\}}(?!\}})", r"\1}}", text)


def _ended(text: str) -> str:
    """The braces added behind the bracket of a call that has none."""
    if "}" in text.partition("{{")[2].partition("{")[0]:
        return text
    return re.sub(rf"^(\{{\{{\s*{_NAME}\s*\([^{{}}()]*\))", r"\1 }}", text)


def _closed(text: str) -> str:
    """The bracket added before the braces."""
    return re.sub(rf"^(\{{\{{\s*{_NAME}\s*\([^{{}}()]*?)(\s*\}}\}})", r"\1)\2", text)


def _bracketed(text: str) -> str:
    """Brackets added behind a name that stands alone."""
    return re.sub(rf"^(\{{\{{\s*{_NAME})(\s*\}}\}})", r"\1()\2", text)


def _tight(text: str) -> str:
    return re.sub(rf"^\{{\{{\s*({_NAME})\s*\(", lambda m: f"{{{{ {m[1].lower()}(", text)


def _joined(text: str) -> str:
    """The parts of a name joined by low lines, and round brackets in place of square ones."""
    found = re.match(r"\{\{\s*([A-Za-z][\w\\ -]*\w)\s*([(\[])", text)
    if not found:
        return text
    name = re.sub(r"[\s-]+", "_", found[1].replace("\\", "")).lower()
    call, end, rest = text[found.end() :].partition("}}")
    if found[2] == "[":
        call = re.sub(r"\](\s*)$", r")\1", call)
    return f"{{{{ {name}({call}{end}{rest}"


def _bare_end(text: str) -> str:
    """Nothing between the bracket of a call and its braces."""
    return re.sub(
        rf"^(\{{\{{\s*{_NAME}\s*\([^{{}}]*\))\s*(?:\|[^{{}}]*|;)\s*\}}\}}", r"\1 }}", text
    )


def _argued(text: str) -> str:
    """Arguments divided by commas, and their names from their values by ``=``."""
    call, end, rest = text.partition("}}")
    call = re.sub(r'("|\d)\s*;\s*(?=[\w"])', r"\1, ", call)
    call = re.sub(rf"([(,]\s*{_NAME})\s*:\s*(?=[\"'\w])", r"\1=", call)
    return call + end + rest


def _spelled(text: str) -> str:
    """Three braces made two, ``&quot;`` made a quotation mark, brackets round what stands free."""
    text = re.sub(r"^\{{3,}", "{{", text)
    call, end, rest = text.partition("}}")
    call = call.replace("&quot;", '"').replace("&#39;", "'").replace("&#34;", '"')
    call = re.sub(rf'^(\{{\{{\s*{_NAME})\s+("[^"]*"|\'[^\']*\')\s*$', r"\1(\2) ", call)
    return call + end + (rest.lstrip("}") if rest.startswith("}") else rest)


def _quoted(text: str) -> str:
    """Quotes added round words without any, and German ones within others."""
    call, end, rest = text.partition("}}")
    call = re.sub(r'=\s*"([^"=]*)"([^",=()]+)"([^"=]*)"(?=\s*[,)])', r'="\1„\2“\3"', call)
    call = re.sub(r"=\s*([A-Za-zÄÖÜäöü][^\"'=(),{}]*? [^\"'=(),{}]*?)(?=\s*[,)])", r'="\1"', call)
    call = re.sub(r"""("[^"'()]*)'(\s*[,)])""", r'\1"\2', call) if call.count('"') % 2 else call
    if call.count('"') % 2:
        call = re.sub(r'(\(\s*|=\s*)([^"(),=]+)"', r'\1"\2"', call, count=1)
    if call.count('"') % 2:
        call = re.sub(r'"([^"(),=]+?)(\s*\))', r'"\1"\2', call, count=1)

    def word(found: re.Match[str]) -> str:
        named = found[2].lower() in _WORDS
        return found[0] if named else f'{found[1]}"{found[2]}"{found[3]}'

    return _BARE.sub(word, call) + end + rest


_REPAIRS = (
    _Repair(
        _straight,
        Text(
            "Die Anführungszeichen im Baustein sind geschwungen; nötig sind gerade ("
            '"…"), wie auf der Tastatur über der 2.',
            'The quotation marks in the macro are curly; straight ones ("…") are needed.',
        ),
    ),
    _Repair(
        _doubled,
        Text(
            "Um einen Baustein stehen je zwei geschweifte Klammern; hier fehlt eine.",
            "A macro stands between two braces on each side; one is missing here.",
        ),
    ),
    _Repair(
        _ended,
        Text(
            "Der Baustein endet nicht: Es fehlen die zwei Klammern }}.",
            "The macro does not end: the two braces }} are missing.",
        ),
    ),
    _Repair(
        _closed,
        Text("Im Baustein fehlt die Klammer ).", "The bracket ) is missing in the macro."),
    ),
    _Repair(
        _bracketed,
        Text(
            "Hinter dem Namen des Bausteins fehlen die Klammern ().",
            "The brackets () are missing behind the name of the macro.",
        ),
    ),
    _Repair(
        _tight,
        Text(
            "Der Name des Bausteins ist klein geschrieben, die Klammer folgt ohne Leerzeichen.",
            "The name of the macro has small letters, and the bracket follows without a blank.",
        ),
    ),
    _Repair(
        _joined,
        Text(
            "Der Name eines Bausteins hat Unterstriche; die Angaben stehen in runden Klammern.",
            "The name of a macro has low lines; its arguments stand in round brackets.",
        ),
    ),
    _Repair(
        _bare_end,
        Text(
            "Zwischen der Klammer ) und den geschweiften steht nichts.",
            "Nothing stands between the bracket ) and the braces.",
        ),
    ),
    _Repair(
        _spelled,
        Text(
            "Ein Baustein besteht aus zwei geschweiften Klammern, dem Namen und den Angaben in "
            "runden Klammern.",
            "A macro consists of two braces, its name, and the arguments in round brackets.",
        ),
    ),
    _Repair(
        _argued,
        Text(
            "Angaben eines Bausteins trennt ein Komma; zwischen Name und Wert steht =.",
            "Arguments of a macro are divided by commas; = stands between name and value.",
        ),
    ),
    _Repair(
        _quoted,
        Text(
            'Angaben eines Bausteins stehen in geraden Anführungszeichen: "M-001".',
            'What a macro is given stands in straight quotation marks: "M-001".',
        ),
    ),
)


def explained(line: str, beginning: str, example: Example, macros: Mapping[str, Macro]) -> Told:
    """The cause of what stands in ``line`` and begins with ``beginning``."""
    usual = example(_meant(line, macros) or "status_badge")
    at = max(line.find(beginning), 0)
    before, text = line[:at], line[at:]
    if text.startswith("{%"):
        return Told(
            Text(
                f"„{beginning}“ ist ein Befehl; auf Seiten gibt es nur Bausteine.",
                f"“{beginning}” is a command; pages have macros only.",
            ),
            Text(
                "Löschen Sie alles zwischen {% und %}, auch die Zeichen selbst. "
                f"Ein Baustein sieht so aus: {usual}",
                "Delete all between {% and %}, these signs included. "
                f"A macro looks like this: {usual}",
            ),
        )
    if text.startswith("{#"):
        return Told(
            Text(
                f"„{beginning}“ ist keine Anmerkung, die Klarplan kennt.",
                f"“{beginning}” is no note that Klarplan knows.",
            ),
            Text(
                "Schreiben Sie eine Anmerkung, die nicht erscheinen soll, so: <!-- Anmerkung -->",
                "Write a note that is not to appear like this: <!-- note -->",
            ),
        )
    if "}" not in text and "(" in text and ")" not in text:
        return Told(
            Text(
                f"Der Baustein „{beginning}“ endet nicht in seiner Zeile.",
                f"The macro “{beginning}” does not end on its line.",
            ),
            Text(
                f"Schreiben Sie den ganzen Aufruf in eine Zeile: {usual}",
                f"Write the whole call on one line: {usual}",
            ),
        )
    return _mended(before, text, example, macros) or Told(
        Text(
            f"„{beginning}“ ist kein Aufruf eines Bausteins.",
            f"“{beginning}” is no call of a macro.",
        ),
        Text(
            f"Erlaubt sind Aufrufe mit festen Angaben: {usual}. Sollen "
            "die Zeichen wörtlich erscheinen, setzen Sie sie in `Gravis-Zeichen`.",
            f"Allowed are calls with literal arguments: {usual}. To "
            "show the marks literally, put them into `backticks`.",
        ),
    )


def _meant(line: str, macros: Container[str]) -> str | None:
    """The macro whose name a line has."""
    words = re.findall(_NAME, line.partition("{")[2])
    return next((word for word in words if word in macros), None)


def _setting(before: str, text: str, call: Call) -> Told | None:
    """What is told where the name of a setting stands in place of a macro."""
    if call.args or call.kwargs or not hasattr(Settings(), call.name):
        return None
    written = f'{{{{ setting("{call.name}") }}}}'
    return Told(
        Text(
            f"„{call.name}“ ist eine Einstellung; der Baustein setting zeigt sie.",
            f"“{call.name}” is a setting; the macro setting shows it.",
        ),
        Text(f"Schreiben Sie {written}", f"Write {written}"),
        before + written + text[text.index("}}") + 2 :],
    )


def _mended(before: str, text: str, example: Example, macros: Mapping[str, Macro]) -> Told | None:
    """What the repairs, one after the other, make a call of a macro that exists."""
    reasons: dict[Text, None] = {}
    for repair in _REPAIRS:
        mended = repair.mend(text)
        if mended == text:
            continue
        text = mended
        reasons[repair.problem] = None
        first, *rest = read_calls(text).parts
        call = next(iter(rest), None)
        if first or not isinstance(call, Call):
            continue
        macro = macros.get(call.name)
        if macro is None:
            return _setting(before, text, call)
        needs = any(p.default is p.empty for p in macro.signature.parameters.values())
        if needs and not call.args and not call.kwargs:
            return Told(
                Text(
                    f"Dem Baustein „{call.name}“ fehlt die Angabe, was er zeigen soll.",
                    f"The macro “{call.name}” lacks the argument that says what to show.",
                ),
                Text(
                    f"So geht es: {example(call.name)}",
                    f"It works like this: {example(call.name)}",
                ),
            )
        written = text[: text.index("}}") + 2]
        line = before + text
        return Told(
            Text(" ".join(r.de for r in reasons), " ".join(r.en for r in reasons)),
            Text(f"Schreiben Sie {written}", f"Write {written}"),
            None if read_calls(line).faults else line,
        )
    return None
