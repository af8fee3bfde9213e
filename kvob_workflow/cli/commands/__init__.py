"""What can be asked of `kvob`? The fixed commands, and one for each command of the domain.

Read `looking` and `lists` for the read models, `derived` and `fields` for the domain's commands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.cli.commands import (
    access,
    calendars,
    certificates,
    counting,
    derived,
    differing,
    documents,
    dossier,
    events,
    explaining,
    exports,
    keeping,
    keys,
    looking,
    moving,
    notices,
    periods,
    persons,
    projections,
    proof_log,
    proofs,
    rebuilding,
    running,
    sbom,
    schemas,
    scheme,
    scrubbing,
    serving_http,
    session_keys,
    simulating,
    stuck,
    taking_in,
    today,
    webhooks,
)

if TYPE_CHECKING:
    from kvob_workflow.cli.entrance import Entrance


def all_entrances() -> tuple[Entrance, ...]:
    """Every command, in the order of the help page."""
    return (*_looking(), *derived.derived(), *_keeping(), *_proving(), *_about_the_program())


def _looking() -> tuple[Entrance, ...]:
    return (
        today.today,
        looking.board,
        looking.register,
        looking.due,
        looking.measures,
        looking.estate,
        looking.history,
        differing.diff,
        explaining.explain,
        calendars.heat_map,
        simulating.simulate,
        calendars.calendar,
        counting.statistics,
        stuck.stuck,
        *certificates.ENTRANCES,
    )


def _keeping() -> tuple[Entrance, ...]:
    return (
        taking_in.demo,
        taking_in.import_,
        derived.do,
        scheme.list_,
        scheme.show,
        scheme.migrate,
        running.sweep,
        running.run,
        *serving_http.ENTRANCES,
        *session_keys.ENTRANCES,
        notices.notices,
        periods.build,
        *projections.ENTRANCES,
        *rebuilding.ENTRANCES,
    )


def _proving() -> tuple[Entrance, ...]:
    return (
        proofs.verify,
        proofs.witness,
        *proof_log.ENTRANCES,
        documents.add,
        documents.list_,
        documents.check,
        dossier.dossier,
        exports.xes,
        exports.ocel,
        exports.ibis,
        exports.zgw,
        access.list_,
        *persons.ENTRANCES,
        scrubbing.scrub,
        scrubbing.rotate_master_key,
        *keys.ENTRANCES,
        *moving.ENTRANCES,
        *schemas.ENTRANCES,
        *events.ENTRANCES,
        *webhooks.ENTRANCES,
    )


def _about_the_program() -> tuple[Entrance, ...]:
    return (
        keeping.diagram,
        keeping.config_show,
        keeping.doctor,
        keeping.version,
        sbom.sbom,
        keeping.completion,
    )
