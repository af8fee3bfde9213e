"""Which settings hold, and where did each come from? The only reader of the environment.

An option on the command line wins over its variable, a variable over the default. Hosts that
embed the engine pass what they want and need nothing from here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Final, Literal, cast

from pydantic import TypeAdapter, ValidationError

from kvob_domain.actor import Role
from kvob_domain.errors import Invalid
from kvob_domain.ids import PersonIdField
from kvob_workflow.addresses import shown
from kvob_workflow.limits import StoreLimits, check_limit
from kvob_workflow.setting_names import (
    ALL_SETTINGS,
    COUNTS,
    DEBUG,
    DEFAULT_STORE,
    LANGUAGE,
    LIMITS,
    ROLES,
    Named,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_domain.words import Language

Synchronous = Literal["FULL", "NORMAL"]


# POSIX: the first of these that is set decides about messages.
_LOCALE: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
_YES: Final = frozenset({"1", "true", "yes", "on"})


@dataclass(eq=False)
class SettingInvalid(Invalid):
    """A setting has a value that it cannot have. `setting` is the variable or the option."""

    code: ClassVar[str] = "setting-invalid"
    nl: ClassVar[str] = "{setting}: '{value}' kan niet. Kies een van: {possible}."
    en: ClassVar[str] = "{setting}: '{value}' is not possible. Choose one of: {possible}."
    setting: str
    value: str
    possible: tuple[str, ...]


@dataclass(eq=False)
class PersonInvalid(Invalid):
    """Who acts is told by an opaque id: a name or an e-mail address could never be erased."""

    code: ClassVar[str] = "person-invalid"
    nl: ClassVar[str] = (
        "{setting}: '{value}' is geen kenmerk van een persoon. Gebruik letters, cijfers, punt, "
        "koppelteken of dubbele punt (hooguit 64 tekens), en nooit een naam of e-mailadres."
    )
    en: ClassVar[str] = (
        "{setting}: '{value}' is not the id of a person. Use letters, digits, dot, hyphen or "
        "colon (64 characters at most), and never a name or an e-mail address."
    )
    setting: str
    value: str


@dataclass(frozen=True, slots=True)
class Setting:
    """The value that holds, and what gave it: an option, a variable, or "default".

    Of an address the password is hidden.
    """

    name: str
    value: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the engine and the command line are told from outside.

    `store` and `keys` may hold a password, `sources` never does.
    """

    store: str = field(repr=False)
    language: Language
    person: str
    organisation: str | None
    role: Role
    synchronous: Synchronous
    notices: str | None
    log_key: str | None
    register_key: str | None
    register_address: str | None
    rsin: str | None
    documents: str | None
    access_log: str | None
    keys: str | None = field(repr=False)
    master_key: str | None
    projections: str | None
    access: str | None
    development: bool
    source: str | None
    webhook_hosts: str | None
    webhook_key: str | None
    limits: StoreLimits
    debug: bool
    sources: tuple[Setting, ...]


def read_settings(
    options: Mapping[str, str | None] | None = None,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """The settings that hold. `options` are given by name; None and absent mean not given.

    Raises:
        SettingInvalid: when a value is not among the possible ones; it names where it came from.
        PersonInvalid: when the person is not given as an opaque id.
        LimitInvalid: when a limit is no number, or out of its bounds.
    """
    variables = os.environ if environment is None else environment
    found = {named.name: _effective(named, options or {}, variables) for named in ALL_SETTINGS}
    return Settings(
        store=found["store"].value or DEFAULT_STORE,
        # _choice answers with one of the values that it was given.
        language=cast("Language", _choice(found["language"], ("nl", "en"))),
        person=_person(found["person"]),
        organisation=found["organisation"].value,
        role=Role(_choice(found["role"], ROLES)),
        synchronous=cast("Synchronous", _choice(found["synchronous"], ("FULL", "NORMAL"))),
        notices=found["notices"].value,
        log_key=found["log_key"].value,
        register_key=found["register_key"].value,
        register_address=found["register_address"].value,
        rsin=found["rsin"].value,
        documents=found["documents"].value,
        access_log=found["access_log"].value,
        keys=found["keys"].value,
        master_key=found["master_key"].value,
        projections=found["projections"].value,
        access=found["access"].value,
        development=_is_yes(found["development"]),
        source=found["source"].value,
        webhook_hosts=found["webhook_hosts"].value,
        webhook_key=found["webhook_key"].value,
        limits=_limits(found),
        debug=_is_yes(found["debug"]),
        sources=tuple(_shown(one) for one in found.values()),
    )


def language_of(
    option: str | None = None, environment: Mapping[str, str] | None = None
) -> Language:
    """The language to speak, before anything else is known; an impossible wish counts as none."""
    variables = os.environ if environment is None else environment
    wish = _effective(LANGUAGE, {"language": option}, variables).value or ""
    if wish.lower() in ("nl", "en"):
        return cast("Language", wish.lower())
    return _spoken(variables)[0]


def variables() -> dict[str, str]:
    """Every variable: for a password that a file names by one, and for commands to start."""
    return dict(os.environ)


def wants_debug(option: bool, environment: Mapping[str, str] | None = None) -> bool:
    """Whether the way to a defect is to be shown, before anything else is known."""
    variables = os.environ if environment is None else environment
    return _is_yes(_effective(DEBUG, {"debug": "yes" if option else None}, variables))


def _effective(
    named: Named, given: Mapping[str, str | None], variables: Mapping[str, str]
) -> Setting:
    option, variable = given.get(named.name), variables.get(named.variable)
    if option is not None:
        return Setting(named.name, option, named.option or "option")
    # An empty variable counts as unset: shells have no easy way to unset one for a single call.
    if variable:
        return Setting(named.name, variable, named.variable)
    if named is LANGUAGE:
        return Setting(named.name, *_spoken(variables))
    return Setting(named.name, named.default, "default")


def _shown(setting: Setting) -> Setting:
    return setting if setting.value is None else replace(setting, value=shown(setting.value))


def _spoken(variables: Mapping[str, str]) -> tuple[Language, str]:
    """Dutch where the machine's locale is Dutch, else English; and what said so."""
    for name in _LOCALE:
        if locale := variables.get(name):
            return ("nl" if locale.lower().startswith("nl") else "en"), name
    return "en", "default"


def _is_yes(setting: Setting) -> bool:
    return (setting.value or "").lower() in _YES


def _choice(setting: Setting, possible: tuple[str, ...]) -> str:
    value = setting.value or ""
    for choice in possible:
        if value.lower() == choice.lower():
            return str(choice)
    raise SettingInvalid(_told_by(setting), value, tuple(str(choice) for choice in possible))


def _limits(found: Mapping[str, Setting]) -> StoreLimits:
    given: dict[str, float] = {}
    for named in LIMITS:
        value = found[named.name].value or ""
        try:
            given[named.name] = int(value) if named in COUNTS else float(value)
        except ValueError:
            check_limit(named.name, value, named.variable)
        check_limit(named.name, given[named.name], named.variable)
    return StoreLimits(**given)  # type: ignore[arg-type] # the counts among them are whole


def _person(setting: Setting) -> str:
    value = setting.value or ""
    try:
        return TypeAdapter(PersonIdField).validate_python(value)
    except ValidationError:
        raise PersonInvalid(_told_by(setting), value) from None


def _told_by(setting: Setting) -> str:
    return setting.name if setting.origin == "default" else setting.origin
