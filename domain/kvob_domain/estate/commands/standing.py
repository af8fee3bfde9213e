"""What may be asked while a certificate stands? Evaluate it, suspend it, withdraw it."""

from typing import ClassVar, Literal

from pydantic import Field

from kvob_domain.estate.commands.base import EstateCommand
from kvob_domain.estate.values import Figures
from kvob_domain.ids import EditionId
from kvob_domain.words import Text


class EvaluateYear(EstateCommand):
    """Record the working group's yearly evaluation, with that year's figures if known."""

    TITLE: ClassVar[Text] = Text("Jaarevaluatie vastleggen", "Evaluate the year")
    command: Literal["evaluate_year"] = "evaluate_year"
    figures: Figures | None = None
    note: str | None = Field(default=None, max_length=2000)


class EvaluateTerm(EstateCommand):
    """Adopt the evaluation of the term (1-meting), which starts the recertification.

    Without `edition` the new cycle is pinned to the one in force on that day.
    """

    TITLE: ClassVar[Text] = Text("Eindevaluatie vaststellen", "Evaluate the term")
    command: Literal["evaluate_term"] = "evaluate_term"
    figures: Figures | None = None
    edition: EditionId | None = None
    note: str | None = Field(default=None, max_length=2000)


class SuspendCertificate(EstateCommand):
    """Suspend the certificate; takes a second person."""

    TITLE: ClassVar[Text] = Text("Schorsen", "Suspend the certificate")
    command: Literal["suspend_certificate"] = "suspend_certificate"
    reason: str = Field(min_length=1, max_length=1000)


class RestoreCertificate(EstateCommand):
    """Lift the suspension."""

    TITLE: ClassVar[Text] = Text("Schorsing opheffen", "Restore the certificate")
    command: Literal["restore_certificate"] = "restore_certificate"
    reason: str | None = Field(default=None, max_length=1000)


class WithdrawCertificate(EstateCommand):
    """Withdraw the certificate; takes a second person."""

    TITLE: ClassVar[Text] = Text("Intrekken", "Withdraw the certificate")
    command: Literal["withdraw_certificate"] = "withdraw_certificate"
    reason: str = Field(min_length=1, max_length=1000)


StandingCommand = (
    EvaluateYear | EvaluateTerm | SuspendCertificate | RestoreCertificate | WithdrawCertificate
)
