"""The process behind a preview: builds it once, then shows texts in it as they change.

``python -m klarplan.cli.preview_worker ORDER`` gets an ``Order`` as JSON. It answers in lines of
JSON, each an ``Outcome``: one as soon as viewed pages are shown, if any are, one to the build, then
one to each line of the standard input, a list of files. It ends after a build that fails, and with
its standard input.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Collection, Sequence
from contextlib import ExitStack, closing, redirect_stderr, suppress
from dataclasses import asdict, dataclass
from functools import partial
from io import StringIO
from pathlib import Path

from klarplan.cli import as_ours
from klarplan.cli.as_of import as_of
from klarplan.cli.findings import print_text
from klarplan.cli.options import console, show_error
from klarplan.commands.at_once import AtOnce
from klarplan.commands.build import Known, ProblemsFoundError, Wanted, build, renew_search
from klarplan.messages import Lang
from klarplan.processes import aside, collect_seldom, ended_by_signals


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be built: as the command line of ``klarplan serve`` says it."""

    root: str
    preview: str
    """The folder of the preview."""
    lang: Lang
    as_of: str | None
    pdf: bool
    session: str
    """A word that no other ``klarplan serve`` has."""
    viewed: Sequence[str] = ()
    """The pages to show before the rest, such as ``ziele/g-2/index.html``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a build, or of texts."""

    mistake: str = ""
    """What went wrong, for people."""
    unknown: bool = False
    """Whether the files can't be shown alone, so that all has to be built."""
    shown: Sequence[str] = ()
    """The pages that are new while the others are not; of a build, there is another outcome."""


def told(error: Exception, lang: Lang) -> str:
    """What went wrong, as the command line says it."""
    said = StringIO()
    with redirect_stderr(said):
        if isinstance(error, ProblemsFoundError):
            print_text(error.findings, console(stderr=True), lang)
        show_error(as_ours(error), lang)
    return said.getvalue().strip()


def shown(at_once: AtOnce, files: Collection[str], lang: Lang) -> Outcome:
    """Show texts; what goes wrong with more than what they say is left to a whole build."""
    if not at_once.are_known(files):
        return Outcome(unknown=True)
    try:
        return Outcome(shown=at_once.texts(files))
    except ProblemsFoundError as error:
        return Outcome(mistake=told(error, lang))
    except Exception:
        return Outcome(unknown=True)


def ordered(order: Order, known: Known) -> Wanted:
    """The build that is to be made of a strategy that was just checked."""
    return Wanted(
        output=Path(order.preview),
        pdf=order.pdf,
        wait=True,
        preview=True,
        session=order.session,
        known=known,
    )


def main(arguments: Sequence[str]) -> None:
    """Build a preview, and show texts in it until the standard input ends."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    sys.stdout = sys.stderr  # what libraries print is no answer
    order = Order(**json.loads(arguments[0]))
    root, preview, lang = Path(order.root), Path(order.preview), order.lang

    def answer(outcome: Outcome) -> None:
        answers.write(json.dumps(asdict(outcome)) + "\n")
        answers.flush()

    collect_seldom()
    day = as_of(order.as_of)
    with ExitStack() as at_end:
        try:
            at_once = at_end.enter_context(closing(AtOnce(root, preview, day, papers=order.pdf)))
            known, views = at_once.views(order.viewed)
            if views:
                answer(Outcome(shown=views))
            build(root, day, ordered(order, known))
        except Exception as error:  # the last fence, as for every command
            answer(Outcome(mistake=told(error, lang)))
            return
        answer(Outcome())
        # Should anything go wrong from here, this process ends, and the next edit is built whole.
        with suppress(Exception), aside(partial(renew_search, root, preview)) as searched:
            at_once.follow()
            searched()
            for line in sys.stdin:
                answer(shown(at_once, json.loads(line), lang))


if __name__ == "__main__":
    try:
        with ended_by_signals():
            main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(1)
