"""How fast are others at the same job? Each peer in an environment of its own, side by side.

Read `job` (what everybody does), `roster` (who they are), then `rounds` (how they take turns).
"""
