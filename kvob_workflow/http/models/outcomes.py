"""What did a command lead to? The events, the version afterwards, and what else one should know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.engine.history import entry
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.differing import DifferenceLines, difference_lines
from kvob_workflow.http.models.history import HistoryLine, history_line
from kvob_workflow.http.models.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvob_domain.estate.recorded import Recorded
    from kvob_workflow.engine.outcome import Outcome


class BehindLine(Model):
    """A view that could not take the rows of an estate; its events are safe."""

    view: str
    estate: str
    at_version: int


class EstateOutcome(Model):
    """What happened to one estate.

    `version` is the estate's afterwards. `events` are empty for a fact that was on record already.
    `notices` were owed to the estate and were given just before. `position` is that of the last
    event among all events, null when nothing was written.
    """

    estate: str
    version: int
    events: tuple[HistoryLine, ...]
    notices: tuple[HistoryLine, ...]
    position: int | None
    behind: tuple[BehindLine, ...]


class OutcomeModel(EstateOutcome):
    """What a command led to.

    `others` are the other estates of a joint act. `repeated`: this command was carried out before
    and this is its first result. `dry_run`: nothing was written. `warnings` are about free text,
    which cannot be erased later. `preview` is what a correction that was only tried would change,
    `same_act_at` names other estates where the act that is corrected is on record too.
    """

    others: tuple[EstateOutcome, ...]
    repeated: bool
    dry_run: bool
    warnings: tuple[Words, ...]
    preview: DifferenceLines | None
    same_act_at: tuple[str, ...]


def outcome_model(outcome: Outcome) -> OutcomeModel:
    """An outcome as an answer."""
    preview = outcome.preview
    return OutcomeModel(
        **dict(_of_estate(outcome)),
        others=tuple(_of_estate(one) for one in outcome.others),
        repeated=outcome.repeated,
        dry_run=outcome.dry_run,
        warnings=tuple(Words.model_validate(one) for one in outcome.warnings),
        preview=None if preview is None else difference_lines(preview),
        same_act_at=outcome.same_act_at,
    )


def _of_estate(outcome: Outcome) -> EstateOutcome:
    return EstateOutcome(
        estate=outcome.estate,
        version=outcome.version,
        events=_lines(outcome.events),
        notices=_lines(outcome.notices),
        position=outcome.position,
        behind=tuple(BehindLine.model_validate(one) for one in outcome.behind),
    )


def _lines(recorded: Iterable[Recorded]) -> tuple[HistoryLine, ...]:
    return tuple(history_line(entry(one)) for one in recorded)
