"""Which options of `kvob projection rebuild` do not go together? Refused, for none is ignored."""

from __future__ import annotations

from itertools import combinations
from typing import Final

from kvob_domain.words import Text
from kvob_workflow.cli.usage import UsageInvalid

MOST_PROCESSES: Final = 32
"""More gain nothing: one process writes, and each of the others takes its own memory."""

_ESTATE: Final = Text(
    "--estate herstelt de rijen van één terrein meteen. Alleen vergelijken kan voor hele "
    "overzichten: 'kvob projection rebuild --all --compare'.",
    "--estate repairs the rows of one estate at once. To compare only, whole views can be "
    "compared: 'kvob projection rebuild --all --compare'.",
)
_PLAN: Final = Text(
    "--print toont het plan van een hele herbouw, en doet niets; geef daarbij alleen namen of "
    "--all.",
    "--print shows the plan of a whole rebuild, and does nothing; give names or --all with it "
    "alone.",
)
_RESUME: Final = Text(
    "--resume maakt af wat is afgebroken, welke overzichten dat ook zijn; geef het alleen.",
    "--resume finishes what was broken off, whichever views that are; give it alone.",
)
_WHOLE: Final = Text(
    "--all is elk terrein; voor één terrein is --estate genoeg, zo nodig met overzichten.",
    "--all is every estate; for one estate --estate is enough, with names of views if need be.",
)
_PAIRS: Final[dict[frozenset[str], Text]] = {
    frozenset(("--estate", "--compare")): _ESTATE,
    frozenset(("--estate", "--print")): _PLAN,
    frozenset(("--compare", "--print")): _PLAN,
    frozenset(("--processes", "--print")): _PLAN,
    frozenset(("--all", "--estate")): _WHOLE,
    frozenset(("--processes", "--estate")): Text(
        "Eén terrein is het werk van één proces; laat --processes weg.",
        "One estate is the work of one process; leave out --processes.",
    ),
    **{
        frozenset(("--resume", other)): _RESUME
        for other in ("--all", "NAME", "--estate", "--print", "--compare")
    },
}


def check_options(given: dict[str, object], processes: int | None) -> None:
    """Refuses options that say different things, and a number of processes out of bounds.

    Raises:
        UsageInvalid: one pair of them, or the number.
    """
    asked = [name for name, value in given.items() if value]
    for pair in combinations(asked, 2):
        why = _PAIRS.get(frozenset(pair))
        if why is not None:
            one, other = pair
            nl = f"{one} en {other} gaan niet samen. {why.nl}"
            en = f"{one} and {other} do not go together. {why.en}"
            raise UsageInvalid(Text(nl, en), "kvob projection rebuild")
    if processes is not None and not 1 <= processes <= MOST_PROCESSES:
        problem = Text(
            f"--processes: {processes} kan niet; nodig is een getal van 1 t/m {MOST_PROCESSES}.",
            f"--processes: {processes} is not possible; it takes a number from 1 to "
            f"{MOST_PROCESSES}.",
        )
        raise UsageInvalid(problem, "kvob projection rebuild")
