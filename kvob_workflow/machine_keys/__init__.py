"""How do machines show who they are? With keys: made here, kept as a hash, shown once.

Read next: `texts` (what a key looks like), `granting` (who may give out what), `store/api_keys`
(what is kept) and `engine/api_keys` (what can be done).
"""

from kvob_workflow.machine_keys.errors import (
    ApiKeyEnded,
    ApiKeyNotFound,
    ApiKeyRequestInvalid,
    GrantTooWide,
)
from kvob_workflow.machine_keys.granting import NEVER_A_MACHINES, KeyRequest, check_grant
from kvob_workflow.machine_keys.texts import IssuedKey, digest_of, key_text, parts_of

__all__ = [
    "NEVER_A_MACHINES",
    "ApiKeyEnded",
    "ApiKeyNotFound",
    "ApiKeyRequestInvalid",
    "GrantTooWide",
    "IssuedKey",
    "KeyRequest",
    "check_grant",
    "digest_of",
    "key_text",
    "parts_of",
]
