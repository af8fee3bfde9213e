"""How does the board look? By step, in the order of the lifecycle; flat when it is sorted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text as Styled

from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.table import Column, Row, Section, cell, draw_table, lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_projections.board import BoardQuery, BoardRow
    from kvob_projections.paging import Page
    from kvob_workflow.cli.screens.screen import Screen

_EMPTY: Final = Text("Er zijn nog geen terreinen.", "There are no estates yet.")
_EMPTY_ADVICE: Final = Text(
    "Importeer een bestand (kvob import BESTAND), meld een terrein aan (kvob register-estate), "
    "of kijk eerst rond (kvob demo).",
    "Import a file (kvob import FILE), register an estate (kvob register-estate), or look around "
    "first (kvob demo).",
)
_NO_HIT: Final = Text("Geen terrein voldoet aan de vraag.", "No estate fits the question.")
_NO_HIT_ADVICE: Final = Text(
    "Laat een filter weg, of zoek ruimer met --text; groepen tonen kan met --groups.",
    "Leave out a filter, or search wider with --text; --groups shows groups as well.",
)
# Within a step, what still holds comes first.
_ORDER: Final = (
    Status.VALID,
    Status.SUSPENDED,
    Status.WITHDRAWN,
    Status.EXPIRED,
    Status.UNKNOWN,
    Status.NONE,
)


def draw_board(screen: Screen, page: Page[BoardRow], query: BoardQuery) -> None:
    """The page of the board, and below it what its marks mean."""
    if not page.items:
        if phrases.is_filtered(query):
            phrases.nothing(screen, _NO_HIT, _NO_HIT_ADVICE)
        else:
            phrases.nothing(screen, _EMPTY, _EMPTY_ADVICE)
        return
    sections = [_sorted(screen, page)] if query.sort else _by_step(screen, page)
    draw_table(screen, _columns(screen), sections)
    rows = [row for section in sections for row in section.rows]
    _footer(screen, page, query, rows)


def _columns(screen: Screen) -> list[Column]:
    estate = Column(screen.choose("Terrein", "Estate"))
    to_do = Column(screen.choose("Te doen", "To do"))
    certificate = Column(screen.choose("Certificaat", "Certificate"), fixed=True)
    step = Column(screen.choose("Stap", "Step"))
    if screen.is_narrow:
        return [estate, step, certificate, to_do]
    municipality = Column(screen.choose("Gemeente", "Municipality"))
    level = Column(screen.choose("Niveau", "Level"), fixed=True)
    return [estate, municipality, step, certificate, level, to_do]


def _by_step(screen: Screen, page: Page[BoardRow]) -> list[Section]:
    sections: list[Section] = []
    for step in Step:
        items = [item for item in page.items if item.step == step]
        items.sort(key=lambda item: _ORDER.index(Status(item.status)))
        heading = f"{screen.words(step.words)} · {len(items)}"
        sections.append(Section(heading, [_row(screen, item, None) for item in items]))
    return sections


def _sorted(screen: Screen, page: Page[BoardRow]) -> Section:
    return Section(
        None,
        [_row(screen, item, screen.words(Step(item.step).words)) for item in page.items],
    )


def _row(screen: Screen, item: BoardRow, step: str | None) -> Row:
    name, place = cell(item.estate), cell(item.municipality, "dim")
    certificate = _certificate(screen, item)
    level = phrases.level(item.level, item.level_derived)
    todo = lines(*_to_do(screen, item))
    shown_step = cell(step or "")
    if screen.is_narrow:
        held = lines(certificate, level)
        # Nothing beside it: one line is enough.
        alone = not (held.plain or todo.plain or step)
        both = Styled.assemble(name, " · ", place) if alone else lines(name, place)
        return [both, shown_step, held, todo]
    return [name, cell(item.municipality), shown_step, certificate, level, todo]


def _certificate(screen: Screen, item: BoardRow) -> Styled:
    if item.status == Status.NONE and item.positive_advice:
        return cell(screen.words(phrases.ADVICE_ONLY), "dim")
    return phrases.certificate(screen, item.status, item.expires_on, item.estimated)


def _to_do(screen: Screen, item: BoardRow) -> list[Styled]:
    todo: list[Styled] = []
    if item.missing:
        todo.append(cell(phrases.missing(screen, item.missing)))
    if item.approvals:
        waiting = screen.choose(
            f"Akkoord nodig: {item.approvals}", f"Approvals waiting: {item.approvals}"
        )
        todo.append(cell(waiting, "bold"))
    if item.next_due_on and item.next_due_kind:
        kind = phrases.deadline(screen, item.next_due_kind)
        todo.append(cell(f"{kind} {item.next_due_on}"))
    return todo


def _footer(screen: Screen, page: Page[BoardRow], query: BoardQuery, rows: Sequence[Row]) -> None:
    assert query.day is not None
    told = phrases.estates(screen, len(page.items))
    phrases.footer(screen, page, told, query.day)
    phrases.notes(
        screen,
        rows,
        expired=any(item.status == Status.EXPIRED for item in page.items),
    )
