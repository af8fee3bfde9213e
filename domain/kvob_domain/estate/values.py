"""What is an agreement made of? The values that commands carry and events keep."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, Field

from kvob_domain.coded import Coded
from kvob_domain.ids import ShortIdField
from kvob_domain.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate
from kvob_domain.parties import PartyRole

# A command of 1850 or 9999 is a slip of the pen, and `PartialDate` could not hold its day.
FIRST_DAY: Final = date(FIRST_YEAR, 1, 1)
LAST_DAY: Final = date(LAST_YEAR, 12, 31)

LAST_VERSION: Final = 2**31 - 1
"""More events than any estate will have; what a database column of versions holds."""


class Value(BaseModel):
    """A frozen value; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def but(self, changes: Mapping[str, object]) -> Self:
        """The same value with other contents in these fields, which are not checked again.

        As `model_copy(update=changes)`, in a quarter of its time: folds do it again and again.
        """
        twin = self.__class__.__new__(self.__class__)
        set_slot = object.__setattr__  # the value is frozen
        set_slot(twin, "__dict__", {**self.__dict__, **changes})
        set_slot(twin, "__pydantic_fields_set__", self.__pydantic_fields_set__ | changes.keys())
        set_slot(twin, "__pydantic_extra__", None)
        set_slot(twin, "__pydantic_private__", None)
        return twin


class EstateKind(Coded):
    """An estate, or what sources tell of beside it and what is not counted as an estate.

    A group is such as "all estates of Weert"; another area is a shopping area, countryside, or
    an area under another scheme.
    """

    ESTATE = "estate", "terrein", "estate"
    GROUP = "group", "groep terreinen", "group of estates"
    OTHER_AREA = "other_area", "ander gebied", "other area"


class Progress(Coded):
    """How far a measure is."""

    PLANNED = "planned", "gepland", "planned"
    STARTED = "started", "begonnen", "started"
    DONE = "done", "uitgevoerd", "done"
    DROPPED = "dropped", "vervallen", "dropped"


class MeasureTag(Coded):
    """What a measure serves: clean, intact and safe (schoon, heel en veilig)."""

    CLEAN = "clean", "schoon", "clean"
    INTACT = "intact", "heel", "intact"
    SAFE = "safe", "veilig", "safe"


class Goal(Value):
    """What the plan wants to reach; measurable where the plan says how."""

    id: ShortIdField
    text: str = Field(min_length=1, max_length=500)
    target: str | None = Field(default=None, max_length=200)


class Measure(Value):
    """One line of the measures matrix, with the organisation that owns it."""

    id: ShortIdField
    text: str = Field(min_length=1, max_length=500)
    owner: str = Field(min_length=1, max_length=200)
    owner_role: PartyRole
    tag: MeasureTag | None = None
    goal: ShortIdField | None = None
    due_on: date | None = None
    progress: Progress = Progress.PLANNED


class AgreementSubject(Coded):
    """What an agreement in the covenant is about."""

    MEETINGS = "meetings", "overleg", "meetings"
    SUPERVISION = "supervision", "toezicht", "supervision"
    LIGHTING = "lighting", "verlichting", "lighting"
    CAMERAS = "cameras", "camera's", "cameras"
    PUBLIC_SPACE = "public_space", "openbare ruimte", "public space"
    OTHER = "other", "overig", "other"


class Agreement(Value):
    """What one party promises; amounts in euro, frequency in times per year."""

    subject: AgreementSubject
    party: str = Field(min_length=1, max_length=200)
    text: str | None = Field(default=None, max_length=500)
    times_per_year: int | None = Field(default=None, ge=0, le=366)
    payer: str | None = Field(default=None, max_length=200)
    amount_eur: Decimal | None = Field(default=None, ge=0, max_digits=12, decimal_places=2)


class Figures(Value):
    """The incident figures of one year: counts, damage in whole euro, safety feeling 0 to 10."""

    year: int = Field(ge=1900, le=2199)
    burglaries: int | None = Field(default=None, ge=0, le=1_000_000_000_000)
    incidents: int | None = Field(default=None, ge=0, le=1_000_000_000_000)
    damage_eur: int | None = Field(default=None, ge=0, le=1_000_000_000_000)
    safety_feeling: Decimal | None = Field(default=None, ge=0, le=10)


class FindingSeverity(Coded):
    """How serious the auditor finds it."""

    MINOR = "minor", "licht", "minor"
    MAJOR = "major", "ernstig", "major"


class AuditFinding(Value):
    """A shortcoming (tekortkoming) that the auditor noted."""

    id: ShortIdField
    severity: FindingSeverity
    text: str = Field(min_length=1, max_length=1000)


class AuditOutcome(Coded):
    """What the auditor advises."""

    POSITIVE = "positive", "advies positief", "positive advice"
    NEGATIVE = "negative", "advies negatief", "negative advice"


class EndReason(Coded):
    """Why a trajectory ends."""

    BY_CHOICE = "by_choice", "uit eigen keuze", "by choice"
    BY_NEGLECT = "by_neglect", "er gebeurde niets meer", "nothing was done any more"
    MERGED = "merged", "samengevoegd met een ander terrein", "merged with another estate"
    OTHER = "other", "een andere reden", "another reason"


class FactKind(Coded):
    """The kinds of fact that a history from elsewhere may state."""

    KICKOFF = "kickoff", "traject gestart", "trajectory started"
    INTENT_DECLARATION = "intent_declaration", "intentieverklaring ondertekend", "intent declared"
    INVENTORY = "inventory", "veiligheidsanalyse gemaakt", "safety analysis made"
    ACTION_PLAN = "action_plan", "plan van aanpak vastgesteld", "action plan adopted"
    COVENANT = "covenant", "convenant ondertekend", "covenant signed"
    AUDIT = "audit", "audit gehouden", "audit held"
    AWARD = "award", "certificaat toegekend", "certificate awarded"
    EVALUATION = "evaluation", "evaluatie gehouden", "evaluation held"
    RECERTIFICATION = "recertification", "gehercertificeerd", "certificate renewed"
    EXPIRY = "expiry", "laatste geldige dag", "last valid day"


class DateBasis(Coded):
    """Whether the source states the date or somebody worked it out."""

    STATED = "stated", "genoemd in de bron", "stated by the source"
    DERIVED = "derived", "afgeleid", "derived"


class Provenance(Value):
    """Where a fact comes from."""

    source: str = Field(min_length=1, max_length=1000)
    basis: DateBasis | None = None
    note: str | None = Field(default=None, max_length=4000)


class PastFact(Value):
    """What a source says has happened (or, for an expiry, will happen).

    `on` may be partial or unknown. `last_valid_day` is the last valid day that the source
    states. `cycle` numbers the trajectory where the source gives it.
    """

    kind: FactKind
    on: PartialDate
    outcome: str | None = Field(default=None, max_length=100)
    level: str | None = Field(default=None, max_length=100)
    last_valid_day: PartialDate | None = None
    parties: tuple[str, ...] = ()
    body: str | None = Field(default=None, max_length=200)
    cycle: int | None = Field(default=None, ge=1, le=999)
    provenance: Provenance
