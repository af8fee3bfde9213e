"""Which commands give the store to process mining? `kvob export xes` and `kvob export ocel`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
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
    parts = form(lambda: engine.histories(found, municipality))
    if out == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.writelines(parts)
        return
    write_whole(out, parts, replace=yes)
    written = f"{desk.words(_WRITTEN)}: {out}"
    desk.give({"output": out}, lambda screen: screen.line(written))
