"""Which persons may be shown, and as what? Names that the engine opened, else ids, else hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeGuard, cast

from kvob_domain.mandates import Scope
from kvob_domain.personal import ERASED_WORDS, Erased, Opened, Sealed, Unopened
from kvob_domain.words import Text
from kvob_workflow.engine.mandated.masking import HIDDEN, OF_PERSONS
from kvob_workflow.privacy.key_errors import KeysUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvob_domain.ids import EstateId
    from kvob_domain.parties import Signatory
    from kvob_domain.words import Language
    from kvob_workflow.web.asking import Ask

HIDDEN_WORDS: Final = Text("afgeschermd", "not shown")
_SEAL: Final = frozenset({"box", "nonce", "commitment"})
# `involved` says in words who it was, `by` of a presentation a function such as mayor.
_IDS: Final = OF_PERSONS - {"by"}


@dataclass(frozen=True, slots=True)
class Names:
    """The names in the record of an estate, for one who looks. `kept_shut` says why there are none.

    `opened` are the contents of seals by nonce.
    """

    opened: Mapping[str, Opened] = field(default_factory=dict[str, Opened])
    persons: dict[str, str] = field(default_factory=dict[str, str])
    kept_shut: str = ""

    def of_person(self, person: str | None, language: Language) -> str:
        """A person: the name where it is known, else the id; not more than may be seen."""
        if person is None:
            return ""
        if person == HIDDEN:
            return HIDDEN_WORDS.of(language)
        name = self.persons.get(person)
        return f"{name} ({person})" if name else person

    def of_seal(self, seal: Mapping[str, object], language: Language) -> str:
        """What a sealed name is shown as."""
        opened = self.opened.get(str(seal["nonce"]))
        person = str(seal.get("person", HIDDEN))
        if isinstance(opened, str):
            return opened
        if isinstance(opened, Erased):
            return ERASED_WORDS.of(language)
        if isinstance(opened, Unopened):
            return f"{person} ({opened.fault.words.of(language)})"
        return self.of_person(person, language)

    def of_signatory(self, one: Signatory, language: Language) -> str:
        """Who signed, as far as that may be seen; "" where nobody is named."""
        if not isinstance(one.name, Sealed):
            return one.name or ""
        return self.of_seal({"nonce": one.name.nonce, "person": one.name.person}, language)

    def learn(self, says: Iterable[object]) -> None:
        """Take from the contents of events which person a name is of."""
        for seal in (one for said in says for one in _seals(said)):
            opened = self.opened.get(str(seal["nonce"]))
            if isinstance(opened, str):
                self.persons[str(seal["person"])] = opened


def is_person(name: str) -> bool:
    """Whether a field of this name holds the id of a person."""
    return name in _IDS


def is_seal(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether a value of an event is a sealed name."""
    return isinstance(value, dict) and cast("dict[str, object]", value).keys() >= _SEAL


def is_object(value: object) -> TypeGuard[Mapping[str, object]]:
    """Whether a value of an event is an object, and no sealed name."""
    return isinstance(value, dict) and not is_seal(cast("object", value))


def names_for(ask: Ask, estate: EstateId) -> Names:
    """The names that who looks may see; none, and why, where the keys are not at hand."""
    if not ask.may(Scope.PERSONS_READ):
        return Names()
    try:
        return Names(ask.desk.names(estate))
    except KeysUnavailable as error:
        return Names(kept_shut=error.message(ask.language))


def _seals(value: object) -> Iterable[Mapping[str, object]]:
    if is_seal(value):
        yield value
    elif isinstance(value, dict):
        for one in cast("dict[str, object]", value).values():
            yield from _seals(one)
    elif isinstance(value, list | tuple):
        for one in cast("list[object]", value):
            yield from _seals(one)
