"""Which estates are near the award, and lack something, lack nothing, or lack answers?

Three lists of the first screen from one reading of the board: it has no index by step, and is read
whole for either.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from kvob_domain.estate.requirement_codes import OWED_BY, RequirementCode
from kvob_projections.estates import EstateQuery, containing, estate_conditions
from kvob_projections.paging import Page, Reader
from kvob_projections.statement import COUNTED, Conditions, Statement
from kvob_projections.today import LISTED, WITH_STATUS, TodayEstate, row_of
from kvob_projections.today_query import TodayQuery, TodaySection, duty_of

_AWAITING: Final = "step IN ('award', 'recertification')"
_MEASURING: Final = "step IN ('inventory', 'recertification')"
_NOTHING_MISSING: Final = "missing = '[]'"
# An audit in the step of the covenant shows by what it left: findings, or a positive advice.
_AUDITED: Final = "step = 'covenant' AND (positive_advice = 1 OR missing LIKE :findings ESCAPE '!')"
_NEAR: Final = (
    "SELECT b.estate_id, b.step, b.step_since, b.missing, b.positive_advice FROM view_board b"
)
_ORDER: Final = "ORDER BY step_since ASC NULLS LAST, estate_id"


def near_award(
    reader: Reader, query: TodayQuery, sections: Collection[TodaySection]
) -> Mapping[TodaySection, Page[TodayEstate]]:
    """Those of the three lists that are asked for, the longest in the step first.

    `AUDIT_GAPS`: something is missing that the role owes, in the steps of award and
    recertification; in that of the covenant where an audit left findings, or a positive advice.
    `DECISIONS`: nothing is missing, in the steps of award and recertification. `SURVEYS`: the step
    (inventory, recertification) needs a survey with enough response.
    """
    asked = [section for section in _FITTING if section in sections]
    if not asked:
        return {}
    statement = _statement(query, asked)
    found: dict[TodaySection, list[TodayEstate]] = {section: [] for section in asked}
    totals = dict.fromkeys(asked, 0)
    for record in reader(statement.sql, statement.parameters):
        section = TodaySection(record["section"])
        found[section].append(row_of(record))
        totals[section] = int(record["total"])
    return {
        section: Page(
            tuple(found[section][: query.limit]),
            min(totals[section], COUNTED),
            totals[section] <= COUNTED,
            0,
            query.limit,
        )
        for section in asked
    }


def _statement(query: TodayQuery, asked: Collection[TodaySection]) -> Statement:
    shared = EstateQuery(day=query.day, municipality=query.municipality, reach=query.reach)
    near = estate_conditions(shared)
    near.add("b.step IN ('inventory', 'covenant', 'award', 'recertification')")
    # A page of none has a total too, which stands in its rows.
    parameters = Conditions({**near.parameters, "limit": max(query.limit, 1)})
    parts = " UNION ALL ".join(
        f"SELECT * FROM (SELECT '{section.value}' AS section, estate_id, step_since, COUNT(*) OVER"
        f" () AS total FROM near WHERE {_FITTING[section](query, parameters)} {_ORDER}"
        f" LIMIT :limit) AS {section.value}"
        for section in asked
    )
    columns = ", ".join(f"{sql} AS {name}" for name, sql in LISTED.items())
    sql = (
        f"WITH near AS MATERIALIZED ({_NEAR}{near.where})"
        f" SELECT {columns}, b.step_since AS day, '' AS detail, part.section, part.total"
        f" FROM ({parts}) AS part CROSS JOIN view_board b{WITH_STATUS}"
        " WHERE b.estate_id = part.estate_id"
        " ORDER BY part.section, part.step_since ASC NULLS LAST, part.estate_id"
    )
    return Statement(sql, parameters.parameters)


def _has_gaps(query: TodayQuery, conditions: Conditions) -> str:
    conditions.parameters["findings"] = containing(f'"{RequirementCode.FINDINGS_CLOSED.value}"')
    near = f"({_AWAITING} OR {_AUDITED})"
    duty = duty_of(query.role)
    codes = [code for code in RequirementCode if duty.owes(OWED_BY[code])]
    if len(codes) == len(RequirementCode):
        return f"{near} AND NOT {_NOTHING_MISSING}"
    for code in codes:
        conditions.parameters[f"lacks_{code.value}"] = containing(f'"{code.value}"')
    ways = [f"missing LIKE :lacks_{code.value} ESCAPE '!'" for code in codes]
    return f"{near} AND ({' OR '.join(ways) or '1 = 0'})"


def _lacks_nothing(query: TodayQuery, conditions: Conditions) -> str:
    del query, conditions
    return f"{_AWAITING} AND {_NOTHING_MISSING}"


def _lacks_answers(query: TodayQuery, conditions: Conditions) -> str:
    del query
    conditions.parameters["survey"] = containing(f'"{RequirementCode.SURVEY.value}"')
    return f"{_MEASURING} AND missing LIKE :survey ESCAPE '!'"


_FITTING: Final[Mapping[TodaySection, Callable[[TodayQuery, Conditions], str]]] = {
    TodaySection.AUDIT_GAPS: _has_gaps,
    TodaySection.DECISIONS: _lacks_nothing,
    TodaySection.SURVEYS: _lacks_answers,
}
