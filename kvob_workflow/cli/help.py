"""How does a help page look? Plain lines in two columns, in the language asked for."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING

from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.words import HELP_FLAGS, POSITIONAL_WORDS, SCREEN_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cyclopts.help import HelpEntry, HelpPanel
    from rich.console import Console, ConsoleOptions

    from kvob_domain.words import Language
    from kvob_workflow.cli.options import Option

_WIDEST = 100
_NAME_COLUMN = 26


class HelpPage:
    """Formats the parts that Cyclopts collects."""

    def __init__(self, language: Language) -> None:
        """Format in one language."""
        self._language: Language = language

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:
        """A heading and its entries."""
        if not panel.entries:
            return
        lines = [_bold(str(panel.title), console)]
        for entry in panel.entries:
            lines += self._entry(entry, min(console.width, _WIDEST))
        _print(console, [*lines, ""])

    def render_usage(self, console: Console, options: ConsoleOptions, usage: object) -> None:
        """The line that says how to call it."""
        if usage:
            word = _bold(SCREEN_WORDS["usage"].of(self._language), console)
            _print(console, [f"{word}: {str(usage).strip()}", ""])

    def render_description(self, console: Console, options: ConsoleOptions, text: object) -> None:
        """What it does."""
        plain = _plain(text)
        if not plain:
            return
        width = min(console.width, _WIDEST)
        for paragraph in plain.split("\n\n"):
            _print(console, [*textwrap.wrap(paragraph, width), ""])

    def _entry(self, entry: HelpEntry, width: int) -> list[str]:
        labels = list(entry.display_labels_with_metavar)
        if entry.positional_label:
            labels[0] = positional_label(entry.positional_label, self._language)
        return _columns(", ".join(labels), _plain(entry.description), width)


def positional_label(name: str, language: Language) -> str:
    """What stands for an argument in a help page."""
    words = POSITIONAL_WORDS.get(name.lower())
    return words.of(language) if words else name.upper()


def epilogue(language: Language, options: Sequence[Option]) -> str:
    """The end of the main help page: what every command takes, and the exit codes."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    lines = [SCREEN_WORDS["options_shared"].of(language)]
    for option in options:
        lines += _columns(*option.told(language), width)
    lines += _columns(HELP_FLAGS, SCREEN_WORDS["help_option"].of(language), width)
    lines += ["", SCREEN_WORDS["exit_codes"].of(language)]
    lines += [f"  {code.value:>3}  {code.words.of(language)}" for code in ExitCode]
    return "\n".join(lines)


def _columns(names: str, explained: str, width: int) -> list[str]:
    indent = " " * (_NAME_COLUMN + 2)
    lines = textwrap.wrap(
        explained,
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    ) or [""]
    if len(names) + 2 > _NAME_COLUMN:
        return [f"  {names}", *lines]
    return [f"  {names:<{_NAME_COLUMN}}{lines[0].lstrip()}", *lines[1:]]


def _plain(text: object) -> str:
    primary = getattr(text, "primary_renderable", text)
    return str(getattr(primary, "plain", primary) or "").strip()


def _bold(text: str, console: Console) -> str:
    return f"\x1b[1m{text}\x1b[0m" if console.is_terminal and not console.no_color else text


def _print(console: Console, lines: list[str]) -> None:
    for line in lines:
        console.file.write(f"{line.rstrip()}\n")
