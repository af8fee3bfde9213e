"""Is a value that differs in some fields the one that pydantic itself would make?"""

from datetime import date

from kvob_domain.estate.values import Measure, Progress
from kvob_domain.parties import PartyRole

PLANNED = Measure(
    id="m1",
    text="Gevelverlichting",
    owner="Ondernemersvereniging",
    owner_role=PartyRole.ENTREPRENEURS,
    due_on=date(2026, 12, 31),
)


def test_a_value_with_other_contents_is_as_its_copy() -> None:
    changes = {"progress": Progress.DONE, "owner": "Parkmanagement"}
    twin, copy = PLANNED.but(changes), PLANNED.model_copy(update=changes)
    assert (twin, hash(twin), twin.model_fields_set) == (copy, hash(copy), copy.model_fields_set)
    assert twin.model_dump_json() == copy.model_dump_json()
    assert twin.model_copy() == twin


def test_the_value_itself_stays_as_it_is() -> None:
    PLANNED.but({"progress": Progress.DONE})
    assert PLANNED.progress is Progress.PLANNED
