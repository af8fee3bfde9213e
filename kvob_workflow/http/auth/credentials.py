"""What did a request bring to say who asks? One `Bearer` credential, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers

from kvob_workflow.http.auth.errors import CredentialsMalformed

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTHORIZATION: Final = "authorization"
ROLE_HEADER: Final = "kvob-role"
_LONGEST: Final = 65_536


def credential_of(headers: Mapping[str, str]) -> str | None:
    """The credential; None when the request brought none.

    Only the header is looked at: a token in an address ends up in logs (RFC 6750, section 5.3).

    Raises:
        CredentialsMalformed: another scheme, two headers, or nothing after `Bearer`.
    """
    given = headers.get(AUTHORIZATION)
    if given is None:
        return None
    scheme, _, credential = given.strip().partition(" ")
    credential = credential.strip(" ")
    if scheme.lower() != "bearer" or not credential or len(credential) > _LONGEST:
        raise CredentialsMalformed
    if " " in credential or not (credential.isascii() and credential.isprintable()):
        raise CredentialsMalformed
    if _is_twice(headers):  # which of two would a proxy have checked?
        raise CredentialsMalformed
    return credential


def _is_twice(headers: Mapping[str, str]) -> bool:
    if isinstance(headers, Headers):
        return len(headers.getlist(AUTHORIZATION)) > 1
    return list(headers).count(AUTHORIZATION) > 1
