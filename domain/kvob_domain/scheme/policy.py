"""What do practice and certification bodies ask where no edition is known to say it?

The scheme always wins: the book takes a value from here only when the edition has none.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from kvob_domain.scheme.edition import SCHEME_ID, Remark
from kvob_domain.scheme.scheme_terms import Terms
from kvob_domain.words import Text


class Policy(BaseModel):
    """Values from sources that name no edition."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    id: Annotated[str, Field(pattern=SCHEME_ID)]
    title: Text
    terms: Terms = Field(default_factory=Terms)
    remarks: tuple[Remark, ...] = ()
