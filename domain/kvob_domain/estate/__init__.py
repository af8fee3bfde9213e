"""The life of one estate: what may be asked, what has happened, what follows from it.

Read `commands`, `events`, `state`, `evolve`, `rules`, `decide` in that order.
"""
