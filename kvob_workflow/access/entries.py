"""Who looked at an estate, and what did a person look at? The log, read and filtered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

from kvob_workflow.access.errors import AccessLogUnreadable
from kvob_workflow.access.pseudonyms import Pseudonyms
from kvob_workflow.clock import civil_day


@dataclass(frozen=True, slots=True)
class Entry:
    """One question. `person` is a pseudonym; `asked` are its filters, `rows` the answer's length.

    A text that was searched for stands in `asked` as a pseudonym too.
    """

    at: datetime
    person: str
    role: str
    organisation: str | None
    entrance: str
    question: str
    estate: str | None
    asked: Mapping[str, object]
    rows: int | None


@dataclass(frozen=True, slots=True)
class Listed:
    """What the log says, oldest first; `torn` are the numbers of lines that are no entry."""

    entries: tuple[Entry, ...]
    torn: tuple[int, ...]


def entries(
    path: Path,
    *,
    estate: str | None = None,
    person: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Listed:
    """The entries of a log. Days are civil days in Amsterdam, both inclusive; `person` an id.

    Lists over many estates, such as the board, name no estate.

    Raises:
        AccessLogUnreadable: the file is not there or cannot be read.
        AccessKeyMissing, AccessKeyUnusable: a person is asked for, and the key cannot be used.
    """
    found: list[Entry] = []
    torn: list[int] = []
    try:
        # Opened before the key is looked for: to look makes nothing.
        with path.open("rb") as lines:
            who = None if person is None else Pseudonyms(path).of_person(person)
            for number, line in enumerate(lines, start=1):
                if not line.strip():
                    continue
                entry = _entry(line)
                if entry is None:
                    torn.append(number)
                elif (
                    estate in (None, entry.estate)
                    and who in (None, entry.person)
                    and (since is None or civil_day(entry.at) >= since)
                    and (until is None or civil_day(entry.at) <= until)
                ):
                    found.append(entry)
    except OSError as error:
        raise AccessLogUnreadable(str(path), error.strerror or str(error)) from None
    return Listed(tuple(found), tuple(torn))


def _entry(line: bytes) -> Entry | None:
    """The entry in a line; None where it was cut off or is something else."""
    try:
        told = json.loads(line)
        at = datetime.fromisoformat(told["at"])
        texts = [told[name] for name in ("person", "role", "entrance", "question")]
    except (ValueError, KeyError, TypeError):
        return None
    if at.tzinfo is None or not all(isinstance(text, str) for text in texts):
        return None
    members = cast("Mapping[str, object]", told)  # json gives objects text keys
    estate, organisation = members.get("estate"), members.get("organisation")
    asked, rows = members.get("asked"), members.get("rows")
    person, role, entrance, question = texts
    return Entry(
        at=at,
        person=person,
        role=role,
        organisation=organisation if isinstance(organisation, str) else None,
        entrance=entrance,
        question=question,
        estate=estate if isinstance(estate, str) else None,
        asked=cast("Mapping[str, object]", asked) if isinstance(asked, dict) else {},
        rows=rows if isinstance(rows, int) else None,
    )
