"""What stands above a field, and which help below it? By command and path, by path, or by name.

A key "command:path" stands where one command means something else by it. A test sees that every
field has a label. The help says what the field wants, where the label does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvob_domain.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS: Final[dict[str, Text]] = {
    "on": Text("Dag waarop het gebeurde", "Day it happened"),
    "register_estate:on": Text("Bestaat sinds", "Exists since"),
    "register_group:on": Text("Bestaat sinds", "Exists since"),
    "register_estate:estate": Text("Eigen kenmerk", "An id of your own"),
    "register_group:estate": Text("Eigen kenmerk", "An id of your own"),
    "register_estate:kind": Text("Wat is het?", "What is it?"),
    "correct:on": Text("Dag van de correctie", "Day of the correction"),
    "approve_act:on": Text("Dag van het akkoord", "Day of the approval"),
    "decline_act:on": Text("Dag van de weigering", "Day of the refusal"),
    "record_survey:on": Text("Dag waarop de enquête sloot", "Day the survey closed"),
    "award_certificate:on": Text("Dag van het besluit", "Day of the decision"),
    "refuse_award:on": Text("Dag van het besluit", "Day of the decision"),
    "present_certificate:on": Text("Dag van de uitreiking", "Day of the ceremony"),
    "give_notice:on": Text("Dag waarop de termijn viel", "Day the deadline fell due"),
    "record_remark:on": Text("Waarover gaat het in de tijd?", "When is it about?"),
    "estate": Text("Terrein", "Estate"),
    "also": Text("Ook voor deze terreinen", "For these estates too"),
    "name": Text("Naam", "Name"),
    "municipalities": Text("Gemeente", "Municipality"),
    "scope": Text("Het gebied in woorden", "The area in words"),
    "members": Text("Terreinen in de groep", "Estates in the group"),
    "reason": Text("Reden", "Reason"),
    "end_trajectory:reason": Text("Waarom eindigt het traject?", "Why does the trajectory end?"),
    "former": Text("Partij die opgevolgd wordt", "Party that is succeeded"),
    "successor": Text("Opvolger", "Successor"),
    "role": Text("Rol", "Role"),
    "succeed_party:role": Text("Rol van de opvolger", "Role of the successor"),
    "to_body": Text("Nieuwe certificatie-instelling", "New certification body"),
    "from_body": Text("Vorige certificatie-instelling", "Former certification body"),
    "parties": Text("Partijen", "Parties"),
    "guide": Text("Procesbegeleider", "Process guide"),
    "body": Text("Certificatie-instelling", "Certification body"),
    "edition": Text("Schemaversie", "Scheme edition"),
    "migrate_edition:edition": Text("Nieuwe schemaversie", "New scheme edition"),
    "from_edition": Text("Vorige schemaversie", "Former edition"),
    "to_edition": Text("Nieuwe schemaversie", "New edition"),
    "signatories": Text("Ondertekenaars", "Signatories"),
    "witnesses": Text("Getuigen", "Witnesses"),
    "organisation": Text("Organisatie", "Organisation"),
    "person": Text("Persoon (kenmerk)", "Person (id)"),
    "function": Text("Functie", "Function"),
    "signatories.name": Text("Naam van de persoon", "Name of the person"),
    "witnesses.name": Text("Naam van de persoon", "Name of the person"),
    "agreements": Text("Afspraken", "Agreements"),
    "subject": Text("Onderwerp", "Subject"),
    "agreements.party": Text("Wie belooft het?", "Who promises it?"),
    "agreements.text": Text("Afspraak", "Agreement"),
    "times_per_year": Text("Keer per jaar", "Times a year"),
    "payer": Text("Wie betaalt?", "Who pays?"),
    "amount_eur": Text("Bedrag in euro", "Amount in euro"),
    "sent": Text("Verstuurde formulieren", "Forms sent"),
    "returned": Text("Teruggekomen formulieren", "Forms returned"),
    "light": Text("Wanneer is er gelopen?", "When was it walked?"),
    "observations": Text("Aantal waarnemingen", "Number of observations"),
    "figures": Text("Incidentcijfers van een jaar", "Incident figures of a year"),
    "year": Text("Jaar", "Year"),
    "burglaries": Text("Inbraken", "Burglaries"),
    "incidents": Text("Incidenten", "Incidents"),
    "damage_eur": Text("Schade in hele euro's", "Damage in whole euro"),
    "safety_feeling": Text("Veiligheidsgevoel, 0 tot 10", "Safety feeling, 0 to 10"),
    "goals": Text("Doelstellingen", "Goals"),
    "goals.text": Text("Doelstelling", "Goal"),
    "target": Text("Meetbaar doel", "Measurable target"),
    "id": Text("Kenmerk", "Id"),
    "measures": Text("Maatregelen", "Measures"),
    "measures.text": Text("Maatregel", "Measure"),
    "owner": Text("Eigenaar", "Owner"),
    "update_measure:owner": Text("Nieuwe eigenaar", "New owner"),
    "owner_role": Text("Rol van de eigenaar", "Role of the owner"),
    "tag": Text("Schoon, heel of veilig", "Clean, intact or safe"),
    "goal": Text("Bij doelstelling", "For goal"),
    "measures.due_on": Text("Klaar op", "Due on"),
    "progress": Text("Voortgang", "Progress"),
    "measure": Text("Maatregel", "Measure"),
    "note": Text("Toelichting", "Note"),
    "auditor": Text("Kenmerk van de auditor", "Id of the auditor"),
    "outcome": Text("Advies van de auditor", "Advice of the auditor"),
    "findings": Text("Tekortkomingen", "Findings"),
    "severity": Text("Ernst", "Severity"),
    "findings.text": Text("Tekortkoming", "Finding"),
    "finding": Text("Tekortkoming", "Finding"),
    "level": Text("Niveau", "Level"),
    "valid_from": Text("Eerste geldige dag", "First valid day"),
    "last_valid_day": Text("Laatste geldige dag", "Last valid day"),
    "by": Text("Door wie", "By whom"),
    "requirement": Text("Vereiste", "Requirement"),
    "waive_requirement:requirement": Text("Waarvan ontheft u?", "What do you waive?"),
    "register_document:requirement": Text("Wat toont het aan?", "What does it show to be met?"),
    "proposal": Text("Voorstel", "Proposal"),
    "text": Text("Tekst", "Text"),
    "kind": Text("Termijn", "Deadline"),
    "ordinal": Text("De hoeveelste", "Which one"),
    "due_on": Text("Nieuwe dag", "New day"),
    "fact": Text("Het feit", "The fact"),
    "fact.kind": Text("Wat gebeurde er?", "What happened?"),
    "fact.on": Text("Wanneer", "When"),
    "fact.outcome": Text("Uitkomst", "Outcome"),
    "fact.parties": Text("Betrokken partijen", "Parties involved"),
    "fact.cycle": Text("De hoeveelste cyclus", "Number of the cycle"),
    "provenance": Text("Waar staat het?", "Where is it written?"),
    "source": Text("Bron", "Source"),
    "basis": Text("Hoe is de datum bekend?", "How is the date known?"),
    "provenance.note": Text("Toelichting bij de bron", "Note on the source"),
    "fact.provenance.note": Text("Toelichting bij de bron", "Note on the source"),
    "version": Text("Gebeurtenis", "Event"),
    "says": Text("Wat er had moeten staan", "What it should have said"),
    "never_happened": Text("Dit is nooit gebeurd", "This never happened"),
    "title": Text("Titel", "Title"),
    "sha256": Text("Vingerafdruk (SHA-256)", "Fingerprint (SHA-256)"),
    "size_bytes": Text("Grootte in bytes", "Size in bytes"),
    "media_type": Text("Soort bestand", "Kind of file"),
    "address": Text("Waar het te vinden is", "Where it can be found"),
    "about": Text("Bewijst gebeurtenis", "Proves event"),
    # Fields of events alone, for a correction
    "group": Text("Groep", "Group"),
    "level_derived": Text("Niveau is door het schema bepaald", "The scheme gave the level"),
    "valid_from_stated": Text(
        "Het besluit noemt de eerste dag", "The decision states the first day"
    ),
    "expires_on": Text(
        "Verloopt op (eerste dag niet meer geldig)", "Expires on (first day not valid)"
    ),
    "expires_on_stated": Text("Het besluit noemt het einde", "The decision states the end"),
    "renewal": Text("Hercertificering", "Renewal"),
    "gap_days": Text("Dagen zonder certificaat ervoor", "Days without certificate before"),
    "proposer": Text("Voorgesteld door", "Proposed by"),
    "keys": Text("Sleutels", "Keys"),
    "anchor_on": Text("Geteld vanaf", "Counted from"),
    "anchor_version": Text("Geteld vanaf gebeurtenis", "Counted from event"),
    "rule": Text("Regel", "Rule"),
    "holder": Text("Volgens", "According to"),
    "estimated": Text("Geschat", "Estimated"),
    "computed_on": Text("Dag die het schema geeft", "Day that the scheme gives"),
    "from_due_on": Text("Vorige dag", "Former day"),
    "term_years": Text("Looptijd in jaren", "Term in years"),
}

_DAY: Final = Text("Bijvoorbeeld 31-12-2026.", "Such as 31-12-2026.")
_WHY: Final = Text(
    "Deze reden blijft voorgoed bij het terrein staan en wordt getoond aan wie het naloopt. Noem "
    "geen namen of nummers van personen.",
    "This reason stays with the estate for good, and is shown to whoever checks. Name no persons.",
)
_WHY_TWO: Final = Text(
    f"Een tweede persoon beslist op grond van deze reden. {_WHY.nl}",
    f"A second person decides on this reason. {_WHY.en}",
)

HELP: Final[dict[str, Text]] = {
    "on": _DAY,
    "due_on": _DAY,
    "valid_from": Text(
        "Alleen als het besluit die noemt; anders rekent het schema.",
        "Only where the decision states it; otherwise the scheme computes it.",
    ),
    "last_valid_day": Text(
        "Alleen als het besluit die noemt; anders rekent het schema.",
        "Only where the decision states it; otherwise the scheme computes it.",
    ),
    "level": Text("Alleen als het besluit het noemt.", "Only where the decision states it."),
    "estate": Text(
        "Alleen als een ander systeem al een kenmerk gaf (32 tekens 0-9 en a-f).",
        "Only where another system gave an id (32 characters 0-9 and a-f).",
    ),
    "also": Text(
        "Terreinen die in dezelfde handeling meedoen. Naam, of naam en gemeente: De Hoek, Baarn.",
        "Estates that take part in the same act. A name, or name and municipality: De Hoek, Baarn.",
    ),
    "members": Text(
        "Naam, of naam en gemeente: De Hoek, Baarn.",
        "A name, or with municipality: De Hoek, Baarn.",
    ),
    "municipalities": Text(
        "Een regel voor elke gemeente waarin het ligt.", "A row for each municipality it lies in."
    ),
    "reason": _WHY,
    "end_trajectory:reason": Text(
        "Een certificaat dat nog geldt, loopt door tot het verloopt.",
        "A certificate that is still valid runs on until it expires.",
    ),
    **dict.fromkeys(
        (
            "waive_requirement:reason",
            "suspend_certificate:reason",
            "withdraw_certificate:reason",
            "waive_deadline:reason",
        ),
        _WHY_TWO,
    ),
    "edition": Text(
        "Leeg: de versie die op die dag geldt.", "Empty: the edition in force that day."
    ),
    "migrate_edition:edition": Text(
        "De lopende cyclus gaat hierna volgens deze versie verder.",
        "The running cycle goes on under this edition.",
    ),
    "person": Text(
        "Uit de personenlijst; nodig zodra u een naam invult.",
        "From the list of persons; needed once you fill in a name.",
    ),
    "signatories.name": Text(
        "Wordt versleuteld bewaard en is later te wissen.",
        "Is kept sealed, and can be erased later.",
    ),
    "auditor": Text(
        "Het kenmerk waaronder de auditor hier bekend is, geen naam.",
        "The id under which the auditor is known here, not a name.",
    ),
    "returned": Text("Hoeveel ondernemers antwoordden.", "How many entrepreneurs answered."),
    "goal": Text("Het kenmerk van een doelstelling hierboven.", "The id of a goal above."),
    "target": Text("Zoals: 10 % minder inbraken.", "Such as: 10 % fewer burglaries."),
    "by": Text("Een functie, zoals burgemeester.", "A function, such as mayor."),
    "fact.on": Text(
        "Een dag (31-12-2019), maand (12-2019) of jaar (2019); leeg als het onbekend is.",
        "A day (31-12-2019), month (12-2019) or year (2019); empty when unknown.",
    ),
    "source": Text("Een adres of een titel.", "An address or a title."),
    "sha256": Text(
        "Wordt ingevuld als u hierboven een bestand kiest.",
        "Is filled in when you choose a file above.",
    ),
    "address": Text(
        "Een webadres of pad; leeg als het bij deze dienst bewaard wordt.",
        "A web address or path; empty where it is kept with this service.",
    ),
    "about": Text(
        "Het nummer in de geschiedenis van het terrein.", "The number in the estate's history."
    ),
    "never_happened": Text(
        "De gebeurtenis blijft zichtbaar, maar telt niet meer mee.",
        "The event stays visible, but no longer counts.",
    ),
    "note": Text(
        "Noem geen namen of nummers van personen.", "Name no persons, and no numbers of theirs."
    ),
}
for _partly in (
    "register_estate:on",
    "register_group:on",
    "record_remark:on",
    "fact.last_valid_day",
):
    HELP[_partly] = HELP["fact.on"]


def label_of(command: str, path: tuple[str, ...]) -> Text:
    """The label of a field of a command or event.

    Raises:
        KeyError: nobody has written one; a test walks every field.
    """
    found = _looked_up(LABELS, command, path)
    if found is None:
        raise KeyError(".".join(path))
    return found


def help_of(command: str, path: tuple[str, ...]) -> Text | None:
    """The help below a field, where there is any."""
    return _looked_up(HELP, command, path)


def label_of_input(name: str) -> Text | None:
    """What a form calls an input, with the number of its row; None where it is none of a form."""
    parts = [part for part in name.split(".") if part]
    path = tuple(part for part in parts if not part.isdecimal())
    found = _looked_up(LABELS, "", path) if path else None
    numbers = [int(part[:6]) + 1 for part in parts if part.isdecimal()]
    if found is None or not numbers:
        return found
    return Text(f"{found.nl}, regel {numbers[-1]}", f"{found.en}, row {numbers[-1]}")


def _looked_up(table: Mapping[str, Text], command: str, path: tuple[str, ...]) -> Text | None:
    names = [name for name in path if name]
    dotted = ".".join(names)
    return table.get(f"{command}:{dotted}") or table.get(dotted) or table.get(names[-1])
