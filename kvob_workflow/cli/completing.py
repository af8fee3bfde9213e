"""How does a shell complete the commands? The script that Cyclopts makes of the application."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from kvob_domain.errors import Invalid

if TYPE_CHECKING:
    from kvob_domain.words import Language

SHELLS: Final = ("bash", "zsh", "fish")


@dataclass(eq=False)
class ShellUnknown(Invalid):
    """There is no script for this shell."""

    code: ClassVar[str] = "shell-unknown"
    nl: ClassVar[str] = "Voor de shell '{shell}' is er geen aanvulling. Kies uit: {known}."
    en: ClassVar[str] = "There is no completion for the shell '{shell}'. Choose from: {known}."
    shell: str
    known: tuple[str, ...]


def script(shell: str, language: Language) -> str:
    """The completion script.

    Raises:
        ShellUnknown: for any other shell.
    """
    from kvob_workflow.cli.app import build
    from kvob_workflow.cli.commands import all_entrances
    from kvob_workflow.cli.exit_codes import ExitCode

    if shell not in SHELLS:
        raise ShellUnknown(shell, SHELLS)
    app = build(all_entrances(), language, lambda entrance, values: ExitCode.OK, asked=None)
    return app.generate_completion(prog_name="kvob", shell=shell)  # type: ignore[arg-type]
