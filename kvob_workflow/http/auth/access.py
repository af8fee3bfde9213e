"""Whom does this installation let in, as what? A TOML file of a keeper, checked when it is read.

    [issuer]
    address = "https://login.example.org/realms/kvob"
    audience = "kvob"

    [claims]
    roles = "realm_access.roles"

    [roles]
    "kvob-guide" = "guide"
    "kvob-auditor" = "auditor"

Nothing in it is secret: keys of the issuer are public, keys of machines are in the store, and of
the secrets of a login it names the files. What each line means: `access.md`, beside the package.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Final, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from kvob_domain.actor import Role
from kvob_domain.mandates import Scope
from kvob_workflow.http.auth.access_errors import (
    AccessFileInvalid,
    AccessFileUnreadable,
    told_problems,
)

Name = Annotated[str, Field(min_length=1, max_length=500)]
Algorithm = Literal[
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"
]  # none and HS* cannot even be named
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


class Issuer(_Table):
    """The login service whose tokens are taken. `address` must be the `iss` of a token, exactly.

    `keys` is an https address or a file with its JWKS; without it the address of the keys is read
    from `<address>/.well-known/openid-configuration`. Times in seconds.
    """

    address: Name
    audience: Name
    keys: Name | None = None
    algorithms: Annotated[list[Algorithm], Field(min_length=1)] = [
        "RS256",
        "PS256",
        "ES256",
        "EdDSA",
    ]
    types: Annotated[list[Name], Field(min_length=1)] = ["at+jwt", "JWT"]
    leeway: Annotated[int, Field(ge=0, le=300)] = 30
    longest_life: Annotated[int, Field(ge=60, le=604_800)] = 21_600
    largest: Annotated[int, Field(ge=500, le=60_000)] = 16_000
    keys_fresh: Annotated[int, Field(ge=10, le=86_400)] = 600
    keys_kept: Annotated[int, Field(ge=10, le=604_800)] = 86_400
    ask_again: Annotated[int, Field(ge=1, le=3_600)] = 30
    timeout: Annotated[float, Field(gt=0, le=60, allow_inf_nan=False)] = 5.0
    remembered: Annotated[int, Field(ge=0, le=600)] = 60

    @model_validator(mode="after")
    def _is_safe(self) -> Self:
        for address in (self.address, self.keys or ""):
            if not is_safe(address) and "://" in address:
                raise PydanticCustomError("not_https", "not https")
        if self.keys is None and "://" not in self.address:
            raise PydanticCustomError("no_keys", "no keys")
        return self


Steps = Annotated[list[Name], Field(min_length=1, max_length=10)]


class Claims(_Table):
    """Where a token says what. A text is split at its dots; a list is taken as it is."""

    roles: Name | Steps = "roles"
    organisation: Name | Steps = "organisation"
    municipalities: Name | Steps = "municipalities"
    estates: Name | Steps = "estates"
    scopes: Name | Steps = "scope"
    person: Name | Steps | None = None


class StepUp(_Table):
    """What a login must be for these scopes: one of these `acr`, and not older than `max_age`."""

    scopes: list[Annotated[Scope, Field(strict=False)]] = [
        Scope.CERTIFICATES_DECIDE,
        Scope.PERSONS_ERASE,
    ]
    acr: list[Name] = []
    max_age: Annotated[int, Field(ge=10, le=604_800)] | None = None

    @model_validator(mode="after")
    def _demands(self) -> Self:
        if not self.acr and self.max_age is None:
            raise PydanticCustomError("no_demand", "no demand")
        return self


class LoginTable(_Table):
    """How people log in to the pages, as a client of the issuer (OpenID Connect, with PKCE).

    `address` is the public address of the pages, with their path; without it, what the browser
    asked for. A session ends after `session_minutes` without a request, and after `session_hours`
    whatever happens. `session_keys` are files with the keys of cookies, the newest first.
    """

    client_id: Name
    client_secret_file: Name | None = None
    address: Name | None = None
    scopes: Annotated[list[Name], Field(min_length=1, max_length=20)] = ["openid"]
    prompt: Literal["login", "select_account", "consent"] | None = None
    acr: Annotated[list[Name], Field(max_length=10)] = []
    name: Name | Steps = "name"
    session_minutes: Annotated[int, Field(ge=1, le=1_440)] = 30
    session_hours: Annotated[int, Field(ge=1, le=168)] = 10
    session_keys: Annotated[list[Name], Field(max_length=5)] = []

    @model_validator(mode="after")
    def _is_openid(self) -> Self:
        if self.address is not None and not is_safe(self.address):
            raise PydanticCustomError("not_https", "not https")
        if "openid" not in self.scopes or any(" " in one for one in self.scopes):
            raise PydanticCustomError("no_openid", "no openid")
        return self


class Access(_Table):
    """The whole file. `roles` leads from the words of the issuer to roles here."""

    issuer: Issuer | None = None
    login: LoginTable | None = None
    claims: Claims = Claims()
    roles: dict[Name, Annotated[Role, Field(strict=False)]] = {}
    step_up: StepUp | None = None
    narrow_by_scope: bool = False
    importers_reach_everything: bool = False
    public_register: bool = False
    keys_of_machines: bool = True

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.issuer is not None and not self.roles:
            raise PydanticCustomError("no_roles", "no roles")
        if self.login is not None and (self.issuer is None or "://" not in self.issuer.address):
            raise PydanticCustomError("no_login_service", "no login service")
        if Role.ALARM in self.roles.values():
            raise PydanticCustomError("alarm", "alarm")
        return self


def read_access_file(file: str) -> Access:
    """What a TOML file (UTF-8) says.

    Raises:
        AccessFileUnreadable: there is no such file, or it is no TOML.
        AccessFileInvalid: a key is unknown, missing or has an impossible value.
    """
    try:
        document = tomllib.loads(Path(file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise AccessFileUnreadable(file, reason or type(error).__name__) from error
    try:
        return Access.model_validate(document)
    except ValidationError as error:
        raise AccessFileInvalid(file, *next(told_problems(error))) from None


def is_safe(address: str) -> bool:
    """Whether what comes from this address cannot be changed on its way: TLS, or this machine."""
    parts = urlsplit(address)
    if parts.username or parts.password:
        return False
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    )
