"""Is it told who hears of a weakness, and only while that is true?"""

from __future__ import annotations

from datetime import date

import pytest
from fastapi.testclient import TestClient

from kvob_workflow.http import Api, asgi_app
from kvob_workflow.testing import engine_in_memory

TODAY = date(2026, 11, 23)
PATH = "/.well-known/security.txt"
CONTACT = "mailto:security@example.org"


def asked(api: Api) -> tuple[int, str, str]:
    with engine_in_memory(TODAY) as engine:
        answer = TestClient(asgi_app(engine, api)).get(PATH)
    return answer.status_code, answer.headers["content-type"], answer.text


def test_the_file_names_contact_end_and_its_own_address() -> None:
    api = Api(
        security_contact=CONTACT,
        security_expires=date(2027, 11, 1),
        server="https://kvo.example",
    )
    status, kind, text = asked(api)
    assert (status, kind) == (200, "text/plain; charset=utf-8")
    assert text.split("\r\n") == [
        f"Contact: {CONTACT}",
        "Expires: 2027-11-01T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: https://kvo.example{PATH}",
        "",
    ]


@pytest.mark.parametrize(
    "api",
    [
        Api(),
        Api(security_contact=CONTACT),
        Api(security_expires=date(2027, 11, 1)),
        Api(security_contact=CONTACT, security_expires=TODAY),
    ],
)
def test_without_a_contact_or_after_its_day_there_is_none(api: Api) -> None:
    status, kind, _ = asked(api)
    assert (status, kind) == (404, "application/problem+json")
