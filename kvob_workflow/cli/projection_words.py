"""Which words do the options about projections use? A part of `words`, in both languages."""

from typing import Final

from kvob_domain.words import Text

PROJECTION_WORDS: Final[dict[str, Text]] = {
    "projection status:name": Text(
        "alleen dit overzicht of deze volger, met bijzonderheden",
        "only this projection or follower, with details",
    ),
    "projection retry:name": Text(
        "welk overzicht of welke volger", "which projection or which follower"
    ),
    "projection skip:name": Text("welke volger", "which effect"),
    "projection skip:reason": Text(
        "waarom, voor wie later kijkt (verplicht)", "why, for who looks later (required)"
    ),
    "exact": Text(
        "tel tot de laatste, ook boven 10.000; dat kan even duren",
        "count to the last, above 10,000 too; that may take a while",
    ),
}
