"""Which commands keep the proof log? `kvob log`: its key, its heads, and what witnesses need."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text
from kvob_workflow.cli.commands.proofs import read_file, signer_of, stored
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.output_files import STANDARD_OUTPUT, write_whole

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.proofs.notes import Checkpoint


@entrance(
    "log init",
    Text("De sleutel van het bewijslogboek maken", "Make the key of the proof log"),
    Section.KEEP,
    about=Text(
        "Bewaar het bestand buiten de opslag en haar reservekopieën, en het bestand .heads "
        "ernaast. Geef de openbare sleutel aan wie controleert.",
        "Keep the file outside the store and its backups, and the file .heads beside it. Give "
        "the public key to whoever checks.",
    ),
)
def init(desk: Desk, file: str | None = None, *, installation: str | None = None) -> None:
    """A new key in a file that its owner alone reads; the public key on the output."""
    from kvob_workflow.proofs.heads import make_key
    from kvob_workflow.proofs.unasked import KeyNotSet

    path = file or desk.settings.log_key
    if path is None:
        raise KeyNotSet
    signer = make_key(Path(path), installation or secrets.token_hex(4))
    key = str(signer.key.verifier)
    desk.say(
        f"Gemaakt: {path}. De openbare sleutel van het logboek:",
        f"Made: {path}. The public key of the log:",
    )
    document = {"file": path, "log": signer.origin, "key": key}
    desk.give(document, lambda screen: screen.whole(key))


@entrance(
    "log show",
    Text("Hoe ver het bewijslogboek is", "How far the proof log is"),
    Section.KEEP,
)
def show(desk: Desk) -> None:
    """The size, the newest head, and the public keys when the key is at hand."""
    from kvob_workflow.cli.screens.proofs import draw_log
    from kvob_workflow.proofs.log import ProofLog

    keys: list[str] = []
    if desk.settings.log_key is not None:
        keys = [str(one) for one in signer_of(desk).verifiers()]
    with stored(desk) as store:
        log = ProofLog(store)
        heads, events = log.checkpoints(), store.number_of_events()
    document = {
        "log": log.number,
        "entries": log.size,
        "events": events,
        "head": heads[0] if heads else None,
        "keys": keys,
    }
    desk.give(document, lambda screen: draw_log(screen, log, events, heads, keys))


@entrance(
    "log sequence",
    Text("Nieuwe gebeurtenissen in het bewijslogboek zetten", "Put new events into the proof log"),
    Section.KEEP,
    about=Text(
        "Eenmalig, voor cron; 'kvob run' doet het binnen vijf seconden vanzelf. Tekent niet als "
        "de opslag korter of anders is dan wat al getekend is.",
        "Once, for cron; 'kvob run' does it by itself within five seconds. Does not sign when the "
        "store is shorter than or different from what was signed before.",
    ),
)
def sequence_(desk: Desk) -> None:
    """One pass of the sequencer."""
    from kvob_workflow.proofs.sequencer import sequence

    signer = signer_of(desk)
    with stored(desk) as store:
        head = sequence(store, signer)
    desk.give(_document(head), lambda screen: _tell(screen, head))


@entrance(
    "log checkpoint",
    Text("Het nieuwste hoofd met bewijs, voor een getuige", "The newest head, for a witness"),
    Section.KEEP,
    about=Text(
        "Met --since hoeveel regels de getuige al zag; de bundel bewijst dat het hoofd die "
        "voortzet.",
        "With --since how many entries the witness has seen; the bundle proves that the head "
        "continues those.",
    ),
)
def checkpoint(
    desk: Desk, *, since: int | None = None, output: str | None = None, yes: bool = False
) -> None:
    """The bundle, on the output or in a file."""
    from kvob_workflow.proofs.bundles import make_bundle
    from kvob_workflow.proofs.log import ProofLog

    with stored(desk) as store:
        bundle = str(make_bundle(ProofLog(store), since or 0))
    if output is not None and output != STANDARD_OUTPUT:
        write_whole(output, (bundle.encode(),), replace=yes)
        desk.give({"output": output}, lambda screen: screen.whole(output))
    else:
        desk.give({"bundle": bundle}, lambda screen: print(bundle, end=""))


@entrance(
    "log add-cosignature",
    Text("De handtekening van een getuige bewaren", "Keep the signature of a witness"),
    Section.KEEP,
    about=Text(
        "Het hoofd moet door de eigen sleutel getekend zijn. Het komt in de opslag en in het "
        "bestand .heads naast de sleutel.",
        "The head must be signed by the own key. It goes into the store and into the file .heads "
        "beside the key.",
    ),
)
def add_cosignature(desk: Desk, file: str) -> None:
    """A head that a witness signed, beside the heads of the sequencer."""
    from kvob_workflow.proofs.cosigning import add_cosignature as add
    from kvob_workflow.proofs.notes import LONGEST_NOTE, read_checkpoint, read_note

    signer = signer_of(desk)
    note = read_note(read_file(file, LONGEST_NOTE))
    with stored(desk) as store:
        head = read_checkpoint(add(store, signer, note))
    desk.give(_document(head), lambda screen: _tell(screen, head))


@entrance(
    "log restart",
    Text("Na een terugzetting een nieuw logboek beginnen", "Begin a new log after a restore"),
    Section.KEEP,
    about=Text(
        "Alleen als er getekende gebeurtenissen verloren zijn. De eerste regel van het nieuwe "
        "logboek noemt het laatste gemeenschappelijke hoofd en de reden (geen namen van "
        "personen). Getuigen krijgen de nieuwe openbare sleutel.",
        "Only when events were lost that were signed for. The first entry of the new log names "
        "the last head in common and the reason (no names of people). Witnesses get the new "
        "public key.",
    ),
)
def restart_(desk: Desk, *, reason: str | None = None) -> None:
    """The next log of the installation, with its first head."""
    from kvob_workflow.cli.screens.proofs import draw_restart
    from kvob_workflow.proofs.restarting import restart
    from kvob_workflow.proofs.unasked import ReasonMissing

    if not reason or not reason.strip():
        raise ReasonMissing
    signer = signer_of(desk)
    with stored(desk) as store:
        renamed, done = restart(store, signer, reason.strip())
    key = str(renamed.key.verifier)
    document = {
        "log": renamed.origin,
        "key": key,
        "in_common": None if done.common is None else done.common.size,
        "signed_before": done.lost,
        "head": _document(done.head),
    }
    desk.give(document, lambda screen: draw_restart(screen, renamed.origin, key, done))


ENTRANCES: Final = (init, show, sequence_, checkpoint, add_cosignature, restart_)
"""In the order of the help page."""


def _document(head: Checkpoint | None) -> dict[str, object] | None:
    return None if head is None else {"log": head.origin, "entries": head.size}


def _tell(screen: Screen, head: Checkpoint | None) -> None:
    screen.line(
        screen.choose("Er was niets nieuws.", "There was nothing new.")
        if head is None
        else screen.choose(
            f"Getekend: {head.origin}, {head.size} regels.",
            f"Signed: {head.origin}, {head.size} entries.",
        )
    )
