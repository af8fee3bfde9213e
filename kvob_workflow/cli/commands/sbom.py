"""Which command tells what this installation is made of? `kvob sbom`: packages and licences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kvob_domain.words import Text
from kvob_workflow.cli.entrance import Section, entrance
from kvob_workflow.cli.output_files import write_whole

if TYPE_CHECKING:
    from kvob_workflow.cli.desk import Desk
    from kvob_workflow.cli.screens.screen import Screen


@entrance(
    "sbom",
    Text("Waaruit deze installatie bestaat", "What this installation is made of"),
    Section.KEEP,
    about=Text(
        "Elk geïnstalleerd pakket met versie en licentie. Met --json of --output als CycloneDX.",
        "Every installed package with version and licence. With --json or --output as CycloneDX.",
    ),
)
def sbom(desk: Desk, *, output: str | None = None, yes: bool = False) -> None:
    """The list for people, or the bill of materials for programs."""
    from kvob_workflow.sbom import bill_of_materials

    bill = bill_of_materials()
    if output is not None:
        text = json.dumps(bill, indent=1, ensure_ascii=False)
        write_whole(output, (f"{text}\n".encode(),), replace=yes)
        desk.give({"output": output}, lambda screen: screen.whole(output))
    else:
        desk.give(bill, _draw)


def _draw(screen: Screen) -> None:
    from kvob_workflow.sbom import components

    for one in components():
        extra = "" if one.required else screen.choose(" (extra)", " (extra)")
        screen.whole(f"{one.name} {one.version}: {one.licence}{extra}")
