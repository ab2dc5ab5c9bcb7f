"""Cells that name several entries of another table: one row for each, with its role."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from klarplan.importer.convert import Converter
from klarplan.importer.grid import plain
from klarplan.importer.mapping import Rule, Source
from klarplan.importer.mapping_text import scalar
from klarplan.importer.outcome import Place
from klarplan.importer.several import (
    Role,
    likely_separators,
    parts_of,
    with_roles,
    without_leads,
    without_mark,
    words_lost,
)
from klarplan.importer.state import Run
from klarplan.importer.values import line
from klarplan.messages import Text

Variant = tuple[Mapping[str, str], Mapping[str, str]]
"""The texts of a row for one of its entries, and the values that the entry itself tells."""
_FIELDS = ("measures", "measure_fields")


class Entries:
    """Takes the rows of one source apart."""

    def __init__(
        self,
        run: Run,
        source: Source,
        converters: Sequence[Converter],
        place: Callable[[int, Rule | None], Place],
    ) -> None:
        self.run = run
        self.source = source
        self.schema = run.descriptor.tables[source.table]
        self._place = place
        self._listed = None if source.own else next(filter(self._is_listed, converters), None)
        role = source.rule("role")
        self._roles = self.schema.name == "responsibilities" and role is not None
        self._roles = self._roles and role is not None and role.column is None

    def _is_listed(self, made: Converter) -> bool:
        """Whether each entry of a cell of this column makes a row of its own, or should."""
        if any(rule.split for rule in self.source.rules):
            return bool(made.rule.split)
        field = (self.schema.name, made.rule.target) == ("measures", "field")
        return made.creates and (field or made.rule.target in self.schema.row_key)

    def variants(self, row: int, texts: Mapping[str, str]) -> Sequence[Variant]:
        """The row once for each entry of the cell that may hold several."""
        made = self._listed
        if made is None:
            return [(texts, {})]
        rule, text = made.rule, texts[made.rule.target]
        ranked = self._roles or self._fields(rule)
        bare, leads = without_leads(text, rule.split) if ranked else (text, [])
        parts = parts_of(bare, rule.split, rule.values.keys()) if rule.split else [bare]
        marked: list[tuple[str, Role | None]] = [(part, None) for part in parts]
        if ranked:
            marked = with_roles(parts, leads)
        if self._fields(rule):
            return self._by_lead(texts, marked)
        for name, _ in marked:
            self._warn(made, name, self._place(row, rule))
        for part in parts if ranked else ():
            self._tell_lost(part, self._place(row, rule))
        found: list[Variant] = [
            ({**texts, rule.target: name}, {"role": role} if role else {}) for name, role in marked
        ]
        return found or [(texts, {})]

    def _fields(self, rule: Rule) -> bool:
        """Whether cells name fields of action, of which one leads.

        A column of which no measure has its field names further ones only.
        """
        if not rule.split or rule.target != "field" or self.schema.name not in _FIELDS:
            return False
        measures = [s.rule("field") for s in self.run.mapping.sources if s.table == "measures"]
        return any(field is not None and field.column == rule.column for field in measures)

    def _by_lead(
        self, texts: Mapping[str, str], marked: Sequence[tuple[str, Role | None]]
    ) -> Sequence[Variant]:
        """The leading field for a measure, the first one unless another is marked; else the others.

        The others make rows of ``measure_fields``.
        """
        names = list(dict.fromkeys(name for name, _ in marked))
        first = names[0] if names else ""
        lead = next((name for name, role in marked if role == "lead"), first)
        if self.schema.name == "measures":
            return [({**texts, "field": lead}, {})]
        return [({**texts, "field": name}, {}) for name in names if name != lead]

    def _warn(self, made: Converter, text: str, place: Place) -> None:
        """Remark a new entry that looks like several."""
        marks = likely_separators(text)
        if not marks or not made.creates or made.refers_to is None or made.is_empty(text):
            return
        if plain(text) in made.rule.values or self.run.is_known(made.refers_to, line(text)):
            return
        listed = ", ".join(scalar(mark) for mark in marks)
        self.run.note(
            place,
            Text(
                f"„{line(text)}“ ist als ein Eintrag angelegt. Sind es mehrere, schreiben Sie in "
                f"der Zuordnung unter „split“, was sie trennt: [{listed}].",
                f"“{line(text)}” is created as one entry. If these are several, write into the "
                f"mapping, below “split”, what separates them: [{listed}].",
            ),
        )

    def _tell_lost(self, part: str, place: Place) -> None:
        """Remark what stands beside a name and is more than the role that it is read as."""
        if not (lost := words_lost(part)):
            return
        name, role = without_mark(part)
        told = self.schema.columns["role"].label(role or "") if self._roles else role
        self.run.note(
            place,
            Text(
                f"„{line(part)}“: „{lost}“ wird als „{told}“ gelesen; mehr davon kann die Tabelle "
                f"nicht ausdrücken, eingetragen ist „{name}“.",
                f"“{line(part)}”: “{lost}” is read as “{role}”; more of it can't be expressed in "
                f"the table, which has “{name}”.",
            ),
        )

    def cure(self, target: str, text: str, cure: Text) -> Text:
        """What to do about a cell that can't be read, also where it names several entries."""
        refers = any(key.column == target for key in self.schema.foreign_keys)
        if not refers or not (marks := likely_separators(text)):
            return cure
        listed = ", ".join(scalar(mark) for mark in marks)
        return Text(
            f"{cure.de} Nennt die Zelle mehrere, schreiben Sie unter „split“, was sie trennt: "
            f"[{listed}].".strip(),
            f"{cure.en} If the cell names several, write below “split” what separates them: "
            f"[{listed}].".strip(),
        )
