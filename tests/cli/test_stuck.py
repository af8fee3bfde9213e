"""Is each thing that is stuck found, and gone once its command was pasted? And how is it told?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kvob_domain.estate.commands.identity import LinkMembers, RegisterGroup
from kvob_domain.estate.commands.preparation import EndTrajectory, StartTrajectory
from kvob_domain.estate.commands.standing import EvaluateYear, SuspendCertificate
from kvob_domain.ids import EstateId, PersonId
from kvob_projections import ALL_VIEWS
from kvob_projections.concern_kinds import ConcernFamily, ConcernKind
from kvob_projections.stuck import StuckQuery
from kvob_workflow import Actor, Engine, RegisterEstate
from kvob_workflow.cli.exit_codes import ExitCode
from kvob_workflow.engine.stuck import StuckRow
from kvob_workflow.importing import import_file
from kvob_workflow.store import Behind, open_store
from kvob_workflow.store.delivery import Delivery, DeliveryItem, DeliveryStatus
from kvob_workflow.testing import SettableClock
from tests.cli.conftest import Kvob
from tests.cli.pasting import paste
from tests.projections import cycle
from tests.projections.desk import Step, day, does, fact


class Town:
    """A store with a clock to set, and what is stuck in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.clock = SettableClock(day("2020-09-15"))
        self.store = open_store(url, ALL_VIEWS, durable=False)
        self.engine = Engine(self.store, clock=self.clock)

    def lives(self, *steps: Step, name: str = "De Hoek", until: str = "") -> EstateId:
        """An estate that goes through some steps, recorded at once on the last day."""
        self.clock.set_day(day(until))
        estate = self.engine.do(RegisterEstate(name=name, municipalities=("Oss",))).estate
        for step in steps:
            self.engine.do(step.command(estate), actor=Actor(PersonId(step.person)))
        return estate

    def stuck(self, kind: ConcernKind | None = None, **filters: Any) -> tuple[StuckRow, ...]:
        return self.engine.stuck(StuckQuery(kind=kind, **filters)).items

    def on(self, text: str) -> Town:
        self.clock.set_day(day(text))
        return self


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    made = Town(f"sqlite:///{tmp_path / 'town.db'}")
    with made.engine:
        yield made


GUIDED = does(StartTrajectory, "2020-09-15", parties=cycle.PARTIES, guide="PVO", body="Kiwa")
CERTIFIED = (GUIDED, *cycle.CERTIFIED[1:])
ENDED = does(EndTrajectory, "2023-01-10", reason="by_choice")

# What happens, the first day on which it is stuck, and since which day the list says so.
FOUND: dict[ConcernKind, tuple[tuple[Step, ...], str, str]] = {
    ConcernKind.DEADLINE_OVERDUE: (CERTIFIED, "2022-06-04", "2022-06-04"),
    ConcernKind.MEASURE_OVERDUE: ((GUIDED, *cycle.COVENANT[1:]), "2021-03-02", "2021-03-02"),
    ConcernKind.NOT_RENEWED: (CERTIFIED, "2024-06-03", "2024-06-03"),
    ConcernKind.SILENT: ((GUIDED, *cycle.INVENTORY[1:]), "2021-04-04", "2020-10-06"),
    ConcernKind.ENDED_BUT_VALID: ((*CERTIFIED, ENDED), "2023-01-10", "2023-01-10"),
    ConcernKind.WITHDRAWN_BUT_RUNNING: (
        (*CERTIFIED, *cycle.withdrawn("2022-02-02", 18)),
        "2022-02-02",
        "2022-02-02",
    ),
    ConcernKind.NO_GUIDE: (cycle.KICKOFF, "2020-09-15", "2020-09-15"),
    ConcernKind.NO_BODY: (cycle.COVENANT, "2021-02-09", "2021-02-09"),
    ConcernKind.NO_OWNER: (
        (does(StartTrajectory, "2020-09-15", guide="PVO"),),
        "2020-09-15",
        "2020-09-15",
    ),
}


@pytest.mark.parametrize("kind", FOUND)
def test_it_is_found_from_its_day_on_and_gone_once_the_command_was_given(
    town: Town, kind: ConcernKind
) -> None:
    steps, first, since = FOUND[kind]
    estate = town.lives(*steps, until=first)
    town.engine.sweep(confirm=True)
    assert town.stuck(kind, day=day(first) - timedelta(days=1)) == ()
    (found, *_) = town.stuck(kind)
    assert (found.estate_id, found.since) == (estate, day(since))
    for row in town.stuck(kind):
        paste(row.command.nl, town.engine, town.url)
    assert found not in town.stuck(kind)


