"""With which code does `kvob` end? The only place that assigns exit codes."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from kvob_domain.errors import Conflict, Forbidden, Invalid, NotFound, Rejected, Unavailable
from kvob_domain.words import Text

if TYPE_CHECKING:
    from kvob_domain.errors import KvobError


class ExitCode(IntEnum):
    """The codes that scripts may rely on."""

    OK = 0
    BUG = 1
    INVALID = 2
    REJECTED = 3
    NOT_FOUND = 4
    CONFLICT = 5
    UNAVAILABLE = 6
    ROWS_REJECTED = 7
    # What `kvob verify` found.
    CHANGED = 8
    NOT_COVERED = 9
    CANNOT_TELL = 10
    FORBIDDEN = 11
    # What a shell makes of SIGINT and of SIGPIPE.
    INTERRUPTED = 130
    READER_GONE = 141

    @property
    def words(self) -> Text:
        """What it means, for the help page."""
        return EXIT_CODE_WORDS[self]


EXIT_CODE_WORDS: Final[dict[ExitCode, Text]] = {
    ExitCode.OK: Text("gelukt", "done"),
    ExitCode.BUG: Text("onverwachte fout: een gebrek in kvob", "unexpected: a defect in kvob"),
    ExitCode.INVALID: Text(
        "onjuiste invoer: optie, waarde, bestand of JSON",
        "malformed input: option, value, file or JSON",
    ),
    ExitCode.REJECTED: Text(
        "geweigerd door de regels; er is niets geschreven",
        "refused by the rules; nothing was written",
    ),
    ExitCode.NOT_FOUND: Text(
        "terrein of schemaversie niet gevonden", "estate or scheme edition not found"
    ),
    ExitCode.CONFLICT: Text(
        "een ander was eerder; lees opnieuw en herhaal",
        "somebody was faster; read again and repeat",
    ),
    ExitCode.UNAVAILABLE: Text(
        "de opslag werkt niet; er is niets geschreven",
        "the store failed; nothing was written",
    ),
    ExitCode.ROWS_REJECTED: Text(
        "klaar, maar regels, terreinen of berichten bleven over",
        "finished, but rows, estates or messages were left over",
    ),
    ExitCode.CHANGED: Text(
        "de opslag is gewijzigd, buiten kvob om", "the store was changed by other means than kvob"
    ),
    ExitCode.NOT_COVERED: Text(
        "bewezen, maar niet alle gebeurtenissen zijn al getekend",
        "proven, but not every event is signed for yet",
    ),
    ExitCode.CANNOT_TELL: Text(
        "niet te zeggen zonder sleutel en hoofd van buiten",
        "cannot tell without a key and a head from outside",
    ),
    ExitCode.FORBIDDEN: Text(
        "u hebt hier geen recht toe; er is niets geschreven",
        "you have no right to this; nothing was written",
    ),
    ExitCode.INTERRUPTED: Text("afgebroken met Ctrl-C", "interrupted with Ctrl-C"),
    ExitCode.READER_GONE: Text(
        "de lezer van de uitvoer is gestopt", "the reader of the output stopped"
    ),
}

_FAMILIES: Final = (
    (Invalid, ExitCode.INVALID),
    (Rejected, ExitCode.REJECTED),
    (Forbidden, ExitCode.FORBIDDEN),
    (NotFound, ExitCode.NOT_FOUND),
    (Conflict, ExitCode.CONFLICT),
    (Unavailable, ExitCode.UNAVAILABLE),
)


def exit_code_of(error: KvobError) -> ExitCode:
    """The code for an error, by its family."""
    for family, code in _FAMILIES:
        if isinstance(error, family):
            return code
    return ExitCode.BUG
