"""How do two moments of an estate stand beside each other? A row for each thing that differs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.words import Text
from kvob_workflow.jsonable import jsonable
from kvob_workflow.web.dates import in_words
from kvob_workflow.web.telling.labels import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kvob_workflow.engine.differing import (
        CertificateChange,
        DeadlineChange,
        Difference,
        FieldChange,
    )
    from kvob_workflow.web.telling.saying import Teller

# Told by another row, or of use to the fold alone.
_NOT_TOLD: Final = frozenset(
    {"moves", "notices", "moved_deadlines", "noted_at", "acted_on", "first_at", "plan_on"}
)
_OF_A_CERTIFICATE: Final = ("valid_from", "expires_on", "level", "body", "edition")
STANDING: Final = Text("Het terrein", "The estate")
CYCLE: Final = Text("Bewijs van deze cyclus", "Evidence of this cycle")
NEEDS: Final = Text("Wat ontbreekt", "What is missing")
CERTIFICATES: Final = Text("Certificaten", "Certificates")
DEADLINES: Final = Text("Termijnen", "Deadlines")


class Place(NamedTuple):
    """Where a difference stands: its group and its label."""

    group: Text
    label: str


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One thing that differs: lines of the first moment and of the second; empty: nothing there."""

    place: Place
    before: tuple[str, ...]
    after: tuple[str, ...]


def diff_rows(found: Difference, teller: Teller) -> list[DiffRow]:
    """The rows of a difference, in a fixed order of groups."""
    return [
        *(row for one in found.fields if (row := _field(one, teller))),
        *_needs(found, teller),
        *(row for one in found.certificates for row in _certificate(one, teller)),
        *(_deadline(one, teller) for one in found.deadlines),
    ]


def lines_in(name: str, value: object, teller: Teller) -> tuple[str, ...]:
    """A value as lines: one for each member of a list, one for each field of an object."""
    plain = jsonable(value, teller.language)
    if isinstance(plain, list):
        return tuple(teller.value(name, one) for one in plain)
    if isinstance(plain, dict):
        said = teller.said(cast("Mapping[str, object]", plain))
        told = ((one.label, one.items or (one.text,)) for one in said if not one.is_minor)
        return tuple(f"{label}: {line}" for label, lines in told for line in lines)
    return () if plain in (None, "") else (teller.value(name, plain),)


def _field(change: FieldChange, teller: Teller) -> DiffRow | None:
    head, _, name = change.field.rpartition(".")
    if not head and name in _NOT_TOLD:
        return None
    place = Place(CYCLE if head else STANDING, label_of(name).of(teller.language))
    before, after = lines_in(name, change.before, teller), lines_in(name, change.after, teller)
    if len(before) + len(after) > 2:  # of lists what is in one of them only
        before, after = (
            tuple(one for one in before if one not in after),
            tuple(one for one in after if one not in before),
        )
    return DiffRow(place, before, after) if before != after else None


def _needs(found: Difference, teller: Teller) -> Iterator[DiffRow]:
    lacks = (Text("ontbreekt", "missing").of(teller.language),)
    fine = (Text("niet meer nodig", "no longer missing").of(teller.language),)
    for codes, before, after in ((found.met, lacks, fine), (found.lacking, (), lacks)):
        for code in codes:
            label = RequirementCode(code).words.of(teller.language)
            yield DiffRow(Place(NEEDS, label), before, after)


def _certificate(change: CertificateChange, teller: Teller) -> Iterator[DiffRow]:
    name = Text("Certificaat {}", "Certificate {}").of(teller.language).format(change.number)
    if change.before is None or change.after is None:
        sides = [
            ()
            if one is None
            else tuple(
                f"{label_of(field).of(teller.language)}: {line}"
                for field in _OF_A_CERTIFICATE
                for line in lines_in(field, getattr(one, field), teller)
            )
            for one in (change.before, change.after)
        ]
        yield DiffRow(Place(CERTIFICATES, name), *sides)
    for one in change.fields:
        place = Place(CERTIFICATES, f"{name}, {label_of(one.field).of(teller.language).lower()}")
        before, after = (lines_in(one.field, side, teller) for side in (one.before, one.after))
        if before != after:
            yield DiffRow(place, before, after)


def _deadline(change: DeadlineChange, teller: Teller) -> DiffRow:
    label = deadline_label(change, teller)
    sides = (_day(change.before, teller), _day(change.after, teller))
    return DiffRow(Place(DEADLINES, label), *sides)


def deadline_label(change: DeadlineChange, teller: Teller) -> str:
    """Which deadline it is that came, went or moved."""
    words = DeadlineKind(change.kind).words.of(teller.language)
    return words if change.ordinal <= 1 else f"{words} ({change.ordinal})"


def _day(day: date | None, teller: Teller) -> tuple[str, ...]:
    return () if day is None else (in_words(day, teller.language),)
