"""Where do keys come from when an issuer changes them, is away, or is flooded with questions?"""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from kvob_workflow.http.auth.access import Access
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.http.auth.fetching import LARGEST, fetcher, read_address
from kvob_workflow.http.auth.token_errors import IssuerUnreachable, SigningKeyUnknown
from kvob_workflow.testing import SettableClock
from tests.http.auth.login_service import (
    ADDRESS,
    TODAY,
    Seconds,
    Shown,
    access,
    bearer,
    claims,
    encoded,
    key_set,
    rsa,
    self_signed,
    serving,
    signed,
)


@pytest.fixture(scope="module")
def server() -> Iterator[Shown]:
    with serving() as shown:
        yield shown


@pytest.fixture
def shown(server: Shown) -> Shown:
    server.pages = {"/keys": key_set(rsa("first"))}
    server.sends_on.clear()
    server.asked.clear()
    return server


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def tokens(shown: Shown, seconds: Seconds, **issuer: Any) -> BearerTokens:
    issuer = {"keys": f"{shown.address}/keys", **issuer}
    return BearerTokens(access(issuer=issuer), clock=SettableClock(TODAY), elapsed=seconds)


def test_the_keys_are_asked_for_once(shown: Shown, seconds: Seconds) -> None:
    found = tokens(shown, seconds)
    assert shown.asked == []
    for number in range(20):
        found.mandate(bearer(signed(claims(sub=f"s{number}"))))
    assert shown.asked == ["/keys"]


def test_a_new_key_is_found_as_soon_as_a_token_names_it(shown: Shown, seconds: Seconds) -> None:
    found = tokens(shown, seconds)
    found.mandate(bearer(signed()))
    shown.pages["/keys"] = key_set(rsa("first"), rsa("second"))
    seconds.now += 30
    found.mandate(bearer(signed(by=rsa("second"))))
    found.mandate(bearer(signed(claims(sub="b"))))
    assert len(shown.asked) == 2


def test_a_thousand_invented_keys_cost_one_question(shown: Shown, seconds: Seconds) -> None:
    found = tokens(shown, seconds)
    found.mandate(bearer(signed()))
    seconds.now += 30
    _, body, signature = signed().split(".")
    for number in range(1_000):
        forged = encoded({"alg": "RS256", "kid": f"k{number}"})
        with pytest.raises(SigningKeyUnknown):
            found.mandate(bearer(f"{forged}.{body}.{signature}"))
    assert len(shown.asked) == 2


