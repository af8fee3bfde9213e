"""What does a clerk ask in one line? Filters in Dutch and English, told plainly where not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.certificate import Status
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.words import Language
from kvob_projections import board
from kvob_projections.board import BoardQuery
from kvob_workflow.web.query_box import asked, standard_views, text_of
from kvob_workflow.web.query_box.vocabulary import CHOICES, Flag, Key, name_of

TODAY = date(2026, 11, 29)
LANGUAGES: tuple[Language, ...] = ("nl", "en")


def query(box: str) -> BoardQuery:
    """The filters of a box without problems."""
    found = asked(box, TODAY)
    assert found.problems == ()
    return found.query


@pytest.mark.parametrize(
    ("box", "fields"),
    [
        ("", {}),
        ("  \t ", {}),
        ("stap:convenant", {"step": Step.COVENANT}),
        ("STAP:Convenant", {"step": Step.COVENANT}),
        ("step=covenant", {"step": Step.COVENANT}),
        ('stap:"Plan van aanpak"', {"step": Step.ACTION_PLAN}),
        ("stap:plan-van-aanpak", {"step": Step.ACTION_PLAN}),
        ("step:action_plan", {"step": Step.ACTION_PLAN}),
        ("stap:evaluatie", {"step": Step.EVALUATION}),
        ("stap:beeindigd", {"step": Step.ENDED}),
        ("status:geldig", {"status": Status.VALID}),
        ("status:valid", {"status": Status.VALID}),
        ("gemeente:oss", {"municipality": "oss"}),
        ('gemeente:"Bergen op Zoom"', {"municipality": "Bergen op Zoom"}),
        ("gemeente:\u201cBergen op Zoom\u201d", {"municipality": "Bergen op Zoom"}),
        ("gemeente:'s-Hertogenbosch", {"municipality": "'s-Hertogenbosch"}),
        ('niveau:"Basis Samenwerken"', {"level": "Basis Samenwerken"}),
        ("mist:enquete", {"missing": RequirementCode.SURVEY}),
        ("mist:enquête", {"missing": RequirementCode.SURVEY}),
        ("missing:walk_round_dark", {"missing": RequirementCode.WALK_ROUND_DARK}),
        ("mist:donker", {"missing": RequirementCode.WALK_ROUND_DARK}),
        ("te-laat", {"overdue": True}),
        ("overdue:yes", {"overdue": True}),
        ("wacht-op-akkoord", {"approvals": True}),
        ("groepen:ja", {"groups": True}),
        ("with-groups", {"groups": True}),
        ("hoek zuid", {"text": "hoek zuid"}),
        ('"te-laat"', {"text": "te-laat"}),
        ('"a:b" c', {"text": "a:b c"}),
        (":dag", {"text": ":dag"}),
        ('"zij ""zei"" dit"', {"text": 'zij "zei" dit'}),
        ("vervalt<2027-03", {"expires_before": date(2027, 3, 1)}),
        ("vervalt<=2027-03", {"expires_before": date(2027, 4, 1)}),
        ("verloopt>2027", {"expires_from": date(2028, 1, 1)}),
        ("expires>=2027-03-05", {"expires_from": date(2027, 3, 5)}),
        (
            "vervalt:2027-03",
            {"expires_from": date(2027, 3, 1), "expires_before": date(2027, 4, 1)},
        ),
        (
            "vervalt>=2027 vervalt<2028-02",
            {"expires_from": date(2027, 1, 1), "expires_before": date(2028, 2, 1)},
        ),
        ("vervalt:9m", {"expires_from": TODAY, "expires_before": date(2027, 8, 30)}),
        ("expires<1y", {"expires_before": date(2027, 11, 29)}),
        ("vervalt<vandaag", {"expires_before": TODAY}),
        ("termijn<90d", {"due_before": date(2027, 2, 27)}),
        ("termijn:2w", {"due_before": date(2026, 12, 14)}),
        ("due<=2027", {"due_before": date(2028, 1, 1)}),
    ],
)
def test_a_box_is_read_into_filters(box: str, fields: dict[str, Any]) -> None:
    assert query(box) == replace(BoardQuery(), **fields)


def test_all_of_it_together() -> None:
    box = (
        'stap:convenant gemeente:oss te-laat status:geldig niveau:"Basis Samenwerken" '
        "mist:enquete vervalt<2027-03 termijn<90d tekst"
    )
    assert query(box) == BoardQuery(
        step=Step.COVENANT,
        municipality="oss",
        overdue=True,
        status=Status.VALID,
        level="Basis Samenwerken",
        missing=RequirementCode.SURVEY,
        expires_before=date(2027, 3, 1),
        due_before=date(2027, 2, 27),
        text="tekst",
    )


@pytest.mark.parametrize(
    ("box", "word", "position", "instead"),
    [
        ("hoek gemeent:oss", "gemeent:oss", 5, "gemeente:oss"),
        ("stap:convenent", "stap:convenent", 0, "stap:convenant"),
        ("satus:geldig", "satus:geldig", 0, "status:geldig"),
        ("status:geldg", "status:geldg", 0, "status:geldig"),
        ("status:g", "status:g", 0, "status:geen"),
        ("mist:schouw", "mist:schouw", 0, "mist:schouw-daglicht"),
        ("telaat:ja", "telaat:ja", 0, "te-laat"),
        ("te-laat:nee", "te-laat:nee", 0, "te-laat"),
        ("http://x", "http://x", 0, '"http://x"'),
        ("gemeente: oss", "gemeente:", 0, None),
        ('gemeente:" "', 'gemeente:" "', 0, None),
        ("gemeente<oss", "gemeente<oss", 0, "gemeente:oss"),
        ('niveau:"Basis', 'niveau:"Basis', 0, 'niveau:"Basis"'),
        ("vervalt<31-02-2026", "vervalt<31-02-2026", 0, None),
        ("vervalt<28-2-2026", "vervalt<28-2-2026", 0, "vervalt<2026-02-28"),
        ("vervalt<2026-02-31", "vervalt<2026-02-31", 0, None),
        ("vervalt<9999y", "vervalt<9999y", 0, None),
        ("termijn>90d", "termijn>90d", 0, None),
        ("stap:award stap:covenant", "stap:covenant", 11, None),
        ("vervalt:2027 vervalt<2029", "vervalt<2029", 13, None),
    ],
)
def test_a_word_that_cannot_be_read_is_named_with_its_place_and_what_comes_near(
    box: str, word: str, position: int, instead: str | None
) -> None:
    (problem,) = asked(box, TODAY).problems
    assert (problem.word, problem.position, problem.instead) == (word, position, instead)
    assert all(problem.text)


def test_several_problems_are_told_at_once_and_the_rest_counts() -> None:
    found = asked("stap:x status:y gemeente:oss hoek", TODAY)
    assert [problem.word for problem in found.problems] == ["stap:x", "status:y"]
    assert found.query == BoardQuery(municipality="oss", text="hoek")


def test_what_is_suggested_is_in_the_language_of_the_page() -> None:
    (problem,) = asked("stap:convenent", TODAY, "en").problems
    assert problem.instead == "step:covenant"


def test_a_message_lists_what_there_is_to_choose() -> None:
    (problem,) = asked("status:zzz", TODAY).problems
    assert "geldig" in problem.text.nl
    assert "suspended" in problem.text.en


@pytest.mark.parametrize("box", ["x" * 201, "a " * 150 + "b" * 100, "gemeente:" + "x" * 201])
def test_a_text_longer_than_any_name_is_told_before_the_store_refuses_it(box: str) -> None:
    found = asked(box, TODAY)
    assert found.problems
    board.select(replace(found.query, day=TODAY))


def test_a_box_without_end_is_read_up_to_a_bound() -> None:
    found = asked("stap:award " + "x" * 5000, TODAY)
    assert found.query == BoardQuery(step=Step.AWARD)
    assert found.problems[-1].position == 2000


def test_every_filter_can_be_taken_away() -> None:
    found = asked("stap:convenant vervalt<9m fout:x hoek te-laat", TODAY)
    assert [tuple(chip) for chip in found.chips] == [
        ("Stap", "Convenant", "vervalt<9m fout:x hoek te-laat"),
        ("Certificaat vervalt", "voor 29 augustus 2027", "stap:convenant fout:x hoek te-laat"),
        ("Tekst", "hoek", "stap:convenant vervalt<9m fout:x te-laat"),
        ("Te laat", "ja", "stap:convenant vervalt<9m fout:x hoek"),
    ]


@pytest.mark.parametrize(("key", "language"), [*product(CHOICES, LANGUAGES)])
def test_every_choice_is_called_by_one_word_that_means_nothing_else(
    key: Key, language: Language
) -> None:
    for choice in CHOICES[key]:
        for name in (*name_of(choice), choice.value):
            found = asked(f"{key.name_text.of(language)}:{name}", TODAY)
            assert found.problems == ()
            assert choice in (found.query.step, found.query.status, found.query.missing)


def test_every_flag_is_known_in_both_languages() -> None:
    for flag in Flag:
        for name in flag.name_text:
            assert asked(name, TODAY).query != BoardQuery()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_standard_view_can_be_read_and_has_a_name(language: Language) -> None:
    views = standard_views(language)
    assert len({view.code for view in views}) == len(views) == 6
    for view in views:
        found = asked(view.box, TODAY, language)
        assert view.name
        assert found.problems == ()
        assert found.query != BoardQuery()


def test_the_standard_views_ask_the_same_in_both_languages() -> None:
    dutch, english = (
        [asked(view.box, TODAY).query for view in standard_views(language)]
        for language in LANGUAGES
    )
    assert dutch == english


_PARTS = st.sampled_from(
    (
        *(f"{name}{mark}" for key in Key for name in key.name_text for mark in (":", "<", ">=")),
        *(name for flag in Flag for name in flag.name_text),
        *("convenant", "geldig", "2027-03", "9m", '"', "\u201d", '""', " ", "  ", "\n", "\0"),
        *("oss", "é", "=", "ja", "\ud800", "9999y", "0d"),
    )
)
BOXES = st.one_of(st.text(), st.lists(st.one_of(_PARTS, st.text(max_size=4))).map("".join))


@given(box=BOXES, language=st.sampled_from(LANGUAGES))
def test_any_text_can_be_read_and_what_it_asks_can_be_answered(
    box: str, language: Language
) -> None:
    found = asked(box, TODAY, language)
    board.select(replace(found.query, day=TODAY))
    for chip in found.chips:
        asked(chip.without, TODAY, language)
    for problem in found.problems:
        assert box[problem.position :].startswith(problem.word)


@given(box=BOXES, language=st.sampled_from(LANGUAGES))
def test_what_is_written_of_a_question_is_read_as_the_same_question(
    box: str, language: Language
) -> None:
    found = asked(box, TODAY)
    again = asked(text_of(found.query, language), date(2030, 1, 1), language)
    assert again.problems == ()
    assert again.query == found.query
    assert text_of(again.query, language) == text_of(found.query, language)


def test_a_question_is_written_in_the_language_of_the_page() -> None:
    asks = query('mist:enquete te-laat "te-laat" vervalt:2027 stap:convenant')
    assert text_of(asks, "nl") == (
        'stap:convenant mist:enquête vervalt>=2027-01-01 vervalt<2028-01-01 te-laat "te-laat"'
    )
    assert text_of(asks, "en") == (
        'step:covenant missing:survey expires>=2027-01-01 expires<2028-01-01 overdue "te-laat"'
    )
