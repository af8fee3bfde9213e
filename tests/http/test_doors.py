"""By which doors does one come in? Included, mounted, served; with an alarm that starts once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from kvob_domain.actor import Role
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.health import health_router
from tests.http.conftest import HttpWorld

LIVE, READY = "/_healthz/livez", "/_healthz/readyz"


def in_fastapi(app: ASGIApp) -> ASGIApp:
    host = FastAPI()
    host.mount("/kvob", app)
    return host


def in_starlette(app: ASGIApp) -> ASGIApp:
    return Starlette(routes=[Mount("/kvob", app)])


@pytest.mark.parametrize("host", [in_fastapi, in_starlette])
def test_a_mounted_application_starts_the_alarm_with_its_first_request(
    http_world: HttpWorld, host: Callable[[ASGIApp], ASGIApp]
) -> None:
    engine = http_world.engine
    app = host(asgi_app(engine, http_world.api, run_alarm=True))
    with TestClient(app) as client:  # which runs the lifespan of the host, and no other
        assert not engine.alarm_status().running
        assert client.get(f"/kvob{LIVE}").status_code == 200
        assert engine.alarm_status().running
        before = engine.alarm_status()
        assert client.get("/kvob/v1/problems").status_code == 200
        assert engine.alarm_status().interval == before.interval
        refusal = client.get("/kvob/v1/estates").json()
        assert refusal["type"] == "/kvob/v1/problems/credentials-missing"
        assert client.get(refusal["type"]).json()["code"] == "credentials-missing"
    assert engine.alarm_status().running
    engine.close()
    assert not engine.alarm_status().running


def test_where_there_is_a_lifespan_the_alarm_starts_in_it(http_world: HttpWorld) -> None:
    with TestClient(asgi_app(http_world.engine, run_alarm=True)):
        assert http_world.engine.alarm_status().running


def test_an_alarm_that_the_host_started_otherwise_is_left_alone(
    http_world: HttpWorld, caplog: pytest.LogCaptureFixture
) -> None:
    http_world.engine.start(interval=timedelta(hours=1))
    client = TestClient(asgi_app(http_world.engine, run_alarm=True))
    assert client.get(LIVE).status_code == 200
    assert http_world.engine.alarm_status().interval == timedelta(hours=1)
    assert caplog.records == []


def test_without_being_asked_no_alarm_starts(http_world: HttpWorld) -> None:
    with TestClient(asgi_app(http_world.engine)) as client:
        client.get(LIVE)
        assert not http_world.engine.alarm_status().running


def test_an_alarm_that_cannot_start_is_told_and_questions_are_answered(
    http_world: HttpWorld, caplog: pytest.LogCaptureFixture
) -> None:
    http_world.engine.close()
    client = TestClient(asgi_app(http_world.engine, run_alarm=True))
    assert client.get("/v1/problems").status_code == 200
    assert "The alarm was not started" in caplog.text


def test_an_included_router_lives_in_the_lifespan_of_its_host(http_world: HttpWorld) -> None:
    engine = http_world.engine

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        engine.start()
        yield
        engine.close()

    host = FastAPI(lifespan=lifespan)
    host.include_router(health_router(engine))
    with TestClient(host) as client:
        assert client.get(READY).json() == {"health": "ok"}
        assert engine.alarm_status().running
    assert not engine.alarm_status().running


def test_a_process_lives_also_when_its_store_is_gone_and_is_not_ready(
    http_world: HttpWorld, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = http_world.stranger()
    assert (stranger.get(LIVE).status_code, stranger.head(READY).status_code) == (200, 200)
    http_world.engine.close()
    api = Api(authenticator=http_world.people)
    stranger = HttpWorld(http_world.engine, http_world.clock, api=api).stranger()
    assert stranger.get(LIVE).status_code == 200
    refusal = stranger.get(READY)
    assert (refusal.status_code, refusal.json()) == (503, {"health": "failing"})
    assert refusal.headers["cache-control"] == "no-store"
    assert "Health was ok and is failing" in caplog.text


def test_who_runs_it_hears_what_is_wrong(http_world: HttpWorld) -> None:
    http_world.engine.close()
    told = http_world.client(Role.OPERATOR).get(READY).json()
    assert [reason["code"] for reason in told["reasons"]] == ["alarm-stopped", "store-closed"]
    assert "reasons" not in http_world.client(Role.GUIDE).get(READY).json()


def test_without_the_extra_the_import_says_which_one_is_missing() -> None:
    source = (
        "import sys; sys.modules['fastapi'] = None\n"
        "try:\n    import kvob_workflow.http\n"
        "except ImportError as error:\n    print(error)"
    )
    paths = f"import sys; sys.path[:] = {sys.path!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", paths + source], capture_output=True, text=True, check=True
    )
    assert "pip install 'kvob_workflow[web]'" in done.stdout


def test_the_engine_alone_loads_no_web_framework() -> None:
    source = "import kvob_workflow; kvob_workflow.Engine; print('fastapi' in sys.modules)"
    paths = f"import sys; sys.path[:] = {sys.path!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", paths + source], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
