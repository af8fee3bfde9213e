"""Which commands, rules and requirements are there? Tables for people, made from the code.

`domain/README.md` holds them; a test compares, so that the page cannot lag behind.
"""

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_domain.estate.requirements import REQUIREMENTS
from kvob_domain.estate.rules import ALL_RULES
from kvob_domain.lifecycle.certificate import CertificateMachine
from kvob_domain.lifecycle.table import (
    CERTIFICATE_TABLE,
    TRAJECTORY_TABLE,
    statuses_with,
    steps_with,
)
from kvob_domain.lifecycle.trajectory import Step, TrajectoryMachine
from kvob_domain.mandates import COMMAND_SCOPES, ROLE_SCOPES, Scope


def command_table() -> str:
    """Every command with its Dutch title and its moves in both machines, as Markdown."""
    lines = ["| command | Dutch | trajectory | certificate |", "|---|---|---|---|"]
    for command in ALL_COMMANDS:
        name = name_of(command)
        lines.append(
            f"| `{command.__name__}` | {command.TITLE.nl} | {_steps(name)} | {_statuses(name)} |"
        )
    return "\n".join(lines)


def rule_table() -> str:
    """Every rule as a sentence, with what it says and the commands it looks at, as Markdown."""
    lines = ["| rule | says | commands | file |", "|---|---|---|---|"]
    for rule in ALL_RULES:
        cells = (f"`{rule.name}`", _one_line(rule.text), _names(rule.commands))
        lines.append(f"| {' | '.join(cells)} | `{_file(rule.check.__module__)}` |")
    return "\n".join(lines)


def requirement_table() -> str:
    """Every requirement with the moves that it gates and its check, as Markdown."""
    lines = [
        "| requirement | Dutch | first cycle | renewal | check in `requirement_checks.py` |",
        "|---|---|---|---|---|",
    ]
    for requirement in REQUIREMENTS:
        lines.append(
            f"| {requirement.code.value} | {requirement.code.words.nl}"
            f" | {requirement.first or ''} | {requirement.renewal or ''}"
            f" | `{requirement.check.__name__}` |"
        )
    return "\n".join(lines)


def rights_table() -> str:
    """Every scope with the roles that have it and the commands that take it, as Markdown."""
    lines = ["| scope | right | roles | commands |", "|---|---|---|---|"]
    for scope in Scope:
        roles = [f"`{role}`" for role, scopes in ROLE_SCOPES.items() if scope in scopes]
        takes = [f"`{one.__name__}`" for one, right in COMMAND_SCOPES.items() if right is scope]
        cells = (f"`{scope}`", scope.words.en, ", ".join(roles), ", ".join(takes))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def diagrams() -> str:
    """Both machines as Mermaid."""
    drawn = (format(machine, "mermaid") for machine in (TrajectoryMachine, CertificateMachine))
    return "\n\n".join(f"```mermaid\n{diagram.strip()}\n```" for diagram in drawn)


def _steps(move: str) -> str:
    targets = [(step, TRAJECTORY_TABLE[step, move]) for step in steps_with(move)]
    moves = [f"{step} → {to}" for step, to in targets if step != to]
    if len(moves) == len(targets) == len(Step) - 1:
        return f"any → {targets[0][1]}"
    stays = [step.value for step, to in targets if step == to]
    return "; ".join([*moves, *([f"stays in {', '.join(stays)}"] if stays else [])])


def _statuses(move: str) -> str:
    targets = [(status, CERTIFICATE_TABLE[status, move]) for status in statuses_with(move)]
    moves = [f"{status} → {to}" for status, to in targets if status != to]
    stays = [status.value for status, to in targets if status == to]
    return "; ".join([*moves, *([f"stays {', '.join(stays)}"] if stays else [])])


def _file(module: str) -> str:
    return module.removeprefix("kvob_domain.").replace(".", "/") + ".py"


def _names(commands: tuple[type[Command], ...]) -> str:
    if len(commands) > 8:
        return f"{len(commands)} commands"
    return ", ".join(f"`{command.__name__}`" for command in commands)


def _one_line(text: str) -> str:
    return " ".join(text.split())
