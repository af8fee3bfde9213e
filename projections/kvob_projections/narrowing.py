"""Of which rows is a figure? The period and the filters that all figures share."""

from kvob_projections.bonds import narrow_to
from kvob_projections.estates import containing, folded, places_text
from kvob_projections.statement import Conditions
from kvob_projections.statistics_query import StatisticsQuery


def narrowed(query: StatisticsQuery, day: str | None = None, *, dated: bool = False) -> Conditions:
    """The conditions on one table; the period is that of its column `day`.

    Rows without a day are in every period, where `dated` does not leave them out: nobody knows
    in which one they belong, and they are counted apart.

    Raises:
        TextTooLong: a name is longer than any name.
    """
    conditions = Conditions()
    conditions.add("counted IN (0, 1)" if query.groups else "counted = 1")
    if query.body is not None:
        conditions.add("body_folded = :body", body=folded("body", query.body))
    if query.edition is not None:
        conditions.add("edition = :edition", edition=query.edition)
    if query.municipality is not None:
        place = containing(places_text((folded("municipality", query.municipality),)))
        conditions.add(
            "estate_id IN (SELECT b.estate_id FROM view_board b"
            " WHERE b.places LIKE :place ESCAPE '!')",
            place=place,
        )
    narrow_to(query.reach, conditions, "estate_id")
    if day is not None:
        _in_period(conditions, query, day, dated=dated)
    return conditions


def _in_period(conditions: Conditions, query: StatisticsQuery, day: str, *, dated: bool) -> None:
    assert query.until is not None
    within = f"{day} <= :until"
    days = {"until": query.until.isoformat()}
    if query.since is not None:
        within = f"{day} >= :since AND {within}"
        days["since"] = query.since.isoformat()
    conditions.add(f"({within})" if dated else f"({day} IS NULL OR ({within}))", **days)
