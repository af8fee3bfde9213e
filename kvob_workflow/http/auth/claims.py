"""What mandate does a verified token give? A pure function of its claims and the access file.

Nothing here checks a signature or a time: see `tokens`. One request acts in one role, since what
is recorded is one role and separation of duties rests on it; rights of several are never added up.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final, cast

from kvob_domain.actor import Actor, Role
from kvob_domain.ids import EstateId, PersonId
from kvob_domain.mandates import Mandate, scopes_of
from kvob_domain.mandates.reach_by_role import ReachUnclear, reach_of
from kvob_workflow.http.auth.errors import RoleMissing, RoleNotHeld, RoleUnclear
from kvob_workflow.http.auth.token_errors import ClaimsUnusable

if TYPE_CHECKING:
    from kvob_workflow.http.auth.access import Access

ORIGIN: Final = "http"
MOST_WORDS: Final = 1_000
"""Words in one claim; no login service gives more, and each costs time."""

_PERSON: Final = re.compile(r"[a-z0-9][a-z0-9._:-]{0,63}")
_ESTATE: Final = re.compile(r"[0-9a-f]{32}")
# What these begin with is given out here alone; a login service may not name a machine.
_OURS: Final = ("key:", "oidc:")
_LONGEST_NAME: Final = 200

Path = str | Sequence[str]


def mandate_of(
    claims: Mapping[str, object], access: Access, asked_role: str | None = None
) -> Mandate:
    """The mandate, in the role that was asked for, or the only one that the token has.

    Raises:
        RoleMissing, RoleUnclear, RoleNotHeld: there is not exactly one role to act in.
        ClaimsUnusable: something else that is needed is missing or cannot be.
    """
    named = access.claims
    role = role_of(words_at(claims, named.roles), access.roles, asked_role)
    organisation = _organisation(claims, named.organisation)
    actor = Actor(person_of(claims, named.person), organisation, role, ORIGIN)
    asked = words_at(claims, named.scopes) if access.narrow_by_scope else None
    try:
        reach = reach_of(
            role,
            organisation,
            _names(claims, named.municipalities),
            _estates(claims, named.estates),
            everywhere=access.importers_reach_everything,
        )
    except ReachUnclear as error:
        raise ClaimsUnusable(error.missing.en) from None
    return Mandate(actor, scopes_of(role, asked), reach)


def role_of(words: Sequence[str], roles: Mapping[str, Role], asked: str | None) -> Role:
    """The one role to act in; words that the table does not know give nothing.

    Raises:
        RoleMissing, RoleUnclear, RoleNotHeld: there is not exactly one.
    """
    held = {roles[word] for word in words if word in roles}
    if not held:
        raise RoleMissing
    if asked is not None:
        for role in held:
            if role.value == asked.strip():
                return role
        raise RoleNotHeld
    if len(held) > 1:
        raise RoleUnclear(tuple(sorted(held)))
    return held.pop()


def person_of(claims: Mapping[str, object], path: Path | None) -> PersonId:
    """Who acts, as an id that never changes and names nobody.

    Without `path` it is made of `iss` and `sub`, which together are one person for ever (OpenID
    Connect Core, section 5.7): 160 bits of their SHA-256.

    Raises:
        ClaimsUnusable: the claim is no such id, or one that is given out here alone.
    """
    if path is None:
        pair = [_text(claims, "iss"), _text(claims, "sub")]
        digest = hashlib.sha256(json.dumps(pair).encode()).hexdigest()
        return PersonId(f"oidc:{digest[:40]}")
    found = at(claims, path)
    person = found.lower() if isinstance(found, str) else ""
    if not _PERSON.fullmatch(person) or person.startswith(_OURS):
        raise ClaimsUnusable(shown(path))
    return PersonId(person)


def at(claims: Mapping[str, object], path: Path) -> object:
    """What stands at a path of claims; None where nothing does."""
    steps = path.split(".") if isinstance(path, str) else path
    inner: Mapping[str, object] = claims
    for number, step in enumerate(steps, 1):
        found = inner.get(step)
        if number == len(steps):
            return found
        if not isinstance(found, dict):
            return None
        inner = cast("dict[str, object]", found)
    return None


def words_at(claims: Mapping[str, object], path: Path) -> tuple[str, ...]:
    """The words of a claim: a list of texts, or one text with spaces; none where there is none.

    Raises:
        ClaimsUnusable: it is something else, or too much.
    """
    found = at(claims, path)
    if found is None:
        return ()
    words = found.split() if isinstance(found, str) else found
    return _all_texts(words, path)


def shown(path: Path) -> str:
    """The path as the access file has it."""
    return path if isinstance(path, str) else ".".join(path)


def _names(claims: Mapping[str, object], path: Path) -> tuple[str, ...]:
    """Names, which may have spaces: a list of texts, or one."""
    found = at(claims, path)
    if found is None:
        return ()
    names = _all_texts([found] if isinstance(found, str) else found, path)
    if not all(_is_name(one) for one in names):
        raise ClaimsUnusable(shown(path))
    return names


def _estates(claims: Mapping[str, object], path: Path) -> tuple[EstateId, ...]:
    words = words_at(claims, path)
    if not all(_ESTATE.fullmatch(one) for one in words):
        raise ClaimsUnusable(shown(path))
    return tuple(EstateId(one) for one in words)


def _organisation(claims: Mapping[str, object], path: Path) -> str | None:
    names = _names(claims, path)
    if len(names) > 1:  # Keycloak gives a list; who acts for two does not say for which
        raise ClaimsUnusable(shown(path))
    return names[0].strip() if names else None


def _is_name(text: str) -> bool:
    return bool(text.strip()) and len(text) <= _LONGEST_NAME and text.isprintable()


def _all_texts(found: object, path: Path) -> tuple[str, ...]:
    if isinstance(found, list):
        several = cast("list[object]", found)
        texts = tuple(one for one in several if isinstance(one, str))
        if len(texts) == len(several) <= MOST_WORDS:
            return texts
    raise ClaimsUnusable(shown(path))


def _text(claims: Mapping[str, object], name: str) -> str:
    found = claims.get(name)
    if not isinstance(found, str) or not 0 < len(found) <= 500:
        raise ClaimsUnusable(name)
    return found
