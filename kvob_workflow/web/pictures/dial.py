"""Is a threshold reached? A meter with the threshold marked, and the same in words."""

from decimal import Decimal
from typing import Final

from markupsafe import Markup

from kvob_domain.words import Language, Text
from kvob_workflow.web.pictures.figures import decimal, percentage, whole
from kvob_workflow.web.pictures.lettering import LEADING, line, lines, width_of, wrap
from kvob_workflow.web.pictures.svg import element, picture

_WIDTH: Final = 320.0
_MOST: Final = Decimal(100)
_SAID: Final = Text(
    "{part} van {whole} ({percent} %), drempel {threshold} %",
    "{part} of {whole} ({percent} %), threshold {threshold} %",
)
_NOBODY: Final = Text(
    "{part} van {whole}, drempel {threshold} %", "{part} of {whole}, threshold {threshold} %"
)
_REACHED: Final = Text("✓ Drempel gehaald", "✓ Threshold reached")
_SHORT: Final = Text("! Drempel nog niet gehaald", "! Threshold not yet reached")
_RESPONSE: Final = Text("Respons", "Response")


def is_reached(part: int, of: int, threshold: Decimal) -> bool:
    """Whether `part` is at least `threshold` percent of `of`; nothing of nothing is not."""
    return of > 0 and Decimal(part * 100) >= threshold * of


def dial_words(part: int, of: int, threshold: Decimal, language: Language) -> str:
    """Such as "41 van 113 (36,3 %), drempel 30 %"."""
    template = _SAID if of > 0 else _NOBODY
    return template.of(language).format(
        part=whole(part, language),
        whole=whole(of, language),
        percent=percentage(part, of, threshold, language) if of > 0 else "",
        threshold=decimal(threshold, language),
    )


def dial(
    part: int,
    of: int,
    threshold: Decimal,
    language: Language,
    *,
    title: str | None = None,
    name: str = "dial",
) -> Markup:
    """The meter; `threshold` is in percent. More than all of them fills it."""
    reached = is_reached(part, of, threshold)
    said = dial_words(part, of, threshold, language)
    verdict = (_REACHED if reached else _SHORT).of(language)
    share = min(Decimal(part * 100) / of, _MOST) if of > 0 else Decimal(0)
    filled = float(max(share, Decimal(0))) / 100 * (_WIDTH - 2)
    mark = 1 + float(min(max(threshold, Decimal(0)), _MOST)) / 100 * (_WIDTH - 2)
    top = 8 + LEADING * len(wrap(said, _WIDTH, 2))
    return picture(
        name,
        title or _RESPONSE.of(language),
        f"{said}. {verdict}.",
        (_WIDTH, top + 66),
        lines(said, (0, 14), _WIDTH, 2, "pic-text"),
        element("rect", x=1, y=top, width=_WIDTH - 2, height=18, rx=4, class_="pic-track"),
        element(
            "rect",
            x=1,
            y=top,
            width=filled,
            height=18,
            rx=min(4, filled / 2),
            class_="pic-enough" if reached else "pic-short",
        ),
        element("line", x1=mark, y1=top - 4, x2=mark, y2=top + 24, class_="pic-threshold"),
        _under(f"{decimal(threshold, language)} %", mark, top + 38),
        line(verdict, (0, top + 58), _WIDTH, "pic-strong"),
        css="pic-dial",
    )


def _under(label: str, mark: float, y: float) -> Markup:
    half = width_of(label) / 2
    return line(label, (min(max(mark, half), _WIDTH - half), y), 80, "pic-text", "middle")