def test_a_proposal_is_shown_and_who_looked_approves_or_declines_it(town: Town) -> None:
    suspended = does(SuspendCertificate, "2022-02-02", cycle.DECIDER, reason="niets")
    estate = town.lives(*CERTIFIED, suspended, until="2022-02-02")
    assert town.stuck(ConcernKind.APPROVAL_WAITS, day=date(2022, 2, 1)) == ()
    (row,) = town.stuck(ConcernKind.APPROVAL_WAITS)
    assert (row.estate_id, row.since) == (estate, date(2022, 2, 2))
    assert row.command.en == f"kvob estate {estate}"
    before = town.engine.history(estate)
    assert paste(row.command.en, town.engine, town.url) is ExitCode.OK
    assert town.engine.history(estate) == before
    approve, decline = row.advice.en.split("'")[1::2]
    assert approve.endswith(" --person ID")
    assert decline.endswith(" --reason REASON")
    assert approve.startswith("kvob approve-act ")
    paste(decline, town.engine, town.url)
    assert town.stuck(ConcernKind.APPROVAL_WAITS) == ()


@pytest.mark.parametrize(
    ("kind", "steps", "warned", "reason"),
    [
        (
            ConcernKind.NOT_RENEWED,
            (fact("award", "2015-01-01"),),
            "By a source; a later renewal may be missing from it.",
            "by_neglect",
        ),
        (
            ConcernKind.SILENT,
            (fact("kickoff", "2015-01-01"),),
            "By a source; later steps may be missing from it.",
            "other",
        ),
    ],
)
def test_of_what_a_source_told_no_end_is_offered_first(
    town: Town, kind: ConcernKind, steps: tuple[Step, ...], warned: str, reason: str
) -> None:
    estate = town.lives(*steps, until="2020-10-01")
    (row,) = town.stuck(kind)
    assert row.warning is not None
    assert row.warning.en == warned
    assert row.command.en.startswith(f"kvob record-remark {estate} --subject stuck:{kind.value}:")
    assert f"'kvob end-trajectory {estate} --reason {reason}'" in row.advice.en
    step = town.engine.state(estate).step
    paste(row.command.nl, town.engine, town.url)
    assert town.stuck(kind) == ()
    assert town.engine.state(estate).step is step


@pytest.mark.parametrize(
    ("kind", "steps", "when"),
    [
        (
            ConcernKind.DEADLINE_OVERDUE,
            (*CERTIFIED, does(EvaluateYear, "2022-05-31")),
            "2022-06-04",
        ),
        (ConcernKind.DEADLINE_OVERDUE, CERTIFIED, "2024-06-03"),
        (
            ConcernKind.MEASURE_OVERDUE,
            (*cycle.COVENANT, *cycle.progress("2021-02-20", "done", "m-1", "m-3", "m-4")),
            "2021-06-30",
        ),
        (ConcernKind.MEASURE_OVERDUE, (*CERTIFIED, ENDED), "2023-02-01"),
        (ConcernKind.NOT_RENEWED, cycle.RENEWING, "2024-07-01"),
        (ConcernKind.NOT_RENEWED, (*CERTIFIED, ENDED), "2024-07-01"),
        (ConcernKind.SILENT, CERTIFIED, "2023-07-01"),
        (ConcernKind.ENDED_BUT_VALID, (*CERTIFIED, ENDED), "2024-06-03"),
        (ConcernKind.NO_GUIDE, (GUIDED,), "2020-10-01"),
        (ConcernKind.NO_GUIDE, (fact("kickoff", "2020-09-15"),), "2020-10-01"),
        (ConcernKind.NO_BODY, cycle.ACTION_PLAN, "2021-02-09"),
        (ConcernKind.NO_BODY, (GUIDED, *cycle.COVENANT[1:]), "2021-02-09"),
        (ConcernKind.NO_OWNER, cycle.KICKOFF, "2020-10-01"),
    ],
)
def test_what_is_done_or_over_or_not_owed_is_not_stuck(
    town: Town, kind: ConcernKind, steps: tuple[Step, ...], when: str
) -> None:
    town.lives(*steps, until=when)
    town.engine.sweep(confirm=True)
    assert town.stuck(kind) == ()


def test_an_irregularity_stays_until_somebody_says_that_it_may(town: Town) -> None:
    town.lives(
        fact("award", "2008-01-01"), fact("recertification", "2019-02-01"), until="2020-10-01"
    )
    found = {row.detail: row for row in town.stuck(ConcernKind.IRREGULARITY)}
    between = found["certificates_between_unknown:3"]
    assert between.since == date(2020, 10, 1)
    paste(between.command.en, town.engine, town.url)
    assert between.detail not in {row.detail for row in town.stuck(ConcernKind.IRREGULARITY)}
    assert len(town.stuck(ConcernKind.IRREGULARITY)) == len(found) - 1


