"""Which words do the commands about statistics and stuck work use? Their options."""

from typing import Final

from kvob_domain.words import Text

FIGURE_WORDS: Final[dict[str, Text]] = {
    "figures": Text(
        "cijfers, zoals first-cycle; standaard alle", "figures, such as first-cycle; all if absent"
    ),
    "statistics:since": Text(
        "eerste dag van de periode; standaard zonder begin",
        "first day of the period; without a beginning when absent",
    ),
    "statistics:until": Text(
        "laatste dag van de periode; standaard de peildag",
        "last day of the period; the day asked when absent",
    ),
    "ahead": Text(
        "laatste dag van het komende werk; standaard een jaar vooruit",
        "last day of the work to come; a year ahead when absent",
    ),
    "body": Text("alleen deze certificatie-instelling", "only this certification body"),
    "statistics:edition": Text("alleen onder deze schemaversie", "only under this scheme edition"),
    "silent_days": Text(
        "na zo veel dagen zonder handeling is het stil; standaard 180",
        "silent after so many days without an act; 180 when absent",
    ),
    "family": Text(
        "alleen deze groep: te laat, stil, tegenstrijdig, verweesd, of de werking",
        "only this family: overdue, silent, contradictory, orphaned, or the operation",
    ),
    "stuck:kind": Text(
        "alleen deze ene soort, binnen zijn groep", "only this one kind, within its family"
    ),
    "today:section": Text("alleen deze onderdelen", "only these sections"),
    "today:owed_by": Text("alleen wat deze rol moet doen", "only what this role owes"),
    "today:months": Text(
        "certificaten die binnen zoveel maanden eindigen; standaard de eerste herinnering",
        "certificates that end within so many months; the first reminder when absent",
    ),
    "today:limit": Text(
        "hooguit zoveel per onderdeel; standaard 10", "this many of each section; 10 when absent"
    ),
    "stuck:limit": Text("hooguit zoveel; standaard 50", "this many at most; 50 when absent"),
    "statistics:explain": Text(
        "zeg wat elk cijfer telt, zonder te tellen", "say what each figure counts, counting nothing"
    ),
    "statistics:csv": Text(
        "schrijf elke regel in dit CSV-bestand; - is de uitvoer",
        "write every line to this CSV file; - is the output",
    ),
}
