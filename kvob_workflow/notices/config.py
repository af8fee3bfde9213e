"""Through which channels, and to whom? A TOML file of a keeper, checked before anything is sent.

    [mail]
    host = "smtp.example.org"
    from = "kvob@example.org"
    security = "starttls"
    user = "kvob"
    password_variable = "KVOB_MAIL_PASSWORD"

    [[recipient]]
    organisation = "Gemeente Voorbeeldstad"
    address = "veiligheid@example.org"

`[log]` (empty) and `[command]` (`run`, `timeout_seconds`) are the other channels.
"""

import ipaddress
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_domain.words import Language, Text
from kvob_workflow.notices.command import CommandNotifier
from kvob_workflow.notices.errors import NoticesFileInvalid, NoticesFileUnreadable
from kvob_workflow.notices.mail import MailNotifier, Security
from kvob_workflow.notices.notifier import LogNotifier, Notifier
from kvob_workflow.notices.recipients import Recipient

_ADDRESS: Final = r"^[!-~]+@[A-Za-z0-9.-]+$"
_FORBIDDEN_IN_ADDRESS: Final = re.compile(r'[\s,;:<>()\[\]"\\]')

Name = Annotated[str, Field(min_length=1, max_length=200)]
Seconds = Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)]
AddressText = Annotated[str, Field(pattern=_ADDRESS, max_length=254)]

_FORM: Final = Text(
    "dit heeft een andere vorm dan verwacht; vergelijk het met het voorbeeld in de README.",
    "this has another form than expected; compare it with the example in the README.",
)
_PROBLEMS: Final[dict[str, Text]] = {
    "missing": Text("dit ontbreekt; vul het in.", "this is missing; fill it in."),
    "extra_forbidden": Text(
        "deze sleutel bestaat niet; haal hem weg of verbeter de spelling.",
        "there is no such key; remove it or correct its spelling.",
    ),
    "literal_error": Text(
        "dit kan niet; kies een van: {expected}.",
        "this is not possible; choose one of: {expected}.",
    ),
    "enum": Text(
        "dit kan niet; kies een van: {expected}.",
        "this is not possible; choose one of: {expected}.",
    ),
    "string_pattern_mismatch": Text(
        "dit is geen e-mailadres in ASCII; schrijf naam@domein, een bijzonder domein als xn--...",
        "this is no e-mail address in ASCII; write name@domain, a special domain as xn--...",
    ),
    "no_channel": Text(
        "er is geen kanaal; zet er [log], [command] of [mail] in.",
        "there is no channel; put [log], [command] or [mail] in it.",
    ),
    "no_address": Text(
        "met [mail] heeft elke [[recipient]] een address nodig, en is er minstens een nodig.",
        "with [mail] every [[recipient]] needs an address, and there must be at least one.",
    ),
    "same_organisation": Text(
        "twee ontvangers zijn dezelfde organisatie; voeg ze samen.",
        "two recipients are the same organisation; join them.",
    ),
    "no_password": Text(
        "user en password_variable horen bij elkaar; geef beide of geen van beide.",
        "user and password_variable belong together; give both or neither.",
    ),
    "plain_password": Text(
        "zo gaat het wachtwoord leesbaar over het net; kies security = starttls of tls.",
        "the password would cross the network readable; choose security = starttls or tls.",
    ),
}
_UNSET: Final = Text(
    "deze omgevingsvariabele is niet gezet; zet haar voordat kvob start.",
    "this environment variable is not set; set it before kvob starts.",
)


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class LogTable(_Table):
    """The channel to the log; it has no keys."""


class CommandTable(_Table):
    """The channel to a command."""

    run: Annotated[list[Name], Field(min_length=1)]
    timeout_seconds: Seconds = 30.0


class MailTable(_Table):
    """The channel to a mail server."""

    host: Name
    port: Annotated[int, Field(ge=1, le=65535)] | None = None
    sender: AddressText = Field(alias="from")
    security: Security = "none"
    user: Name | None = None
    password_variable: Name | None = None
    timeout_seconds: Seconds = 30.0

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.user is None) != (self.password_variable is None):
            raise PydanticCustomError("no_password", "user and password_variable")
        if self.user is not None and self.security == "none" and not _is_loopback(self.host):
            raise PydanticCustomError("plain_password", "plain password")
        _check_address(self.sender)
        return self


