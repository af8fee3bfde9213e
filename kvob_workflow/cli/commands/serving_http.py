"""Which commands are about HTTP? `kvob serve` until stopped, and the document of the API."""

from __future__ import annotations

import logging
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.addresses import shown
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.request_lines import requests_told
from kvob_workflow.setting_names import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import timedelta

    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.engine import Engine
    from kvob_workflow.http import Api
    from kvob_workflow.http.auth import Authenticator
    from kvob_workflow.http.auth.access import Access


@entrance(
    "serve",
    Text(
        "Het bord en de API aanbieden tot het gestopt wordt",
        "Serve the board and the API until stopped",
    ),
    Section.KEEP,
    about=Text(
        "De pagina's staan op /, de API op /v1. "
        "Zeg met --access wie er binnen mag, of probeer het met --development. Bewaakt ook de "
        "termijnen, tenzij met --no-alarm, en vult het bewijslogboek als KVOB_LOG_KEY gezet is. "
        "Op een ander adres dan deze machine hoort er een proxy met TLS voor: noem die met "
        "--proxy. Stop met Ctrl-C of SIGTERM: wat begonnen is wordt afgemaakt.",
        "The pages are at /, the API is at /v1. "
        "Say with --access who may come in, or try it with --development. Watches over the "
        "deadlines too, unless with --no-alarm, and fills the proof log when KVOB_LOG_KEY is set. "
        "On another address than this machine a proxy with TLS belongs in front: name it with "
        "--proxy. Stop with Ctrl-C or SIGTERM: what has begun is finished.",
    ),
)
def serve(
    desk: Desk,
    *,
    host: str | None = None,
    port: int | None = None,
    access: str | None = None,
    development: bool = False,
    no_alarm: bool = False,
    interval: str | None = None,
    proxy: tuple[str, ...] = (),
    security_contact: str | None = None,
    security_expires: date | None = None,
    witness_key: tuple[str, ...] = (),
    no_pages: bool = False,
    title: str | None = None,
    theme: str | None = None,
) -> ExitCode:
    """The board and the API in the foreground; SIGINT and SIGTERM end it with code 0."""
    from kvob_workflow.cli.commands.serving_pages import Look, pages_of
    from kvob_workflow.cli.serving import errors_told
    from kvob_workflow.http import asgi_app
    from kvob_workflow.http.serving import listening, place_of, server_of

    at, number = host or "127.0.0.1", _port(port)
    every = None if no_alarm else _every(interval)
    file = _access_file(desk, access, proxy, development=development)
    engine = desk.serving_engine
    api = _api(desk, _authenticator(engine, at, file), witness_key)
    api = replace(api, security_contact=security_contact or "", security_expires=security_expires)
    pages = None if no_pages else pages_of(_said_in(file), at, Look(title, theme, desk.language))
    with listening(at, number, proxy) as listener, errors_told(desk), requests_told(desk):
        server = server_of(asgi_app(engine, api, pages=pages), proxy)

        def answer() -> None:
            place = place_of(at, listener.getsockname()[1])
            _welcome(desk, place, is_development=file is None, has_pages=pages is not None)
            server.run(sockets=[listener])

        _until_stopped(desk, answer, every, has_pages=pages is not None)
    return ExitCode.OK


def _until_stopped(
    desk: Desk, answer: Callable[[], None], every: timedelta | None, *, has_pages: bool
) -> None:
    """Answer, with the alarm and all that works beside it, until a signal comes."""
    from kvob_workflow.cli.commands.running import dispatching, sequencing
    from kvob_workflow.cli.commands.warming import Warming
    from kvob_workflow.cli.serving import until_stopped

    engine = desk.serving_engine
    warming = Warming(engine.today_work)
    with dispatching(desk) as dispatcher, sequencing(desk):

        def begin() -> None:
            if every is not None:
                notify = dispatcher.run_once if dispatcher is not None else None
                engine.start(interval=every, notify=notify)
            if has_pages:
                warming.start()
            answer()
            raise KeyboardInterrupt  # the server has heard the signal, and is done

        def end() -> None:
            if dispatcher is not None:
                dispatcher.close()  # a notifier that hangs would keep the ring from ending
            with warming.ending():
                engine.close()
            desk.say("Gestopt.", "Stopped.")

        until_stopped(begin, end)


def _every(interval: str | None) -> timedelta:
    from kvob_workflow.alarm import DEFAULT_INTERVAL
    from kvob_workflow.cli.intervals import interval_of

    return interval_of(interval, DEFAULT_INTERVAL)


def _port(given: int | None) -> int:
    from kvob_workflow.http.serving_errors import PortInvalid

    port = 8321 if given is None else given
    if not 0 <= port <= 65_535:
        raise PortInvalid(port)
    return port


