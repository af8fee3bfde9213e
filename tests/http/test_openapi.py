"""Does the OpenAPI document tell the truth, in the form that the NLGov rules and OpenAPI ask?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openapi_spec_validator import validate
from pydantic import BaseModel

from kvob_workflow.http import Api, asgi_app, router
from kvob_workflow.http.openapi import document
from kvob_workflow.http.openapi.schemas import hoisted, tidied
from kvob_workflow.http.openapi.words import TAGS
from kvob_workflow.http.routing import declared
from kvob_workflow.http.settings import API_VERSION
from tests.http.conftest import HttpWorld

Document = dict[str, Any]


@pytest.fixture(scope="module")
def described() -> Document:
    made: Document = json.loads(json.dumps(document(Api())))
    return made


def operations(described: Document) -> Iterator[tuple[str, str, Document]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            yield method, path, operation


def test_the_document_is_valid_openapi(described: Document) -> None:
    validate(described)
    assert described["openapi"].startswith("3.1")


def test_every_operation_is_in_it_once_and_has_an_id_of_its_own(described: Document) -> None:
    found = [(method.upper(), path) for method, path, _ in operations(described)]
    assert sorted(found) == sorted((one.method, one.path) for one in declared())
    ids = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(set(ids)) == len(ids)


def test_every_tag_says_what_it_is_about() -> None:
    assert {one.tag for one in declared()} <= set(TAGS)


def test_every_success_declares_the_version_and_every_refusal_is_a_problem(
    described: Document,
) -> None:
    for _, path, operation in operations(described):
        for code, response in operation["responses"].items():
            if code < "400":
                assert "API-Version" in response["headers"], path
            else:
                name = response["$ref"].rpartition("/")[2]
                content = described["components"]["responses"][name]["content"]
                schema = {"$ref": "#/components/schemas/Problem"}
                assert content == {"application/problem+json": {"schema": schema}}


def test_bad_input_is_400_and_never_422(described: Document) -> None:
    for _, path, operation in operations(described):
        assert "400" in operation["responses"], path
        assert "422" not in operation["responses"], path
    assert "ValidationError" not in described["components"]["schemas"]


def test_every_operation_names_its_scope_and_who_is_refused(described: Document) -> None:
    by_path = {(one.method.lower(), one.path): one for one in declared()}
    for method, path, operation in operations(described):
        scope = by_path[method, path].scope
        wanted = [] if scope is None else [{"bearer": [scope.value]}]
        assert operation["security"] == wanted
        assert ({"401", "403"} <= set(operation["responses"])) is (scope is not None)


def test_no_parameter_can_be_null(described: Document) -> None:
    def nulls(node: object) -> bool:
        return '"null"' in json.dumps(node)

    parameters = [
        parameter
        for _, _, operation in operations(described)
        for parameter in operation.get("parameters", ())
    ]
    assert len(parameters) > 5
    assert not any(nulls(parameter) for parameter in parameters)


def test_a_day_that_may_be_absent_keeps_its_format(described: Document) -> None:
    line = described["components"]["schemas"]["EstateLine"]["properties"]
    assert line["expires_on"] == {"type": ["string", "null"], "format": "date"}


def test_models_have_upper_camel_names_and_two_of_one_name_are_refused(
    described: Document,
) -> None:
    assert "ListOfEstateLine" in described["components"]["schemas"]
    assert all(name[:1].isupper() and name.isalnum() for name in described["components"]["schemas"])
    with pytest.raises(ValueError, match="one name"):
        tidied({"paths": {}, "components": {"schemas": {"A_b": {}, "AB": {}}}})


def test_the_schema_of_a_body_brings_its_definitions_along() -> None:
    class Inner(BaseModel):
        number: int

    class Outer(BaseModel):
        inner: Inner

    components: Document = {}
    made = hoisted(Outer.model_json_schema(), components)
    assert made["properties"]["inner"] == {"$ref": "#/components/schemas/Inner"}
    assert "$defs" not in made
    assert set(components) == {"Inner"}
    with pytest.raises(ValueError, match="one name"):
        hoisted(Outer.model_json_schema(), {"Inner": {"type": "string"}})


def test_the_document_is_open_also_to_pages_of_other_origins(http_world: HttpWorld) -> None:
    answer = http_world.stranger().get("/v1/openapi.json", headers={"Origin": "https://a.example"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["api-version"] == API_VERSION == answer.json()["info"]["version"]


def test_the_document_says_where_it_is_mounted_or_included(http_world: HttpWorld) -> None:
    host = FastAPI()
    host.mount("/kvob", asgi_app(http_world.engine))
    host.include_router(router(http_world.engine), prefix="/own")
    client = TestClient(host)
    for place in ("/kvob", "/own"):
        servers = client.get(f"{place}/v1/openapi.json").json()["servers"]
        assert servers == [{"url": f"{place}/v1"}]


def test_an_installation_says_who_answers_for_it_and_where_it_is() -> None:
    api = Api(
        server="https://kvob.example.org/",
        contact_name="Beheer",
        contact_url="https://example.org/kvob",
        contact_email="beheer@example.org",
    )
    made = document(api, "/kvob")
    assert made["servers"] == [{"url": "https://kvob.example.org/v1"}]
    assert made["info"]["contact"]["email"] == "beheer@example.org"
    assert made["externalDocs"]["url"] == "https://kvob.example.org/v1/glossary"
