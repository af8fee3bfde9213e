"""How do other programs reach the mark over HTTP? Three doors to the same resources.

    app.include_router(router(engine, api))      # into a FastAPI application, under its own prefix
    app.mount("/kvob", asgi_app(engine, api))    # beside any ASGI application
    kvob serve                                   # a process of its own

It takes the extra `web`. Read next: `app`, then `routing` (how a resource is declared), `problems`
(how a refusal looks) and `resources`.
"""

import importlib

from kvob_workflow.http.errors import WebNotInstalled

try:
    importlib.import_module("fastapi")
except ImportError as error:
    raise WebNotInstalled from error

from kvob_workflow.http.app import asgi_app
from kvob_workflow.http.routing import router
from kvob_workflow.http.settings import Api

__all__ = ["Api", "asgi_app", "router"]
