"""What can be wrong with the evolution of events, and what has whoever sees it to do?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kvob_domain.words import Text


class Flaw(StrEnum):
    """The kinds of flaw; each fails the build."""

    TOPIC_VANISHED = "topic-vanished"
    FORM_CHANGED = "form-changed"
    VERSION_WITHOUT_STEP = "version-without-step"
    UPCAST_OF_A_CLASS = "upcast-of-a-class"
    CHAIN_GOES_ROUND = "chain-goes-round"
    STEP_SKIPS = "step-skips"
    CHAIN_ENDS_NOWHERE = "chain-ends-nowhere"
    UPCAST_FAILS = "upcast-fails"
    UPCAST_IMPURE = "upcast-impure"
    EXAMPLE_UNREAD = "example-unread"
    READ_OTHERWISE = "read-otherwise"
    REGISTER_ALTERED = "register-altered"
    REGISTER_DISORDERED = "register-disordered"

    @property
    def words(self) -> Text:
        """What it means and what to do; with places for the topic and the particulars."""
        return _WORDS[self]

    @property
    def breaks_the_table(self) -> bool:
        """Whether no codec can be made of such upcasts."""
        return self in {
            Flaw.UPCAST_OF_A_CLASS,
            Flaw.CHAIN_GOES_ROUND,
            Flaw.CHAIN_ENDS_NOWHERE,
        }


@dataclass(frozen=True, slots=True)
class Flawed:
    """One flaw of one topic; `said` are the particulars."""

    flaw: Flaw
    topic: str
    said: str

    @property
    def message(self) -> Text:
        """What is wrong, where, and what to do next."""
        words = self.flaw.words
        return Text(
            words.nl.format(topic=self.topic, said=self.said),
            words.en.format(topic=self.topic, said=self.said),
        )


_AGAIN_NL: Final = "Daarna: kvob events check."
_AGAIN_EN: Final = "Then: kvob events check."

_WORDS: Final[dict[Flaw, Text]] = {
    Flaw.TOPIC_VANISHED: Text(
        "{topic} is uitgebracht en wordt door niets meer gelezen. Zet de klasse terug, of geef de "
        "nieuwe klasse TOPIC '{said}' en zet in kvob_workflow/store/upcasts.py onder UPCASTS: "
        f"'{{topic}}': Upcast('{{said}}', ...). {_AGAIN_NL}",
        "{topic} was released and nothing reads it any more. Put its class back, or give the new "
        "class TOPIC '{said}' and add to UPCASTS in kvob_workflow/store/upcasts.py: "
        f"'{{topic}}': Upcast('{{said}}', ...). {_AGAIN_EN}",
    ),
    Flaw.FORM_CHANGED: Text(
        "{topic} leest niet meer wat is opgeslagen sinds {said}. Maak de wijziging verenigbaar "
        "(een nieuw veld met een standaardwaarde), of verhoog in TOPIC de versie met een, zet een "
        "Upcast van '{topic}' in UPCASTS van kvob_workflow/store/upcasts.py en voeg een regel toe "
        f"aan tests/domain/golden/events-v1.jsonl. {_AGAIN_NL}",
        "{topic} no longer reads what has been stored since {said}. Make the change compatible (a "
        "new field with a default), or raise the version in TOPIC by one, add an Upcast from "
        "'{topic}' to UPCASTS in kvob_workflow/store/upcasts.py and a line to "
        f"tests/domain/golden/events-v1.jsonl. {_AGAIN_EN}",
    ),
    Flaw.VERSION_WITHOUT_STEP: Text(
        "{topic} heeft een versie ervoor, maar er is geen Upcast van '{said}'. Zet hem in UPCASTS "
        f"van kvob_workflow/store/upcasts.py: '{{said}}': Upcast('{{topic}}', ...). {_AGAIN_NL}",
        "{topic} has a version before it, but there is no Upcast from '{said}'. Add it to UPCASTS "
        f"in kvob_workflow/store/upcasts.py: '{{said}}': Upcast('{{topic}}', ...). {_AGAIN_EN}",
    ),
    Flaw.UPCAST_OF_A_CLASS: Text(
        "{topic} is de TOPIC van een klasse en heeft ook een Upcast naar {said}: twee "
        f"betekenissen. Geef de klasse de nieuwe TOPIC, of haal de Upcast weg. {_AGAIN_NL}",
        "{topic} is the TOPIC of a class and has an Upcast to {said} as well: two meanings. Give "
        f"the class the new TOPIC, or take the Upcast away. {_AGAIN_EN}",
    ),
    Flaw.CHAIN_GOES_ROUND: Text(
        f"De upcasts van {{topic}} gaan rond, over {{said}}. Elke stap gaat een versie omhoog. "
        f"{_AGAIN_NL}",
        f"The upcasts of {{topic}} go round, by way of {{said}}. Each step goes one version up. "
        f"{_AGAIN_EN}",
    ),
    Flaw.STEP_SKIPS: Text(
        "De upcast van {topic} gaat naar {said}. Elke stap gaat precies een versie omhoog onder "
        f"dezelfde naam; een gebeurtenis wordt niet hernoemd. {_AGAIN_NL}",
        "The upcast of {topic} goes to {said}. Each step goes exactly one version up under the "
        f"same name; an event is never renamed. {_AGAIN_EN}",
    ),
    Flaw.CHAIN_ENDS_NOWHERE: Text(
        "De upcasts van {topic} eindigen bij {said}, en geen klasse heeft die TOPIC. Geef de "
        f"klasse deze TOPIC, of voeg de ontbrekende stap toe. {_AGAIN_NL}",
        "The upcasts of {topic} end at {said}, and no class has that TOPIC. Give the class this "
        f"TOPIC, or add the missing step. {_AGAIN_EN}",
    ),
    Flaw.UPCAST_FAILS: Text(
        "Wat van {topic} is opgeslagen, wordt door de upcasts onleesbaar: {said}. Verbeter de "
        f"functie in kvob_workflow/store/upcasts.py. {_AGAIN_NL}",
        "What was stored of {topic} cannot be read after its upcasts: {said}. Mend the function in "
        f"kvob_workflow/store/upcasts.py. {_AGAIN_EN}",
    ),
    Flaw.UPCAST_IMPURE: Text(
        "Een upcast van {topic} {said}. Een stap is een zuivere functie: maak een nieuw object. "
        f"{_AGAIN_NL}",
        "An upcast of {topic} {said}. A step is a pure function: make a new object. "
        f"{_AGAIN_EN}",
    ),
    Flaw.EXAMPLE_UNREAD: Text(
        "Wat van {topic} is opgeslagen, wordt niet meer gelezen: {said}. Een controle in de klasse "
        "is strenger geworden zonder dat het schema dat zegt. Maak haar ruimer, of verhoog de "
        f"versie in TOPIC en schrijf een Upcast. {_AGAIN_NL}",
        "What was stored of {topic} is no longer read: {said}. A check in the class has become "
        "stricter without its schema saying so. Widen it, or raise the version in TOPIC and write "
        f"an Upcast. {_AGAIN_EN}",
    ),
    Flaw.READ_OTHERWISE: Text(
        "Wat van {topic} is opgeslagen, wordt nu anders gelezen: {said}. Een uitgebrachte vorm "
        "houdt zijn betekenis; verhoog de versie in TOPIC en schrijf een Upcast. "
        f"{_AGAIN_NL}",
        "What was stored of {topic} is read otherwise now: {said}. A released form keeps its "
        f"meaning; raise the version in TOPIC and write an Upcast. {_AGAIN_EN}",
    ),
    Flaw.REGISTER_ALTERED: Text(
        "De regel van {topic} (versie {said}) in kvob_workflow/events/released.jsonl is gewijzigd. "
        "Zet terug wat is uitgebracht: git checkout kvob_workflow/events/released.jsonl.",
        "The line of {topic} (release {said}) in kvob_workflow/events/released.jsonl was changed. "
        "Put back what was released: git checkout kvob_workflow/events/released.jsonl.",
    ),
    Flaw.REGISTER_DISORDERED: Text(
        "De regel van {topic} (versie {said}) staat niet op zijn plaats in "
        "kvob_workflow/events/released.jsonl: nieuwe regels komen achteraan, een per versie. "
        "Gebruik: python -m tests.evolution.record VERSIE.",
        "The line of {topic} (release {said}) is out of place in "
        "kvob_workflow/events/released.jsonl: new lines come last, one for each release. "
        "Use: python -m tests.evolution.record RELEASE.",
    ),
}
