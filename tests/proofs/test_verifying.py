"""Does a verification find what was changed, say where, and accuse nobody else?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kvob_workflow.proofs.errors import LogNumberDiffers
from kvob_workflow.proofs.estate_check import verify_estate
from kvob_workflow.proofs.findings import Finding, Kind, Verdict, Verification
from kvob_workflow.proofs.heads import Signer, heads_path, make_key
from kvob_workflow.proofs.keys import new_key
from kvob_workflow.proofs.notes import Signature, SignedNote
from kvob_workflow.proofs.restarting import restart
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.proofs.verifying import verify
from kvob_workflow.store import EventStore, open_store
from tests.proofs.conftest import Fill, estate
from tests.proofs.test_sequencer import copied, edit


@pytest.fixture
def signed(store: EventStore, signer: Signer, fill: Fill) -> EventStore:
    """A store of 600 events with a head over all of them."""
    fill(store, 600)
    sequence(store, signer)
    return store


def checked(store: EventStore, signer: Signer) -> Verification:
    return verify(store, signer.verifiers(), signer.heads())


def kinds(found: Verification) -> set[Kind]:
    return {one.kind for one in found.findings}


def test_an_untouched_store_is_proven(signed: EventStore, signer: Signer) -> None:
    found = checked(signed, signer)
    assert (found.verdict, found.findings, found.beyond) == (Verdict.PROVEN, (), 0)
    assert (found.events, found.covered) == (600, 600)
    assert [(head.size, head.from_outside) for head in found.heads] == [(600, True), (600, False)]


def test_a_vacuum_changes_nothing(
    signed: EventStore, path: Path, signer: Signer, fill: Fill
) -> None:
    edit(path, "VACUUM")
    assert checked(signed, signer).verdict is Verdict.PROVEN
    fill(signed, 3)
    sequence(signed, signer)
    edit(path, "UPDATE stored_events SET rowid = rowid + 900 WHERE rowid = 603", "VACUUM")
    assert checked(signed, signer).verdict is Verdict.CHANGED  # the position is in the runs


def test_events_behind_the_head_are_told_one_by_one(
    signed: EventStore, signer: Signer, fill: Fill
) -> None:
    fill(signed, 2)
    found = checked(signed, signer)
    assert (found.verdict, found.covered, found.beyond) == (Verdict.NOT_COVERED, 600, 2)
    assert found.uncovered == ((estate(0), 201), (estate(1), 201))
    sequence(signed, signer)
    assert checked(signed, signer).verdict is Verdict.PROVEN


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (
            "UPDATE stored_events SET topic = 'x' WHERE rowid = 301",
            Finding(Kind.EVENT_CHANGED, estate(0), 101, 300, 301),
        ),
        (
            "DELETE FROM stored_events WHERE rowid = 301",
            Finding(Kind.VERSION_MISSING, estate(0), 101),
        ),
        (
            "DELETE FROM stored_events WHERE rowid = 600",
            Finding(Kind.EVENT_MISSING, leaf=599, position=600),
        ),
        (
            "INSERT INTO stored_events (rowid, originator_id, originator_version, topic, state)"
            " SELECT 0, originator_id, 500, topic, state FROM stored_events WHERE rowid = 301",
            Finding(Kind.EVENT_INSERTED, estate(0), 500, None, 0),
        ),
        (
            "UPDATE stored_events SET state = CAST(state AS TEXT) WHERE rowid = 301",
            Finding(Kind.ROW_IMPOSSIBLE, position=301),
        ),
        ("DELETE FROM log_checkpoint", Finding(Kind.CHECKPOINT_MISSING, size=600)),
        ("UPDATE log_run SET number = 599", Finding(Kind.RUNS_DIFFER)),
        ("UPDATE log_tile SET hashes = zeroblob(64)", Finding(Kind.TILES_DIFFER, leaf=0)),
    ],
)
def test_what_was_changed_is_told_with_its_place(
    statement: str, expected: Finding, signed: EventStore, path: Path, signer: Signer
) -> None:
    edit(path, statement)
    found = checked(signed, signer)
    assert found.verdict is Verdict.CHANGED
    assert expected in found.findings
    assert expected.words.nl != expected.words.en


def test_two_events_that_changed_places_are_told(
    signed: EventStore, path: Path, signer: Signer
) -> None:
    moves = ((9999, 10), (10, 11), (11, 9999))
    edit(path, *(f"UPDATE stored_events SET rowid = {to} WHERE rowid = {of}" for to, of in moves))
    found = checked(signed, signer)
    assert Finding(Kind.EVENTS_REORDERED, estate(1), 4, 9, 10) in found.findings


def test_a_table_that_is_gone_is_a_finding_and_no_defect(
    signed: EventStore, path: Path, signer: Signer
) -> None:
    edit(path, "DROP TABLE log_tile")
    found = checked(signed, signer)
    assert (found.verdict, kinds(found)) == (Verdict.CHANGED, {Kind.STORE_UNREADABLE})
    one = verify_estate(signed, estate(0), signer.verifiers(), signer.heads())
    assert one.verdict is Verdict.CHANGED


def test_what_the_store_says_of_keys_is_not_believed(
    signed: EventStore, signer: Signer, tmp_path: Path
) -> None:
    other = make_key(tmp_path / "other.key", "test")
    found = verify(signed, other.verifiers(), [])
    assert {Kind.NO_HEAD, Kind.CHECKPOINT_UNSIGNED} <= kinds(found)
    unknown = verify(signed, other.verifiers(), signer.heads())
    assert Kind.HEAD_UNKNOWN in kinds(unknown)
    assert verify(signed, (), signer.heads()).verdict is Verdict.CANNOT_TELL
    assert kinds(verify(signed, (), ())) == {Kind.NO_KEY}


def test_without_a_head_from_outside_it_cannot_tell(signed: EventStore, signer: Signer) -> None:
    found = verify(signed, signer.verifiers(), ())
    assert (found.verdict, kinds(found)) == (Verdict.CANNOT_TELL, {Kind.NO_HEAD})
    assert found.covered == 600


def test_a_head_with_a_wrong_signature_of_a_known_key_does_not_count(
    signed: EventStore, signer: Signer
) -> None:
    (head,) = signer.heads()
    (line,) = head.signatures
    forged = SignedNote(head.text, (Signature(line.name, line.key_id, bytes(64)),))
    found = verify(signed, signer.verifiers(), (forged,))
    assert {Kind.HEAD_BADLY_SIGNED, Kind.NO_HEAD} == kinds(found)
    assert found.verdict is Verdict.CANNOT_TELL


def test_the_key_of_something_else_signs_no_head_of_the_log(
    signed: EventStore, signer: Signer
) -> None:
    (head,) = signer.heads()
    stranger = new_key("kvob/other/log-1")
    note = SignedNote(head.text, (stranger.sign(head.text),))
    found = verify(signed, (*signer.verifiers(), stranger.verifier), (note,))
    assert Kind.HEAD_BADLY_SIGNED in kinds(found)


def test_one_estate_is_proven_by_its_own(signed: EventStore, signer: Signer, fill: Fill) -> None:
    found = verify_estate(signed, estate(1), signer.verifiers(), signer.heads())
    assert (found.verdict, found.events, found.covered) == (Verdict.PROVEN, 200, 200)
    fill(signed, 2)
    found = verify_estate(signed, estate(1), signer.verifiers(), signer.heads())
    assert (found.verdict, found.uncovered) == (Verdict.NOT_COVERED, ((estate(1), 201),))


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE stored_events SET state = X'7B7D' WHERE rowid = 302", Kind.EVENT_CHANGED),
        ("UPDATE stored_events SET state = 'x' WHERE rowid = 302", Kind.EVENT_CHANGED),
        ("DELETE FROM stored_events WHERE rowid = 302", Kind.VERSION_MISSING),
        ("DELETE FROM stored_events WHERE rowid = 599", Kind.LOG_SHORTER),
        ("UPDATE log_tile SET hashes = zeroblob(length(hashes))", Kind.LOG_DIFFERS),
        ("DELETE FROM log_tile", Kind.TILES_DIFFER),
    ],
)
def test_a_change_to_one_estate_is_found(
    statement: str, kind: Kind, signed: EventStore, path: Path, signer: Signer
) -> None:
    edit(path, statement)
    found = verify_estate(signed, estate(1), signer.verifiers(), signer.heads())
    assert found.verdict is Verdict.CHANGED
    assert kind in kinds(found)


def test_a_log_begun_anew_names_what_it_has_in_common(
    store: EventStore, path: Path, signer: Signer, fill: Fill
) -> None:
    fill(store, 300)
    sequence(store, signer)
    early = signer.heads()
    copy = path.with_name("older.db")
    store.close()
    copy.write_bytes(path.read_bytes())
    with closing(open_store(f"sqlite:///{path}", durable=False)) as longer:
        fill(longer, 10)
        sequence(longer, signer)
    late = signer.heads()
    with closing(open_store(f"sqlite:///{copy}", durable=False)) as older:
        renamed, done = restart(older, signer, "the disk failed")
        assert done.common is not None
        assert (done.common.size, done.lost, renamed.origin) == (300, 310, "kvob/test/log-2")
        keys = renamed.verifiers()
        assert verify(older, keys, renamed.heads()).verdict is Verdict.PROVEN
        with_early = verify(older, keys, early)
        assert (with_early.verdict, with_early.findings) == (Verdict.PROVEN, ())
        with_late = verify(older, keys, late)
        assert Finding(Kind.EVENTS_LOST, size=310, number=300) in with_late.findings
        assert verify(older, signer.verifiers(), early).verdict is Verdict.CANNOT_TELL
        fill(older, 5)
        sequence(older, renamed)
        assert verify(older, keys, renamed.heads()).verdict is Verdict.PROVEN
        again, _ = restart(older, renamed, "and again")
        assert again.number == 3
        assert verify(older, again.verifiers(), again.heads()).verdict is Verdict.PROVEN
        assert verify_estate(older, estate(0), again.verifiers(), again.heads()).findings == ()


def test_a_restart_that_was_cut_short_is_repeated(
    store: EventStore, signer: Signer, fill: Fill
) -> None:
    fill(store, 10)
    sequence(store, signer)
    files = (signer.path, heads_path(signer.path))
    before = [file.read_bytes() for file in files]
    restart(store, signer, "first")
    for file, contents in zip(files, before, strict=True):
        file.write_bytes(contents)  # as if it had ended before the key was renamed
    renamed, done = restart(store, Signer(signer.path), "second")
    assert done.common is not None
    assert (renamed.number, done.common.size) == (2, 10)
    assert verify(store, renamed.verifiers(), renamed.heads()).verdict is Verdict.PROVEN


def test_a_copy_from_before_a_restart_begins_yet_another_log(
    store: EventStore, path: Path, signer: Signer, fill: Fill
) -> None:
    fill(store, 10)
    sequence(store, signer)
    copied(path, path.with_name("older.db"))
    renamed, _ = restart(store, signer, "first")
    with closing(open_store(f"sqlite:///{path.with_name('older.db')}")) as older:
        with pytest.raises(LogNumberDiffers):
            sequence(older, renamed)
        again, done = restart(older, renamed, "an even older backup")
        assert (again.number, done.common) == (3, None)
        assert verify(older, again.verifiers(), again.heads()).verdict is Verdict.PROVEN
        lost = verify(older, again.verifiers(), renamed.heads()[:1])
        assert kinds(lost) == {Kind.EVENTS_LOST}
        with pytest.raises(LogNumberDiffers):
            restart(older, signer, "with the key of long ago")


def test_every_finding_speaks_both_languages() -> None:
    for kind in Kind:
        words = Finding(kind, "e", 1, 2, 3, 4, 5, "x").words
        assert words.nl != words.en
        assert "{" not in words.nl + words.en
    for verdict in Verdict:
        assert verdict.words.nl != verdict.words.en
        assert verdict.advice.nl != verdict.advice.en
