"""What do facts from sources change? They never fail; what is odd becomes an irregularity."""

from functools import lru_cache
from typing import assert_never

from kvob_domain.estate.events import AnyEvent, PastEvent
from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded, RemarkRecorded
from kvob_domain.estate.evolve.moves import (
    begin_anew,
    begin_renewal,
    close_cycle,
    count_as_estate,
    enter,
)
from kvob_domain.estate.evolve.past_certificates import begin_certificate, state_expiry
from kvob_domain.estate.fact_keys import fact_key, remark_key
from kvob_domain.estate.irregularities import Irregularity, IrregularityKind
from kvob_domain.estate.recorded import Recorded
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.state import Audit, Estate
from kvob_domain.estate.values import AuditOutcome, FactKind, PastFact
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import Party, role_of

_LINE = (
    Step.REGISTERED,
    Step.KICKOFF,
    Step.INVENTORY,
    Step.ACTION_PLAN,
    Step.COVENANT,
    Step.AWARD,
)
# A fact says what was finished; the step is what the estate works on next.
_NEXT: dict[FactKind, Step] = {
    FactKind.KICKOFF: Step.KICKOFF,
    FactKind.INTENT_DECLARATION: Step.INVENTORY,
    FactKind.INVENTORY: Step.ACTION_PLAN,
    FactKind.ACTION_PLAN: Step.COVENANT,
    FactKind.COVENANT: Step.AWARD,
    FactKind.AUDIT: Step.AWARD,
}
_MET: dict[FactKind, frozenset[RequirementCode]] = {
    FactKind.INTENT_DECLARATION: frozenset({RequirementCode.INTENT, RequirementCode.PARTIES}),
    FactKind.INVENTORY: frozenset(
        {
            RequirementCode.SURVEY,
            RequirementCode.WALK_ROUND_DAY,
            RequirementCode.WALK_ROUND_DARK,
            RequirementCode.FIGURES,
            RequirementCode.ANALYSIS,
        }
    ),
    FactKind.ACTION_PLAN: frozenset({RequirementCode.PLAN, RequirementCode.GOALS}),
    FactKind.COVENANT: frozenset({RequirementCode.COVENANT}),
}
_ADVICE = frozenset(AuditOutcome)
_EVIDENCE = frozenset({RequirementCode.ANALYSIS, RequirementCode.PLAN, RequirementCode.COVENANT})


def apply_past(estate: Estate, event: PastEvent, recorded: Recorded) -> None:
    """Take a fact, another source of it, or a remark into the state."""
    remember(estate, event)
    match event:
        case PastFactRecorded():
            _take(estate, event, recorded)
        case ProvenanceAdded():
            _compare(estate, event, recorded)
        case RemarkRecorded():
            pass
        case _:
            assert_never(event)


def note(estate: Estate, kind: IrregularityKind, recorded: Recorded) -> None:
    """Write an irregularity down."""
    estate.irregularities = (*estate.irregularities, Irregularity(kind, recorded.version))
    estate.noted_at = {**estate.noted_at, recorded.version: recorded.at}


def remember(estate: Estate, event: AnyEvent) -> None:
    """Remember that a source said this, so that its repetition is recognised."""
    if isinstance(event, PastFactRecorded | ProvenanceAdded):
        key = fact_key(event.fact)
        source = event.fact.provenance.source
        known = estate.facts.get(key)
        estate.facts = {**estate.facts, key: known | {source} if known else frozenset({source})}
        if known is None:
            estate.first_said = {**estate.first_said, key: event.fact}
    elif isinstance(event, RemarkRecorded):
        estate.remarks = estate.remarks | {remark_key(event)}


def _compare(estate: Estate, event: ProvenanceAdded, recorded: Recorded) -> None:
    first = estate.first_said.get(fact_key(event.fact))
    if first is not None and _contradict(first, event.fact):
        note(estate, IrregularityKind.SOURCES_DIFFER, recorded)


def _contradict(one: PastFact, other: PastFact) -> bool:
    """Whether both say something, and not the same, about level, outcome or last valid day."""
    pairs = (
        (one.level, other.level),
        (one.outcome, other.outcome),
        (one.last_valid_day, other.last_valid_day),
    )
    return any(first and second and first != second for first, second in pairs)


