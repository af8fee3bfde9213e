"""How is a name kept so that it can be forgotten? Sealed, with its key in a file of its own.

Read `files` (which files), `keyring` (keys), `directory` (persons), `names` (names in events),
`erasing` (two persons, a ledger, what remains), and `office`, which the engine asks. Nothing here
is loaded for a command or question without names.
"""
