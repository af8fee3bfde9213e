"""How does the answer of the register look? First whether it is valid, then what else is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.clock import AMSTERDAM

if TYPE_CHECKING:
    from datetime import date

    from kvob_domain.estate.certificate_status import CertificateStatus
    from kvob_workflow.cli.screens.screen import Screen
    from kvob_workflow.statements import SignedStatement


def draw_status(screen: Screen, found: CertificateStatus) -> None:
    """One certificate on one day, a line for each thing known."""
    screen.heading(f"{found.estate}, {found.municipality}: {found.mark}")
    screen.line(_answer(screen, found))
    status = screen.words(found.status.words)
    screen.line(f"{screen.choose('Status op', 'Status on')} {found.on}: {status}")
    if found.certificate_id is None:
        return
    number = screen.choose("Certificaat", "Certificate")
    screen.whole(f"{number} {found.certificate_number}: {found.certificate_id}")
    if found.level is not None:
        derived = screen.choose(" (afgeleid)", " (derived)") if found.level_derived else ""
        screen.line(f"{screen.choose('Niveau', 'Level')}: {found.level}{derived}")
    screen.line(_period(screen, found))
    if found.body is not None:
        screen.line(f"{screen.choose('Certificatie-instelling', 'Body')}: {found.body}")
    if found.followed_by is not None:
        screen.whole(f"{screen.choose('Opgevolgd door', 'Followed by')}: {found.followed_by}")


def draw_statement(screen: Screen, said: SignedStatement) -> None:
    """What a statement says, below whose it is and until when it holds."""
    until = said.expires_at.astimezone(AMSTERDAM)
    screen.line(
        screen.choose(
            f"Ondertekend door {said.issuer}; geldt tot {until:%Y-%m-%d %H:%M}.",
            f"Signed by {said.issuer}; holds until {until:%Y-%m-%d %H:%M}.",
        )
    )
    draw_status(screen, said.statement)


def _answer(screen: Screen, found: CertificateStatus) -> str:
    if found.valid is None:
        return screen.choose(
            "Niemand weet of het op die dag geldig is.",
            "Nobody knows whether it is valid on that day.",
        )
    if found.valid:
        return screen.choose("Geldig op die dag.", "Valid on that day.")
    return screen.choose("Niet geldig op die dag.", "Not valid on that day.")


def _period(screen: Screen, found: CertificateStatus) -> str:
    since = screen.choose("Geldig vanaf", "Valid from")
    until = screen.choose("tot en met", "up to and with")
    told = f"{since} {_day(screen, found.valid_from)} {until} {_day(screen, found.last_valid_day)}"
    note = screen.choose(
        " (geschat: de bron geeft niet elke dag)", " (estimated: the source gives no exact days)"
    )
    return f"{told}{note if found.estimated else ''}"


def _day(screen: Screen, day: date | None) -> str:
    return screen.choose("onbekend", "unknown") if day is None else day.isoformat()
