"""Which columns does a history have? Found by name; their order in the file is free."""

from typing import Final, NamedTuple


class Row(NamedTuple):
    """The fields of one row, as text; an absent column gives an empty field."""

    estate: str
    municipality: str
    event: str
    date: str
    source_url: str
    outcome: str
    valid_to: str
    variant: str
    group: str
    date_basis: str
    level: str
    parties: str
    certifier: str
    note: str
    cycle: str


COLUMNS: Final = Row._fields
REQUIRED: Final = ("estate", "municipality", "event", "date", "source_url")

LONGEST: Final = {
    "estate": 200,
    "municipality": 200,
    "source_url": 1000,
    "level": 100,
    "parties": 4000,
    "certifier": 200,
    "note": 4000,
}
"""How many characters of a field are kept; a longer one is refused."""
