"""How is the past of every estate kept at hand? A follower turns events into rectangles.

Read next: `follower`; what a rectangle is stands in `kvob_projections.rectangles`.
"""

from kvob_workflow.periods.follower import Followed, Follower

__all__ = ["Followed", "Follower"]
