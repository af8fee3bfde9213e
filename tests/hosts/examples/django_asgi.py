"""A Django host: its asgi.py puts both side by side; people log in at the host."""

from django.conf import settings
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.urls import path
from domain import GREETING  # the host's own package of this name
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import PersonId
from kvob_domain.mandates import EVERYWHERE, Mandate, scopes_of
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.development import DevelopmentMode
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import SessionKeys
from kvob_workflow.web.sessions.hosts import HostLogin

settings.configure(
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="for-a-test",
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware"],
)


def who(request: Request) -> Mandate | None:
    """Whom this host has logged in: here a guide for every estate."""
    user = SessionStore(request.cookies.get("sessionid")).get("user")
    if user is None:
        return None
    return Mandate(Actor(PersonId(user), "Bureau X", Role.GUIDE), scopes_of(Role.GUIDE), EVERYWHERE)


engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))
pages = Pages(login=HostLogin(who, login_url="/in?next={back}"), keys=SessionKeys())
kvob = asgi_app(engine, api, pages=pages, run_alarm=True)
app = Starlette(routes=[Mount("/kvob", kvob), Mount("/", get_asgi_application())])


def home(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"greeting": GREETING, "estates": engine.board().total})


def log_in(request: HttpRequest) -> HttpResponseRedirect:
    request.session["user"] = "p-eva"
    return HttpResponseRedirect(request.GET["next"])


urlpatterns = [path("", home), path("in", log_in)]
