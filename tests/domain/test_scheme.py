"""Which edition holds, how its values meet the practice policy's, and what a broken file says."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from kvob_domain.errors import Invalid, NotFound
from kvob_domain.parties import PartyRole
from kvob_domain.scheme import SchemeBook, SchemeFileInvalid, Sourced, Terms, UnknownEdition

OLD = """
id = "old"
title = { nl = "Oud", en = "Old" }
in_force_from = { value = "2010-05-01", source = "https://example.org/old", certainty = "stated" }
in_force_until = { value = "2015-01", source = "https://example.org/new", certainty = "stated" }

[terms.validity_years]
value = 2
source = "https://example.org/old"
certainty = "stated"
"""
NEW = """
id = "new"
title = { nl = "Nieuw", en = "New" }
in_force_from = { value = "2015-01", source = "https://example.org/new", certainty = "stated" }

[terms.validity_years]
value = 3
source = "https://example.org/new"
certainty = "inferred"

[terms.survey_response_percent]
value = 25
source = "https://example.org/new"
certainty = "stated"

[[remarks]]
about = "retention_years"
source = "Handbook, annex B"
text = { nl = "Niet te lezen.", en = "Could not be read." }
"""
PRACTICE = """
id = "practice"
title = { nl = "Praktijk", en = "Practice" }

[terms.levels]
value = ["Basis", "Continu"]
source = "https://example.org/levels"
certainty = "observed"

[terms.level_aliases]
value = { "Continue" = "Continu" }
source = "https://example.org/levels"
certainty = "observed"

[terms.survey_response_percent]
value = 30
source = "https://example.org/survey"
certainty = "stated"

[terms.parties]
value = ["police", "fire_brigade"]
source = "https://example.org/parties"
certainty = "stated"
"""

Edit = Callable[[str], str]


def book() -> SchemeBook:
    """Two editions and a policy; the newer file comes first on purpose."""
    return SchemeBook.parse([NEW, OLD], PRACTICE)


def swap(old: str, new: str) -> Edit:
    """An edit of a file's text that fails when the text to replace is not there."""

    def edit(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return edit


def set_term(name: str, value: str) -> Edit:
    """An edit that sets one more value of the scheme, written in TOML."""
    lines = f'\n[terms.{name}]\nvalue = {value}\nsource = "page"\ncertainty = "stated"\n'
    return lambda text: text + lines


def test_editions_stand_in_the_order_in_which_they_came_into_force() -> None:
    assert [edition.id for edition in book().editions] == ["old", "new"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2010, 4, 30), None),
        (date(2010, 5, 1), "old"),
        (date(2014, 12, 31), "old"),
        (date(2015, 1, 1), "new"),
        (date(2999, 1, 1), "new"),
    ],
)
def test_an_edition_is_in_force_from_its_first_day_until_its_successors(
    day: date, expected: str | None
) -> None:
    found = book().in_force_on(day)
    assert (found.id if found else None) == expected


def test_without_a_stated_end_the_newer_edition_holds() -> None:
    endless = "\n".join(line for line in OLD.splitlines() if "in_force_until" not in line)
    found = SchemeBook.parse([endless, NEW], PRACTICE).in_force_on(date(2020, 1, 1))
    assert found is not None
    assert found.id == "new"


def test_after_a_stated_end_without_successor_no_edition_holds() -> None:
    assert SchemeBook.parse([OLD], PRACTICE).in_force_on(date(2015, 1, 1)) is None


def test_the_edition_s_own_value_wins_over_the_policy_s() -> None:
    response = book().terms("new").survey_response_percent
    assert response is not None
    assert (response.value, response.holder) == (Decimal(25), "new")


def test_the_policy_s_value_holds_where_the_edition_has_none_and_names_the_policy() -> None:
    terms = book().terms("old")
    assert terms.survey_response_percent is not None
    assert (terms.survey_response_percent.value, terms.survey_response_percent.holder) == (
        Decimal(30),
        "practice",
    )
    assert terms.parties is not None
    assert terms.parties.value == (PartyRole.POLICE, PartyRole.FIRE_BRIGADE)
    assert terms.validity_years is not None
    assert (terms.validity_years.value, terms.validity_years.holder) == (2, "old")


def test_what_nobody_confirms_stays_unknown() -> None:
    terms = book().terms("new")
    assert terms.measures_done is None
    assert terms.retention_years is None
    assert terms.stars is None
    assert terms.star_ladder() == ()


def test_merging_leaves_the_edition_as_it_was_and_is_done_once() -> None:
    one = book()
    assert one.edition("old").terms.survey_response_percent is None
    assert one.terms("old") is one.terms("old")


def test_known_lists_every_value_that_is_set() -> None:
    assert [name for name, _ in book().terms("old").known()] == [
        "validity_years",
        "levels",
        "level_aliases",
        "parties",
        "survey_response_percent",
    ]


