"""Which words does the board use? The filters that no other list has."""

from typing import Final

from kvob_domain.words import Text

BOARD_WORDS: Final[dict[str, Text]] = {
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
