"""On which version was a command decided, and under which id is it given? Two headers say so.

`If-Match` holds the ETag of the estate. RFC 9110, 13.1.1: `*` takes any version, a list the one
that is current, and a weak tag never matches. `Idempotency-Key` is the id of the command.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_workflow.engine.command_ids import checked_id
from kvob_workflow.http.errors import ConditionMalformed, ConditionMissing, ConditionNeverMet

if TYPE_CHECKING:
    from fastapi import Request

    from kvob_domain.ids import CommandId

_TAG: Final = re.compile(r'\s*(W/)?"([\x21\x23-\x7e\x80-\xff]*)"\s*')
_VERSION: Final = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_MOST: Final = 20


class Condition(NamedTuple):
    """The versions that a command may be carried out on; empty: any."""

    versions: tuple[int, ...]


def condition_of(request: Request) -> Condition:
    """What If-Match asks for.

    Raises:
        ConditionMissing: there is no such header.
        ConditionMalformed: it is not what RFC 9110 describes.
        ConditionNeverMet: no estate ever has one of these tags.
    """
    given = ",".join(request.headers.getlist("if-match"))
    if not given.strip():
        raise ConditionMissing
    if given.strip() == "*":
        return Condition(())
    tags = [_TAG.fullmatch(one) for one in given.split(",")]
    if len(tags) > _MOST or None in tags:
        raise ConditionMalformed
    strong = [tag[2] for tag in tags if tag is not None and tag[1] is None]
    versions = tuple(int(one) for one in strong if _VERSION.fullmatch(one))
    if not versions:
        raise ConditionNeverMet
    return Condition(versions)


def command_id_of(request: Request) -> CommandId | None:
    """The id that the client gave the command; a quoted text is the text in it.

    Raises:
        CommandIdMalformed: it cannot be kept.
    """
    given = request.headers.get("idempotency-key")
    if given is not None and len(given) > 1 and given[0] == given[-1] == '"':
        given = given[1:-1]
    return checked_id(given)
