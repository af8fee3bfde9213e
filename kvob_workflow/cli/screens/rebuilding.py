"""How does a rebuild look? Its progress, its result, the rows that were wrong, a plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.moments import instant
from kvob_workflow.cli.screens.phrases import grouped
from kvob_workflow.cli.screens.screen import QUIET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_domain.ids import EstateId
    from kvob_domain.words import Language
    from kvob_projections.view import Value
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine.rebuilding.reports import RebuildPlan, RebuildReport
    from kvob_workflow.engine.rebuilding.running import RebuildProgress
    from kvob_workflow.store.rebuilding import Rebuild, RowDifference

SHOWN: Final = 50
_EVENTS: Final = (Text("gebeurtenis", "event"), Text("gebeurtenissen", "events"))
_ESTATES: Final = (Text("terrein", "estate"), Text("terreinen", "estates"))
_ROWS: Final = (Text("rij", "row"), Text("rijen", "rows"))
_STAGES: Final[dict[str, Text]] = {
    "filling": Text("opbouwen", "filling"),
    "indexing": Text("indexen maken", "making indexes"),
    "catching-up": Text("bijwerken", "catching up"),
    "swapping": Text("verwisselen", "trading"),
    "comparing": Text("vergelijken", "comparing"),
}
STATUSES: Final[dict[str, Text]] = {
    "building": Text("in opbouw", "being built"),
    "live": Text("in gebruik", "live"),
    "rolled-back": Text("teruggedraaid", "rolled back"),
    "cancelled": Text("afgebroken", "cancelled"),
}
_REASONS: Final[dict[str, Text]] = {
    "asked": Text("gevraagd", "asked for"),
    "schema": Text("andere kolommen of rijen", "other columns or rows"),
    "scheme-data": Text("andere schemagegevens", "other scheme data"),
    "unfilled": Text("nog niet gevuld", "not filled yet"),
}


def progress_words(progress: RebuildProgress) -> Text:
    """One line about how far it is."""
    return Text(_progress(progress, "nl"), _progress(progress, "en"))


def _progress(progress: RebuildProgress, language: Language) -> str:
    def number(value: float) -> str:
        return grouped(round(value), language)

    done = f"{number(progress.events)} / {number(progress.expected)}"
    events, rows = _EVENTS[1].of(language), _counted(progress.rows, _ROWS, language)
    line = f"{_STAGES[progress.stage].of(language)}: {done} {events}, {rows}"
    if progress.differences:
        different = Text("anders", "different").of(language)
        line += f", {number(progress.differences)} {different}"
    if progress.remaining is not None and progress.stage in ("filling", "comparing"):
        left = Text("; {} per seconde, nog {}", "; {} a second, {} left").of(language)
        line += left.format(number(progress.per_second), _rounded(progress.remaining))
    return line


def draw_report(
    screen: Screen, report: RebuildReport, names: Mapping[EstateId, str], *, compared_only: bool
) -> None:
    """What was built or compared, what was wrong, and what to do where nothing was mended."""
    _draw_done(screen, report)
    if report.not_compared:
        told = ", ".join(report.not_compared)
        screen.line(screen.choose(f"Niet vergeleken: {told}.", f"Not compared: {told}."))
    if set(report.not_compared) != set(report.views):
        count = phrases.number(screen, report.differing)
        screen.line(
            screen.choose(f"Rijen die anders waren: {count}.", f"Rows that differed: {count}.")
        )
    draw_differences(screen, report.found, names)
    if compared_only and report.differing:
        wrong = " ".join(dict.fromkeys(one.view for one in report.found))
        screen.line(
            screen.choose(
                f"Er is niets gewijzigd of bewaard. Herstel: 'kvob projection rebuild {wrong}'.",
                f"Nothing was changed or kept. Mend it: 'kvob projection rebuild {wrong}'.",
            )
        )
    for mark in report.behind:
        screen.line(
            screen.choose(
                f"Achter: {mark.view}, terrein {mark.estate}: {mark.error}",
                f"Behind: {mark.view}, estate {mark.estate}: {mark.error}",
            )
        )


def _draw_done(screen: Screen, report: RebuildReport) -> None:
    views = ", ".join(report.views)
    told = ", ".join(
        (
            _counted(report.events, _EVENTS, screen.language),
            _counted(report.rows, _ROWS, screen.language),
            f"{report.seconds:.1f} s".replace(".", screen.choose(",", ".")),
        )
    )
    if report.number is None:
        screen.line(f"{views}: {told}.")
    else:
        screen.line(
            screen.choose(
                f"Herbouw {report.number} is in gebruik: {views}; {told}. 'kvob projection "
                "roll-back' gaat terug.",
                f"Rebuild {report.number} is live: {views}; {told}. 'kvob projection roll-back' "
                "goes back.",
            )
        )


def draw_found_by(
    screen: Screen, one: Rebuild, found: Sequence[RowDifference], names: Mapping[EstateId, str]
) -> None:
    """Which rows a rebuild found wrong, or that there were none."""
    screen.line(_rebuild_line(screen, one))
    if not found:
        screen.line(
            screen.choose(
                "Deze vond geen rij die anders was. Wat --compare vindt, wordt niet bewaard.",
                "It found no row that differed. What --compare finds is not kept.",
            )
        )
    draw_differences(screen, found, names)


def draw_differences(
    screen: Screen, found: Sequence[RowDifference], names: Mapping[EstateId, str]
) -> None:
    """The first rows that were wrong, what stood there and what should, and by which event."""
    for one in found[:SHOWN]:
        key = ", ".join(map(str, one.key))
        named = f", {names[one.estate]}" if one.estate in names else ""
        screen.line(f"{one.view} ({key}){named}")
        screen.line(f"  {screen.choose('stond er', 'found')}: {_values(screen, one.found)}")
        screen.line(f"  {screen.choose('hoort', 'right')}: {_values(screen, one.right)}")
        if one.version is not None:
            event = screen.choose("door gebeurtenis", "by event")
            screen.line(f"  {event} {one.version} ({one.topic})", QUIET)
        elif one.right is None:
            screen.line(
                f"  {screen.choose('geen gebeurtenis gaf deze rij', 'no event gave this row')}",
                QUIET,
            )
    if len(found) > SHOWN:
        more = phrases.number(screen, len(found) - SHOWN)
        screen.line(screen.choose(f"en nog {more}; zie --json", f"and {more} more; see --json"))


def draw_rebuild(screen: Screen, one: Rebuild) -> None:
    """One rebuild in a line."""
    screen.line(_rebuild_line(screen, one))


def draw_undone(screen: Screen, one: Rebuild) -> None:
    """A rebuild that was rolled back, and how many wrong rows came back with it."""
    draw_rebuild(screen, one)
    if one.differences:
        number = phrases.number(screen, one.differences)
        told = screen.choose(
            "1 rij die anders was, is terug"
            if one.differences == 1
            else f"{number} rijen die anders waren, zijn terug",
            "1 row that differed is back"
            if one.differences == 1
            else f"{number} rows that differed are back",
        )
        see = screen.choose("zie", "see")
        screen.line(f"{told}; {see} 'kvob projection differences --number {one.number}'.")


def _rebuild_line(screen: Screen, one: Rebuild) -> str:
    status = screen.words(STATUSES[one.status])
    word = screen.choose("Herbouw", "Rebuild")
    return f"{word} {one.number} ({', '.join(one.views)}): {status}."


def draw_unfinished(screen: Screen, one: Rebuild, expected: int) -> None:
    """A rebuild that somebody works on, or that was broken off: how far, and what to do."""
    views = ", ".join(one.views)
    read, of = phrases.number(screen, one.events), phrases.number(screen, expected)
    last = instant(one.progressed_at)
    screen.line(
        screen.choose(
            f"Herbouw {one.number} ({views}) is niet af: {read} van ongeveer {of} gebeurtenissen, "
            f"het laatst op {last}. Werkt er niemand aan, dan maakt 'kvob projection rebuild "
            "--resume' hem af; 'kvob projection cancel' breekt hem af.",
            f"Rebuild {one.number} ({views}) is unfinished: {read} of about {of} events, last at "
            f"{last}. If nobody works on it, 'kvob projection rebuild --resume' finishes it; "
            "'kvob projection cancel' breaks it off.",
        )
    )


def draw_cleared(screen: Screen, names: Sequence[str]) -> None:
    """What was dropped."""
    told = ", ".join(names) or screen.choose("niets", "nothing")
    screen.line(screen.choose(f"Opgeruimd: {told}.", f"Dropped: {told}."))


def draw_plan(screen: Screen, plan: RebuildPlan, unfinished: Rebuild | None) -> None:
    """Which views and why, how much, how long, who is affected, and the SQL."""
    if not plan.views:
        screen.line(screen.choose("Er hoeft niets.", "Nothing needs to be done."))
    for view in plan.views:
        reason = screen.words(_REASONS[view.reason])
        change = f"{view.schema} -> {view.becomes}" if view.schema != view.becomes else ""
        compared = screen.choose(
            "rijen worden vergeleken" if view.compared else "rijen worden niet vergeleken",
            "rows are compared" if view.compared else "rows are not compared",
        )
        screen.line(f"{view.name}: {'; '.join(filter(None, (reason, change, compared)))}")
    expected = _rounded(timedelta(seconds=plan.seconds))
    events = _counted(plan.events, _EVENTS, screen.language)
    estates = _counted(plan.estates, _ESTATES, screen.language)
    screen.line(
        screen.choose(
            f"{events} van {estates}, naar schatting {expected}. Wie kijkt, ziet tot het "
            "verwisselen de tabellen die er zijn, heel; wie schrijft, wacht alleen bij het "
            "verwisselen even.",
            f"{events} of {estates}, {expected} by estimate. Who looks sees the tables that are "
            "there, whole, until they are traded; who writes waits for a moment at the trade "
            "alone.",
        )
    )
    if unfinished is not None:
        draw_unfinished(screen, unfinished, plan.events)
    if plan.goes_on:
        screen.line(
            screen.choose("Deze opdracht gaat ermee verder.", "This command would go on with it.")
        )
    for view in plan.views:
        for statement in view.statements:
            screen.whole(f"{statement};", QUIET)


def _counted(value: int, words: tuple[Text, Text], language: Language) -> str:
    """So many, with one of the two words: for one, and for more."""
    return f"{grouped(value, language)} {words[value != 1].of(language)}"


def _values(screen: Screen, values: Mapping[str, Value] | None) -> str:
    if values is None:
        return screen.choose("geen rij", "no row")
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def _rounded(time: timedelta) -> str:
    return str(timedelta(seconds=max(1, round(time.total_seconds()))))
