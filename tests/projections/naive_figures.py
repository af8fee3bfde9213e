"""What would the figures be, worked out estate by estate with nothing but lists and loops?

It reads the folded state, not the tables, and does its sums the long way round.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from kvob_domain.estate.certificates import Certificate
from kvob_domain.estate.irregularities import IrregularityKind
from kvob_domain.estate.state import Estate, Move
from kvob_domain.estate.values import EstateKind
from kvob_domain.estate_names import normal_name
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_projections.statistics_query import StatisticsQuery

LINE = (
    Step.KICKOFF,
    Step.INVENTORY,
    Step.ACTION_PLAN,
    Step.COVENANT,
    Step.AWARD,
    Step.EVALUATION,
)
WAYS = (
    *("renewed_on_time", "renewed_late", "lapsed_by_choice", "lapsed_by_neglect"),
    *("ended_otherwise", "withdrawn", "end_unclear"),
)


class Naive(NamedTuple):
    """The answer to a query, by figure and line, as plain values."""

    days: dict[str, dict[str, tuple[object, ...]]]
    left_out: dict[str, dict[str, dict[str, int]]]
    ways: dict[str, tuple[int, int]]
    months: dict[str, dict[tuple[str, str], int]]
    funnel: list[tuple[str, int, dict[str, int]]]


def naive(states: Iterable[Estate], query: StatisticsQuery) -> Naive:
    """All figures."""
    asked = [one for one in states if _is_asked(one, query)]
    days: dict[str, dict[str, list[int]]] = {}
    left: dict[str, dict[str, Counter[str]]] = {}
    ways: Counter[str] = Counter()
    months: dict[str, Counter[tuple[str, str]]] = {}
    reached: Counter[Step] = Counter()
    parts: dict[Step, Counter[str]] = {}
    for one in asked:
        for figure, key, number, reason in (*_stays(one, query), *_cycles(one, query)):
            if number is not None:
                days.setdefault(figure, {}).setdefault(key, []).append(number)
            elif reason:
                left.setdefault(figure, {}).setdefault(key, Counter())[reason] += 1
        for way in _ways(one, query):
            ways[way] += 1
        for figure, body, month in _work(one, query):
            months.setdefault(figure, Counter())[body, month] += 1
        for furthest, part in _funnel(one, query):
            for step in LINE[: LINE.index(furthest) + 1]:
                reached[step] += 1
            for name in part:
                parts.setdefault(furthest, Counter())[name] += 1
    return Naive(
        {
            figure: {key: _spread(all_of) for key, all_of in of.items()}
            for figure, of in days.items()
        },
        {figure: {key: dict(why) for key, why in of.items()} for figure, of in left.items()},
        {way: (ways[way], ways.total()) for way in WAYS},
        {figure: dict(of) for figure, of in months.items()},
        [(step.value, reached[step], dict(parts.get(step, Counter()))) for step in LINE],
    )


def _spread(numbers: list[int]) -> tuple[object, ...]:
    line = sorted(numbers)

    def at(percent: int) -> int:
        return next(
            one for one in line if 100 * sum(other <= one for other in line) >= percent * len(line)
        )

    return (len(line), statistics.median(line), at(25), at(75), at(90), line[0], line[-1])


def _is_asked(estate: Estate, query: StatisticsQuery) -> bool:
    if not query.groups and estate.kind is not EstateKind.ESTATE:
        return False
    place = query.municipality
    return place is None or normal_name(place) in map(normal_name, estate.municipalities)


def _fits(query: StatisticsQuery, edition: str | None, body: str | None) -> bool:
    if query.edition is not None and edition != query.edition:
        return False
    return query.body is None or normal_name(body or "") == normal_name(query.body)


def _within(query: StatisticsQuery, day: date | None) -> bool:
    if day is None:
        return True
    return (query.since is None or day >= query.since) and day <= _last(query)


def _last(query: StatisticsQuery) -> date:
    assert query.day is not None
    return min(query.until or query.day, query.day)


def _between(first: Move, second: Move) -> int | None:
    if first.day is None or second.day is None:
        return None
    if first.day != first.latest or second.day != second.latest or second.day < first.day:
        return None
    return (second.day - first.day).days


Line = tuple[str, str, int | None, str]


def _stays(estate: Estate, query: StatisticsQuery) -> Iterator[Line]:
    for place, entered in enumerate(estate.moves):
        if entered.step is Step.ENDED or not _fits(query, entered.edition, entered.body):
            continue
        left = estate.moves[place + 1] if place + 1 < len(estate.moves) else None
        key, figure = entered.step.value, "time_per_step"
        if left is None or left.step is Step.ENDED or (left.day and left.day > _last(query)):
            is_in = entered.day is None or entered.day <= _last(query)
            gone = left.day if left else None
            if is_in and (query.since is None or gone is None or gone >= query.since):
                is_over = left is not None and left.step is Step.ENDED
                reason = "ended" if is_over and gone and gone <= _last(query) else "open"
                yield figure, key, None, reason
        elif _within(query, left.day):
            after = {
                **dict(pairwise(LINE)),
                Step.EVALUATION: Step.RECERTIFICATION,
            }
            after[Step.RECERTIFICATION] = Step.EVALUATION
            days = _between(entered, left)
            if left.step is not after[entered.step]:
                yield figure, key, None, "gap"
            else:
                yield figure, key, days, "estimated"


def _runs(estate: Estate) -> Iterator[tuple[bool, Move | None, list[Move]]]:
    """Each cycle: whether it is a renewal, how it began if known, and its moves."""
    renewed = {one.version for one in estate.certificates if one.renewal}
    run: list[Move] = []
    for move in estate.moves:
        if run and move.step in (Step.KICKOFF, Step.RECERTIFICATION):
            yield _run(run, renewed)
            run = []
        if not run and move.step is Step.ENDED:
            continue
        run.append(move)
        if move.step in (Step.EVALUATION, Step.ENDED):
            yield _run(run, renewed)
            run = []
    if run:
        yield _run(run, renewed)


def _run(run: list[Move], renewed: set[int]) -> tuple[bool, Move | None, list[Move]]:
    first = run[0]
    begin = first if first.step in (Step.KICKOFF, Step.RECERTIFICATION) else None
    is_renewal = first.step is Step.RECERTIFICATION or (
        first.step is Step.EVALUATION and first.version in renewed
    )
    return is_renewal, begin, run


def _cycles(estate: Estate, query: StatisticsQuery) -> Iterator[Line]:
    for is_renewal, begin, run in _runs(estate):
        last = run[-1]
        if last.step is not Step.EVALUATION or not _fits(query, last.edition, last.body):
            continue
        if _within(query, last.day):
            figure = "renewal" if is_renewal else "first_cycle"
            if begin is None:
                yield figure, "", None, "gap"
            else:
                yield figure, "", _between(begin, last), "estimated"
    yield from _against_the_end(estate, query)


def _against_the_end(estate: Estate, query: StatisticsQuery) -> Iterator[Line]:
    for held, after, how in _terms(estate):
        if after is None or how not in ("renewed", "between"):
            continue
        if not _fits(query, held.edition, held.body or estate.body):
            continue
        if not _within(query, held.expires_on):
            continue
        decided = after.decided_on
        if decided is None or decided > _last(query):
            continue
        if how == "between":
            yield "renewal_decided", "", None, "between"
            continue
        is_exact = decided == after.decided_latest and held.expires_on == held.expires_on_earliest
        backwards = held.valid_from is not None and decided <= held.valid_from
        if held.expires_on is None or not is_exact or backwards:
            yield "renewal_decided", "", None, "estimated"
        else:
            yield "renewal_decided", "", (decided - held.expires_on).days, ""


def _terms(estate: Estate) -> Iterator[tuple[Certificate, Certificate | None, str]]:
    far = {
        odd.version
        for odd in estate.irregularities
        if odd.kind is IrregularityKind.CERTIFICATES_BETWEEN_UNKNOWN
    }
    for place, held in enumerate(estate.certificates):
        after = estate.certificates[place + 1] if place + 1 < len(estate.certificates) else None
        if any(status is Status.WITHDRAWN for _, status in held.standing):
            yield held, after, "withdrawn"
        elif any(move.step is Step.ENDED and move.held == held.version for move in estate.moves):
            yield held, after, "ended"
        elif after is None:
            yield held, None, "renewing" if estate.step is Step.RECERTIFICATION else "open"
        else:
            yield held, after, "between" if after.version in far else "renewed"


def _ways(estate: Estate, query: StatisticsQuery) -> Iterator[str]:
    last = _last(query)
    for held, after, how in _terms(estate):
        ends = held.expires_on
        if how == "withdrawn":
            ends = next(day for day, status in held.standing if status is Status.WITHDRAWN)
        if ends is None or not _within(query, ends):
            continue
        if _fits(query, held.edition, held.body or estate.body):
            yield _way(estate, held, after, how, last)


def _way(estate: Estate, held: Certificate, after: Certificate | None, how: str, last: date) -> str:
    if how == "withdrawn":
        return "withdrawn"
    if how == "ended":
        end = next(m for m in estate.moves if m.step is Step.ENDED and m.held == held.version)
        if end.day is not None and end.day > last:
            return "lapsed_by_neglect"
        reason = str(end.reason)
        return (
            reason.replace("by_", "lapsed_by_") if reason.startswith("by_") else "ended_otherwise"
        )
    if how == "renewing":
        begun = estate.moves[-1].day
        return "renewed_late" if begun is None or begun <= last else "lapsed_by_neglect"
    if after is None:
        return "lapsed_by_neglect"
    decided, latest = after.decided_on, after.decided_latest
    if decided is not None and decided > last:
        return "lapsed_by_neglect"
    backwards = latest is not None and held.valid_from is not None and latest <= held.valid_from
    if how == "between" or decided is None or latest is None or backwards:
        return "end_unclear"
    if held.expires_on_earliest is None or held.expires_on is None:
        return "end_unclear"
    if latest <= held.expires_on_earliest:
        return "renewed_on_time"
    return "renewed_late" if decided > held.expires_on else "end_unclear"


def _work(estate: Estate, query: StatisticsQuery) -> Iterator[tuple[str, str, str]]:
    done = [(a.day, a.latest, a.edition, a.body, "audits") for a in estate.audits]
    done += [(r.on, r.on, r.edition, r.body, "decisions") for r in estate.refusals]
    done += [
        (c.decided_on, c.decided_latest, c.edition, c.body, "decisions")
        for c in estate.certificates
        if not c.known_by_its_end
    ]
    for day, latest, edition, body, figure in done:
        known = body or estate.body
        if day is None or latest is None or not _fits(query, edition, known):
            continue
        if _within(query, day) and (day.year, day.month) == (latest.year, latest.month):
            yield figure, normal_name(known or ""), f"{day:%Y-%m}"
    for held, _, how in _terms(estate):
        if how in ("open", "renewing") and _fits(query, held.edition, held.body or estate.body):
            assert query.day is not None
            assert query.ahead is not None
            if held.expires_on and query.day < held.expires_on <= query.ahead:
                body = normal_name(held.body or estate.body or "")
                yield "coming", body, f"{held.expires_on:%Y-%m}"


def _funnel(estate: Estate, query: StatisticsQuery) -> Iterator[tuple[Step, list[str]]]:
    assert query.day is not None
    for is_renewal, begin, run in _runs(estate):
        last = run[-1]
        if is_renewal or begin is None or begin.day is None:
            continue
        if not _within(query, begin.day) or not _fits(query, last.edition, last.body):
            continue
        steps = [move.step for move in run if move.step in LINE]
        furthest = max(steps, key=LINE.index)
        part: list[str] = []
        is_open = run[-1] is estate.moves[-1]
        if last.step is Step.ENDED or (last.step is not Step.EVALUATION and not is_open):
            part = ["ended"]
        elif last.step is not Step.EVALUATION:
            part = ["here"]
            quiet = query.day - timedelta(days=query.silent_days)
            acted = estate.acted_on
            if acted is not None and acted <= quiet:
                part.append("silent")
        yield furthest, part
