"""How does a history from elsewhere come in? Facts in chunks, each chunk one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kvob_domain.errors import KvobError
from kvob_domain.estate.values import EstateKind, PastFact, Provenance
from kvob_domain.ids import EstateId
from kvob_domain.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class Remark:
    """Something a source says that moves nothing."""

    subject: str
    on: PartialDate
    text: str
    provenance: Provenance


class FactItem(NamedTuple):
    """One statement about an estate, group or other area that is named, not yet identified."""

    name: str
    municipalities: tuple[str, ...]
    kind: EstateKind
    content: PastFact | Remark


class FactOutcome(NamedTuple):
    """What became of an item; `refusal` says why where `kind` is rejected."""

    kind: Literal["accepted", "remark", "duplicate", "rejected"]
    estate: EstateId | None
    refusal: KvobError | None = None


Items = Sequence[FactItem]
