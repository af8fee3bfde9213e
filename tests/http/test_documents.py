"""What does the API tell of itself, to whoever asks? Its page, its refusals and its words."""

from __future__ import annotations

import ast
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

from kvob_domain.lifecycle.trajectory import Step
from kvob_workflow.http import Api
from kvob_workflow.http.openapi import finished
from kvob_workflow.http.openapi.finished import LONGEST_PLACE, MOST_KEPT, as_json, as_page
from kvob_workflow.http.openapi.page import CSP
from kvob_workflow.http.problem_types import modules_with_codes, problem_types
from kvob_workflow.http.routing import declared
from tests.http.conftest import HttpWorld

ROOT = Path(__file__).parents[2]
# What a refusal of its own would be shown as, where a screen is the only one to see it.
ELSEWHERE = ("kvob_workflow/cli/",)


def test_every_code_of_the_source_has_a_problem_type() -> None:
    assert codes_of_the_source() <= set(problem_types())
    assert "unexpected" in problem_types()
    assert len(problem_types()) > 100


def codes_of_the_source() -> set[str]:
    """The codes of dataclasses, read from the files; what is no dataclass is a family."""
    found: set[str] = set()
    for folder in ("kvob_workflow", "domain/kvob_domain", "projections/kvob_projections"):
        for file in (ROOT / folder).rglob("*.py"):
            if not str(file.relative_to(ROOT)).startswith(ELSEWHERE):
                for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                    if isinstance(node, ast.ClassDef) and node.decorator_list:
                        found |= set(code_of(node))
    return found


def code_of(node: ast.ClassDef) -> list[str]:
    return [
        str(one.value.value)
        for one in node.body
        if isinstance(one, ast.AnnAssign)
        and isinstance(one.target, ast.Name)
        and one.target.id == "code"
        and isinstance(one.value, ast.Constant)
    ]


def test_no_two_refusals_have_the_same_code() -> None:
    modules = set(modules_with_codes())
    assert "kvob_workflow.http.errors" in modules
    codes = [
        code
        for folder in ("kvob_workflow", "domain/kvob_domain", "projections/kvob_projections")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and node.decorator_list
        for code in code_of(node)
    ]
    assert sorted(codes) == sorted(set(codes))


def test_the_type_of_a_problem_leads_to_its_explanation(http_world: HttpWorld) -> None:
    client = http_world.stranger()
    refusal = client.get("/v1/estates", headers={"Authorization": "nonsense"})
    told = client.get(refusal.json()["type"]).json()
    assert told["code"] == refusal.json()["code"]
    assert told["status"] == refusal.status_code
    assert told["nl"]
    assert told["en"]


def test_every_problem_has_the_status_of_its_family(http_world: HttpWorld) -> None:
    told = {one["code"]: one for one in http_world.stranger().get("/v1/problems").json()["items"]}
    assert told["request-malformed"]["status"] == 400
    assert told["scope-missing"]["status"] == 403
    assert told["estate-not-within-reach"]["status"] == 404
    assert told["version-conflict"]["status"] == 409
    assert told["body-too-large"]["status"] == 413
    assert told["store-unavailable"]["status"] == 503
    assert told["store-unavailable"]["fields"] == ["store", "reason"]


def test_an_unknown_code_is_not_there(http_world: HttpWorld) -> None:
    answer = http_world.stranger().get("/v1/problems/no-such-thing")
    assert answer.status_code == 404
    assert answer.json()["code"] == "resource-unknown"


def test_the_glossary_has_the_dutch_word_of_every_step_and_command(http_world: HttpWorld) -> None:
    words = http_world.stranger().get("/v1/glossary").json()["items"]
    by_code = {(one["kind"], one["code"]): one for one in words}
    assert by_code["noun", "estate"]["nl"] == "terrein"
    assert {code for kind, code in by_code if kind == "step"} == {step.value for step in Step}
    assert by_code["command", "sign_covenant"]["nl"] == "Convenant ondertekenen"
    assert all(one["nl"] and one["en"] for one in words)


class Elements(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if tag == "a" and name == "href":
                self.links.append(value or "")
            if name in ("src", "srcset") or (tag == "link" and name == "href"):
                self.loaded.append(value or "")


def test_the_page_holds_every_operation_and_loads_nothing(http_world: HttpWorld) -> None:
    answer = http_world.stranger().get("/v1/docs", headers={"Accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    elements = Elements()
    elements.feed(answer.text)
    assert {one.handler.__name__ for one in declared()} <= set(elements.ids)
    assert elements.loaded == []
    assert "script" not in elements.names
    assert len(set(elements.ids)) == len(elements.ids)
    assert {link[1:] for link in elements.links if link.startswith("#")} <= set(elements.ids)
    assert "style=" not in answer.text


def test_the_page_allows_its_own_style_and_nothing_else(http_world: HttpWorld) -> None:
    answer = http_world.stranger().get("/v1/docs")
    assert answer.headers["content-security-policy"] == CSP
    assert CSP.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in CSP


def test_the_page_can_be_read_in_the_dark_and_has_one_heading_of_the_first_level(
    http_world: HttpWorld,
) -> None:
    page = http_world.stranger().get("/v1/docs").text
    assert "prefers-color-scheme:dark" in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_what_is_kept_of_the_document_is_told_apart_by_place_and_bounded() -> None:
    api = Api(server="")
    assert as_json(api, "/one") is as_json(api, "/one")
    assert as_page(api, "/one") is as_page(api, "/one")
    assert b'"/two/v1"' in as_json(api, "/two")
    assert b'"https://kvob.example/v1"' in as_json(Api(server="https://kvob.example"), "/one")
    for number in range(2 * MOST_KEPT):
        as_json(api, f"/{number}")
    long = "/" + "x" * LONGEST_PLACE
    assert as_json(api, long) is not as_json(api, long)
    assert finished._json.cache_info().currsize == MOST_KEPT  # pyright: ignore[reportPrivateUsage]
