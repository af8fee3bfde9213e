"""What do people read? The whole message in both languages, and what stays out of it."""

from __future__ import annotations

import logging
from datetime import date

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
    due_on=date(2025, 6, 1),
    expires_on=date(2026, 3, 1),
    rule="reminder_months:9",
    holder="kvo-4.0",
)
EXPIRY = notice(estimated=True)
EVALUATION = notice(
    id=f"{ZILVERHOEK}:2",
    kind=DeadlineKind.EVALUATION,
    due_on=date(2025, 3, 1),
    rule="yearly_evaluation",
)
DUTCH = f"""\
Aan Gemeente Voorbeeldstad

Hieronder staat per terrein wat er aan de orde is en wat u kunt doen.

AALSMEER/UITHOORN

Lageweg
* Sinds 1 juni 2025: tijd voor de hercertificering. De laatste geldige dag van het certificaat \
is 28 februari 2026.
  Wat nu: bekijk met kvob estate "Lageweg, Aalsmeer" wat er nog nodig is.
  Regel: 9 maanden voor het einde (kvo-4.0)

VOORBEELDSTAD

De Zilverhoek
* Sinds 1 maart 2025: de jaarevaluatie is aan de beurt en nog niet vastgelegd.
  Wat nu: evalueer met de werkgroep en leg dat vast met kvob evaluate-year "De Zilverhoek, \
Voorbeeldstad".
  Regel: elk jaar een evaluatie (kvo-4.0)
* Sinds 1 maart 2026: het certificaat is niet meer geldig. De laatste geldige dag was \
28 februari 2026.
  De dag is geschat: de bron noemt geen hele dag, of niet het begin van de geldigheid.
  Wat nu: voer het keurmerk niet meer. Bekijk met kvob estate "De Zilverhoek, Voorbeeldstad" wat \
er kan; is er elders al verlengd, leg dat dan vast met kvob record-past-fact.
  Regel: de geldigheidsduur van het schema (kvo-4.0)

--{" "}
Kenmerk mail:gemeente-voorbeeldstad:5. Krijgt u een bericht met dit kenmerk nog eens, dan is het \
hetzelfde bericht.
"""
ENGLISH = f"""\
To Gemeente Voorbeeldstad

Below is, for each estate, what fell due and what you can do.

AALSMEER/UITHOORN

Lageweg
* Since 1 June 2025: time for the renewal. The last valid day of the certificate is \
28 February 2026.
  What next: see with kvob estate "Lageweg, Aalsmeer" what is still needed.
  Rule: 9 months before the end (kvo-4.0)

VOORBEELDSTAD

De Zilverhoek
* Since 1 March 2025: the yearly evaluation is due and not recorded yet.
  What next: evaluate with the working group and record it with kvob evaluate-year \
"De Zilverhoek, Voorbeeldstad".
  Rule: an evaluation every year (kvo-4.0)
* Since 1 March 2026: the certificate is no longer valid. The last valid day was \
28 February 2026.
  The day is estimated: the source gives no full day, or not the start of validity.
  What next: do not show the mark any more. See with kvob estate "De Zilverhoek, Voorbeeldstad" \
what is possible; if it was renewed elsewhere, record that with kvob record-past-fact.
  Rule: the term of validity that the scheme gives (kvo-4.0)

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
    told = digest(notice(kind=kind, rule="target_days:1", holder=""), language=language)
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
    assert "Regel: new_rule:4 (kvo-9)" in digest(notice(rule="new_rule:4", holder="kvo-9")).text
    assert "Regel: bewaren tot 7 jaar na het einde" in digest(notice(rule="retention_years:7")).text
    stated = digest(notice(rule="expiry:stated", holder=""), language="en").text
    assert "Rule: the end on record with the certificate\n" in stated


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
        }
    ]
