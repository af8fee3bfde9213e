"""How are numbers written in a picture? As each language does, never rounded up to a mark."""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Final

from kvob_domain.words import Language
from kvob_workflow.web.numbers import in_figures

_TENTH: Final = Decimal("0.1")
_HUNDREDTH: Final = Decimal("0.01")


def whole(value: int, language: Language) -> str:
    """Such as "1.234" in Dutch and "1,234" in English."""
    return in_figures(value, language)


def decimal(value: Decimal, language: Language) -> str:
    """Such as "36,3" in Dutch; without zeros behind the comma."""
    shown = f"{value:f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return shown.replace(".", ",") if language == "nl" else shown


def percentage(part: int, of: int, threshold: Decimal, language: Language) -> str:
    """To a tenth of a percent, and finer where that would look like a threshold not reached."""
    exact = Decimal(part * 100) / of
    rounded = exact.quantize(_TENTH, ROUND_HALF_UP)
    if exact < threshold <= rounded:
        rounded = exact.quantize(_HUNDREDTH, ROUND_DOWN)
    return decimal(rounded, language)
