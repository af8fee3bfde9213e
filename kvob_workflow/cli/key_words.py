"""What do the options about keys of machines mean? A part of `words`, in both languages."""

from typing import Final

from kvob_domain.words import Text

KEY_WORDS: Final[dict[str, Text]] = {
    "key add:label": Text(
        "hoe de machine heet; nooit de naam van een persoon",
        "what the machine is called; never a person's name",
    ),
    "key add:for_role": Text("de rol van de machine", "the role of the machine"),
    "key add:for_organisation": Text(
        "de organisatie waarvan zij is; bepaalt bij veel rollen welke terreinen zij ziet",
        "the organisation that it is of; in many roles it tells which estates it sees",
    ),
    "key add:municipality": Text("zij bereikt deze gemeente", "it reaches this municipality"),
    "key add:estate": Text(
        'zij bereikt dit terrein: kenmerk, "Naam" of "Naam, Gemeente"',
        'it reaches this estate: id, "Name" or "Name, Municipality"',
    ),
    "key add:everywhere": Text(
        "een importeur bereikt alle terreinen", "an importer reaches every estate"
    ),
    "key add:scope": Text(
        "alleen dit recht; standaard alle van de rol die een machine kan hebben",
        "only this right; when absent all of the role that a machine can have",
    ),
    "key add:days": Text(
        "zo veel dagen geldig; standaard 365, hooguit 730",
        "valid for this many days; 365 when absent, 730 at most",
    ),
    "key revoke:key": Text("kenmerk van de sleutel", "id of the key"),
    "key rotate:key": Text("kenmerk van de sleutel", "id of the key"),
    "key rotate:overlap_days": Text(
        "zo veel dagen blijft de oude ernaast gelden; standaard 7",
        "for this many days the old one stays valid beside it; 7 when absent",
    ),
}
