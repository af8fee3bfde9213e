"""What do the pages of one estate say beside its overview? Plain values that templates write.

Read `actions` (what can be done, and what not, and why), `owed` (what is missing), `due` (the
deadlines with their moves), `evidence` (survey, figures, audit), `relatives`, `told` (what
events say beside the state), and `story` (the same on a time line).
"""
