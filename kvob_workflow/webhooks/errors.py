"""What can go wrong with webhooks, and what must the reader do next?

KvobError
├── Invalid:     AddressForbidden, SubscriptionInvalid, WebhookKeyMissing
├── NotFound:    WebhookUnknown
├── Conflict:    WebhookMovedOn
└── Unavailable: WebhookKeyUnusable
"""

from dataclasses import dataclass
from typing import ClassVar

from kvob_domain.errors import Conflict, Invalid, NotFound, Unavailable
from kvob_domain.words import Text


@dataclass(eq=False)
class AddressForbidden(Invalid):
    """Nothing is sent to this address: it is malformed, or could lead into a network of ours."""

    code: ClassVar[str] = "webhook-address-forbidden"
    nl: ClassVar[str] = "Naar '{address}' wordt niets gestuurd: {reason}. Geef een ander adres."
    en: ClassVar[str] = "Nothing is sent to '{address}': {reason}. Give another address."
    address: str
    reason: Text


@dataclass(eq=False)
class SubscriptionInvalid(Invalid):
    """A field of a webhook has a value that it cannot have."""

    code: ClassVar[str] = "webhook-invalid"
    nl: ClassVar[str] = "De webhook kan zo niet: {field} {reason}. Verbeter dit."
    en: ClassVar[str] = "The webhook cannot be so: {field} {reason}. Correct this."
    field: str
    reason: Text


@dataclass(eq=False)
class WebhookUnknown(NotFound):
    """There is no such webhook, or it is another's."""

    code: ClassVar[str] = "webhook-unknown"
    nl: ClassVar[str] = "Er is geen webhook {webhook}. Bekijk ze met 'kvob webhook list'."
    en: ClassVar[str] = "There is no webhook {webhook}. See them with 'kvob webhook list'."
    webhook: str


@dataclass(eq=False)
class WebhookMovedOn(Conflict):
    """Somebody changed it at the same time, or it delivered meanwhile."""

    code: ClassVar[str] = "webhook-moved-on"
    nl: ClassVar[str] = "Webhook {webhook} is intussen veranderd of verder. Probeer het opnieuw."
    en: ClassVar[str] = "Webhook {webhook} was changed or went on meanwhile. Try again."
    webhook: str


@dataclass(eq=False)
class WebhookKeyMissing(Invalid):
    """The secrets of webhooks are sealed, and no file for the key is named."""

    code: ClassVar[str] = "webhook-key-missing"
    nl: ClassVar[str] = (
        "De geheimen van webhooks worden verzegeld, en er is geen sleutelbestand genoemd. Zet "
        "KVOB_WEBHOOK_KEY, op elke machine hetzelfde bestand."
    )
    en: ClassVar[str] = (
        "The secrets of webhooks are sealed, and no key file is named. Set KVOB_WEBHOOK_KEY, on "
        "each machine the same file."
    )


@dataclass(eq=False)
class WebhookKeyUnusable(Unavailable):
    """The key file cannot be read, or it is not the one that sealed the secrets."""

    code: ClassVar[str] = "webhook-key-unusable"
    nl: ClassVar[str] = (
        "De geheimen van webhooks zijn niet te lezen met {path}: {reason}. Zet het bestand terug "
        "(het staat niet in een reservekopie van de opslag), of geef elke webhook een nieuw geheim."
    )
    en: ClassVar[str] = (
        "The secrets of webhooks cannot be read with {path}: {reason}. Put the file back (it is "
        "not in a backup of the store), or give every webhook a new secret."
    )
    path: str
    reason: Text
