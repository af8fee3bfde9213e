"""How do people see and do it? Pages in a browser: what needs whom, the board, each estate.

    app = asgi_app(engine, api, pages=Pages(login=...))    # the API and the pages together
    app.include_router(Pages(login=...).router(engine, api), prefix="/kvob")
    kvob serve                                             # a process of its own

It takes the extra `web`. Read next: `routing` (how a screen is declared), `asking` (what a screen
knows), `answering` (who is let in, and how a refusal looks), `screens`.
"""

from kvob_workflow.web.pages import Pages

__all__ = ["Pages"]
