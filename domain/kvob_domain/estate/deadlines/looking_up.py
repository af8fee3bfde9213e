"""Which deadline does a command mean? The open one of its kind and number, if there is one."""

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.deadlines import Deadline, deadlines
from kvob_domain.estate.state import Estate
from kvob_domain.scheme.book import SchemeBook


def named(estate: Estate, book: SchemeBook, kind: DeadlineKind, ordinal: int) -> Deadline | None:
    """The open deadline of a kind and number; None where it is not open."""
    for one in deadlines(estate, book):
        if one.kind is kind and one.ordinal == ordinal:
            return one
    return None
