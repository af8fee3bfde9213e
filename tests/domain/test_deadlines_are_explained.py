"""Does every deadline say in a sentence, in Dutch and in English, how its day was computed?"""

import re
from datetime import date

import pytest
from hypothesis import given as holds
from hypothesis import strategies as st

from kvob_domain.estate.deadlines import Deadline, DeadlineKind, ladder
from kvob_domain.estate.deadlines.explained import explained
from kvob_domain.lifecycle.trajectory import Step
from kvob_domain.scheme import SchemeBook
from kvob_domain.words import Text
from tests.domain.asking import (
    Given,
    Under,
    audit,
    fact,
    finding,
    register,
    up_to,
)
from tests.domain.noticing import lived
from tests.domain.stating import sourced, stating

BEGIN, END = date(2021, 6, 3), date(2024, 6, 3)
KIND = DeadlineKind


def say(
    kind: DeadlineKind, rule: str, anchor_on: date, computed_on: date = date(2023, 9, 3)
) -> Text:
    """The sentence of a deadline that nobody moved and that nobody is named for."""
    return explained(kind, rule, anchor_on, computed_on, computed_on, False, "", "")


def of(one: Deadline) -> Text:
    """The sentence of a deadline."""
    return explained(
        one.kind,
        one.rule,
        one.anchor_on,
        one.computed_on,
        one.due_on,
        one.estimated,
        one.reason,
        one.holder,
    )


@pytest.mark.parametrize(
    ("kind", "rule", "anchor_on", "computed_on", "nl", "en"),
    [
        (
            KIND.REMINDER,
            "reminder_months:9",
            END,
            date(2023, 9, 3),
            "9 maanden voor het einde van het certificaat (2024-06-03)",
            "9 months before the end of the certificate (2024-06-03)",
        ),
        (
            KIND.REMINDER,
            "reminder_months:1",
            END,
            date(2024, 5, 3),
            "1 maand voor het einde van het certificaat (2024-06-03)",
            "1 month before the end of the certificate (2024-06-03)",
        ),
        (
            KIND.RENEWAL_START,
            "renewal_start_months:6",
            END,
            date(2023, 12, 3),
            "6 maanden voor het einde van het certificaat (2024-06-03)",
            "6 months before the end of the certificate (2024-06-03)",
        ),
        (
            KIND.EXPIRY,
            "expiry:computed",
            BEGIN,
            END,
            "na de geldigheidsduur die de schemaversie geeft, vanaf 2021-06-03",
            "after the term that the scheme edition gives, from 2021-06-03",
        ),
        (
            KIND.EXPIRY,
            "expiry:stated",
            BEGIN,
            END,
            "na de laatste geldige dag die het besluit of de bron noemt (2024-06-02)",
            "after the last valid day that the decision or the source states (2024-06-02)",
        ),
        (
            KIND.EXPIRY,
            "expiry:expiry_fact",
            END,
            END,
            "na de laatste geldige dag die de bron van het verlopen noemt (2024-06-02)",
            "after the last valid day that the source of the expiry states (2024-06-02)",
        ),
        (
            KIND.EVALUATION,
            "yearly_evaluation",
            BEGIN,
            date(2022, 6, 3),
            "elk jaar na het begin van het certificaat (2021-06-03)",
            "every year after the certificate began (2021-06-03)",
        ),
        (
            KIND.TERM_EVALUATION,
            "yearly_evaluation",
            BEGIN,
            date(2024, 6, 2),
            "op de laatste geldige dag van het certificaat",
            "on the certificate's last valid day",
        ),
        (
            KIND.SUSPENSION_LIMIT,
            "suspension_limit_months:6",
            date(2022, 5, 31),
            date(2022, 11, 30),
            "6 maanden na de schorsing (2022-05-31)",
            "6 months after the suspension (2022-05-31)",
        ),
        (
            KIND.CORRECTIVE_ACTION,
            "corrective_action_months:3",
            date(2021, 5, 11),
            date(2021, 8, 11),
            "3 maanden na het vaststellen van de tekortkomingen (2021-05-11)",
            "3 months after the shortcomings were found (2021-05-11)",
        ),
        (
            KIND.TARGET,
            "target_days:90",
            date(2020, 10, 6),
            date(2021, 1, 4),
            "90 dagen na het begin van de stap (2020-10-06)",
            "90 days after the step began (2020-10-06)",
        ),
        (
            KIND.TARGET,
            "target_days:1",
            date(2020, 10, 6),
            date(2020, 10, 7),
            "1 dag na het begin van de stap (2020-10-06)",
            "1 day after the step began (2020-10-06)",
        ),
        (
            KIND.RETENTION,
            "retention_years:7",
            END,
            date(2031, 6, 3),
            "7 jaar na het einde van het certificaat of traject (2024-06-03)",
            "7 years after the certificate or trajectory ended (2024-06-03)",
        ),
        (
            KIND.RETENTION,
            "retention_years:1",
            END,
            date(2025, 6, 3),
            "1 jaar na het einde van het certificaat of traject (2024-06-03)",
            "1 year after the certificate or trajectory ended (2024-06-03)",
        ),
    ],
)
def test_every_rule_is_told_with_the_day_it_counts_from(
    kind: DeadlineKind, rule: str, anchor_on: date, computed_on: date, nl: str, en: str
) -> None:
    assert say(kind, rule, anchor_on, computed_on) == Text(nl, en)


