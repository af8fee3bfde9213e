"""A Flask host: a2wsgi carries pages and API under WSGI; people log in at the host."""

from a2wsgi import ASGIMiddleware
from domain import GREETING  # the host's own package of this name
from flask import Flask, redirect, request, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import BadSignature
from starlette.requests import Request
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.wrappers import Response

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
    user = session_of(request).get("user")
    if user is None:
        return None
    return Mandate(Actor(PersonId(user), "Bureau X", Role.GUIDE), scopes_of(Role.GUIDE), EVERYWHERE)


def session_of(request: Request) -> dict[str, str]:
    """What Flask keeps in its cookie."""
    reader = SecureCookieSessionInterface().get_signing_serializer(app)
    try:
        return reader.loads(request.cookies.get("session", ""))
    except BadSignature:
        return {}


engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))
pages = Pages(login=HostLogin(who, login_url="/in?next={back}"), keys=SessionKeys())
app = Flask(__name__)
app.secret_key = "for-a-test"
kvob = ASGIMiddleware(asgi_app(engine, api, pages=pages, run_alarm=True))
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/kvob": kvob})


@app.get("/")
def home() -> dict[str, object]:
    return {"greeting": GREETING, "estates": engine.board().total}


@app.get("/in")
def log_in() -> Response:
    session["user"] = "p-eva"
    return redirect(request.args["next"], 303)
