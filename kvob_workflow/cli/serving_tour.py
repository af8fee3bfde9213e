"""How does the demonstration end? With its board in a browser, on this machine alone."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from kvob_workflow.cli.serving import errors_told, until_stopped

if TYPE_CHECKING:
    from socket import socket

    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.engine import Engine

_HOST: Final = "127.0.0.1"
_PORT: Final = 8321


def serve_tour(desk: Desk, engine: Engine) -> None:
    """Offer the board of this engine until a signal comes, and say where.

    Raises:
        WebNotInstalled: without the extra `web`.
        AddressNotUsable: this machine lets nobody listen.
    """
    from kvob_workflow.cli.commands.serving_pages import Look, pages_of
    from kvob_workflow.http import Api, asgi_app
    from kvob_workflow.http.auth.development import DevelopmentMode
    from kvob_workflow.http.auth.security_log import LOG
    from kvob_workflow.http.serving import place_of, server_of

    LOG.addHandler(logging.NullHandler())  # what it warns of is said below
    pages = pages_of(None, _HOST, Look(None, None, desk.language))
    api = Api(authenticator=DevelopmentMode(asked=True, host=_HOST))
    with _listening() as listener, errors_told(desk):
        server = server_of(asgi_app(engine, api, pages=pages, run_alarm=True))
        place = place_of(_HOST, listener.getsockname()[1])

        def begin() -> None:
            desk.say(
                f"\nOpen het bord in een browser: {place}/\nU bent er procesbegeleider en kunt "
                "elke andere rol kiezen; de gegevens zijn om mee te spelen. Stop met Ctrl-C.",
                f"\nOpen the board in a browser: {place}/\nYou are a process guide there and may "
                "take any other role; the data are to play with. Stop with Ctrl-C.",
            )
            server.run(sockets=[listener])
            raise KeyboardInterrupt  # the server has heard the signal, and is done

        until_stopped(begin, lambda: desk.say("Gestopt.", "Stopped."))


def _listening() -> socket:
    """The usual port, or any other where it is taken."""
    from kvob_workflow.http.serving import listening
    from kvob_workflow.http.serving_errors import AddressNotUsable

    try:
        return listening(_HOST, _PORT)
    except AddressNotUsable:
        return listening(_HOST, 0)