def test_a_rule_that_nobody_knows_is_shown_as_it_is() -> None:
    for rule in (
        "phase_of_the_moon",
        "reminder_months:soon",
        "reminder_months:",
        "reminder_months",
    ):
        told = say(KIND.REMINDER, rule, END)
        assert told.nl == f"volgens de regel '{rule}', vanaf 2024-06-03"
        assert told.en == f"by the rule '{rule}', from 2024-06-03"


def test_it_says_which_edition_gives_the_rule_or_that_practice_does() -> None:
    told = explained(KIND.EXPIRY, "expiry:computed", BEGIN, END, END, False, "", "kvo-3.1")
    assert told.nl.endswith("vanaf 2021-06-03, volgens schemaversie kvo-3.1")
    assert told.en.endswith("from 2021-06-03, by edition kvo-3.1")
    first = date(2023, 9, 3)
    told = explained(KIND.REMINDER, "reminder_months:9", END, first, first, False, "", "practice")
    assert told.nl.endswith("(2024-06-03), volgens de praktijk")
    assert told.en.endswith("(2024-06-03), as in practice")


def test_a_moved_deadline_says_from_which_day_to_which_and_why() -> None:
    first, moved = date(2023, 9, 3), date(2023, 9, 18)
    told = explained(KIND.REMINDER, "reminder_months:9", END, first, moved, False, "vakantie", "")
    assert told.nl.endswith("(2024-06-03); verzet van 2023-09-03 naar 2023-09-18: vakantie")
    assert told.en.endswith("(2024-06-03); moved from 2023-09-03 to 2023-09-18: vakantie")


def test_a_waived_deadline_gives_the_reason() -> None:
    due = date(2022, 6, 3)
    told = explained(KIND.EVALUATION, "yearly_evaluation", BEGIN, due, due, False, "jong", "")
    assert told.nl.endswith("(2021-06-03); reden: jong")
    assert told.en.endswith("(2021-06-03); reason: jong")


def test_a_reason_may_hold_braces() -> None:
    due = date(2022, 6, 3)
    told = explained(KIND.EVALUATION, "{x}", BEGIN, due, due, False, "{0} {rule", "")
    assert "'{x}'" in told.nl
    assert told.en.endswith("; reason: {0} {rule")


def test_an_estimate_says_which_day_was_used(given: Given) -> None:
    story = given(register(on=""), fact("award", "2024"))
    told = {one.kind: of(one) for one in ladder(story.state, story.book)}
    for kind in (KIND.REMINDER, KIND.RENEWAL_START, KIND.EVALUATION):
        assert told[kind].nl.endswith("deels bekend, de vroegst mogelijke dag is gebruikt")
        assert told[kind].en.endswith("partly known, the earliest possible day was used")
    for kind in (KIND.EXPIRY, KIND.TERM_EVALUATION):
        assert told[kind].nl.endswith("deels bekend, de laatst mogelijke dag is gebruikt")
        assert told[kind].en.endswith("partly known, the latest possible day was used")


def test_every_rule_that_the_code_computes_with_has_words(
    given: Given, book: SchemeBook, under: Under
) -> None:
    scheme = stating(
        book,
        retention_years=sourced(7),
        corrective_action_months=sourced(3),
        target_days=sourced({"award": 30}),
    )
    found = audit(date(2021, 5, 12), finding(1))
    stories = (
        lived(under(scheme), *up_to(Step.AWARD), found),
        lived(under(scheme), *up_to(Step.EVALUATION)),
        given(register(on=""), fact("expiry", "2026-12")),
        given(register(on=""), fact("award", "2024-02-01", last_valid_day="2026-02-01")),
    )
    told = [of(one) for story in stories for one in ladder(story.state, story.book)]
    assert len(told) > 10
    for text in told:
        assert "regel '" not in text.nl
        assert not re.search(r"[{}]", text.nl + text.en)


@holds(
    st.sampled_from(DeadlineKind),
    st.text(max_size=20),
    st.dates(date(1900, 1, 1)),
    st.dates(date(1900, 1, 1)),
    st.booleans(),
    st.text(max_size=5),
)
def test_whatever_a_row_holds_there_is_a_sentence(
    kind: DeadlineKind, rule: str, anchor_on: date, due_on: date, estimated: bool, reason: str
) -> None:
    told = explained(kind, rule, anchor_on, due_on, due_on, estimated, reason, "kvo-3.1")
    assert len(told.nl) > 20
    assert len(told.en) > 20
