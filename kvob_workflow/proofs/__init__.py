"""How can a stranger check that nothing was changed? A Merkle log over the stored events.

Read `entries` (what is hashed), `merkle` and `tiles` (the tree), `notes` and `keys` (what is
signed), `sequencer` (who fills the log), `verifying` (who checks it) and `witness` (who keeps
the last head elsewhere). Nothing is imported here: a store without a log key loads none of it.
"""
