"""What do the options of rebuilds mean? Their words on the help page."""

from typing import Final

from kvob_domain.words import Text

REBUILD_WORDS: Final[dict[str, Text]] = {
    "projection rebuild:name": Text(
        "naam van een overzicht: board, register, deadlines, measures of een gevolgd dat al is "
        "begonnen, zie kvob projection status",
        "name of a view: board, register, deadlines, measures or a followed one that was begun, "
        "see kvob projection status",
    ),
    "projection rebuild:all": Text("alle overzichten", "all views"),
    "projection rebuild:estate": Text(
        "alleen de rijen van dit terrein, op hun plaats hersteld",
        "the rows of this estate alone, repaired in place",
    ),
    "projection rebuild:processes": Text(
        "zoveel processen (1 t/m 32) maken de rijen; standaard 1, of 2 bij meer dan 200.000 "
        "gebeurtenissen",
        "so many processes (1 to 32) make the rows; 1, or 2 with more than 200,000 events, when "
        "absent",
    ),
    "projection rebuild:print": Text(
        "toon wat er zou gebeuren, ook bij een nieuwe versie van kvob; doe niets",
        "show what would happen, also with a new version of kvob; do nothing",
    ),
    "projection rebuild:compare": Text(
        "vergelijk alleen; exitcode 8 als rijen verschillen",
        "compare only; exit code 8 when rows differ",
    ),
    "projection rebuild:resume": Text(
        "maak af wat is afgebroken, welke overzichten dat ook zijn",
        "finish what was broken off, whichever views that are",
    ),
    "projection differences:number": Text(
        "nummer van een herbouw; standaard de laatste", "number of a rebuild; the last when absent"
    ),
}
