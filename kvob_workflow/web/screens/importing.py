"""How does a history from elsewhere come in by the page? Looked at first, and only then recorded.

    GET  /import            what the file should look like, and a form to choose it
    POST /import            a rehearsal: what would become of each row; nothing is recorded
    POST /import/rows       the same file, now recorded; to send it again does no harm
    POST /import/rejected   the refused rows with the reasons, to mend and to bring in again

Read next: `import_content` (how the file goes from page to page).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Final

from fastapi import Response

from kvob_domain.errors import Invalid, KvobError, Unavailable
from kvob_domain.estate.values import PastFact
from kvob_domain.mandates import Scope
from kvob_workflow.http.problems import is_of_inside, status_of
from kvob_workflow.importing import import_upload, rejected_rows_csv
from kvob_workflow.importing.row_errors import RowInvalid
from kvob_workflow.importing.rows import RowReader
from kvob_workflow.web.import_columns import SAMPLE_NAME, columns, sample
from kvob_workflow.web.import_content import chosen, rehearsed
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvob_workflow.engine.facts import FactItem
    from kvob_workflow.importing import Upload
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("importing")
_SHOWN_ROWS: Final = 8
_SHOWN_REFUSED: Final = 200
_CSV: Final = "text/csv; charset=utf-8"


@SCREENS.get("/import", scope=Scope.PAST_RECORD)
def import_page(ask: Ask) -> Response:
    """What a file should look like, and the form to choose one."""
    _demand(ask)
    return _first(ask)


@SCREENS.get("/import/sample", scope=Scope.PAST_RECORD)
def import_sample(ask: Ask) -> Response:
    """An example file."""
    del ask
    return _download(sample(), SAMPLE_NAME)


@SCREENS.post("/import", scope=Scope.PAST_RECORD, takes_upload=True)
def rehearse_import(ask: Ask) -> Response:
    """What would become of each row; nothing is recorded."""
    _demand(ask)
    try:
        content = chosen(ask)
        upload = content.upload()
        report = import_upload(ask.desk, upload, dry_run=True)
    except (Invalid, Unavailable) as error:
        if is_of_inside(error):
            raise
        return _first(ask, error)
    return page(
        ask,
        "import_rehearsed.html",
        content=content,
        report=report,
        first=tuple(_first_rows(ask, upload)),
        most=_SHOWN_REFUSED,
    )


@SCREENS.post("/import/rows", scope=Scope.PAST_RECORD, takes_upload=True)
def import_file_rows(ask: Ask) -> Response:
    """Record the rows that were rehearsed."""
    _demand(ask)
    content = rehearsed(ask)
    report = import_upload(ask.desk, content.upload())
    return page(ask, "import_done.html", content=content, report=report, most=_SHOWN_REFUSED)


@SCREENS.post("/import/rejected", scope=Scope.PAST_RECORD, takes_upload=True)
def import_rejected(ask: Ask) -> Response:
    """The refused rows as a file."""
    _demand(ask)
    upload = rehearsed(ask).upload()
    report = import_upload(ask.desk, upload, dry_run=True)
    name = ask.t("kvob-geweigerde-rijen.csv", "kvob-refused-rows.csv")
    return _download(rejected_rows_csv(upload, report, ask.language), name)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row as it would be recorded; without a fact it is kept as a remark."""

    number: int
    item: FactItem
    fact: PastFact | None


def _first_rows(ask: Ask, upload: Upload) -> Iterator[ReadRow]:
    return islice(_read(ask, upload), _SHOWN_ROWS)


def _read(ask: Ask, upload: Upload) -> Iterator[ReadRow]:
    reader = RowReader(upload.header, ask.today)
    for number, record in upload.rows():
        if isinstance(record, RowInvalid):
            continue
        try:
            item = reader.item(record)
        except KvobError:
            continue  # the report tells of it
        if item is not None:
            fact = item.content if isinstance(item.content, PastFact) else None
            yield ReadRow(number, item, fact)


def _demand(ask: Ask) -> None:
    """Let through who may register what is not known yet as well; the rehearsal needs it too."""
    ask.visitor.mandate.demand(Scope.ESTATES_REGISTER)


def _first(ask: Ask, error: KvobError | None = None) -> Response:
    return page(
        ask,
        "import.html",
        status=200 if error is None else status_of(type(error)).value,
        problem=None if error is None else error.message(ask.language),
        columns=columns(),
        most=ask.pages.upload_bytes,
        megabytes=Decimal(ask.pages.upload_bytes) / 1_000_000,
        sheet=_sheet(ask),
    )


def _sheet(ask: Ask) -> str:
    given = ask.form.get("sheet", "")
    return given if isinstance(given, str) else ""


def _download(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type=_CSV)
