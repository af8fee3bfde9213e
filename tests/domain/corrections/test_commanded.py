"""Which events lead back to no command? Those that nobody asked for; all others lead to theirs.

That each leads back to the very command is checked in every story of the domain's tests, see
`tests.domain.coming_back`.
"""

from pathlib import Path
from typing import Final

from kvob_domain.estate.commanded import command_of
from kvob_domain.estate.events.deadlines import CertificateExpired, NoticeGiven
from kvob_domain.estate.events.identity import GroupJoined
from kvob_domain.estate.events.oversight import PersonErased
from kvob_domain.estate.recorded import Recorded
from tests.domain.asking import ESTATE
from tests.domain.strategies import AT
from tests.domain.test_golden_events import CLASSES, golden

WITHOUT_COMMAND: Final = {NoticeGiven, CertificateExpired, GroupJoined, PersonErased}


def test_every_event_leads_back_to_a_command_but_those_that_nobody_asked_for(root: Path) -> None:
    """A new event fails here until somebody says which command it comes from."""
    leads_nowhere = set[type]()
    for line in golden(root):
        event = CLASSES[line.topic].model_validate(line.stored)
        if command_of(Recorded(ESTATE, 1, event, AT)) is None:
            leads_nowhere.add(type(event))
    assert leads_nowhere == WITHOUT_COMMAND
