"""Does a disturbed life end in the same streams as an undisturbed one? Any schedule of trouble.

Undisturbed: one node sweeps at every midnight. Disturbed: some sweeps, crashes before and after
the commit, restarts, clocks that jump, gaps of years that somebody confirms, up to five nodes.
In both the same people do the same things at the same instants.

Compared is every stream, event by event in the order of its versions: what happened, on which
day, by whom. Left out are `at` of a notice, which is when somebody looked, and `causation`, which
tells what made the alarm look: a sweep or the command that came first. A person who gives a
notice is not in these lives: whoever of the two comes first gives it, see `test_sweep`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Final, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from kvob_domain.errors import Rejected
from kvob_domain.estate.commands.deadlines import ExtendDeadline, ReplanDeadline, WaiveDeadline
from kvob_domain.estate.commands.oversight import ApproveAct
from kvob_domain.estate.commands.standing import EvaluateTerm, EvaluateYear
from kvob_domain.estate.deadlines import BINDING, PLANNED, WAIVABLE, Deadline, deadlines
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_workflow import Command, Engine, EstateId, FactKind, GapUnconfirmed
from kvob_workflow.errors import StoreUnavailable
from kvob_workflow.testing import DECIDER, GUIDE, SECOND_DECIDER
from tests.engine.sweep_world import World, by_alarm, fact, midnight, noon, sweep_confirmed

BEGIN: Final = date(2018, 1, 15)
DAYS: Final = 6 * 365
NODES: Final = 5
NAMES: Final = ("Noord", "Zuid", "West")
DAY: Final = timedelta(days=1)

ACTS = ("evaluate", "evaluate_term", "renew", "extend", "replan", "waive", "told_late")
TROUBLES = (
    *("sweep", "crash before", "crash after", "restart", "race", "races"),
    *("ahead", "back"),
)


class Act(NamedTuple):
    """Somebody does something with an estate at an instant."""

    at: datetime
    name: str
    what: str
    number: int


class Trouble(NamedTuple):
    """Something happens to the nodes: `size` is a node, a number of writes or a distance."""

    at: datetime
    what: str
    node: int
    size: int


@pytest.fixture(scope="module", autouse=True)
def small_batches() -> Iterator[None]:
    """Sweeps of many batches, so that a crash finds one in the middle."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kvob_workflow.engine.sweeping._AT_ONCE", 2)
        yield


@st.composite
def lives(draw: st.DrawFn) -> list[Act]:
    """What people do in six years: an award for each estate, then anything, once a day."""
    firsts = [draw(st.integers(0, 700)) for _ in NAMES]
    acts = [
        Act(noon(BEGIN + first * DAY), name, "award", 0)
        for first, name in zip(firsts, NAMES, strict=True)
    ]
    others = st.tuples(
        st.integers(60, DAYS), st.sampled_from(NAMES), st.sampled_from(ACTS), st.integers(0, 50)
    )
    acts += [
        Act(noon(BEGIN + day * DAY), name, what, number)
        for day, name, what, number in draw(st.lists(others, max_size=12))
    ]
    acts.sort()
    # Two people never act at the same instant.
    return [act._replace(at=act.at + index * DAY / 86400) for index, act in enumerate(acts)]


def _trouble(drawn: tuple[int, str, int, int]) -> Trouble:
    minute, what, node, size = drawn
    return Trouble(noon(BEGIN) + timedelta(minutes=minute), what, node, size)


troubles = st.lists(
    st.tuples(
        st.integers(0, DAYS * 24 * 60),
        st.sampled_from(TROUBLES),
        st.integers(0, NODES - 1),
        st.integers(0, 60),
    ).map(_trouble),
    max_size=40,
)


# Lives are long; shrinking one takes minutes and seldom makes it plainer.
@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(acts=lives(), trouble=troubles, nodes=st.integers(1, NODES))
def test_a_disturbed_life_ends_in_the_same_streams(
    acts: list[Act], trouble: list[Trouble], nodes: int
) -> None:
    undisturbed = _undisturbed(acts)
    disturbed = _Disturbed(acts, trouble, nodes).lived()
    assert disturbed == undisturbed
    for stream in disturbed.values():
        keys = [one.key for one, *_ in stream if isinstance(one, NoticeGiven | CertificateExpired)]
        assert len(keys) == len(set(keys))


def _undisturbed(acts: list[Act]) -> dict[str, list[tuple[object, ...]]]:
    with World(BEGIN) as world:
        left = list(acts)
        for number in range(DAYS + 2):
            until = midnight(BEGIN + number * DAY)
            while left and left[0].at < until:
                _act(world, left.pop(0))
            world.sweep_at(until)
        return _streams(world)


