"""Who reads the events afterwards? Followed projections, and effects on the outside world.

Read next: `projecting` (tables of their own).
"""

from kvob_workflow.followers.projecting import Projected, Projector

__all__ = ["Projected", "Projector"]
