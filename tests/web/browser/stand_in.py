"""On which pages is the machinery tried? Small ones, good and bad, under the board's policy."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.http.serving import served

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
STYLE = """
:root { color-scheme: light dark; --text: #1a1a1a; --back: #ffffff; --soft: #dbe6f2; }
@media (prefers-color-scheme: dark) { :root { --text: #f2f2f2; --back: #14181c; --soft: #2b3a4a; } }
body { color: var(--text); background: var(--back); font: 16px/1.5 sans-serif; margin: 1rem; }
a, button, input, summary { color: inherit; min-height: 44px; display: inline-block; }
label { display: inline-block; min-height: 24px; }
p a { display: inline; min-height: 0; }
:focus-visible { outline: 3px solid currentColor; }
.away:not(:focus) { position: absolute; left: -9999px; }
[data-scrolls] { overflow-x: auto; }
.wide { width: 900px; }
.label { fill: var(--text); }
.bar { fill: var(--soft); }
.grey { fill: #8a8a8a; }
.white { fill: #ffffff; }
.bare:focus { outline: none; }
.small { min-height: 0; height: 12px; width: 12px; padding: 0; font-size: 6px; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; }
.piece:focus { outline: none; }
.piece:focus-visible .target { stroke: var(--text); stroke-width: 3; }
.cut { overflow: hidden; white-space: nowrap; width: 100px; }
.pale { color: #b0b0b0; }
"""
GOOD = """
<h1>De Zilverhoek</h1>
<p>Een terrein met <a href="#more">drie partijen</a> en een plan van aanpak.</p>
<form><label for="name">Naam</label> <input id="name" name="name">
<label for="day">Dag</label> <input id="day" type="date">
<fieldset><legend>Soort</legend>
<label for="new">Nieuw</label> <input type="radio" id="new" name="kind">
<label for="old">Oud</label> <input type="radio" id="old" name="kind"></fieldset>
<button>Opslaan</button> <button disabled>Sluiten</button></form>
<p><a href="/one">Elders</a> en <a href="/one">Elders</a></p>
<details id="more"><summary>Meer</summary><a href="/elsewhere">Elders</a></details>
<div data-scrolls role="region" aria-label="Maatregelen" tabindex="0">
<table class="wide"><tr><th>Maatregel</th><th>Stand</th></tr><tr><td>Hek</td><td>● klaar</td></tr>
</table></div>
<svg role="img" aria-label="Figuur" viewBox="0 0 200 60" width="200" height="60">
<rect class="bar" width="100" height="60"/><text class="label" x="10" y="30">Op de <tspan
font-weight="bold">balk</tspan></text><text class="label" x="110" y="30">Ernaast</text>
<text class="label" transform="translate(190 50) rotate(-90)">Op</text></svg>
<svg role="group" aria-label="Stappen" viewBox="0 0 200 60" width="200" height="60">
<a class="piece" href="/one" aria-label="Elders"><rect class="bar target" width="100" height="44"/>
<text class="label" x="10" y="30">Elders</text></a></svg>
"""


@dataclass
class StandIn:
    """A server of pages that a test writes."""

    origin: str = ""
    pages: dict[str, str] = field(default_factory=dict[str, str])

    def put(self, body: str, *, head: str = "", language: str = "nl", path: str = "/") -> str:
        """Serve this body inside a good page; the address of it."""
        self.pages[path] = (
            f'<!doctype html><html lang="{language}"><head><title>Proef</title>'
            '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<link rel="icon" href="data:,"><link rel="stylesheet" href="/style.css">{head}</head>'
            '<body><a class="away" href="#main">Naar de inhoud</a>'
            f'<main id="main" tabindex="-1">{body}</main></body></html>'
        )
        return self.origin + path

    def put_file(self, path: str, text: str) -> None:
        """Serve a script."""
        self.pages[path] = text

    def answer(self, request: Request) -> Response:
        """What stands at the address."""
        path = request.url.path
        if path == "/style.css":
            return Response(STYLE, media_type="text/css")
        if path.endswith(".js"):
            return Response(self.pages[path], media_type="text/javascript")
        if path not in self.pages:
            return HTMLResponse("<h1>Niet gevonden</h1>", 404)
        return HTMLResponse(self.pages[path], headers={"Content-Security-Policy": POLICY})


@contextmanager
def stand_in_server() -> Generator[StandIn]:
    """The server, on a free port."""
    made = StandIn()
    with served(Starlette(routes=[Route("/{path:path}", made.answer)])) as port:
        made.origin = f"http://127.0.0.1:{port}"
        yield made
