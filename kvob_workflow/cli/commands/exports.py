"""Which commands give the store to other systems? `kvob export`: xes, ocel, ibis, zgw."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.output_files import STANDARD_OUTPUT, write_whole

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.exports import Histories

_WRITTEN: Final = Text("Geschreven", "Written")
_ABOUT: Final = Text(
    "Codes en kenmerken, geen vrije tekst en geen namen van personen. Dezelfde opslag geeft "
    "dezelfde bytes. De tijd van een gebeurtenis is middernacht van haar dag in Amsterdam.",
    "Codes and ids, no free text and no names of persons. The same store gives the same bytes. "
    "The time of an event is midnight of its day in Amsterdam.",
)


@entrance(
    "export xes",
    Text("Logboek voor process mining, als XES", "Log for process mining, as XES"),
    Section.KEEP,
    about=_ABOUT,
)
def xes(
    desk: Desk,
    out: str,
    *,
    estate: str | None = None,
    municipality: str | None = None,
    yes: bool = False,
) -> None:
    """One trace per estate (IEEE 1849-2016)."""
    from kvob_workflow.exports import xes

    _write(desk, xes, out, estate, municipality, yes)


@entrance(
    "export ocel",
    Text("Logboek voor process mining, als OCEL 2.0", "Log for process mining, as OCEL 2.0"),
    Section.KEEP,
    about=_ABOUT,
)
def ocel(
    desk: Desk,
    out: str,
    *,
    estate: str | None = None,
    municipality: str | None = None,
    yes: bool = False,
) -> None:
    """Events with the objects that they concern (OCEL 2.0, JSON)."""
    from kvob_workflow.exports import ocel

    _write(desk, ocel, out, estate, municipality, yes)


class _Form(StrEnum):
    CSV = "csv"
    JSON = "json"


@entrance(
    "export ibis",
    Text("Voor het register van bedrijventerreinen IBIS", "For IBIS, the register of estates"),
    Section.KEEP,
    about=Text(
        "De velden p_kvob en p_kvobverloopdatum (laatste geldige dag) van elk terrein. Waar "
        "niemand weet of er een keurmerk is, is p_kvob leeg: zoek dat eerst uit.",
        "The fields p_kvob and p_kvobverloopdatum (last valid day) of each estate. Where nobody "
        "knows whether there is a mark, p_kvob is empty: find that out first.",
    ),
)
def ibis(
    desk: Desk,
    out: str,
    *,
    on: date | None = None,
    known_at: str | None = None,
    municipality: str | None = None,
    form: str | None = None,
    yes: bool = False,
) -> None:
    """All estates on a day, as CSV or JSON."""
    from kvob_projections.board import BoardQuery
    from kvob_workflow.cli.commands.lists import say_parked
    from kvob_workflow.cli.option_choices import chosen
    from kvob_workflow.exports.ibis import ibis_csv, ibis_json, ibis_rows

    kind = chosen("--form", form or _Form.CSV.value, _Form)
    engine = desk.reading_engine
    day = on or engine.today()
    known = None if known_at is None else engine.instant(known_at)
    query = BoardQuery(day=day, known_at=known, municipality=municipality, sort=("estate",))
    rows = ibis_rows(engine.board(query).items, day)
    _give(desk, ibis_csv(rows) if kind is _Form.CSV else ibis_json(rows), out, yes)
    say_parked(desk, engine, query)


@entrance(
    "export zgw",
    Text("Voor een zaaksysteem (ZGW)", "For a case system (ZGW)"),
    Section.KEEP,
    about=Text(
        "Per terrein een zaak per cyclus, met statussen, besluiten, resultaat, rollen, "
        "documenten en audittrail, onder de veldnamen van ZGW. Geen vrije tekst, geen personen.",
        "Per estate a zaak for each cycle, with statuses, decisions, result, roles, documents and "
        "audit trail, by the field names of ZGW. No free text, no persons.",
    ),
)
def zgw(
    desk: Desk,
    out: str,
    *,
    estate: str | None = None,
    municipality: str | None = None,
    rsin: str | None = None,
    actors: bool = False,
    yes: bool = False,
) -> None:
    """A JSON array with a document for each estate."""
    from kvob_workflow.exports.zgw import check_rsin, zgw_documents

    own = rsin or desk.settings.rsin or ""
    if own:
        check_rsin(own)
    engine = desk.reading_engine
    found = None if estate is None else engine.find(estate)
    histories = engine.histories(found, municipality)
    _give(desk, zgw_documents(histories, engine.book, rsin=own, persons=actors), out, yes)


def _write(
    desk: Desk,
    form: Callable[[Histories], Iterator[bytes]],
    out: str,
    estate: str | None,
    municipality: str | None,
    yes: bool,
) -> None:
    engine = desk.reading_engine
    found = None if estate is None else engine.find(estate)
    _give(desk, form(lambda: engine.histories(found, municipality)), out, yes)


def _give(desk: Desk, parts: Iterable[bytes], out: str, yes: bool) -> None:
    if out == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(parts)
        return
    write_whole(out, parts, replace=yes)
    written = f"{desk.words(_WRITTEN)}: {out}"
    desk.give({"output": out}, lambda screen: screen.line(written))
