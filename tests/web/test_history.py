"""What does the history of an estate tell, and to whom?"""

from __future__ import annotations

import csv
import io
import json

import pytest

from kvob_domain.actor import Role
from kvob_domain.ids import EstateId
from kvob_domain.mandates import Scope, scopes_of
from tests.web.conftest import WebWorld
from tests.web.corrected_world import (
    CORRECTED,
    HOSTILE,
    RENAMED,
    SURVEY,
    WALK_ROUND,
    WITHDRAWN,
    corrected_estate,
)

LivedIn = tuple[WebWorld, EstateId]


@pytest.fixture
def corrected(web_world: WebWorld) -> LivedIn:
    return web_world, corrected_estate(web_world)


def item(text: str, version: int) -> str:
    """The part of a page about one event."""
    return text.split(f'id="event-{version}"')[1].split("</li>\n  <li class=")[0]


def test_everything_that_happened_stands_in_it_the_newest_first(lived_in: LivedIn) -> None:
    world, estate = lived_in
    text = world.browser().get(f"/estates/{estate}/history").text
    order = [text.index(f'id="event-{version}"') for version in (46, 20, 1)]
    assert order == sorted(order)
    assert '<time datetime="2020-09">september 2020</time>' in item(text, 1)
    oldest = world.browser().get(f"/estates/{estate}/history?order=oldest").text
    assert oldest.index('id="event-1"') < oldest.index('id="event-46"')


def test_details_are_told_in_words_and_not_in_codes(lived_in: LivedIn) -> None:
    world, estate = lived_in
    text = world.browser().get(f"/estates/{estate}/history?size=100").text
    assert "<dt>Formulieren verstuurd</dt><dd>113</dd>" in text
    assert "in het donker" in text
    assert "8 maatregelen</summary>" in text
    assert "m1: Gevelverlichting, eigenaar Ondernemersvereniging De Zilverhoek" in text
    english = world.browser().get(f"/estates/{estate}/history?size=100&lang=en").text
    assert "<dt>Forms sent</dt><dd>113</dd>" in english
    assert "in the dark" in english


def test_a_corrected_event_shows_what_it_said_first_and_by_what_it_was_corrected(
    corrected: LivedIn,
) -> None:
    world, estate = corrected
    told = item(world.browser().get(f"/estates/{estate}/history").text, SURVEY)
    assert '<del><span class="hidden">eerst: </span>31</del>' in told
    assert '<ins><span class="hidden">nu: </span>61</ins>' in told
    assert "1 april 2026</del>" in told
    assert "Gecorrigeerd door" in told
    assert f"/history/{CORRECTED}" in told


def test_an_event_that_never_happened_keeps_its_place_and_says_so(corrected: LivedIn) -> None:
    world, estate = corrected
    text = world.browser().get(f"/estates/{estate}/history").text
    assert "Nooit gebeurd" in item(text, WALK_ROUND)
    assert f"/history/{WITHDRAWN}" in item(text, WALK_ROUND)
    assert "nooit is gebeurd" in item(text, WITHDRAWN)


def test_what_was_recorded_later_than_it_happened_is_marked(corrected: LivedIn) -> None:
    world, estate = corrected
    assert "8 dagen na de dag zelf" in item(
        world.browser().get(f"/estates/{estate}/history").text, RENAMED
    )


def test_a_script_in_a_text_is_shown_and_not_run(corrected: LivedIn) -> None:
    world, estate = corrected
    for path in ("history", f"history/{RENAMED}", "explain", "differences?from=2026-03-01"):
        text = world.browser().get(f"/estates/{estate}/{path}").text
        assert HOSTILE not in text
    assert "&lt;script&gt;" in world.browser().get(f"/estates/{estate}/history").text


def test_only_who_may_correct_is_led_to_it_and_only_today(corrected: LivedIn) -> None:
    world, estate = corrected
    decider, guide = world.browser(Role.DECIDER), world.browser(Role.GUIDE)
    link = f"/estates/{estate}/do/correct?version={SURVEY}"
    assert link in decider.get(f"/estates/{estate}/history").text
    assert link not in guide.get(f"/estates/{estate}/history").text
    assert "/do/correct" not in decider.get(f"/estates/{estate}/history?on=2026-11-01").text


