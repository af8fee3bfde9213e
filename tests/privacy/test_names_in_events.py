"""Does an event hold names only under seal, and do seals open only where they belong?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import pytest
from pydantic import BaseModel

from kvob_domain.estate.commands import ALL_COMMANDS
from kvob_domain.estate.commands.corrections import Correct
from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.estate.events.oversight import ActProposed
from kvob_domain.estate.persons import Place, may_name, nameless, needs_seal, sealed_in
from kvob_domain.estate.recorded import Recorded
from kvob_domain.personal import Erased, Sealed, SealFault, Unopened
from kvob_workflow import Engine, Signatory
from kvob_workflow.engine.writing import body_hash
from kvob_workflow.errors import CommandIdReused
from kvob_workflow.privacy.errors import (
    NameTooDeep,
    PersonNotNamed,
    PersonUnknown,
    PersonWasErased,
    SealedNotAccepted,
)
from kvob_workflow.privacy.key_errors import KeysNotMade
from kvob_workflow.store import open_store
from tests.privacy.conftest import ASKS, NAME, TODAY, House, Open, estate, intent, person, signed


def sealed_by(engine: Engine, recorded: Recorded) -> Recorded:
    """An event as the engine would store it."""
    # No single command makes this event, so the seam itself is called.
    (sealed,) = engine._sealed([recorded], dry_run=False)  # pyright: ignore[reportPrivateUsage]
    return sealed


def stored(house: House) -> list[bytes]:
    """The bytes of every event."""
    return [bytes(state) for (state,) in house.run("SELECT state FROM stored_events")]


def seals(engine: Engine, of: str) -> list[Sealed]:
    """The seals in the events of an estate."""
    return [
        Sealed.model_validate(one["name"])
        for entry in engine.history(of)  # type: ignore[arg-type]
        for one in entry.details.get("signatories", ())  # type: ignore[attr-defined]
        if "name" in one
    ]


def test_a_name_is_stored_sealed_and_opened_for_display(engine: Engine, house: House) -> None:
    who, where = person(engine), estate(engine)
    outcome = signed(engine, where, who)
    assert NAME not in repr(outcome)
    assert set(engine.names(where).values()) == {NAME}
    assert engine.name_faults() == []
    assert not any(NAME.encode() in state for state in stored(house))


def test_every_class_that_can_hold_a_signatory_is_looked_through() -> None:
    for kind in (*ALL_COMMANDS, *ALL_EVENTS):
        held = [name for name, found in _annotated(kind) if found]
        assert set(held) <= set(may_name(kind)), kind


def _annotated(kind: type[BaseModel]) -> Iterator[tuple[str, bool]]:
    """The fields of a class, and whether a signatory can stand under them."""
    schema = kind.model_json_schema()
    definitions: dict[str, object] = schema.get("$defs", {})

    def holds(part: object, seen: frozenset[str]) -> bool:
        names = {one.rpartition("/")[2] for one in re.findall(r'"(#[^"]+)"', json.dumps(part))}
        return Signatory.__name__ in names or any(
            holds(definitions[name], seen | names) for name in names - seen
        )

    for name, part in schema["properties"].items():
        yield name, holds(part, frozenset())


def test_without_names_no_key_file_is_needed(open_engine: Open) -> None:
    engine = open_engine()
    where = estate(engine)
    engine.do(intent(where, None, None))
    assert engine.names(where) == {}


def test_a_name_without_key_file_is_refused_and_says_how_to_make_one(open_engine: Open) -> None:
    engine = open_engine()
    where = estate(engine)
    with pytest.raises(KeysNotMade, match="kvob person init"):
        engine.do(intent(where, None))


def test_a_name_takes_a_person_of_the_directory(engine: Engine) -> None:
    where = estate(engine)
    with pytest.raises(PersonNotNamed, match="kvob person add"):
        engine.do(intent(where, None))
    with pytest.raises(PersonUnknown) as refusal:
        engine.do(intent(where, "p-nobody"))  # type: ignore[arg-type]
    assert NAME not in str(refusal.value)


def test_a_dry_run_makes_no_key_and_shows_no_name(engine: Engine) -> None:
    who, where = person(engine), estate(engine)
    outcome = engine.do(intent(where, who), dry_run=True)
    assert NAME not in repr(outcome)
    assert [key.purpose for key in engine.export_person(who).keys] == ["directory"]


def test_the_hash_of_a_command_does_not_depend_on_the_name(engine: Engine) -> None:
    where, who = estate(engine), person(engine)
    assert body_hash(intent(where, who, "A")) == body_hash(intent(where, who, "B"))
    assert body_hash(intent(where, who)) != body_hash(intent(where, who, None))
    engine.do(intent(where, who), command_id="c-1")
    assert engine.do(intent(where, who), command_id="c-1").repeated
    with pytest.raises(CommandIdReused):
        engine.do(intent(where, None, None), command_id="c-1")


def test_a_seal_from_elsewhere_is_not_accepted_in_a_new_event(engine: Engine) -> None:
    who, where, other = person(engine), estate(engine), estate(engine, "De Bocht")
    signed(engine, where, who)
    (seal,) = seals(engine, where)
    with pytest.raises(SealedNotAccepted):
        engine.do(intent(other, who, seal))  # type: ignore[arg-type]


@pytest.mark.parametrize("part", ["box", "nonce", "commitment", "key", "person"])
def test_a_seal_that_was_changed_or_moved_is_a_fault_and_no_exception(
    engine: Engine, house: House, part: str
) -> None:
    first, second = person(engine), person(engine, "Ander Mens")
    one, two = estate(engine), estate(engine, "De Bocht")
    signed(engine, one, first)
    signed(engine, two, second, "Ander Mens")
    (here,), (there,) = seals(engine, one), seals(engine, two)
    engine.close()
    changed = here.model_copy(update={part: getattr(there, part) if part != "key" else 2})
    _rewrite(house, one, here, changed)
    with house.open() as again:
        (opened,) = again.names(one).values()
        assert isinstance(opened, Unopened)
        assert [fault.estate for fault in again.name_faults()] == [one]


def test_seals_that_were_swapped_between_estates_are_faults(engine: Engine, house: House) -> None:
    who, one, two = person(engine), estate(engine), estate(engine, "De Bocht")
    signed(engine, one, who)
    signed(engine, two, who)
    (here,), (there,) = seals(engine, one), seals(engine, two)
    engine.close()
    _rewrite(house, one, here, there)
    _rewrite(house, two, there, here)
    with house.open() as again:
        faults = again.name_faults()
        assert {fault.estate for fault in faults} == {one, two}
        assert {fault.fault for fault in faults} == {SealFault.FORGED}


def _rewrite(house: House, of: str, old: Sealed, new: Sealed) -> None:
    """What an attacker with the file, or with the owner's rights on the server, does."""
    if house.url.startswith("sqlite"):
        house.run("DROP TRIGGER IF EXISTS stored_events_never_change")
    else:
        house.run("ALTER TABLE stored_events DISABLE TRIGGER USER")
    query = "SELECT originator_version, state FROM stored_events WHERE originator_id = ?"
    for version, state in house.run(query, of):
        body = json.loads(state)
        for one in body["e"].get("signatories", ()):
            if one.get("name") == old.model_dump(mode="json"):
                one["name"] = new.model_dump(mode="json")
        text = json.dumps(body, sort_keys=True, separators=(",", ":")).encode()
        change = "UPDATE stored_events SET state = ?"
        house.run(f"{change} WHERE originator_id = ? AND originator_version = ?", text, of, version)