def test_an_unknown_edition_is_named_with_the_ones_that_there_are() -> None:
    for ask in (book().edition, book().terms):
        with pytest.raises(UnknownEdition) as refused:
            ask("kvo-9")
        assert isinstance(refused.value, NotFound)
        assert "'kvo-9'" in refused.value.message("nl")
        assert "old, new" in refused.value.message("en")


def test_a_value_can_be_written_in_code_for_a_test_or_a_host() -> None:
    terms = Terms(validity_years=Sourced(value=3, source="Handbook", certainty="stated"))
    assert terms.validity_years is not None
    assert terms.validity_years.value == 3


YEARS = "terms.validity_years"
SOURCE = 'source = "https://example.org/new"\n'


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        (swap('title = { nl = "Nieuw", en = "New" }', ""), "title"),
        (swap(', en = "New"', ""), "title.en"),
        (swap('value = "2015-01"', 'value = "januari 2015"'), "in_force_from.value"),
        (swap('value = "2015-01"', 'value = ""'), "in_force_from.value"),
        (swap("value = 3", "value = 0"), f"{YEARS}.value"),
        (swap("value = 3", 'value = "3"'), f"{YEARS}.value"),
        (swap("value = 3", "value = true"), f"{YEARS}.value"),
        (swap("value = 25", "value = 101"), "terms.survey_response_percent.value"),
        (swap('certainty = "inferred"', 'certainty = "rumoured"'), f"{YEARS}.certainty"),
        (swap(SOURCE, ""), f"{YEARS}.source"),
        (swap(SOURCE, 'source = "  "\n'), f"{YEARS}.source"),
        (swap("[terms.validity_years]", "[terms.validity_jears]"), "terms.validity_jears"),
        (swap('about = "retention_years"', 'about = "retention"'), "remarks.0.about"),
        (set_term("reminder_months", "[3, 6]"), "terms.reminder_months.value"),
        (set_term("levels", '["A", "A"]'), "terms.levels.value"),
        (set_term("goals_required", '"yes"'), "terms.goals_required.value"),
        (set_term("walk_rounds", '["dusk"]'), "terms.walk_rounds.value.0"),
    ],
)
def test_a_broken_file_names_itself_and_the_field_in_both_languages(edit: Edit, field: str) -> None:
    SchemeBook.parse([OLD, NEW], PRACTICE)
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([OLD, edit(NEW)], PRACTICE)
    assert (refused.value.file, refused.value.field) == ("new", field)
    assert isinstance(refused.value, Invalid)
    for language in ("nl", "en"):
        message = refused.value.message(language)
        assert "'new'" in message
        assert f"'{field}'" in message
    assert refused.value.problem_nl != refused.value.problem_en


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([swap('"2015-01"', '"2010-05-01"')(OLD)], PRACTICE)
    assert (refused.value.file, refused.value.field) == ("old", "in_force_until")


def test_a_broken_policy_names_itself() -> None:
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([OLD], swap('"police"', '"sheriff"')(PRACTICE))
    assert (refused.value.file, refused.value.field) == ("practice", "terms.parties.value.0")
    assert "'sheriff'" in refused.value.message("nl")


def test_a_text_that_is_no_toml_names_itself_and_the_line() -> None:
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([swap("value = 3", "value = three")(NEW)], PRACTICE)
    assert refused.value.file == "new"
    assert "line 7" in refused.value.message("en")


def test_a_file_without_an_id_is_refused() -> None:
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([swap('id = "new"', "")(NEW)], PRACTICE)
    assert refused.value.field == "id"


def test_two_files_with_one_id_are_refused() -> None:
    for texts in ([OLD, OLD], [swap('id = "old"', 'id = "practice"')(OLD)]):
        with pytest.raises(SchemeFileInvalid) as refused:
            SchemeBook.parse(texts, PRACTICE)
        assert refused.value.field == "id"


def test_two_editions_that_start_on_one_day_are_refused() -> None:
    same_day = swap('value = "2015-01"', 'value = "2010-05-01"')(NEW)
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([OLD, same_day], PRACTICE)
    assert refused.value.field == "in_force_from.value"


def test_an_alias_that_is_itself_a_level_is_refused() -> None:
    aliases = swap('{ "Continue" = "Continu" }', '{ "Basis" = "Continu" }')
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([OLD], aliases(PRACTICE))
    assert (refused.value.file, refused.value.field) == ("practice", "terms.level_aliases")


def test_an_alias_of_a_level_that_the_edition_s_ladder_lacks_is_refused() -> None:
    with pytest.raises(SchemeFileInvalid) as refused:
        SchemeBook.parse([set_term("levels", '["Zilver"]')(OLD)], PRACTICE)
    assert refused.value.file == "practice"
    assert refused.value.field == "terms.level_aliases.value.Continue"
