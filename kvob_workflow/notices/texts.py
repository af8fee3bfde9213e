"""How is a notice said? Dutch and English sentences, grouped by municipality and estate.

What it says of each kind of deadline stands in `sentences`.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.words import Language, Text
from kvob_workflow.notices.sentences import MISSED, SAID, SUBJECTS, day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kvob_workflow.notices.digest import Notice

EVERYBODY: Final = "*"

_KINDS: Final = tuple(DeadlineKind)
_ONE_SUBJECT: Final = Text(
    "KVO-B {name} ({municipality}): {what}", "KVO-B {name} ({municipality}): {what}"
)
_SUBJECT: Final = Text(
    "KVO-B: {notices} kennisgevingen over {estates}", "KVO-B: {notices} notices about {estates}"
)
_TO: Final = Text("Aan {}", "To {}")
_INTRODUCTION: Final = Text(
    "Hieronder staat per terrein wat er aan de orde is en wat u kunt doen.",
    "Below is, for each estate, what fell due and what you can do.",
)
_SINCE: Final = Text("Sinds {}: ", "Since {}: ")
_MISSED: Final = Text("Had moeten gebeuren: ", "Should have happened: ")
_TOO_LATE: Final = Text(
    "{}. Het certificaat is sinds {} niet meer geldig.",
    "{}. The certificate is no longer valid since {}.",
)
_NEXT: Final = Text("Wat nu: ", "What next: ")
_RULE: Final = Text("Regel: ", "Rule: ")
_REFERENCE: Final = Text(
    "Kenmerk {}. Krijgt u een bericht met dit kenmerk nog eens, dan is het hetzelfde bericht.",
    "Reference {}. If a message with this reference reaches you again, it is the same message.",
)
# What a shell leaves alone between double quotes; for other names the command gets the id.
_PLAIN: Final = frozenset(" ,.'-/&()+")


def subject(notices: Sequence[Notice], language: Language) -> str:
    """The line above the message."""
    if len(notices) == 1:
        only = notices[0]
        what = SUBJECTS[only.kind].of(language)
        if only.is_missed:
            what = _MISSED.of(language).lower() + MISSED[only.kind].of(language)
        return _ONE_SUBJECT.of(language).format(
            name=only.name, municipality=only.municipality, what=what
        )
    number = len({notice.estate for notice in notices})
    words = Text("1 terrein", "1 estate") if number == 1 else Text("{} terreinen", "{} estates")
    estates = words.of(language).format(number)
    return _SUBJECT.of(language).format(notices=len(notices), estates=estates)


def message(id: str, recipient: str, notices: Sequence[Notice], language: Language) -> str:
    """The whole message."""
    ordered = sorted(notices, key=_place)
    lines = [] if recipient == EVERYBODY else [_TO.of(language).format(recipient), ""]
    lines += [_INTRODUCTION.of(language), ""]
    for municipality, there in groupby(ordered, lambda notice: notice.municipality):
        lines += [municipality.upper(), ""]
        for _, of_estate in groupby(there, lambda notice: notice.estate):
            lines += _estate(list(of_estate), language)
    lines += ["-- ", _REFERENCE.of(language).format(id)]
    return "\n".join(lines) + "\n"


def lines_of(notice: Notice, language: Language) -> tuple[str, str]:
    """What fell due since when, and what to do next; a line each.

    Of what is missed the first line says all, and the second is empty.
    """
    if notice.is_missed and notice.expires_on is not None:
        expired = day(notice.expires_on, language)
        return _TOO_LATE.of(language).format(_missed([notice], language), expired), ""
    said = SAID[notice.kind]
    last = notice.last_valid_day
    what = said.what.of(language).format(
        due=day(notice.due_on, language), last="?" if last is None else day(last, language)
    )
    since = _SINCE.of(language).format(day(notice.due_on, language))
    command = f'kvob {said.command} "{reference(notice)}"'
    return since + what, _NEXT.of(language) + said.next.of(language).format(command=command)


def reference(notice: Notice) -> str:
    """How a command names the estate, safe to paste in a shell."""
    named = f"{notice.name}, {notice.municipalities[0]}" if notice.municipalities else notice.name
    plain = named[:1].isalnum() and all(sign.isalnum() or sign in _PLAIN for sign in named)
    return named if plain else notice.estate


def _place(notice: Notice) -> tuple[str, str, str, object, int]:
    kind = _KINDS.index(notice.kind)
    return notice.municipality.casefold(), notice.municipality, notice.estate, notice.due_on, kind


def _estate(notices: Sequence[Notice], language: Language) -> Iterator[str]:
    """The lines of one estate; what was missed stands below the expiry that overtook it."""
    expiries = {one.due_on for one in notices if one.kind is DeadlineKind.EXPIRY}
    yield notices[0].name
    for notice in notices:
        if notice.is_missed and notice.expires_on in expiries:
            continue
        what, following = lines_of(notice, language)
        yield f"* {what}"
        if notice.kind is DeadlineKind.EXPIRY:
            missed = [one for one in notices if one.is_missed and one.expires_on == notice.due_on]
            if missed:
                yield f"  {_missed(missed, language)}."
        if following:
            yield f"  {following}"
        yield f"  {_RULE.of(language)}{notice.explained(language)}"
    yield ""


def _missed(notices: Sequence[Notice], language: Language) -> str:
    told = [f"{MISSED[one.kind].of(language)} ({day(one.due_on, language)})" for one in notices]
    return _MISSED.of(language) + ", ".join(told)
