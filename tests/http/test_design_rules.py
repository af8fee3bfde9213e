"""Does the OpenAPI document keep the NLGov API Design Rules, and is it OpenAPI 3.1 at all?

The linter is the official one; in CI it must run, elsewhere a test that cannot run says so.
"""

from __future__ import annotations

import copy
import json
import os
from datetime import date
from pathlib import Path

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from kvob_workflow.http import asgi_app
from kvob_workflow.testing import engine_in_memory
from tests.http.design_rules import Finding, NotInstalled, findings
from tests.http.document import Document, document_of


@pytest.fixture(scope="module")
def document() -> Document:
    """The document of the whole API."""
    with engine_in_memory(date(2026, 11, 23)) as engine:
        return document_of(asgi_app(engine))


def linted(document: Document, folder: Path) -> list[Finding]:
    """What the linter says; on a machine without it the test is left out, but never in CI."""
    try:
        return findings(document, folder)
    except NotInstalled as reason:
        told = f"NOT CHECKED against the NLGov API Design Rules: {reason}"
        if os.environ.get("CI"):
            pytest.fail(told, pytrace=False)
        pytest.skip(told)


def test_the_document_has_no_error_and_no_warning_of_the_official_linter(
    document: Document, tmp_path: Path
) -> None:
    assert linted(document, tmp_path) == []


def test_the_linter_finds_what_is_planted(document: Document, tmp_path: Path) -> None:
    broken = copy.deepcopy(document)
    del broken["info"]["contact"]
    broken["servers"] = [{"url": "http://example.org"}]
    path, operations = next(iter(broken["paths"].items()))
    broken["paths"][f"{path}/Not_Kebab"] = operations
    for operation in operations.values():
        for code, answer in operation["responses"].items():
            if code.startswith("2"):
                del answer["headers"]["API-Version"]
    found = {one.rule for one in linted(broken, tmp_path) if one.severity == "error"}
    assert {
        "info-contact",
        "nlgov:include-major-version-in-uri",
        "nlgov:paths-kebab-case",
        "nlgov:missing-version-header",
        "operation-operationId-unique",
    } <= found


def test_the_document_is_openapi_3_1(document: Document) -> None:
    assert document["openapi"].startswith("3.1.")
    assert [str(error) for error in OpenAPIV31SpecValidator(document).iter_errors()] == []


def test_a_document_that_is_no_openapi_is_found(document: Document) -> None:
    broken = copy.deepcopy(document)
    path = next(iter(broken["paths"]))
    broken["paths"][path]["get"] = {"responses": {"200": {"description": 200}}}
    del broken["info"]["version"]
    assert len(list(OpenAPIV31SpecValidator(broken).iter_errors())) >= 1


def test_the_lock_of_the_linter_holds_hashes_and_no_address(root: Path) -> None:
    text = (root / "tests/http/linter/package-lock.json").read_text("utf-8")
    packages = json.loads(text)["packages"]
    assert [part for part in ("://", "resolved") if part in text] == []
    assert len(packages) > 100
    assert [name for name, one in packages.items() if name and "integrity" not in one] == []
