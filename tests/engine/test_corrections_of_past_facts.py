"""Does what was corrected stay so, whatever the source says again?"""

from typing import Any

import pytest

from kvob_domain.estate.events.identity import EstateRegistered
from kvob_domain.estate.events.past import RemarkRecorded
from kvob_workflow import (
    Engine,
    EstateKind,
    PartialDate,
    Provenance,
)
from kvob_workflow.engine import FactItem, Remark
from tests.engine.correcting import PLACE, correct, number_of, said


def _kinds(engine: Engine, *items: FactItem) -> list[str]:
    return [outcome.kind for outcome in engine.take_facts(items)]


@pytest.mark.parametrize("says", [{}, {"fact": {"on": "2019-11"}}], ids=["withdrawn", "corrected"])
def test_an_import_repeated_over_a_correction_brings_nothing_back(
    engine: Engine, says: dict[str, Any]
) -> None:
    items = (said("award", "2019-10"), said("covenant", "2019-09"))
    assert _kinds(engine, *items) == ["accepted", "accepted"]
    estate = engine.find("Noord")
    engine.do(correct(estate, 2, **says))
    state = engine.state(estate)
    assert _kinds(engine, *items) == ["duplicate", "duplicate"]
    assert engine.state(estate) == state


def test_what_was_corrected_counts_again_from_another_source_or_with_more(engine: Engine) -> None:
    engine.take_facts([said("award", "2019-10")])
    estate = engine.find("Noord")
    engine.do(correct(estate, 2))
    assert not engine.state(estate).certificates
    assert _kinds(engine, said("award", "2019-10", "https://b.example/")) == ["accepted"]
    assert engine.state(estate).certificates
    more = said("award", "2019-10", level="Basis Samenwerken")
    assert _kinds(engine, more) == ["duplicate"]
    assert engine.state(estate).version == 5  # kept as what another source adds


def test_rows_after_an_import_show_the_corrected_history(engine: Engine) -> None:
    engine.take_facts([said("award", "2019-10-01")])
    estate = engine.find("Noord")
    engine.do(correct(estate, 2, fact={"on": "2020-10-01"}))
    engine.take_facts([said("evaluation", "2021-10-01")])
    (row,) = engine.register().items
    assert str(row.expires_on) == "2023-10-01"


def test_a_corrected_remark_does_not_come_back(engine: Engine) -> None:
    remark = Remark(
        "winkels", PartialDate.parse("2015"), "ook", Provenance(source="https://a.example/")
    )
    item = FactItem("Noord", (PLACE,), EstateKind.ESTATE, remark)
    assert _kinds(engine, item) == ["remark"]
    estate = engine.find("Noord")
    engine.do(correct(estate, number_of(engine, estate, RemarkRecorded), text="niet"))
    assert _kinds(engine, item) == ["duplicate"]
    assert EstateRegistered.TOPIC in {one.topic for one in engine.history(estate)}
