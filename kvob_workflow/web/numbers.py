"""How do people write a number? With the separators of their language: 146.000 and 12,50."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from decimal import Decimal

    from kvob_domain.words import Language

_DUTCH: Final = str.maketrans(",.", ".,")


def in_figures(number: float | Decimal, language: Language) -> str:
    """Such as "146.000" and "12,50" in Dutch, "146,000" and "12.50" in English."""
    text = f"{number:,}"
    return text.translate(_DUTCH) if language == "nl" else text
