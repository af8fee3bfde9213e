"""Where does no event ever go? Every address that could lead into a network of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kvob_workflow.webhooks import Outlet
from kvob_workflow.webhooks.calling import call
from kvob_workflow.webhooks.destinations import destination
from kvob_workflow.webhooks.errors import AddressForbidden
from kvob_workflow.webhooks.networks import is_public, looked_up
from tests.webhooks.conftest import HERE, Opening, register
from tests.webhooks.receiving import Receiver

OUT = Outlet()


def to(*addresses: str) -> Callable[[str, int], list[str]]:
    """A directory in which every name leads to these addresses."""
    return lambda _host, _port: list(addresses)


def itself(host: str, port: int) -> list[str]:
    """A directory in which an address leads to itself."""
    del port
    return [host]


PUBLIC = ("93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "2a00:1450:400e:80d::200e")
CLOSED = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.0.1",
    "169.254.169.254",
    "169.254.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "168.63.129.16",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:93.184.216.34",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2001:20::1",
    "2002:7f00:1::",
    "2002:a9fe:a9fe::",
    "fc00::1",
    "fd00:ec2::254",
    "fd12:3456:789a::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "3fff::1",
    "5f00::1",
    "garbage",
]
NO_ADDRESS = [
    "http://example.org/",
    "ftp://example.org/",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:x",
    "//example.org/",
    "example.org",
    "https://",
    "https:///pad",
    "https://user@example.org/",
    "https://user:secret@example.org/",
    "https://example.org@evil.example/",
    "https://example.org/#part",
    "https://example.org:22/",
    "https://example.org:80/",
    "https://example.org:6379/",
    "https://example.org:0/",
    "https://example.org:99999/",
    "https://example.org:x/",
    "https://[::1",
    "https://[fe80::1%25eth0]/",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://127.1/",
    "https://0/",
    "https://0x7f000001/",
    "https://1.2.3.4.5/",
    "https://999.1.1.1/",
    "https://exa_mple..org/",
    "https://-a.org/",
    "https://.org/",
    "https://a.-b.org/",
    "https://example.org\\@127.0.0.1/",
    "https://example.org/%0d%0a\r\nX",
    "https://example.org/\u0000",
    "https://example.org/é",
]


@pytest.mark.parametrize("address", CLOSED)
def test_an_address_that_is_not_public_is_closed(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_open(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_what_is_no_plain_https_address_of_a_host_is_refused(address: str) -> None:
    with pytest.raises(AddressForbidden) as refused:
        destination(address, OUT)
    assert "secret" not in refused.value.message("en") + refused.value.message("nl")


@pytest.mark.parametrize("address", [one for one in CLOSED if "%" not in one and one != "garbage"])
def test_the_host_may_not_be_such_an_address_itself(address: str) -> None:
    url = f"https://[{address}]/" if ":" in address else f"https://{address}/"
    closed = replace(OUT, resolve=itself)
    with pytest.raises(AddressForbidden):
        call(url, {}, b"", closed)


def test_a_name_in_any_script_is_written_in_ascii() -> None:
    assert destination("https://BÜCHER.example/x?y=1", OUT).address == (
        "https://xn--bcher-kva.example/x?y=1"
    )
    assert destination("https://Example.ORG.:443", OUT).address == "https://example.org/"
    assert destination("https://example.org:8443/a", OUT).authority == "example.org:8443"


def test_a_list_of_hosts_lets_only_those_through() -> None:
    listed = replace(OUT, hosts=("hooks.example.org", "*.gemeente.example"))
    for host in ("hooks.example.org", "a.gemeente.example", "a.b.gemeente.example"):
        assert destination(f"https://{host}/", listed).host == host
    for host in ("example.org", "gemeente.example", "evilgemeente.example", "hooks.example.org.x"):
        with pytest.raises(AddressForbidden):
            destination(f"https://{host}/", listed)


@pytest.mark.parametrize("closed", ["127.0.0.1", "169.254.169.254", "::1", "10.1.2.3"])
def test_one_closed_address_among_public_ones_closes_the_name(closed: str) -> None:
    mixed = replace(OUT, resolve=to("93.184.216.34", closed))
    with pytest.raises(AddressForbidden):
        call("https://rebinding.example/", {}, b"", mixed)


def test_where_a_name_leads_within_is_told_to_the_keeper_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    inside = replace(OUT, resolve=to("10.1.2.3"))
    with pytest.raises(AddressForbidden) as refused:
        call("https://intranet.example/", {}, b"", inside)
    told = (refused.value.message("nl"), refused.value.message("en"), str(refused.value.fields()))
    assert "10.1.2.3" not in " ".join(told)
    assert "intranet.example: it leads to 10.1.2.3" in caplog.text


def test_a_name_is_looked_up_once_and_the_call_goes_to_what_was_looked_at(inbox: Receiver) -> None:
    """A name that answers public first and loopback a moment later gains nothing."""
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        found = looked_up(host, port) if len(asked) == 1 else ["169.254.169.254"]
        return [one for one in found if ":" not in one]

    address = inbox.address.replace("127.0.0.1", "localhost")
    only_v4 = replace(HERE, resolve=rebinding)
    assert call(address, {}, b"{}", only_v4).is_taken
    assert asked == ["localhost"]
    with pytest.raises(AddressForbidden):
        call(address, {}, b"{}", only_v4)
    assert len(inbox.got) == 1


def test_without_development_this_machine_is_closed_too(opened: Opening, inbox: Receiver) -> None:
    engine = opened(outlet=Outlet())
    for address in (inbox.address, inbox.address.replace("http:", "https:")):
        with pytest.raises(AddressForbidden):
            engine.webhooks().add(address)
    assert inbox.got == []


def test_development_opens_this_machine_and_no_other_network() -> None:
    for address in ("http://10.0.0.1/", "http://example.org/", "https://example.org:1234/"):
        with pytest.raises(AddressForbidden):
            destination(address, HERE)
    with pytest.raises(AddressForbidden):
        call("http://localhost/", {}, b"", replace(HERE, resolve=to("10.0.0.1")))


def test_a_forbidden_address_counts_as_a_failure_when_it_became_one(
    opened: Opening, inbox: Receiver
) -> None:
    leads: list[str] = ["127.0.0.1"]

    def resolve(host: str, port: int) -> list[str]:
        del host, port
        return leads

    engine = opened(outlet=replace(HERE, resolve=resolve))
    engine.webhooks().add(inbox.address.replace("127.0.0.1", "localhost"))
    register(engine, "De Hoek")
    leads[:] = ["10.0.0.1"]
    (done,) = engine.deliver_webhooks()
    assert done.failed and inbox.got == []
    error = engine.webhooks().all()[0].error
    assert error is not None and error.startswith("webhook-address-forbidden")


def test_a_line_break_in_a_header_is_never_sent(inbox: Receiver) -> None:
    with pytest.raises(ValueError, match="line break"):
        call(inbox.address, {"a": "b\r\nX: y"}, b"", HERE)
    assert inbox.got == []
