"""What do the screens call the parts of a figure, and the filters that it was asked with?"""

from collections.abc import Mapping
from typing import Final

from kvob_domain.words import Text

# After 1, and after more where `_MANY` has no other: of estates, certificates or audits.
PART_WORDS: Final[Mapping[str, Text]] = {
    "estimated": Text("met dagen deels bekend", "with days partly known"),
    "gap": Text("met stappen ertussen onbekend", "with steps in between unknown"),
    "open": Text("er nog", "still there"),
    "ended": Text("beëindigd", "ended"),
    "undated": Text("zonder bekende dag", "without a known day"),
    "between": Text("met certificaten ertussen onbekend", "with certificates in between unknown"),
    "unsure": Text("met dagen deels bekend", "with days partly known"),
    "nothing_on_record": Text("niets vastgelegd", "nothing on record"),
    "by_neglect": Text("beëindigd door nalaten", "ended by neglect"),
    "merged": Text("samengevoegd", "merged"),
    "other": Text("om een andere reden", "for another reason"),
    "decided": Text("besloten", "decided"),
    "running": Text("loopt nog", "still running"),
    "first": Text("eerste", "first"),
    "renewal": Text("hercertificering", "renewal"),
    "refused": Text("geweigerd", "refused"),
    "positive": Text("positief", "positive"),
    "negative": Text("negatief", "negative"),
    "not_begun": Text("niet begonnen", "not begun"),
    "renewing": Text("met hercertificering die loopt", "with a renewal that runs"),
    "unknown": Text("met uitkomst onbekend", "with outcome unknown"),
    "here": Text("nog daar", "still there"),
    "silent": Text("stil", "silent"),
}
_MANY: Final[Mapping[str, Text]] = {
    "renewal": Text("hercertificeringen", "renewals"),
    "running": Text("lopen nog", "still running"),
}
FILTERS: Final[Mapping[str, Text]] = {
    "municipality": Text("gemeente", "municipality"),
    "body": Text("instelling", "body"),
    "edition": Text("schemaversie", "edition"),
}
"""The filters that an answer names."""


def part_words(name: str, number: int) -> Text:
    """The words after this number of a part."""
    return PART_WORDS[name] if number == 1 else _MANY.get(name, PART_WORDS[name])
