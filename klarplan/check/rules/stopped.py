"""A rule on measures that were given up."""

from __future__ import annotations

from collections.abc import Iterator

from klarplan.check.rules.registry import rule
from klarplan.check.rules.subject import Subject
from klarplan.messages import Finding, Text
from klarplan.strategy.derive import latest_report


@rule(
    "KP331",
    title=Text("Eingestellt ohne Grund", "Stopped without reason"),
    de="Wird eine Maßnahme eingestellt, sagt eine ihrer Meldungen, warum; oder sie hat eine "
    "Nachfolgerin.",
    severity="warning",
)
def stopped_without_reason(subject: Subject) -> Iterator[Finding]:
    """Where a measure is stopped, one of its reports says why, or it has a successor."""
    strategy = subject.strategy
    for measure in strategy.measures:
        report = latest_report(strategy, measure.id, subject.as_of)
        status = strategy.status_by_id.get(report.status) if report else None
        if report is None or status is None or status.category != "stopped":
            continue
        told = [r for r in strategy.reports_of_measure[measure.id] if r.status == report.status]
        if any((r.text or "").strip() or (r.obstacles or "").strip() for r in told):
            continue
        if measure.id not in strategy.successors_of_measure:
            yield subject.cell(
                "status_reports",
                report.line,
                "status",
                Text(
                    f"{measure.id} ist eingestellt; warum, steht nirgends.",
                    f"{measure.id} is stopped; nowhere is told why.",
                ),
                Text(
                    "Schreiben Sie den Grund in „obstacles“ (Hemmnisse) oder „text“ dieser "
                    "Meldung.",
                    "Write the reason into “obstacles” or “text” of this report.",
                ),
            )
