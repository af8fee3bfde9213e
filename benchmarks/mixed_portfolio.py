"""Which store do rebuilds run on? Invented estates, told by sources and worked on by commands.

    python -m benchmarks.mixed_portfolio --events 1000000 sqlite:///.bench/mixed.db

Half of the estates are known from sources (four to nine facts, some told twice, some corrected),
a third is somewhere in its first cycle, the others have renewed; whatever is decided here has its
measures, notices and corrections, and one in ten ended early. The histories are made once by
commands, imports and sweeps of the engine; each estate is a copy of one, under its own name and
in its own years. Sources come in estate by estate, commands of many estates mixed, as in a year.
"""

import argparse
import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Final

from benchmarks.generate_history import write_history
from benchmarks.scratch import scratch
from kvob_domain.actor import Actor, Role
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.commands.preparation import EndTrajectory
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.values import EndReason
from kvob_domain.ids import EstateId, PersonId
from kvob_workflow.demo import MUNICIPALITY, NAME, walk
from kvob_workflow.demo.people import GUIDE
from kvob_workflow.engine import Engine
from kvob_workflow.importing import import_file
from kvob_workflow.store import Append, open_store
from kvob_workflow.store.codec import Codec
from kvob_workflow.testing import SettableClock, engine_at

_Told = tuple[str, list[tuple[str, bytes]]]
_TODAY: Final = date(2026, 11, 28)
_TOLD: Final = 400
_BATCH: Final = 10_000
_AT_ONCE: Final = 2_000
"""So many estates are worked on at the same time."""
_YEAR: Final = re.compile(rb'"(20\d\d)(?=-\d\d)')
_PEOPLE: Final = re.compile(rb'"p-([a-z-]+)"')
_CLERK: Final = Actor(PersonId("p-clerk"), "Stichting Veilig Voorbeeld", Role.OPERATOR, "demo")


def main() -> None:
    """Make a store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("url")
    asked = parser.parse_args()
    print(f"{make(asked.url, asked.events):,} events")


def make(url: str, events: int) -> int:
    """Fill a new store with about so many events, and its views; answer how many."""
    with closing(open_store(url)) as store:
        stream = mixed(events)
        while batch := tuple(islice(stream, _BATCH)):
            store.append(Append(batch))
        count = store.last_position()
    Engine.open(url, clock=SettableClock(_TODAY)).close()
    return count


def mixed(events: int, seed: int = 11) -> Iterator[Recorded]:
    """About so many events: first what sources tell, then what was done here."""
    chance = random.Random(seed)
    told, worked = _told(), _worked()
    mean = sum(len(one[1]) for one in told) / _TOLD / 2 + sum(_length(one) for one in worked) / 2
    estates = round(events / mean)
    for number in range(estates // 2):
        yield from _copy(number, told[number % _TOLD], chance)
    rest = iter(range(estates // 2, estates))
    while numbers := list(islice(rest, _AT_ONCE)):
        lives = [_copy(number, _one_of(worked, chance), chance) for number in numbers]
        yield from merge(*lives, key=attrgetter("at"))


def _length(worked: tuple[float, _Told]) -> float:
    return worked[0] * len(worked[1][1])


def _one_of(worked: Sequence[tuple[float, _Told]], chance: random.Random) -> _Told:
    return chance.choices([one for _, one in worked], [share for share, _ in worked])[0]


def _copy(number: int, told: _Told, chance: random.Random) -> list[Recorded]:
    """The same history of another estate, in a municipality of its own and some years earlier."""
    name, history = told
    estate = EstateId(f"{chance.getrandbits(128):032x}")
    earlier, place = chance.choice((0, 0, 4)), number % 342  # 29 February stays a day
    new_name = f"Terrein {number}".encode()
    decode = _CODEC.decode

    def year(found: re.Match[bytes]) -> bytes:
        return b'"%d' % (int(found[1]) - earlier)

    made: list[Recorded] = []
    for version, (topic, state) in enumerate(history, start=1):
        state = _YEAR.sub(year, state.replace(name.encode(), new_name))
        state = state.replace(MUNICIPALITY.encode(), b"Gemeente %d" % place)
        state = _PEOPLE.sub(rb'"p-\1-%d"' % place, state)
        made.append(decode(estate, version, topic, state))
    return made


def _told() -> list[_Told]:
    """Histories from sources; one in seven has a fact that was corrected later."""
    clock = SettableClock(_TODAY)
    with scratch() as folder, engine_at("memory:", clock) as engine:
        file = folder / "history.csv"
        write_history(file, _TOLD)
        import_file(engine, file)
        for number, (estate, history) in enumerate(list(engine.histories())):
            if number % 7 == 0:
                version = history[-1].version
                wrong = Correct(
                    estate=estate, on=_TODAY, version=version, never_happened=True, reason="dubbel"
                )
                engine.do(wrong, actor=_CLERK)
        return [_stored(history, engine.state(one).name) for one, history in engine.histories()]


def _worked() -> list[tuple[float, _Told]]:
    """Histories by commands, each with how often it occurs."""
    first = [(0.66 / len(_CUTS), _walked(steps, _noop)) for steps in _CUTS]
    whole = [(0.17, _walked(99, _noop)), (0.10, _walked(99, _correct))]
    return [*first, *whole, (0.07, _walked(14, _end))]


def _walked(steps: int, then: Callable[[Engine, EstateId], None]) -> _Told:
    """The demonstration up to a step, with the notices that fell due meanwhile."""
    clock = SettableClock(date(2020, 9, 14))
    with engine_at("memory:", clock) as engine:

        def on_day(day: date) -> None:
            clock.set_day(day)
            engine.sweep(confirm=True)

        for _ in islice(walk(engine, on_day), steps):
            pass
        ((estate, _),) = engine.histories()
        then(engine, estate)
        ((_, history),) = engine.histories()
        return _stored(history, NAME)


def _noop(engine: Engine, estate: EstateId) -> None:
    """Nothing more happens."""


def _correct(engine: Engine, estate: EstateId) -> None:
    """A survey had another number of answers than was written down."""
    ((_, history),) = engine.histories()
    survey = next(one for one in history if "survey" in one.event.TOPIC)
    day = history[-1].at.date()
    said = Correct(
        estate=estate, on=day, version=survey.version, says={"returned": 30}, reason="tikfout"
    )
    engine.do(said, actor=GUIDE)


def _end(engine: Engine, estate: EstateId) -> None:
    ((_, history),) = engine.histories()
    day = history[-1].at.date()
    engine.do(EndTrajectory(estate=estate, on=day, reason=EndReason.BY_CHOICE), actor=GUIDE)


def _stored(history: Iterable[Recorded], name: str) -> _Told:
    return name, [_CODEC.encode(one) for one in history]


_CODEC: Final = Codec()
_CUTS: Final = (4, 8, 12, 15, 19, 22, 25, 29, 34)


if __name__ == "__main__":
    main()
