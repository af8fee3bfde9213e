"""Can a host sequence and verify through its engine?"""

from __future__ import annotations

from pathlib import Path

from kvob_domain.ids import EstateId
from kvob_workflow import Engine, RegisterEstate
from kvob_workflow.proofs.findings import Verdict
from kvob_workflow.proofs.heads import Signer


def test_an_engine_sequences_and_verifies(path: Path, signer: Signer) -> None:
    with Engine.open(f"sqlite:///{path}", synchronous="NORMAL") as engine:
        command = RegisterEstate(name="De Zilverhoek", municipalities=("Voorbeeldstad",))
        estate = EstateId(engine.do(command).estate)
        before = engine.verify(signer.verifiers(), signer.heads())
        assert before.verdict is Verdict.CANNOT_TELL
        head = engine.sequence(signer.path)
        assert head is not None
        assert engine.sequence(signer.path) is None
        assert engine.proof_log().size == head.size
        keys, heads = signer.verifiers(), signer.heads()
        assert engine.verify(keys, heads).verdict is Verdict.PROVEN
        one = engine.verify(keys, heads, estate)
        assert (one.verdict, one.estate) == (Verdict.PROVEN, estate)
