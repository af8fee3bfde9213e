"""The same fact from two sources is one fact with two sources; from one source, once."""

from kvob_domain.estate.events.past import PastFactRecorded, ProvenanceAdded
from kvob_domain.estate.fact_keys import fact_key
from kvob_domain.estate.irregularities import IrregularityKind
from tests.domain.asking import Given, fact, register

FIRST, SECOND = "https://a.example/", "https://b.example/"
BASIC = "Basis Samenwerken"


def test_the_same_fact_of_the_same_source_gives_nothing_new(given: Given) -> None:
    story = given(register(), fact("award", "2019-10-10", FIRST))
    story.when(fact("award", "2019-10-10", FIRST)).then()


def test_a_second_source_is_added_and_counts_as_the_same_fact(given: Given) -> None:
    story = given(register(), fact("award", "2019-10-10", FIRST))
    again = fact("award", "2019-10-10", SECOND)
    state = story.when(again).then(ProvenanceAdded).state
    assert len(state.certificates) == 1
    assert state.facts[fact_key(again.fact)] == {FIRST, SECOND}
    assert state.irregularities == story.state.irregularities


def test_a_second_source_is_added_once(given: Given) -> None:
    again = fact("award", "2019-10-10", SECOND)
    given(register(), fact("award", "2019-10-10", FIRST), again).when(again).then()


def test_another_date_kind_or_cycle_is_another_fact(given: Given) -> None:
    story = given(register(), fact("award", "2019", FIRST))
    for other in (
        fact("award", "2019-10", FIRST),
        fact("covenant", "2019", FIRST),
        fact("award", "2019", FIRST, cycle=2),
    ):
        story.when(other).then(PastFactRecorded)


def test_sources_that_name_different_levels_are_noted(given: Given) -> None:
    story = given(register(), fact("award", "2019-10-10", FIRST, level=BASIC))
    same = story.given(fact("award", "2019-10-10", SECOND, level=BASIC))
    assert same.state.irregularities == story.state.irregularities
    other = story.given(fact("award", "2019-10-10", SECOND, level="Continu Samenwerken"))
    assert other.state.irregularities[-1].kind is IrregularityKind.SOURCES_DIFFER


def test_a_second_source_recorded_before_the_first_in_time_still_follows_it(given: Given) -> None:
    story = given(
        register(),
        fact("recertification", "2022-10-10", FIRST),
        fact("award", "2019-10-10", FIRST, level=BASIC),
        fact("award", "2019-10-10", SECOND, level="Continu Samenwerken"),
    )
    assert [one.number for one in story.state.certificates] == [1, 2]
    assert story.state.irregularities[-1].kind is not IrregularityKind.AWARD_NOT_ON_RECORD
