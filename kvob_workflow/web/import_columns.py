"""Which columns may a file have that is brought in on a page? In words, with an example."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.importing.columns import COLUMNS, REQUIRED

if TYPE_CHECKING:
    from collections.abc import Mapping

COLUMN_WORDS: Final[Mapping[str, Text]] = {
    "estate": Text("De naam van het bedrijventerrein.", "The name of the business estate."),
    "municipality": Text(
        "De gemeente; twee met een schuine streep ertussen: Aalsmeer/Uithoorn.",
        "The municipality; two with a slash in between: Aalsmeer/Uithoorn.",
    ),
    "event": Text(
        "Wat er gebeurde: kickoff (start), intent_declaration (intentieverklaring), inventory "
        "(veiligheidsanalyse), action_plan (plan van aanpak), covenant (convenant), audit, award "
        "(toekenning), evaluation (evaluatie), recertification (hercertificering), expiry "
        "(laatste geldige dag), of other: een opmerking die niets verandert.",
        "What happened: kickoff, intent_declaration, inventory, action_plan, covenant, audit, "
        "award, evaluation, recertification, expiry (the last valid day), or other: a remark that "
        "changes nothing.",
    ),
    "date": Text(
        "Een dag (2019-10-10), een maand (2019-06), een jaar (2019), of leeg als de bron geen dag "
        "noemt. Een cel met een datum in Excel mag ook.",
        "A day (2019-10-10), a month (2019-06), a year (2019), or empty where the source names no "
        "day. A cell with a date in Excel will do as well.",
    ),
    "source_url": Text(
        "De bron: een webadres of een verwijzing naar een stuk.",
        "The source: a web address, or a reference to a document.",
    ),
    "outcome": Text(
        "held (gehouden), planned (gepland), positive of negative; of leeg.",
        "held, planned, positive or negative; or empty.",
    ),
    "valid_to": Text("De laatste geldige dag van het certificaat.", "The last valid day."),
    "variant": Text(
        "estate (bedrijventerrein), shopping_area, countryside of other_scheme; leeg is estate.",
        "estate, shopping_area, countryside or other_scheme; empty is estate.",
    ),
    "group": Text(
        "yes als de rij over meerdere terreinen als een geheel gaat.",
        "yes where the row is about several estates as one.",
    ),
    "date_basis": Text(
        "stated (de bron noemt de dag) of derived (afgeleid).", "stated by the source, or derived."
    ),
    "level": Text("Het niveau dat de bron noemt.", "The level that the source states."),
    "parties": Text(
        "De organisaties die meedoen, met puntkomma's ertussen; geen namen van personen.",
        "The organisations that take part, with semicolons in between; no names of persons.",
    ),
    "certifier": Text("De certificatie-instelling.", "The certification body."),
    "note": Text(
        "Voor mensen; er wordt niets uit afgeleid.", "For people; nothing is derived from it."
    ),
    "cycle": Text("Het hoeveelste traject dit is: 1, 2, …", "Which trajectory it is: 1, 2, …"),
}
SAMPLE_NAME: Final = "kvob-voorbeeld.csv"
_BOM: Final = "\ufeff"  # without it Dutch Excel takes the file for Windows-1252
_ESTATE: Final = {
    "estate": "De Voorbeeldhoek",
    "municipality": "Voorbeeldstad",
    "source_url": "https://example.org/archief",
}
_ROWS: Final[tuple[Mapping[str, str], ...]] = (
    {"event": "kickoff", "date": "2019-03", "note": "eerste bijeenkomst"},
    {
        "event": "covenant",
        "date": "2019-10-10",
        "parties": "gemeente Voorbeeldstad;politie;brandweer",
    },
    {
        "event": "award",
        "date": "2019-11-21",
        "level": "Basis Samenwerken",
        "valid_to": "2022-11-20",
        "certifier": "Keuringsinstelling Voorbeeld",
    },
    {"event": "other", "date": "2020", "note": "nieuwe slagboom"},
)


def columns() -> tuple[tuple[str, Text, bool], ...]:
    """Each column with what it holds and whether it is needed, those that are needed first."""
    ordered = (*REQUIRED, *(name for name in COLUMNS if name not in REQUIRED))
    return tuple((name, COLUMN_WORDS[name], name in REQUIRED) for name in ordered)


def sample() -> bytes:
    """An example of a made-up estate, which Dutch Excel opens and `kvob import` reads."""
    text = io.StringIO()
    text.write(_BOM)
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**_ESTATE, **row} for row in _ROWS)
    return text.getvalue().encode()
