"""Why did a notice not leave? One class per cause, each saying what to do next.

KvobError (kvob_domain.errors)
├── NotFound
│   └── DeliveryNotFound        no delivery has this id
├── Invalid
│   ├── NoticesFileUnreadable   the file with recipients and channels cannot be read
│   └── NoticesFileInvalid      something in it has another form
└── Unavailable
    ├── ChannelFull             too many sends of this channel were left behind
    ├── CommandFailed           the command could not start, failed, or took too long
    ├── MailFailed              the mail server was not reached, or refused
    ├── NotifierHangs           a notifier did not come back in time
    └── RecipientGone           the recipient is no longer configured

The last five count as a failed attempt: the dispatcher keeps their text and tries again. Where
`concerns_channel`, the other deliveries of that channel are not tried in the same round.
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, NotFound, Unavailable
from kvob_domain.words import Text


@dataclass(eq=False)
class DeliveryNotFound(NotFound):
    """Ids are listed by `kvob notices`."""

    code: ClassVar[str] = "delivery-not-found"
    nl: ClassVar[str] = (
        "Er is geen bericht met kenmerk {ids}; er is niets opnieuw verzonden. "
        "'kvob notices --status sent', of 'failed', noemt de kenmerken."
    )
    en: ClassVar[str] = (
        "There is no delivery with the id {ids}; nothing was sent again. "
        "'kvob notices --status sent', or 'failed', lists the ids."
    )
    ids: tuple[str, ...]


@dataclass(eq=False)
class NoticesFileUnreadable(Invalid):
    """The file is not there, may not be read, or is no TOML."""

    code: ClassVar[str] = "notices-file-unreadable"
    nl: ClassVar[str] = (
        "Het bestand met kanalen en ontvangers, {file}, is niet te lezen: {reason}. "
        "Verbeter het, of noem met --notices een ander."
    )
    en: ClassVar[str] = (
        "The file with channels and recipients, {file}, cannot be read: {reason}. "
        "Correct it, or name another with --notices."
    )
    file: str
    reason: str


@dataclass(eq=False)
class NoticesFileInvalid(Invalid):
    """A key is unknown, missing or has an impossible value; values are never repeated."""

    code: ClassVar[str] = "notices-file-invalid"
    nl: ClassVar[str] = "{file}, {key}: {problem}"
    en: ClassVar[str] = "{file}, {key}: {problem}"
    file: str
    key: str
    problem: Text


@dataclass(eq=False)
class ChannelFull(Unavailable):
    """Nothing was sent; `hanging` threads of the channel still wait for their notifier."""

    code: ClassVar[str] = "channel-full"
    nl: ClassVar[str] = (
        "Het kanaal '{channel}' is vol: {hanging} verzendingen zijn blijven hangen. Kijk of de "
        "dienst erachter bereikbaar is en start kvob daarna opnieuw."
    )
    en: ClassVar[str] = (
        "The channel '{channel}' is full: {hanging} sends were left hanging. See whether the "
        "service behind it can be reached, and then start kvob again."
    )
    channel: str
    hanging: int


@dataclass(eq=False)
class CommandFailed(Unavailable):
    """`reason` is the last line of its error output, or what the system said.

    With `whole_channel` the next message would fail as well: it took too long.
    """

    code: ClassVar[str] = "notice-command-failed"
    nl: ClassVar[str] = (
        "De opdracht {command} heeft het bericht niet aangenomen: {reason}. Voer haar met de "
        "hand uit om de oorzaak te zien."
    )
    en: ClassVar[str] = (
        "The command {command} did not take the notice: {reason}. Run it by hand to see the cause."
    )
    command: str
    reason: str
    whole_channel: bool = False


@dataclass(eq=False)
class MailFailed(Unavailable):
    """The mail did not leave; `reason` is in the words of the server or the system.

    With `whole_channel` the next message would fail as well: it is not about this one.
    """

    code: ClassVar[str] = "mail-failed"
    nl: ClassVar[str] = "{server} heeft de e-mail niet aangenomen: {reason}. {advice}"
    en: ClassVar[str] = "{server} did not take the mail: {reason}. {advice}"
    server: str
    reason: str
    advice: Text
    whole_channel: bool = False


@dataclass(eq=False)
class NotifierHangs(Unavailable):
    """It may still succeed later; then the recipient gets the same id twice."""

    code: ClassVar[str] = "notifier-hangs"
    nl: ClassVar[str] = (
        "Het kanaal '{channel}' antwoordde niet binnen {seconds} s. Kijk of de dienst erachter "
        "bereikbaar is."
    )
    en: ClassVar[str] = (
        "The channel '{channel}' did not answer within {seconds} s. See whether the service "
        "behind it can be reached."
    )
    channel: str
    seconds: float


@dataclass(eq=False)
class RecipientGone(Unavailable):
    """Addresses are kept in the configuration alone, so there is nowhere to send it."""

    code: ClassVar[str] = "recipient-gone"
    nl: ClassVar[str] = (
        "De ontvanger '{recipient}' staat niet meer in de configuratie. Zet hem terug en "
        "verzend opnieuw met 'kvob notices --resend'."
    )
    en: ClassVar[str] = (
        "The recipient '{recipient}' is no longer in the configuration. Put it back and send "
        "again with 'kvob notices --resend'."
    )
    recipient: str


def concerns_channel(error: BaseException) -> bool:
    """Whether the service behind the channel was not reached, so that the next send fails too."""
    if isinstance(error, CommandFailed | MailFailed):
        return error.whole_channel
    return isinstance(error, NotifierHangs | ConnectionError | TimeoutError)
