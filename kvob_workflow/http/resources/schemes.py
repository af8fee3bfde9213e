"""What does the scheme say, and what does this engine make of it? Editions, rules, commands."""

import inspect
from typing import Annotated

from fastapi import Path, Request, Response

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.estate.rules import ALL_RULES
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.table import CERTIFICATE_TABLE, TRAJECTORY_TABLE
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.mandates import scope_for
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.scheme.edition import Edition
from kvob_workflow.http.answers import answered
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import asked_of
from kvob_workflow.http.models.schemes import (
    CommandLine,
    CommandList,
    RuleList,
    RuleOfCommands,
    Scheme,
    SchemeLine,
    SchemeList,
    StatusMove,
    StepMove,
    remark_line,
    term_line,
)
from kvob_workflow.http.models.words import Words

ROUTES = Routes("schemes")

EditionPath = Annotated[
    str, Path(max_length=100, description="The id of an edition, or of the practice policy.")
]


@ROUTES.get("/schemes", SchemeList, scope=None, quick=True)
def list_schemes(request: Request) -> Response:
    """The editions of the scheme, and the policy that holds what practice asks."""
    engine = asked_of(request).engine
    today = engine.today()
    book = engine.book
    holding = book.in_force_on(today)
    lines = [_line(one, in_force=one is holding) for one in book.editions]
    return answered(SchemeList(today=today, items=(*lines, _policy(book))))


@ROUTES.get("/schemes/{edition}", Scheme, scope=None, refusals=(404,))
def scheme(request: Request, edition: EditionPath) -> Response:
    """What holds under an edition, each value with its source; what nobody confirms is marked."""
    engine = asked_of(request).engine
    book = engine.book
    if edition == book.policy.id:
        line, remarks, source = _policy(book), book.policy.remarks, None
        terms = book.policy.terms.held_by(edition)
    else:
        found = book.edition(edition)
        line = _line(found, in_force=found is book.in_force_on(engine.today()))
        remarks, source, terms = found.remarks, found.in_force_from.source, book.terms(edition)
    body = Scheme(
        **dict(line),
        source=source,
        terms=tuple(term_line(name, value) for name, value in terms),
        remarks=tuple(remark_line(one) for one in remarks),
    )
    return answered(body)


@ROUTES.get("/rules", RuleList, scope=None)
def list_rules() -> Response:
    """Every rule that a command can be refused by, with the commands that it looks at."""
    items = tuple(
        RuleOfCommands(
            name=one.name,
            text=inspect.cleandoc(one.text),
            commands=tuple(name_of(command) for command in one.commands),
        )
        for one in ALL_RULES
    )
    return answered(RuleList(items=items))


@ROUTES.get("/commands", CommandList, scope=None)
def list_commands() -> Response:
    """Every command: its name, the right that it takes, and the moves of the lifecycle."""
    return answered(CommandList(items=tuple(_command(one) for one in ALL_COMMANDS)))


def _command(command: type[Command]) -> CommandLine:
    name = name_of(command)
    return CommandLine(
        command=name,
        title=Words.model_validate(command.TITLE),
        about=inspect.getdoc(command) or "",
        scope=scope_for(command),
        steps=tuple(
            StepMove(from_step=Step(source), to_step=Step(target))
            for (source, move), target in TRAJECTORY_TABLE.items()
            if move == name
        ),
        statuses=tuple(
            StatusMove(from_status=Status(source), to_status=Status(target))
            for (source, move), target in CERTIFICATE_TABLE.items()
            if move == name
        ),
    )


def _line(edition: Edition, *, in_force: bool) -> SchemeLine:
    until = edition.in_force_until
    return SchemeLine(
        id=edition.id,
        title=Words.model_validate(edition.title),
        in_force_from=edition.in_force_from.value.text,
        in_force_until=None if until is None else until.value.text,
        in_force_today=in_force,
        values=len(list(edition.terms.known())),
    )


def _policy(book: SchemeBook) -> SchemeLine:
    return SchemeLine(
        id=book.policy.id,
        title=Words.model_validate(book.policy.title),
        in_force_from=None,
        in_force_until=None,
        in_force_today=False,
        values=len(list(book.policy.terms.known())),
    )
