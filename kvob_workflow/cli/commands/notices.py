"""Which command is about deliveries? List them, send them, send them again."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from kvob_domain.errors import Invalid
from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.notices import Dispatcher
    from kvob_workflow.store import Delivery, DeliveryStatus, EventStore

_MOST_LISTED = 1000
_MOST_RESENT = 100_000


@dataclass(frozen=True, slots=True)
class Resent:
    """How many deliveries are due again."""

    resent: int


@dataclass(eq=False)
class NoticesUnclear(Invalid):
    """Listing, sending and sending again are asked for one at a time."""

    code: ClassVar[str] = "notices-unclear"
    nl: ClassVar[str] = "Geef een van de vier: --status, --send, --resend of --resend-failed."
    en: ClassVar[str] = "Give one of the four: --status, --send, --resend or --resend-failed."


@dataclass(eq=False)
class NoticesFileMissing(Invalid):
    """Channels and recipients are told by a file."""

    code: ClassVar[str] = "notices-file-missing"
    nl: ClassVar[str] = (
        "Er is niet gezegd waarheen berichten gaan. Noem een bestand met kanalen en ontvangers: "
        "--notices BESTAND, of zet KVOB_NOTICES."
    )
    en: ClassVar[str] = (
        "Nobody said where deliveries go. Name a file with channels and recipients: "
        "--notices FILE, or set KVOB_NOTICES."
    )


@entrance(
    "notices",
    Text("Berichten over kennisgevingen: wat wacht, wat mislukte", "Deliveries of notices"),
    Section.KEEP,
    about=Text(
        "Toont wat wacht of mislukt is. Met --send gaat uit wat nieuw of aan de beurt is, langs "
        "de kanalen van --notices; dat eindigt met 7 als er iets niet aankwam.",
        "Lists what waits or failed. With --send what is new or due goes out, through the "
        "channels of --notices; that ends with 7 when something did not arrive.",
    ),
)
def notices(
    desk: Desk,
    *,
    status: str | None = None,
    send: bool = False,
    from_start: bool = False,
    resend: tuple[str, ...] = (),
    resend_failed: bool = False,
) -> ExitCode | None:
    """One of the four, on the store itself."""
    asked = (status is not None, send, bool(resend), resend_failed)
    if sum(asked) > 1 or (from_start and not send):
        raise NoticesUnclear
    missing = desk.missing_store()
    if send and missing is not None:
        from kvob_workflow.cli.commands.running import StoreMissing

        raise StoreMissing(missing)
    with closing(_store(desk)) as store:
        if send:
            return _send(desk, store, from_start=from_start)
        if resend or resend_failed:
            _resend(desk, store, resend)
        else:
            _list(desk, store, status)
        return None


def dispatcher_of(desk: Desk, store: EventStore, *, from_start: bool = False) -> Dispatcher:
    """The dispatcher that the file of the settings describes.

    Raises:
        NoticesFileMissing: the settings name no file.
        Invalid: the file cannot be read, or something in it has another form.
    """
    from kvob_workflow.notices import Dispatcher, read_notices_file
    from kvob_workflow.settings import variables

    file = desk.settings.notices
    if file is None:
        raise NoticesFileMissing
    config = read_notices_file(file)
    return Dispatcher(
        store,
        config.notifiers(file, variables()),
        config.recipients(),
        language=desk.language,
        timeout_seconds=config.timeout_seconds,
        from_start=from_start,
    )


def _store(desk: Desk) -> EventStore:
    """The store of the settings; one that is not there is empty, and stays away."""
    missing = desk.missing_store()
    if missing is None:
        return desk.open_store()
    from kvob_workflow.cli.talk import STORE_MISSING

    desk.say(STORE_MISSING.nl.format(missing), STORE_MISSING.en.format(missing))
    return desk.open_store("memory:")


def _list(desk: Desk, store: EventStore, status: str | None) -> None:
    from kvob_workflow.cli.option_choices import chosen
    from kvob_workflow.cli.screens.notices import draw_deliveries
    from kvob_workflow.store import DeliveryStatus

    wanted: tuple[DeliveryStatus, ...] = (DeliveryStatus.FAILED, DeliveryStatus.WAITING)
    if status is not None:
        wanted = (chosen("--status", status, DeliveryStatus),)
    found: list[Delivery] = store.deliveries(wanted, limit=_MOST_LISTED)
    desk.give(found, lambda screen: draw_deliveries(screen, found))


def _resend(desk: Desk, store: EventStore, ids: tuple[str, ...]) -> None:
    from kvob_workflow.cli.screens.notices import draw_resent
    from kvob_workflow.clock import SystemClock
    from kvob_workflow.notices.dispatcher import resend
    from kvob_workflow.store import DeliveryStatus

    if not ids:
        failed = store.deliveries((DeliveryStatus.FAILED,), limit=_MOST_RESENT)
        ids = tuple(delivery.id for delivery in failed)
    done = Resent(resend(store, ids, SystemClock().now()))
    desk.give(done, lambda screen: draw_resent(screen, done.resent))


def _send(desk: Desk, store: EventStore, *, from_start: bool) -> ExitCode:
    from kvob_workflow.cli.screens.notices import draw_dispatch

    with closing(dispatcher_of(desk, store, from_start=from_start)) as dispatcher:
        report = dispatcher.run_once()
    desk.give(report, lambda screen: draw_dispatch(screen, report))
    return ExitCode.ROWS_REJECTED if report.retried or report.failed else ExitCode.OK
