"""How is a running cycle moved to another edition, and back?"""

from collections.abc import Callable
from datetime import date

import pytest

from kvob_domain.refusals.naming import EditionNotInForce
from kvob_domain.scheme.errors import UnknownEdition
from kvob_workflow import Engine, EstateId

ON = date(2026, 11, 23)
REASON = "overgang"


def test_a_dry_run_reports_each_running_cycle_and_changes_nothing(
    engine: Engine, walked_to: Callable[..., EstateId], register: Callable[[str], EstateId]
) -> None:
    estate = walked_to("request_audit")
    register("Zonder traject")
    (line,) = engine.migrate("kvo-4.0", reason=REASON, on=ON)
    assert (line.estate_id, line.from_edition, line.to_edition) == (estate, "kvo-3.1", "kvo-4.0")
    assert line.refusal is None
    assert not line.done
    assert engine.state(estate).edition == "kvo-3.1"


def test_a_migration_is_carried_out_once_and_can_be_reverted(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    estate = walked_to("request_audit")
    (line,) = engine.migrate("kvo-4.0", reason=REASON, on=ON, dry_run=False)
    assert line.done
    assert engine.state(estate).edition == "kvo-4.0"
    assert engine.migrate("kvo-4.0", reason=REASON, on=ON, dry_run=False) == ()
    (back,) = engine.migrate(None, reason=REASON, on=ON, dry_run=False)
    assert back.done
    assert engine.state(estate).edition == "kvo-3.1"
    assert engine.migrate(None, reason=REASON, on=ON, dry_run=False) == ()


def test_a_municipality_can_be_migrated_alone(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    walked_to("request_audit")
    assert len(engine.migrate("kvo-4.0", reason=REASON, municipality="VOORBEELDSTAD")) == 1
    assert engine.migrate("kvo-4.0", reason=REASON, municipality="Goes") == ()


def test_an_edition_that_was_not_in_force_is_refused_in_the_report(
    engine: Engine, walked_to: Callable[..., EstateId]
) -> None:
    walked_to("request_audit")
    (line,) = engine.migrate("kvo-4.0", reason=REASON, on=date(2023, 1, 1), dry_run=False)
    assert isinstance(line.refusal, EditionNotInForce)
    assert not line.done


def test_an_unknown_edition_is_named_with_those_that_exist(engine: Engine) -> None:
    with pytest.raises(UnknownEdition) as caught:
        engine.migrate("kvo-9", reason=REASON)
    assert "kvo-4.0" in str(caught.value)
