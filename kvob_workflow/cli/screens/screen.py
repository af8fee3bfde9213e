"""On what is a screen drawn? A terminal of some width, or a file in which no line is wrapped."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text as Styled

from kvob_workflow.cli.terminal import harmless, output_width

if TYPE_CHECKING:
    from rich.console import RenderableType

    from kvob_domain.words import Language, Text

# Wide enough for any row; nothing is padded to it.
_UNWRAPPED: Final = 100_000

QUIET: Final = "dim"
STRONG: Final = "bold"


class Screen:
    """Draws for one call, in one language."""

    def __init__(self, language: Language, width: int | None = None) -> None:
        """Draw on standard output; `width` None takes the terminal's, or none in a file."""
        self.language: Language = language
        self.width = width or output_width()
        self._console = Console(
            file=sys.stdout,
            width=self.width or _UNWRAPPED,
            highlight=False,
            markup=False,
            emoji=False,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether five columns do not fit beside each other."""
        return self.width is not None and self.width < 110

    def words(self, text: Text) -> str:
        """A text in the language of this screen."""
        return text.of(self.language)

    def choose(self, nl: str, en: str) -> str:
        """The wording in the language of this screen."""
        return nl if self.language == "nl" else en

    def heading(self, text: str) -> None:
        """A title, with an empty line behind it."""
        self.draw(Styled(harmless(text), style=STRONG))
        self.line()

    def line(self, text: str = "", style: str = "") -> None:
        """One line, or several where the terminal is narrow."""
        self.draw(Styled(harmless(text), style=style))

    def whole(self, text: str, style: str = "") -> None:
        """One line that is never broken, such as an address to copy."""
        self.draw(Styled(harmless(text), style=style), unbroken=True)

    def draw(self, drawing: RenderableType, *, unbroken: bool = False) -> None:
        """Anything that Rich can draw, without the spaces that pad its lines."""
        with self._console.capture() as capture:
            self._console.print(drawing, soft_wrap=unbroken)
        lines = capture.get().splitlines() or [""]
        self._console.file.writelines(f"{line.rstrip()}\n" for line in lines)
