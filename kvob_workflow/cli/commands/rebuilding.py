"""Which commands rebuild views? `kvob projection rebuild`, `cancel`, `roll-back`, `clear`."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Final

from kvob_domain.ids import EstateId
from kvob_domain.words import Text
from kvob_workflow.cli.commands.no_rebuild import (
    NONE_YET,
    NOTHING_TO_CANCEL,
    NOTHING_TO_RESUME,
    RebuildMissing,
    number_missing,
)
from kvob_workflow.cli.commands.rebuild_options import check_options
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.usage import UsageInvalid

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.engine.rebuilding.reports import RebuildReport
    from kvob_workflow.engine.rebuilding.running import RebuildProgress
    from kvob_workflow.store.rebuilding import RowDifference

_TELL_EVERY_SECONDS: Final = 1.0
_ALL: Final = 1_000_000
_NO_VIEW: Final = Text(
    "Noem een of meer overzichten, of geef --all.", "Name one or more views, or give --all."
)
_NAMES_AND_ALL: Final = Text(
    "Noem overzichten, of geef --all; niet allebei.", "Name views, or give --all; not both."
)
_STOPPED: Final = Text(
    "Onderbroken. De overzichten zijn zoals zij waren; dezelfde opdracht gaat verder waar deze "
    "was, 'kvob projection cancel' breekt de herbouw af.",
    "Interrupted. The views are as they were; the same command goes on where this one was, "
    "'kvob projection cancel' breaks the rebuild off.",
)


@entrance(
    "projection rebuild",
    Text("Overzichten opnieuw opbouwen uit de gebeurtenissen", "Rebuild views from the events"),
    Section.KEEP,
    about=Text(
        "Naast de overzichten die er zijn, terwijl iedereen doorwerkt; elke rij wordt vergeleken "
        "en aan het eind worden de tabellen in één keer verwisseld. Afgebroken gaat dezelfde "
        "opdracht verder. Eindigt met 7 als een terrein achterblijft, met --compare met 8 als "
        "rijen verschillen.",
        "Beside the views that are there, while everybody goes on; each row is compared, and at "
        "the end the tables are traded at once. Broken off, the same command goes on. Ends with 7 "
        "when an estate falls behind, with --compare with 8 when rows differ.",
    ),
)
def rebuild(
    desk: Desk,
    name: tuple[str, ...] = (),
    *,
    all: bool = False,
    estate: str | None = None,
    processes: int | None = None,
    print: bool = False,
    compare: bool = False,
    resume: bool = False,
) -> ExitCode:
    """Build anew and trade, or compare, or repair one estate, or say what would happen."""
    if not (name or all or resume or estate):
        raise UsageInvalid(_NO_VIEW, "kvob projection rebuild")
    if name and all:
        raise UsageInvalid(_NAMES_AND_ALL, "kvob projection rebuild")
    modes = {"--print": print, "--compare": compare, "--resume": resume, "--estate": estate}
    check_options(
        {"--all": all, "--processes": processes is not None, "NAME": name, **modes}, processes
    )
    desk.check_store()
    if print:
        return _print(desk, name)
    if estate is not None:
        report = desk.engine.rebuild_estate(_estate(desk, estate), *name)
        return _give(desk, report, compared_only=False)
    if compare:
        report = desk.reading_engine.compare_views(
            *name, processes=processes or 0, progress=_teller(desk)
        )
        return _give(desk, report, compared_only=True)
    return _give(desk, _built(desk, name, processes or 0, resume=resume), compared_only=False)


def _built(desk: Desk, names: tuple[str, ...], processes: int, *, resume: bool) -> RebuildReport:
    from kvob_workflow.engine.rebuilding.errors import NoRebuild

    told = _teller(desk)
    try:
        return desk.engine.rebuild(*names, processes=processes, resume=resume, progress=told)
    except NoRebuild:
        raise RebuildMissing(NOTHING_TO_RESUME) from None
    except KeyboardInterrupt:
        desk.say(*_STOPPED)
        raise


@entrance(
    "projection cancel",
    Text("Een herbouw afbreken", "Break a rebuild off"),
    Section.KEEP,
    about=Text(
        "Wie eraan werkt, hoort het bij zijn volgende stap. De overzichten blijven zoals zij zijn.",
        "Whoever works on it is told at the next step. The views stay as they are.",
    ),
)
def cancel(desk: Desk) -> None:
    """Break off what is being built."""
    from kvob_workflow.cli.screens.rebuilding import draw_rebuild
    from kvob_workflow.engine.rebuilding.errors import NoRebuild

    desk.check_store()
    try:
        ended = desk.engine.cancel_rebuild()
    except NoRebuild:
        raise RebuildMissing(NOTHING_TO_CANCEL) from None
    desk.give(ended, lambda screen: draw_rebuild(screen, ended))


@entrance(
    "projection roll-back",
    Text("Terug naar de tabellen van voor de herbouw", "Back to the tables of before a rebuild"),
    Section.KEEP,
    about=Text(
        "Met wat er sindsdien is gebeurd. Kan tot een volgende herbouw, of tot 'kvob projection "
        "clear'.",
        "With what happened since. Possible until another rebuild, or 'kvob projection clear'.",
    ),
)
def roll_back(desk: Desk) -> None:
    """Trade the tables back."""
    from kvob_workflow.cli.screens.rebuilding import draw_undone

    desk.check_store()
    undone = desk.engine.undo_rebuild()
    desk.give(undone, lambda screen: draw_undone(screen, undone))


@entrance(
    "projection clear",
    Text("De bewaarde tabellen van voor de herbouw opruimen", "Drop the tables kept of before"),
    Section.KEEP,
    about=Text(
        "Daarna kan 'kvob projection roll-back' niet meer.",
        "After this 'kvob projection roll-back' is not possible any more.",
    ),
)
def clear(desk: Desk) -> None:
    """Drop what a roll-back needs."""
    from kvob_workflow.cli.screens.rebuilding import draw_cleared

    desk.check_store()
    names = desk.engine.clear_rebuilds()
    desk.give({"cleared": names}, lambda screen: draw_cleared(screen, names))


@entrance(
    "projection differences",
    Text("Welke rijen een herbouw anders vond", "Which rows a rebuild found different"),
    Section.LOOK,
)
def differences(desk: Desk, *, number: int | None = None) -> None:
    """The rows that were wrong, each with the event behind the right one."""
    from kvob_workflow.cli.screens.rebuilding import draw_found_by

    desk.check_store()
    kept = {one.number: one for one in desk.reading_engine.rebuilds(_ALL)}
    if not kept:
        raise RebuildMissing(NONE_YET)
    asked = max(kept) if number is None else number
    if asked not in kept:
        raise number_missing(asked, max(kept))
    found = desk.reading_engine.rebuild_differences(asked)
    names = _names(desk, found)
    desk.give(found, lambda screen: draw_found_by(screen, kept[asked], found, names))


def _print(desk: Desk, names: tuple[str, ...]) -> ExitCode:
    """The plan; the store is not even prepared for this release."""
    from kvob_workflow.cli.screens.rebuilding import draw_plan
    from kvob_workflow.engine.rebuilding.planning import plan_of
    from kvob_workflow.engine.rebuilding.upgrading import building
    from kvob_workflow.engine.scheme_files import packaged_book

    with closing(desk.open_store(prepare=False)) as store:
        planned = plan_of(store, packaged_book(), names, desk.of_host()[0])
        unfinished = building(store)
    desk.give(planned, lambda screen: draw_plan(screen, planned, unfinished))
    return ExitCode.OK


def _give(desk: Desk, report: RebuildReport, *, compared_only: bool) -> ExitCode:
    from kvob_workflow.cli.screens.rebuilding import draw_report

    names = _names(desk, report.found)
    desk.give(
        report,
        lambda screen: draw_report(screen, report, names, compared_only=compared_only),
    )
    if compared_only and report.differing:
        return ExitCode.CHANGED
    return ExitCode.ROWS_REJECTED if report.behind else ExitCode.OK


def _names(desk: Desk, found: Sequence[RowDifference]) -> dict[EstateId, str]:
    """Name and municipality of the estates that a screen tells of, as far as they can be read."""
    from kvob_domain.errors import KvobError
    from kvob_workflow.cli.screens.rebuilding import SHOWN

    names: dict[EstateId, str] = {}
    for estate in dict.fromkeys(one.estate for one in found[:SHOWN]):
        # Rows may be there of an estate without events, or with events that cannot be read.
        with suppress(KvobError):
            state = desk.engine.state(estate)
            names[estate] = ", ".join(filter(None, (state.name, "/".join(state.municipalities))))
    return names


def _estate(desk: Desk, text: str) -> EstateId:
    """The estate that is meant; one without events has rows alone, and is named by its id."""
    from kvob_workflow.engine.errors import EstateNotFound

    try:
        return desk.engine.find(text)
    except EstateNotFound:
        return EstateId(text)


def _teller(desk: Desk) -> Callable[[RebuildProgress], None]:
    """Tells of each stage, and of a long one every second."""
    from kvob_workflow.cli.screens.rebuilding import progress_words

    stage, told_at = "", 0.0

    def tell(progress: RebuildProgress) -> None:
        nonlocal stage, told_at
        now = time.monotonic()
        if progress.stage != stage or now - told_at >= _TELL_EVERY_SECONDS:
            stage, told_at = progress.stage, now
            words = progress_words(progress)
            desk.say(words.nl, words.en)

    return tell


ENTRANCES: Final = (rebuild, cancel, roll_back, clear, differences)
"""In the order of the help page."""
