"""What is worth saying about a notice, or about a deadline that somebody moved?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.terms import last_valid_day

if TYPE_CHECKING:
    from kvob_domain.words import Language


def _kind(details: Mapping[str, Any], language: Language) -> str:
    return DeadlineKind(details["kind"]).words.of(language)


def _noticed(details: Mapping[str, Any], language: Language) -> str:
    told = _kind(details, language)
    if "expires_on" in details:
        last = last_valid_day(date.fromisoformat(details["expires_on"]))
        told += f"; geldig t/m {last}" if language == "nl" else f"; valid to {last}"
    return told


def _expired(details: Mapping[str, Any], language: Language) -> str:
    if not details["estimated"]:
        return ""
    return (
        "uiterste dag, de bron is niet precies"
        if language == "nl"
        else ("the latest possible day, the source is not exact")
    )


def _moved(details: Mapping[str, Any], language: Language) -> str:
    days = f"{details['from_due_on']} → {details['due_on']}"
    return f"{_kind(details, language)}: {days}; {details['reason']}"


def _waived(details: Mapping[str, Any], language: Language) -> str:
    return f"{_kind(details, language)} {details['computed_on']}; {details['reason']}"


DEADLINE_TELLERS: Final[dict[str, Callable[[Mapping[str, Any], Language], str]]] = {
    "notice-given": _noticed,
    "certificate-expired": _expired,
    "deadline-extended": _moved,
    "deadline-replanned": _moved,
    "deadline-waived": _waived,
}
