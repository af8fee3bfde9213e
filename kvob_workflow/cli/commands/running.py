"""Which commands keep the deadlines? `kvob sweep` once, for cron; `kvob run` until stopped."""

from __future__ import annotations

import json
import sys
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Unavailable
from kvob_domain.words import Text
from kvob_workflow.addresses import shown
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine import SweepReport
    from kvob_workflow.engine.hosting import Rung
    from kvob_workflow.notices import Dispatcher, DispatchReport


@dataclass(eq=False)
class StoreMissing(Unavailable):
    """A sweep of a store that is not there would look as if all was well."""

    code: ClassVar[str] = "store-missing"
    nl: ClassVar[str] = (
        "De opslag {path} bestaat niet; er is niets nagekeken. Verbeter --store of KVOB_STORE, "
        "of vul de opslag eerst."
    )
    en: ClassVar[str] = (
        "The store {path} does not exist; nothing was looked at. Correct --store or KVOB_STORE, "
        "or fill the store first."
    )
    path: str


@entrance(
    "sweep",
    Text("Alle kennisgevingen doen die nu verschuldigd zijn", "Give every notice that is owed now"),
    Section.KEEP,
    about=Text(
        "Eenmalig, voor cron. Herhalen, of op meer machines tegelijk, kan geen kwaad. Zijn de "
        "termijnen meer dan 400 dagen niet nagekeken, dan is --confirm nodig. Met --notices gaan "
        "daarna de berichten uit. Eindigt met 7 als het voor een terrein of bericht niet lukte.",
        "Once, for cron. Repeating it, or on several machines at once, does no harm. When the "
        "deadlines were not looked at for over 400 days it takes --confirm. With --notices the "
        "messages go out afterwards. Ends with 7 when it failed for an estate or a message.",
    ),
)
def sweep(desk: Desk, *, confirm: bool = False) -> ExitCode:
    """One sweep, then the messages that are to go out, also when the sweep fails."""
    from kvob_workflow.cli.screens.notices import draw_dispatch
    from kvob_workflow.cli.screens.swept import draw_sweep

    check_store(desk)
    with dispatching(desk) as dispatcher:
        try:
            report = desk.engine.sweep(confirm=confirm)
        finally:
            sent = dispatcher.run_once() if dispatcher is not None else None

    def draw(screen: Screen) -> None:
        draw_sweep(screen, report)
        if sent is not None:
            draw_dispatch(screen, sent)

    desk.give(_document(report, sent), draw)
    late = sent is not None and (sent.retried or sent.failed)
    return ExitCode.ROWS_REJECTED if report.held or late else ExitCode.OK


@entrance(
    "run",
    Text(
        "De termijnen bewaken tot het gestopt wordt", "Watch over the deadlines until it is stopped"
    ),
    Section.KEEP,
    about=Text(
        "Kijkt om de 30 seconden, en zodra een dag begint waarop iets vervalt. Is KVOB_LOG_KEY "
        "gezet, dan staat elke gebeurtenis binnen vijf seconden in het bewijslogboek. Stop met "
        "Ctrl-C of SIGTERM. Met --json één JSON-document per regel voor elke keer dat er iets "
        "gebeurde.",
        "Looks every 30 seconds, and when a day begins on which something falls due. When "
        "KVOB_LOG_KEY is set, every event is in the proof log within five seconds. Stop it with "
        "Ctrl-C or SIGTERM. With --json one JSON document a line for each time that something "
        "happened.",
    ),
)
def run(desk: Desk, *, interval: str | None = None) -> ExitCode:
    """The alarm clock in the foreground; SIGINT and SIGTERM end it with code 0."""
    from kvob_workflow.alarm import DEFAULT_INTERVAL
    from kvob_workflow.cli.intervals import interval_of
    from kvob_workflow.cli.serving import errors_told, until_stopped

    every = interval_of(interval, DEFAULT_INTERVAL)
    check_store(desk)
    engine, store, seconds = desk.engine, shown(desk.settings.store), f"{every.total_seconds():g}"
    with errors_told(desk), dispatching(desk) as dispatcher, sequencing(desk):
        notify = dispatcher.run_once if dispatcher is not None else None

        def begin() -> None:
            desk.say(
                f"Bewaakt de termijnen in {store}, elke {seconds} s. Stop met Ctrl-C.",
                f"Watching the deadlines in {store}, every {seconds} s. Stop with Ctrl-C.",
            )
            engine.start(interval=every, notify=notify, heard=_teller(desk))

        def end() -> None:
            if dispatcher is not None:
                dispatcher.close()  # a notifier that hangs would keep the ring from ending
            engine.close()
            desk.say("Gestopt.", "Stopped.")

        until_stopped(begin, end)
    return ExitCode.OK


@contextmanager
def dispatching(desk: Desk) -> Generator[Dispatcher | None]:
    """The dispatcher of the settings, joined before the first sweep; None when none is set."""
    if desk.settings.notices is None:
        yield None
        return
    from kvob_workflow.cli.commands.notices import dispatcher_of

    with (
        closing(desk.open_store()) as store,
        closing(dispatcher_of(desk, store)) as dispatcher,
    ):
        dispatcher.join()
        yield dispatcher


@contextmanager
def sequencing(desk: Desk) -> Generator[None]:
    """Fills the proof log beside the sweeps, when a key for it is set."""
    if desk.settings.log_key is None:
        yield
        return
    from kvob_workflow.cli.commands.proofs import signer_of, stored
    from kvob_workflow.proofs.following import Follower

    signer = signer_of(desk)
    with stored(desk) as store, closing(Follower(store, signer)) as follower:
        follower.start()
        yield


def check_store(desk: Desk) -> None:
    missing = desk.missing_store()
    if missing is not None:
        raise StoreMissing(missing)


def _document(report: SweepReport | None, sent: DispatchReport | None) -> dict[str, object]:
    """What a sweep and a round of deliveries did, for JSON."""
    return {"swept": report, "deliveries": sent}


def _teller(desk: Desk) -> Callable[[Rung], None]:
    """Says in one line what a ring did, when it did something."""
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.cli.screens.swept import ring_line
    from kvob_workflow.jsonable import jsonable
    from kvob_workflow.notices import DispatchReport

    screen = Screen(desk.language)

    def tell(rung: Rung) -> None:
        sent = rung.notified if isinstance(rung.notified, DispatchReport) else None
        given = rung.report is not None and rung.report.given
        if not given and sent in (None, DispatchReport()):
            return
        # Who no longer reads must not stop the sweeps.
        with suppress(OSError, ValueError):
            if desk.as_json:
                document = jsonable(_document(rung.report, sent), desk.language)
                print(json.dumps(document), flush=True)
            else:
                print(ring_line(screen, rung.report, sent), file=sys.stderr, flush=True)

    return tell
