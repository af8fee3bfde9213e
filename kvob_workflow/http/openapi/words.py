"""Which sentences stand in the document? What the API is, and what each tag is about."""

from __future__ import annotations

from typing import Final

TITLE: Final = "kvob"
SUMMARY: Final = "The Dutch mark for safe business estates (KVO-B)"
ABOUT: Final = """\
The life of the *Keurmerk Veilig Ondernemen* of business estates, from first meeting to renewed
certificate. An estate (*terrein*) has a trajectory of steps; commands move it on and are refused
when the rules of the scheme say no; every event is kept for ever.

- Names are English; `/glossary` has the Dutch word of each. Fields are in `snake_case`, as in
  Python, files and events; query parameters in `camelCase`.
- A refusal is a problem document (RFC 9457) with a stable `code`; `/problems` explains each.
  `Accept-Language: nl` or `en` chooses the language of its sentences.
- An answer about an estate has an `ETag`. A command takes it as `If-Match`: without it the answer
  is 428, and 412 when the estate has changed since. `Idempotency-Key` makes repeating safe.
  What makes a new estate, or is about none, has no version: there `If-Match` is not looked at.
- A list has `limit` and `offset`, `sort` names fields with commas, `-` in front of one descends.
- Days are civil days in the Netherlands (`date`), instants have a time zone (`date-time`).
- What the major version in the address holds, stays: fields, parameters and codes are added, never
  renamed or removed. What will go is announced a year ahead by `Deprecation` and `Sunset`.
"""

TAGS: Final[dict[str, str]] = {
    "audit-trail": "The audit trail of an estate with the field names of ZGW (audittrail).",
    "certificates": "Certificates (certificaten), and whether one is valid on a day.",
    "checkpoints": "Signed heads of the proof log, for witnesses.",
    "commands": "What can be done with an estate: each command is a sub-resource.",
    "covenant": "The covenant (convenant) of an estate.",
    "cycles": "Cycles of certification: from first meeting to the end of a certificate.",
    "deadlines": "Deadlines (termijnen) and what falls due.",
    "documents": "This API about itself: its document, its page, its problems, its words.",
    "estates": "Business estates (terreinen), and where each of them stands.",
    "events": "What happened, as CloudEvents: notices with little in them, to read or to follow.",
    "evidence": "Documents as evidence (bewijsstukken), and which are missing.",
    "exports": "Everything in open formats, for other systems.",
    "history": "What happened to an estate, when and by whom.",
    "imports": "Histories from elsewhere, many facts at a time.",
    "keys": "Keys for machines.",
    "measures": "Measures (maatregelen) of the action plans, and their progress.",
    "operation": "How the service does: its health in detail, and what lags behind.",
    "persons": "Names of persons, sealed and erasable.",
    "projections": "The read models: how far they have come, and what to do when one is stuck.",
    "proofs": "Proofs that an event is in the log and that the log only grows.",
    "register": "The public register of certified estates.",
    "schemes": "Editions of the scheme (schemaversies): values with sources, rules, commands.",
    "statistics": "Figures about all estates.",
    "steps": "The steps (stappen) of a trajectory.",
    "webhooks": "Subscriptions of other systems to what happens.",
}
