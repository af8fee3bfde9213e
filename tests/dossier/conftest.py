"""What the tests of the dossier share: the invented estate, a signed log, and the checker alone."""

from __future__ import annotations

import io
import itertools
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from kvob_domain.estate.commands.documents import RegisterDocument
from kvob_domain.ids import EstateId
from kvob_workflow import Engine
from kvob_workflow.demo import walk
from kvob_workflow.documents import DocumentFolder
from kvob_workflow.dossier import DossierQuery, write_dossier
from kvob_workflow.engine import packaged_book
from kvob_workflow.proofs.heads import Signer, make_key
from kvob_workflow.proofs.keys import WITNESS, SigningKey, new_key
from kvob_workflow.proofs.notes import read_note
from kvob_workflow.proofs.sequencer import sequence
from kvob_workflow.store import EventStore, open_store
from kvob_workflow.store.log import KeptCheckpoint
from kvob_workflow.testing import SettableClock

CHECKER = Path(__file__).parents[2] / "kvob_workflow" / "dossier" / "check.py"
SEEN_AT = 1_790_000_000
HOSTILE = 'Verslag <script>alert(1)</script> & "meer"'


@dataclass(frozen=True)
class World:
    """A store with the invented estate, its documents, and the keys of its log."""

    url: str
    estate: EstateId
    folder: DocumentFolder
    signer: Signer
    log_key: str
    witness_key: str

    @property
    def keys(self) -> tuple[str, ...]:
        """The options with which a reader checks."""
        return ("--key", self.log_key, "--witness-key", self.witness_key)

    def write(self, **asked: object) -> bytes:
        """The dossier."""
        target = io.BytesIO()
        with closing(open_store(self.url)) as store:
            # Every field of the query has a type of its own; the tests name them rightly.
            query = DossierQuery(self.estate, **asked)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
            write_dossier(store, packaged_book(), query, target)
        return target.getvalue()


def make_world(folder: Path, *, signed: bool = True) -> World:
    """The invented estate, with the same ids every time."""
    url = f"sqlite:///{folder / 'kvob.db'}"
    ids, clock = itertools.count(1), SettableClock(date(2020, 9, 14))
    documents = DocumentFolder(folder / "kvob.documents")
    source = folder / "verslag.pdf"
    source.write_bytes(b"een verslag\n" * 40)
    with Engine.open(
        url, clock=clock, new_id=lambda: f"{next(ids):032x}", synchronous="NORMAL"
    ) as engine:
        estate, *_ = [walked.outcome for walked in walk(engine, clock.set_day)]
        assert estate is not None
        clock.set_day(date(2026, 11, 24))
        with documents.taking(source) as incoming:
            incoming.keep()
            register = RegisterDocument(
                estate=estate.estate,
                on=date(2026, 11, 24),
                title=HOSTILE,
                **incoming.measured._asdict(),
                media_type="application/pdf",
                about=6,
            )
            engine.do(register)
    signer = make_key(folder / "log.key", "voorbeeld")
    witness = new_key("getuige.example", WITNESS)
    if signed:
        with closing(open_store(url)) as store:
            sequence(store, signer)
            cosign(store, witness)
    return World(
        url, estate.estate, documents, signer, str(signer.key.verifier), str(witness.verifier)
    )


def cosign(store: EventStore, witness: SigningKey) -> None:
    """A witness signs the newest head."""
    kept = store.checkpoints()[0]
    note = read_note(kept.note)
    seen = note.with_signatures([witness.sign(note.text, SEEN_AT)])
    assert store.keep_checkpoint(1, KeptCheckpoint(kept.size, str(seen), cosigned=True))


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """A signed and witnessed log; for tests that write nothing into it."""
    return make_world(tmp_path_factory.mktemp("world"))


@dataclass(frozen=True)
class Checked:
    """How the checker ended, and what it said."""

    code: int
    out: str


Check = Callable[..., Checked]


@pytest.fixture(scope="session")
def check(tmp_path_factory: pytest.TempPathFactory) -> Check:
    """The checker as a stranger runs it: copied elsewhere, isolated, by a bare interpreter."""
    place = tmp_path_factory.mktemp("stranger")
    (place / "check.py").write_bytes(CHECKER.read_bytes())
    numbers = itertools.count()

    def call(dossier: bytes, *options: str) -> Checked:
        file = place / f"{next(numbers)}.zip"
        file.write_bytes(dossier)
        done = subprocess.run(
            [sys.executable, "-I", "check.py", file.name, *options],
            cwd=place,
            capture_output=True,
            check=False,
        )
        return Checked(done.returncode, done.stdout.decode() + done.stderr.decode())

    return call


@pytest.fixture
def anew(tmp_path: Path) -> Callable[..., World]:
    """Makes a world of one's own."""

    def make(*, signed: bool = True) -> World:
        return make_world(tmp_path, signed=signed)

    return make
