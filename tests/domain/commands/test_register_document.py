"""A document is put on record by its hash; it moves no step."""

from datetime import date, timedelta

import pytest
from pydantic import ValidationError

from kvob_domain.estate.commands.documents import RegisterDocument
from kvob_domain.estate.events.documents import DocumentRegistered
from kvob_domain.estate.requirement_codes import RequirementCode
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.refusals.dates import DateInFuture
from kvob_domain.refusals.documents import DocumentOnRecord, EventUnknown
from tests.domain.asking import ESTATE, TODAY, Given, register, up_to

SPRING = date(2021, 6, 3)


def document(
    sha256: str = "ab" * 32,
    about: int | None = None,
    requirement: RequirementCode | None = None,
    on: date = SPRING,
) -> RegisterDocument:
    """A report of two kilobytes."""
    return RegisterDocument(
        estate=ESTATE,
        on=on,
        title="Verslag",
        sha256=sha256,
        size_bytes=2048,
        media_type="application/pdf",
        address="https://a.example/verslag.pdf",
        about=about,
        requirement=requirement,
    )


@pytest.mark.lets_through(
    "a_document_is_about_an_event", "a_document_is_registered_once_for_a_subject"
)
def test_a_document_is_kept_with_all_that_is_said_of_it_and_moves_no_step(given: Given) -> None:
    story = given(*up_to(Step.ACTION_PLAN))
    asked = document(about=2, requirement=RequirementCode.WALK_ROUND_DARK)
    after = story.when(asked).then(DocumentRegistered)
    kept = after.state.documents[0]
    assert (after.state.step, after.state.moves) == (story.state.step, story.state.moves)
    assert kept.version == story.state.version + 1
    assert (kept.on, kept.title, kept.sha256) == (SPRING, "Verslag", "ab" * 32)
    assert (kept.size_bytes, kept.media_type) == (2048, "application/pdf")
    assert (kept.address, kept.about) == ("https://a.example/verslag.pdf", 2)
    assert kept.requirement is RequirementCode.WALK_ROUND_DARK


@pytest.mark.refuses("a_document_is_about_an_event")
def test_a_document_is_about_an_event_that_is_on_record(given: Given) -> None:
    story = given(register())
    story.when(document(about=1)).then(DocumentRegistered)
    story.when(document(about=2)).then_refused(EventUnknown, about=2, last=1)


@pytest.mark.refuses("a_document_is_registered_once_for_a_subject")
def test_the_same_bytes_are_put_on_record_once_for_the_same_subject(given: Given) -> None:
    story = given(register(), document(), document(about=1))
    story.when(document()).then_refused(DocumentOnRecord, version=2, sha256="ab" * 32)
    story.when(document(about=1)).then_refused(DocumentOnRecord, version=3)
    story.when(document(about=2)).then(DocumentRegistered)
    story.when(document(requirement=RequirementCode.COVENANT)).then(DocumentRegistered)
    story.when(document("cd" * 32)).then(DocumentRegistered)


def test_a_document_of_tomorrow_is_refused(given: Given) -> None:
    asked = document(on=TODAY + timedelta(days=1))
    given(register()).when(asked).then_refused(DateInFuture)


@pytest.mark.parametrize(
    "wrong",
    [
        {"sha256": "AB" * 32},
        {"sha256": "ab" * 31},
        {"size_bytes": 0},
        {"title": ""},
        {"title": "een\nregel"},
        {"address": "a\x1b[2J"},
        {"media_type": "text/html; charset=utf-8"},
        {"about": 0},
    ],
)
def test_what_is_no_hash_size_title_address_or_media_type_is_refused(
    wrong: dict[str, object],
) -> None:
    with pytest.raises(ValidationError):
        RegisterDocument.model_validate(document().model_dump() | wrong)
