"""How does a notice leave by e-mail? One plain message per digest, over SMTP."""

import hashlib
import smtplib
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final, Literal

from kvob_domain.words import Text
from kvob_workflow.notices.digest import Digest, one_line
from kvob_workflow.notices.errors import MailFailed
from kvob_workflow.notices.texts import EVERYBODY

Security = Literal["none", "starttls", "tls"]

_CHECK_SERVER: Final = Text(
    "Kijk of server en poort kloppen en of de server bereikbaar is.",
    "See whether server and port are right and whether the server can be reached.",
)
_CHECK_SECURITY: Final = Text(
    "Kijk of 'security' klopt: none, starttls of tls.",
    "See whether 'security' is right: none, starttls or tls.",
)
_CHECK_LOGIN: Final = Text(
    "Kijk of gebruiker en wachtwoord kloppen.", "See whether user and password are right."
)
_CHECK_ADDRESS: Final = Text(
    "Kijk of de adressen van ontvanger en afzender kloppen.",
    "See whether the addresses of recipient and sender are right.",
)
_GIVE_ADDRESS: Final = Text(
    "Geef de ontvanger een adres in de configuratie.",
    "Give the recipient an address in the configuration.",
)

# All other failures (no connection, a time-out, a wrong password) await the next message too.
_ABOUT_ONE_MESSAGE: Final = (
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
    smtplib.SMTPDataError,
)


@dataclass(frozen=True, slots=True)
class MailNotifier:
    """Sends each digest as one message. `timeout_seconds` is for each step with the server.

    `sender` and the addresses of recipients are bare addresses in ASCII. With "starttls" and
    "tls" the server's certificate is checked.
    """

    host: str
    sender: str
    port: int = 25
    security: Security = "none"
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    timeout_seconds: float = 30.0
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    name: str = "mail"

    def send(self, digest: Digest) -> None:
        """Hands the message to the server.

        Raises:
            MailFailed: the server was not reached, refused, or broke off.
        """
        try:
            message = self._message(digest)
        except (ValueError, IndexError, MessageError) as error:  # IndexError: an empty address
            raise self._failed(digest.address or "", _CHECK_ADDRESS) from error
        try:
            with closing(self._connected()) as server:
                if self.security == "starttls":
                    server.starttls(context=self._tls())
                if self.user is not None:
                    server.login(self.user, self.password or "")
                server.send_message(message)
                # The message is taken. A bad goodbye must not have it sent again.
                with suppress(smtplib.SMTPException, OSError):
                    server.quit()
        except (smtplib.SMTPException, OSError) as error:
            failed = self._failed(_reason(error), _advice(error))
            failed.whole_channel = not isinstance(error, _ABOUT_ONE_MESSAGE)
            raise failed from error

    def _message(self, digest: Digest) -> EmailMessage:
        """The message; the id of the digest alone decides about its Message-ID.

        Raises:
            MailFailed: there is no address.
            ValueError, IndexError, MessageError: an address is malformed.
        """
        if digest.address is None:
            raise self._failed(digest.recipient, _GIVE_ADDRESS)
        message = EmailMessage(policy=SMTP)
        message["From"] = Address("kvob", addr_spec=self.sender)
        shown = "" if digest.recipient == EVERYBODY else one_line(digest.recipient)
        message["To"] = Address(shown, addr_spec=digest.address)
        message["Subject"] = one_line(digest.subject)
        message["Date"] = format_datetime(digest.composed_at)
        message["Message-ID"] = message_id(digest, self.sender)
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = digest.language
        message["X-Kvob-Digest"] = one_line(digest.id)
        message.set_content(digest.text, charset="utf-8")
        return message

    def _connected(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(
                self.host, self.port, timeout=self.timeout_seconds, context=self._tls()
            )
        return smtplib.SMTP(self.host, self.port, timeout=self.timeout_seconds)

    def _tls(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()

    def _failed(self, reason: str, advice: Text) -> MailFailed:
        return MailFailed(f"{self.host}:{self.port}", one_line(reason), advice)


def message_id(digest: Digest, sender: str) -> str:
    """The Message-ID of a digest: the same at every attempt, so that a repeat is recognised.

    The ids of the notices are in it too, because two stores may count to the same digest id.
    """
    seed = "\n".join((digest.id, *(notice.id for notice in digest.notices)))
    return f"<{hashlib.sha256(seed.encode()).hexdigest()[:32]}@{sender.rpartition('@')[2]}>"


def _reason(error: smtplib.SMTPException | OSError) -> str:
    """What the server or the system said, without the content of the message."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(_answer(*refused) for refused in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return _answer(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__


def _answer(code: int, said: bytes | str) -> str:
    return f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"


def _advice(error: smtplib.SMTPException | OSError) -> Text:
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _CHECK_LOGIN
    if isinstance(error, smtplib.SMTPRecipientsRefused | smtplib.SMTPSenderRefused):
        return _CHECK_ADDRESS
    if isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return _CHECK_SECURITY
    return _CHECK_SERVER
