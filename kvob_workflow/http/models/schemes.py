"""What does the scheme say, which rules are applied, and which commands are there?"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import JsonValue

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import Scope
from kvob_workflow.http.answers import Model
from kvob_workflow.http.models.words import Words

if TYPE_CHECKING:
    from kvob_domain.scheme.edition import Remark
    from kvob_domain.scheme.sourced import Sourced

Certainty = Literal["stated", "inferred", "observed"]


class SchemeLine(Model):
    """An edition, or the practice policy, which is never in force by itself.

    The days are as exact as a source gives them: "2014", "2014-03" or "2014-03-01".
    """

    id: str
    title: Words
    in_force_from: str | None
    in_force_until: str | None
    in_force_today: bool
    values: int


class TermLine(Model):
    """A value of the scheme. Where it is not `known`, no source confirms one, and no rule refuses.

    `holder` is the edition or policy that holds the value, `source` the page or document that
    states it, `certainty` how it does: as a rule, shown in a real case, or worked out.
    """

    name: str
    known: bool
    value: JsonValue
    holder: str | None
    source: str | None
    certainty: Certainty | None
    more_sources: tuple[str, ...]


class RemarkLine(Model):
    """What could not be confirmed or needs explaining."""

    text: Words
    source: str
    about: str | None


class Scheme(SchemeLine):
    """One edition with every value that holds under it, and what nobody confirms."""

    source: str | None
    terms: tuple[TermLine, ...]
    remarks: tuple[RemarkLine, ...]


class SchemeList(Model):
    """The editions in the order in which they came into force, and the practice policy."""

    today: date
    items: tuple[SchemeLine, ...]


class RuleOfCommands(Model):
    """A rule: its name is a sentence, `text` says it with its source."""

    name: str
    text: str
    commands: tuple[str, ...]


class RuleList(Model):
    """The rules, in the order in which they speak; the lifecycle speaks before them all."""

    items: tuple[RuleOfCommands, ...]


class StepMove(Model):
    """A move of the trajectory: from a step to a step."""

    from_step: Step
    to_step: Step


class StatusMove(Model):
    """A move of the certificate: from a status to a status."""

    from_status: Status
    to_status: Status


class CommandLine(Model):
    """A command: what it is called, the right that it takes, and the moves that it makes."""

    command: str
    title: Words
    about: str
    scope: Scope
    steps: tuple[StepMove, ...]
    statuses: tuple[StatusMove, ...]


class CommandList(Model):
    """Every command that there is."""

    items: tuple[CommandLine, ...]


def term_line(name: str, found: Sourced[Any] | None) -> TermLine:
    """A value of the scheme, or that nobody confirms one."""
    if found is None:
        return TermLine(
            name=name,
            known=False,
            value=None,
            holder=None,
            source=None,
            certainty=None,
            more_sources=(),
        )
    return TermLine(
        name=name,
        known=True,
        value=found.model_dump(mode="json")["value"],
        holder=found.holder,
        source=found.source,
        certainty=found.certainty,
        more_sources=found.more_sources,
    )


def remark_line(remark: Remark) -> RemarkLine:
    """A remark of a scheme file."""
    return RemarkLine(
        text=Words.model_validate(remark.text), source=remark.source, about=remark.about
    )
