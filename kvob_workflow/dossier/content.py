"""What does a dossier tell, before it has a form? Texts in one language, for page and PDF alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final

from kvob_domain.actor import Role
from kvob_domain.estate.corrected import instead_of, latest_corrections
from kvob_domain.estate.order import in_order
from kvob_domain.words import Text
from kvob_workflow.clock import civil_day
from kvob_workflow.dossier.sentences import day, partial, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from kvob_domain.estate.recorded import Recorded
    from kvob_domain.ids import EstateId
    from kvob_domain.words import Language
    from kvob_workflow.dossier.evidence import Document
    from kvob_workflow.engine.overview import CertificateLine, Overview


_NONE: Final = "\N{EN DASH}"
_KINDS: Final = {
    "estate": Text("Bedrijventerrein", "Business estate"),
    "group": Text("Groep terreinen", "Group of estates"),
    "other_area": Text("Ander gebied", "Other area"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One event: its number, what happened, who recorded it and when, whether it still holds."""

    number: str
    told: str
    who: str
    recorded: str
    mark: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it is written, and what happened on it."""

    day: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An evidence document."""

    title: str
    about: str
    where: str
    size: str
    sha256: str
    mark: str


@dataclass(frozen=True, slots=True)
class Content:
    """All that the page and the PDF show."""

    language: Language
    day: date
    name: str
    place: str
    facts: tuple[tuple[str, str], ...]
    standing: tuple[tuple[str, str], ...]
    certificates: tuple[tuple[str, ...], ...]
    days: tuple[Day, ...]
    irregularities: tuple[str, ...]
    exhibits: tuple[Exhibit, ...]
    proof: tuple[str, ...]
    commands: tuple[str, ...] = field(default=())


class Teller:
    """Tells in one language, with names for persons where those are given."""

    def __init__(self, language: Language, names: Callable[[str], str | None] | None) -> None:
        """Without `names` persons are told by their ids."""
        self.language: Language = language
        self._names = names

    def of(self, text: Text) -> str:
        """A text in the language."""
        return text.of(self.language)

    def choose(self, nl: str, en: str) -> str:
        """The wording in the language."""
        return nl if self.language == "nl" else en

    def day(self, on: date | None) -> str:
        """A civil day; a dash where there is none."""
        return _NONE if on is None else self.of(day(on))

    def who(self, recorded: Recorded) -> str:
        """Who recorded an event: the person, in which role, for which organisation."""
        role = self.of(Role(recorded.role).words)
        behind = ", ".join(one for one in (role, recorded.org) if one)
        if recorded.by is None:
            return behind
        name = self._names(recorded.by) if self._names is not None else None
        return f"{name or recorded.by} ({behind})"


def days_of(
    teller: Teller, histories: Sequence[Sequence[Recorded]], groups: Mapping[EstateId, str]
) -> tuple[Day, ...]:
    """What happened, day by day, with what was corrected since."""
    every = [recorded for history in histories for recorded in history]
    corrected = latest_corrections(every)
    days: list[Day] = []
    for _, together in groupby(in_order(every), key=_written):
        events = list(together)
        entries = tuple(_entry(teller, one, corrected, groups) for one in events)
        days.append(Day(teller.of(partial(events[0].event.occurred)), entries))
    return tuple(days)


def _written(recorded: Recorded) -> str:
    return recorded.event.occurred.text


def _entry(
    teller: Teller,
    recorded: Recorded,
    corrected: Mapping[tuple[EstateId, int], Recorded],
    groups: Mapping[EstateId, str],
) -> Entry:
    told = teller.of(sentence(recorded.event))
    if (group := groups.get(recorded.estate)) is not None:
        told = f"{teller.choose(f'Groep {group}', f'Group {group}')}: {told}"
    recorded_on = civil_day(recorded.at)
    same_day = recorded.event.occurred.text == recorded_on.isoformat()
    correction = corrected.get((recorded.estate, recorded.version))
    return Entry(
        number=str(recorded.version),
        told=told,
        who=teller.who(recorded),
        recorded="" if same_day else teller.day(recorded_on),
        mark="" if correction is None else _mark(teller, correction),
    )


