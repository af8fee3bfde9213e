"""Which words does the box know? Keys, flags and values, each with its names in both languages."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final, NamedTuple

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate_names import normal_name
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Text

Choice = Step | Status | RequirementCode

_SHORTEST_PART: Final = 3  # letters of a value that may stand anywhere in its name


class Key(Enum):
    """What stands in front of a value. Its value: the name, and the label on the page."""

    STEP = (Text("stap", "step"), Text("Stap", "Step"))
    STATUS = (Text("status", "status"), Text("Status", "Status"))
    LEVEL = (Text("niveau", "level"), Text("Niveau", "Level"))
    MUNICIPALITY = (Text("gemeente", "municipality"), Text("Gemeente", "Municipality"))
    MISSING = (Text("mist", "missing"), Text("Mist", "Missing"))
    EXPIRES = (Text("vervalt", "expires"), Text("Certificaat vervalt", "Certificate expires"))
    DUE = (Text("termijn", "due"), Text("Termijn", "Due"))

    @property
    def name_text(self) -> Text:
        """What people write."""
        return self.value[0]

    @property
    def label(self) -> Text:
        """What the page calls it."""
        return self.value[1]


class Flag(Enum):
    """A word that is a filter by itself. Its value: the name, and the label on the page."""

    OVERDUE = (Text("te-laat", "overdue"), Text("Te laat", "Overdue"))
    APPROVALS = (
        Text("wacht-op-akkoord", "approvals-waiting"),
        Text("Wacht op akkoord", "Approvals waiting"),
    )
    GROUPS = (Text("met-groepen", "with-groups"), Text("Met groepen", "With groups"))

    @property
    def name_text(self) -> Text:
        """What people write."""
        return self.value[0]

    @property
    def label(self) -> Text:
        """What the page calls it."""
        return self.value[1]


CHOICES: Final[Mapping[Key, tuple[Choice, ...]]] = {
    Key.STEP: tuple(Step),
    Key.STATUS: tuple(Status),
    Key.MISSING: tuple(RequirementCode),
}
_ALSO: Final[Mapping[str, Key | Flag]] = {
    "ontbreekt": Key.MISSING,
    "verloopt": Key.EXPIRES,
    "plaats": Key.MUNICIPALITY,
    "akkoord": Flag.APPROVALS,
    "approvals": Flag.APPROVALS,
    "groepen": Flag.GROUPS,
    "groups": Flag.GROUPS,
}
"""Other names of keys; those of flags count only with "ja" behind them: estates are called so."""
_REQUIREMENT_NAMES: Final[Mapping[RequirementCode, Text]] = {
    RequirementCode.PARTIES: Text("partijen", "parties"),
    RequirementCode.INTENT: Text("intentieverklaring", "intent"),
    RequirementCode.SURVEY: Text("enquête", "survey"),
    RequirementCode.WALK_ROUND_DAY: Text("schouw-daglicht", "walk-round-day"),
    RequirementCode.WALK_ROUND_DARK: Text("schouw-donker", "walk-round-dark"),
    RequirementCode.FIGURES: Text("incidentcijfers", "figures"),
    RequirementCode.ANALYSIS: Text("veiligheidsanalyse", "analysis"),
    RequirementCode.PLAN: Text("plan", "plan"),
    RequirementCode.GOALS: Text("doelstellingen", "goals"),
    RequirementCode.COVENANT: Text("convenant", "covenant"),
    RequirementCode.AUDIT: Text("audit", "audit"),
    RequirementCode.FINDINGS_CLOSED: Text("tekortkomingen", "findings"),
    RequirementCode.MEASURES_DONE: Text("maatregelen", "measures"),
}


class Matched(NamedTuple):
    """The choices that a written value fits: one, several, or none; `nearest` where none does."""

    found: tuple[Choice, ...]
    nearest: Choice | None = None


def folded_word(text: str) -> str:
    """A word as it is compared: without case, accents, hyphens and underscores."""
    return " ".join(normal_name(text).replace("-", " ").replace("_", " ").split())


def name_of(choice: Choice) -> Text:
    """What the box calls a value: one word, which needs no quotes."""
    if isinstance(choice, RequirementCode):
        return _REQUIREMENT_NAMES[choice]
    return Text(*("-".join(word.lower().split()) for word in choice.words))


def key_of(word: str) -> Key | Flag | None:
    """The key or flag that a word in front of an operator names."""
    return _KEYS.get(folded_word(word))


def flag_of(word: str) -> Flag | None:
    """The flag that a word is by itself."""
    return _FLAGS.get(folded_word(word))


def near_key(word: str) -> Key | Flag | None:
    """The key or flag whose name is nearest; None where none is near."""
    near = difflib.get_close_matches(folded_word(word), _KEYS, n=1)
    return _KEYS[near[0]] if near else None


def match(key: Key, value: str) -> Matched:
    """The choices of a key that a value names, by code or by words.

    A whole name goes before its beginning, and that before any part of it.
    """
    names = _NAMES[key]
    wanted = folded_word(value)
    if not wanted:
        return Matched(())
    fits = (
        [choice for name, choice in names if name == wanted],
        [choice for name, choice in names if name.startswith(wanted)],
        [choice for name, choice in names if len(wanted) >= _SHORTEST_PART and wanted in name],
    )
    for found in fits:
        if found:
            return Matched(tuple(dict.fromkeys(found)))
    near = difflib.get_close_matches(wanted, [name for name, _ in names], n=1)
    return Matched((), dict(names)[near[0]] if near else None)


def _names_of(choices: Sequence[Choice]) -> tuple[tuple[str, Choice], ...]:
    return tuple(
        (folded_word(name), choice)
        for choice in choices
        for name in (choice.value, *name_of(choice), *choice.words)
    )


_NAMES: Final = {key: _names_of(choices) for key, choices in CHOICES.items()}
_FLAGS: Final[Mapping[str, Flag]] = {
    folded_word(name): flag for flag in Flag for name in flag.name_text
}
_KEYS: Final[Mapping[str, Key | Flag]] = {
    **_ALSO,
    **_FLAGS,
    **{folded_word(name): key for key in Key for name in key.name_text},
}
