"""What do the screens call a code that comes as a text? Rows of lists hold codes, not their words.

In a template: `{{ row.step | coded("step") }}`. A code that nobody has words for shows as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from kvob_domain.actor import Role
from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
from kvob_workflow.web.value_words import VALUE_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.words import Text


class _WordedCode(Protocol):
    @property
    def value(self) -> str: ...

    @property
    def words(self) -> Text: ...


_WORDED: Final[Mapping[str, Iterable[_WordedCode]]] = {
    "step": Step,
    "status": Status,
    "requirement": RequirementCode,
    "deadline": DeadlineKind,
    "irregularity": IrregularityKind,
    "concern": ConcernKind,
    "family": ConcernFamily,
    "role": Role,
    "party": PartyRole,
}
WORDS: Final[Mapping[str, Mapping[str, Text]]] = {
    **{of: {one.value: one.words for one in codes} for of, codes in _WORDED.items()},
    "command": {name_of(one): one.TITLE for one in ALL_COMMANDS},
    **VALUE_WORDS,
}


def words_of(code: object, of: str) -> Text | str:
    """The words of a code of this kind, such as `words_of("valid", "status")`."""
    known = WORDS[of].get(str(code))
    return str(code) if known is None else known
