"""Whose is each screen? By the operation of the API that asks the same, from the reference table.

A screen that is not here fails the matrix of the pages: whoever adds one says here whose it is, and
what stands in its path. Nothing in this file is taken from the code under test.
"""

from __future__ import annotations

from typing import Final

from kvob_domain.actor import Role
from tests.http.expected_rights import RIGHTS

EVERYBODY: Final = "everybody"
"""It shows nothing of an estate, or of those within reach alone, whoever looks."""
EACH_COMMAND: Final = "{command}"
"""Whose it is depends on the command in the path."""

_OF_ONE: Final = {
    "": "estate",
    "/diagram": "estate",
    "/timeline": "estate_history",
    "/history": "estate_audit_trail",
    "/history.csv": "estate_audit_trail",
    "/history.json": "estate_audit_trail",
    "/history/{version}": "estate_event",
    "/explain": "estate_fields",
    "/explain/{field:path}": "estate_explanation",
    "/differences": "estate_differences",
    "/measures": "estate_measures",
    "/dossier": "estate_dossier",
    "/do": "estate",
    "/do/{command}": EACH_COMMAND,
}
_OF_OPERATION: Final = {
    "GET /operation": "health_report",
    "GET /operation/doctor": "health_report",
    "GET /operation/rows-behind": "rows_behind",
    "POST /operation/sweep": "retry_projection",
    "POST /operation/repair": "retry_projection",
    "GET /operation/keys": "list_keys",
    "POST /operation/keys": "add_key",
    "POST /operation/keys/{key}/revoke": "revoke_key",
    "GET /operation/projections": "list_projections",
    "GET /operation/projections/{name}": "projection",
    "POST /operation/projections/{name}/retry": "retry_projection",
    "POST /operation/projections/{name}/skip": "skip_event",
    "GET /operation/proofs": "list_checkpoints",
    "POST /operation/proofs": "list_checkpoints",  # of an estate within reach
    "GET /operation/rebuilds": "list_rebuilds",
    "POST /operation/rebuilds/cancel": "retry_projection",
    "POST /operation/rebuilds/clear": "retry_projection",
    "POST /operation/rebuilds/undo": "retry_projection",
    "GET /operation/webhooks": "list_webhooks",
    "GET /operation/webhooks/{webhook}": "webhook",
    "POST /operation/webhooks/{webhook}/pause": "change_webhook",
    "POST /operation/webhooks/{webhook}/resume": "change_webhook",
    "POST /operation/webhooks/{webhook}/ping": "ping_webhook",
    "POST /operation/webhooks/{webhook}/resend": "resend_events",
}
WHOSE: Final[dict[str, str]] = {
    **{f"GET /estates/{{estate}}{path}": name for path, name in _OF_ONE.items()},
    "POST /estates/{estate}/do/{command}": EACH_COMMAND,
    "POST /estates/{estate}/do/register_document": "register_document",
    "POST /estates/{estate}/measures": "update_measure",
    "GET /": EVERYBODY,
    "GET /board": "board",
    "GET /estates": "list_estates",
    "GET /estates.csv": "list_estates",
    "GET /estates.xlsx": "list_estates",
    "POST /estates/views": "list_estates",
    "GET /do/{command}": EACH_COMMAND,
    "POST /do/{command}": EACH_COMMAND,
    "GET /several": "list_estates",
    "POST /several": "list_estates",
    "GET /deadlines": "list_deadlines",
    "GET /heat-map": "heat_map",
    "GET /calendar": "calendar",
    "POST /calendar": "calendar",
    "GET /differences": "list_differences",
    "GET /report": "statistics",
    "GET /stuck": "list_stuck_work",
    "GET /import": "import_facts",
    "GET /import/sample": "import_facts",
    "POST /import": "import_facts",
    "POST /import/rows": "import_facts",
    "POST /import/rejected": "import_facts",
    "GET /help": EVERYBODY,
    "GET /accessibility": EVERYBODY,
    "GET /live": "stream_events",
    **_OF_OPERATION,
}
COMMANDS: Final = {
    "/do/{command}": ("register_estate", "register_group"),
    "/estates/{estate}/do/{command}": (
        "record_remark",
        "update_measure",
        "correct",
        "suspend_certificate",
        "give_notice",
        "record_audit",
    ),
}
"""Which commands stand for all of them: those that different roles give. Each of them is tried
under a mandate in `tests/mandates`."""
IN_PATH: Final = {
    "version": "4",
    "field": "step",
    "name": "board",
    "key": "e" * 32,
    "webhook": f"webhook-{'e' * 32}",
    "edition": "kvo-3.1",
}
"""What stands for the other parts of a path."""


def roles_of(screen: str, command: str | None) -> frozenset[Role] | None:
    """Whose a screen is; None: everybody's."""
    name = WHOSE[screen]
    if name == EVERYBODY:
        return None
    return RIGHTS[command or "" if name == EACH_COMMAND else name]
