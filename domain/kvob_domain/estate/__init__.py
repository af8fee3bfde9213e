"""How does one estate live? What may be asked, what has happened, what follows from it.

Read `commands`, `events`, `state`, `evolve`, `rules`, `decide` in that order.
"""
