"""Which words do the help pages and the screens use? Every option and heading, in both languages.

Words of the domain itself (steps, statuses, requirements) stand with their classes. Titles of
commands derived from the domain are each command's `TITLE`.
"""

from typing import Final

from kvob_domain.words import Text
from kvob_workflow.cli.audit_words import AUDIT_WORDS
from kvob_workflow.cli.board_words import BOARD_WORDS
from kvob_workflow.cli.document_words import DOCUMENT_WORDS
from kvob_workflow.cli.figure_words import FIGURE_WORDS
from kvob_workflow.cli.http_words import HTTP_WORDS
from kvob_workflow.cli.key_words import KEY_WORDS
from kvob_workflow.cli.moving_words import MOVING_WORDS
from kvob_workflow.cli.notice_words import NOTICE_WORDS
from kvob_workflow.cli.projection_words import PROJECTION_WORDS
from kvob_workflow.cli.rebuild_words import REBUILD_WORDS
from kvob_workflow.cli.register_words import REGISTER_WORDS
from kvob_workflow.cli.webhook_words import WEBHOOK_WORDS

OPTION_WORDS: Final[dict[str, Text]] = {
    # Every command
    "store": Text(
        "adres van de opslag; standaard sqlite:///kvob.db, in deze map",
        "address of the store; sqlite:///kvob.db in this folder when absent",
    ),
    "json": Text("geef één JSON-document op de uitvoer", "give one JSON document on the output"),
    "lang": Text(
        "taal, nl of en; standaard nl waar LANG Nederlands is, anders en",
        "language, nl or en; nl when absent and LANG is Dutch, else en",
    ),
    "person": Text(
        "wie handelt: een kenmerk, nooit een naam; standaard operator",
        "who acts: an opaque id, never a name; operator when absent",
    ),
    "organisation": Text("voor welke organisatie", "for which organisation"),
    "role": Text("in welke rol; standaard operator", "in which role; operator when absent"),
    "debug": Text("toon bij een gebrek de herkomst", "show where a defect comes from"),
    # Looking
    "estate": Text(
        'terrein: kenmerk, "Naam" of "Naam, Gemeente"', 'estate: id, "Name" or "Name, Municipality"'
    ),
    "on": Text("peildag; standaard vandaag", "the day asked; today when absent"),
    "step": Text("alleen deze stap", "only this step"),
    "municipality": Text("alleen deze gemeente", "only this municipality"),
    "level": Text("alleen dit niveau", "only this level"),
    "status": Text("alleen deze status op de peildag", "only this status on the day asked"),
    "text": Text("zoek in naam en gemeente", "search in name and municipality"),
    "groups": Text("toon ook groepen en andere gebieden", "show groups and other areas as well"),
    "sort": Text(
        'sorteer op dit veld; "-veld" is aflopend', 'sort by this field; "-field" is descending'
    ),
    "limit": Text("hooguit zoveel regels", "this many lines at most"),
    "offset": Text("sla zoveel regels over", "skip this many lines"),
    "measures:overdue": Text("alleen wat over tijd is", "only what is overdue"),
    "within": Text("tot zo ver vooruit: 90d, 12w, 6m of 1y", "this far ahead: 90d, 12w, 6m or 1y"),
    "overdue": Text("ook wat al verstreken is", "what is overdue as well"),
    "kind": Text("alleen deze soort termijn", "only this kind of deadline"),
    "owner": Text("alleen van deze eigenaar", "only of this owner"),
    "progress": Text("alleen met deze voortgang", "only with this progress"),
    # Looking ahead
    "simulate:until": Text("tot en met deze dag (verplicht)", "up to and with this day (required)"),
    "assume": Text(
        "aanname: nobody-acts (standaard) of renewals-take-the-median",
        "assume: nobody-acts (when absent) or renewals-take-the-median",
    ),
    "renewal_days": Text(
        "dagen van verlopen tot besluit over de hercertificering; schrijf =-30 voor ervoor",
        "days from the expiry to the decision of the renewal; write =-30 for before it",
    ),
    "csv": Text(
        "schrijf elke voorziene termijn in dit CSV-bestand; - is de uitvoer",
        "write every deadline foreseen to this CSV file; - is the output",
    ),
    "by": Text(
        "tel per month (standaard), municipality of body",
        "count by month (when absent), municipality or body",
    ),
    "yes": Text("vervang een bestand dat er al is", "replace a file that is there already"),
    "from_month": Text(
        "eerste maand, zoals 2027-01; standaard deze maand",
        "first month, such as 2027-01; this month when absent",
    ),
    "until_month": Text(
        "laatste maand; standaard twaalf maanden in totaal",
        "last month; twelve months in all when absent",
    ),
    "heat-map:kind": Text(
        "deze soort termijn; standaard expiry", "this kind of deadline; expiry when absent"
    ),
    "calendar:estate": Text(
        'alleen dit terrein: kenmerk, "Naam" of "Naam, Gemeente"',
        'only this estate: id, "Name" or "Name, Municipality"',
    ),
    "party": Text(
        "alleen van deze organisatie: begeleider, partij of certificatie-instelling",
        "only of this organisation: guide, party or certification body",
    ),
    "output": Text(
        "schrijf in dit bestand; - is de uitvoer (standaard)",
        "write to this file; - is the output (when absent)",
    ),
    # Doing
    "dry_run": Text("proefdraai: schrijf niets", "trial run: write nothing"),
    "stdin": Text(
        "lees de velden als JSON-object van de invoer (kort: -)",
        "read the fields as a JSON object from the input (short: -)",
    ),
    "command_id": Text(
        "eigen kenmerk: herhalen geeft het eerste resultaat",
        "an id of your own: repeating gives the first result",
    ),
    "file": Text("CSV-bestand of werkmap met feiten", "CSV file or workbook with facts"),
    "import:stdin": Text("lees van de invoer (kort: -)", "read from the input (short: -)"),
    "do:stdin": Text(
        "mag erbij staan; de invoer wordt altijd gelezen", "may be said; it is always read"
    ),
    "edition": Text("schemaversie, zoals kvo-4.0", "scheme edition, such as kvo-4.0"),
    "to": Text("naar deze schemaversie", "to this scheme edition"),
    "reason": Text("reden, voor de geschiedenis", "the reason, for the history"),
    "revert": Text("zet de laatste wijziging terug", "undo the last change"),
    "apply": Text(
        "voer uit; zonder deze optie alleen het verslag",
        "carry out; without this option only the report",
    ),
    "shell": Text("bash, zsh of fish", "bash, zsh or fish"),
    **AUDIT_WORDS,
    **BOARD_WORDS,
    **FIGURE_WORDS,
    **DOCUMENT_WORDS,
    **KEY_WORDS,
    **HTTP_WORDS,
    **MOVING_WORDS,
    **REBUILD_WORDS,
    **NOTICE_WORDS,
    **PROJECTION_WORDS,
    **REGISTER_WORDS,
    **WEBHOOK_WORDS,
    "events schema:event": Text(
        "kenmerk of naam van de gebeurtenis, zoals covenant-signed; zonder: alle",
        "topic or name of the event, such as covenant-signed; all when absent",
    ),
    "events schema:out": Text(
        "schrijf in deze map een bestand per gebeurtenis, en index.json",
        "write one file for each event to this folder, and index.json",
    ),
    "confirm": Text("de klok klopt, ook na 400 dagen", "the clock is right after 400 days"),
    "interval": Text("tussen twee keer kijken: 30s, 5m, 1h", "between two looks: 30s, 5m, 1h"),
}