def _take(estate: Estate, event: PastFactRecorded, recorded: Recorded) -> None:
    fact = event.fact
    count_as_estate(estate)
    estate.body = fact.body or estate.body
    if fact.kind is not FactKind.EXPIRY and not estate.is_pinned:
        estate.edition = event.edition or estate.edition
    _join(estate, fact)
    match fact.kind:
        case FactKind.AWARD | FactKind.RECERTIFICATION:
            _award(estate, event, recorded)
        case FactKind.EXPIRY:
            odd = state_expiry(estate, event, recorded)
            if odd is not None:
                note(estate, odd, recorded)
        case FactKind.EVALUATION:
            _evaluate(estate, fact, recorded)
        case _:
            _prepare(estate, fact, recorded)


def _join(estate: Estate, fact: PastFact) -> None:
    if not fact.parties:
        return
    known = {party.organisation for party in estate.parties}
    # Sources repeat and pad their lists of parties; a party's name fits in 200 characters.
    named = dict.fromkeys(name[:200] for name in fact.parties if name)
    fresh = [name for name in named if name not in known]
    if fresh:
        estate.parties = (*estate.parties, *map(_party, fresh))


@lru_cache(maxsize=8192)
def _party(name: str) -> Party:
    """Sources name the same organisations again and again."""
    return Party(organisation=name, role=role_of(name))


def _award(estate: Estate, event: PastFactRecorded, recorded: Recorded) -> None:
    if event.fact.on.earliest is None:
        note(estate, IrregularityKind.DATE_UNKNOWN, recorded)
    elif event.term_years is None and event.fact.last_valid_day is None:
        note(estate, IrregularityKind.TERM_UNKNOWN, recorded)
    if not estate.dossier.on_record & _EVIDENCE:
        note(estate, IrregularityKind.EVIDENCE_NOT_ON_RECORD, recorded)
    if estate.is_pinned and estate.step not in (Step.EVALUATION, Step.ENDED):
        note(estate, IrregularityKind.AWARD_NOT_DECIDED_HERE, recorded)
    for kind in begin_certificate(estate, event, recorded):
        note(estate, kind, recorded)
    close_cycle(estate, event.fact.on.earliest)
    estate.cycle = max(estate.cycle, len(estate.certificates))
    enter(estate, Step.EVALUATION, event.fact.on.earliest, recorded)


def _evaluate(estate: Estate, fact: PastFact, recorded: Recorded) -> None:
    if not estate.certificates:
        note(estate, IrregularityKind.AWARD_NOT_ON_RECORD, recorded)
    if estate.step in _LINE:
        enter(estate, Step.EVALUATION, fact.on.earliest, recorded)
    day = fact.on.latest
    if day is not None:
        estate.dossier.year_evaluations = (*estate.dossier.year_evaluations, day)


def _prepare(estate: Estate, fact: PastFact, recorded: Recorded) -> None:
    """Kickoff to audit: move forward on the line, or show that a renewal is under way."""
    target = _NEXT[fact.kind]
    if estate.step is Step.EVALUATION:
        if fact.kind is not FactKind.COVENANT:
            begin_renewal(estate)
            enter(estate, Step.RECERTIFICATION, fact.on.earliest, recorded)
    elif estate.step is Step.ENDED:
        # What was collected belonged to the trajectory that ended.
        begin_anew(estate)
        enter(estate, target, fact.on.earliest, recorded)
    elif estate.step in _LINE and _LINE.index(estate.step) < _LINE.index(target):
        enter(estate, target, fact.on.earliest, recorded)
    estate.cycle = max(estate.cycle, 1)
    met = _MET.get(fact.kind)
    if met is not None:
        estate.dossier.on_record = estate.dossier.on_record | met
    if fact.kind is FactKind.AUDIT:
        outcome = AuditOutcome(fact.outcome) if fact.outcome in _ADVICE else None
        day = fact.on.latest
        estate.dossier.audit, estate.dossier.audit_on = outcome, day
        edition, body = estate.edition, estate.body
        held = Audit(fact.on.earliest, day, outcome, edition, body, recorded.version)
        estate.audits = (*estate.audits, held)
