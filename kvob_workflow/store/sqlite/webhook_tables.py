"""Which tables do webhooks need? Since schema 5 of the store; the same on a server."""

from typing import Final

WEBHOOK_TABLES: Final = (
    "CREATE TABLE webhook (id TEXT PRIMARY KEY, address TEXT NOT NULL, types TEXT NOT NULL,"
    " estates TEXT NOT NULL, mode TEXT NOT NULL CHECK (mode IN ('structured', 'binary')),"
    " data TEXT NOT NULL CHECK (data IN ('poor', 'full')), owner TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'disabled')),"
    " reason TEXT NOT NULL, secrets TEXT NOT NULL, created_at INTEGER NOT NULL,"
    " changed_at INTEGER NOT NULL, revision INTEGER NOT NULL)",
    "CREATE TABLE webhook_failure (webhook TEXT NOT NULL, position INTEGER NOT NULL,"
    " estate TEXT NOT NULL, version INTEGER NOT NULL, attempts INTEGER NOT NULL,"
    " error TEXT NOT NULL, failed_at INTEGER NOT NULL, due_at INTEGER,"
    " PRIMARY KEY (webhook, position)) WITHOUT ROWID",
    "CREATE INDEX webhook_failure_due ON webhook_failure (webhook, position)"
    " WHERE due_at IS NOT NULL",
)
