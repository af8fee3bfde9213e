"""How does the register's answer travel? As a signed statement, and as a QR code that leads to it.

A statement is a compact JWS (RFC 7515) signed with Ed25519 (RFC 9864), which anybody checks
offline with the register's public key (a JWK Set, RFC 7517). Read next: `statement`, `keys`.
"""

from kvob_workflow.statements.keys import (
    PublicKey,
    RegisterKeys,
    make_keys,
    read_keys,
    read_public,
    rotate_keys,
)
from kvob_workflow.statements.statement import Issuing, SignedStatement, issue, read_statement

__all__ = [
    "Issuing",
    "PublicKey",
    "RegisterKeys",
    "SignedStatement",
    "issue",
    "make_keys",
    "read_keys",
    "read_public",
    "read_statement",
    "rotate_keys",
]