ABOUT: Final = Text(
    "Het Keurmerk Veilig Ondernemen voor bedrijventerreinen (KVO-B), van startbijeenkomst tot "
    "hercertificering.\n\nBegin met 'kvob demo', of met 'kvob import BESTAND' en 'kvob board'.",
    "The Dutch mark for safe business estates (KVO-B), from first meeting to renewed certificate."
    "\n\nBegin with 'kvob demo', or with 'kvob import FILE' and 'kvob board'.",
)

POSITIONAL_WORDS: Final[dict[str, Text]] = {
    "figures": Text("CIJFER", "FIGURE"),
    "estate": Text("TERREIN", "ESTATE"),
    "which": Text("CERTIFICAAT", "CERTIFICATE"),
    "who": Text("PERSOON", "PERSON"),
    "request": Text("VERZOEK", "REQUEST"),
    "part": Text("TEKST", "TEXT"),
    "name": Text("NAAM", "NAME"),
    "file": Text("BESTAND", "FILE"),
    "field": Text("VELD", "FIELD"),
    "event": Text("GEBEURTENIS", "EVENT"),
    "out": Text("BESTAND", "FILE"),
    "edition": Text("SCHEMAVERSIE", "EDITION"),
    "shell": Text("SHELL", "SHELL"),
    "key": Text("SLEUTEL", "KEY"),
    "label": Text("NAAM", "NAME"),
    "source": Text("VAN", "FROM"),
    "webhook": Text("WEBHOOK", "WEBHOOK"),
    "address": Text("ADRES", "ADDRESS"),
    "target": Text("NAAR", "TO"),
}

HELP_FLAGS: Final = "--help, -h"

SCREEN_WORDS: Final[dict[str, Text]] = {
    # Help pages
    "usage": Text("Gebruik", "Usage"),
    "usage_command": Text("OPDRACHT", "COMMAND"),
    "usage_options": Text("[OPTIES]", "[OPTIONS]"),
    "options_own": Text("Opties", "Options"),
    "options_shared": Text("Opties van elke opdracht", "Options of every command"),
    "help_option": Text("toon deze uitleg", "show this help"),
    "version_option": Text("toon de versie", "show the version"),
    "repeatable": Text("herhaalbaar", "repeatable"),
    "required": Text("verplicht", "required"),
    "metavar_text": Text("TEKST", "TEXT"),
    "metavar_number": Text("GETAL", "NUMBER"),
    "metavar_day": Text("DAG", "DAY"),
    "metavar_part_day": Text("DATUM", "DATE"),
    "metavar_json": Text("JSON", "JSON"),
    "metavar_estate": Text("TERREIN", "ESTATE"),
    "exit_codes": Text("Exitcodes", "Exit codes"),
    "rejected": Text("Geweigerd", "Refused"),
    "forbidden": Text("Geen recht", "No right"),
    "conflict": Text("Een ander was eerder", "Somebody was faster"),
    "not_found": Text("Niet gevonden", "Not found"),
    "unavailable": Text("Werkt nu niet", "Not working now"),
    "invalid": Text("Onjuist", "Not right"),
    "bug": Text("Gebrek in kvob", "Defect in kvob"),
    "also": Text("Bovendien", "Also"),
}

# "--municipality Soest" reads better than the plural of the field.
SINGULARS: Final[dict[str, str]] = {
    "agreements": "agreement",
    "findings": "finding",
    "goals": "goal",
    "measures": "measure",
    "members": "member",
    "municipalities": "municipality",
    "parties": "party",
    "signatories": "signatory",
    "witnesses": "witness",
}
