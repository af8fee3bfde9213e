"""Which command repairs a concern, or moves it on? One line of `kvob` that works as it stands.

Each is an ordinary command: the rules may refuse it, it is recorded with who gave it, and
`--dry-run` shows what it would do. None claims that something was done which the record does not
know of, but where the advice says so; where others have to choose, it only shows. Of what a source
told, no end is recorded first: the source may merely lack what followed. Nothing here repairs by
itself.
"""

import shlex
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple

from kvob_domain.estate.deadline_kinds import PLANNED, DeadlineKind
from kvob_domain.words import Text
from kvob_projections.concern_kinds import ConcernKind
from kvob_projections.concerns import TOLD, mark_of
from kvob_projections.stuck import ConcernRow

_A_MONTH: Final = timedelta(days=30)
_A_DAY: Final = timedelta(days=1)


class Repair(NamedTuple):
    """The command to paste, in either language, and when to give it or what else to do.

    `warning` is what to know of this entry before anything is recorded.
    """

    command: Text
    advice: Text
    warning: Text | None = None


def repair_of(row: ConcernRow, today: date) -> Repair:
    """The safe command for a concern of an estate."""
    return _REPAIRS.get(row.kind, _settled)(row, today)


def _deadline(row: ConcernRow, today: date) -> Repair:
    kind, _, ordinal = row.detail.partition(":")
    named = f"--kind {kind} --ordinal {ordinal}"
    due_on = today + _A_MONTH
    if row.until is not None and due_on >= row.until:
        due_on = row.until - _A_DAY
    is_held = _DONE_BY.get(DeadlineKind(kind))
    if due_on <= today:  # the certificate ends tomorrow: nothing can be moved any more
        return _waived(row, named)
    move = "replan-deadline" if DeadlineKind(kind) in PLANNED else "extend-deadline"
    line = f"kvob {move} {row.estate_id} {named} --due-on {due_on}"
    advice = Text(
        "Geeft de termijn een maand erbij, hooguit tot het certificaat verloopt.",
        "Gives the deadline another month, at most until the certificate expires.",
    )
    if is_held:
        nl = f" Is het gedaan, geef dan 'kvob {is_held} {row.estate_id}'."
        en = f" Where it was done, give 'kvob {is_held} {row.estate_id}'."
        advice = Text(advice.nl + nl, advice.en + en)
    return Repair(_because(line, "--reason", "Nog niet gedaan", "Not done yet"), advice)


_DONE_BY: Final[Mapping[DeadlineKind, str]] = {
    DeadlineKind.EVALUATION: "evaluate-year",
    DeadlineKind.RENEWAL_START: "evaluate-term",
    DeadlineKind.SUSPENSION_LIMIT: "restore-certificate",
}


def _waived(row: ConcernRow, named: str) -> Repair:
    line = f"kvob waive-deadline {row.estate_id} {named}"
    advice = Text(
        "De termijn kan niet meer schuiven; de ontheffing vraagt een tweede persoon.",
        "The deadline cannot move any more; the waiver takes a second person.",
    )
    return Repair(_because(line, "--reason", "Te laat", "Too late"), advice)


def _measure(row: ConcernRow, today: date) -> Repair:
    del today
    line = f"kvob update-measure {row.estate_id} --measure {row.detail} --progress done"
    advice = Text(
        "Als de maatregel is uitgevoerd; gaat hij niet door, geef dan --progress dropped.",
        "Where the measure was carried out; where it is called off, give --progress dropped.",
    )
    return Repair(Text(line, line), advice)


def _not_renewed(row: ConcernRow, today: date) -> Repair:
    if row.detail.endswith(TOLD):
        return _settled(row, today)
    line = f"kvob end-trajectory {row.estate_id} --reason by_neglect"
    advice = Text(
        f"Als er niet wordt hercertificeerd. Gebeurt dat alsnog, geef dan 'kvob evaluate-term "
        f"{row.estate_id}'; was het een keuze, dan --reason by_choice.",
        f"Where nobody renews. Where somebody does after all, give 'kvob evaluate-term "
        f"{row.estate_id}'; where it was a choice, --reason by_choice.",
    )
    return Repair(
        _because(line, "--note", "Verlopen zonder vervolg", "Expired, no renewal"), advice
    )


def _silent(row: ConcernRow, today: date) -> Repair:
    if row.detail.endswith(TOLD):
        return _settled(row, today)
    line = f"kvob end-trajectory {row.estate_id} --reason other"
    advice = Text(
        f"Als het traject is gestopt. Loopt het nog, leg dan vast wat er gedaan is; 'kvob estate "
        f"{row.estate_id}' toont wat ontbreekt en wie aan zet is.",
        f"Where the trajectory has stopped. Where it goes on, record what was done; 'kvob estate "
        f"{row.estate_id}' shows what is missing and who owes it.",
    )
    return Repair(_because(line, "--note", "Geen voortgang", "No progress"), advice)


def _still_running(row: ConcernRow, today: date) -> Repair:
    del today
    line = f"kvob end-trajectory {row.estate_id} --reason other"
    advice = Text(
        "Na een intrekking begint een nieuw traject: 'kvob start-trajectory' na dit einde.",
        "After a withdrawal a new trajectory begins: 'kvob start-trajectory' after this end.",
    )
    return Repair(_because(line, "--note", "Ingetrokken", "Withdrawn"), advice)


