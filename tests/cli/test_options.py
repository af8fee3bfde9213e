"""How do the fields of a command become options, and what is said when they do not fit?"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from kvob_domain.estate.commands import ALL_COMMANDS, Command, name_of
from kvob_workflow.cli.commands import all_entrances
from kvob_workflow.cli.commands.fields import fields_of, words_of
from kvob_workflow.cli.entrance import Entrance, shared_options
from kvob_workflow.clock import civil_day

Kvob = Callable[..., Any]

ENTRANCES = {" ".join(entrance.path): entrance for entrance in all_entrances()}


@pytest.fixture
def hoek(call: Kvob) -> str:
    """An estate on its kickoff, by name."""
    call("register-estate", "De Hoek", "--municipality", "Voorbeeldstad")
    party = '{"organisation": "Gemeente", "role": "municipality"}'
    call("start-trajectory", "De Hoek", "--on", "2021-01-04", "--party", party)
    return "De Hoek, Voorbeeldstad"


def problems(called: Any) -> dict[str, str]:
    """What is wrong with each field, in English."""
    error = called.error()
    assert (called.code, error["code"]) == (2, "command-malformed")
    return {problem["field"]: problem["en"] for problem in error["fields"]["problems"]}


@pytest.mark.parametrize("command", ALL_COMMANDS, ids=name_of)
def test_every_field_has_words_in_both_languages(command: type[Command]) -> None:
    for field in fields_of(command):
        words = words_of(name_of(command), field.path)
        assert words.nl and words.en


@pytest.mark.parametrize("name", ENTRANCES)
def test_every_option_has_one_meaning_and_words_in_both_languages(name: str) -> None:
    entrance: Entrance = ENTRANCES[name]
    flags: list[str] = []
    for option in (*entrance.options(), *shared_options()):
        assert option.words.nl and option.words.en
        flags += option.flags
    assert len(flags) == len(set(flags))
    assert entrance.title.nl and entrance.title.en


@pytest.mark.parametrize("name", ENTRANCES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_command_explains_itself_in_both_languages(
    name: str, language: str, call: Kvob
) -> None:
    page = call(*name.split(), "--help", "--lang", language)
    assert page.code == 0
    title = ENTRANCES[name].title
    assert (title.nl if language == "nl" else title.en) in page.out
    for option in ENTRANCES[name].options():
        assert option.flags[0] in page.out
    foreign = ("Options", "Usage", "required") if language == "nl" else ("Opties", "Gebruik")
    assert not [word for word in foreign if word in page.out]


def test_all_that_is_wrong_is_told_at_once_with_the_name_of_each_option(call: Kvob) -> None:
    done = call("record-survey", "x", "--sent", "0", "--returned", "many", "--on", "soon", "--json")
    assert problems(done) == {
        "--on": "is not a day such as 2026-12-31: 'soon'",
        "--sent": "is less than 1: 0",
        "--returned": "is not a whole number: 'many'",
    }


def test_what_is_wrong_is_told_in_dutch(call: Kvob) -> None:
    done = call("record-survey", "x", "--sent", "-3", "--lang", "nl")
    assert done.code == 2
    done = call("record-survey", "x", "--sent=-3", "--lang", "nl")
    assert "--sent is kleiner dan 1: -3; --returned ontbreekt" in done.err


def test_what_is_missing_is_told_together(call: Kvob) -> None:
    assert problems(call("sign-covenant", "--json")) == {
        "--estate": "is missing",
        "--signatories": "is missing",
    }


def test_an_item_of_a_list_is_named_by_its_number(call: Kvob) -> None:
    good = '{"organisation": "Gemeente", "role": "municipality"}'
    bad = '{"organisation": "Politie", "role": "sheriff", "rank": 3}'
    found = problems(call("sign-covenant", "x", "--signatory", good, "--signatory", bad, "--json"))
    assert list(found) == ["--signatories[2].role", "--signatories[2].rank"]
    assert "'entrepreneurs'" in found["--signatories[2].role"]
    assert found["--signatories[2].rank"] == "does not exist"


def test_text_that_should_be_json_is_told_so(call: Kvob) -> None:
    found = problems(call("sign-covenant", "x", "--signatory", "Gemeente", "--json"))
    assert found == {"--signatories[1]": "is not a JSON object: Gemeente"}


def test_a_list_may_be_one_array_or_one_object_at_a_time(call: Kvob, hoek: str) -> None:
    parties = [{"organisation": name, "role": "other"} for name in ("A", "B", "C")]
    done = call(
        "declare-intent",
        hoek,
        "--on",
        "2021-01-11",
        "--signatories",
        json.dumps(parties[:2]),
        "--signatory",
        json.dumps(parties[2]),
        "--json",
    )
    assert [other["code"] for other in [done.error()]] == ["parties-missing"]


def test_fields_of_a_nested_object_can_be_options(call: Kvob, hoek: str) -> None:
    done = call(
        "record-figures",
        hoek,
        "--on",
        "2021-02-01",
        "--figures.year",
        "2020",
        "--figures.damage-eur",
        "9000",
        "--json",
    )
    event = done.json()["events"][0]
    assert event["topic"] == "kvob.estate:figures-recorded.v1"
    assert event["event"]["figures"]["damage_eur"] == 9000


def test_the_day_is_today_unless_another_is_given(call: Kvob, hoek: str) -> None:
    done = call("change-scope", hoek, "--scope", "Ook de kade", "--json").json()
    recorded = datetime.fromisoformat(done["events"][0]["at"])
    assert done["events"][0]["event"]["on"] == f"{civil_day(recorded)}"


def test_the_words_of_the_screens_are_understood(call: Kvob, hoek: str) -> None:
    done = call(
        "waive-requirement",
        hoek,
        "--requirement",
        "schouw in het donker",
        "--reason",
        "x",
        "--json",
    )
    assert done.json()["events"][0]["event"]["act"]["requirement"] == "walk_round_dark"


def test_the_role_of_a_party_and_the_role_of_who_acts_are_two_options(
    call: Kvob, hoek: str
) -> None:
    done = call(
        "succeed-party",
        hoek,
        "--former",
        "Gemeente",
        "--successor",
        "Fusiegemeente",
        "--party-role",
        "municipality",
        "--role",
        "guide",
        "--json",
    ).json()
    assert done["events"][0]["event"]["role"] == "municipality"
    assert done["events"][0]["role"] == "guide"


def test_a_trial_run_writes_nothing(call: Kvob, hoek: str) -> None:
    before = call("history", hoek, "--json").json()
    done = call("change-scope", hoek, "--scope", "Ook de kade", "--dry-run", "--lang", "nl")
    assert (done.code, done.err) == (0, "Proefdraai: er is niets geschreven.\n")
    assert "Gebied gewijzigd: Ook de kade" in done.out
    assert call("history", hoek, "--json").json() == before


def test_a_command_with_an_id_is_carried_out_once(call: Kvob, hoek: str) -> None:
    words = ("change-scope", hoek, "--scope", "Kade", "--on", "2021-02-01", "--command-id", "c-1")
    first, again = call(*words, "--json").json(), call(*words, "--json").json()
    assert (first["repeated"], again["repeated"]) == (False, True)
    assert again["version"] == first["version"]


def test_options_win_from_standard_input(call: Kvob, hoek: str) -> None:
    done = call(
        "change-scope",
        hoek,
        "--stdin",
        "--scope",
        "De kade",
        "--json",
        stdin=json.dumps({"scope": "Het spoor", "reason": "Wens"}),
    ).json()
    assert done["events"][0]["event"]["scope"] == "De kade"
    assert done["events"][0]["event"]["reason"] == "Wens"


@pytest.mark.parametrize(
    ("stdin", "told"),
    [
        (b"", "there is nothing"),
        (b"[]", "it is something else"),
        (b'{"a": 1', "it breaks off at line 1, column 8"),
        (b'{"a": 1, "a": 2}', "the field 'a' stands twice"),
        (b'{"a": "\xe9"}', "byte 8 is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number has too many digits"),
        (b" " * (16 * 1024 * 1024 + 1), "over 16 MiB"),
    ],
)
def test_input_that_is_no_json_object_is_refused(stdin: bytes, told: str, call: Kvob) -> None:
    done = call("do", "--lang", "en", stdin=stdin)
    assert done.code == 2
    assert told in done.err


def test_a_byte_order_mark_is_no_obstacle(call: Kvob) -> None:
    body = {"command": "register_estate", "name": "A", "municipalities": ["B"]}
    assert call("do", stdin=json.dumps(body).encode("utf-8-sig")).code == 0


def test_an_unknown_command_in_json_is_told_with_all_that_there_are(call: Kvob) -> None:
    error = call("do", "--json", stdin='{"command": "sign"}').error()
    assert error["code"] == "command-unknown"
    assert len(error["fields"]["known"]) == len(ALL_COMMANDS)


def test_json_of_another_command_is_refused(call: Kvob) -> None:
    error = call("sign-covenant", "-", "--json", stdin='{"command": "end_trajectory"}').error()
    assert error["code"] == "other-command"


def test_fields_in_json_are_named_as_in_the_json(call: Kvob) -> None:
    body = {"command": "record_survey", "estate": "x", "sent": 1}
    assert problems(call("do", "--json", stdin=json.dumps(body))) == {"returned": "is missing"}


def test_a_second_person_is_told_how_to_approve(call: Kvob, hoek: str) -> None:
    done = call(
        "waive-requirement", hoek, "--requirement", "survey", "--reason", "x", "--lang", "en"
    )
    assert done.code == 0
    assert "kvob approve-act 'De Hoek' --proposal act-3 --person" in done.err


def test_a_refusal_carries_everything_that_is_against_it(call: Kvob, hoek: str) -> None:
    error = call("award-certificate", hoek, "--role", "auditor", "--json").error()
    codes = [error["code"], *(other["code"] for other in error["others"])]
    assert codes[0] == "wrong-step"
    assert "auditor-does-not-decide" in codes
