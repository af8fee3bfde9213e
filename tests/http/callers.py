"""Who asks in the tests of isolation? Everybody who may come by HTTP, with real signed tokens.

Whom each of them may see is written out here, from the reference table of roles, and not asked of
the code under test.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from joserfc import jwt
from joserfc.jwk import ECKey

from kvob_domain.actor import Role
from kvob_workflow.http.auth.access import Access
from kvob_workflow.http.auth.bearer import BearerTokens
from kvob_workflow.testing import SettableClock
from tests.http.two_regions import DECOY, HERE, NEIGHBOUR, SITES, THERE, TODAY, Site

ISSUER: Final = "https://inlog.example.org/realms/kvob"
_KEY: Final = ECKey.generate_key("P-256", {"kid": "een", "use": "sig", "alg": "ES256"})
_OTHER_KEY: Final = ECKey.generate_key("P-256", {"kid": "een", "use": "sig", "alg": "ES256"})
# The alarm clock is the engine itself: nobody comes in with its role.
ROLES: Final = tuple(role for role in Role if role is not Role.ALARM)
ACCESS: Final = Access.model_validate(
    {
        "issuer": {"address": ISSUER, "audience": "kvob", "longest_life": 604_800},
        "claims": {"person": "person"},
        "roles": {role.value: role.value for role in ROLES},
    }
)

EVERY_SITE: Final = frozenset({*SITES, DECOY})
# What each role reaches from where it works. Whose place is "third" works nowhere in this world.
_BY_ORGANISATION: Final = {
    "here": frozenset({HERE}),
    "there": frozenset({THERE}),
    "third": frozenset[Site](),
}
_BY_MUNICIPALITY: Final = {**_BY_ORGANISATION, "here": frozenset({HERE, NEIGHBOUR})}
_EVERYWHERE: Final = dict.fromkeys(_BY_ORGANISATION, EVERY_SITE)
_NOWHERE: Final = dict.fromkeys(_BY_ORGANISATION, frozenset[Site]())
REACH: Final = {
    Role.GUIDE: _BY_ORGANISATION,
    Role.AUDITOR: _BY_ORGANISATION,
    Role.DECIDER: _BY_ORGANISATION,
    Role.PARK_MANAGER: _BY_ORGANISATION,
    Role.MUNICIPALITY: _BY_MUNICIPALITY,
    Role.IMPORTER: _BY_MUNICIPALITY,
    Role.SCHEME_MANAGER: _EVERYWHERE,
    Role.OPERATOR: _EVERYWHERE,
    Role.PRIVACY_OFFICER: _EVERYWHERE,
    Role.PUBLIC: _EVERYWHERE,
    Role.WITNESS: _NOWHERE,
}
_KINDS: Final = {
    Role.GUIDE: "Gids",
    Role.AUDITOR: "Keur",
    Role.DECIDER: "Keur",
    Role.PARK_MANAGER: "Park",
}
_PLACES: Final = {
    "here": (HERE.by, HERE.place),
    "there": (THERE.by, THERE.place),
    "third": ("Derde", "Stad Derde"),
}


@dataclass(frozen=True)
class Caller:
    """Somebody who asks. Without a role he is nobody, and gets nothing but what is open."""

    name: str
    role: Role | None
    sees: frozenset[Site]
    authorization: str | None
    person: str = "nobody"

    @property
    def headers(self) -> dict[str, str]:
        """What he sends."""
        given = {} if self.authorization is None else {"authorization": self.authorization}
        return {"accept-language": "en", **given}


def authenticator(clock: SettableClock) -> BearerTokens:
    """Lets in whose token the issuer of these tests signed."""
    keys = json.dumps({"keys": [_KEY.as_dict(private=False)]}).encode()
    return BearerTokens(ACCESS, clock=clock, fetch=lambda: keys)


def caller(role: Role, at: str = "here") -> Caller:
    """Somebody in a role, who works here, there, or for a third organisation."""
    by, place = _PLACES[at]
    claims: dict[str, Any] = {"roles": [role.value], "municipalities": [place]}
    if kind := _KINDS.get(role):
        claims["organisation"] = f"{kind} {by}"
    person = f"p-{by.lower()}-{role.value}"
    return Caller(f"{role.value} {at}", role, REACH[role][at], token(person, **claims), person)


def everybody() -> Iterator[Caller]:
    """Every role at every place, and everybody who must not get in at all."""
    for role in ROLES:
        for at in _PLACES:
            yield caller(role, at)
        yield _nobody(f"{role.value} without a place", token("p-leeg", roles=[role.value]), role)
    here: dict[str, Any] = {"organisation": f"Gids {HERE.by}", "municipalities": [HERE.place]}
    yield _nobody("nobody", None)
    yield _nobody("alarm", token("p-wekker", roles=["alarm"], **here))
    yield _nobody("unknown role", token("p-vreemd", roles=["burgemeester"], **here))
    yield _nobody("no role", token("p-niets", **here))
    yield _nobody("two roles", token("p-twee", roles=["guide", "decider"], **here))
    yield _nobody("expired", token("p-oud", hours=-2, roles=["guide"], **here))
    yield _nobody("forged", token("p-vals", key=_OTHER_KEY, roles=["guide"], **here))
    yield _nobody("no token", "Bearer geen-token")
    yield _nobody("another scheme", "Basic Z2lkczpnaWRz")


def token(person: str, *, hours: int = 1, key: ECKey = _KEY, **claims: Any) -> str:
    """The header with a token, valid for so many hours from the day of the world."""
    now = SettableClock(TODAY).now()
    stated = {
        "iss": ISSUER,
        "aud": "kvob",
        "sub": person,
        "person": person,
        "iat": int((now - timedelta(hours=3)).timestamp()),
        "exp": int((now + timedelta(hours=hours)).timestamp()),
        **claims,
    }
    header = {"alg": "ES256", "kid": "een", "typ": "at+jwt"}
    return "Bearer " + jwt.encode(header, stated, key, algorithms=["ES256"])


def _nobody(name: str, authorization: str | None, role: Role | None = None) -> Caller:
    """Who reaches nothing. A role that needs no place keeps its scopes without one."""
    placeless = role in (
        Role.SCHEME_MANAGER,
        Role.OPERATOR,
        Role.PRIVACY_OFFICER,
        Role.PUBLIC,
        Role.WITNESS,
    )
    if role is not None and placeless:
        return Caller(name, role, REACH[role]["here"], authorization)
    return Caller(name, None, frozenset(), authorization)
