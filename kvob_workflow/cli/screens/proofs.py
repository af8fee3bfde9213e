"""How do a verification and the proof log look?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_workflow.proofs.findings import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.proofs.findings import Verification
    from kvob_workflow.proofs.log import ProofLog
    from kvob_workflow.proofs.restarting import Restart

_STYLES: Final = {
    Verdict.PROVEN: "green",
    Verdict.NOT_COVERED: "yellow",
    Verdict.CANNOT_TELL: "yellow",
    Verdict.CHANGED: "bold red",
}
_INDENT: Final = "  "
_SHOWN: Final = 10


def draw_verification(screen: Screen, found: Verification) -> None:
    """The verdict, what it rests on, what is wrong, and what to do next."""
    screen.line(screen.words(found.verdict.words).capitalize(), _STYLES[found.verdict])
    about = "" if found.estate is None else f"{screen.choose('Terrein', 'Estate')} {found.estate}: "
    screen.line(
        screen.choose(
            f"{about}{found.events} gebeurtenissen, {found.covered} onder een getekend hoofd.",
            f"{about}{found.events} events, {found.covered} under a signed head.",
        )
    )
    for head in found.heads:
        screen.line(_INDENT + _head_line(screen, head.origin, head.size, head.from_outside))
        for name in head.witnesses:
            screen.line(f"{_INDENT * 2}{screen.choose('getuige', 'witness')}: {name}")
    for finding in found.findings:
        screen.line(f"- {screen.words(finding.words)}")
    _draw_uncovered(screen, found)
    if found.estate is not None:
        screen.line(
            screen.choose(
                "Of er aan het eind gebeurtenissen van dit terrein weg zijn, zegt alleen "
                "'kvob verify' over de hele opslag.",
                "Whether events are gone from the end of this estate, only 'kvob verify' of the "
                "whole store tells.",
            )
        )
    screen.line(screen.words(found.advice))


def _head_line(screen: Screen, origin: str, size: int, from_outside: bool) -> str:
    place = (
        screen.choose("van buiten", "from outside")
        if from_outside
        else screen.choose("uit de opslag", "from the store")
    )
    return screen.choose(
        f"hoofd van {origin}: {size} regels ({place})",
        f"head of {origin}: {size} entries ({place})",
    )


def _draw_uncovered(screen: Screen, found: Verification) -> None:
    if not found.beyond or not found.covered:
        return  # without any head all of them are, which was said
    screen.line(
        screen.choose(
            f"- Achter het hoofd, nog door niemand getekend: {found.beyond}",
            f"- Behind the head, signed for by nobody yet: {found.beyond}",
        )
    )
    for estate, version in found.uncovered[:_SHOWN]:
        screen.line(
            screen.choose(
                f"{_INDENT}terrein {estate}, gebeurtenis {version}",
                f"{_INDENT}estate {estate}, event {version}",
            )
        )
    more = found.beyond - len(found.uncovered[:_SHOWN])
    if more > 0:
        screen.line(_INDENT + screen.choose(f"en nog {more}", f"and {more} more"))


def draw_log(
    screen: Screen, log: ProofLog, events: int, heads: Sequence[str], keys: Sequence[str]
) -> None:
    """How far the log is, its newest head, and its public keys."""
    screen.line(
        screen.choose(
            f"log-{log.number}: {log.size} regels; de opslag heeft {events} gebeurtenissen.",
            f"log-{log.number}: {log.size} entries; the store has {events} events.",
        )
    )
    if heads:
        screen.line()
        for line in heads[0].splitlines():
            screen.whole(line)
    for key in keys:
        screen.line()
        screen.line(screen.choose("Openbare sleutel:", "Public key:"))
        screen.whole(key)


def draw_restart(screen: Screen, origin: str, key: str, done: Restart) -> None:
    """What is in common with the log before, and the key that witnesses need."""
    common = 0 if done.common is None else done.common.size
    screen.line(
        screen.choose(
            f"Begonnen: {origin}. Gemeenschappelijk met het vorige: {common} van de {done.lost} "
            "getekende regels.",
            f"Begun: {origin}. In common with the one before: {common} of the {done.lost} "
            "entries that were signed for.",
        )
    )
    screen.line(
        screen.choose(
            "Geef getuigen en auditors deze openbare sleutel erbij:",
            "Give witnesses and auditors this public key as well:",
        )
    )
    screen.whole(key)
