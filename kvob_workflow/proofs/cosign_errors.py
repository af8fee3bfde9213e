"""Why is the signature of a witness not kept?

KvobError (kvob_domain.errors)
├── Invalid
│   └── WitnessUnknown     nobody signed it whose key is trusted here, or one of those wrongly
├── Rejected
│   └── CosignatureOlder   the witness has signed a longer head before
└── NotFound
    └── LogKeyNotHere      this service has not the key of the log
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Invalid, NotFound, Rejected


@dataclass(eq=False)
class WitnessUnknown(Invalid):
    """A head without a right signature of a witness that is trusted here. `signers` are told."""

    code: ClassVar[str] = "witness-unknown"
    nl: ClassVar[str] = (
        "Geen van de getuigen die hier vertrouwd worden, heeft dit hoofd goed getekend; eronder "
        "staat: {signers}. Geef uw openbare sleutel aan wie de dienst beheert, of stuur het hoofd "
        "zoals 'kvob witness' het gaf."
    )
    en: ClassVar[str] = (
        "None of the witnesses that are trusted here has signed this head rightly; under it "
        "stands: {signers}. Give your public key to who keeps the service, or send the head as "
        "'kvob witness' gave it."
    )
    signers: tuple[str, ...]


@dataclass(eq=False)
class CosignatureOlder(Rejected):
    """A witness goes forward alone."""

    code: ClassVar[str] = "cosignature-older"
    nl: ClassVar[str] = (
        "Getuige {witness} heeft al een hoofd van {newest} regels getekend; dit telt er {size}. "
        "Haal het nieuwste hoofd op en teken dat."
    )
    en: ClassVar[str] = (
        "Witness {witness} has signed a head of {newest} entries before; this one has {size}. "
        "Fetch the newest head and sign that."
    )
    witness: str
    size: int
    newest: int


@dataclass(eq=False)
class LogKeyNotHere(NotFound):
    """The log is kept, if at all, by another process or node."""

    code: ClassVar[str] = "log-key-not-here"
    nl: ClassVar[str] = (
        "Deze dienst heeft de sleutel van het bewijslogboek niet. Vraag wie haar beheert om de "
        "openbare sleutel, of om KVOB_LOG_KEY in te stellen."
    )
    en: ClassVar[str] = (
        "This service does not have the key of the proof log. Ask who keeps it for the public "
        "key, or to set KVOB_LOG_KEY."
    )
