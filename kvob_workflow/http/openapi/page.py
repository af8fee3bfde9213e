"""How do people read the document? One HTML page: no script, nothing of another origin."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Any, Final

Document = dict[str, Any]

STYLE: Final = """\
:root{color-scheme:light dark;--ink:#1b1b1f;--page:#fff;--soft:#f0f1f5;--line:#767680;
--link:#0a4a9c}
@media(prefers-color-scheme:dark){:root{--ink:#ececf1;--page:#16161a;--soft:#24242b;--line:#8e8e9a;
--link:#9cc4ff}}
*{box-sizing:border-box}body{margin:0;font:1rem/1.6 system-ui,sans-serif;color:var(--ink);
background:var(--page)}main,header,footer,nav{max-width:60rem;margin:0 auto;padding:0 1rem}
a{color:var(--link)}a:focus-visible,summary:focus-visible{outline:3px solid var(--link);
outline-offset:2px}.skip{position:absolute;left:-999rem}.skip:focus{left:1rem;top:1rem;
background:var(--page);padding:.5rem}h1,h2,h3{line-height:1.25;overflow-wrap:anywhere}
h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}article{background:var(--soft);
padding:.25rem 1rem 1rem;margin:1rem 0;border-radius:.5rem}code,pre{font:.9em/1.5 ui-monospace,
monospace;overflow-wrap:anywhere}pre{white-space:pre-wrap;background:var(--page);padding:.75rem;
border-radius:.25rem}dt{font-weight:600;margin-top:.5rem}dd{margin-left:1rem}summary{min-height:1.5rem;
cursor:pointer}nav ul{columns:14rem;padding-left:1.2rem}
@media print{article{break-inside:avoid}.skip,nav{display:none}}
"""
_HASH: Final = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
CSP: Final = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)


def page(document: Document) -> str:
    """The whole page, readable without JavaScript, in the browser's light or dark."""
    return "".join(_parts(document))


def _parts(document: Document) -> Iterator[str]:
    info, server = document["info"], document["servers"][0]["url"]
    title = f"{info['title']} {info['version']}"
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_(title)}</title>'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<style>{STYLE}</style></head><body>"
    yield '<a class="skip" href="#operations">To the operations</a>'
    yield f"<header><h1>{_(title)}</h1><p>{_(info['summary'])}</p>"
    yield f"<p>Server: <code>{_(server)}</code>. "
    yield 'As a file: <a href="openapi.json">openapi.json</a>. '
    yield '<a href="glossary">Dutch words</a>. <a href="problems">Problems</a>.</p></header>'
    yield f'<nav aria-label="Subjects"><h2>Subjects</h2><ul>{_links(document)}</ul></nav>'
    yield f'<main id="operations">{_about(info["description"])}'
    for tag in document["tags"]:
        yield f'<section id="about-{_(tag["name"])}"><h2>{_(tag["name"])}</h2>'
        yield f"<p>{_(tag['description'])}</p>"
        for path, item in document["paths"].items():
            for method, operation in item.items():
                if tag["name"] in operation["tags"]:
                    yield from _operation(document, method, path, operation)
        yield "</section>"
    yield '<section id="models"><h2>Models</h2>'
    for name, schema in document["components"]["schemas"].items():
        yield f'<article id="model-{_(name)}"><h3>{_(name)}</h3>{_schema_text(schema)}</article>'
    contact = info["contact"]
    yield f'</section></main><footer><p>Contact: <a href="{_(contact["url"])}">'
    yield f"{_(contact['name'])}</a>, {_(contact['email'])}. Licence: {_(info['license']['name'])}."
    yield "</p></footer></body></html>"


def _links(document: Document) -> str:
    names = [tag["name"] for tag in document["tags"]]
    links = "".join(f'<li><a href="#about-{_(name)}">{_(name)}</a></li>' for name in names)
    return f'{links}<li><a href="#models">models</a></li>'


def _about(text: str) -> str:
    """The description: paragraphs, and a list of what begins with a dash."""
    first, *points = text.replace("\n  ", " ").split("\n- ")
    told = "".join(f"<li>{_code(point)}</li>" for point in points)
    return f"<p>{_code(first)}</p><ul>{told}</ul>"


def _operation(document: Document, method: str, path: str, operation: Document) -> Iterator[str]:
    yield f'<article id="{_(operation["operationId"])}"><h3>{method.upper()} '
    yield f"<code>{_(path)}</code></h3><p>{_code(operation['summary'])}</p>"
    if "description" in operation:
        yield f"<p>{_code(operation['description'])}</p>"
    scopes = [scope for one in operation["security"] for scope in one["bearer"]]
    told = f"Scope: <code>{_(', '.join(scopes))}</code>" if scopes else "Open to everybody"
    yield f"<p>{told}.</p>"
    if parameters := operation.get("parameters"):
        yield "<h4>Parameters</h4><dl>"
        for one in parameters:
            yield _parameter(_found(document, one))
        yield "</dl>"
    if body := operation.get("requestBody"):
        yield "<h4>Body</h4>"
        for media, content in body["content"].items():
            yield f"<p><code>{_(media)}</code></p>{_schema_text(content.get('schema', {}))}"
    yield "<h4>Answers</h4><dl>"
    for code, one in operation["responses"].items():
        response = _found(document, one)
        yield f"<dt>{_(code)}</dt><dd>{_(response['description'])}{_models(response)}</dd>"
    yield "</dl></article>"


def _parameter(one: Document) -> str:
    demanded = ", required" if one.get("required") else ""
    about = _code(one.get("description", ""))
    kind = _(json.dumps(one["schema"], ensure_ascii=False))
    place = _(one["in"])
    name = f"<dt><code>{_(one['name'])}</code> ({place}{demanded})</dt>"
    return f"{name}<dd>{about} <code>{kind}</code></dd>"


def _models(response: Document) -> str:
    told = ""
    for media, content in response.get("content", {}).items():
        name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
        link = f' <a href="#model-{_(name)}">{_(name)}</a>' if name else ""
        told += f" <code>{_(media)}</code>{link}"
    return told


def _schema_text(schema: Document) -> str:
    text = json.dumps(schema, ensure_ascii=False, indent=2)
    return f"<details><summary>Schema</summary><pre>{_(text)}</pre></details>"


def _found(document: Document, one: Document) -> Document:
    if "$ref" not in one:
        return one
    found: Document = document
    for part in one["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def _code(text: str) -> str:
    """Escaped text in which what stands between back-quotes is code."""
    parts = _(text).split("`")
    return "".join(f"<code>{one}</code>" if at % 2 else one for at, one in enumerate(parts))


def _(text: str) -> str:
    return escape(str(text))
