"""LibreOffice of the tests: whether there is one, how to use it, and how to get it.

Tests that need it are skipped where it can't be had: no reader of the papers needs it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest

NAMES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
PACKAGES = (
    ("libreoffice-writer-nogui", "libreoffice-calc-nogui", "libreoffice-impress-nogui"),
    ("libreoffice-writer", "libreoffice-calc", "libreoffice-impress"),
)
LETTERS = "Carlito"
"""What slides and papers in Word show in place of Calibri where that is missing, just as wide."""
EXPORT = (
    'pdf:{program}_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"true"}}'
)


def installed_office() -> Path | None:
    """The LibreOffice of this machine; ``KLARPLAN_OFFICE`` names another one."""
    if named := os.environ.get("KLARPLAN_OFFICE"):
        return Path(named)
    found = (shutil.which(name) for name in NAMES)
    return next((Path(path) for path in found if path), None)


def as_pdf(document: Path, folder: Path, program: str = "writer") -> Path:
    """The tagged PDF that a program of LibreOffice makes of a document.

    Skips the test where there is no LibreOffice, or where it is without that program.
    """
    if installed_office() is not None and program == "impress" and not _has("sd"):
        pytest.skip("LibreOffice Impress fehlt. Führen Sie aus: make office")
    _converted([document], folder, EXPORT.replace("{program}", program))
    return folder / f"{document.stem}.pdf"


def as_csv(tables: Sequence[Path], folder: Path, *, read: str, written: str) -> None:
    """Tables as LibreOffice opens and saves them; skips the test where there is none.

    ``read`` and ``written`` are tokens of its filter for CSV: delimiter, quotation mark, encoding…
    """
    target = f"csv:Text - txt - csv (StarCalc):{written}"
    _converted(tables, folder, target, f"--infilter=CSV:{read}")


def as_workbook(document: Path, folder: Path) -> Path:
    """A workbook as LibreOffice opens and saves it; skips the test where there is none."""
    _converted([document], folder, "xlsx:Calc MS Excel 2007 XML")
    return folder / document.name


def _converted(documents: Sequence[Path], folder: Path, target: str, *options: str) -> None:
    office = installed_office()
    if office is None:
        pytest.skip("LibreOffice fehlt. Führen Sie aus: make office")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        command = [str(office), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless"]
        command += [*options, "--convert-to", target, "--outdir", str(folder)]
        command += map(str, documents)
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=180)
    ending = target.partition(":")[0]
    missing = [d.name for d in documents if not (folder / f"{d.stem}.{ending}").is_file()]
    if missing and ending == "csv" and "filter" in done.stdout + done.stderr:
        pytest.skip("LibreOffice Calc fehlt. Führen Sie aus: make office")
    assert not missing, done.stdout + done.stderr


def _has(part: str) -> bool:
    """Whether LibreOffice has a part, „sc“ or „sd“: they are packages of their own on Debian."""
    office = installed_office()
    return office is not None and any(office.resolve().parent.glob(f"*{part}lo*"))


def _has_letters() -> bool:
    """Whether the machine has Calibri or the typeface of its widths."""
    fontconfig = shutil.which("fc-match")
    if fontconfig is None:
        return sys.platform != "linux"
    found = subprocess.run([fontconfig, "Calibri"], capture_output=True, text=True, check=False)
    return any(name in found.stdout for name in ("Calibri", LETTERS))


def install_office() -> None:
    """Install LibreOffice as a system package where that is allowed."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if not shutil.which("apt-get") or not _runs([*root, "true"]):
        return
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    _runs([*apt, "update"])
    install = [*apt, "install", "--yes", "--no-install-recommends"]
    _runs([*install, f"fonts-crosextra-{LETTERS.lower()}"])
    for packages in PACKAGES:
        if _runs([*install, *packages]):
            return


def main() -> int:
    """Try to get LibreOffice; 0 in any case, with a message where there is none."""
    if installed_office() is None or not (_has("sc") and _has("sd") and _has_letters()):
        print("Für die Prüfungen wird LibreOffice eingerichtet …", flush=True)
        install_office()
    if installed_office() is None:
        print(
            "LibreOffice ließ sich nicht einrichten; Prüfungen, die es brauchen, entfallen.\n"
            "Installieren Sie LibreOffice Writer, oder nennen Sie seinen Pfad: "
            "make test KLARPLAN_OFFICE=/pfad/zu/soffice",
            file=sys.stderr,
        )
    return 0


def _runs(command: list[str]) -> bool:
    """Whether a command ends well within 15 minutes."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=900)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
