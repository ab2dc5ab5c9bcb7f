"""The pages of the form: which address shows which, and what comes of a form that was sent."""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode, urlsplit

from markupsafe import Markup

from klarplan.cli import as_ours
from klarplan.cli.form.asked import HTML, Request, Response, led_to, page
from klarplan.cli.form.guard import MOST_BYTES, Guard, values
from klarplan.cli.form.look import alone, files
from klarplan.cli.form.parts import CHOSEN, shown
from klarplan.cli.form.rows import about, begun, sent_back, stand
from klarplan.cli.form.splitting import MOST as MOST_PARTS
from klarplan.cli.form.splitting import TASK, can_split, mark
from klarplan.cli.form.tasks import due, next_steps, with_need
from klarplan.cli.form.typed import (
    ADDRESS,
    AGAIN,
    CELL,
    FORM,
    LABELS,
    PARTS,
    form_of,
    labels_of,
    part_name,
    typed,
)
from klarplan.commands.edit import Editor, Examined, Message, Wording
from klarplan.commands.edit_text import Prose, examine_text, preview, prose, text_of, texts
from klarplan.commands.propose import (
    changed,
    go_back,
    propose,
    ready,
    send_later,
    told,
    unsent,
    way,
)
from klarplan.comparison.compare import Comparison
from klarplan.editing.form.fields import told_apart
from klarplan.editing.form.rows import MOST_OF_TITLE, PAGE, ListedRow, found, listed, title_of
from klarplan.editing.form.sheet import Filled, rebased
from klarplan.editing.form.texts import GROUPS
from klarplan.editing.kept_end import EXPECTED
from klarplan.editing.kept_end import TABLE as REPORTS
from klarplan.messages import KlarplanError, Text
from klarplan.pages.bounds import MOST_BYTES as PAGE_BYTES
from klarplan.strategy.chapters import ROW_CHAPTERS
from klarplan.strategy.new_kinds import KIND_OF
from klarplan.strategy.schema import TableSchema
from klarplan.words.catalogue import Words, spoken
from klarplan.words.room import cut
from macros.render import Templates, template_folders

KEPT = ("table", "row", "task", "measure")
"""What a page says of itself to the next one."""
BEGUN = {
    **{table: kind for table, kind in KIND_OF.items() if table != REPORTS},
    "participation": "event",
}
"""What the first page offers to begin: the word for it by table."""
TYPED = ("row", "text")
"""The forms in which people type."""
PLACES = {"more": "#last", "preview": "#summary"}
"""Where somebody goes on who has asked for one more part, or for a preview."""
SHOWN = 50
"""So many pages that came of a sent form can be looked at again."""

Values = Mapping[str, str]


