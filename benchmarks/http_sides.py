"""Which servers are compared over HTTP? The API, and bare FastAPI over the same file of SQLite.

    python -m benchmarks.http_sides SIDE STORE

Each is one process with one worker of uvicorn (uvloop and httptools) on loopback. It prints the
port that it listens on.
"""

import json
import os
import socket
import sqlite3
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Final

import uvicorn
from fastapi import FastAPI, Query
from joserfc import jwt
from joserfc.jwk import RSAKey
from pydantic import BaseModel
from starlette.types import ASGIApp

from kvob_domain.actor import Role
from kvob_workflow import Engine
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.http.auth.access import Access
from kvob_workflow.http.auth.bearer import BearerTokens

ISSUER: Final = "https://inlog.example.org/realms/kvob"
_KEY_FILE: Final = "issuer.json"
_COLUMNS: Final = (
    "estate_id, kind, estate, municipality, step, step_since, cycle, edition, missing, "
    "measures_done, measures_total, positive_advice, approvals, version"
)


def make_key(folder: Path) -> RSAKey:
    """A key that signs tokens for these measurements alone, kept beside the store."""
    key = RSAKey.generate_key(2048, {"kid": "een", "use": "sig", "alg": "RS256"})
    (folder / _KEY_FILE).write_text(json.dumps(key.as_dict(private=False)), "utf-8")
    return key


def token(key: RSAKey, role: Role, **claims: Any) -> str:
    """What the Authorization header of somebody in this role says, for six hours."""
    now = int(time.time())
    stated = {
        "iss": ISSUER,
        "aud": "kvob",
        "sub": role.value,
        "iat": now,
        "exp": now + 21_000,
        "roles": [role.value],
        **claims,
    }
    header = {"alg": "RS256", "kid": "een", "typ": "at+jwt"}
    return "Bearer " + jwt.encode(header, stated, key, algorithms=["RS256"])


def api(store: str, *, remembered: int) -> ASGIApp:
    """The API with signed tokens, remembered for so many seconds."""
    access = Access.model_validate(
        {
            "issuer": {"address": ISSUER, "audience": "kvob", "remembered": remembered},
            "roles": {role.value: role.value for role in Role if role is not Role.ALARM},
        }
    )
    key = json.loads(Path(store).with_name(_KEY_FILE).read_text("utf-8"))
    keys = json.dumps({"keys": [key]}).encode()
    authenticator = BearerTokens(access, fetch=lambda: keys)
    # How often one person may ask is not what is measured.
    chosen = Api(authenticator=authenticator, a_minute=None, open_a_minute=None)
    return asgi_app(Engine.open(f"sqlite:///{store}"), chosen)


class Remark(BaseModel):
    """What the bare route for a remark takes."""

    subject: str
    text: str
    on: str


def bare(store: str) -> ASGIApp:
    """What somebody would write who needs no more than this: no rights, no rules, no headers."""
    app = FastAPI()
    connection = sqlite3.connect(store, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS bare_remark"
        " (id INTEGER PRIMARY KEY, estate TEXT, subject TEXT, text TEXT, day TEXT)"
    )

    @app.get("/status/{estate}")
    async def status(estate: str) -> dict[str, Any]:
        asked = f"SELECT {_COLUMNS} FROM view_board WHERE estate_id = ?"
        return dict(connection.execute(asked, (estate,)).fetchone())

    @app.get("/estates")
    async def estates(limit: Annotated[int, Query(le=200)] = 50) -> list[dict[str, Any]]:
        asked = f"SELECT {_COLUMNS} FROM view_board ORDER BY estate_folded, estate_id LIMIT ?"
        return [dict(row) for row in connection.execute(asked, (limit,))]

    @app.post("/estates/{estate}/remarks")
    def remark(estate: str, given: Remark) -> dict[str, Any]:
        asked = "INSERT INTO bare_remark (estate, subject, text, day) VALUES (?, ?, ?, ?)"
        row = (estate, given.subject, given.text, given.on)
        return {"id": connection.execute(asked, row).lastrowid}

    _ = (status, estates, remark)
    return app


SIDES: Final[dict[str, Callable[[str], ASGIApp]]] = {
    "api": lambda store: api(store, remembered=60),
    "api-unremembered": lambda store: api(store, remembered=0),
    "bare": bare,
}


def main() -> None:
    """Serve one side until the process is ended."""
    side, store = sys.argv[1:]
    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", 0))
        loops: dict[str, Any] = {} if os.name == "nt" else {"loop": "uvloop", "http": "httptools"}
        config = uvicorn.Config(SIDES[side](store), access_log=False, log_level="error", **loops)
        print(listening.getsockname()[1], flush=True)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
