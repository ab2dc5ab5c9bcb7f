"""A workbook as bytes that depend on nothing but what is in it."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from klarplan.zip_files import EPOCH, zipped


def saved(workbook: Workbook, day: dt.date | None) -> bytes:
    """A workbook as a file that was made and changed on a day, never on that of the build."""
    moment = dt.datetime.combine(day, dt.time()) if day else dt.datetime(*EPOCH)
    workbook.properties.created = workbook.properties.modified = moment
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        ExcelWriter(workbook, archive).write_data()
    with zipfile.ZipFile(buffer) as archive:
        return zipped({name: archive.read(name) for name in archive.namelist()})
