"""What do the parties of an estate promise each other? The covenant on the estate's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvob_workflow.cli.screens.names import shown_name
from kvob_workflow.cli.screens.table import Row, cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvob_domain.estate.values import Agreement
    from kvob_domain.parties import Signatory
    from kvob_domain.personal import Opened
    from kvob_workflow import Overview
    from kvob_workflow.cli.screens.screen import Screen


def covenant_rows(screen: Screen, overview: Overview, names: Mapping[str, Opened]) -> list[Row]:
    """Who signed and witnessed on which day, then one row for each agreement."""
    covenant = overview.covenant
    if covenant is None:
        return []
    signed = ", ".join(_party(screen, one, names) for one in covenant.signatories)
    rows: list[Row] = [
        [cell(str(covenant.on)), cell(screen.choose("ondertekend", "signed")), cell(signed)]
    ]
    if covenant.witnesses:
        witnesses = ", ".join(_party(screen, one, names) for one in covenant.witnesses)
        rows.append([cell(""), cell(screen.choose("getuige", "witness")), cell(witnesses)])
    rows += [
        [cell(""), cell(screen.words(one.subject.words)), cell(_promise(screen, one))]
        for one in covenant.agreements
    ]
    return rows


def _party(screen: Screen, one: Signatory, names: Mapping[str, Opened]) -> str:
    name = shown_name(one.name, names, screen.language)
    return f"{one.organisation} ({name})" if name else one.organisation


def _promise(screen: Screen, agreement: Agreement) -> str:
    said = [agreement.party, agreement.text or ""]
    if agreement.times_per_year is not None:
        times = agreement.times_per_year
        said.append(screen.choose(f"{times} keer per jaar", f"{times} times a year"))
    if agreement.amount_eur is not None:
        said.append(f"{agreement.amount_eur} euro")
    if agreement.payer:
        said.append(screen.choose(f"betaald door {agreement.payer}", f"paid by {agreement.payer}"))
    return "; ".join(part for part in said if part)
