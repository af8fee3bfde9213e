"""What can be wrong with an alarm clock itself? (families: `kvob_domain.errors`)

KvobError
├── Invalid:     AlarmIntervalInvalid, AlarmStartedOtherwise
└── Unavailable: AlarmClosed, AlarmForked
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from kvob_domain.errors import Invalid, Unavailable
from kvob_domain.words import Language


@dataclass(eq=False)
class AlarmIntervalInvalid(Invalid):
    """The alarm rings at least once a day and at most once a second."""

    code: ClassVar[str] = "alarm-interval-invalid"
    nl: ClassVar[str] = (
        "Een interval van {seconds} seconden kan niet. Kies er een van 1 seconde tot 1 dag."
    )
    en: ClassVar[str] = (
        "An interval of {seconds} seconds is not possible. Choose one from 1 second to 1 day."
    )
    interval: timedelta

    def message(self, language: Language = "en") -> str:
        """The sentence, with the interval in seconds."""
        template = self.nl if language == "nl" else self.en
        return template.format(seconds=f"{self.interval.total_seconds():g}")


@dataclass(eq=False)
class AlarmStartedOtherwise(Invalid):
    """An engine has one alarm clock; a second `start` with other arguments would do nothing."""

    code: ClassVar[str] = "alarm-started-otherwise"
    nl: ClassVar[str] = (
        "De wekker van deze engine loopt al, met andere instellingen. Sluit de engine (close) en "
        "open haar opnieuw, of start haar een keer met de goede instellingen."
    )
    en: ClassVar[str] = (
        "The alarm clock of this engine was started with other settings. Close the engine and "
        "open it again, or start it once, with the right settings."
    )


@dataclass(eq=False)
class AlarmClosed(Unavailable):
    """A closed alarm clock stays closed: what it rang for may be closed as well."""

    code: ClassVar[str] = "alarm-closed"
    nl: ClassVar[str] = (
        "De wekker is gesloten en start niet opnieuw. Open een nieuwe Engine en start die."
    )
    en: ClassVar[str] = (
        "The alarm clock is closed and does not start again. Open a new Engine and start that."
    )


@dataclass(eq=False)
class AlarmForked(Unavailable):
    """Threads do not survive a fork, so an alarm clock belongs to the process that made it."""

    code: ClassVar[str] = "alarm-forked"
    nl: ClassVar[str] = (
        "Deze wekker is gemaakt in proces {pid}, voordat dit proces werd afgesplitst. "
        "Open de Engine in elk proces opnieuw en start die daar."
    )
    en: ClassVar[str] = (
        "This alarm clock was made in process {pid}, before this process was forked. "
        "Open the Engine anew in each process and start that there."
    )
    pid: int
