"""A FastAPI host with pages and API beside its own; people log in at the host."""

from domain import GREETING  # the host's own package of this name
from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse
from starlette.middleware.sessions import SessionMiddleware

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, scopes_of
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.development import DevelopmentMode
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import SessionKeys
from kvob_workflow.web.sessions.hosts import HostLogin


def who(request: Request) -> Mandate | None:
    """Whom this host has logged in: here a guide for every estate."""
    user = request.session.get("user")
    if user is None:
        return None
    return Mandate(Actor(PersonId(user), "Bureau X", Role.GUIDE), scopes_of(Role.GUIDE), EVERYWHERE)


engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))
pages = Pages(login=HostLogin(who, login_url="/in?next={back}"), keys=SessionKeys())
app = FastAPI()
app.add_middleware(SessionMiddleware, secret_key="for-a-test")
app.mount("/kvob", asgi_app(engine, api, pages=pages, run_alarm=True))


@app.get("/in")
def log_in(request: Request, next: str) -> RedirectResponse:
    request.session["user"] = "p-eva"
    return RedirectResponse(next, 303)


@app.get("/")
def home() -> dict[str, str]:
    return {"greeting": GREETING}
