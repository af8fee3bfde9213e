"""Which columns has each list as a table? Estates, the register, deadlines and measures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeVar

from kvob_domain.estate.deadline_kinds import DEADLINE_WORDS
from kvob_domain.estate.irregularities import IRREGULARITY_WORDS
from kvob_domain.estate.requirement_codes import REQUIREMENT_WORDS
from kvob_domain.estate.values import MeasureTag, Progress
from kvob_domain.lifecycle.certificate import STATUS_WORDS
from kvob_domain.lifecycle.trajectory import STEP_WORDS
from kvob_domain.parties import PARTY_WORDS
from kvob_domain.words import Text
from kvob_workflow.exports.tables.table import Column, Table, Value

if TYPE_CHECKING:
    from kvob_domain.words import Language
    from kvob_projections.board import BoardRow
    from kvob_projections.deadlines import DueRow
    from kvob_projections.measures import MeasureRow
    from kvob_projections.register import RegisterRow

Row = TypeVar("Row")
Code = TypeVar("Code", bound=StrEnum)
Cells = dict[Column, Value]


def _by_code(words: Mapping[Code, Text]) -> Mapping[str, Text]:
    """Words by the codes that rows hold."""
    return {code.value: text for code, text in words.items()}


_STEPS: Final = _by_code(STEP_WORDS)
_STATUSES: Final = _by_code(STATUS_WORDS)
_REQUIREMENTS: Final = _by_code(REQUIREMENT_WORDS)
_DEADLINES: Final = _by_code(DEADLINE_WORDS)
_ODDS: Final = _by_code(IRREGULARITY_WORDS)
_PARTIES: Final = _by_code(PARTY_WORDS)

_PROGRESSES: Final = _by_code(
    {
        Progress.PLANNED: Text("gepland", "planned"),
        Progress.STARTED: Text("begonnen", "started"),
        Progress.DONE: Text("uitgevoerd", "carried out"),
        Progress.DROPPED: Text("vervallen", "dropped"),
    }
)
_TAGS: Final = _by_code(
    {
        MeasureTag.CLEAN: Text("schoon", "clean"),
        MeasureTag.INTACT: Text("heel", "intact"),
        MeasureTag.SAFE: Text("veilig", "safe"),
    }
)

_ESTATE: Final = Column(Text("Terrein", "Estate"), 32)
_MUNICIPALITY: Final = Column(Text("Gemeente", "Municipality"), 22)
_ID: Final = Column(Text("Kenmerk", "Id"), 34)
_STEP: Final = Column(Text("Stap", "Step"), 22)
_STEP_SINCE: Final = Column(Text("Stap sinds", "Step since"))
_CYCLE: Final = Column(Text("Cyclus", "Cycle"), 8)
_EDITION: Final = Column(Text("Schemaversie", "Scheme edition"))
_STATUS: Final = Column(Text("Certificaat", "Certificate"))
_LEVEL: Final = Column(Text("Niveau", "Level"), 22)
_DERIVED: Final = Column(Text("Niveau afgeleid", "Level derived"))
_VALID_FROM: Final = Column(Text("Geldig vanaf", "Valid from"))
_LAST_VALID: Final = Column(Text("Geldig t/m", "Last valid day"))
_ESTIMATED: Final = Column(Text("Geschat", "Estimated"), 10)
_MISSING: Final = Column(Text("Mist", "Missing"), 40)
_NEXT_DUE: Final = Column(Text("Volgende termijn", "Next deadline"), 16)
_NEXT_KIND: Final = Column(Text("Soort termijn", "Kind of deadline"), 28)
_DONE: Final = Column(Text("Maatregelen uitgevoerd", "Measures carried out"), 12)
_TOTAL: Final = Column(Text("Maatregelen in plan", "Measures in plan"), 12)
_ADVICE: Final = Column(Text("Positief advies", "Positive advice"), 12)
_APPROVALS: Final = Column(Text("Wacht op akkoord", "Approvals waiting"), 12)
_IRREGULARITIES: Final = Column(Text("Bijzonderheden", "Irregularities"), 40)
_NUMBER: Final = Column(Text("Certificaat nr.", "Certificate no."), 10)
_CERTIFICATE_ID: Final = Column(Text("Certificaatkenmerk", "Certificate id"), 38)
_BODY: Final = Column(Text("Certificatie-instelling", "Certification body"), 26)
_DUE_KIND: Final = Column(Text("Termijn", "Deadline"), 30)
_DUE_ON: Final = Column(Text("Uiterlijk", "Due on"))
_OVERDUE: Final = Column(Text("Te laat", "Overdue"), 9)
_COMPUTED: Final = Column(Text("Volgens de regel", "By the rule"), 16)
_REASON: Final = Column(Text("Reden van verplaatsing", "Reason it was moved"), 30)
_ANCHOR: Final = Column(Text("Geteld vanaf", "Counted from"))
_RULE: Final = Column(Text("Regel", "Rule"), 26)
_HOLDER: Final = Column(Text("Staat in", "Said by"))
_MEASURE: Final = Column(Text("Maatregel", "Measure"), 50)
_OWNER: Final = Column(Text("Eigenaar", "Owner"), 26)
_OWNER_ROLE: Final = Column(Text("Rol", "Role"))
_TAG: Final = Column(Text("Dient", "Serves"), 10)
_PROGRESS: Final = Column(Text("Voortgang", "Progress"), 12)
_TARGET: Final = Column(Text("Streefdatum", "Target date"))


def estates_table(rows: Iterable[BoardRow], language: Language = "nl") -> Table:
    """The list of estates, each as it stood on the day asked."""

    def cells(row: BoardRow) -> Cells:
        return {
            _ESTATE: row.estate,
            _MUNICIPALITY: row.municipality,
            _STEP: _word(row.step, _STEPS, language),
            _STEP_SINCE: row.step_since,
            _STATUS: _word(row.status, _STATUSES, language),
            _LEVEL: row.level,
            _DERIVED: row.level_derived,
            _VALID_FROM: row.valid_from,
            _LAST_VALID: row.last_valid_day,
            _ESTIMATED: row.estimated,
            _MISSING: _words(row.missing, _REQUIREMENTS, language),
            _NEXT_DUE: row.next_due_on,
            _NEXT_KIND: _word(row.next_due_kind, _DEADLINES, language),
            _DONE: row.measures_done,
            _TOTAL: row.measures_total,
            _ADVICE: row.positive_advice,
            _APPROVALS: row.approvals,
            _IRREGULARITIES: _words(row.irregularities, _ODDS, language),
            _CYCLE: row.cycle,
            _EDITION: row.edition,
            _ID: row.estate_id,
        }

    columns = (
        *(_ESTATE, _MUNICIPALITY, _STEP, _STEP_SINCE, _STATUS, _LEVEL, _DERIVED, _VALID_FROM),
        *(_LAST_VALID, _ESTIMATED, _MISSING, _NEXT_DUE, _NEXT_KIND, _DONE, _TOTAL, _ADVICE),
        *(_APPROVALS, _IRREGULARITIES, _CYCLE, _EDITION, _ID),
    )
    return _table(Text("Terreinen", "Estates"), columns, rows, cells)


def register_table(rows: Iterable[RegisterRow], language: Language = "nl") -> Table:
    """The register: the certificate that each estate holds on the day asked."""

    def cells(row: RegisterRow) -> Cells:
        return {
            _ESTATE: row.estate,
            _MUNICIPALITY: row.municipality,
            _STATUS: _word(row.status, _STATUSES, language),
            _LEVEL: row.level,
            _DERIVED: row.level_derived,
            _VALID_FROM: row.valid_from,
            _LAST_VALID: row.last_valid_day,
            _ESTIMATED: row.estimated,
            _BODY: row.body,
            _NUMBER: row.certificate_number,
            _CERTIFICATE_ID: row.certificate_id,
            _ID: row.estate_id,
        }

    columns = (
        *(_ESTATE, _MUNICIPALITY, _STATUS, _LEVEL, _DERIVED, _VALID_FROM, _LAST_VALID),
        *(_ESTIMATED, _BODY, _NUMBER, _CERTIFICATE_ID, _ID),
    )
    return _table(Text("Register", "Register"), columns, rows, cells)


def due_table(rows: Iterable[DueRow], language: Language = "nl") -> Table:
    """What falls due, with the rule behind each deadline."""

    def cells(row: DueRow) -> Cells:
        return {
            _DUE_ON: row.due_on,
            _DUE_KIND: _word(row.kind, _DEADLINES, language),
            _ESTATE: row.estate,
            _MUNICIPALITY: row.municipality,
            _OVERDUE: row.overdue,
            _LEVEL: row.level,
            _ANCHOR: row.anchor_on,
            _COMPUTED: row.computed_on,
            _REASON: row.reason or None,
            _ESTIMATED: row.estimated,
            _RULE: row.rule,
            _HOLDER: row.holder or None,
            _EDITION: row.edition,
            _ID: row.estate_id,
        }

    columns = (
        *(_DUE_ON, _DUE_KIND, _ESTATE, _MUNICIPALITY, _OVERDUE, _LEVEL, _ANCHOR, _COMPUTED),
        *(_REASON, _ESTIMATED, _RULE, _HOLDER, _EDITION, _ID),
    )
    return _table(Text("Termijnen", "Deadlines"), columns, rows, cells)


def measures_table(rows: Iterable[MeasureRow], language: Language = "nl") -> Table:
    """The measures of the plans, with who owes each."""

    def cells(row: MeasureRow) -> Cells:
        return {
            _ESTATE: row.estate,
            _MUNICIPALITY: row.municipality,
            _MEASURE: row.text,
            _OWNER: row.owner,
            _OWNER_ROLE: _word(row.owner_role, _PARTIES, language),
            _TAG: _word(row.tag, _TAGS, language),
            _PROGRESS: _word(row.progress, _PROGRESSES, language),
            _TARGET: row.due_on,
            _OVERDUE: row.overdue,
            _CYCLE: row.cycle,
            _ID: row.estate_id,
        }

    columns = (
        *(_ESTATE, _MUNICIPALITY, _MEASURE, _OWNER, _OWNER_ROLE, _TAG, _PROGRESS, _TARGET),
        *(_OVERDUE, _CYCLE, _ID),
    )
    return _table(Text("Maatregelen", "Measures"), columns, rows, cells)


def _table(
    title: Text, columns: tuple[Column, ...], rows: Iterable[Row], cells: Callable[[Row], Cells]
) -> Table:
    found = map(cells, rows)
    return Table(title, columns, (tuple(one[column] for column in columns) for one in found))


def _word(code: str | None, words: Mapping[str, Text], language: Language) -> str | None:
    """The words of a code; the code itself where there are none."""
    known = None if code is None else words.get(code)
    return code if known is None else known.of(language)


def _words(codes: tuple[str, ...], words: Mapping[str, Text], language: Language) -> str | None:
    found = [_word(code, words, language) or code for code in codes]
    return ", ".join(found) or None
