"""Which commands are about the standing of projections? `kvob projection status|retry|skip`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk

_NOT_CALLED: Final = Text(
    "Niets is aangeroepen: KVOB_PROJECTIONS noemt {0} hier niet. {0} heeft al zijn pogingen terug; "
    "de toepassing die hem heeft, of 'kvob run' met KVOB_PROJECTIONS, roept hem aan.",
    "Nothing was called: KVOB_PROJECTIONS does not name {0} here. {0} has all its attempts again; "
    "the host that has it, or 'kvob run' with KVOB_PROJECTIONS, calls it.",
)


@entrance(
    "projection status",
    Text("Hoe ver elk overzicht en elke volger is", "How far each projection and follower is"),
    Section.KEEP,
    about=Text(
        "Overzichten worden met elke opdracht bijgewerkt; gevolgde overzichten, het verleden, het "
        "bewijslogboek, berichten en volgers van een toepassing (KVOB_PROJECTIONS) lezen de "
        "gebeurtenissen daarna. Met een naam ook de fout, de gebeurtenis, de terreinen die "
        "ontbreken en wat is overgeslagen. Eindigt met 7 als er een stilstaat of terreinen mist.",
        "Views are written with each command; followed views, the past, the proof log, notices "
        "and the effects of a host (KVOB_PROJECTIONS) read the events afterwards. With a name also "
        "the error, the event, the estates that are lacking and what was skipped. Ends with 7 when "
        "one has stalled or lacks estates.",
    ),
)
def status(desk: Desk, name: str | None = None, *, exact: bool = False) -> ExitCode:
    """All of them in a table, or one with its details."""
    from kvob_workflow.cli.screens.projections import draw_all, draw_one

    desk.check_store()
    found = desk.reading_engine.projection_status(name, exact=exact)
    if name is None:
        newest = next(iter(desk.reading_engine.rebuilds(1)), None)
        begun = newest if newest is not None and newest.status == "building" else None
        document = {"projections": found, "unfinished_rebuild": begun}
        desk.give(document, lambda screen: draw_all(screen, found, begun))
    else:
        desk.give(found[0], lambda screen: draw_one(screen, found[0]))
    needed = any(one.needs_somebody for one in found)
    return ExitCode.ROWS_REJECTED if needed else ExitCode.OK


@entrance(
    "projection retry",
    Text("Opnieuw proberen wat mislukte", "Try again what failed"),
    Section.KEEP,
    about=Text(
        "Een overzicht werkt de terreinen die het mist opnieuw uit. Een volger krijgt al zijn "
        "pogingen terug, en wordt meteen aangeroepen als KVOB_PROJECTIONS hem noemt. Eindigt met 7 "
        "als het weer mislukt.",
        "A projection works out the estates that it lacks. An effect gets all its attempts again, "
        "and is called at once when KVOB_PROJECTIONS names it. Ends with 7 when it fails again.",
    ),
)
def retry(desk: Desk, name: str) -> ExitCode:
    """How it is after another try."""
    from kvob_workflow.cli.screens.projections import draw_one
    from kvob_workflow.followers import FollowerKind, Standing

    desk.check_store()
    found = desk.engine.retry_projection(name)
    desk.give(found, lambda screen: draw_one(screen, found))
    is_here = name in {effect.name for effect in desk.of_host()[1]}
    if found.kind is FollowerKind.EFFECT and not is_here:
        desk.say(*(text.format(name) for text in (_NOT_CALLED.nl, _NOT_CALLED.en)))
    failed = found.needs_somebody or found.standing is Standing.FAILING
    return ExitCode.ROWS_REJECTED if failed else ExitCode.OK


@entrance(
    "projection skip",
    Text("Eén gebeurtenis overslaan", "Step over one event"),
    Section.KEEP,
    about=Text(
        "Alleen bij een volger die op een gebeurtenis mislukt. Precies die gebeurtenis wordt "
        "overgeslagen; reden, persoon en tijdstip blijven bewaard en staan in 'projection status'.",
        "Only for an effect that fails at an event. Exactly that event is stepped over; reason, "
        "person and instant are kept and stand in 'projection status'.",
    ),
)
def skip(desk: Desk, name: str, *, reason: str | None = None) -> None:
    """What was skipped, and why."""
    from kvob_workflow.cli.screens.projections import draw_skipped

    desk.check_store()
    skipped = desk.engine.skip_event(name, reason or "")
    desk.give(skipped, lambda screen: draw_skipped(screen, (skipped,)))


ENTRANCES: Final = (status, retry, skip)
"""In the order of the help page."""