def _mark(teller: Teller, correction: Recorded) -> str:
    number = correction.version
    if instead_of(correction) is None:
        return teller.choose(
            f"Geldt niet meer, zie gebeurtenis {number}", f"No longer counts, see event {number}"
        )
    return teller.choose(
        f"Gecorrigeerd, zie gebeurtenis {number}", f"Corrected, see event {number}"
    )


def facts_of(teller: Teller, overview: Overview) -> tuple[tuple[str, str], ...]:
    """Who the estate is."""
    choose = teller.choose
    parties = ", ".join(party.organisation for party in overview.parties)
    found = (
        (choose("Soort", "Kind"), teller.of(_KINDS[overview.kind])),
        (choose("Gemeente", "Municipality"), overview.municipality),
        (choose("Eerder genaamd", "Formerly"), ", ".join(overview.former_names)),
        (choose("Gebied", "Area"), overview.scope or ""),
        (choose("Procesbegeleider", "Process guide"), overview.guide or ""),
        (choose("Certificatie-instelling", "Certification body"), overview.body or ""),
        (choose("Partijen", "Parties"), parties),
        (choose("Schemaversie", "Scheme edition"), overview.edition or ""),
        (choose("Kenmerk", "Id"), overview.estate_id),
    )
    return tuple(pair for pair in found if pair[1])


def standing_of(teller: Teller, overview: Overview) -> tuple[tuple[str, str], ...]:
    """How it stands on the day of the overview."""
    choose = teller.choose
    missing = ", ".join(teller.of(one.code.words) for one in overview.missing)
    found = (
        (choose("Peildag", "Day"), teller.day(overview.on)),
        (choose("Certificaat", "Certificate"), teller.of(overview.status.words)),
        (choose("Stap", "Step"), teller.of(overview.step.words)),
        (
            choose("In deze stap sinds", "In this step since"),
            teller.day(overview.step_since) if overview.step_since else "",
        ),
        (choose("Ontbreekt nog", "Still missing"), missing),
    )
    return tuple(pair for pair in found if pair[1])


def certificates_of(teller: Teller, overview: Overview) -> tuple[tuple[str, ...], ...]:
    """The certificates: number, level, first and last valid day, status."""
    return tuple(_certificate(teller, one) for one in overview.certificates)


def _certificate(teller: Teller, one: CertificateLine) -> tuple[str, ...]:
    about = "±" if one.estimated else ""
    return (
        str(one.number),
        one.level or _NONE,
        teller.day(one.valid_from),
        teller.day(one.last_valid_day) + about,
        teller.of(one.status.words),
    )


def irregularities_of(teller: Teller, overview: Overview) -> tuple[str, ...]:
    """What is odd in the record."""
    event = teller.choose("gebeurtenis", "event")
    return tuple(
        f"{teller.of(one.kind.words)} ({event} {one.version})" for one in overview.irregularities
    )


def exhibits_of(teller: Teller, documents: Sequence[Document]) -> tuple[Exhibit, ...]:
    """The evidence documents."""
    return tuple(_exhibit(teller, one) for one in documents)


def _exhibit(teller: Teller, one: Document) -> Exhibit:
    event = one.event
    about: list[str] = []
    if event.about is not None:
        about.append(f"{teller.choose('gebeurtenis', 'event')} {event.about}")
    if event.requirement is not None:
        about.append(teller.of(event.requirement.words))
    kept = teller.choose("bewaard bij de opslag", "kept with the store")
    withdrawn = teller.choose("Geldt niet meer", "No longer counts")
    return Exhibit(
        title=event.title,
        about="; ".join(about) or _NONE,
        where=event.address or kept,
        size=f"{event.size_bytes} B",
        sha256=event.sha256,
        mark="" if one.stands else withdrawn,
    )
