"""What became of the rows of an import?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Reason, Words, reason_of

if TYPE_CHECKING:
    from kvob_workflow.importing.report import ImportReport


class RejectedLine(Model):
    """A row that was refused; `row` is the number of its first line in the file, from 1."""

    row: int
    reason: Reason


class NoticeLine(Model):
    """Something about the file as a whole; no row was lost by it."""

    code: str
    text: Words


class ImportModel(Model):
    """The outcome of an import: the four counts add up to the rows.

    `estates` counts those that the rows speak of, known before or not.
    """

    rows: int
    accepted: int
    remarks: int
    duplicates: int
    rejected: tuple[RejectedLine, ...]
    notices: tuple[NoticeLine, ...]
    estates: int
    dry_run: bool


def import_model(report: ImportReport) -> ImportModel:
    """The report of an import as an answer."""
    return ImportModel(
        rows=report.rows,
        accepted=report.accepted,
        remarks=report.remarks,
        duplicates=report.duplicates,
        rejected=tuple(
            RejectedLine(row=row, reason=reason_of(error)) for row, error in report.rejected
        ),
        notices=tuple(NoticeLine.model_validate(one) for one in report.notices),
        estates=report.estates,
        dry_run=report.dry_run,
    )
