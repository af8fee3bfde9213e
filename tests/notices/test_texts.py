"""What do people read? The whole message in both languages, and what stays out of it."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, timedelta

import pytest

from kvob_domain.estate.deadline_kinds import DeadlineKind
from kvob_workflow.notices import LogNotifier
from kvob_workflow.notices.digest import one_line
from tests.notices.samples import AT, LAGEWEG, ZILVERHOEK, digest, notice

REMINDER = notice(
    id=f"{LAGEWEG}:5",
    estate=LAGEWEG,
    name="Lageweg",
    municipalities=("Aalsmeer", "Uithoorn"),
    kind=DeadlineKind.REMINDER,
    due_on=date(2026, 3, 1),
    expires_on=date(2026, 12, 1),
    rule="reminder_months:9",
    anchor_on=date(2026, 12, 1),
)
EXPIRY = notice(estimated=True)
EVALUATION = notice(
    id=f"{ZILVERHOEK}:2",
    kind=DeadlineKind.EVALUATION,
    due_on=date(2026, 2, 3),
    computed_on=date(2026, 1, 5),
    reason="Politie nog niet zover",
    expires_on=date(2026, 12, 1),
    rule="yearly_evaluation",
    anchor_on=date(2025, 1, 5),
)
DUTCH = f"""\
Aan Gemeente Voorbeeldstad

Hieronder staat per terrein wat er aan de orde is en wat u kunt doen.

AALSMEER/UITHOORN

Lageweg
* Sinds 1 maart 2026: tijd voor de hercertificering. De laatste geldige dag van het certificaat \
is 30 november 2026.
  Wat nu: bekijk met kvob estate "Lageweg, Aalsmeer" wat er nog nodig is.
  Regel: 9 maanden voor het einde van het certificaat (2026-12-01), volgens schemaversie kvo-4.0

VOORBEELDSTAD

De Zilverhoek
* Sinds 3 februari 2026: de jaarevaluatie is aan de beurt en nog niet vastgelegd.
  Wat nu: evalueer met de werkgroep en leg dat vast met kvob evaluate-year "De Zilverhoek, \
Voorbeeldstad".
  Regel: elk jaar na het begin van het certificaat (2025-01-05), volgens schemaversie kvo-4.0; \
verzet van 2026-01-05 naar 2026-02-03: Politie nog niet zover
* Sinds 1 maart 2026: het certificaat is niet meer geldig. De laatste geldige dag was \
28 februari 2026.
  Wat nu: voer het keurmerk niet meer. Bekijk met kvob estate "De Zilverhoek, Voorbeeldstad" wat \
er kan; is er elders al verlengd, leg dat dan vast met kvob record-past-fact.
  Regel: na de geldigheidsduur die de schemaversie geeft, vanaf 2023-03-01, volgens schemaversie \
kvo-4.0; geschat: de datum is maar deels bekend, de laatst mogelijke dag is gebruikt

--{" "}
Kenmerk mail:gemeente-voorbeeldstad:5. Krijgt u een bericht met dit kenmerk nog eens, dan is het \
hetzelfde bericht.
"""
ENGLISH = f"""\
To Gemeente Voorbeeldstad

Below is, for each estate, what fell due and what you can do.

AALSMEER/UITHOORN

Lageweg
* Since 1 March 2026: time for the renewal. The last valid day of the certificate is \
30 November 2026.
  What next: see with kvob estate "Lageweg, Aalsmeer" what is still needed.
  Rule: 9 months before the end of the certificate (2026-12-01), by edition kvo-4.0

VOORBEELDSTAD

De Zilverhoek
* Since 3 February 2026: the yearly evaluation is due and not recorded yet.
  What next: evaluate with the working group and record it with kvob evaluate-year \
"De Zilverhoek, Voorbeeldstad".
  Rule: every year after the certificate began (2025-01-05), by edition kvo-4.0; moved from \
2026-01-05 to 2026-02-03: Politie nog niet zover
* Since 1 March 2026: the certificate is no longer valid. The last valid day was \
28 February 2026.
  What next: do not show the mark any more. See with kvob estate "De Zilverhoek, Voorbeeldstad" \
what is possible; if it was renewed elsewhere, record that with kvob record-past-fact.
  Rule: after the term that the scheme edition gives, from 2023-03-01, by edition kvo-4.0; \
estimated: the date is only partly known, the latest possible day was used

