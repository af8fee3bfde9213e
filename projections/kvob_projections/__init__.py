"""What can be seen? The read models: each one's table, rows and queries together in one file.

`view` says what a read model is; `board`, `register`, `deadlines` and `measures` are the four;
`bonds` says which estates lie within a reach.
"""

from kvob_projections.board import BOARD
from kvob_projections.bonds import BONDS
from kvob_projections.concerns import CONCERNS
from kvob_projections.deadlines import DEADLINES
from kvob_projections.measures import MEASURES
from kvob_projections.register import REGISTER
from kvob_projections.statistics import STATISTIC_VIEWS
from kvob_projections.view import View

PERIOD_VIEWS: tuple[View, ...] = (BOARD, REGISTER, DEADLINES, MEASURES)
"""The views that can be asked as of two moments."""

ALL_VIEWS: tuple[View, ...] = (*PERIOD_VIEWS, BONDS)
"""Every inline view. The others read names and municipalities from the board's table."""

FOLLOWED_VIEWS: tuple[View, ...] = (*STATISTIC_VIEWS, CONCERNS)
"""Views that a follower keeps, beside the commands: `kvob_workflow.followers`."""

__all__ = ["ALL_VIEWS", "FOLLOWED_VIEWS", "PERIOD_VIEWS"]
