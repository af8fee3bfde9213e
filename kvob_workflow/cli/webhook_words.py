"""Which words do the options about webhooks use? A part of `words`, in both languages."""

from typing import Final

from kvob_domain.words import Text

_WEBHOOK: Final = Text("kenmerk van de webhook", "id of the webhook")

WEBHOOK_WORDS: Final[dict[str, Text]] = {
    "webhook": _WEBHOOK,
    "address": Text("https-adres van de ontvanger", "https address of the receiver"),
    "webhook add:type": Text(
        "alleen deze gebeurtenis, zoals covenant-signed; standaard alle",
        "only this event, such as covenant-signed; all when absent",
    ),
    "webhook add:estate": Text("alleen van dit terrein", "only of this estate"),
    "webhook add:mode": Text(
        "structured (standaard) of binary", "structured (when absent) or binary"
    ),
    "webhook add:data": Text(
        "poor (standaard): een verwijzing; full: alles wat de gebeurtenis zegt",
        "poor (when absent): a reference; full: all that the event says",
    ),
    "after": Text(
        "na deze positie; 0 is vanaf het begin", "after this position; 0 is from the beginning"
    ),
    "since": Text(
        "wat vanaf dit tijdstip is vastgelegd, zoals 2026-11-23T09:00:00+01:00",
        "what was recorded from this instant on, such as 2026-11-23T09:00:00+01:00",
    ),
    "webhook pause:reason": Text("waarom, voor wie het later ziet", "why, for who sees it later"),
    "stays": Text(
        "hoe lang het oude geheim nog meetekent: 1d, 12h",
        "how long the old secret still signs: 1d, 12h",
    ),
    "position": Text("alleen deze positie", "only this position"),
}