def test_a_correction_of_a_name_is_sealed_too(engine: Engine, house: House) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who, "Verkeerd Gespeld")
    said = intent(where, who, NAME).model_dump(mode="json")["signatories"]
    correction = Correct(
        estate=where, on=intent(where, who).on, version=3, says={"signatories": said}, reason="x"
    )
    assert NAME not in nameless(correction).model_dump_json()
    outcome = engine.do(correction)
    assert NAME not in repr(outcome)
    assert not any(NAME.encode() in state for state in stored(house))
    assert set(engine.names(where).values()) == {NAME, "Verkeerd Gespeld"}
    assert engine.name_faults() == []


def test_a_proposed_correction_is_sealed_and_approved_as_it_is(engine: Engine) -> None:
    who, where = person(engine), estate(engine)
    said = intent(where, who, NAME).model_dump(mode="json")["signatories"]
    act = Correct(estate=where, on=TODAY, version=3, says={"signatories": said}, reason="x")
    proposal = ActProposed(on=TODAY, proposal="act-9", proposer=ASKS.person, act=act)
    recorded = Recorded(where, 9, proposal, datetime(2026, 3, 4, tzinfo=UTC))
    assert needs_seal(recorded)
    sealed = sealed_by(engine, recorded)
    assert NAME not in repr(sealed)
    assert [place for place, _ in sealed_in(sealed)] == [
        Place(3, f"signatories.{index}.name") for index in range(4)
    ]
    assert not needs_seal(sealed)
    nested = {"instead": {"topic": "x", "says": {"signatories": said}}}
    deep = recorded._replace(
        event=proposal.model_copy(update={"act": act.model_copy(update={"says": nested})})
    )
    with pytest.raises(NameTooDeep):
        sealed_by(engine, deep)
    assert NAME not in str(nameless(act.model_copy(update={"says": nested})).says)


def test_an_erased_person_gets_no_name_again(engine: Engine) -> None:
    from kvob_domain.estate.events.oversight import ErasureBasis
    from tests.privacy.conftest import APPROVES, ASKS

    who, where, other = person(engine), estate(engine), estate(engine, "De Bocht")
    signed(engine, where, who)
    asked = engine.propose_erasure(who, ErasureBasis.OBJECTION, actor=ASKS)
    engine.erase([asked.id], actor=APPROVES)
    assert {type(one) for one in engine.names(where).values()} == {Erased}
    with pytest.raises(PersonWasErased):
        signed(engine, other, who)


def test_errors_about_a_name_do_not_quote_it() -> None:
    too_long = "Geheim" * 50
    with pytest.raises(ValueError, match="a name has") as refused:
        Signatory.model_validate({"organisation": "G", "role": "police", "name": too_long})
    assert "Geheim" not in str(refused.value)
    given = Signatory.model_validate({"organisation": "G", "role": "police", "name": "Geheim"})
    assert "Geheim" not in repr(given)


def test_a_store_opened_without_its_keys_still_reads_every_event(
    engine: Engine, house: House
) -> None:
    who, where = person(engine), estate(engine)
    signed(engine, where, who)
    with closing(open_store(house.url)) as store:
        found = [seal.person for one in store.stream(where) for _, seal in sealed_in(one)]
    assert found == [who]
