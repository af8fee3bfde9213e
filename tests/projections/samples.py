"""Which estates do the tests look at? Real ones as sources tell of them, and an invented one."""

from __future__ import annotations

from tests.projections.desk import History, Step, estate, fact

SOEST = estate("De Soestdijkse Grachten", "Soest", fact("award", "2019-10-10"))
BAARN = estate(
    "Noordschil",
    "Baarn",
    fact("kickoff", "2017"),
    fact("recertification", "2021", level="Continu Samenwerken"),
    fact("expiry", "2023"),
    fact("recertification", "2024", level="Continu Samenwerken"),
    fact("expiry", "2026"),
)
AALSMEER = estate("Groenpark", "Aalsmeer/Uithoorn", fact("covenant", "2012-04-19"))
UNDATED = estate("Zuidhoek", "Älmelo", fact("award", ""))
ENDED_ONLY = estate("De Hoef", "Amersfoort", fact("expiry", "2015"))


def zilverhoek(stage: tuple[Step, ...]) -> History:
    """The invented estate, as far as a stage."""
    return estate("De Zilverhoek", "Voorbeeldstad", *stage)
