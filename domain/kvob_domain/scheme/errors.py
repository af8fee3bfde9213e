"""What can be wrong with the scheme data, or with the edition that somebody names?

KvobError
├── NotFound: UnknownEdition
└── Invalid:  SchemeFileInvalid
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, NotFound


@dataclass(eq=False)
class UnknownEdition(NotFound):
    """No edition of the scheme has this id; `known` lists the ids that there are."""

    code: ClassVar[str] = "unknown-edition"
    nl: ClassVar[str] = "Schemaversie '{edition}' is onbekend. Kies een van: {known}."
    en: ClassVar[str] = "Scheme edition '{edition}' is unknown. Choose one of: {known}."
    edition: str
    known: str


@dataclass(eq=False)
class SchemeFileInvalid(Invalid):
    """A scheme file cannot be used; `file` is the id that it states, `field` the dotted path."""

    code: ClassVar[str] = "scheme-file-invalid"
    nl: ClassVar[str] = (
        "Schemabestand '{file}', veld '{field}': {problem_nl}. "
        "Verbeter het bestand en begin opnieuw."
    )
    en: ClassVar[str] = (
        "Scheme file '{file}', field '{field}': {problem_en}. Correct the file and start again."
    )
    file: str
    field: str
    problem_nl: str
    problem_en: str
