"""A FastAPI host that takes the routes into its own application; on a developer's machine."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from domain import GREETING  # the host's own package of this name
from fastapi import FastAPI

from kvob_workflow import Engine
from kvob_workflow.http import Api, router
from kvob_workflow.http.auth.development import DevelopmentMode
from kvob_workflow.web import Pages
from kvob_workflow.web.sessions import SessionKeys
from kvob_workflow.web.sessions.development import DevelopmentLogin

engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))
keys = SessionKeys()
pages = Pages(login=DevelopmentLogin(keys, asked=True, host="127.0.0.1"), keys=keys)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    engine.start()
    yield
    engine.close()


app = FastAPI(lifespan=lifespan)
app.include_router(router(engine, api), prefix="/kvob")
app.include_router(pages.router(engine, api), prefix="/kvob")


@app.get("/")
def home() -> dict[str, str]:
    return {"greeting": GREETING}
