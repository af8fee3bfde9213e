"""How does the lifecycle look as Mermaid? Drawn from the machine classes that decide."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.commands import ALL_COMMANDS, name_of
from kvob_domain.lifecycle.certificate import CertificateMachine, Status
from kvob_domain.lifecycle.trajectory import Step, TrajectoryMachine
from kvob_domain.words import Text

if TYPE_CHECKING:
    from kvob_domain.words import Language

_STATE: Final = re.compile(r'^(\s+state) "[^"]*" as (\w+)$')
_MOVE: Final = re.compile(r"^(\s+\w+ --> \w+ : )(.+)$")
# A thick border as well as a colour: a diagram may be printed, or read without colour.
_MARK: Final = "classDef now stroke:#154273,stroke-width:4px,fill:#cce0f1"
_NO_COMMAND: Final = {
    "expire": Text("Verloopt", "Expires"),
    "lose_date": Text("Datum onbekend", "Date unknown"),
}
_TITLES: Final = (Text("Traject", "Trajectory"), Text("Certificaat", "Certificate"))


@dataclass(frozen=True, slots=True)
class Diagrams:
    """Both machines as Mermaid text."""

    trajectory: str
    certificate: str

    def as_markdown(self, language: Language) -> list[str]:
        """Both in one Markdown text, as code hosts and editors draw it."""
        lines: list[str] = []
        for title, text in zip(_TITLES, (self.trajectory, self.certificate), strict=True):
            lines += [f"## {title.of(language)}", "", "```mermaid", text, "```", ""]
        return lines[:-1]


def diagrams(language: Language, step: Step | None, status: Status | None) -> Diagrams:
    """Both diagrams, with the state that an estate is in marked where it is given."""
    steps = {one.value: one.words for one in Step}
    statuses = {one.value: one.words for one in Status}
    return Diagrams(
        _drawn(format(TrajectoryMachine, "mermaid"), steps, language, step),
        _drawn(format(CertificateMachine, "mermaid"), statuses, language, status),
    )


def _drawn(mermaid: str, states: dict[str, Text], language: Language, current: str | None) -> str:
    moves = {name_of(command): command.TITLE for command in ALL_COMMANDS} | _NO_COMMAND

    def line(text: str) -> str:
        if found := _STATE.match(text):
            return f'{found[1]} "{states[found[2]].of(language)}" as {found[2]}'
        if found := _MOVE.match(text):
            # The library shows `sign_covenant` as "Sign covenant".
            return found[1] + moves[found[2].lower().replace(" ", "_")].of(language)
        return text

    lines = [line(text) for text in mermaid.rstrip().splitlines()]
    if current is not None:
        lines += [f"    {_MARK}", f"    class {current} now"]
    return "\n".join(lines)
