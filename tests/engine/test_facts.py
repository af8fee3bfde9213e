"""How are many facts taken in at once?"""

from kvob_workflow import (
    BoardQuery,
    Engine,
    EstateKind,
    FactItem,
    FactKind,
    PartialDate,
    PastFact,
    Provenance,
)


def item(
    name: str, *places: str, on: str = "2019", kind: EstateKind = EstateKind.ESTATE
) -> FactItem:
    """An award of an estate in these municipalities."""
    fact = PastFact(
        kind=FactKind.AWARD,
        on=PartialDate.parse(on),
        provenance=Provenance(source="https://example.org"),
    )
    return FactItem(name, places, kind, fact)


def test_an_estate_is_one_under_each_of_its_municipalities(engine: Engine) -> None:
    items = [item("Noord", "Aalsmeer", "Uithoorn"), item("noord", "Uithoorn")]
    assert [one.kind for one in engine.take_facts(items)] == ["accepted", "duplicate"]
    assert engine.board().total == 1


def test_two_estates_that_a_later_row_names_together_stay_two(engine: Engine) -> None:
    items = [
        item("Noord", "Aalsmeer", on="2099"),
        item("Noord", "Uithoorn"),
        item("Noord", "Aalsmeer", "Uithoorn"),
    ]
    kinds = [one.kind for one in engine.take_facts(items)]
    assert kinds == ["rejected", "accepted", "accepted"]
    assert sorted(row.municipality for row in engine.board().items) == [
        "Aalsmeer/Uithoorn",
        "Uithoorn",
    ]


def test_a_fact_that_lies_ahead_registers_no_estate(engine: Engine) -> None:
    (outcome,) = engine.take_facts([item("Noord", "Goes", on="2099-01-01")])
    assert outcome.kind == "rejected"
    assert outcome.refusal is not None
    assert outcome.refusal.code == "date-in-future"
    assert engine.board(BoardQuery(groups=True)).total == 0


def test_a_group_is_not_taken_for_an_estate_of_the_same_name(engine: Engine) -> None:
    items = [item("Noord", "Goes"), item("Noord", "Goes", on="2020", kind=EstateKind.GROUP)]
    first, second = engine.take_facts(items)
    assert first.kind == "accepted"
    assert second.refusal is not None
    assert second.refusal.code == "known-as-other-kind"
    assert "een terrein" in second.refusal.message("nl")


def test_another_area_is_counted_as_an_estate_from_its_first_fact_on(engine: Engine) -> None:
    engine.take_facts([item("Centrum", "Goes", kind=EstateKind.OTHER_AREA)])
    assert [row.estate for row in engine.board().items] == ["Centrum"]


def test_a_dry_run_answers_the_same_and_writes_nothing(engine: Engine) -> None:
    items = [item("Noord", "Goes"), item("Noord", "Goes")]
    rehearsed = [one.kind for one in engine.take_facts(items, dry_run=True)]
    assert engine.board().total == 0
    assert [one.kind for one in engine.take_facts(items)] == rehearsed
