"""How does a record hold a person's name? Sealed under that person's own key, or not at all.

The domain never opens a seal: it has no keys. Whoever opens one gets the text, `Erased` when the
key was destroyed under the law, or `Unopened` with what is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from kvob_domain.ids import PersonId, PersonIdField
from kvob_domain.words import Text

LONGEST_NAME = 200
_DIGEST = r"^[0-9a-f]{64}$"
_NAME_LENGTH = PydanticCustomError(
    "personal_name_length",
    "{en}",
    {
        "nl": f"een naam heeft 1 tot {LONGEST_NAME} tekens",
        "en": f"a name has 1 to {LONGEST_NAME} characters",
    },
)


class Sealed(BaseModel):
    """A text that only the person's key opens, at the place for which it was sealed.

    `key` is the version of the person's key for `purpose`; `nonce` is hexadecimal, `box` base64
    (AES-256-GCM); `commitment` binds the box to one key: SHA-256 over a label and the key.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    person: PersonIdField
    purpose: str = Field(pattern=r"^[a-z-]{1,32}$")
    key: int = Field(ge=1, le=2**31 - 1)
    nonce: str = Field(pattern=r"^[0-9a-f]{24}$")
    box: str = Field(min_length=24, max_length=2000)
    commitment: str = Field(pattern=_DIGEST)


def _name_in(value: object) -> object:
    """A name in clear, or a sealed one; what is wrong is told without the name."""
    if value is None or isinstance(value, Sealed):
        return value
    if isinstance(value, str):
        if not 0 < len(value.strip()) <= LONGEST_NAME:
            raise _NAME_LENGTH
        return value.strip()
    if isinstance(value, Mapping):
        return Sealed.model_validate(cast("Mapping[str, object]", value))
    msg = "a name is a text"
    raise ValueError(msg)


def _name_out(value: str | Sealed | None) -> object:
    return value.model_dump(mode="json") if isinstance(value, Sealed) else value


class _NameForm:
    """A text or a seal where a name is asked for, a seal alone in what is stored."""

    @staticmethod
    def __get_pydantic_json_schema__(
        schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        del schema
        sealed = Sealed.model_json_schema()
        if handler.mode == "serialization":
            return sealed
        text = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
        return {"anyOf": [text, sealed, {"type": "null"}]}


NameField = Annotated[
    str | Sealed | None, PlainValidator(_name_in), PlainSerializer(_name_out), _NameForm()
]
"""In a command a name in clear; in a stored event a sealed one, never the text."""


class SealFault(StrEnum):
    """Why a seal cannot be opened although the person was not erased."""

    FORGED = "forged"
    WRONG_KEY = "wrong_key"
    KEY_MISSING = "key_missing"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return _FAULT_WORDS[self]


_FAULT_WORDS: dict[SealFault, Text] = {
    SealFault.FORGED: Text("vervalst of verplaatst", "forged or moved"),
    SealFault.WRONG_KEY: Text("verzegeld met een andere sleutel", "sealed under another key"),
    SealFault.KEY_MISSING: Text("sleutel ontbreekt", "key missing"),
}

ERASED_WORDS = Text("gewist", "erased")


@dataclass(frozen=True, slots=True)
class Erased:
    """A person whose data were erased under the law; `on` is the day (UTC) of the erasure."""

    person: PersonId
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Unopened:
    """A seal that cannot be opened, and why."""

    person: PersonId
    fault: SealFault


Opened = str | Erased | Unopened
"""What comes of opening a seal."""
