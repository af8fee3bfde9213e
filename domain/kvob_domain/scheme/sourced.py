"""Who says so? A value of the scheme never stands without the page or document that states it."""

from typing import Annotated, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

T = TypeVar("T")

Certainty = Literal["stated", "inferred", "observed"]
"""How the source carries the value.

stated: the source gives it as a rule; observed: the source shows it in a real case; inferred:
this project worked it out from the sources, and a remark of the same file says how.
"""

Source = Annotated[str, Field(min_length=3, pattern=r"^\S(.*\S)?$")]
"""The address of a public page, or the name of a document that a reader can ask for."""


class Sourced(BaseModel, Generic[T]):
    """A value with the source that says so.

    `holder` is the id of the edition or policy that holds the value; the book fills it in.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    value: T
    source: Source
    certainty: Certainty
    holder: str = ""
    more_sources: tuple[Source, ...] = ()


def fault(nl: str, en: str) -> PydanticCustomError:
    """What a rule of the scheme data has against a value, in both languages.

    A rule over several fields opens with the field's name and a colon.
    """
    return PydanticCustomError("scheme-value", "{en}", {"nl": nl, "en": en})
