"""Who acts? The person, for which organisation, in which role, through which entrance."""

from dataclasses import dataclass
from enum import StrEnum

from kvob_domain.ids import PersonId
from kvob_domain.words import Text


class Role(StrEnum):
    """The role in which somebody acts on a certificate.

    Source: ISO/IEC 17065 separates who evaluates from who decides; the scheme's own roles are
    the process guide, the auditor and the decider of the certification body.
    """

    GUIDE = "guide"
    AUDITOR = "auditor"
    DECIDER = "decider"
    MUNICIPALITY = "municipality"
    PARK_MANAGER = "park_manager"
    SCHEME_MANAGER = "scheme_manager"
    IMPORTER = "importer"
    OPERATOR = "operator"
    PUBLIC = "public"
    WITNESS = "witness"
    PRIVACY_OFFICER = "privacy_officer"
    ALARM = "alarm"

    @property
    def words(self) -> Text:
        """What the screens call it."""
        return ROLE_WORDS[self]


ROLE_WORDS: dict[Role, Text] = {
    Role.GUIDE: Text("procesbegeleider", "process guide"),
    Role.AUDITOR: Text("auditor", "auditor"),
    Role.DECIDER: Text("beslisser", "decider"),
    Role.MUNICIPALITY: Text("gemeente", "municipality"),
    Role.PARK_MANAGER: Text("parkmanager", "park manager"),
    Role.SCHEME_MANAGER: Text("schemabeheerder", "scheme manager"),
    Role.IMPORTER: Text("importeur", "importer"),
    Role.OPERATOR: Text("medewerker", "operator"),
    Role.PUBLIC: Text("openbaar register", "public register"),
    Role.WITNESS: Text("getuige", "witness"),
    Role.PRIVACY_OFFICER: Text("privacyfunctionaris", "privacy officer"),
    Role.ALARM: Text("wekker", "alarm clock"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts.

    `person` is an opaque id, never a name or an e-mail address: separation of duties is checked
    on persons. `origin` names the entrance (python, cli, http, web,
    import).
    """

    person: PersonId
    organisation: str | None = None
    role: Role = Role.OPERATOR
    origin: str = "python"

    def __post_init__(self) -> None:
        """Two spellings of one id must not pass for two persons."""
        object.__setattr__(self, "person", PersonId(self.person.strip().lower()))
