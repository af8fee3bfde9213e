"""May this role give that command? Every command and every role, written out once more by hand.

Source: the table of roles of this project's reference on reliability ("sees, may do, never").
"""

from __future__ import annotations

from typing import Final

import pytest

from kvob_domain.actor import Role
from kvob_domain.estate.commands import ALL_COMMANDS
from kvob_domain.mandates import COMMAND_SCOPES, ROLE_SCOPES, Scope, scope_for, scopes_of

_REGISTERS: Final = "RegisterEstate RegisterGroup LinkMembers RenameEstate"
_DECIDES: Final = (
    "AwardCertificate RefuseAward SuspendCertificate RestoreCertificate WithdrawCertificate "
    "WaiveRequirement ApproveAct DeclineAct TransferEstate"
)
_PREPARES: Final = (
    "ChangeScope SucceedParty StartTrajectory DeclareIntent RecordSurvey RecordWalkRound "
    "RecordFigures AdoptAnalysis AdoptPlan EndTrajectory SignCovenant RequestAudit "
    "PresentCertificate EvaluateYear EvaluateTerm"
)
MAY: Final[dict[Role, str]] = {
    Role.GUIDE: f"{_REGISTERS} {_PREPARES} UpdateMeasure RegisterDocument RecordRemark",
    Role.AUDITOR: "RecordAudit CloseFinding RegisterDocument RecordRemark",
    Role.DECIDER: f"{_DECIDES} Correct RecordRemark",
    Role.MUNICIPALITY: "RecordRemark",
    Role.PARK_MANAGER: "UpdateMeasure RecordRemark",
    Role.SCHEME_MANAGER: (
        "GiveNotice ExtendDeadline ReplanDeadline WaiveDeadline MigrateEdition RevertMigration"
    ),
    Role.IMPORTER: f"{_REGISTERS} RecordPastFact RecordRemark",
    Role.OPERATOR: "",
    Role.PUBLIC: "",
    Role.WITNESS: "",
    Role.PRIVACY_OFFICER: "",
    Role.ALARM: "",
}
"""What a role may do, by the names of commands."""

NEVER: Final[dict[Role, set[Scope]]] = {
    Role.GUIDE: {Scope.AUDITS_RECORD, Scope.CERTIFICATES_DECIDE, Scope.RECORDS_CORRECT},
    Role.AUDITOR: {Scope.CERTIFICATES_DECIDE, Scope.ESTATES_PREPARE},
    Role.DECIDER: {Scope.AUDITS_RECORD, Scope.ESTATES_PREPARE},
    Role.MUNICIPALITY: {Scope.PERSONS_READ, Scope.ESTATES_PREPARE, Scope.MEASURES_UPDATE},
    Role.SCHEME_MANAGER: {Scope.PERSONS_READ, Scope.CERTIFICATES_DECIDE, Scope.RECORDS_CORRECT},
    Role.PUBLIC: set(Scope) - {Scope.REGISTER_READ},
    Role.WITNESS: set(Scope) - {Scope.PROOFS_READ, Scope.PROOFS_COSIGN},
    Role.PRIVACY_OFFICER: set(Scope) - {Scope.PERSONS_MANAGE, Scope.PERSONS_ERASE},
    Role.ALARM: set(Scope),
}
"""What a role never has."""


@pytest.mark.parametrize("role", Role)
def test_a_role_gives_the_commands_of_the_table_and_no_other(role: Role) -> None:
    may = {one.__name__ for one in ALL_COMMANDS if scope_for(one) in ROLE_SCOPES[role]}
    assert may == set(MAY[role].split())


def test_every_command_takes_a_scope_and_some_role_has_it() -> None:
    assert set(COMMAND_SCOPES) == set(ALL_COMMANDS)
    named = {name for names in MAY.values() for name in names.split()}
    assert named == {one.__name__ for one in ALL_COMMANDS}


@pytest.mark.parametrize("role", NEVER)
def test_a_role_never_has_what_is_not_for_it(role: Role) -> None:
    assert ROLE_SCOPES[role].isdisjoint(NEVER[role])


def test_no_role_prepares_and_decides_or_audits_and_decides() -> None:
    for scopes in ROLE_SCOPES.values():
        kinds = {Scope.ESTATES_PREPARE, Scope.AUDITS_RECORD, Scope.CERTIFICATES_DECIDE}
        assert len(kinds & scopes) <= 1


def test_every_scope_is_some_roles() -> None:
    assert set().union(*ROLE_SCOPES.values()) == set(Scope)


def test_a_token_gives_fewer_scopes_than_its_role_and_never_more() -> None:
    asked = ["remarks:add", "certificates:decide", "a-scope-of-another-system", ""]
    assert scopes_of(Role.MUNICIPALITY, asked) == {Scope.REMARKS_ADD}
    assert scopes_of(Role.MUNICIPALITY, []) == set()
    assert scopes_of(Role.MUNICIPALITY) == ROLE_SCOPES[Role.MUNICIPALITY]
