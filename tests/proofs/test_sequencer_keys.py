"""What does the sequencer need to sign: its key, its heads, and somebody who keeps it going?"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kvob_workflow.limits import StoreLimits
from kvob_workflow.proofs.errors import (
    HeadsMissing,
    KeyMalformed,
    KeyUnusable,
    LogNumberDiffers,
)
from kvob_workflow.proofs.following import Follower
from kvob_workflow.proofs.heads import Signer, heads_path, make_key
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import EventStore, open_store
from tests.proofs.conftest import Fill, proven

PATIENT = StoreLimits(lock_timeout=30)


def test_without_its_heads_nothing_is_signed(store: EventStore, signer: Signer, fill: Fill) -> None:
    fill(store, 1)
    heads_path(signer.path).unlink()
    with pytest.raises(HeadsMissing, match="nothing was signed"):
        sequence(store, signer)
    assert store.log_state().size == 0


def test_the_key_of_another_log_signs_nothing(
    store: EventStore, signer: Signer, fill: Fill
) -> None:
    fill(store, 1)
    store.restart_log(store.log_state(), 2, b"")
    with pytest.raises(LogNumberDiffers, match="at log-2"):
        sequence(store, signer)


def test_a_key_is_for_its_owner_alone(tmp_path: Path, signer: Signer) -> None:
    assert (signer.path.stat().st_mode & 0o777, heads_path(signer.path).stat().st_mode & 0o777) == (
        0o600,
        0o600,
    )
    with pytest.raises(KeyUnusable, match="File exists"):
        make_key(signer.path, "test")
    signer.path.chmod(0o644)
    with pytest.raises(KeyUnusable, match="others may read it"):
        Signer(signer.path)
    with pytest.raises(KeyUnusable, match="No such file"):
        Signer(tmp_path / "nothing")
    with pytest.raises(KeyMalformed):
        make_key(tmp_path / "other", "with space")
    assert not (tmp_path / "other").exists()


def test_a_follower_keeps_up_and_ends(path: Path, signer: Signer, fill: Fill) -> None:
    with closing(open_store(f"sqlite:///{path}", durable=False, limits=PATIENT)) as store:
        follower = Follower(store, signer)
        follower.start()
        fill(store, 300)
        follower.close()  # with a last pass
        assert store.log_state().size == 300
        assert proven(store, signer)


def test_a_follower_tells_an_error_once_and_goes_on(
    store: EventStore, signer: Signer, fill: Fill, caplog: pytest.LogCaptureFixture
) -> None:
    fill(store, 1)
    heads_path(signer.path).unlink()
    follower = Follower(store, signer)
    follower.start()
    follower.close()
    told = [record for record in caplog.records if record.name == "kvob_workflow.proofs"]
    assert [record.levelname for record in told] == ["ERROR"]
    assert "heads-missing" in told[0].getMessage()
