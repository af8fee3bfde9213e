"""Is a row a fact, or a remark? Said by its columns with fixed words.

What moves nothing is a remark: context (`other`), other variants of the mark, what is only
planned, and a step other than an audit with a negative outcome.
"""

from functools import lru_cache
from typing import Final, NamedTuple

from kvob_domain.estate.values import DateBasis, EstateKind, FactKind
from kvob_workflow.importing.row_errors import RowFieldMissing, RowValueUnknown

_OTHER: Final = "other"
_PLANNED: Final = "planned"
_NEGATIVE: Final = "negative"
_ESTATE: Final = "estate"
_YES: Final = "yes"

_EVENTS: Final = (*(kind.value for kind in FactKind), _OTHER)
_OUTCOMES: Final = ("held", _PLANNED, "positive", _NEGATIVE)
_VARIANTS: Final = (_ESTATE, "shopping_area", "countryside", "other_scheme")
_GROUPS: Final = (_YES, "no")
_BASES: Final = tuple(basis.value for basis in DateBasis)
_SHOWN: Final = 40  # characters of refused input that an error repeats; errors are kept


class Nature(NamedTuple):
    """What the words say together.

    `kind` is that of the fact that a remark would be, kickoff for `other`. `is_past` says that
    the row tells what has happened, so that its date cannot lie in the future.
    """

    kind: FactKind
    outcome: str | None
    basis: DateBasis | None
    area: EstateKind
    is_past: bool
    is_remark: bool


@lru_cache(1024)
def nature_of(event: str, outcome: str, variant: str, group: str, date_basis: str) -> Nature:
    """What the words of a row say together; they are read without regard to case.

    Raises:
        RowFieldMissing: there is no event.
        RowValueUnknown: a column holds another word.
    """
    if not event:
        raise RowFieldMissing("event")
    word = _known("event", event, _EVENTS)
    result = _known("outcome", outcome, _OUTCOMES) or None
    basis = _known("date_basis", date_basis, _BASES)
    kind = FactKind.KICKOFF if word == _OTHER else FactKind(word)
    is_other_variant = _known("variant", variant, _VARIANTS) not in ("", _ESTATE)
    is_group = _known("group", group, _GROUPS) == _YES
    did_not_happen = result == _PLANNED or (result == _NEGATIVE and kind is not FactKind.AUDIT)
    return Nature(
        kind=kind,
        outcome=result,
        basis=DateBasis(basis) if basis else None,
        area=_area(is_group=is_group, is_other_variant=is_other_variant),
        is_past=result != _PLANNED and word != _OTHER and kind is not FactKind.EXPIRY,
        is_remark=word == _OTHER or is_other_variant or did_not_happen,
    )


def _area(*, is_group: bool, is_other_variant: bool) -> EstateKind:
    if is_group:
        return EstateKind.GROUP
    return EstateKind.OTHER_AREA if is_other_variant else EstateKind.ESTATE


def _known(column: str, text: str, known: tuple[str, ...]) -> str:
    word = text.lower()
    if word and word not in known:
        raise RowValueUnknown(column, text[:_SHOWN], known)
    return word