class _Disturbed:
    """A life with trouble."""

    def __init__(self, acts: list[Act], trouble: list[Trouble], nodes: int) -> None:
        self.acts = acts
        self.trouble = sorted(trouble)
        self.nodes = nodes

    def lived(self) -> dict[str, list[tuple[object, ...]]]:
        with World(BEGIN, nodes=self.nodes) as world:
            steps: list[Act | Trouble] = sorted([*self.acts, *self.trouble], key=lambda one: one.at)
            for step in steps:
                world.clock.at = step.at
                if isinstance(step, Trouble):
                    self._suffer(world, step)
                    continue
                _act(world, step)
            world.clock.at = midnight(BEGIN + (DAYS + 1) * DAY)
            sweep_confirmed(world.engine)
            return _streams(world)

    def _suffer(self, world: World, trouble: Trouble) -> None:
        at, store = trouble.at, world.store
        engine = world.nodes[trouble.node % self.nodes]
        match trouble.what:
            case "crash before" | "crash after":
                store.fail_after(trouble.size % 4, committed=trouble.what == "crash after")
            case "restart":
                world.nodes[trouble.node % self.nodes] = engine = world.node()
            case "race":
                store.before = lambda: sweep_confirmed(world.node())
            case "races":
                others = [one for one in world.nodes if one is not engine]
                store.before = lambda: [sweep_confirmed(one) for one in others]
            case "ahead":
                world.clock.at = self._ahead(at, trouble.size)
            case "back":
                world.clock.at = at - trouble.size * trouble.size * timedelta(minutes=20)
            case _:
                pass
        try:
            sweep_confirmed(engine)
        except StoreUnavailable:
            world.nodes[trouble.node % self.nodes] = world.node()  # the process is gone
        store.before = store.after = None

    def _ahead(self, at: datetime, size: int) -> datetime:
        """As far ahead as asked, minutes to weeks, but not beyond the next thing that is done."""
        wanted = at + size * size * timedelta(minutes=20)
        following = (act.at for act in self.acts if act.at > at)
        return min(wanted, next(following, wanted))


def _act(world: World, act: Act) -> None:
    """Do it where the rules allow it; what they refuse, they refuse in both lives."""
    world.clock.at = act.at
    engine = world.engine
    day = act.at.date()
    if act.what in ("award", "renew", "told_late"):
        kind = FactKind.AWARD if act.what == "award" else FactKind.RECERTIFICATION
        late = act.number if act.what == "told_late" else 0
        told = [fact(act.name, kind, day - late * DAY)]
        try:
            engine.take_facts(told)
        except GapUnconfirmed:  # an import, unlike a single act, wants the gap confirmed
            sweep_confirmed(engine)
            engine.take_facts(told)
        return
    estate = next((one for one in world.store.estates() if _name(engine, one) == act.name), None)
    if estate is None:
        return
    try:
        for command in _commands(engine, estate, act, day):
            engine.do(command, actor=DECIDER if isinstance(command, WaiveDeadline) else GUIDE)
        for proposal in engine.state(estate).proposals:
            approval = ApproveAct(estate=estate, on=day, proposal=proposal.id)
            engine.do(approval, actor=SECOND_DECIDER)
    except Rejected:
        return


def _commands(engine: Engine, estate: EstateId, act: Act, day: date) -> Iterator[Command]:
    found = sorted(deadlines(engine.state(estate), engine.book), key=_by_day)
    later = day + (act.number + 1) * 7 * DAY
    match act.what:
        case "evaluate":
            yield EvaluateYear(estate=estate, on=day)
        case "evaluate_term":
            yield EvaluateTerm(estate=estate, on=day)
        case "extend":
            for one in [one for one in found if one.kind in BINDING][:1]:
                yield ExtendDeadline(
                    estate=estate,
                    on=day,
                    kind=one.kind,
                    ordinal=one.ordinal,
                    due_on=max(later, one.due_on + DAY),
                    reason="later",
                )
        case "replan":
            for one in [one for one in found if one.kind in PLANNED][-1:]:
                yield ReplanDeadline(
                    estate=estate,
                    on=day,
                    kind=one.kind,
                    ordinal=one.ordinal,
                    due_on=later,
                    reason="anders",
                )
        case _:
            for one in [one for one in found if one.kind in WAIVABLE][-1:]:
                yield WaiveDeadline(
                    estate=estate, on=day, kind=one.kind, ordinal=one.ordinal, reason="niet nodig"
                )


def _by_day(one: Deadline) -> tuple[date, str, int]:
    return one.due_on, one.kind.value, one.ordinal


def _name(engine: Engine, estate: EstateId) -> str:
    return engine.state(estate).name


def _streams(world: World) -> dict[str, list[tuple[object, ...]]]:
    streams: dict[str, list[tuple[object, ...]]] = {}
    for estate in world.store.estates():
        history = world.store.stream(estate)
        assert all(one.at <= other.at for one, other in pairwise(history))
        streams[_name(world.engine, estate)] = [
            (
                one.event,
                one.by,
                one.role,
                one.org,
                one.via,
                one.command,
                one.source,
                None if by_alarm(one) else one.at,
            )
            for one in history
        ]
    return streams