--{" "}
Reference mail:gemeente-voorbeeldstad:5. If a message with this reference reaches you again, it is \
the same message.
"""


def test_the_dutch_message() -> None:
    told = digest(EXPIRY, EVALUATION, REMINDER)
    assert told.subject == "KVO-B: 3 kennisgevingen over 2 terreinen"
    assert told.text == DUTCH


def test_the_english_message() -> None:
    told = digest(EXPIRY, EVALUATION, REMINDER, language="en")
    assert told.subject == "KVO-B: 3 notices about 2 estates"
    assert told.text == ENGLISH


def test_the_subject_of_one_notice_says_what_it_is() -> None:
    told = "KVO-B De Zilverhoek (Voorbeeldstad): het certificaat is verlopen"
    assert digest().subject == told
    about_one = digest(EXPIRY, EVALUATION, language="en").subject
    assert about_one == "KVO-B: 2 notices about 1 estate"


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", list(DeadlineKind))
def test_every_kind_has_its_sentences(kind: DeadlineKind, language: str) -> None:
    end = date(2026, 12, 1)
    told = digest(
        notice(kind=kind, rule="target_days:1", holder="", expires_on=end), language=language
    )
    assert "1 maart 2026" in told.text or "1 March 2026" in told.text
    assert '"De Zilverhoek, Voorbeeldstad"' in told.text
    assert not {"{", "}", "?"} & set(told.text + told.subject)


def test_nobody_in_particular_is_not_addressed() -> None:
    assert digest(recipient="*", language="en").text.startswith("Below is")


@pytest.mark.parametrize("name", ["$(reboot)", "`reboot`", 'a"; reboot', "a\\", "wow!"])
def test_a_command_to_paste_never_holds_what_a_shell_would_obey(name: str) -> None:
    told = digest(notice(name=name)).text
    assert f'kvob estate "{ZILVERHOEK}"' in told


def test_rules_that_are_not_known_here_are_shown_as_they_are() -> None:
    told = digest(notice(rule="new_rule:4", holder="kvo-9")).text
    assert (
        "Regel: volgens de regel 'new_rule:4', vanaf 2023-03-01, volgens schemaversie kvo-9" in told
    )


MISSED = (
    notice(id="a", kind=DeadlineKind.REMINDER, due_on=date(2025, 6, 1)),
    notice(id="b", kind=DeadlineKind.EVALUATION, due_on=date(2025, 3, 1)),
)
MISSED_IN_DUTCH = """\
De Zilverhoek
* Sinds 1 maart 2026: het certificaat is niet meer geldig. De laatste geldige dag was \
28 februari 2026.
  Had moeten gebeuren: jaarevaluatie (1 maart 2025), herinnering aan het einde (1 juni 2025).
  Wat nu: voer het keurmerk niet meer. Bekijk met kvob estate "De Zilverhoek, Voorbeeldstad" wat \
er kan; is er elders al verlengd, leg dat dan vast met kvob record-past-fact.
  Regel: na de geldigheidsduur die de schemaversie geeft, vanaf 2023-03-01, volgens schemaversie \
kvo-4.0

"""
MISSED_IN_ENGLISH = """\
De Zilverhoek
* Since 1 March 2026: the certificate is no longer valid. The last valid day was \
28 February 2026.
  Should have happened: yearly evaluation (1 March 2025), reminder of the end (1 June 2025).
  What next: do not show the mark any more. See with kvob estate "De Zilverhoek, Voorbeeldstad" \
what is possible; if it was renewed elsewhere, record that with kvob record-past-fact.
  Rule: after the term that the scheme edition gives, from 2023-03-01, by edition kvo-4.0

"""


@pytest.mark.parametrize(
    ("language", "lines"), [("nl", MISSED_IN_DUTCH), ("en", MISSED_IN_ENGLISH)]
)
def test_what_is_told_after_the_expiry_is_no_advice(language: str, lines: str) -> None:
    told = digest(*MISSED, notice(), language=language)
    assert told.text.partition("VOORBEELDSTAD\n\n")[2].partition("-- ")[0] == lines


def test_what_was_missed_is_told_by_itself_where_the_expiry_is_in_another_digest() -> None:
    (reminder, _) = MISSED
    told = digest(reminder, language="en")
    what = "hould have happened: reminder of the end"
    assert told.subject == f"KVO-B De Zilverhoek (Voorbeeldstad): s{what}"
    line = f"* S{what} (1 June 2025). The certificate is no longer valid since 1 March 2026.\n"
    assert line + "  Rule: " in told.text
    assert "What next" not in told.text


def test_what_was_recorded_on_the_last_valid_day_still_gives_advice() -> None:
    midnight = datetime(2026, 2, 28, 22, 59, 59, tzinfo=UTC)  # a second before, in Amsterdam
    kind = DeadlineKind.RENEWAL_START
    assert not notice(kind=kind, recorded_at=midnight).is_missed
    assert notice(kind=kind, recorded_at=midnight + timedelta(seconds=1)).is_missed
    assert not notice(kind=DeadlineKind.RETENTION).is_missed


def test_the_log_gives_no_advice_about_what_was_missed(caplog: pytest.LogCaptureFixture) -> None:
    LogNotifier().send(digest(MISSED[0]))
    assert "Had moeten gebeuren" in caplog.messages[0]
    assert "Wat nu" not in caplog.messages[0]


def test_hidden_signs_do_not_reach_a_line() -> None:
    assert one_line("a\r\nb\tc\u202ed\u2028e\0") == "a b c d e"


def test_the_log_gets_a_line_for_each_notice(caplog: pytest.LogCaptureFixture) -> None:
    LogNotifier().send(digest(EXPIRY, REMINDER, language="en"))
    first, second = caplog.records
    assert first.name == "kvob_workflow.notices"
    assert first.levelno == logging.WARNING
    assert first.getMessage().startswith(
        "De Zilverhoek (Voorbeeldstad) Since 1 March 2026: the certificate is no longer valid."
    )
    assert first.getMessage().endswith(f"[{ZILVERHOEK}:3, mail:gemeente-voorbeeldstad:5]")
    assert second.getMessage().startswith("Lageweg (Aalsmeer/Uithoorn) ")


def test_programs_get_the_fields_as_well() -> None:
    fields = digest().as_dict()
    assert fields["composed_at"] == AT.isoformat()
    assert fields["notices"] == [
        {
            "id": f"{ZILVERHOEK}:3",
            "estate": ZILVERHOEK,
            "name": "De Zilverhoek",
            "municipality": "Voorbeeldstad",
            "kind": "expiry",
            "due_on": "2026-03-01",
            "recorded_at": AT.isoformat(),
            "expires_on": "2026-03-01",
            "last_valid_day": "2026-02-28",
            "estimated": False,
            "rule": "expiry:computed",
            "holder": "kvo-4.0",
            "anchor_on": "2023-03-01",
            "computed_on": "2026-03-01",
            "reason": "",
        }
    ]
