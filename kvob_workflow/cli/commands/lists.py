"""How does a read model become a command? Each field of its query is an option.

A query that gains a filter gains the option by itself; only its words have to be written.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, cast

from kvob_workflow.cli.entrance import Entrance, Section
from kvob_workflow.cli.option_choices import chosen, codes
from kvob_workflow.cli.options import Kind, Option, flag_of
from kvob_workflow.cli.windows import until_of
from kvob_workflow.cli.words import OPTION_WORDS

if TYPE_CHECKING:
    from kvob_domain.words import Text
    from kvob_projections.estates import EstateQuery
    from kvob_projections.paging import Page
    from kvob_workflow import Engine
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.entrance import Values
    from kvob_workflow.cli.screens.screen import Screen

# What people ask for is not always called what the query calls it.
_OPTION_OF: Final = {"day": "on", "until": "within", "overdue_only": "overdue"}
_KINDS: Final[dict[object, Kind]] = {
    bool: "flag",
    int: "number",
    int | None: "number",
    date | None: "day",
    datetime | None: "text",
    str | None: "text",
    tuple[str, ...]: "texts",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """A list: the query it takes, how it is asked, how it is drawn. All loaded when called."""

    query: Callable[[], type[EstateQuery]]
    ask: Callable[[Engine, Any], Page[Any]]
    draw: Callable[[Screen, Page[Any], Any], None]


def listing(name: str, title: Text, reading: Reading, about: Text | None = None) -> Entrance:
    """The command that shows a read model."""

    def options() -> tuple[Option, ...]:
        own = [_option(name, field, hint) for field, hint in _hints(reading.query()).items()]
        return tuple(sorted(own, key=_rank))

    def handle(desk: Desk, values: Values) -> None:
        engine = desk.reading_engine
        query = _query(reading.query(), values, engine)
        page = reading.ask(engine, query)

        def draw(screen: Screen) -> None:
            from kvob_workflow.cli.screens.moments import told_moments

            told_moments(screen, query.day, query.known_at, engine.today())
            reading.draw(screen, page, query)

        desk.give(page.items, draw)
        say_parked(desk, engine, query)

    return Entrance((name,), title, Section.LOOK, handle, options, about)


def say_parked(desk: Desk, engine: Engine, query: EstateQuery) -> None:
    """Name the estates that an answer about the past lacks."""
    is_past = query.known_at is not None or (query.day or engine.today()) < engine.today()
    for parked in engine.parked() if is_past else ():
        desk.say(
            f"Niet in dit antwoord: terrein {parked.estate}, onleesbaar ({parked.error}).",
            f"Not in this answer: estate {parked.estate}, unreadable ({parked.error}).",
        )


def _hints(query: type[EstateQuery]) -> dict[str, object]:
    hints = cast("Mapping[str, object]", typing.get_type_hints(query))
    # A reach is a mandate's; at this entrance the keeper of the store asks.
    return {field.name: hints[field.name] for field in fields(query) if field.name != "reach"}


def _option(command: str, field: str, hint: object) -> Option:
    name = _OPTION_OF.get(field, field)
    choices = _choices(hint)
    kind: Kind = "text" if choices or name == "within" else _KINDS[hint]
    return Option(
        name=name,
        kind=kind,
        words=OPTION_WORDS.get(f"{command}:{name}") or OPTION_WORDS[name],
        flags=(flag_of(name),),
        choices=codes(choices) if choices else (),
        hyphen=name == "sort",
    )


def _choices(hint: object) -> type[StrEnum] | None:
    for one in typing.get_args(hint):
        if isinstance(one, type) and issubclass(one, StrEnum):
            return one
    return None


# The day first, then what is particular to the list, then what all lists share.
_LAST: Final = ("municipality", "text", "groups", "sort", "limit", "offset")


def _rank(option: Option) -> tuple[int, str]:
    if option.name in _LAST:
        return 2 + _LAST.index(option.name), ""
    return (0 if option.name in ("on", "within", "known_at") else 1), ""


def _query(query: type[EstateQuery], values: Values, engine: Engine) -> EstateQuery:
    given: dict[str, Any] = {}
    for field, hint in _hints(query).items():
        name = _OPTION_OF.get(field, field)
        if name in values:
            choices = _choices(hint)
            value = values[name]
            given[field] = chosen(flag_of(name), str(value), choices) if choices else value
    given.setdefault("day", engine.today())
    if "known_at" in given:
        given["known_at"] = engine.instant(given["known_at"])
    if "until" in given:
        given["until"] = until_of(str(given["until"]), given["day"])
    if "sort" in given:
        given["sort"] = sort_fields(given["sort"])
    return query(**given)


def sort_fields(sort: tuple[str, ...]) -> tuple[str, ...]:
    """Fields to sort by: several in one option, hyphens for underscores, "-" in front stays."""
    names = [name.strip() for part in sort for name in part.split(",") if name.strip()]
    return tuple(name[0] + name[1:].replace("-", "_") for name in names)