def test_persons_are_hidden_from_who_may_not_see_them(lived_in: LivedIn) -> None:
    world, estate = lived_in
    seen = world.browser(Role.AUDITOR).get(f"/estates/{estate}/history?size=100").text
    assert "p-decider" in seen
    client = world.browser(Role.SCHEME_MANAGER)
    for path in ("history?size=100", "history/20", "history.csv", "history.json"):
        text = client.get(f"/estates/{estate}/{path}").text
        assert "p-decider" not in text
        assert "p-signs" not in text
    assert "afgeschermd" in client.get(f"/estates/{estate}/history").text


def test_the_history_is_not_for_who_may_not_read_it(lived_in: LivedIn) -> None:
    world, estate = lived_in
    client = world.browser(scopes=[Scope.ESTATES_READ])
    for path in ("history", "history/1", "history.csv", "explain", "differences"):
        assert client.get(f"/estates/{estate}/{path}").status_code == 403
    elsewhere = world.browser(municipalities=["Baarn"])
    assert elsewhere.get(f"/estates/{estate}/history").status_code == 404


def test_filters_stand_in_the_address_and_leave_the_rest_out(lived_in: LivedIn) -> None:
    world, estate = lived_in
    client = world.browser()
    path = f"/estates/{estate}/history"
    awards = client.get(f"{path}?kind=kvob.estate:certificate-awarded.v1").text
    assert awards.count('class="event"') == 2
    auditor = client.get(f"{path}?role=auditor").text
    assert auditor.count('class="event"') == 2
    year = client.get(f"{path}?since=1-1-2021&until=31-12-2021").text
    assert 'id="event-20"' in year
    assert 'id="event-1"' not in year
    assert 'id="event-33"' not in year
    dark = client.get(f"{path}?text=ENQUETE").text
    assert dark.count('class="event"') == 3
    nobody = client.get(f"{path}?organisation=Niemand").text
    assert "Hier staat niets dat bij het filter past." in nobody


def test_a_day_that_does_not_exist_is_told_at_its_field(lived_in: LivedIn) -> None:
    world, estate = lived_in
    answer = world.browser().get(f"/estates/{estate}/history?since=31-02-2026&text=audit")
    assert answer.status_code == 400
    assert "februari 2026 heeft 28 dagen" in answer.text
    assert 'value="31-02-2026"' in answer.text
    assert 'aria-describedby="since-error"' in answer.text
    assert 'value="audit"' in answer.text


def test_a_long_history_comes_in_pages_that_keep_the_filter(lived_in: LivedIn) -> None:
    world, estate = lived_in
    first = world.browser().get(f"/estates/{estate}/history?size=25&role=guide").text
    assert first.count('class="event"') == 25
    assert "size=25&amp;role=guide&amp;offset=25" in first
    second = world.browser().get(f"/estates/{estate}/history?size=25&role=guide&offset=25").text
    assert 'id="event-1"' in second
    strange = world.browser().get(f"/estates/{estate}/history?size=abc&offset=-1")
    assert strange.status_code == 200


def test_from_an_event_one_comes_back_to_its_place_in_the_history(lived_in: LivedIn) -> None:
    world, estate = lived_in
    client = world.browser()
    back = f"/estates/{estate}/history?event=3"
    assert f'href="{back}#event-3"' in client.get(f"/estates/{estate}/history/3").text
    text = client.get(f"{back}&size=25").text
    assert 'id="event-3"' in text
    assert 'id="event-46"' not in text
    assert f'href="/estates/{estate}/history?size=25"' in text


def test_the_history_can_be_seen_as_it_was(corrected: LivedIn) -> None:
    world, estate = corrected
    text = world.browser().get(f"/estates/{estate}/history?known_at=2026-04-20").text
    assert f'id="event-{CORRECTED}"' not in text
    assert "<dd>31</dd>" in text
    assert "20 april 2026" in text


