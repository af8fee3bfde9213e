"""Which words do the options about notices use? A part of `words`, in both languages."""

from typing import Final

from kvob_domain.words import Text

NOTICE_WORDS: Final[dict[str, Text]] = {
    "notices": Text(
        "bestand (TOML) met kanalen en ontvangers van berichten",
        "file (TOML) with channels and recipients of deliveries",
    ),
    "notices:status": Text(
        "alleen deze status: waiting, sent of failed; standaard waiting en failed",
        "only this status: waiting, sent or failed; waiting and failed when absent",
    ),
    "send": Text(
        "verzamel wat nieuw is en verzend wat aan de beurt is",
        "collect what is new and send what is due",
    ),
    "from_start": Text(
        "laat een nieuw kanaal bij de eerste kennisgeving beginnen",
        "let a new channel begin with the first notice",
    ),
    "resend": Text("verzend dit kenmerk opnieuw", "send this id again"),
    "resend_failed": Text("verzend alles opnieuw dat mislukt is", "send all that failed again"),
}
