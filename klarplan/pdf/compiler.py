"""A program of its own: sets one Typst file as PDF, so that its memory is free again afterwards.

Called with a JSON file; needs nothing of Klarplan. A refusal is told in ``refusal.json`` beside it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst


def main(order: Path) -> int:
    """Carries out an order, whose keys are root, main, output, fonts, standards and timestamp.

    Returns 1 where the typesetter refuses, and writes its message, hints and the place.
    """
    wanted = json.loads(order.read_text(encoding="utf-8"))
    compiler = typst.Compiler(
        wanted["main"], root=wanted["root"], font_paths=wanted["fonts"], ignore_system_fonts=True
    )
    try:
        compiler.compile_with_warnings(
            output=wanted["output"],
            format="pdf",
            pdf_standards=wanted["standards"],
            timestamp=wanted["timestamp"],
        )
    except typst.TypstError as error:
        told = {
            "message": error.message,
            "hints": list(error.hints),
            "place": str(error.diagnostic),
        }
        order.with_name("refusal.json").write_text(json.dumps(told), encoding="utf-8")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
