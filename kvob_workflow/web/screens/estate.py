"""How does one estate stand? Everything about it on one page, in the order that a guide needs."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Final

from kvob_domain.estate.values import Progress
from kvob_domain.ids import CertificateId
from kvob_domain.mandates import Scope
from kvob_workflow.web.forms.done import done_in
from kvob_workflow.web.one_estate.actions import actions_of, commands_of, form_of
from kvob_workflow.web.one_estate.due import due_of
from kvob_workflow.web.one_estate.evidence import figure_lines, response_of
from kvob_workflow.web.one_estate.oddities import EXPLAINED
from kvob_workflow.web.one_estate.owed import owed_of
from kvob_workflow.web.one_estate.plainly import plainly
from kvob_workflow.web.one_estate.relatives import relatives_of
from kvob_workflow.web.one_estate.seen import with_estate
from kvob_workflow.web.one_estate.told import event_link, findings_in, history_for, remarks_in
from kvob_workflow.web.pictures.steps_bar import steps_bar
from kvob_workflow.web.rendering import page
from kvob_workflow.web.routing import Screens
from kvob_workflow.web.telling.names import names_for
from kvob_workflow.web.telling.proposing import asked_in

if TYPE_CHECKING:
    from typing import Any

    from fastapi import Response

    from kvob_domain.estate.state import Estate
    from kvob_workflow.engine.overview import Overview
    from kvob_workflow.web.asking import Ask

SCREENS: Final = Screens("estate")


@SCREENS.get("/estates/{estate}", scope=Scope.ESTATES_READ)
def estate(ask: Ask) -> Response:
    """The page of one estate."""
    return with_estate(ask, lambda seen: _shown(ask, seen.overview, seen.state))


def _shown(ask: Ask, overview: Overview, state: Estate) -> Response:
    commands = commands_of(ask, state)
    return page(
        ask,
        "estate.html",
        overview=overview,
        state=state,
        steps=steps_bar(overview.step, overview.moves),
        actions=actions_of(ask, state, commands),
        owed=owed_of(ask, state, overview.missing, commands),
        due=due_of(ask, overview.deadlines),
        response=response_of(state, ask.desk.book),
        figures=figure_lines(state.figures, overview),
        form=partial(form_of, ask),
        event=partial(event_link, ask),
        dated=partial(plainly, language=ask.language),
        **_record(ask, state),
        **_relatives(ask, state),
        **_statements(ask, state),
        **_plan(overview),
    )


def _record(ask: Ask, state: Estate) -> dict[str, Any]:
    """What stands in the events beside the state: names, remarks, what auditors found."""
    entries = history_for(ask)
    names = names_for(ask, ask.estate)
    found = findings_in(entries)
    return {
        "name": partial(names.of_signatory, language=ask.language),
        "done": done_in(ask, entries),
        "asked_in": partial(asked_in, ask, entries),
        "remarks": remarks_in(entries),
        "findings": [(one, found.get(one)) for one in sorted(state.dossier.open_findings)],
        "oddities": Counter(one.kind for one in state.irregularities).most_common(),
        "explained": EXPLAINED,
    }


def _relatives(ask: Ask, state: Estate) -> dict[str, Any]:
    groups, groups_hidden = relatives_of(ask, state.groups)
    members, members_hidden = relatives_of(ask, state.members)
    return {
        "groups": groups,
        "groups_hidden": groups_hidden,
        "members": members,
        "members_hidden": members_hidden,
    }


def _statements(ask: Ask, state: Estate) -> dict[str, Any]:
    """Where the register's signed statement of each certificate is, if this service signs any."""
    if ask.api.register_keys is None or not ask.may(Scope.REGISTER_READ):
        return {"statements": {}}
    place = f"{ask.links.base}/v1/certificates"
    return {
        "statements": {
            one.number: f"{place}/{CertificateId(state.id, one.version)}/statement"
            for one in state.certificates
        }
    }


def _plan(overview: Overview) -> dict[str, Any]:
    """The measures, those that are still to be carried out first by their day."""
    closed = (Progress.DONE, Progress.DROPPED)
    still_open = [one for one in overview.measures if one.progress not in closed]
    still_open.sort(key=lambda one: (one.due_on is None, one.due_on))
    return {
        "open_measures": still_open,
        "closed_measures": [one for one in overview.measures if one.progress in closed],
    }