def test_many_threads_that_need_keys_at_once_ask_once(shown: Shown, seconds: Seconds) -> None:
    found = tokens(shown, seconds)
    failures: list[BaseException] = []

    def come_in(number: int) -> None:
        try:
            found.mandate(bearer(waiting[number]))
        except BaseException as error:
            failures.append(error)

    waiting = [signed(claims(sub=f"s{number}")) for number in range(16)]
    threads = [threading.Thread(target=come_in, args=(number,)) for number in range(16)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    assert shown.asked == ["/keys"]


def test_a_key_that_the_issuer_withdrew_is_refused_when_the_keys_are_no_longer_fresh(
    shown: Shown, seconds: Seconds
) -> None:
    found = tokens(shown, seconds)
    found.mandate(bearer(signed()))
    shown.pages["/keys"] = key_set(rsa("second"))
    seconds.now += 601
    found.forget()
    with pytest.raises(SigningKeyUnknown):
        found.mandate(bearer(signed()))


def test_while_the_issuer_is_away_its_keys_are_kept_but_not_for_ever(
    shown: Shown, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    found = tokens(shown, seconds, remembered=0)
    found.mandate(bearer(signed()))
    shown.pages.clear()
    seconds.now += 86_000
    found.mandate(bearer(signed()))
    seconds.now += 500
    with pytest.raises(IssuerUnreachable) as away:
        found.mandate(bearer(signed()))
    assert "404" in caplog.text
    assert "404" not in str(away.value)  # who is not known here is told nothing of the inside
    shown.pages["/keys"] = key_set(rsa("first"))
    with pytest.raises(IssuerUnreachable):  # asked a moment ago
        found.mandate(bearer(signed()))
    seconds.now += 30
    assert found.mandate(bearer(signed()))


@pytest.mark.parametrize(
    "page",
    [b"", b"{", b"[]", b'{"keys": 1}', b'{"keys": []}', b"[" * 200_000, b"x" * (LARGEST + 1)],
    ids=range(7),
)
def test_what_is_no_key_set_lets_nobody_in(shown: Shown, seconds: Seconds, page: bytes) -> None:
    shown.pages["/keys"] = page
    with pytest.raises(IssuerUnreachable):
        tokens(shown, seconds).mandate(bearer(signed()))


def test_a_key_set_with_too_many_keys_is_refused(
    shown: Shown, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    key = json.loads(key_set(rsa("first")))["keys"][0]
    shown.pages["/keys"] = json.dumps({"keys": [key] * 101}).encode()
    with pytest.raises(IssuerUnreachable):
        tokens(shown, seconds).mandate(bearer(signed()))
    assert "more than 100 keys" in caplog.text


def test_nobody_is_sent_elsewhere_for_keys(
    shown: Shown, seconds: Seconds, caplog: pytest.LogCaptureFixture
) -> None:
    shown.sends_on["/keys"] = f"{shown.address}/others"
    shown.pages["/others"] = key_set(rsa("first"))
    with pytest.raises(IssuerUnreachable):
        tokens(shown, seconds).mandate(bearer(signed()))
    assert "302" in caplog.text
    assert shown.asked == ["/keys"]


def test_an_answer_that_never_ends_is_broken_off() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/keys"
        with pytest.raises(OSError, match="timed out"):
            read_address(address, 0.1)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "certificate.pem"))
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            accepted, _ = listening.accept()
            with accepted, suppress(OSError):  # the client breaks it off
                context.wrap_socket(accepted, server_side=True).close()

        thread = threading.Thread(target=greet)
        thread.start()
        address = f"https://127.0.0.1:{listening.getsockname()[1]}/keys"
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            read_address(address, 5)
        thread.join()


def test_keys_can_be_in_a_file(tmp_path: Path, seconds: Seconds) -> None:
    file = tmp_path / "jwks.json"
    found = BearerTokens(
        access(issuer={"keys": str(file)}), clock=SettableClock(TODAY), elapsed=seconds
    )
    with pytest.raises(IssuerUnreachable) as away:
        found.mandate(bearer(signed()))
    assert file.name not in str(away.value)
    file.write_bytes(key_set(rsa("first")))
    seconds.now += 30
    assert found.mandate(bearer(signed()))


def discovering(shown: Shown, **told: object) -> Access:
    """The service's own document, at an address of its own."""
    address = f"{shown.address}/realms/kvob"
    document = {"issuer": address, "jwks_uri": f"{shown.address}/keys", **told}
    path = "/realms/kvob/.well-known/openid-configuration"
    shown.pages[path] = json.dumps(document).encode()
    return access(issuer={"address": address})


def test_without_an_address_for_keys_the_issuer_says_where_they_are(shown: Shown) -> None:
    rules = discovering(shown)
    found = BearerTokens(rules, clock=SettableClock(TODAY))
    assert rules.issuer is not None
    assert found.mandate(bearer(signed(claims(iss=rules.issuer.address))))
    assert shown.asked == ["/realms/kvob/.well-known/openid-configuration", "/keys"]


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": ADDRESS},
        {"jwks_uri": "http://login.example.org/keys"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": 7},
    ],
    ids=["another-issuer", "without-tls", "a-file", "no-text"],
)
def test_a_discovery_document_that_leads_astray_is_not_followed(
    shown: Shown, told: dict[str, object]
) -> None:
    rules = discovering(shown, **told)
    assert rules.issuer is not None
    with pytest.raises(OSError, match="not this issuer's"):
        fetcher(rules.issuer)()


def test_while_one_thread_asks_anew_the_others_go_on_with_the_keys_that_are_there(
    shown: Shown, seconds: Seconds
) -> None:
    asked, answer = threading.Event(), threading.Event()
    pages = iter((key_set(rsa("first")), key_set(rsa("second"))))
    first = True

    def fetch() -> bytes:
        nonlocal first
        if not first:
            asked.set()
            assert answer.wait(30)
        first = False
        return next(pages)

    found = BearerTokens(
        access(issuer={"remembered": 0}), clock=SettableClock(TODAY), elapsed=seconds, fetch=fetch
    )
    found.mandate(bearer(signed()))
    seconds.now += 601
    waiting = threading.Thread(target=lambda: found.mandate(bearer(signed(by=rsa("second")))))
    waiting.start()
    assert asked.wait(30)
    assert found.mandate(bearer(signed()))
    answer.set()
    waiting.join()
    with pytest.raises(SigningKeyUnknown):
        found.mandate(bearer(signed()))
