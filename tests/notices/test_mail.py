"""Does a digest arrive as one proper message, and is every refusal of a server told?"""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from kvob_workflow.notices import Dispatcher, DispatchReport, MailFailed, MailNotifier, Recipient
from kvob_workflow.notices.mail import message_id
from kvob_workflow.store import EventStore
from kvob_workflow.testing import SettableClock
from tests.notices.samples import ZILVERHOEK, Desk, digest, expired, notice


class Postbox:
    """What the server does with messages: it keeps them, unless told otherwise."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.refusing = ""
        self.answers: list[str] = []
        self.goodbye = "221 Bye"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Refuses one address."""
        if address == self.refusing:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Says goodbye, politely or not."""
        return self.goodbye

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keeps the message, or answers what is prepared."""
        if self.answers:
            return self.answers.pop(0)
        content = cast("bytes", envelope.content)
        parsed = message_from_bytes(content, policy=SMTP_POLICY)
        self.messages.append(parsed)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK"


Serve = Callable[..., int]


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def serve(postbox: Postbox) -> Iterator[Serve]:
    """Starts a mail server; answers its port."""
    with ExitStack() as open_:

        def start(**options: Any) -> int:
            with closing(socket.create_server(("127.0.0.1", 0))) as free:
                port = cast("int", free.getsockname()[1])
            controller = Controller(postbox, hostname="127.0.0.1", port=port, **options)
            controller.start()
            open_.callback(controller.stop)
            return port

        yield start


def notifier(port: int, **options: Any) -> MailNotifier:
    return MailNotifier("127.0.0.1", "kvob@example.org", port, timeout_seconds=5, **options)


def refusal(port: int, **options: Any) -> MailFailed:
    with pytest.raises(MailFailed) as failed:
        notifier(port, **options).send(digest())
    return failed.value


def test_a_digest_arrives_with_its_subject_text_and_headers(serve: Serve, postbox: Postbox) -> None:
    sent = digest(notice(name="Café 't Hoekje €"))
    notifier(serve()).send(sent)
    (message,) = postbox.messages
    assert postbox.recipients == [["veiligheid@example.org"]]
    assert message["Subject"] == sent.subject
    assert message.get_content().replace("\r\n", "\n") == sent.text
    assert message["To"] == "Gemeente Voorbeeldstad <veiligheid@example.org>"
    assert message["From"] == "kvob <kvob@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"] == "Sun, 01 Mar 2026 09:30:00 +0000"
    assert message["X-Kvob-Digest"] == sent.id
    assert message.get_content_type() == "text/plain"


def test_a_repeat_has_the_same_message_id_and_another_digest_has_not(
    serve: Serve, postbox: Postbox
) -> None:
    mail = notifier(serve())
    for sent in (digest(), digest(), digest(id="mail:other:9"), digest(notice(id="f:1"))):
        mail.send(sent)
    ids = [str(message["Message-ID"]) for message in postbox.messages]
    assert ids[0] == ids[1] == message_id(digest(), "kvob@example.org")
    assert len(set(ids)) == 3
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", ids[0])


@pytest.mark.parametrize("evil", ["a\r\nBcc: all@example.org", "a\nSubject: b", "a\u2028b\0c"])
def test_a_name_cannot_add_a_header_or_a_recipient(
    serve: Serve, postbox: Postbox, evil: str
) -> None:
    mail = notifier(serve())
    mail.send(digest(notice(name=evil, municipalities=(evil,)), recipient=evil))
    (message,) = postbox.messages
    assert postbox.recipients == [["veiligheid@example.org"]]
    assert message["Bcc"] is None
    assert len(message.get_all("Subject", [])) == 1


@pytest.mark.parametrize("address", ["a@b\r\nBcc: c@d", "a@b, c@d", "nobody", ""])
def test_a_malformed_address_is_refused_before_anything_is_sent(
    serve: Serve, postbox: Postbox, address: str
) -> None:
    with pytest.raises(MailFailed, match="addresses of recipient and sender"):
        notifier(serve()).send(digest(address=address))
    assert postbox.messages == []


def test_a_recipient_without_address_is_told(serve: Serve) -> None:
    with pytest.raises(MailFailed, match="Give the recipient an address"):
        notifier(serve()).send(digest(address=None))


def test_a_refused_recipient_is_told_in_the_words_of_the_server(
    serve: Serve, postbox: Postbox
) -> None:
    postbox.refusing = "veiligheid@example.org"
    error = refusal(serve())
    assert "550 5.1.1 no such mailbox here" in error.message("en")
    assert "Kijk of de adressen" in error.message("nl")


def test_a_message_that_the_server_turns_away_is_a_failure(serve: Serve, postbox: Postbox) -> None:
    postbox.answers = ["451 4.3.0 try again later"]
    assert "451 4.3.0 try again later" in str(refusal(serve()))


def test_a_message_that_was_taken_is_sent_whatever_the_server_says_at_parting(
    serve: Serve, postbox: Postbox
) -> None:
    postbox.goodbye = "451 4.3.0 I am closing"
    notifier(serve()).send(digest())
    assert len(postbox.messages) == 1


def test_an_unreachable_server_is_told_with_its_address() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    error = refusal(port)
    assert error.server == f"127.0.0.1:{port}"
    assert "can be reached" in str(error)


def test_a_server_that_breaks_off_is_a_failure() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def break_off() -> None:
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"220 hello\r\n")
                connection.recv(100)

        thread = threading.Thread(target=break_off)
        thread.start()
        assert "can be reached" in str(refusal(server.getsockname()[1]))
        thread.join(30)


def test_a_server_that_says_nothing_is_given_up_after_the_time_out() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
        silent = MailNotifier("127.0.0.1", "kvob@example.org", port, timeout_seconds=0.1)
        with pytest.raises(MailFailed, match="timed out"):
            silent.send(digest())


def test_a_server_without_encryption_is_refused_where_it_is_asked_for(serve: Serve) -> None:
    assert "'security' is right" in str(refusal(serve(), security="starttls"))
    assert "'security' is right" in str(refusal(serve(), security="tls"))


def test_a_wrong_password_is_told_without_the_password(serve: Serve) -> None:
    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == b"right", handled=False)

    port = serve(authenticator=authenticate, auth_require_tls=False)
    error = refusal(port, user="kvob", password="wrong-secret")
    assert "user and password are right" in str(error)
    assert "wrong-secret" not in repr(error)
    assert "wrong-secret" not in repr(notifier(port, user="kvob", password="wrong-secret"))
    notifier(port, user="kvob", password="right").send(digest())


def test_mail_that_was_refused_is_sent_later_by_the_dispatcher(
    store: EventStore, desk: Desk, clock: SettableClock, serve: Serve, postbox: Postbox
) -> None:
    postbox.answers = ["451 4.3.0 try again later"]
    city = Recipient("Gemeente Voorbeeldstad", "veiligheid@example.org")
    dispatcher = Dispatcher(store, [notifier(serve())], [city], clock=clock)
    dispatcher.join()
    desk.record(ZILVERHOEK, expired())
    assert dispatcher.run_once() == DispatchReport(collected=1, retried=1)
    (waiting,) = store.deliveries()
    assert "451 4.3.0 try again later" in (waiting.last_error or "")
    clock.set_day(clock.now().date().replace(day=2))
    assert dispatcher.run_once() == DispatchReport(sent=1)
    assert postbox.messages[0]["X-Kvob-Digest"] == "mail:gemeente-voorbeeldstad:5"
