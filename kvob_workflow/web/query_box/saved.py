"""Which lists does everybody have? Views with a name, each no more than the text of a box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from kvob_domain.words import Text

if TYPE_CHECKING:
    from kvob_domain.words import Language


class SavedView(NamedTuple):
    """A list with a name. `code` stands in addresses; `box` is what the box says."""

    code: str
    name: str
    box: str


_STANDARD: Final = (
    (
        "expiring",
        Text("Verloopt binnen 9 maanden", "Expires within 9 months"),
        Text("status:geldig vervalt:9m", "status:valid expires:9m"),
    ),
    ("overdue", Text("Te laat", "Overdue"), Text("te-laat", "overdue")),
    (
        "approvals",
        Text("Wacht op akkoord", "Waiting for approval"),
        Text("wacht-op-akkoord", "approvals-waiting"),
    ),
    ("suspended", Text("Geschorst", "Suspended"), Text("status:geschorst", "status:suspended")),
    (
        "renewing",
        Text("In hercertificering", "In recertification"),
        Text("stap:hercertificering", "step:recertification"),
    ),
    (
        "unknown",
        Text("Certificaat onbekend", "Certificate unknown"),
        Text("status:onbekend", "status:unknown"),
    ),
)


def standard_views(language: Language = "nl") -> tuple[SavedView, ...]:
    """The views that come with the board."""
    return tuple(
        SavedView(code, name.of(language), box.of(language)) for code, name, box in _STANDARD
    )
