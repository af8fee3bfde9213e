"""How is an SVG element written safely? Every text and attribute is escaped, no style or handler.

Read next: `lettering` for text that has to fit. XML cannot hold control characters, so that they
are shown as the replacement character.
"""

import re
from collections.abc import Iterable
from typing import Final

from markupsafe import Markup, escape

Value = str | int | float | None

_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9:-]*")
_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_OWN: Final = re.compile(r"(?:/(?![/\\])|[?#])[^\s\\]*")
_UNWRITABLE: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(words: str) -> Markup:
    """Words as they can stand in XML and in HTML."""
    return escape(_UNWRITABLE.sub("\ufffd", str(words)))


def number(value: float) -> str:
    """A length in at most two decimals, without a tail of zeros."""
    short = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def element(name: str, *children: Markup | str, **attributes: Value) -> Markup:
    """One element; `_` in an attribute's name stands for `-`, and None leaves it out.

    Raises:
        ValueError: for a name that is none, a style, a handler or a link that leaves this site.
    """
    if not _NAME.fullmatch(name):
        raise ValueError(f"no element is called {name!r}")
    written = "".join(_attribute(key, value) for key, value in attributes.items())
    inside = "".join(child if isinstance(child, Markup) else text(child) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>")


def group(*children: Markup | str, **attributes: Value) -> Markup:
    """Several elements as one."""
    return element("g", *children, **attributes)


def together(parts: Iterable[Markup]) -> Markup:
    """Elements in a row."""
    return Markup("").join(parts)


def named(name: str, href: str | None, *children: Markup) -> Markup:
    """Elements under one name, which is its title; a link that the keyboard reaches with `href`.

    Raises:
        ValueError: for a link that leaves this site.
    """
    title = element("title", name)
    if href is None:
        return group(title, *children)
    return element("a", title, *children, href=href, class_="pic-link")


def picture(
    name: str,
    title: str,
    description: str,
    size: tuple[float, float],
    *children: Markup,
    css: str = "",
    has_links: bool = False,
) -> Markup:
    """The whole: it scales with its place and keeps its shape, so nothing jumps when it loads.

    `name` becomes the id, and the start of the ids inside. With links it is a group, since the
    links in an image would be hidden from a screen reader.

    Raises:
        ValueError: for an id that is no letter followed by letters, digits, - and _.
    """
    if not _ID.fullmatch(name):
        raise ValueError(f"{name!r} is no id")
    width, height = size
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", description, id=f"{name}-desc"),
        *children,
        id=name,
        class_=f"kvob-pic {css}".strip(),
        role="group" if has_links else "img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        width="100%",
        viewBox=f"0 0 {number(width)} {number(height)}",
    )


def wide_and_narrow(wide: Markup, narrow: Markup) -> Markup:
    """Two drawings of one thing; the stylesheet shows the one that is legible in its place."""
    return element("div", wide, narrow, class_="kvob-picture")


def _attribute(key: str, value: Value) -> str:
    if value is None:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if not _NAME.fullmatch(name) or name == "style" or name.lower().startswith("on"):
        raise ValueError(f"no attribute may be called {name!r}")
    if name == "href" and not (isinstance(value, str) and _OWN.fullmatch(value)):
        raise ValueError(f"{value!r} leads out of this site")
    shown = value if isinstance(value, str) else number(value)
    return f' {name}="{text(shown)}"'
