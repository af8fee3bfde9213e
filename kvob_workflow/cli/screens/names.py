"""How does a sealed name look on a screen? The name, "erased", or the person's id without keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from kvob_domain.personal import ERASED_WORDS, Erased, Opened, Sealed, Unopened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_domain.ids import EstateId
    from kvob_domain.words import Language
    from kvob_workflow import Engine
    from kvob_workflow.cli.desk import Desk


def shown_name(name: Sealed | str | None, names: Mapping[str, Opened], language: Language) -> str:
    """A name of the record for people: the name, that it is erased, or the person's id."""
    if not isinstance(name, Sealed):
        return name or ""
    opened = names.get(name.nonce)
    if isinstance(opened, Erased):
        return ERASED_WORDS.of(language)
    if isinstance(opened, Unopened):
        return f"{opened.person} ({opened.fault.words.of(language)})"
    return opened if opened is not None else name.person


def with_names(value: object, names: Mapping[str, Opened], language: Language) -> object:
    """What an event says, with each sealed name as people read it."""
    if isinstance(value, dict):
        said = cast("dict[str, object]", value)
        if {"box", "nonce", "commitment"} <= said.keys():
            return shown_name(Sealed.model_validate(said), names, language)
        return {field: with_names(one, names, language) for field, one in said.items()}
    if isinstance(value, list):
        return [with_names(one, names, language) for one in cast("list[object]", value)]
    return value


def names_for(desk: Desk, engine: Engine, estate: EstateId) -> dict[str, Opened]:
    """The names in the record of an estate; none, and said so, where the keys are not there."""
    from kvob_workflow.privacy.key_errors import KeysUnavailable

    try:
        return engine.names(estate)
    except KeysUnavailable as error:
        desk.say(
            f"Namen blijven dicht: {error.message('nl')}", f"Names stay sealed: {error.message()}"
        )
        return {}