def test_one_event_tells_all_that_is_stored_of_it(lived_in: LivedIn) -> None:
    world, estate = lived_in
    text = world.browser(Role.AUDITOR).get(f"/estates/{estate}/history/5").text
    assert "Enquête vastgelegd" in text
    assert "&#34;returned&#34;: 27" in text
    assert "Stichting Veilig Voorbeeld" in text
    assert f"/estates/{estate}/history/4" in text
    assert f"/estates/{estate}/history/6" in text
    assert f'value="http://testserver/estates/{estate}/history/5"' in text
    assert 'tabindex="0"' in text


def test_an_event_has_its_page_also_for_a_day_before_it(lived_in: LivedIn) -> None:
    world, estate = lived_in
    answer = world.browser().get(f"/estates/{estate}/history/20?on=2021-01-01")
    assert answer.status_code == 200
    assert "nog niet gebeurd" in answer.text


@pytest.mark.parametrize("version", ["0", "999", "x", "99999999999999", "\N{FULLWIDTH DIGIT ONE}"])
def test_an_event_that_is_not_there_is_no_page(lived_in: LivedIn, version: str) -> None:
    world, estate = lived_in
    assert world.browser().get(f"/estates/{estate}/history/{version}").status_code == 404


def test_a_spreadsheet_runs_nothing_that_it_is_given(corrected: LivedIn) -> None:
    world, estate = corrected
    answer = world.browser().get(f"/estates/{estate}/history.csv?order=oldest")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "attachment" in answer.headers["content-disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Nummer", "Dag", "Wat"]
    assert len(rows) == 9
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    survey = next(row for row in rows if row[0] == str(SURVEY))
    assert "Formulieren terug: 61 (eerst: 31)" in survey[3]
    assert survey[10] == str(CORRECTED)


def test_a_download_holds_exactly_what_the_filter_leaves(corrected: LivedIn) -> None:
    world, estate = corrected
    client = world.browser()
    kind = "kvob.estate:event-corrected.v1"
    found = json.loads(client.get(f"/estates/{estate}/history.json?kind={kind}&size=25").text)
    assert [one["version"] for one in found] == [WITHDRAWN, CORRECTED]
    page = client.get(f"/estates/{estate}/history?kind={kind}&size=25").text
    assert f"/estates/{estate}/history.json?kind=kvob.estate%3Aevent-corrected.v1" in page


def test_why_a_field_says_so_is_told_with_events_and_rule(lived_in: LivedIn) -> None:
    world, estate = lived_in
    text = world.browser().get(f"/estates/{estate}/explain/board.status").text
    assert "Status: Geldig" in text
    assert f"/estates/{estate}/history/37" in text
    assert "3 jaar vanaf 2024-06-03" in text
    every = world.browser().get(f"/estates/{estate}/explain").text
    assert f'href="/estates/{estate}/explain/board.step"' in every
    assert f'href="/estates/{estate}/explain/due.reminder:1.due_on"' in every


def test_a_field_that_is_not_there_leads_to_those_that_are(lived_in: LivedIn) -> None:
    world, estate = lived_in
    answer = world.browser().get(f"/estates/{estate}/explain/board.nonsense")
    assert answer.status_code == 404
    assert "geen veld" in answer.text
    assert f'href="/estates/{estate}/explain/board.step"' in answer.text


def test_every_sample_case_has_a_history(lived_in: LivedIn) -> None:
    world, _ = lived_in
    client = world.browser(Role.AUDITOR)
    for row in world.engine.board().items[:40]:
        answer = client.get(f"/estates/{row.estate_id}/history?lang=en")
        assert answer.status_code == 200
        assert client.get(f"/estates/{row.estate_id}/history/1").status_code == 200
        assert client.get(f"/estates/{row.estate_id}/explain/board.status").status_code == 200


def test_without_a_proof_log_the_page_says_so(lived_in: LivedIn) -> None:
    world, estate = lived_in
    text = world.browser(Role.AUDITOR).get(f"/estates/{estate}/history/4").text
    assert "Er is geen bewijslogboek" in text


def test_who_reads_proofs_alone_sees_no_history(lived_in: LivedIn) -> None:
    world, estate = lived_in
    client = world.browser(Role.WITNESS, scopes=scopes_of(Role.WITNESS))
    assert client.get(f"/estates/{estate}/history").status_code == 403
