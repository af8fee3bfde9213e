"""What does an award need? Covenant, audit, closed findings, four measures; editions may differ."""

from datetime import date

import pytest

from kvob_domain.estate.commands.certification import RecordAudit, SignCovenant
from kvob_domain.estate.events.certification import (
    AuditRequested,
    CertificateAwarded,
)
from kvob_domain.estate.values import AuditOutcome
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.parties import PartyRole
from kvob_domain.refusals.evidence import (
    AuditMissing,
    AuditNegative,
    CovenantComesFirst,
    CovenantMissing,
    FindingsOpen,
    TooFewMeasuresDone,
)
from kvob_domain.scheme import Edition, SchemeBook, Sourced, Terms
from kvob_domain.scheme.scheme_terms import CovenantPlace
from tests.domain.asking import (
    PARTIES,
    RENEWAL,
    Given,
    Under,
    audit,
    award,
    close,
    finding,
    finish,
    request_audit,
    sign,
    up_to,
    without,
)


def stating(book: SchemeBook, **terms: Sourced[CovenantPlace]) -> SchemeBook:
    """The scheme, with an edition 3.1 that states these values as well."""
    stated = Terms.model_validate(terms)
    editions = [_stating(edition, stated) for edition in book.editions]
    return SchemeBook(editions, book.policy)


def _stating(edition: Edition, stated: Terms) -> Edition:
    if edition.id != "kvo-3.1":
        return edition
    return edition.model_copy(update={"terms": stated.or_else(edition.terms)})


def place(value: CovenantPlace) -> Sourced[CovenantPlace]:
    """Where an edition puts the covenant."""
    return Sourced[CovenantPlace](value=value, source="document", certainty="stated")


@pytest.mark.lets_through(
    "covenant_is_signed",
    "audit_is_positive",
    "findings_are_closed",
    "enough_measures_are_done",
    "plan_is_adopted",
)
def test_a_complete_dossier_is_awarded(given: Given) -> None:
    given(*up_to(Step.AWARD)).when(award()).then(CertificateAwarded)


@pytest.mark.refuses("covenant_is_signed")
def test_no_award_without_a_covenant(given: Given) -> None:
    story = given(*without(SignCovenant, until=Step.AWARD))
    refusal = story.when(award()).then_refused(CovenantMissing, holder="practice")
    assert len(refusal.missing) == 4


@pytest.mark.refuses("covenant_is_signed")
def test_no_award_while_one_required_party_has_not_signed(given: Given) -> None:
    story = given(*without(SignCovenant, until=Step.AWARD), sign(date(2021, 5, 20), *PARTIES[1:]))
    story.when(award()).then_refused(CovenantMissing, missing=(PartyRole.ENTREPRENEURS,))


@pytest.mark.lets_through("covenant_is_signed")
def test_the_covenant_may_be_signed_after_the_audit(given: Given) -> None:
    story = given(*without(SignCovenant, until=Step.AWARD), sign(date(2021, 6, 3)))
    story.when(award()).then(CertificateAwarded)


@pytest.mark.lets_through("covenant_is_signed")
def test_a_renewal_asks_for_no_covenant_where_nobody_confirms_that_it_should(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION), *RENEWAL)
    assert story.state.dossier.covenant_on is None
    story.when(award(date(2024, 5, 16))).then(CertificateAwarded)


def test_an_edition_may_ask_for_the_covenant_before_the_renewal(
    book: SchemeBook, under: Under
) -> None:
    strict = stating(book, covenant_before_renewal=place("award"))
    happened = (*up_to(Step.EVALUATION), *up_to(Step.RECERTIFICATION)[-5:-1])
    story = under(strict).given(*happened)
    pinned = up_to(Step.RECERTIFICATION)[-1].model_copy(update={"edition": "kvo-3.1"})
    story = story.given(pinned, *RENEWAL)
    story.when(award(date(2024, 5, 16))).then_refused(CovenantMissing, holder="kvo-3.1")
    signed = story.given(sign(date(2024, 5, 16)))
    signed.when(award(date(2024, 5, 16))).then(CertificateAwarded)


def test_an_edition_may_put_the_covenant_before_nothing(book: SchemeBook, under: Under) -> None:
    story = under(stating(book, covenant_before=place("nothing")))
    story = story.given(*without(SignCovenant, until=Step.AWARD))
    story.when(award()).then(CertificateAwarded)


@pytest.mark.refuses("audit_is_positive")
def test_no_award_without_an_audit(given: Given) -> None:
    story = given(*without(RecordAudit, until=Step.AWARD))
    story.when(award()).then_refused(AuditMissing, holder="practice")


@pytest.mark.refuses("audit_is_positive")
def test_no_award_after_a_negative_advice(given: Given) -> None:
    negative = audit(date(2021, 5, 20), outcome=AuditOutcome.NEGATIVE)
    given(*up_to(Step.AWARD), negative).when(award()).then_refused(AuditNegative, holder="practice")


@pytest.mark.lets_through("audit_is_positive")
def test_a_second_audit_may_mend_a_negative_advice(given: Given) -> None:
    negative = audit(date(2021, 5, 20), outcome=AuditOutcome.NEGATIVE)
    again = audit(date(2021, 6, 1))
    given(*up_to(Step.AWARD), negative, again).when(award()).then(CertificateAwarded)


@pytest.mark.refuses("audit_is_positive")
def test_the_audit_of_the_first_cycle_does_not_count_for_the_renewal(given: Given) -> None:
    story = given(*up_to(Step.RECERTIFICATION), RENEWAL[0])
    story.when(award(date(2024, 5, 16))).then_refused(AuditMissing)


@pytest.mark.lets_through("findings_are_closed")
@pytest.mark.refuses("findings_are_closed")
def test_no_award_while_findings_are_open(given: Given) -> None:
    found = audit(date(2021, 5, 12), finding(1), finding(2))
    story = given(*without(RecordAudit, until=Step.AWARD), found, close(1))
    story.when(award()).then_refused(FindingsOpen, open=("f2",))
    story.given(close(2)).when(award()).then(CertificateAwarded)


@pytest.mark.refuses("enough_measures_are_done")
def test_no_first_award_before_four_measures_are_done(given: Given) -> None:
    plan = up_to(Step.COVENANT)[:-4]
    story = given(*plan, *finish(1, 2, 3), sign(), request_audit(), audit())
    story.when(award()).then_refused(
        TooFewMeasuresDone, done=3, minimum=4, short=1, holder="practice"
    )


@pytest.mark.lets_through("covenant_comes_before_the_audit")
def test_the_covenant_may_follow_the_audit_in_practice(given: Given) -> None:
    requested = given(*up_to(Step.COVENANT)).when(request_audit()).then(AuditRequested)
    assert requested.state.step is Step.AWARD


@pytest.mark.lets_through("covenant_comes_before_the_audit")
@pytest.mark.refuses("covenant_comes_before_the_audit")
def test_an_edition_may_put_the_covenant_before_the_audit(book: SchemeBook, under: Under) -> None:
    story = under(stating(book, covenant_before=place("audit"))).given(*up_to(Step.COVENANT))
    story.when(request_audit()).then_refused(CovenantComesFirst, holder="kvo-3.1")
    story.given(sign()).when(request_audit()).then(AuditRequested)
