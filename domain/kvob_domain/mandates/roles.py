"""Which scopes does a role have? No role has more than stands here; a token can have fewer.

Source: ISO/IEC 17065 separates preparing, auditing and deciding; that the same person does not
do two of them is a rule of the domain as well (`kvob_domain.estate.rules.separation`), since one
person may hold several roles. The rest is this project's own choice, see decision 0038.
"""

from collections.abc import Iterable
from typing import Final

from kvob_domain.actor import Role
from kvob_domain.mandates.scopes import Scope

_LOOKS: Final = {Scope.REGISTER_READ, Scope.ESTATES_READ, Scope.HISTORY_READ}

ROLE_SCOPES: Final[dict[Role, frozenset[Scope]]] = {
    Role.GUIDE: frozenset(
        {
            *_LOOKS,
            Scope.PERSONS_READ,
            Scope.STATISTICS_READ,
            Scope.ESTATES_REGISTER,
            Scope.ESTATES_PREPARE,
            Scope.MEASURES_UPDATE,
            Scope.DOCUMENTS_ADD,
            Scope.REMARKS_ADD,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            *_LOOKS,
            Scope.PERSONS_READ,
            Scope.AUDITS_RECORD,
            Scope.DOCUMENTS_ADD,
            Scope.REMARKS_ADD,
            Scope.PROOFS_READ,
        }
    ),
    Role.DECIDER: frozenset(
        {
            *_LOOKS,
            Scope.PERSONS_READ,
            Scope.STATISTICS_READ,
            Scope.CERTIFICATES_DECIDE,
            Scope.RECORDS_CORRECT,
            Scope.REMARKS_ADD,
            Scope.PROOFS_READ,
        }
    ),
    Role.MUNICIPALITY: frozenset({*_LOOKS, Scope.STATISTICS_READ, Scope.REMARKS_ADD}),
    Role.PARK_MANAGER: frozenset({*_LOOKS, Scope.MEASURES_UPDATE, Scope.REMARKS_ADD}),
    Role.SCHEME_MANAGER: frozenset(
        {
            *_LOOKS,
            Scope.STATISTICS_READ,
            Scope.DEADLINES_MANAGE,
            Scope.EDITIONS_MANAGE,
            Scope.OPERATION_READ,
            Scope.WEBHOOKS_MANAGE,
            Scope.KEYS_MANAGE,
            Scope.PROOFS_READ,
        }
    ),
    Role.IMPORTER: frozenset(
        {*_LOOKS, Scope.ESTATES_REGISTER, Scope.PAST_RECORD, Scope.REMARKS_ADD}
    ),
    Role.OPERATOR: frozenset(
        {Scope.OPERATION_READ, Scope.OPERATION_MANAGE, Scope.STATISTICS_READ, Scope.PROOFS_READ}
    ),
    Role.PUBLIC: frozenset({Scope.REGISTER_READ}),
    Role.WITNESS: frozenset({Scope.PROOFS_READ, Scope.PROOFS_COSIGN}),
    Role.PRIVACY_OFFICER: frozenset({Scope.PERSONS_MANAGE, Scope.PERSONS_ERASE}),
    Role.ALARM: frozenset(),
}


def scopes_of(role: Role, asked: Iterable[str] | None = None) -> frozenset[Scope]:
    """The scopes of a role; of them those that a token asks for, where it names any.

    Words that are no scope of ours are another system's, and give nothing.
    """
    own = ROLE_SCOPES[role]
    if asked is None:
        return own
    words = set(asked)
    return frozenset(scope for scope in own if scope.value in words)
