"""What does somebody want otherwise in the matrix? Read from the form, measure by measure.

Each measure has inputs named `m.<id>.<field>`. The progress that he saw stands beside the one that
he chose, so that what he did not touch follows what others did meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvob_domain.estate.values import Measure

_PREFIX: Final = "m."
PARTS: Final = ("was", "progress", "owner", "note")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is filled in for one measure; `was` is the progress that its giver saw."""

    measure: str
    was: str = ""
    progress: str = ""
    owner: str = ""
    note: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was touched."""
        return not (self.moves or self.owner.strip() or self.note.strip())

    @property
    def moves(self) -> bool:
        """Whether another progress was chosen than the one that was seen."""
        return self.progress != self.was

    def progress_of(self, measure: Measure) -> str:
        """The progress that is wanted: that of today where none was chosen."""
        return self.progress if self.moves else measure.progress.value

    def changes(self, measure: Measure) -> bool:
        """Whether a measure, as it is today, would be otherwise."""
        owner = self.owner.strip()
        moves = self.moves and self.progress != measure.progress.value
        return moves or bool(self.note.strip()) or owner not in ("", measure.owner)

    def inputs(self) -> Iterable[tuple[str, str]]:
        """The inputs that hold it."""
        return ((input_name(self.measure, part), getattr(self, part)) for part in PARTS)


def input_name(measure: str, part: str) -> str:
    """The name of an input of a measure."""
    return f"{_PREFIX}{measure}.{part}"


def wishes_in(pairs: Iterable[tuple[str, object]]) -> Mapping[str, Wish]:
    """What was filled in, by measure; what nobody touched is not in it."""
    found: dict[str, dict[str, str]] = {}
    for name, text in pairs:
        measure, _, part = name.removeprefix(_PREFIX).rpartition(".")
        if name.startswith(_PREFIX) and measure and part in PARTS and isinstance(text, str):
            found.setdefault(measure, {}).setdefault(part, text.replace("\r\n", "\n"))
    every = (Wish(measure, **texts) for measure, texts in found.items())
    return {one.measure: one for one in every if not one.is_empty}
