"""A FastAPI host with the whole application beside its own; the alarm starts at first use."""

from domain import GREETING  # the host's own package of this name
from fastapi import FastAPI

from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.development import DevelopmentMode

engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))
app = FastAPI()
app.mount("/kvob", asgi_app(engine, api, run_alarm=True))


@app.get("/")
def home() -> dict[str, str]:
    return {"greeting": GREETING}
