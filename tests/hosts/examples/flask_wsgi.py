"""A Flask host: a2wsgi carries the application under WSGI; a view asks the engine itself."""

from a2wsgi import ASGIMiddleware
from domain import GREETING  # the host's own package of this name
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.development import DevelopmentMode

engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))
app = Flask(__name__)
kvob = ASGIMiddleware(asgi_app(engine, api, run_alarm=True))
app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {"/kvob": kvob})


@app.get("/")
def home() -> dict[str, object]:
    return {"greeting": GREETING, "estates": engine.board().total}
