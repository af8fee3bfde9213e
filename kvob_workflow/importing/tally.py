"""How many rows ended how? Counted while the file is read; refused rows are kept, each small."""

from collections import Counter
from collections.abc import Sequence

from kvob_domain.errors import KvobError
from kvob_domain.ids import EstateId
from kvob_workflow.engine.facts import FactOutcome
from kvob_workflow.importing.report import (
    NO_ROWS,
    ImportReport,
    Notice,
    RejectedRow,
    columns_unknown,
    rows_empty,
    rows_personal,
)

_MOST_SHARED = 4096


class Tally:
    """The counts of one import so far.

    `empty` counts rows of which every field is empty, `personal` those whose free text seems to
    hold personal data.
    """

    def __init__(self) -> None:
        """Nothing is counted."""
        self.empty = 0
        self.personal = 0
        self._accepted = 0
        self._remarks = 0
        self._duplicates = 0
        self._rejected: list[RejectedRow] = []
        self._errors: dict[tuple[str, str], KvobError] = {}
        self._estates: set[EstateId] = set()

    @property
    def rows(self) -> int:
        """The rows counted, without the empty ones."""
        return self._accepted + self._remarks + self._duplicates + len(self._rejected)

    @property
    def taken(self) -> int:
        """The rows of which the store keeps something that it did not have before."""
        return self._accepted + self._remarks

    def count(self, rows: Sequence[int], outcomes: Sequence[FactOutcome]) -> None:
        """Count what the engine answered about these rows."""
        kinds = Counter(outcome.kind for outcome in outcomes)
        self._accepted += kinds["accepted"]
        self._remarks += kinds["remark"]
        self._duplicates += kinds["duplicate"]
        if kinds["rejected"]:
            for row, outcome in zip(rows, outcomes, strict=True):
                if outcome.refusal is not None:
                    self.reject(row, outcome.refusal)
        self._estates.update(outcome.estate for outcome in outcomes if outcome.estate)

    def reject(self, row: int, error: KvobError) -> None:
        """Keep a refused row; rows with the same reason share it."""
        # A traceback would keep every frame of the import, with its chunk, alive.
        error.__traceback__ = error.__context__ = error.__cause__ = None
        key = (error.code, error.message("en"))
        shared = self._errors.get(key, error)
        if len(self._errors) < _MOST_SHARED:
            self._errors[key] = shared
        self._rejected.append(RejectedRow(row, shared))

    def report(self, unknown: tuple[str, ...], *, dry_run: bool) -> ImportReport:
        """The report; `unknown` are the columns that were not read."""
        notices: list[Notice] = []
        if unknown:
            notices.append(columns_unknown(unknown))
        if self.personal:
            notices.append(rows_personal(self.personal))
        if self.empty:
            notices.append(rows_empty(self.empty))
        if not self.rows:
            notices.append(NO_ROWS)
        return ImportReport(
            rows=self.rows,
            accepted=self._accepted,
            remarks=self._remarks,
            duplicates=self._duplicates,
            rejected=tuple(sorted(self._rejected, key=_by_row)),
            notices=tuple(notices),
            estates=len(self._estates),
            dry_run=dry_run,
        )


def _by_row(rejected: RejectedRow) -> int:
    return rejected.row