class FormSite:
    """Answers requests; one at a time, as all change the same files."""

    def __init__(self, editor: Editor, guard: Guard) -> None:
        self.editor, self.guard = editor, guard
        self._templates = Templates(
            template_folders(editor.root, "form"), trim_blocks=True, lstrip_blocks=True
        )
        self._lock = threading.Lock()
        self._done: list[tuple[Comparison | None, Sequence[str], Sequence[tuple[str, str]]]] = []
        """What was written, with ids that went to other rows, and the next steps."""
        self._written_by: dict[str, str] = {}
        """Where changes led that somebody has confirmed: whoever does so twice is led there."""
        self._shown: dict[str, Response] = {}
        """The last pages that came of a sent form, which browsers ask for without sending it."""
        self._given: Values = {}
        """What was sent with the request that is answered."""
        self._form_given = ""
        """By which form."""
        self._pages: Mapping[str, Callable[[Values], Response]] = {
            "": self._start,
            "tables": self._tables,
            "table": self._table,
            "row": self._row,
            "text": self._text,
            "texts": self._texts,
            "propose": self._propose,
            "shown": self._shown_again,
        }
        self._forms: Mapping[str, Callable[[Values], Response]] = {
            "row": self._sent,
            "check": self._checked,
            "text": self._text_sent,
            "propose": self._proposed,
            "send": self._sent_later,
            "back": self._gone_back,
        }

    def answer(self, request: Request) -> Response:
        """The answer to a request."""
        with self._lock:
            if self.guard.is_former(request):
                return self._former(request)
            if self.guard.is_too_long(request):
                self._given, self._form_given = {}, ""
                return self._kept(self._error(_TOO_LONG, HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            if refusal := self.guard.refusal(request):
                return refusal
            return self._ours(request, self._answered)

    def _ours(self, request: Request, answered: Callable[[Request], Response]) -> Response:
        """What comes of a request that may be answered."""
        self._given = {}
        try:
            answer = answered(request)
        except Exception as error:  # whoever edits texts can't read a traceback
            answer = self._error(as_ours(error))
        return self._kept(answer) if request.method == "POST" else answer

    def _former(self, request: Request) -> Response:
        """What is told a page of a former start: how to go on, and what it has sent itself.

        Whoever can also tell the address gets the form with it. Nothing is written.
        """
        sent = values(request.body) or {} if request.method == "POST" else {}
        again = request.target == AGAIN
        told = sent.get(ADDRESS, "") if again else ""
        form = sent.get(FORM, "") if again else form_of(request)
        kept = {name: text for name, text in sent.items() if name not in (ADDRESS, FORM)}
        if form in TYPED and self.guard.is_address(told):
            return self._ours(request, lambda _: self._forms[form]({**kept, "do": "edit"}))
        lang = self.editor.spoken
        with suppress(Exception):  # whatever can't be read is told where the form begins
            lang = self.editor.lang
        style, policy = alone(self.editor)
        text = self._templates.get_template("former.html").render(
            style=Markup(style),  # noqa: S704 - a file of the program, or of who runs it
            say=spoken(lang),
            lang=lang,
            typed=typed(kept, None, lang),
            again=AGAIN,
            hidden={**kept, FORM: form} if form in TYPED else {},
            address=ADDRESS,
            wrong=bool(told),
        )
        shown = page(text, HTTPStatus.NOT_FOUND)
        return replace(shown, headers={"Content-Security-Policy": policy})

    def _kept(self, answer: Response) -> Response:
        """Lead on to a page that came of a sent form: so „back“ and „reload“ send nothing again."""
        if answer.kind != HTML or answer.status in (HTTPStatus.SEE_OTHER, HTTPStatus.NOT_FOUND):
            return answer
        name = secrets.token_urlsafe(9)
        self._shown[name] = answer
        while len(self._shown) > SHOWN:
            del self._shown[next(iter(self._shown))]
        place = PLACES.get(self._given.get("do", ""), "")
        return led_to(f"{self._top}shown?{urlencode({'page': name})}{place}")

    def _shown_again(self, sent: Values) -> Response:
        return self._shown.get(sent.get("page", "")) or self._nothing()

    def _answered(self, request: Request) -> Response:
        path = self.guard.path(request)
        posted = request.method == "POST"
        known = (self._forms if posted else self._pages).get(path)
        if known is None and not posted and (file := files(self.editor).get(path)):
            return file
        sent = values(request.body if posted else urlsplit(request.target).query)
        if known is None or sent is None:
            return self._nothing()
        self._given, self._form_given = (sent, path) if posted else ({}, "")
        return known(sent)

    # Pages

    def _start(self, sent: Values) -> Response:
        office = sent.get("for", "")
        rows = due(self.editor, office)
        at = _number(sent.get("written", "")) or 0
        strategy = self.editor.loaded.strategy
        leads = {o.id: o for os in strategy.leads_of_measure.values() for o in os}
        names = {i: o.name or i for i, o in strategy.organisation_by_id.items() if i in leads}
        there = {
            n: self._schema(n) for n in ("measures", "status_reports", "feedback", "successions")
        }
        there["split"] = there["measures"] if can_split(self.editor) else None
        reports = there["status_reports"]
        there["end"] = (
            reports if reports and EXPECTED in self.editor.table(reports).header else None
        )
        return self._page(
            "start",
            begun=[one for one in BEGUN.items() if self._schema(one[0])],
            due=rows,
            offices=told_apart(names),
            office=office,
            there=there,
            done=self._done[at - 1] if 0 < at <= len(self._done) else None,
            proposable=any(map(self.editor.writes, changed(self.editor.root))),
            back_on=sent.get("on", ""),
        )

    def _tables(self, _: Values) -> Response:
        read = self.editor.loaded.strategy.tables
        tables = [
            (schema.said(self.editor.lang), len(read[name].records) if name in read else None)
            for name, schema in self.editor.loaded.descriptor.tables.items()
        ]
        return self._page("tables", tables=tables)

    def _table(self, sent: Values) -> Response:
        schema = self._schema(sent.get("table", ""))
        if schema is None:
            return self._nothing()
        task, asked = sent.get("task", ""), sent.get("q", "")
        rows: Sequence[ListedRow] = [*listed(self.editor.maker, schema, self.editor.table(schema))]
        if task == "answer":
            rows = [row for row in rows if not row.cells.get("answer")]
        hits = found(rows, asked)
        pages = max(1, -(-len(hits) // PAGE))
        at = min(max(_number(sent.get("page", "")) or 1, 1), pages)
        here = hits[(at - 1) * PAGE : at * PAGE]
        return self._page(
            "table",
            schema=schema.said(self.editor.lang),
            task=task,
            kind=BEGUN.get(schema.name, ""),
            asked=asked,
            rows=here,
            done=task == "answer" and not rows,
            number=len(hits),
            all=len(rows),
            marks={r.cells.get("id", ""): mark(self.editor, r.cells.get("id", "")) for r in here}
            if task == TASK
            else {},
            at=at,
            pages=pages,
        )

    def _row(self, sent: Values) -> Response:
        forms = begun(self.editor, sent)
        return self._form(sent, forms) if forms else self._nothing()

    # What comes back

    def _sent(self, sent: Values) -> Response:
        forms = sent_back(self.editor, sent)
        if not forms:
            return self._nothing()
        does = sent.get("do", "")
        if does in ("edit", "more"):
            return self._form(sent, forms)
        if does == "write" and (before := self._written_by.get(sent.get("once", ""))):
            return led_to(before)
        examined = self.editor.examine(*forms)
        known = stand(self.editor, sent, forms[0])
        meanwhile = sent.get("stand", "") != known and bool(examined.contents)
        if meanwhile:
            kind = "split" if sent.get("task") == TASK else "report"
            last = known or self._words(f"form.{kind}_none")
            words = self._words(f"form.{kind}_meanwhile", now=last)
            examined.messages.insert(0, Message(field="", text=words, stops=True))
        if examined.stale and "row" in sent and examined.place is not None:
            schema = forms[0].schema
            now = self.editor.cells(schema, str(examined.place)) or {}
            fields = self.editor.fields(schema, now, new=False)
            forms = [
                rebased(forms[0], with_need(self.editor, fields, sent.get("task", ""), now)),
            ]
            sent = {**sent, "row": str(examined.place)}
        if does == "check" or examined.refused:
            return self._form({**sent, "stand": known}, forms, examined, meanwhile=meanwhile)
        if does != "write":
            common = self._common(sent, forms)
            typed = {
                f"{CELL}{one.part}{name}": text for one in forms for name, text in one.told.items()
            }
            hidden = {
                **common["kept"],
                **{n: common[n] for n in ("base", LABELS, "stand")},
                **typed,
            }
            hidden["announced"] = ", ".join(examined.given)
            titles = {
                f"{one.part}{f.name}": self._called(one, "" if f.name in CHOSEN else f.title)
                for one in forms
                for f in one.every
            }
            examined.wordings = [
                replace(one, title=self._called(one, one.title)) for one in examined.wordings
            ]
            return self._changes("row", hidden, examined, titles)
        return self._written(sent, examined)

    def _called(self, one: Filled | Wording, title: str) -> str:
        """What stands under this title in a form of one row or of several."""
        part = part_name(one.part, self.editor.lang) if one.part else ""
        return ": ".join(filter(None, (part, title)))

    def _changes(
        self, action: str, hidden: Values, examined: Examined, titles: Values | None = None
    ) -> Response:
        """What would change, to be confirmed once; ``titles`` are those of the fields."""
        kept = {**hidden, "once": secrets.token_urlsafe(9)}
        return self._page(
            "changes", action=action, hidden=kept, examined=examined, titles=titles or {}
        )

    def _written(self, sent: Values, examined: Examined) -> Response:
        announced = sent.get("announced", "")
        self.editor.write(examined)
        told = examined.comparison if examined.contents else None
        others = [i for i in announced.split(", ") if i and i not in examined.given]
        self._done.append((told, others, next_steps(self.editor, sent, examined.given)))
        address = f"{self._top}?written={len(self._done)}"
        if once := sent.get("once", ""):
            self._written_by[once] = address
        return led_to(address)

    def _texts(self, _: Values) -> Response:
        found = texts(self.editor)
        groups = [(name, [text for text in found if text.group == name]) for name in GROUPS]
        of_rows = [s.said(self.editor.lang) for n in ROW_CHAPTERS if (s := self._schema(n))]
        return self._page("texts", groups=[g for g in groups if g[1]], of_rows=of_rows)

    def _prose(self, sent: Values) -> Prose | None:
        """The text that a page names: by its file, or by its row."""
        if "file" in sent:
            return text_of(self.editor, sent["file"])
        return prose(self.editor, sent.get("table", ""), sent.get("id", ""))

    def _text(self, sent: Values) -> Response:
        found = self._prose(sent)
        return self._nothing() if found is None else self._text_form(sent, found, found.text)

    def _text_sent(self, sent: Values) -> Response:
        found = self._prose(sent)
        if found is None:
            return self._nothing()
        does, text = sent.get("do", ""), sent.get("text", "")
        if does in ("edit", "preview"):
            return self._text_form(sent, found, text, stand=sent.get("stand", ""))
        if does == "write" and (before := self._written_by.get(sent.get("once", ""))):
            return led_to(before)
        examined = examine_text(self.editor, found, text, sent.get("stand", ""))
        if does == "check" or examined.refused:
            return self._text_form(sent, found, text, examined)
        if does != "write":
            hidden = {**_which(sent), "text": text, "stand": sent.get("stand", "")}
            return self._changes("text", hidden, examined)
        return self._written(sent, examined)

    def _text_form(
        self,
        sent: Values,
        found: Prose,
        text: str,
        examined: Examined | None = None,
        stand: str = "",
    ) -> Response:
        made, wrong = preview(self.editor, found, text)
        seen = [Message(field="text", text=one, stops=True) for one in wrong]
        return self._page(
            "text",
            which=_which(sent),
            title=self._title_of_text(sent),
            schema=self._said(sent.get("table", "")) if "file" not in sent else None,
            text=text,
            # After a word on what others have changed, it is theirs that is changed.
            stand=stand or found.stand,
            previewed=sent.get("do") == "preview",
            preview=Markup(made),  # noqa: S704 - looked at by the gate of all pages
            messages=examined.messages if examined else seen,
            theirs=examined.theirs if examined else None,
            wordings=examined.wordings if examined else (),
        )

    def _title_of_text(self, sent: Values) -> str:
        if "file" in sent:
            return next(t.title for t in texts(self.editor) if t.file == sent["file"])
        return self.editor.maker.lists[sent["table"]].get(sent["id"], sent["id"])

    def _said(self, table: str) -> TableSchema | None:
        schema = self._schema(table)
        return schema.said(self.editor.lang) if schema else None

    def _propose(self, _: Values) -> Response:
        return self._proposal()

    def _proposal(self, *, asked: bool = False, other: bool = False) -> Response:
        """What would be proposed, with what is to be decided before."""
        root = self.editor.root
        at = ready(root, self.editor.writes)
        comparison, wordings = told(root, at.files, self.editor.lang) if at.files else (None, ())
        return self._page(
            "propose",
            ready=at,
            comparison=comparison,
            wordings=wordings,
            asked=asked,
            other=other,
        )

    def _proposed(self, sent: Values) -> Response:
        root, ours = self.editor.root, self.editor.writes
        at = ready(root, ours)
        other = sent.get("stand") != at.stand
        if other or not at.files or (at.others and not sent.get("apart")):
            return self._proposal(asked=not other, other=other)
        made = propose(root, ours, self.editor.lang, self.editor.as_of, send="send" in sent)
        left = at.others
        return self._page("proposed", made=made, added=at.proposal, later=False, left=left)

    def _sent_later(self, sent: Values) -> Response:
        made = send_later(self.editor.root, sent.get("branch", ""))
        return self._page("proposed", made=made, added=False, later=True, left=())

    def _gone_back(self, _: Values) -> Response:
        return led_to(f"{self._top}?" + urlencode({"on": go_back(self.editor.root)}))

    def _checked(self, sent: Values) -> Response:
        forms = sent_back(self.editor, sent)
        if not forms:
            return self._nothing()
        messages = self.editor.examine(*forms, pages=False).messages
        said = {
            stops: self._words(f"form.{'fault' if stops else 'hint'}") for stops in (True, False)
        }
        by_field: dict[str, list[tuple[str, bool]]] = {}
        for message in messages:
            text = f"{said[message.stops]} {message.text}"
            by_field.setdefault(f"{CELL}{message.field}", []).append((text, message.stops))
        return Response(content=json.dumps(by_field).encode(), kind="application/json")

    # How they are shown

    def _common(self, sent: Values, forms: Sequence[Filled]) -> dict[str, Any]:
        one = forms[0]
        # Whoever goes back or asks for one more part has still to be told what is new.
        known = sent.get("stand", "") if "do" in sent else stand(self.editor, sent, one)
        texts = {f"{f.part}{c.name}": f.begun.get(c.name, c.text) for f in forms for c in f.every}
        return {
            "schema": one.schema.said(self.editor.lang),
            "filled": one,
            "kept": {name: sent[name] for name in KEPT if name in sent},
            "base": json.dumps(texts if one.part else {f.name: f.text for f in one.fields}),
            "labels": labels_of(forms),
            "stand": known,
            "cell": CELL,
        }

    def _form(
        self,
        sent: Values,
        forms: Sequence[Filled],
        examined: Examined | None = None,
        *,
        meanwhile: bool = False,
    ) -> Response:
        messages: Sequence[Message] = examined.messages if examined else ()
        one, every = forms[0], [field for form in forms for field in form.every]
        kind = KIND_OF.get(one.schema.name, "")
        parts = [shown(self.editor, form, sent, messages) for form in forms]
        told = {name for part in parts for name in part.by_field}
        return self._page(
            "row",
            **self._common(sent, forms),
            parts=parts,
            messages=messages,
            rest=[m for m in messages if m.field not in told],
            examined=examined,
            meanwhile=meanwhile,
            title=self._title(one, sent),
            kind=BEGUN.get(one.schema.name, kind),
            lacking={t: said.title for t in {f.lacks for f in every} if (said := self._said(t))},
            more=0 < sum(part.form.schema.name == PARTS for part in parts) < MOST_PARTS,
            budget=self._said("budget"),
            own_text=one.schema.name in ROW_CHAPTERS and not one.new,
        )

    def _titles(self, tables: Iterable[str]) -> Mapping[str, str]:
        """What tables are called that there are."""
        return {name: schema.title for name in tables if (schema := self._said(name))}

    def _title(self, filled: Filled, sent: Values) -> str:
        """What the row is called; of a new report or of parts, their measure."""
        maker, measures = self.editor.maker, self.editor.loaded.strategy.measure_by_id
        if filled.new:
            named = about(self.editor, sent) or filled.cells.get("measure", "")
            measure = measures.get(named)
            return cut(measure.title or measure.id, MOST_OF_TITLE) if measure else ""
        return title_of(maker, filled.schema, {f.name: f.text for f in filled.fields})

    def _schema(self, name: str) -> TableSchema | None:
        return self.editor.schema(name)

    @property
    def _top(self) -> str:
        return f"/{self.guard.token}/"

    @property
    def _words(self) -> Words:
        return spoken(self.editor.lang)

    def _page(self, name: str, status: HTTPStatus = HTTPStatus.OK, **shown: Any) -> Response:
        settings = self.editor.loaded.strategy.settings
        template = self._templates.get_template(f"{name}.html")
        text = template.render(
            say=self._words,
            lang=self.editor.lang,
            top=self._top,
            port=str(self.guard.port),
            settings=settings,
            way=lambda: way(self.editor.root),
            unsent=lambda: unsent(self.editor.root),
            **shown,
        )
        return page(text, status)

    def _nothing(self) -> Response:
        return self._page("nothing", HTTPStatus.NOT_FOUND, typed=self._typed)

    @property
    def _typed(self) -> list[tuple[str, str]]:
        """What somebody has typed and just sent."""
        schema = None
        with suppress(Exception):  # it may be just that which can't be read
            schema = self._schema(self._given.get("table", ""))
        return typed(self._given, schema, self.editor.spoken)

    def _error(
        self, error: KlarplanError, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
    ) -> Response:
        lang = self.editor.spoken
        template = self._templates.get_template("error.html")
        text = template.render(
            say=spoken(lang),
            lang=lang,
            top=self._top,
            port=str(self.guard.port),
            place=f"{error.file or ''}{f':{error.line}' if error.line else ''}",
            problem=error.problem.in_(lang),
            cure=error.cure.in_(lang),
            typed=self._typed,
            action=self._form_given if self._form_given in TYPED else "",
            hidden=self._given,
        )
        return page(text, status)


_TOO_LONG = KlarplanError(
    Text(
        "Was Sie eingetragen haben, ist zu lang: Ein Formular fasst "
        f"{MOST_BYTES // 1_000_000} Megabyte, ein Text {PAGE_BYTES // 1000} Kilobyte.",
        f"What you have typed is too long: a form holds {MOST_BYTES // 1_000_000} megabytes, a "
        f"text {PAGE_BYTES // 1000} kilobytes.",
    ),
    Text(
        "Gehen Sie im Browser zurück: Dort steht noch, was Sie eingetragen haben. Kürzen Sie es, "
        "oder verteilen Sie es auf mehrere Texte.",
        "Go back in the browser: what you have typed still stands there. Shorten it, or spread it "
        "over several texts.",
    ),
)


def _which(sent: Values) -> dict[str, str]:
    """What names a text: its file, or its table and id."""
    return {name: sent[name] for name in ("file", "table", "id") if name in sent}


def _number(text: str) -> int | None:
    """A small number that stands in an address."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else None
