"""What does the public register say? Every certificate on some days, signed, and as files."""

from __future__ import annotations

import shutil
from datetime import date

from kvob_domain.ids import EstateId
from kvob_projections.board import BoardQuery
from kvob_projections.register import RegisterQuery
from kvob_workflow.exports.ibis import ibis_csv, ibis_rows
from kvob_workflow.exports.zgw import zgw_documents
from kvob_workflow.statements import RegisterKeys, make_keys, read_keys
from tests.conformance.population import invented, sample
from tests.conformance.world import TODAY, World

DAYS = (date(2016, 1, 1), date(2021, 6, 3), TODAY, date(2031, 1, 1))


def story(world: World) -> None:
    """The sample cases and an invented estate, asked one by one."""
    keys = _keys(world)
    sample(world)
    estate = invented(world)
    world.ask("sequence", world.signer().path)
    for day in DAYS:
        world.ask("certificate_status", estate, day)
        world.ask("certificate_statement", estate, keys, day)
    for number in (0, 1, 20, 25):
        world.ask("certificate_status", estate, certificate=number)
    for one in world.store.estates():
        for certificate in world.engine.state(EstateId(one)).certificates:
            world.ask("certificate_status", EstateId(one), TODAY, certificate=certificate.version)
    world.ask("certificate_status", EstateId("f" * 32))
    world.ask("certificates", RegisterQuery(day=TODAY, groups=True, sort=("-estate",)))
    board = world.engine.board(BoardQuery(day=TODAY, sort=("estate", "municipality"))).items
    world.tell("ibis", b"".join(ibis_csv(ibis_rows(board, TODAY))))
    world.tell("zgw", b"".join(zgw_documents(world.engine.histories(), world.engine.book)))


def _keys(world: World) -> RegisterKeys:
    """The same key for every store."""
    first, mine = world.folder.parent / "register.key", world.folder / "register.key"
    if not first.exists():
        make_keys(first, "kvob/voorbeeld")
    if not mine.exists():
        shutil.copy2(first, mine)
    return read_keys(mine)
