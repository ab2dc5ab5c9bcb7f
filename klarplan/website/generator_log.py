"""Reads what a site generator says where it fails."""

from __future__ import annotations

import re

from klarplan.messages import KlarplanError, Text
from klarplan.os_errors import explained

COLOUR = re.compile(r"\x1b\[[\d;]*m")
NOISE = re.compile(r"^(INFO|DEBUG)\s|^\s*$|\[macros\]")
REFUSED = re.compile(r"^ERROR +- +\w*Error: \[Errno (\d+)\] ([^:\n]*): '([^'\n]*)'", re.MULTILINE)
TRACEBACK = re.compile(
    r"```\nTraceback.*?(?:```|\Z)|^Traceback.*?^(?=\S+Error)", re.DOTALL | re.MULTILINE
)


def failure(said: str) -> KlarplanError:
    """The error behind what a generator said, in its words; in ours where the system refused."""
    if refused := REFUSED.search(said):
        return explained(OSError(int(refused[1]), refused[2], refused[3]))
    lines = TRACEBACK.sub("", COLOUR.sub("", said)).splitlines()
    told = "\n".join(line for line in lines if not NOISE.search(line))[-4000:]
    return KlarplanError(
        Text(
            f"Die Website ließ sich nicht bauen:\n{told}",
            f"The website could not be built:\n{told}",
        ),
        Text(
            "Beheben Sie, was oben steht; die letzte gute Website bleibt unverändert.",
            "Mend what is said above; the last good website stays as it is.",
        ),
    )
