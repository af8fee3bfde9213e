"""A Django host: its asgi.py puts both applications side by side; a view asks the engine itself."""

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path
from domain import GREETING  # the host's own package of this name
from starlette.applications import Starlette
from starlette.routing import Mount

from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.development import DevelopmentMode

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="for-a-test")

engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))
kvob = asgi_app(engine, api, run_alarm=True)
app = Starlette(routes=[Mount("/kvob", kvob), Mount("/", get_asgi_application())])


def home(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"greeting": GREETING, "estates": engine.board().total})


urlpatterns = [path("", home)]