class RecipientTable(_Table):
    """An organisation that gets notices."""

    organisation: Name
    address: AddressText | None = None
    language: Language = "nl"
    municipalities: list[Name] = []
    kinds: list[Annotated[DeadlineKind, Field(strict=False)]] = []
    everything: bool = False

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.address is not None:
            _check_address(self.address)
        return self


class NoticesConfig(_Table):
    """The whole file. `recipient` is the list of `[[recipient]]` tables."""

    log: LogTable | None = None
    command: CommandTable | None = None
    mail: MailTable | None = None
    recipient: list[RecipientTable] = []

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.log is None and self.command is None and self.mail is None:
            raise PydanticCustomError("no_channel", "no channel")
        addressed = [one.address is not None for one in self.recipient]
        if self.mail is not None and not (addressed and all(addressed)):
            raise PydanticCustomError("no_address", "no address")
        if len({one.key for one in self.recipients()}) != len(self.recipient):
            raise PydanticCustomError("same_organisation", "same organisation")
        return self

    @property
    def timeout_seconds(self) -> float:
        """How long any of the channels may take, in seconds, with room for several steps."""
        given = [one.timeout_seconds for one in (self.command, self.mail) if one is not None]
        return 2 * max(given, default=15.0) + 30.0

    def recipients(self) -> tuple[Recipient, ...]:
        """The recipients as the dispatcher takes them."""
        return tuple(
            Recipient(
                organisation=one.organisation,
                address=one.address,
                language=one.language,
                municipalities=tuple(one.municipalities),
                kinds=tuple(one.kinds),
                everything=one.everything,
            )
            for one in self.recipient
        )

    def notifiers(self, file: str, environment: Mapping[str, str]) -> list[Notifier]:
        """The channels. The password of `[mail]` comes from `environment`.

        Raises:
            NoticesFileInvalid: the variable of the password is not set; `file` is for the message.
        """
        found: list[Notifier] = []
        if self.log is not None:
            found.append(LogNotifier())
        if self.command is not None:
            given = self.command
            found.append(CommandNotifier(given.run, timeout_seconds=given.timeout_seconds))
        if self.mail is not None:
            found.append(_mail(self.mail, file, environment))
        return found


def read_notices_file(file: str) -> NoticesConfig:
    """The channels and recipients that a TOML file (UTF-8) names.

    Raises:
        NoticesFileUnreadable: there is no such file, or it is no TOML.
        NoticesFileInvalid: a key is unknown, missing or has an impossible value.
    """
    try:
        document = tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise NoticesFileUnreadable(file, reason or type(error).__name__) from error
    try:
        return NoticesConfig.model_validate(document)
    except ValidationError as error:
        first = next(_told(error))
        raise NoticesFileInvalid(file, *first) from None


def _mail(table: MailTable, file: str, environment: Mapping[str, str]) -> MailNotifier:
    password = None
    if table.password_variable is not None:
        password = environment.get(table.password_variable)
        if not password:
            key = f"mail.password_variable ({table.password_variable})"
            raise NoticesFileInvalid(file, key, _UNSET)
    return MailNotifier(
        host=table.host,
        sender=table.sender,
        port=table.port or {"none": 25, "starttls": 587, "tls": 465}[table.security],
        security=table.security,
        user=table.user,
        password=password,
        timeout_seconds=table.timeout_seconds,
    )


def _is_loopback(host: str) -> bool:
    """Whether the host is this machine, so that nothing crosses a network."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return host.casefold() == "localhost"


def _check_address(address: str) -> None:
    if _FORBIDDEN_IN_ADDRESS.search(address):
        raise PydanticCustomError("string_pattern_mismatch", "no address")


def _told(error: ValidationError) -> Iterator[tuple[str, Text]]:
    """The key and the problem of each error, without what stands there: it may be a password."""
    details = error.errors(include_input=False, include_url=False)
    for one in details:
        problem = _PROBLEMS.get(one["type"], _FORM)
        expected = str(one.get("ctx", {}).get("expected", ""))
        told = Text(*(text.replace("{expected}", expected) for text in problem))
        yield _key(one["loc"]), told


def _key(place: Sequence[int | str]) -> str:
    """The key as the file has it; tables of a list are counted from 1."""
    parts = [f"[{part + 1}]" if isinstance(part, int) else str(part) for part in place]
    return ".".join(parts).replace(".[", "[") or "TOML"