def _welcome(desk: Desk, place: str, *, is_development: bool, has_pages: bool) -> None:
    """Where it listens; to who tries it out also how to begin, in lines to paste."""
    if is_development:
        _warn(desk, f"{place}/v1")
    store = shown(desk.settings.store)
    if has_pages:
        desk.say(
            f"Het bord staat op {place}/ en toont {store}.",
            f"The board is at {place}/ and shows {store}.",
        )
    else:
        desk.say(
            f"Alleen de API, geen pagina's; hij toont {store}. Pagina's vragen [login] in het "
            "toegangsbestand.",
            f"The API alone, no pages; it shows {store}. Pages take [login] in the access file.",
        )
    desk.say(
        f"De API luistert op {place}/v1. Uitleg in een browser: {place}/v1/docs. Stop met Ctrl-C.",
        f"The API listens on {place}/v1. Explained in a browser: {place}/v1/docs. Stop with "
        "Ctrl-C.",
    )


def _warn(desk: Desk, place: str) -> None:
    roles = ", ".join(ROLES)
    header = "-H 'Kvob-Role: operator' -H 'Kvob-Person: p-eva'"
    desk.say(
        "ONTWIKKELMODUS: iedereen op deze machine komt binnen, als wie hij zegt te zijn. "
        "Gebruik geen echte gegevens.\n"
        f"  als gids, die elk terrein ziet:  curl {place}/estates\n"
        f"  als een ander:  curl {header} {place}/health-report\n"
        f"  rollen: {roles}",
        "DEVELOPMENT MODE: anybody on this machine is let in, as whoever he says he is. Use "
        "no real data.\n"
        f"  as a guide, who sees every estate:  curl {place}/estates\n"
        f"  as somebody else:  curl {header} {place}/health-report\n"
        f"  roles: {roles}",
    )


def _api(desk: Desk, authenticator: Authenticator, witnesses: Sequence[str]) -> Api:
    """What is offered: with the keys of register and log where the settings name them."""
    from kvob_workflow.cli.commands.proofs import keys_of, signer_of
    from kvob_workflow.exports.zgw import check_rsin
    from kvob_workflow.http import Api
    from kvob_workflow.statements import read_keys

    settings = desk.settings
    key = settings.register_key
    return Api(
        authenticator=authenticator,
        server=settings.register_address or "",
        register_keys=None if key is None else read_keys(Path(key)),
        rsin=check_rsin(settings.rsin) if settings.rsin else "",
        witness_keys=tuple(keys_of(witnesses)),
        # A key that cannot be used is told now, and not to the first witness.
        log_key=None if settings.log_key is None else signer_of(desk).path,
    )


@entrance(
    "api openapi",
    Text("Het OpenAPI-document van de API", "The OpenAPI document of the API"),
    Section.KEEP,
    about=Text(
        "Zoals /v1/openapi.json het geeft; altijd JSON. Een opslag is niet nodig.",
        "As /v1/openapi.json gives it; always JSON. It takes no store.",
    ),
)
def openapi(desk: Desk) -> None:
    """The document, on standard output."""
    from kvob_workflow.http import Api
    from kvob_workflow.http.openapi import document
    from kvob_workflow.jsonable import as_json_text

    del desk
    print(as_json_text(document(Api()), sys.stdout))


def _access_file(
    desk: Desk, access: str | None, proxies: tuple[str, ...], *, development: bool
) -> str | None:
    """Who says who may come in: what was given, else what the settings say; None: development.

    Raises:
        AccessUnclear: nobody does, or two do.
        DevelopmentBehindProxy: anybody would be let in, through a proxy.
    """
    from kvob_workflow.http.serving_errors import AccessUnclear, DevelopmentBehindProxy

    given = access is not None or development
    file = access if given else desk.settings.access
    if (file is not None) == (development if given else desk.settings.development):
        raise AccessUnclear
    if file is None and proxies:
        raise DevelopmentBehindProxy(", ".join(proxies))
    return file


def _said_in(file: str | None) -> Access | None:
    """What the access file says; None in the development mode."""
    from kvob_workflow.http.auth.access import read_access_file

    return None if file is None else read_access_file(file)


def _authenticator(engine: Engine, host: str, file: str | None) -> Authenticator:
    if file is None:
        from kvob_workflow.http.auth.development import DevelopmentMode
        from kvob_workflow.http.auth.security_log import LOG

        LOG.addHandler(logging.NullHandler())  # `_welcome` warns, in the language of the call
        return DevelopmentMode(asked=True, host=host)
    from kvob_workflow.http.auth.access import read_access_file
    from kvob_workflow.http.auth.opening import authenticator_of

    return authenticator_of(read_access_file(file), engine)


ENTRANCES = (serve, openapi)
