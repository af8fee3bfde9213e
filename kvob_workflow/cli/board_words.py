"""Which words does the board use? Its filters on days and on what is open."""

from typing import Final

from kvob_domain.words import Text

BOARD_WORDS: Final[dict[str, Text]] = {
    "due_before": Text("alleen wat voor deze dag vervalt", "only what falls due before this day"),
    "board:overdue": Text("alleen waar iets over tijd is", "only where something is overdue"),
    "expires_from": Text(
        "alleen wat op deze dag of later verloopt", "only what expires on this day or later"
    ),
    "expires_before": Text(
        "alleen wat voor deze dag verloopt", "only what expires before this day"
    ),
    "approvals": Text(
        "alleen waar iets op akkoord wacht", "only where something waits for approval"
    ),
    "missing": Text("alleen waar dit ontbreekt", "only where this is missing"),
}
