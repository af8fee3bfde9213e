"""What does a proposal ask? The fields of the act in words, for the person who decides on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_domain.mandates import Scope
from kvob_domain.partial_date import PartialDate
from kvob_workflow.web.dates import partly_in_words
from kvob_workflow.web.telling.saying import Teller
from kvob_workflow.web.telling.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvob_domain.estate.commands.oversight import TwoPersonCommand
    from kvob_domain.words import Language
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Ask

_TOLD_APART: Final = {"command", "estate", "on", "reason"}


class Asked(NamedTuple):
    """One field of an act; `href` leads to the event that it speaks of, for who may see it."""

    label: str
    text: str
    href: str | None


def asked_in(ask: Ask, history: Iterable[HistoryEntry], act: TwoPersonCommand) -> tuple[Asked, ...]:
    """Everything in an act but its day and reason, which stand beside it."""
    body = act.model_dump(mode="json", exclude_defaults=True, exclude=_TOLD_APART)
    return tuple(_fields(ask, body, tuple(history)))


def _fields(
    ask: Ask, body: dict[str, object], history: tuple[HistoryEntry, ...]
) -> Iterator[Asked]:
    for one in Teller(ask.language).said({"act": body}):
        entry = next(
            (each for each in history if each.via is None and each.version == one.event), None
        )
        if entry is None:
            yield Asked(one.label, one.whole, None)
        else:
            may_see = ask.may(Scope.HISTORY_READ)
            href = ask.links.to(f"/estates/{ask.estate}/history/{entry.version}")
            yield Asked(one.label, _event(entry, ask.language), href if may_see else None)


def _event(entry: HistoryEntry, language: Language) -> str:
    title = title_of(entry).of(language)
    day = partly_in_words(PartialDate.parse(entry.on), language)
    return f"{entry.version}: {title}, {day}"
