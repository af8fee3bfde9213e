"""What does a row state? One item for the engine, or the reason why not.

A fact of the mark for business estates becomes a `PastFact`; what moves nothing is kept as a
remark, with all that the row says (`kvob_workflow.importing.nature`).
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from operator import itemgetter

from pydantic import ValidationError

from kvob_domain.estate.values import FactKind, PastFact
from kvob_domain.partial_date import PartialDate
from kvob_domain.refusals.dates import DateInFuture
from kvob_workflow.engine.facts import FactItem, Remark
from kvob_workflow.importing.columns import COLUMNS, LONGEST, Row
from kvob_workflow.importing.fields import (
    cleaned,
    cycle_of,
    date_of,
    parties_of,
    place_of,
    provenance_of,
)
from kvob_workflow.importing.header import Header
from kvob_workflow.importing.nature import nature_of
from kvob_workflow.importing.row_errors import (
    RowEndsBeforeBegin,
    RowFieldsExcess,
    RowFieldTooLong,
    RowRefused,
)

_NOTE = COLUMNS.index("note")
_LONGEST_REMARK = 8000
# What a remark does not repeat in its text: whose it is, and its provenance.
_KEPT_ELSEWHERE = frozenset({"estate", "municipality", "source_url", "date_basis", "note"})
_CERTIFIES = frozenset({FactKind.AWARD, FactKind.RECERTIFICATION})


class RowReader:
    """Reads the rows under one header. `today` is the civil day in Amsterdam."""

    def __init__(self, header: Header, today: date) -> None:
        """The columns stand where `header` says."""
        self._width = header.width
        self._pick: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*header.places)
        self._today = today

    def item(self, record: list[str]) -> FactItem | None:
        """What the row states; None when all its fields are empty.

        Raises:
            RowInvalid: the row is malformed.
            DateInFuture: what it says has happened lies in the future.
        """
        row = self._row(record)
        if row is None:
            return None
        try:
            return self._item(row)
        except ValidationError as error:
            raise _explained(row, error) from None

    def _row(self, record: list[str]) -> Row | None:
        if len(record) != self._width:
            self._fit(record)
        record.append("")  # for the columns that the file lacks
        fields = tuple(map(str.strip, self._pick(record)))
        text = "".join(fields)
        if not text.isprintable():
            return Row._make(cleaned(fields, keep=_NOTE))
        if text or any(map(str.strip, record)):
            return Row._make(fields)
        return None

    def _fit(self, record: list[str]) -> None:
        """Adds or takes away empty fields at the end: Excel leaves separators out, or adds some."""
        width = self._width
        if any(map(str.strip, record[width:])):
            raise RowFieldsExcess(len(record), width)
        record[width:] = [""] * (width - len(record))

    def _item(self, row: Row) -> FactItem:
        # One look-up for the words and one for the place: nearly all rows repeat them.
        said = nature_of(row.event, row.outcome, row.variant, row.group, row.date_basis)
        name, municipalities = place_of(row.estate, row.municipality)
        on = date_of("date", row.date)
        last_valid_day = date_of("valid_to", row.valid_to) if row.valid_to else None
        fact = PastFact(
            kind=said.kind,
            on=on,
            outcome=said.outcome,
            level=row.level or None,
            last_valid_day=last_valid_day,
            parties=parties_of(row.parties) if row.parties else (),
            body=row.certifier or None,
            cycle=cycle_of(row.cycle) if row.cycle else None,
            provenance=provenance_of(row.source_url, said.basis, row.note),
        )
        # The engine refuses such a fact too; a row that becomes a remark it would take.
        if said.is_past and on.earliest is not None and on.earliest > self._today:
            raise DateInFuture(on, self._today)
        if said.is_remark:
            return FactItem(name, municipalities, said.area, _remark(row, fact))
        if last_valid_day is not None:
            _check_end(fact, last_valid_day)
        return FactItem(name, municipalities, said.area, fact)


def _remark(row: Row, fact: PastFact) -> Remark:
    """The row as a remark, whose text is all that it says, as JSON."""
    said = {
        column: text
        for column, text in zip(COLUMNS, row, strict=True)
        if text and column not in _KEPT_ELSEWHERE
    }
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    if len(text) > _LONGEST_REMARK:
        raise RowFieldTooLong("parties", len(text), _LONGEST_REMARK)
    return Remark(row.event.lower(), fact.on, text, fact.provenance)


def _check_end(fact: PastFact, last_valid_day: PartialDate) -> None:
    begin, end = fact.on.earliest, last_valid_day.latest
    if fact.kind in _CERTIFIES and begin and end and end < begin:
        raise RowEndsBeforeBegin(fact.on.text, last_valid_day.text)


def _explained(row: Row, error: ValidationError) -> RowFieldTooLong | RowRefused:
    """Which column is too long; only then does the fact's own check say no."""
    for column, limit in LONGEST.items():
        length = len(getattr(row, column))
        if length > limit:
            return RowFieldTooLong(column, length, limit)
    return RowRefused(error.errors(include_url=False, include_input=False)[0]["msg"])
