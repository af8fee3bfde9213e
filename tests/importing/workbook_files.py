"""Workbooks for the tests: XLSX by XlsxWriter, ODS and broken ones by hand."""

from __future__ import annotations

import importlib
import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

# Any: it comes without types.
xlsxwriter: Any = importlib.import_module("xlsxwriter")
HEADER: Final = ("estate", "municipality", "event", "date", "source_url")
AWARD: Final = ("De Vendel", "Veenendaal", "award", "2010-10-21", "https://example.nl/bericht")
_ODS: Final = "application/vnd.oasis.opendocument.spreadsheet"


def xlsx(fill: Callable[[Any, Any], None]) -> bytes:
    """A workbook that `fill` writes: it gets the workbook and its first sheet."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        fill(workbook, workbook.add_worksheet("Feiten"))
    return content.getvalue()


def xlsx_of(*rows: tuple[object, ...], first: int = 0, column: int = 0) -> bytes:
    """A workbook with one sheet of these rows."""

    def fill(workbook: Any, sheet: Any) -> None:
        as_day = workbook.add_format({"num_format": "dd-mm-yyyy"})
        for number, row in enumerate(rows, start=first):
            for place, value in enumerate(row, start=column):
                if isinstance(value, date | datetime):
                    sheet.write_datetime(number, place, value, as_day)
                elif isinstance(value, str):
                    sheet.write_string(number, place, value)
                else:
                    sheet.write(number, place, value)

    return xlsx(fill)


def ods_of(*rows: str, more: str = "", manifest: str = "<manifest/>") -> bytes:
    """A workbook with one table; each row is what stands in a `table-row`."""
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Feiten">{table}</table:table>'
        f"{more}</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({name: part.encode() for name, part in parts.items()})


def ods_text(value: str, repeated: int = 1) -> str:
    """A cell with a text."""
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )


def ods_value(kind: str, value: str, shown: str) -> str:
    """A cell with a float, a date (date-value) or a boolean (boolean-value)."""
    name = "value" if kind == "float" else f"{kind}-value"
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}={quoteattr(value)}>'
        f"<text:p>{escape(shown)}</text:p></table:table-cell>"
    )


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip file, compressed."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return content.getvalue()


def with_part(workbook: bytes, name: str, part: bytes) -> bytes:
    """The same workbook with another part of that name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as source:
        parts = {one: source.read(one) for one in source.namelist()}
    return zipped({**parts, name: part})


def sheet_xml(rows: str) -> bytes:
    """A worksheet with these rows as XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode()
