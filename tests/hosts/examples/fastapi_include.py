"""A FastAPI host that takes the routes into its own application, below a prefix of its own."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from domain import GREETING  # the host's own package of this name
from fastapi import FastAPI

from kvob_workflow import Engine
from kvob_workflow.http import Api, router
from kvob_workflow.http.auth.development import DevelopmentMode

engine = Engine.open("sqlite:///kvob.db")
api = Api(authenticator=DevelopmentMode(asked=True, host="127.0.0.1"))


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    engine.start()
    yield
    engine.close()


app = FastAPI(lifespan=lifespan)
app.include_router(router(engine, api), prefix="/kvob")


@app.get("/")
def home() -> dict[str, str]:
    return {"greeting": GREETING}
