"""How does PostgreSQL keep a store? The same port as a file, for several nodes at once.

Needs the extra `postgres`; nothing of it is loaded before an address asks for it. Read next:
`address` (what an address says), `connections` (who talks to the server), `store`.
"""
