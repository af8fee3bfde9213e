"""Serves the `app` of a module on a free port of 127.0.0.1, and says which; run beside the host."""

import importlib
import socket
import sys
from wsgiref.simple_server import WSGIRequestHandler, make_server

host = importlib.import_module(sys.argv[1])


class Silent(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing."""


if sys.argv[2] == "wsgi":
    server = make_server("127.0.0.1", 0, host.app, handler_class=Silent)
    print(server.server_port, flush=True)
    server.serve_forever()
else:
    import uvicorn

    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    uvicorn.Server(uvicorn.Config(host.app, log_level="error")).run(sockets=[listener])
