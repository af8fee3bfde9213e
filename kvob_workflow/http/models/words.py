"""How do a text in both languages and a refusal look in an answer?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from kvob_workflow.http.answers import Model
from kvob_workflow.jsonable import jsonable

if TYPE_CHECKING:
    from kvob_domain.errors import KvobError


class Words(Model):
    """A text in Dutch and in English."""

    nl: str
    en: str


class Reason(Model):
    """Why something is refused or missing: a stable code, what to do about it, the facts of it."""

    code: str
    message: Words
    fields: dict[str, JsonValue]


def words_of(error: KvobError) -> Words:
    """The message of an error, in both languages."""
    return Words(nl=error.message("nl"), en=error.message("en"))


def reason_of(error: KvobError) -> Reason:
    """A refusal as a part of an answer."""
    fields: Any = jsonable(error.fields(), "en")
    return Reason(code=error.code, message=words_of(error), fields=fields)
