"""How do days, reasons and lists read in a sentence? In Dutch and in English at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.partial_date import PartialDate
from kvob_domain.words import MONTHS, Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvob_domain.parties import Party, Signatory

_AND = Text(" en ", " and ")


def said(nl: str, en: str, *further: Text) -> Text:
    """A sentence, with further sentences behind it."""
    return Text(
        " ".join([nl, *(one.nl for one in further if one.nl)]),
        " ".join([en, *(one.en for one in further if one.en)]),
    )


def day(on: date) -> Text:
    """A civil day: 3 juni 2021, 3 June 2021."""
    month = MONTHS[on.month - 1]
    return Text(f"{on.day} {month.nl} {on.year}", f"{on.day} {month.en} {on.year}")


def partial(on: PartialDate) -> Text:
    """A day, month or year as far as it is known."""
    if on.year is None:
        return Text("Datum onbekend", "Date unknown")
    if on.month is None:
        return Text(str(on.year), str(on.year))
    month = MONTHS[on.month - 1]
    number = "" if on.day is None else f"{on.day} "
    return Text(f"{number}{month.nl} {on.year}", f"{number}{month.en} {on.year}")


def quoted(text: str | None, nl: str = "Reden", en: str = "Reason") -> Text:
    """What somebody wrote, as a sentence; nothing where nobody did."""
    if not text:
        return Text("", "")
    return Text(f"{nl}: {closed(text)}", f"{en}: {closed(text)}")


def closed(text: str) -> str:
    """A text that ends as a sentence does."""
    shown = " ".join(text.split())
    return shown if shown.endswith((".", "!", "?")) else f"{shown}."


def listed(items: Iterable[str]) -> Text:
    """Names in a row, with "and" before the last."""
    names = list(items)
    if len(names) < 2:
        return Text("".join(names), "".join(names))
    head = ", ".join(names[:-1])
    return Text(f"{head}{_AND.nl}{names[-1]}", f"{head}{_AND.en}{names[-1]}")


def organisations(parties: Iterable[Party | Signatory]) -> Text:
    """The organisations of parties; who signed for them stays out of the page."""
    return listed(dict.fromkeys(one.organisation for one in parties))


def number(count: int, nl: tuple[str, str], en: tuple[str, str]) -> Text:
    """So many of something."""
    one = count == 1
    return Text(f"{count} {nl[0] if one else nl[1]}", f"{count} {en[0] if one else en[1]}")