def _approval(row: ConcernRow, today: date) -> Repair:
    """Shown, not decided: to decline what is right harms as much as to approve what is wrong."""
    del today
    line = f"kvob estate {row.estate_id}"
    named = f"{row.estate_id} --proposal {row.detail}"
    advice = Text(
        f"Toont het voorstel. Klopt het, dan keurt een tweede persoon het goed: 'kvob approve-act "
        f"{named} --person KENMERK'. Zo niet: 'kvob decline-act {named} --reason REDEN'; dat "
        "verandert niets, en het mag opnieuw worden voorgesteld.",
        f"Shows the proposal. Where it is right a second person approves it: 'kvob approve-act "
        f"{named} --person ID'. Where not: 'kvob decline-act {named} --reason REASON'; that "
        "changes nothing, and it may be proposed again.",
    )
    return Repair(Text(line, line), advice)


def _settled(row: ConcernRow, today: date) -> Repair:
    """A remark that somebody looked and leaves it as it is; the concern goes from the list."""
    del today
    subject = shlex.quote(mark_of(row.kind, row.detail))
    line = f"kvob record-remark {row.estate_id} --subject {subject}"
    source = "--provenance.source 'kvob stuck'"
    command = _because(line, "--text", "Bekeken en zo gelaten", "Looked at and left as it is")
    command = Text(f"{command.nl} {source}", f"{command.en} {source}")
    told = row.detail.endswith(TOLD)
    return Repair(command, _if_known(row) if told else _ADVICE[row.kind], _WARNINGS.get(row.kind))


def _if_known(row: ConcernRow) -> Text:
    """What to record of a history from a source, by who knows how it went on."""
    reason = "by_neglect" if row.kind is ConcernKind.NOT_RENEWED else "other"
    past, end = f"kvob record-past-fact {row.estate_id}", f"kvob end-trajectory {row.estate_id}"
    return Text(
        "Legt vast dat u het weet en zo laat; er wordt niets van het terrein beweerd. Weet u wat "
        f"erop volgde, leg dat dan vast met '{past} --fact.kind SOORT --fact.on DAG "
        f"--fact.provenance.source BRON'; is het zeker geëindigd: '{end} --reason {reason}'.",
        "Records that you know of it and leave it; nothing is claimed of the estate. Where you "
        f"know what followed, record that with '{past} --fact.kind KIND --fact.on DATE "
        f"--fact.provenance.source SOURCE'; where it has surely ended: '{end} --reason {reason}'.",
    )


# Only for what a source told; elsewhere these two kinds are not settled by a remark.
_WARNINGS: Final[Mapping[ConcernKind, Text]] = {
    ConcernKind.NOT_RENEWED: Text(
        "Volgens een bron; een latere hercertificering kan daarin ontbreken.",
        "By a source; a later renewal may be missing from it.",
    ),
    ConcernKind.SILENT: Text(
        "Volgens een bron; latere stappen kunnen daarin ontbreken.",
        "By a source; later steps may be missing from it.",
    ),
}
_ADVICE: Final[Mapping[ConcernKind, Text]] = {
    ConcernKind.IRREGULARITY: Text(
        "Legt vast dat u het weet en zo laat. Weet u meer, leg dan het feit vast (kvob "
        "record-past-fact) of verbeter de gebeurtenis (kvob correct).",
        "Records that you know of it and leave it. Where you know more, record the fact (kvob "
        "record-past-fact) or correct the event (kvob correct).",
    ),
    ConcernKind.ENDED_BUT_VALID: Text(
        "Legt vast dat het certificaat mag uitlopen. Anders: 'kvob withdraw-certificate' (twee "
        "personen), of opnieuw beginnen met 'kvob start-trajectory'.",
        "Records that the certificate may run out. Otherwise: 'kvob withdraw-certificate' (two "
        "persons), or begin anew with 'kvob start-trajectory'.",
    ),
    ConcernKind.NO_GUIDE: Text(
        "Legt vast dat het zonder begeleider gaat. Een begeleider wordt genoemd bij de start van "
        "een traject.",
        "Records that it goes without a guide. A guide is named when a trajectory starts.",
    ),
    ConcernKind.NO_BODY: Text(
        "Legt vast dat de instelling later komt. Is zij bekend: 'kvob transfer-estate TERREIN "
        "--to-body NAAM'.",
        "Records that the body comes later. Where it is known: 'kvob transfer-estate ESTATE "
        "--to-body NAME'.",
    ),
    ConcernKind.NO_OWNER: Text(
        "Legt vast dat u het weet. Een andere partij die het levert komt erbij met 'kvob "
        "succeed-party', of vraag ontheffing met 'kvob waive-requirement' (twee personen).",
        "Records that you know of it. Another party that gives it comes in with 'kvob "
        "succeed-party', or ask for a waiver with 'kvob waive-requirement' (two persons).",
    ),
    ConcernKind.EMPTY_GROUP: Text(
        "Legt vast dat de terreinen niet bekend zijn. Zijn zij dat wel: 'kvob link-members'.",
        "Records that the estates are not known. Where they are: 'kvob link-members'.",
    ),
    ConcernKind.GROUP_GONE: Text(
        "Legt vast dat de groep hier niet is. Kwam de opslag uit een kopie, herhaal die dan.",
        "Records that the group is not here. Where the store came from a copy, repeat that.",
    ),
}
_REPAIRS: Final[Mapping[ConcernKind, Callable[[ConcernRow, date], Repair]]] = {
    ConcernKind.DEADLINE_OVERDUE: _deadline,
    ConcernKind.MEASURE_OVERDUE: _measure,
    ConcernKind.NOT_RENEWED: _not_renewed,
    ConcernKind.SILENT: _silent,
    ConcernKind.WITHDRAWN_BUT_RUNNING: _still_running,
    ConcernKind.APPROVAL_WAITS: _approval,
}


def _because(line: str, option: str, nl: str, en: str) -> Text:
    return Text(f"{line} {option} '{nl}'", f"{line} {option} '{en}'")
