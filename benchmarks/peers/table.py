"""How are the figures told? One Markdown page: machine, table, what each does more or less."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from benchmarks.peers.figures import Figures, Spread, figures, figures_with_beside
from benchmarks.peers.job import STEPS
from benchmarks.peers.rounds import Run
from benchmarks.peers.sides import Told

_HEAD = (
    "side",
    "store",
    "lifecycles/s (lowest to highest round)",
    "ms a lifecycle, median",
    "99 %",
    "ms a step, median",
    "99 %",
    "times as long as ours (spread)",
    "lifecycles",
)


def page(run: Run, machine: Mapping[str, str], command: str, chart: str, on: str) -> str:
    """The whole page; the same run gives the same page."""
    return "\n".join(_lines(run, machine, command, chart, on)) + "\n"


def _lines(
    run: Run, machine: Mapping[str, str], command: str, chart: str, on: str
) -> Iterator[str]:
    yield "# Peers side by side: one estate, seven durable steps"
    yield ""
    yield f"`{command}`, {on}."
    yield ""
    yield from (f"- {name}: {value}" for name, value in machine.items())
    yield f"- syncs a second before each round (8 KiB, fdatasync): {_counts(run.syncs)}"
    yield ""
    yield (
        f"Every side takes an estate from nothing through {', '.join(STEPS)}: it is entered, then"
        " seven steps, each on the disk before the next begins, with the same payloads (those of"
        f" our own events). {run.plan.rounds} rounds with the sides in turn, some"
        f" {run.plan.seconds:g} s each. Ratios are taken round by round; their median is told."
        " Afterwards every process and server is killed (-9) and the acknowledged estates are"
        " read back."
    )
    yield ""
    yield f"![Lifecycles a second, on a logarithmic scale]({chart})"
    yield ""
    yield from _table(run)
    yield ""
    yield from _failures(run)
    yield "## What each does, more and less"
    yield ""
    yield from _notes(run)
    yield ""
    yield "## Versions and durability, as each tells them"
    yield ""
    for told in run.sides:
        if told.facts:
            listed = ", ".join(f"{name} {value}" for name, value in told.facts.items())
            yield f"- {_named(told)}: {listed}"


def _table(run: Run) -> Iterator[str]:
    yield f"| {' | '.join(_HEAD)} |"
    yield f"|{'---|' * len(_HEAD)}"
    for told in run.sides:
        label, store = told.peer.label, told.peer.store
        if not told.rounds:
            yield f"| {label} | {store} | did not run, see below |{' |' * (len(_HEAD) - 3)}"
            continue
        ours = reference(run, told)
        mark = " (failed later, see below)" if told.failure else ""
        yield _row(label + mark, store, figures(told, ours), with_steps=True)
        whole = figures_with_beside(told, ours)
        if whole is not None:
            yield _row(f"{label}, evidence in the clock", store, whole, with_steps=False)


def _row(label: str, store: str, told: Figures, *, with_steps: bool) -> str:
    cells = [
        label,
        store,
        _spread(told.a_second),
        number(told.life_p50),
        number(told.life_p99),
        number(told.step_p50) if with_steps else "",
        number(told.step_p99) if with_steps else "",
        _spread(told.slower) if told.slower else "",
        f"{told.lifecycles:,}",
    ]
    return f"| {' | '.join(cells)} |"


def _failures(run: Run) -> Iterator[str]:
    failed = [told for told in run.sides if told.failure]
    if failed:
        yield "## What did not run"
        yield ""
        for told in failed:
            words = " ".join(told.failure.split()).replace("|", "/")
            yield f"- {_named(told)}: {words}"
        yield ""


def _notes(run: Run) -> Iterator[str]:
    said: dict[str, list[str]] = {}
    for told in run.sides:
        said.setdefault(told.peer.notes, []).append(_named(told))
    for notes, names in said.items():
        yield f"- **{', '.join(names)}.** {notes}"
    yield ""
    for told in run.sides:
        if told.rounds:
            refused = told.refused or "not refused: it has no such notion"
            yield (
                f"- {_named(told)}: the fifth step straight after entering: {refused}"
                f" Read back after the kill: {told.read_back or 'none'}."
            )


def reference(run: Run, told: Told) -> Told | None:
    """The side of ours that a side is compared with, when it ran."""
    found = [one for one in run.sides if one.peer.name == told.peer.against and one.rounds]
    return found[0] if found else None


def _named(told: Told) -> str:
    return f"{told.peer.label} ({told.peer.store})"


def _spread(spread: Spread) -> str:
    return f"{number(spread.median)} ({number(spread.lowest)} to {number(spread.highest)})"


def _counts(values: list[float]) -> str:
    return ", ".join(f"{value:,.0f}" for value in values)


def number(value: float) -> str:
    """Three figures that count, no more."""
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"
