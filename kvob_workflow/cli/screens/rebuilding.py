"""How does a rebuild look? Its progress, its result, the rows that were wrong, a plan."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.screens import phrases
from kvob_workflow.cli.screens.moments import instant
from kvob_workflow.cli.screens.screen import QUIET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kvob_projections.view import Value
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.engine.rebuilding.reports import RebuildPlan, RebuildReport
    from kvob_workflow.engine.rebuilding.running import RebuildProgress
    from kvob_workflow.store.rebuilding import Rebuild, RowDifference

_SHOWN: Final = 50
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
    stage = _STAGES[progress.stage]
    done = f"{progress.events:,} / {progress.expected:,}"
    nl = f"{stage.nl}: {done} gebeurtenissen, {progress.rows:,} rijen"
    en = f"{stage.en}: {done} events, {progress.rows:,} rows"
    if progress.differences:
        nl += f", {progress.differences:,} anders"
        en += f", {progress.differences:,} different"
    if progress.remaining is not None and progress.stage in ("filling", "comparing"):
        nl += f"; {progress.per_second:,.0f} per seconde, nog {_rounded(progress.remaining)}"
        en += f"; {progress.per_second:,.0f} a second, {_rounded(progress.remaining)} left"
    return Text(nl, en)


def draw_report(screen: Screen, report: RebuildReport) -> None:
    """What was built or compared, and what was wrong."""
    views = ", ".join(report.views)
    told = f"{report.events:,}", f"{report.rows:,}", f"{report.seconds:.1f} s"
    if report.number is None:
        screen.line(
            screen.choose(
                f"{views}: {told[0]} gebeurtenissen, {told[1]} rijen, {told[2]}.",
                f"{views}: {told[0]} events, {told[1]} rows, {told[2]}.",
            )
        )
    else:
        screen.line(
            screen.choose(
                f"Herbouw {report.number} is in gebruik: {views}; {told[0]} gebeurtenissen, "
                f"{told[1]} rijen, {told[2]}. 'kvob projection roll-back' gaat terug.",
                f"Rebuild {report.number} is live: {views}; {told[0]} events, {told[1]} rows, "
                f"{told[2]}. 'kvob projection roll-back' goes back.",
            )
        )
    if report.not_compared:
        names = ", ".join(report.not_compared)
        screen.line(screen.choose(f"Niet vergeleken: {names}.", f"Not compared: {names}."))
    if set(report.not_compared) != set(report.views):
        count = f"{report.differing:,}"
        screen.line(
            screen.choose(f"Rijen die anders waren: {count}.", f"Rows that differed: {count}.")
        )
    draw_differences(screen, report.found)
    for mark in report.behind:
        screen.line(
            screen.choose(
                f"Achter: {mark.view}, terrein {mark.estate}: {mark.error}",
                f"Behind: {mark.view}, estate {mark.estate}: {mark.error}",
            )
        )


def draw_differences(screen: Screen, found: Sequence[RowDifference]) -> None:
    """The first rows that were wrong, what stood there and what should, and by which event."""
    for one in found[:_SHOWN]:
        key = ", ".join(map(str, one.key))
        screen.line(f"{one.view} ({key})")
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
    if len(found) > _SHOWN:
        more = f"{len(found) - _SHOWN:,}"
        screen.line(screen.choose(f"en nog {more}; zie --json", f"and {more} more; see --json"))


def draw_rebuild(screen: Screen, one: Rebuild) -> None:
    """One rebuild in a line."""
    status = screen.words(STATUSES[one.status])
    views = ", ".join(one.views)
    screen.line(f"{screen.choose('Herbouw', 'Rebuild')} {one.number} ({views}): {status}.")


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
    screen.line(
        screen.choose(
            f"{plan.events:,} gebeurtenissen van {plan.estates:,} terreinen, naar schatting "
            f"{expected}. Wie kijkt, ziet tot het verwisselen de tabellen die er zijn, heel; wie "
            " schrijft, wacht alleen bij het verwisselen even.",
            f"{plan.events:,} events of {plan.estates:,} estates, {expected} by "
            "estimate. Who looks sees the tables that are there, whole, until they are traded; who "
            "writes waits for a moment at the trade alone.",
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


def _values(screen: Screen, values: Mapping[str, Value] | None) -> str:
    if values is None:
        return screen.choose("geen rij", "no row")
    return ", ".join(f"{name}={value!r}" for name, value in values.items())


def _rounded(time: timedelta) -> str:
    return str(timedelta(seconds=max(1, round(time.total_seconds()))))
