"""Which words do the options that follow from a command's fields use? By name of the field.

A key "command:field" stands where one command means something else by it.
"""

from typing import Final

from kvob_domain.words import Text
from kvob_workflow.cli.document_words import DOCUMENT_FIELDS

FIELD_WORDS: Final[dict[str, Text]] = {
    # Fields of the domain's commands, by name; "command:field" where one means something else
    "on": Text("dag waarop het gebeurde; standaard vandaag", "day it happened; today when absent"),
    "register_estate:on": Text("eerste dag, voor zover bekend", "first day, as far as known"),
    "register_group:on": Text("eerste dag, voor zover bekend", "first day, as far as known"),
    "register_estate:kind": Text(
        "wat voor gebied; standaard estate", "what it is; estate when absent"
    ),
    "register_estate:estate": Text("eigen kenmerk; anders nieuw", "an id of your own; else new"),
    "register_group:estate": Text("eigen kenmerk; anders nieuw", "an id of your own; else new"),
    "also": Text("ook dit terrein, in dezelfde handeling", "this estate too, in the same act"),
    "name": Text("naam", "name"),
    "municipalities": Text("gemeente waarin het ligt", "municipality that it lies in"),
    "scope": Text("het gebied in woorden", "the area in words"),
    "members": Text("terrein dat bij de groep hoort", "estate that belongs to the group"),
    "reason": Text("reden", "reason"),
    "end_trajectory:reason": Text("reden van beëindigen", "reason for ending"),
    "former": Text("partij die opgevolgd wordt", "party that is succeeded"),
    "successor": Text("opvolger", "successor"),
    "succeed_party:role": Text("rol van de opvolger", "role of the successor"),
    "to_body": Text("nieuwe certificatie-instelling", "new certification body"),
    "parties": Text("partij: organisatie en rol", "party: organisation and role"),
    "guide": Text("procesbegeleider (organisatie)", "process guide (organisation)"),
    "body": Text("certificatie-instelling", "certification body"),
    "edition": Text(
        "schemaversie; standaard die op die dag geldt",
        "scheme edition; the one in force that day when absent",
    ),
    "migrate_edition:edition": Text("nieuwe schemaversie", "new scheme edition"),
    "signatories": Text("ondertekenaar", "signatory"),
    "witnesses": Text("getuige", "witness"),
    "agreements": Text("afspraak", "agreement"),
    "sent": Text("verstuurde formulieren", "forms sent"),
    "returned": Text("teruggekomen formulieren", "forms returned"),
    "light": Text("bij daglicht of in het donker", "by daylight or in the dark"),
    "observations": Text("aantal waarnemingen", "number of observations"),
    "figures": Text("incidentcijfers van een jaar", "incident figures of a year"),
    "figures.year": Text("het jaar van de cijfers", "the year of the figures"),
    "figures.burglaries": Text("inbraken", "burglaries"),
    "figures.incidents": Text("incidenten", "incidents"),
    "figures.damage_eur": Text("schade in hele euro's", "damage in whole euro"),
    "figures.safety_feeling": Text("veiligheidsgevoel, 0 tot 10", "safety feeling, 0 to 10"),
    "goals": Text("doelstelling", "goal"),
    "measures": Text("maatregel", "measure"),
    "measure": Text("kenmerk van de maatregel", "id of the measure"),
    "progress": Text("voortgang", "progress"),
    "owner": Text("nieuwe eigenaar", "new owner"),
    "note": Text("toelichting", "note"),
    "auditor": Text("kenmerk van de auditor", "id of the auditor"),
    "outcome": Text("advies", "advice"),
    "findings": Text("tekortkoming", "finding"),
    "finding": Text("kenmerk van de tekortkoming", "id of the finding"),
    "level": Text("niveau, als het besluit het noemt", "level, where the decision states it"),
    "valid_from": Text(
        "eerste geldige dag, als het besluit die noemt",
        "first valid day, where the decision states it",
    ),
    "last_valid_day": Text(
        "laatste geldige dag, als het besluit die noemt",
        "last valid day, where the decision states it",
    ),
    "by": Text("door wie (functie, zoals burgemeester)", "by whom (a function, such as mayor)"),
    "requirement": Text("waarvan ontheven wordt", "what is waived"),
    "proposal": Text("kenmerk van het voorstel", "id of the proposal"),
    "subject": Text("onderwerp", "subject"),
    "text": Text("tekst", "text"),
    "correct:on": Text(
        "dag van de correctie; standaard vandaag", "day of the correction; today when absent"
    ),
    "give_notice:on": Text(
        "dag waarop de termijn viel ('kvob due' noemt die); zonder --on moet dat vandaag zijn",
        "day on which the deadline fell due, as 'kvob due' tells; without --on that must be today",
    ),
    "give_notice:kind": Text("soort termijn", "kind of deadline"),
    "extend_deadline:kind": Text("soort termijn", "kind of deadline"),
    "replan_deadline:kind": Text("soort termijn", "kind of deadline"),
    "waive_deadline:kind": Text("soort termijn", "kind of deadline"),
    "ordinal": Text(
        "de hoeveelste van die soort; standaard 1", "which one of that kind; 1 when absent"
    ),
    "due_on": Text("nieuwe dag", "the new day"),
    "record_remark:on": Text("dag van de opmerking", "day of the remark"),
    "fact": Text("het feit", "the fact"),
    "fact.kind": Text("soort feit", "kind of fact"),
    "fact.on": Text("wanneer, voor zover bekend", "when, as far as known"),
    "fact.outcome": Text("uitkomst", "outcome"),
    "fact.level": Text("niveau", "level"),
    "fact.last_valid_day": Text("laatste geldige dag", "last valid day"),
    "fact.parties": Text("betrokken partij", "party involved"),
    "fact.body": Text("certificatie-instelling", "certification body"),
    "fact.cycle": Text("de hoeveelste cyclus", "number of the cycle"),
    "fact.provenance": Text("herkomst", "provenance"),
    "fact.provenance.source": Text("bron", "source"),
    "fact.provenance.basis": Text("genoemd of afgeleid", "stated or derived"),
    "fact.provenance.note": Text("toelichting bij de bron", "note on the source"),
    "provenance": Text("herkomst", "provenance"),
    **DOCUMENT_FIELDS,
    "provenance.source": Text("bron", "source"),
    "provenance.basis": Text("genoemd of afgeleid", "stated or derived"),
    "provenance.note": Text("toelichting bij de bron", "note on the source"),
}
