"""Which commands check proofs? `kvob verify` for an auditor, `kvob witness` for a third party."""

from __future__ import annotations

import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.cli.output_files import STANDARD_OUTPUT, write_whole

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.documents import DocumentReport
    from kvob_workflow.proofs.findings import Verification
    from kvob_workflow.proofs.heads import Signer
    from kvob_workflow.proofs.keys import VerifierKey
    from kvob_workflow.proofs.notes import SignedNote
    from kvob_workflow.proofs.witness import Witness
    from kvob_workflow.store import EventStore

_WAIT_SECONDS: Final = 5.0


@entrance(
    "verify",
    Text("Bewijzen dat niets gewijzigd is", "Prove that nothing was changed"),
    Section.KEEP,
    about=Text(
        "Vergelijkt elke gebeurtenis met getekende hoofden. Sleutel en hoofd komen van buiten de "
        "opslag. Eindigt met 0 als alles bewezen is, 8 als er iets gewijzigd is, 9 als nog niet "
        "alles getekend is, 10 als het niet te zeggen is.",
        "Compares every event with signed heads. Key and head come from outside the store. Ends "
        "with 0 when all is proven, 8 when something was changed, 9 when not everything is signed "
        "for yet, 10 when it cannot tell.",
    ),
)
def verify(
    desk: Desk,
    *,
    estate: str | None = None,
    heads: tuple[str, ...] = (),
    key: tuple[str, ...] = (),
    documents: bool = False,
) -> ExitCode:
    """The store, or one estate, against heads from files; its evidence documents where asked."""
    from kvob_workflow.cli.screens.documents import draw_check
    from kvob_workflow.cli.screens.proofs import draw_verification
    from kvob_workflow.engine.names import find_estate
    from kvob_workflow.proofs.estate_check import verify_estate
    from kvob_workflow.proofs.verifying import verify as verify_store

    keys, notes = _trusted(desk, key, heads)
    with stored(desk) as store:
        # No view is asked for the name: views are not what is verified.
        one = None if estate is None else find_estate(store, estate)
        if one is None:
            found = verify_store(store, keys, notes)
        else:
            found = verify_estate(store, one, keys, notes)
        report = _evidence(desk, store, one, found) if documents else None

    def draw(screen: Screen) -> None:
        draw_verification(screen, found)
        if report is not None:
            draw_check(screen, report)

    desk.give({**_document(found), **({} if report is None else {"documents": report})}, draw)
    if report is not None and not report.is_sound:
        return ExitCode.CHANGED
    return ExitCode[found.verdict.name] if found.verdict.name != "PROVEN" else ExitCode.OK


def _evidence(
    desk: Desk, store: EventStore, estate: str | None, found: Verification
) -> DocumentReport | None:
    """The evidence documents; the hashes of a store that was changed say nothing about them."""
    from kvob_domain.ids import EstateId
    from kvob_workflow.documents import check, folder_of

    if found.verdict.name == "CHANGED":
        desk.say(
            "De bewijsstukken zijn niet bekeken: hun hashes staan in een gewijzigde opslag.",
            "The documents were not looked at: their hashes are in a store that was changed.",
        )
        return None
    folder = folder_of(desk.settings.store, desk.settings.documents)
    return check(store, folder, None if estate is None else EstateId(estate))


@entrance(
    "witness",
    Text("Als derde een hoofd van het logboek meetekenen", "Countersign a head as a third party"),
    Section.KEEP,
    about=Text(
        "Voor wie de opslag niet beheert: deze opdracht opent haar niet. Tekent alleen een hoofd "
        "dat het vorige voortzet, en onthoudt het. De eerste keer met --name en --key. Eindigt "
        "met 3 als het hoofd korter of anders is.",
        "For whoever does not keep the store: this command does not open it. Signs only a head "
        "that continues the last one, and remembers it. The first time with --name and --key. "
        "Ends with 3 when the head is shorter or different.",
    ),
)
def witness(
    desk: Desk,
    file: str,
    *,
    memory: str | None = None,
    key: tuple[str, ...] = (),
    name: str | None = None,
    output: str | None = None,
    yes: bool = False,
) -> None:
    """One bundle: checked against the file of the witness, signed, and remembered."""
    from kvob_workflow.proofs.bundles import LONGEST_BUNDLE, read_bundle
    from kvob_workflow.proofs.witness import save_witness

    bundle = read_bundle(read_file(file, LONGEST_BUNDLE))
    place = Path(memory or "kvob.witness")
    with _alone(place):
        before = _witness_in(place, name)
        for one in keys_of(key):
            before = before.trusting(one)
        after, note = before.cosigned(bundle, int(time.time()))
        save_witness(place, after)
    verifier = str(after.key.verifier)
    if output is not None and output != STANDARD_OUTPUT:
        write_whole(output, (str(note).encode(),), replace=yes)
    document = {"note": str(note), "witness": verifier, "output": output}
    desk.say(f"Sleutel van deze getuige: {verifier}", f"Key of this witness: {verifier}")
    in_file = output is not None and output != STANDARD_OUTPUT
    desk.give(
        document, lambda screen: screen.whole(output or "") if in_file else print(note, end="")
    )


