"""Where does somebody go on after a login? To a path of these pages, and never elsewhere."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

LONGEST: Final = 2_000
# All that may stand in a path with a query; a per cent sign stays as it is.
_AS_IT_IS: Final = "%/?#[]@!$&'()*+,;=:-._~"


def safe_back(back: str, base: str, own: tuple[str, ...] = ()) -> str:
    """The path, when it lies below the base of the pages and outside of `own`; else the first page.

    Browsers read `//host`, `/\\host` and what stands before a tab or a new line as another site.
    """
    first = f"{base}/"
    if not back.startswith(first) or back.startswith("//"):
        return first
    if "\\" in back or any(one <= " " or one == "\x7f" for one in back):
        return first
    path = back.partition("?")[0].partition("#")[0]
    if any(path == f"{base}{one}" or path.startswith(f"{base}{one}/") for one in own):
        return first
    quoted = quote(back, safe=_AS_IT_IS)
    return quoted if len(quoted) <= LONGEST else first


def with_query(path: str, **query: str) -> str:
    """A path with a query; what is empty is left out."""
    told = {name: value for name, value in query.items() if value}
    return f"{path}?{urlencode(told)}" if told else path
