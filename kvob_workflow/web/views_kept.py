"""Which lists did somebody keep in this browser? A sealed cookie of names with the text of a box.

It is of the browser and not of a person: the server keeps nothing. What is not sealed by us, or is
no list of views, counts as nothing kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, cast

from kvob_domain.words import Text
from kvob_workflow.web.query_box import SavedView
from kvob_workflow.web.sessions.cookies import BROWSER_SECONDS, cookie_of, set_cookie
from kvob_workflow.web.sessions.sealing import LARGEST, Seal

if TYPE_CHECKING:
    from fastapi import Response

    from kvob_workflow.web.asking import Ask

COOKIE: Final = "kvob-views"
MOST_VIEWS: Final = 20
LONGEST_NAME: Final = 40
LONGEST_BOX: Final = 500
_ATTRIBUTES: Final = 150
"""Bytes of the name and attributes of the cookie, beside what is sealed."""
_NAMELESS: Final = Text("Geef de weergave een naam.", "Give the view a name.")
_NAME_LONG: Final = Text(
    f"Een naam heeft hoogstens {LONGEST_NAME} tekens.",
    f"A name has at most {LONGEST_NAME} characters.",
)
_NAME_STRANGE: Final = Text(
    "Een naam bestaat uit leesbare tekens.", "A name is made of characters that can be read."
)
_BOX_LONG: Final = Text(
    f"Een bewaarde zoekvraag heeft hoogstens {LONGEST_BOX} tekens.",
    f"A kept question has at most {LONGEST_BOX} characters.",
)
_TOO_MANY: Final = Text(
    "Deze browser kan er niet meer bewaren; verwijder er eerst een.",
    "This browser cannot keep more of them; remove one first.",
)


class NameWrong(Exception):
    """Why a view cannot be kept, in words for its field."""

    def __init__(self, text: Text) -> None:
        """Say why."""
        super().__init__(text.en)
        self.text = text


class Views(NamedTuple):
    """The views of one browser, in the order in which they were kept."""

    views: tuple[SavedView, ...]

    @classmethod
    def of(cls, ask: Ask) -> Views:
        """Those that this browser brings."""
        given = cookie_of(ask.request, COOKIE)
        opened = _seal(ask).open(given) if given else None
        return cls(_read(opened.get("views")) if opened else ())

    def with_view(self, name: str, box: str) -> Views:
        """These and one more; one of the same name is replaced.

        Raises:
            NameWrong: it has no name that can be shown, or there is no place for it.
        """
        shown = " ".join(name.split())
        if not shown:
            raise NameWrong(_NAMELESS)
        if len(shown) > LONGEST_NAME:
            raise NameWrong(_NAME_LONG)
        if not shown.isprintable():
            raise NameWrong(_NAME_STRANGE)
        if len(box) > LONGEST_BOX:
            raise NameWrong(_BOX_LONG)
        others = self.without(shown).views
        if len(others) >= MOST_VIEWS:
            raise NameWrong(_TOO_MANY)
        return Views((*others, SavedView("", shown, box)))

    def without(self, name: str) -> Views:
        """These without the one of this name."""
        return Views(tuple(one for one in self.views if one.name != name))

    def kept(self, ask: Ask, response: Response) -> Response:
        """The response, with which the browser keeps these.

        Raises:
            NameWrong: they do not fit into a cookie.
        """
        sealed = _seal(ask).seal({"views": [[one.name, one.box] for one in self.views]})
        if len(sealed) > LARGEST - _ATTRIBUTES:
            raise NameWrong(_TOO_MANY)
        set_cookie(response, ask.request, COOKIE, sealed, seconds=BROWSER_SECONDS)
        return response


def _seal(ask: Ask) -> Seal:
    return Seal(ask.pages.keys, "kept views")


def _read(found: object) -> tuple[SavedView, ...]:
    if not isinstance(found, list):
        return ()
    pairs = cast("list[object]", found)  # of what stands in it each is looked at
    return tuple(view for one in pairs[:MOST_VIEWS] if (view := _view(one)) is not None)


def _view(pair: object) -> SavedView | None:
    match pair:
        case [str() as name, str() as box]:
            return SavedView("", name, box)
        case _:
            return None
