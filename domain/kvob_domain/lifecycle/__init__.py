"""Which moves exist? Two state machines are the only tables of legal moves.

`trajectory` is what the estate is working on, `certificate` is what it holds. Neither has
guards: conditions live in `kvob_domain.estate.rules`. `table` compiles both at import.
"""
