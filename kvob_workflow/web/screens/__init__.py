"""Which screens are there? One file for each subject, in the order of the bar at the top."""

from typing import Final

from kvob_workflow.web.routing import Screen
from kvob_workflow.web.screens import (
    board,
    commands,
    deadlines,
    diagram,
    differences,
    estate,
    estates,
    helping,
    history,
    importing,
    live,
    machine_keys,
    measures,
    operation,
    projections,
    proofs,
    rebuilds,
    report,
    several,
    stuck,
    timeline,
    today,
    webhooks,
)

_SUBJECTS: Final = (
    today,
    board,
    estates,
    estate,
    diagram,
    timeline,
    history,
    commands,
    several,
    measures,
    deadlines,
    differences,
    report,
    stuck,
    importing,
    operation,
    projections,
    rebuilds,
    proofs,
    webhooks,
    machine_keys,
    helping,
    live,
)
ALL_SCREENS: Final[tuple[Screen, ...]] = tuple(
    one for subject in _SUBJECTS for one in subject.SCREENS.declared
)