def test_a_late_renewal_simply_happened(town: Town) -> None:
    late = (fact("award", "2015-01-01"), fact("recertification", "2019-02-01"))
    town.lives(*late, until="2020-10-01")
    kinds = {row.detail.partition(":")[0] for row in town.stuck(ConcernKind.IRREGULARITY)}
    assert kinds == {"evidence_not_on_record"}


def test_a_deadline_that_cannot_move_any_more_is_waived_by_two(town: Town) -> None:
    town.lives(*CERTIFIED, until="2024-06-02")
    town.engine.sweep(confirm=True)
    row = next(
        row for row in town.stuck(ConcernKind.DEADLINE_OVERDUE) if row.detail == "renewal_start:1"
    )
    paste(row.command.en, town.engine, town.url)
    assert len(town.stuck(ConcernKind.APPROVAL_WAITS)) == 1


def test_a_group_is_stuck_until_its_members_are_known(town: Town) -> None:
    group = town.on("2021-01-01").engine.do(RegisterGroup(name="Alle", municipalities=("Oss",)))
    assert [row.since for row in town.stuck(ConcernKind.EMPTY_GROUP)] == [date(2021, 1, 1)]
    member = town.lives(name="Een", until="2021-01-02")
    town.engine.do(LinkMembers(estate=group.estate, on=date(2021, 1, 2), members=(member,)))
    assert town.stuck(ConcernKind.EMPTY_GROUP) == ()
    assert town.stuck(ConcernKind.GROUP_GONE) == ()


def test_an_empty_group_may_stay_so(town: Town) -> None:
    town.on("2021-01-01").engine.do(RegisterGroup(name="Alle", municipalities=("Oss",)))
    (row,) = town.stuck(ConcernKind.EMPTY_GROUP)
    paste(row.command.nl, town.engine, town.url)
    assert town.stuck(ConcernKind.EMPTY_GROUP) == ()


def test_fewer_days_of_silence_find_more(town: Town) -> None:
    town.lives(GUIDED, until="2020-10-15")
    assert town.stuck(ConcernKind.SILENT) == ()
    assert len(town.stuck(ConcernKind.SILENT, silent_days=30)) == 1
    assert town.stuck(ConcernKind.SILENT, silent_days=31) == ()


@pytest.mark.parametrize(
    ("when", "command"), [("2023-09-10", "kvob sweep"), ("2025-06-01", "kvob sweep --confirm")]
)
def test_a_notice_that_was_not_given_is_given_by_a_sweep(
    town: Town, when: str, command: str
) -> None:
    town.lives(*CERTIFIED, until="2023-09-01")
    town.engine.sweep(confirm=True)
    row, *_ = town.on(when).stuck(ConcernKind.NOTICE_HELD)
    assert (row.command.nl, row.since) == (command, date(2023, 9, 3))
    paste(row.command.nl, town.engine, town.url)
    assert town.stuck(ConcernKind.NOTICE_HELD) == ()


def test_a_view_that_is_behind_is_made_anew_by_a_sweep(town: Town) -> None:
    estate = town.lives(GUIDED, until="2020-10-01")
    town.store.fall_behind([Behind("board", estate, "te groot", 2)])
    (row,) = town.stuck(ConcernKind.ROWS_BEHIND)
    assert (row.estate_id, row.detail, row.command.en) == (estate, "board", "kvob sweep")
    paste(row.command.en, town.engine, town.url)
    assert town.stuck(ConcernKind.ROWS_BEHIND) == ()


def test_a_message_that_did_not_arrive_is_made_due_again(town: Town) -> None:
    estate = town.lives(*CERTIFIED, until="2023-09-10")
    at = datetime(2023, 9, 3, 12, tzinfo=UTC)
    failed = Delivery(
        "mail:x:1",
        "mail",
        "Gemeente",
        "nl",
        (DeliveryItem(1, estate, 1),),
        at,
        at,
        DeliveryStatus.FAILED,
        8,
        "geen antwoord",
    )
    town.store.post("mail", None, 1, [failed])
    rows = town.stuck(ConcernKind.UNDELIVERED)
    assert [(row.since, row.estate_id, row.detail) for row in rows] == [
        (date(2023, 9, 3), None, "mail: geen antwoord")
    ]
    paste(rows[0].command.en, town.engine, town.url)
    assert town.stuck(ConcernKind.UNDELIVERED) == ()


