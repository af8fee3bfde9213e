"""Which command prepares questions about the past? `kvob periods build`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen

_EVERY = 10_000


@entrance(
    "periods build",
    Text("Vragen over het verleden voorbereiden", "Prepare questions about the past"),
    Section.KEEP,
    about=Text(
        "De eerste vraag over het verleden doet dit zelf; bij veel terreinen duurt dat minuten. "
        "Onderbroken gaat het verder waar het was. Daarna houdt 'kvob run' het bij. Eindigt met 7 "
        "als een terrein onleesbaar is.",
        "The first question about the past does this itself; with many estates that takes minutes. "
        "Cut short it goes on where it was. Afterwards 'kvob run' keeps it up. Ends with 7 when an "
        "estate is unreadable.",
    ),
)
def build(desk: Desk) -> ExitCode:
    """Work out what lists about the past need."""
    told = 0

    def progress(done: int) -> None:
        nonlocal told
        if done // _EVERY > told:
            told = done // _EVERY
            desk.say(f"{done} terreinen…", f"{done} estates…")

    engine = desk.reading_engine
    done = engine.build_periods(progress)
    parked = engine.parked()

    def draw(screen: Screen) -> None:
        screen.line(screen.choose(f"Bijgewerkt: {done} terreinen.", f"Worked out: {done} estates."))
        for one in parked:
            screen.line(
                screen.choose(
                    f"Onleesbaar: terrein {one.estate} ({one.error}).",
                    f"Unreadable: estate {one.estate} ({one.error}).",
                )
            )

    desk.give({"estates": done, "parked": parked}, draw)
    return ExitCode.ROWS_REJECTED if parked else ExitCode.OK
