"""What does the scheme ask, since when, and who says so? Start at `SchemeBook`."""

from kvob_domain.scheme.book import SchemeBook
from kvob_domain.scheme.edition import Edition, Remark
from kvob_domain.scheme.errors import SchemeFileInvalid, UnknownEdition
from kvob_domain.scheme.policy import Policy
from kvob_domain.scheme.scheme_terms import CovenantPlace, Light, Terms
from kvob_domain.scheme.sourced import Certainty, Sourced

__all__ = [
    "Certainty",
    "CovenantPlace",
    "Edition",
    "Light",
    "Policy",
    "Remark",
    "SchemeBook",
    "SchemeFileInvalid",
    "Sourced",
    "Terms",
    "UnknownEdition",
]