def test_the_running_of_the_program_comes_first_and_pages_go_on_through_both(town: Town) -> None:
    estate = town.lives(*CERTIFIED, until="2022-07-01")
    town.store.fall_behind([Behind("board", estate, "te groot", 2)])
    whole = town.engine.stuck()
    assert whole.items[0].family is ConcernFamily.OPERATION
    assert len(whole.items) == whole.total > 2
    pages = [town.engine.stuck(StuckQuery(limit=2, offset=at)) for at in range(0, whole.total, 2)]
    assert tuple(row for page in pages for row in page.items) == whole.items
    assert {(page.total, page.total_is_exact) for page in pages} == {(whole.total, True)}
    assert town.engine.stuck(StuckQuery(limit=0)).total == whole.total
    of_oss = town.engine.stuck(StuckQuery(municipality="oss"))
    assert {row.family for row in of_oss.items} == {ConcernFamily.OVERDUE}


def test_the_command_line_lists_what_is_stuck_and_ends_with_7(
    call: Kvob, store: str, sample_file: Path
) -> None:
    empty = call("stuck", "--lang", "en")
    assert (empty.code, empty.out.splitlines()[0]) == (0, "Nothing is stuck.")
    with Engine.open(store, synchronous="NORMAL") as engine:
        import_file(engine, sample_file)
    found = call("stuck", "--lang", "en", "--kind", "not-renewed", "--limit", "2")
    assert found.code == 7
    assert "Expired, not renewed · " in found.out
    assert "\n    kvob record-remark " in found.out
    assert found.out.count("    By a source; a later renewal may be missing from it.\n") == 2
    document = call("stuck", "--family", "silent", "--json").json()
    assert {item["kind"] for item in document["items"]} == {"silent"}
    assert document["total"] == len(document["items"])
    line = document["items"][0]["command"]["nl"]
    assert line.startswith("kvob record-remark ")


def test_a_page_without_entries_is_no_empty_list_and_the_end_is_told(
    call: Kvob, sample_store: str
) -> None:
    def told(*words: str) -> tuple[int, str]:
        found = call("stuck", "--family", "silent", "--store", sample_store, *words)
        return found.code, found.out.splitlines()[-1]

    total = call("stuck", "--family", "silent", "--store", sample_store, "--json").json()["total"]
    assert total > 2
    here, end = ("--lang", "en"), f"No entries on this page ({total} in all); choose another"
    assert told(*here, "--limit", "0") == (7, f"{end} --limit.")
    assert told(*here, "--offset", "1000") == (7, f"{end} --offset.")
    assert told(*here, "--limit", "2") == (7, f"2 of {total}; more with --offset 2.")
    assert told(*here, "--limit", str(total)) == (7, f"{total} of {total}.")
    assert told("--lang", "nl", "--offset", str(total - 1)) == (7, f"1 van {total}.")


def test_another_store_than_the_usual_one_stands_in_the_command(
    call: Kvob, tmp_path: Path, sample_store: str
) -> None:
    found = call("stuck", "--lang", "nl", "--limit", "1", "--store", sample_store)
    assert f" --store {sample_store}" in found.out


@pytest.mark.parametrize(
    "words",
    [
        ("--kind", "niets"),
        ("--kind", "silent", "--family", "overdue"),
        ("--silent-days", "0"),
        ("--sort", "niets"),
        ("--limit", "-1"),
    ],
)
def test_what_cannot_be_asked_is_refused(call: Kvob, words: tuple[str, ...]) -> None:
    assert call("stuck", *words).code == 2


def test_every_kind_is_explained_and_has_a_family(town: Town) -> None:
    for kind in ConcernKind:
        assert kind.words.nl
        assert kind.explanation.en
        assert kind.family in ConcernFamily


def test_an_estate_that_a_follower_parked_is_tried_again(town: Town) -> None:
    estate = town.lives(GUIDED, until="2020-10-01")
    town.engine.statistics()
    town.store.fall_behind([Behind("passages", estate, "te groot", 2)])
    (row,) = town.stuck(ConcernKind.PARKED)
    assert (row.estate_id, row.command.nl) == (estate, "kvob projection retry passages")
    paste(row.command.nl, town.engine, town.url)
    assert town.stuck(ConcernKind.PARKED) == ()


def test_the_help_tells_a_family_from_a_kind(call: Kvob) -> None:
    told = " ".join(call("stuck", "--help", "--lang", "nl").out.split())
    assert "alleen deze groep: te laat, stil, tegenstrijdig, verweesd, of de werking" in told
    assert "alleen deze ene soort, binnen zijn groep" in told
