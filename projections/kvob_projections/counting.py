"""How are the figures worked out? Counted in SQL over the rows of stays, cycles, terms and audits.

Each query is answered from one index, in the order in which it is grouped; what comes back are
histograms of a few thousand groups at most. What each figure counts, in words: `figures`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from kvob_domain.lifecycle.trajectory import IDLE_STEPS, Step
from kvob_projections.assessments import AUDIT, AWARD, REFUSAL
from kvob_projections.counted import Counted, FigureRow, share_of
from kvob_projections.cycles import LINE
from kvob_projections.distributions import distribution
from kvob_projections.figures import FigureCode
from kvob_projections.narrowing import narrowed
from kvob_projections.paging import Reader
from kvob_projections.statistics_query import StatisticsQuery
from kvob_projections.stored import Record
from kvob_projections.sureness import Sureness
from kvob_projections.terms_held import TermEnd

_STEPS: Final = tuple(step for step in Step if step not in IDLE_STEPS)
_ENDED: Final = Step.ENDED.value
_UNDATED: Final = "undated"
_FOUND_LATER: Final = ("renewed_on_time", "renewed_late", "renewed_unsure", "between_unknown")


def time_per_step(read: Reader, query: StatisticsQuery) -> Counted:
    """The stays that ended in the period, by step."""
    done = narrowed(query, "left_on")
    done.add("sureness <> 'open'")
    done.add("next_step <> 'ended'")
    days: dict[str, Counter[int]] = {}
    left_out: dict[str, Counter[str]] = {}
    for row in read(
        "SELECT step, sureness, days, COUNT(*) AS n FROM view_passages"
        f"{done.where} GROUP BY step, sureness, days",
        done.parameters,
    ):
        _sort_in(row, days.setdefault(row["step"], Counter()), left_out, row["step"])
    others = narrowed(query)
    others.add("(sureness = 'open' OR left_on > :until OR next_step = 'ended')", **_until(query))
    others.add("(entered_on IS NULL OR entered_on <= :until)")
    if query.since is not None:
        since = query.since.isoformat()
        others.add("(left_on IS NULL OR left_on >= :since)", since=since)
    state = "CASE WHEN next_step = 'ended' AND left_on <= :until THEN 'ended' ELSE 'open' END"
    for row in read(
        f"SELECT step, {state} AS state, COUNT(*) AS n FROM view_passages"
        f"{others.where} GROUP BY step, {state}",
        others.parameters,
    ):
        left_out.setdefault(row["step"], Counter())[row["state"]] += row["n"]
    rows = tuple(
        _row(step.value, days.get(step.value, Counter()), left_out.get(step.value, Counter()))
        for step in _STEPS
    )
    return Counted(rows, {})


def first_cycle(read: Reader, query: StatisticsQuery) -> Counted:
    """The first cycles that were awarded in the period."""
    return _cycles(read, query, renewal=0)


def renewal(read: Reader, query: StatisticsQuery) -> Counted:
    """The renewals that were awarded in the period."""
    return _cycles(read, query, renewal=1)


def _cycles(read: Reader, query: StatisticsQuery, renewal: int) -> Counted:
    asked = narrowed(query, "closed_on")
    asked.add("renewal = :renewal", renewal=renewal)
    asked.add("outcome = 'awarded'")
    days: Counter[int] = Counter()
    left_out: dict[str, Counter[str]] = {}
    for row in read(
        "SELECT sureness, days, COUNT(*) AS n FROM view_cycles"
        f"{asked.where} GROUP BY sureness, days",
        asked.parameters,
    ):
        _sort_in(row, days, left_out, "")
    return Counted((_row("", days, left_out.get("", Counter())),), {})


def renewal_decided(read: Reader, query: StatisticsQuery) -> Counted:
    """When renewals were decided, against the end of the certificate that they renewed."""
    asked = narrowed(query, "ends_on")
    codes = ", ".join(f"'{code}'" for code in _FOUND_LATER)
    asked.add(f"outcome IN ({codes})")
    asked.add("settled_on <= :until", **_until(query))
    days: Counter[int] = Counter()
    left_out: Counter[str] = Counter()
    for row in read(
        "SELECT outcome, days_late, COUNT(*) AS n FROM view_terms"
        f"{asked.where} GROUP BY outcome, days_late",
        asked.parameters,
    ):
        if row["outcome"] == TermEnd.BETWEEN_UNKNOWN:
            left_out["between"] += row["n"]
        elif row["days_late"] is None:
            left_out[Sureness.ESTIMATED.value] += row["n"]
        else:
            days[row["days_late"]] += row["n"]
    return Counted((_row("", days, left_out),), {})


def terms_ended(read: Reader, query: StatisticsQuery) -> Mapping[FigureCode, Counted]:
    """How the certificates ended whose end lies in the period: each way a share of them all."""
    asked = narrowed(query, "ends_on", dated=True)
    # What was settled after the period had not happened by then.
    state = "CASE WHEN settled_on > :until THEN 'open' ELSE outcome END"
    found: Counter[tuple[str, str]] = Counter()
    for row in read(
        f"SELECT {state} AS state, reason, COUNT(*) AS n FROM view_terms"
        f"{asked.where} GROUP BY {state}, reason",
        {**asked.parameters, **_until(query)},
    ):
        found[_way(row["state"], row["reason"])] += row["n"]
    undated = narrowed(query)
    undated.add("ends_on IS NULL")
    without = read(f"SELECT COUNT(*) AS n FROM view_terms{undated.where}", undated.parameters)
    left_out = {_UNDATED: int(without[0]["n"])} if without[0]["n"] else {}
    total = sum(found.values())
    return {code: _share(code, found, total, left_out) for code in _WAYS}


_WAYS: Final = (
    FigureCode.RENEWED_ON_TIME,
    FigureCode.RENEWED_LATE,
    FigureCode.LAPSED_BY_CHOICE,
    FigureCode.LAPSED_BY_NEGLECT,
    FigureCode.ENDED_OTHERWISE,
    FigureCode.WITHDRAWN,
    FigureCode.END_UNCLEAR,
)
_BY_OUTCOME: Final = {
    TermEnd.RENEWED_ON_TIME: (FigureCode.RENEWED_ON_TIME, ""),
    TermEnd.RENEWED_LATE: (FigureCode.RENEWED_LATE, "decided"),
    TermEnd.RENEWING: (FigureCode.RENEWED_LATE, "running"),
    TermEnd.RENEWED_UNSURE: (FigureCode.END_UNCLEAR, "unsure"),
    TermEnd.BETWEEN_UNKNOWN: (FigureCode.END_UNCLEAR, "between"),
    TermEnd.WITHDRAWN: (FigureCode.WITHDRAWN, ""),
    TermEnd.OPEN: (FigureCode.LAPSED_BY_NEGLECT, "nothing_on_record"),
}


def _way(outcome: str, reason: str | None) -> tuple[str, str]:
    """Which figure a term belongs to, and which part of it."""
    if outcome == TermEnd.ENDED:
        if reason == "by_choice":
            return FigureCode.LAPSED_BY_CHOICE, ""
        if reason == "by_neglect":
            return FigureCode.LAPSED_BY_NEGLECT, "by_neglect"
        return FigureCode.ENDED_OTHERWISE, reason or "other"
    return _BY_OUTCOME[TermEnd(outcome)]


def _share(
    code: FigureCode, found: Counter[tuple[str, str]], total: int, left_out: Mapping[str, int]
) -> Counted:
    parts = {part: n for (way, part), n in sorted(found.items()) if way == code}
    n = sum(parts.values())
    named = {part: number for part, number in parts.items() if part}
    return Counted((FigureRow("", n, total, share_of(n, total), parts=named),), left_out)


def audits(read: Reader, query: StatisticsQuery) -> Counted:
    """The audits of the period, by body and month."""
    return _assessed(read, query, f"kind = '{AUDIT}'")


def decisions(read: Reader, query: StatisticsQuery) -> Counted:
    """The awards and refusals of the period, by body and month."""
    return _assessed(read, query, f"kind IN ('{AWARD}', '{REFUSAL}')")


def _assessed(read: Reader, query: StatisticsQuery, kinds: str) -> Counted:
    asked = narrowed(query, "on_day", dated=query.since is not None)
    asked.add(kinds)
    part = "CASE kind WHEN 'refusal' THEN 'refused' ELSE outcome END"
    found = read(
        f"SELECT body_folded, month, MIN(body) AS body, {part} AS part, COUNT(*) AS n"
        f" FROM view_assessments{asked.where} GROUP BY body_folded, month, {part}",
        asked.parameters,
    )
    return _by_month(found)


def coming(read: Reader, query: StatisticsQuery) -> Counted:
    """The certificates that end from the day on, undecided, by body and month."""
    assert query.day is not None
    assert query.ahead is not None
    asked = narrowed(query)
    asked.add("outcome IN ('open', 'renewing')")
    days = {"after": query.day.isoformat(), "ahead": query.ahead.isoformat()}
    asked.add("ends_on > :after AND ends_on <= :ahead", **days)
    found = read(
        "SELECT body_folded, SUBSTR(ends_on, 1, 7) AS month, MIN(body) AS body,"
        " CASE outcome WHEN 'open' THEN 'not_begun' ELSE outcome END AS part,"
        f" COUNT(*) AS n FROM view_terms{asked.where}"
        " GROUP BY body_folded, SUBSTR(ends_on, 1, 7), outcome",
        asked.parameters,
    )
    return _by_month(found)


def _by_month(found: Iterable[Record]) -> Counted:
    cells: dict[tuple[str, str], Counter[str]] = {}
    names: dict[str, str] = {}
    left_out: Counter[str] = Counter()
    for row in found:
        if row["month"] is None:
            left_out[Sureness.ESTIMATED.value] += row["n"]
            continue
        folded = row["body_folded"]
        names[folded] = min(names.get(folded) or row["body"] or "", row["body"] or "")
        cells.setdefault((folded, row["month"]), Counter())[row["part"] or "unknown"] += row["n"]
    rows = tuple(
        FigureRow(names[folded], parts.total(), month=month, parts=dict(sorted(parts.items())))
        for (folded, month), parts in sorted(cells.items())
    )
    return Counted(rows, left_out)


def funnel(read: Reader, query: StatisticsQuery) -> Counted:
    """How far the first cycles came that began in the period."""
    assert query.day is not None
    asked = narrowed(query, "started_on", dated=True)
    asked.add("renewal = 0")
    silent = "CASE WHEN outcome = 'open' AND acted_on <= :silent THEN 1 ELSE 0 END"
    since = query.day.toordinal() - query.silent_days
    furthest: Counter[int] = Counter()
    parts: dict[str, Counter[str]] = {}
    for row in read(
        f"SELECT furthest, step, outcome, {silent} AS silent, COUNT(*) AS n FROM view_cycles"
        f"{asked.where} GROUP BY furthest, step, outcome, {silent}",
        {**asked.parameters, "silent": date.fromordinal(max(1, since)).isoformat()},
    ):
        furthest[row["furthest"]] += row["n"]
        if row["outcome"] == "awarded":
            continue
        part = parts.setdefault(row["step"], Counter())
        part["ended" if row["outcome"] == "ended" else "here"] += row["n"]
        if row["silent"]:
            part["silent"] += row["n"]
    total = furthest.total()
    rows = tuple(
        _reached(step, sum(n for rank, n in furthest.items() if rank >= place), total, parts)
        for place, step in enumerate(LINE, start=1)
    )
    return Counted(rows, _without_start(read, query))


def _without_start(read: Reader, query: StatisticsQuery) -> Mapping[str, int]:
    """First cycles of which nobody knows when they began."""
    asked = narrowed(query)
    asked.add("renewal = 0")
    asked.add("started_on IS NULL")
    found = read(f"SELECT COUNT(*) AS n FROM view_cycles{asked.where}", asked.parameters)
    return {_UNDATED: found[0]["n"]} if found[0]["n"] else {}


def _reached(step: Step, n: int, total: int, parts: Mapping[str, Counter[str]]) -> FigureRow:
    of_step = dict(sorted(parts.get(step.value, Counter[str]()).items()))
    return FigureRow(step.value, n, total, share_of(n, total), parts=of_step)


def _sort_in(row: Record, days: Counter[int], left_out: dict[str, Counter[str]], key: str) -> None:
    """A group of durations: measured, or left out for a reason."""
    if row["sureness"] == Sureness.EXACT:
        days[row["days"]] += row["n"]
    else:
        left_out.setdefault(key, Counter())[row["sureness"]] += row["n"]


def _row(key: str, days: Counter[int], left_out: Counter[str]) -> FigureRow:
    found = distribution(days.items())
    return FigureRow(key, days.total(), days=found, left_out=dict(sorted(left_out.items())))


def _until(query: StatisticsQuery) -> Mapping[str, str]:
    assert query.until is not None
    return {"until": query.until.isoformat()}
