"""How long is a token that was checked remembered? Never longer than it holds."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kvob_domain.actor import Role
from kvob_domain.mandates import Scope
from kvob_workflow.http.auth.bearer import MOST_REMEMBERED
from kvob_workflow.http.auth.errors import StepUpNeeded
from kvob_workflow.http.auth.token_errors import TokenExpired
from kvob_workflow.testing import SettableClock
from tests.http.auth.login_service import NOW, TODAY, bearer, claims, signed, tokens


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock(TODAY)


def test_a_checked_token_is_at_hand_until_it_is_to_be_checked_anew(clock: SettableClock) -> None:
    found = tokens(clock)
    asked = bearer(signed())
    assert found.at_hand(asked) is None
    mandate = found.mandate(asked)
    assert found.at_hand(asked) is mandate
    clock.move_on(timedelta(seconds=59))
    assert found.at_hand(asked) is mandate
    clock.move_on(timedelta(seconds=1))
    assert found.at_hand(asked) is None
    assert found.mandate(asked) == mandate
    found.forget()
    assert found.at_hand(asked) is None


def test_nobody_is_remembered_beyond_the_end_of_his_token(clock: SettableClock) -> None:
    found = tokens(clock, issuer={"remembered": 600, "leeway": 0})
    asked = bearer(signed(claims(exp=NOW + 10)))
    found.mandate(asked)
    clock.move_on(timedelta(seconds=10))
    assert found.at_hand(asked) is None
    with pytest.raises(TokenExpired):
        found.mandate(asked)


def test_a_login_that_grows_old_is_not_remembered_as_fresh(clock: SettableClock) -> None:
    found = tokens(clock, step_up={"max_age": 900})
    asked = bearer(signed(claims(roles=["kvob-decider"], auth_time=NOW - 880)))
    found.mandate(asked).demand(Scope.CERTIFICATES_DECIDE)
    clock.move_on(timedelta(seconds=20))
    assert found.at_hand(asked) is None
    with pytest.raises(StepUpNeeded):
        found.mandate(asked).demand(Scope.CERTIFICATES_DECIDE)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_REMEMBERED == 10_000
    monkeypatch.setattr("kvob_workflow.http.auth.bearer.MOST_REMEMBERED", 2)
    found = tokens()
    asked = [bearer(signed(claims(sub=f"s{number}"))) for number in range(3)]
    for one in asked:
        found.mandate(one)
    assert [found.at_hand(one) is None for one in asked] == [True, False, False]


def test_another_role_of_the_same_token_is_another_mandate() -> None:
    found = tokens()
    token = signed(claims(roles=["kvob-guide", "kvob-operator"]))
    guide = found.mandate(bearer(token, **{"kvob-role": "guide"}))
    operator = found.mandate(bearer(token, **{"kvob-role": "operator"}))
    assert (guide.actor.role, operator.actor.role) == (Role.GUIDE, Role.OPERATOR)
    assert found.at_hand(bearer(token)) is None
