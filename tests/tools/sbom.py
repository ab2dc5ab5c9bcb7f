"""Writes the bill of materials of what a strategy is published with, as CycloneDX 1.6.

It lists every package of ``requirements.lock`` with version, hashes of its files, and the licence
that the installed package states (PEP 639, else its classifiers). Equal locks give equal files.
"""

from __future__ import annotations

import json
import re
import sys
import uuid
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import klarplan

LOCK = Path(__file__).resolve().parents[2] / "requirements.lock"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def licences(name: str) -> list[dict[str, Any]]:
    """What an installed package says of its licence; nothing where it isn't installed."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return []
    if expression := told.get("License-Expression"):
        return [{"expression": expression}]
    kinds = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or [] if "License ::" in c]
    short = (told.get("License") or "").strip()
    names = kinds or ([short] if 0 < len(short) <= 60 else [])
    return [{"license": {"name": kind}} for kind in names]


def component(line: str) -> dict[str, Any]:
    """A line of the lock as a component."""
    requirement = Requirement(line.split(" --hash", maxsplit=1)[0])
    (pin,) = requirement.specifier
    name, version = canonicalize_name(requirement.name), pin.version
    address = f"pkg:pypi/{name}@{version}"
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "purl": address,
        "hashes": [{"alg": "SHA-256", "content": found} for found in _HASH.findall(line)],
    }
    if found := licences(name):
        made["licenses"] = found
    if requirement.marker:
        made["scope"] = "optional"
        made["properties"] = [{"name": "klarplan:marker", "value": str(requirement.marker)}]
    return made


def bill(lock: str) -> dict[str, Any]:
    """The bill of materials of a lock file's text."""
    lines = [line for line in lock.replace("\\\n", " ").splitlines() if re.match(r"\w", line)]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "klarplan",
                "name": "klarplan",
                "version": klarplan.__version__,
                "licenses": [{"expression": "EUPL-1.2"}],
            }
        },
        "components": [component(line) for line in lines],
    }


def main(target: Path) -> None:
    """Write the bill of materials."""
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(bill(LOCK.read_text(encoding="utf-8")), ensure_ascii=False, indent=2)
    target.write_text(text + "\n", encoding="utf-8")
    print(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
