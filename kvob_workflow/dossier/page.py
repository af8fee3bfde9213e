"""How does a dossier look on a page? One HTML file: own style, no scripts, nothing from elsewhere.

Whatever people wrote is escaped in one place, `_text`. The policy in the head lets a browser load
nothing at all, should anything slip through.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files
from itertools import chain
from typing import TYPE_CHECKING, Final

from kvob_workflow.dossier.words import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvob_workflow.dossier.content import Content, Day, Entry, Exhibit

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
# Text direction marks could show an address or a name in another order than it is written.
_UNSEEN: Final = {
    number: "\N{REPLACEMENT CHARACTER}"
    for number in (
        *range(0x9),
        0xB,
        0xC,
        *range(0xE, 0x20),
        *range(0x7F, 0xA0),
        0x200E,
        0x200F,
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
    )
}


def page(content: Content) -> bytes:
    """The page, in UTF-8."""
    return "\n".join(
        chain(_head(content), _body(content), ("</main>", "</body>", "</html>", ""))
    ).encode("utf-8", "replace")


def _head(content: Content) -> Iterator[str]:
    title = f"{_word(content, 'dossier')} {content.name}, {content.place}"
    style = files("kvob_workflow.dossier").joinpath("page.css").read_text("utf-8")
    yield "<!DOCTYPE html>"
    yield f'<html lang="{content.language}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="referrer" content="no-referrer">'
    yield f"<title>{_text(title)}</title>"
    yield f"<style>\n{style}</style>"
    yield "</head>"
    yield "<body>"


def _body(content: Content) -> Iterator[str]:
    yield "<header>"
    yield f"<p>{_word(content, 'mark')} · {_word(content, 'dossier')}</p>"
    yield f"<h1>{_text(content.name)}</h1>"
    yield f"<p>{_text(content.place)}</p>"
    yield "</header>"
    yield "<main>"
    yield from _section(content, "standing", _pairs(content.standing, "standing"))
    yield from _section(content, "estate", _pairs(content.facts, "facts"))
    yield from _section(content, "certificates", _certificates(content))
    yield from _section(content, "timeline", _timeline(content))
    yield from _section(content, "irregularities", _list(content.irregularities))
    yield from _section(content, "documents", _exhibits(content))
    yield from _section(content, "check", _check(content))


def _section(content: Content, name: str, inside: Iterable[str]) -> Iterator[str]:
    lines = list(inside)
    yield f'<section aria-labelledby="{name}">'
    yield f'<h2 id="{name}">{_word(content, name)}</h2>'
    yield from lines or (f"<p>{_word(content, 'none')}</p>",)
    yield "</section>"


def _pairs(pairs: Iterable[tuple[str, str]], kind: str) -> Iterator[str]:
    yield f'<dl class="{kind}">'
    for label, value in pairs:
        yield f"<dt>{_text(label)}</dt><dd>{_text(value)}</dd>"
    yield "</dl>"


def _certificates(content: Content) -> Iterator[str]:
    if not content.certificates:
        return
    names = ("number", "level", "first", "last", "status")
    yield from _table_head(content, names, "certificates")
    for cells in content.certificates:
        yield f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>"
    yield "</tbody></table>"


def _timeline(content: Content) -> Iterator[str]:
    yield from _table_head(content, ("day", "number", "what", "who"), "timeline")
    for one in content.days:
        yield from _day(content, one)
    yield "</tbody></table>"


def _day(content: Content, one: Day) -> Iterator[str]:
    for entry in one.entries:
        # Every row says its day: rows of one day may stand on two pages.
        yield f'<tr><th scope="row">{_text(one.day)}</th>{_entry(content, entry)}</tr>'


def _entry(content: Content, entry: Entry) -> str:
    told = _text(entry.told)
    if entry.mark:
        told = f'<span class="old">{told}</span> <span class="mark">{_text(entry.mark)}</span>'
    late = f"<br>{_word(content, 'recorded')} {_text(entry.recorded)}" if entry.recorded else ""
    return (
        f'<td class="number">{_text(entry.number)}</td><td>{told}</td>'
        f'<td class="who">{_text(entry.who)}{late}</td>'
    )


def _list(items: Iterable[str]) -> Iterator[str]:
    lines = [f"<li>{_text(item)}</li>" for item in items]
    if lines:
        yield f"<ul>{''.join(lines)}</ul>"


def _exhibits(content: Content) -> Iterator[str]:
    if not content.exhibits:
        return
    yield from _table_head(content, ("document", "proves"), "documents")
    for one in content.exhibits:
        yield f"<tr>{_exhibit(one)}</tr>"
    yield "</tbody></table>"


def _exhibit(one: Exhibit) -> str:
    mark = f'<span class="mark">{_text(one.mark)}</span>' if one.mark else ""
    return (
        f"<td>{_text(one.title)}{mark}<small>{_text(one.where)}, {_text(one.size)}</small>"
        f"<small>SHA-256 <code>{_text(one.sha256)}</code></small></td><td>{_text(one.about)}</td>"
    )


def _check(content: Content) -> Iterator[str]:
    for paragraph in content.proof:
        yield f"<p>{_text(paragraph)}</p>"
    commands = "\n".join(_text(command) for command in content.commands)
    yield f"<pre><code>{commands}</code></pre>"


def _table_head(content: Content, names: Iterable[str], kind: str) -> Iterator[str]:
    cells = "".join(f'<th scope="col">{_word(content, name)}</th>' for name in names)
    yield f'<table class="{kind}"><thead><tr>{cells}</tr></thead><tbody>'


def _word(content: Content, name: str) -> str:
    return _text(HEADINGS[name].of(content.language))


def _text(text: str) -> str:
    return escape(text.translate(_UNSEEN), quote=True)
