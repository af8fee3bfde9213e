"""Which authenticator does the access file ask for?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.http.auth.api_keys import ApiKeys
from kvob_workflow.http.auth.security_log import SecurityLog
from kvob_workflow.http.auth.together import Together

if TYPE_CHECKING:
    from kvob_workflow.clock import Clock
    from kvob_workflow.engine import Engine
    from kvob_workflow.http.auth.access import Access


def authenticator_of(access: Access, engine: Engine, *, clock: Clock | None = None) -> Together:
    """Tokens of the issuer where one is named, keys of machines where they are taken.

    Raises:
        OidcNotInstalled: it names an issuer, without the extra `oidc`.
    """
    log = SecurityLog()
    tokens = None
    if access.issuer is not None:
        from kvob_workflow.http.auth.bearer import BearerTokens  # loads joserfc

        tokens = BearerTokens(access, clock=clock, log=log)
    keys = ApiKeys(engine, clock=clock, log=log) if access.keys_of_machines else None
    return Together(tokens, keys, public_register=access.public_register, log=log)
