"""Which settings are there? Each with its variable, its option and its default."""

from __future__ import annotations

from typing import Final, NamedTuple

from kvob_domain.actor import Role
from kvob_workflow.limits import StoreLimits

DEFAULT_STORE: Final = "sqlite:///kvob.db"
DEFAULT_PERSON: Final = "operator"


class Named(NamedTuple):
    """One setting: its name, its variable, its option where it has one, its default."""

    name: str
    variable: str
    option: str | None
    default: str | None


def _limit(name: str, variable: str) -> Named:
    return Named(name, variable, None, f"{getattr(StoreLimits(), name):g}")


STORE: Final = Named("store", "KVOB_STORE", "--store", DEFAULT_STORE)
LANGUAGE: Final = Named("language", "KVOB_LANG", "--lang", "en")
PERSON: Final = Named("person", "KVOB_PERSON", "--person", DEFAULT_PERSON)
ROLES: Final = tuple(role for role in Role if role is not Role.ALARM)
"""In which roles people act; nobody signs as the alarm clock."""

ORGANISATION: Final = Named("organisation", "KVOB_ORGANISATION", "--organisation", None)
ROLE: Final = Named("role", "KVOB_ROLE", "--role", Role.OPERATOR.value)
SYNCHRONOUS: Final = Named("synchronous", "KVOB_SYNCHRONOUS", None, "FULL")
NOTICES: Final = Named("notices", "KVOB_NOTICES", "--notices", None)
DOCUMENTS: Final = Named("documents", "KVOB_DOCUMENTS", None, None)
LOG_KEY: Final = Named("log_key", "KVOB_LOG_KEY", None, None)
REGISTER_KEY: Final = Named("register_key", "KVOB_REGISTER_KEY", None, None)
REGISTER_ADDRESS: Final = Named("register_address", "KVOB_REGISTER_ADDRESS", None, None)
RSIN: Final = Named("rsin", "KVOB_RSIN", None, None)
ACCESS_LOG: Final = Named("access_log", "KVOB_ACCESS_LOG", None, None)
KEYS: Final = Named("keys", "KVOB_KEYS", None, None)
ACCESS: Final = Named("access", "KVOB_ACCESS", None, None)
DEVELOPMENT: Final = Named("development", "KVOB_DEVELOPMENT", None, "no")
PROJECTIONS: Final = Named("projections", "KVOB_PROJECTIONS", None, None)
MASTER_KEY: Final = Named("master_key", "KVOB_MASTER_KEY", None, None)
SOURCE: Final = Named("source", "KVOB_SOURCE", None, None)
WEBHOOK_HOSTS: Final = Named("webhook_hosts", "KVOB_WEBHOOK_HOSTS", None, None)
WEBHOOK_KEY: Final = Named("webhook_key", "KVOB_WEBHOOK_KEY", None, None)
POOL_WRITERS: Final = _limit("writers", "KVOB_POOL_WRITERS")
POOL_READERS: Final = _limit("readers", "KVOB_POOL_READERS")
CONNECT_TIMEOUT: Final = _limit("connect_timeout", "KVOB_CONNECT_TIMEOUT")
LOCK_TIMEOUT: Final = _limit("lock_timeout", "KVOB_LOCK_TIMEOUT")
STATEMENT_TIMEOUT: Final = _limit("statement_timeout", "KVOB_STATEMENT_TIMEOUT")
ANSWER_TIMEOUT: Final = _limit("answer_timeout", "KVOB_ANSWER_TIMEOUT")
DEBUG: Final = Named("debug", "KVOB_DEBUG", "--debug", "no")

COUNTS: Final = (POOL_WRITERS, POOL_READERS)
"""The settings that are whole numbers."""

LIMITS: Final = (*COUNTS, CONNECT_TIMEOUT, LOCK_TIMEOUT, STATEMENT_TIMEOUT, ANSWER_TIMEOUT)
"""The settings that together are `StoreLimits`."""

ALL_SETTINGS: Final = (
    STORE,
    LANGUAGE,
    PERSON,
    ORGANISATION,
    ROLE,
    SYNCHRONOUS,
    NOTICES,
    DOCUMENTS,
    LOG_KEY,
    REGISTER_KEY,
    REGISTER_ADDRESS,
    RSIN,
    ACCESS_LOG,
    KEYS,
    MASTER_KEY,
    PROJECTIONS,
    ACCESS,
    DEVELOPMENT,
    SOURCE,
    WEBHOOK_HOSTS,
    WEBHOOK_KEY,
    *LIMITS,
    DEBUG,
)
