"""What does the scheme say, and may everybody read it?"""

from __future__ import annotations

from kvob_domain.estate.commands import ALL_COMMANDS
from kvob_domain.estate.rules import ALL_RULES
from kvob_domain.scheme.scheme_terms import Terms
from tests.http.conftest import HttpWorld
from tests.http.contract import kept, refused


def test_everybody_may_read_the_editions_and_one_is_in_force(http_world: HttpWorld) -> None:
    body = kept(http_world.stranger().get("/v1/schemes"))
    assert [one["id"] for one in body["items"]][-1] == "practice"
    assert [one["in_force_today"] for one in body["items"]].count(True) == 1


def test_each_value_has_its_source_and_what_nobody_confirms_is_marked(
    http_world: HttpWorld,
) -> None:
    client = http_world.stranger()
    for line in kept(client.get("/v1/schemes"))["items"]:
        body = kept(client.get(f"/v1/schemes/{line['id']}"))
        assert [one["name"] for one in body["terms"]] == list(Terms.model_fields)
        for one in body["terms"]:
            assert one["known"] == (one["source"] is not None) == (one["value"] is not None)
        assert any(not one["known"] for one in body["terms"])
    refused(client.get("/v1/schemes/kvo-99"), 404, "unknown-edition")


def test_every_rule_and_every_command_is_listed(http_world: HttpWorld) -> None:
    client = http_world.stranger()
    rules = kept(client.get("/v1/rules"))["items"]
    assert [one["name"] for one in rules] == [rule.name for rule in ALL_RULES]
    assert all(one["text"] and one["commands"] for one in rules)
    commands = {one["command"]: one for one in kept(client.get("/v1/commands"))["items"]}
    assert len(commands) == len(ALL_COMMANDS)
    assert commands["sign_covenant"]["scope"] == "estates:prepare"
    assert {"from_step": "covenant", "to_step": "award"} in commands["sign_covenant"]["steps"]
    assert commands["suspend_certificate"]["statuses"] == [
        {"from_status": "valid", "to_status": "suspended"}
    ]
