"""What if a past fact becomes known after commands were given? What was decided has happened."""

from datetime import date

from kvob_domain.estate.commands.identity import RegisterEstate
from kvob_domain.estate.commands.past import RecordPastFact
from kvob_domain.estate.commands.preparation import DeclareIntent, StartTrajectory
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.estate.values import FactKind, PastFact, Provenance
from kvob_domain.ids import EstateId
from kvob_domain.lifecycle.table import FORWARD, TRAJECTORY_TABLE
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.partial_date import PartialDate
from kvob_domain.parties import PartyRole, Signatory
from kvob_domain.scheme.book import SchemeBook
from kvob_domain.testing import given as given_under
from tests.domain.asking import Given, award, fact, up_to

TODAY = date(2026, 11, 23)
ESTATE = EstateId(f"{1:032x}")
ALL_FOUR = tuple(
    Signatory(organisation=role.value, role=role)
    for role in (
        PartyRole.ENTREPRENEURS,
        PartyRole.MUNICIPALITY,
        PartyRole.POLICE,
        PartyRole.FIRE_BRIGADE,
    )
)


def test_an_older_award_that_becomes_known_leaves_the_running_trajectory_where_it_is(
    book: SchemeBook,
) -> None:
    award = PastFact(
        kind=FactKind.AWARD,
        on=PartialDate.parse("2010"),
        provenance=Provenance(source="https://example.org"),
    )
    story = given_under(
        RegisterEstate(name="Noord", municipalities=("Goes",)),
        StartTrajectory(estate=ESTATE, on=date(2026, 1, 5)),
        DeclareIntent(estate=ESTATE, on=date(2026, 2, 2), signatories=ALL_FOUR),
        book=book,
        today=TODAY,
    ).given(RecordPastFact(estate=ESTATE, fact=award))
    assert story.state.step is Step.INVENTORY
    assert [c.valid_from for c in story.state.certificates] == [date(2010, 1, 1)]


def test_every_move_that_leaves_a_step_leads_to_one_place() -> None:
    for (source, move), target in TRAJECTORY_TABLE.items():
        assert source == target or FORWARD[move] == target


def test_evidence_that_a_source_gave_for_one_award_does_not_serve_the_next(given: Given) -> None:
    before = given(*up_to(Step.AWARD)[:3], fact("inventory", "2020-12-01"))
    assert RequirementCode.SURVEY in before.state.dossier.on_record
    awarded = given(*up_to(Step.AWARD), fact("inventory", "2020-12-01"), award(date(2021, 6, 3)))
    assert awarded.state.dossier.on_record == frozenset()
