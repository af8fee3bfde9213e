"""How is a sentence of the domain read on a page? With days in words, without the command line."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_workflow.web.dates import in_words

if TYPE_CHECKING:
    from kvob_domain.words import Language

_DAY: Final = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)", re.ASCII)
_LINE: Final = "'kvob "
"""How a command line begins in a sentence."""
_TYPED: Final = re.compile(
    rf" ?\([^()]*{_LINE}[^()]*\)| (?:met|with) {_LINE}[^']*'(?: \(version\))?"
    rf"|; (?:draai |run )?{_LINE}[^.;]*(?=\.)"
    r"| of niet bij uw token(?=\.)| or not your token's(?=\.)| ?\((?:"
    + "|".join(name_of(one).replace("_", "-") for one in ALL_COMMANDS)
    + r")\)"
)


def without_source(sentence: str, source: str) -> str:
    """The sentence without the part in brackets that names this source."""
    at = sentence.find(source) if source else -1
    if at < 0:
        return sentence
    begin, end = sentence.rfind("(", 0, at), sentence.find(")", at + len(source))
    if begin < 0 or end < 0:
        return sentence
    return f"{sentence[:begin].rstrip()}{sentence[end + 1 :]}"


def plainly(sentence: str, language: Language) -> str:
    """The sentence for people: days as they write them, no terminal and no token."""

    def told(match: re.Match[str]) -> str:
        try:
            return in_words(date(*(int(part) for part in match.groups())), language)
        except ValueError:  # no day: a text of somebody's own
            return match[0]

    return _DAY.sub(told, _TYPED.sub("", sentence))