@contextmanager
def stored(desk: Desk) -> Generator[EventStore]:
    """The store itself: an engine would first bring views up to date, and write.

    Raises:
        StoreMissing: there is none.
    """
    from kvob_workflow.cli.commands.running import StoreMissing

    missing = desk.missing_store()
    if missing is not None:
        raise StoreMissing(missing)
    with closing(desk.open_store()) as store:
        yield store


def signer_of(desk: Desk) -> Signer:
    """The key of the settings.

    Raises:
        KeyNotSet: there is none.
        KeyUnusable, KeyMalformed: its file is not in order.
    """
    from kvob_workflow.proofs.heads import Signer
    from kvob_workflow.proofs.unasked import KeyNotSet

    if desk.settings.log_key is None:
        raise KeyNotSet
    return Signer(Path(desk.settings.log_key))


def keys_of(given: Sequence[str]) -> list[VerifierKey]:
    """Public keys: each a key itself, or a file with one a line."""
    from kvob_workflow.proofs.keys import read_verifier

    keys: list[VerifierKey] = []
    for one in given:
        is_file = "+" not in one or Path(one).is_file()
        text = read_file(one, 100_000).decode(errors="replace") if is_file else one
        keys += [read_verifier(line) for line in text.splitlines() if line.strip()]
    return keys


def read_file(path: str, longest: int) -> bytes:
    """The bytes of a file, one more than `longest` at most: who reads on refuses those.

    Raises:
        OutputUnwritable, OSError: the system refuses; the command line tells it.
    """
    with Path(path).open("rb") as file:
        return file.read(longest + 1)


def _trusted(
    desk: Desk, key: Sequence[str], heads: Sequence[str]
) -> tuple[list[VerifierKey], list[SignedNote]]:
    """What was given; what was not comes from the files of the log key, where that is set."""
    from kvob_workflow.proofs.notes import LONGEST_NOTE, read_notes

    keys = keys_of(key)
    notes = [note for one in heads for note in read_notes(read_file(one, LONGEST_NOTE))]
    if desk.settings.log_key is not None and not (key and heads):
        signer = signer_of(desk)
        keys += () if key else signer.verifiers()
        notes += () if heads else signer.heads()
    return keys, notes


def _document(found: Verification) -> dict[str, object]:
    return {
        "verdict": found.verdict,
        "estate": found.estate,
        "events": found.events,
        "covered": found.covered,
        "not_covered": found.beyond,
        "first_not_covered": [
            {"estate": estate, "version": version} for estate, version in found.uncovered
        ],
        "heads": found.heads,
        "findings": found.findings,
    }


def _witness_in(place: Path, name: str | None) -> Witness:
    from kvob_workflow.proofs.unasked import WitnessNew
    from kvob_workflow.proofs.witness import load_witness, new_witness

    if place.exists():
        return load_witness(place)
    if name is None:
        raise WitnessNew(str(place))
    return new_witness(name)


@contextmanager
def _alone(place: Path) -> Generator[None]:
    """One call at a time: two that both read the same last head could sign two histories."""
    from kvob_workflow.proofs.errors import KeyUnusable
    from kvob_workflow.store.sqlite.lockfile import LockFile

    try:
        lock = LockFile(place.with_name(f"{place.name}.lock"))
    except OSError as error:
        raise KeyUnusable(str(place), error.strerror or str(error)) from None
    with closing(lock):
        if not lock.acquire(_WAIT_SECONDS):
            raise KeyUnusable(str(place), "another call works with it")
        yield
