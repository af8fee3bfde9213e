"""How does a page come about? A template, filled with what a screen found.

Everything is escaped; only pictures are markup. Dates, codes and numbers become words here, in the
language of the page.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup

from kvob_domain.errors import Worded
from kvob_domain.partial_date import PartialDate
from kvob_domain.words import Text
from kvob_workflow.clock import civil_day
from kvob_workflow.web import dates
from kvob_workflow.web.codes import words_of
from kvob_workflow.web.navigation import sections_for
from kvob_workflow.web.numbers import in_figures
from kvob_workflow.web.pictures.days import SHORT_MONTHS
from kvob_workflow.web.telling.titles import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2.runtime import Context

    from kvob_domain.words import Language
    from kvob_workflow.engine.history import HistoryEntry
    from kvob_workflow.web.asking import Frame

TEMPLATES: Final = Path(__file__).parent / "templates"
HTML: Final = "text/html; charset=utf-8"


def page(frame: Frame, template: str, /, *, status: int = 200, **found: Any) -> Response:
    """A page as the answer to a request."""
    return Response(html(frame, template, **found), status, media_type=HTML)


def html(frame: Frame, template: str, /, **found: Any) -> str:
    """A template filled for one request: `ask` is the frame, `t(nl, en)` gives a text."""
    links = frame.links
    return _ENVIRONMENT.get_template(template).render(
        ask=frame,
        t=frame.t,
        language=frame.language,
        today=frame.today,
        link=links.to,
        here=links.here,
        at_now=links.at_now,
        asset=partial(_asset, frame),
        sections=sections_for(frame),
        switching=_switching(frame),
        **found,
    )


def _asset(frame: Frame, name: str) -> str:
    """The address of a file that pages load."""
    return f"{frame.links.base}{frame.pages.assets.path_of(name)}"


def _switching(frame: Frame) -> str | None:
    """The address of the page on which he chooses another role; None where there is no choice."""
    if frame.visitor is None or not frame.visitor.roles:
        return None
    here = frame.links.here()
    return frame.below(frame.pages.login.way_to_roles(here) or "") or None


def _language(context: Context) -> Language:
    language: Language = context["language"]
    return language


@pass_context
def _day(context: Context, day: date | PartialDate | str | None) -> Markup | str:
    """A day in words, as an element that programs can read; also one as an event has it."""
    language = _language(context)
    if day is None:
        return ""
    if isinstance(day, str):
        day = PartialDate.parse(day)
    if isinstance(day, PartialDate):
        words = dates.partly_in_words(day, language)
        return _time(day.text, words) if day.is_known else words
    if isinstance(day, datetime):
        day = civil_day(day)
    return _time(day.isoformat(), dates.in_words(day, language))


@pass_context
def _month(context: Context, day: date) -> str:
    """The month of a day, such as "juni 2027"."""
    return dates.month_in_words(day, _language(context))


@pass_context
def _short_month(context: Context, day: date) -> str:
    """The month in three letters, with the year in January: "mrt", "jan 2027"."""
    name = SHORT_MONTHS[day.month - 1].of(_language(context))
    return f"{name} {day.year}" if day.month == 1 else name


@pass_context
def _distance(context: Context, day: date) -> str:
    """How far a day lies from the day that the page is about."""
    return dates.distance(day, context["ask"].day, _language(context))


@pass_context
def _day_and_distance(context: Context, day: date | None) -> Markup | str:
    """A day in words, and how far away it is."""
    if day is None:
        return ""
    return Markup('{} <span class="distance">({})</span>').format(
        _day(context, day), _distance(context, day)
    )


@pass_context
def _instant(context: Context, instant: datetime | None) -> Markup | str:
    """An instant as the clock stood in Amsterdam."""
    if instant is None:
        return ""
    return _time(instant.isoformat(), dates.instant_in_words(instant, _language(context)))


@pass_context
def _words(context: Context, code: object) -> str:
    """What the screens call a code."""
    language = _language(context)
    if isinstance(code, Text):
        return code.of(language)
    if isinstance(code, Worded):
        return code.words.of(language)
    return "" if code is None else str(code)


@pass_context
def _coded(context: Context, code: object, of: str) -> str:
    """What the screens call a code that is a text; `of` says of which kind it is."""
    return _words(context, None if code is None else words_of(code, of))


@pass_context
def _titled(context: Context, entry: HistoryEntry) -> str:
    """What happened, of an entry of a history."""
    return title_of(entry).of(_language(context))


@pass_context
def _number(context: Context, number: int | Decimal | float | None) -> str:
    """A number with the separators of the language."""
    if number is None:
        return ""
    return in_figures(number, _language(context))


def _breaking(name: str) -> Markup:
    """A name that may go on in the next line after a stroke, where there is little room."""
    return Markup("/<wbr>").join(name.split("/"))


def _sentence(text: str) -> str:
    """With a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


def _time(machine: str, words: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(machine, words)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )
    filters: Mapping[str, Any] = {
        "day": _day,
        "distance": _distance,
        "month": _month,
        "short_month": _short_month,
        "day_and_distance": _day_and_distance,
        "instant": _instant,
        "words": _words,
        "breaking": _breaking,
        "coded": _coded,
        "titled": _titled,
        "number": _number,
        "sentence": _sentence,
    }
    made.filters.update(filters)
    return made


_ENVIRONMENT: Final = _environment()
