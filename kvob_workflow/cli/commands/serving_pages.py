"""Which pages does `kvob serve` offer beside the API? The board, to who may log in there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kvob_workflow.web import Pages
from kvob_workflow.web.errors import ThemeUnreadable
from kvob_workflow.web.sessions import SessionKeys

if TYPE_CHECKING:
    from kvob_domain.words import Language
    from kvob_workflow.http.auth.access import Access
    from kvob_workflow.web.sessions import Login


@dataclass(frozen=True, slots=True)
class Look:
    """How the pages look: their title and language, and the stylesheet of the municipality."""

    title: str | None
    theme: str | None
    language: Language


def pages_of(access: Access | None, host: str, look: Look) -> Pages | None:
    """The pages for who may come in; None where the access file names no login for people.

    Without an access file it is the development mode, in which everybody chooses who he is.

    Raises:
        ThemeUnreadable: the stylesheet cannot be read.
        KvobError: the login cannot be offered as the file says.
    """
    if access is None:
        keys = SessionKeys()
        return _pages(_developers(keys, host), keys, look)
    if access.login is None:
        return None
    from kvob_workflow.web.sessions.oidc import oidc_login  # loads joserfc

    keys = SessionKeys.read(access.login.session_keys)
    return _pages(oidc_login(access, keys), keys, look)


def _pages(login: Login, keys: SessionKeys, look: Look) -> Pages:
    theme = None if look.theme is None else Path(look.theme)
    try:
        return Pages(
            login=login, keys=keys, title=look.title or "KVO-B", theme=theme, language=look.language
        )
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise ThemeUnreadable(str(error.filename), reason) from error


def _developers(keys: SessionKeys, host: str) -> Login:
    from kvob_workflow.web.sessions.development import DevelopmentLogin

    return DevelopmentLogin(keys, asked=True, host=host)
