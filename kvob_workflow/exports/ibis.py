"""How does the national register of estates (IBIS) read the mark? Two of its fields, row by row.

    p_kvob              ja or nee: is there a KVO-B; empty where nobody knows
    p_kvobverloopdatum  the last valid day of the certificate

IBIS takes no other answer than ja or nee and makes nee of what it is not told. An empty `p_kvob`
here is therefore not for loading as it is: somebody has to find out first. The columns that begin
with `kvob_` are ours and say how sure an answer is; IBIS has no place for them.

Source: the schema of IBIS 4.0, https://github.com/B3Partners/flamingo-ibis
(src/main/ddl/upgrade3.1-4.0-views.sql, lines 132-133; create_ibis_database.sql,
`a_plannaam` and `gemeente_naam`). That the date is the last valid day: this project's reading of
"Datum verloop KVO-B", which no source explains.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Final

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.terms import last_valid_day
from kvob_projections.board import BoardRow
from kvob_workflow.exports.cells import harmless

_BOM: Final = b"\xef\xbb\xbf"  # without it Dutch Excel takes the file for Windows-1252
_NO: Final = (Status.SUSPENDED, Status.EXPIRED, Status.WITHDRAWN)
_ENDS: Final = (Status.VALID, Status.SUSPENDED, Status.EXPIRED)


@dataclass(frozen=True, slots=True)
class IbisRow:
    """An estate for IBIS on one day. The names of the first four are those of IBIS."""

    a_plannaam: str
    gemeente_naam: str
    p_kvob: str | None
    p_kvobverloopdatum: date | None
    kvob_status: str
    kvob_niveau: str | None
    kvob_niveau_afgeleid: bool
    kvob_geschat: bool
    kvob_kenmerk: str
    kvob_peildatum: date


def ibis_rows(board: Iterable[BoardRow], day: date) -> Iterator[IbisRow]:
    """The estates of a board of that day, each as IBIS asks for it."""
    for row in board:
        end = row.expires_on if row.status in _ENDS else None
        yield IbisRow(
            a_plannaam=row.estate,
            gemeente_naam=row.municipality,
            p_kvob=_has_mark(row),
            p_kvobverloopdatum=None if end is None else last_valid_day(end),
            kvob_status=row.status,
            kvob_niveau=row.level,
            kvob_niveau_afgeleid=row.level_derived,
            kvob_geschat=row.estimated,
            kvob_kenmerk=row.estate_id,
            kvob_peildatum=day,
        )


def ibis_csv(rows: Iterable[IbisRow]) -> Iterator[bytes]:
    """Semicolons, UTF-8 with a byte order mark, lines that end as RFC 4180 says."""
    yield _BOM + _line([field.name for field in fields(IbisRow)])
    for row in rows:
        yield _line([_cell(getattr(row, field.name)) for field in fields(IbisRow)])


def ibis_json(rows: Iterable[IbisRow]) -> Iterator[bytes]:
    """One JSON array, an object per estate; null where the CSV has nothing."""
    yield b"["
    separator = b"\n"
    for row in rows:
        yield separator + json.dumps(asdict(row), default=str).encode()
        separator = b",\n"
    yield b"\n]\n"


def _has_mark(row: BoardRow) -> str | None:
    if row.status == Status.VALID:
        return "ja"
    if row.status in _NO:
        return "nee"
    # Sources tell of a positive audit, and of no award: it may well have the mark.
    return None if row.status == Status.UNKNOWN or row.positive_advice else "nee"


def _line(cells: list[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return harmless(str(value))
