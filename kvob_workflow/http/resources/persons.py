"""Who is in the person directory, and what is known of somebody? No name is ever in an address.

To look somebody up is a POST: addresses end up in logs and histories, bodies do not.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Annotated

from fastapi import Path, Request, Response

from kvob_domain.mandates import Scope
from kvob_projections.paging import Page
from kvob_workflow.http.answers import Limit, ListOf, Offset, answered, listed
from kvob_workflow.http.declaring import Declared, Routes
from kvob_workflow.http.entrance import Desk
from kvob_workflow.http.given import model_in
from kvob_workflow.http.models.persons import (
    AccessModel,
    NewPerson,
    PersonChange,
    PersonLine,
    PersonSearch,
    access_model,
    person_line,
)
from kvob_workflow.privacy.directory import Found, PersonDetails

ROUTES = Routes("persons")

PersonPath = Annotated[
    str,
    Path(
        alias="personId",
        pattern="^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$",
        description="The id of a person, which tells nothing of him.",
    ),
]
_MOST_FOUND = 200


@ROUTES.get("/persons", ListOf[PersonLine], scope=Scope.PERSONS_MANAGE)
def list_persons(request: Request, desk: Desk, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Everybody in the directory, by id."""
    everybody: Iterator[Found] = iter(desk.persons)
    passed = sum(1 for _ in islice(everybody, offset))
    found = [person_line(one) for one in islice(everybody, limit + 1)]
    items = tuple(found[:limit])
    page = Page(items, passed + len(items), len(found) <= limit, offset, limit)
    return listed(page, PersonLine, request, limit)


@ROUTES.post("/persons", PersonLine, scope=Scope.PERSONS_MANAGE, takes=NewPerson, status=201)
def add_person(request: Request, desk: Desk) -> Response:
    """Add somebody; the new id is random."""
    directory = desk.persons
    given = model_in(request, NewPerson)
    details = PersonDetails(
        given.name, given.email, given.phone, given.organisation, given.function
    )
    person = directory.add(details, person=given.person)
    place = {"Location": f"{request.url.path}/{person}"}
    return answered(person_line(directory.show(person)), status=201, headers=place)


@ROUTES.post("/person-searches", ListOf[PersonLine], scope=Scope.PERSONS_MANAGE, takes=PersonSearch)
def search_persons(request: Request, desk: Desk) -> Response:
    """Who has this e-mail address, or this text in the name; at most 200 of them."""
    directory = desk.persons
    found = directory.find(model_in(request, PersonSearch).text)
    lines = tuple(person_line(one) for one in found[:_MOST_FOUND])
    body = ListOf[PersonLine](
        items=lines, total=len(found), total_is_exact=True, limit=_MOST_FOUND, offset=0
    )
    return answered(body)


@ROUTES.get("/persons/{personId}", PersonLine, scope=Scope.PERSONS_MANAGE)
def person(desk: Desk, person_id: PersonPath) -> Response:
    """Somebody in the directory; of who was erased only that."""
    return answered(person_line(desk.persons.show(person_id)))


def change_person(request: Request, desk: Desk, person_id: PersonPath) -> Response:
    """Details that have changed; names in events stay as they were."""
    directory = desk.persons
    given = model_in(request, PersonChange)
    return answered(person_line(directory.change(person_id, **given.model_dump())))


@ROUTES.get("/persons/{personId}/disclosure", AccessModel, scope=Scope.PERSONS_MANAGE)
def person_disclosure(desk: Desk, person_id: PersonPath) -> Response:
    """Everything that is known of a person, for a request for access (GDPR art. 15)."""
    return answered(access_model(desk.export_person(person_id)))


ROUTES.add(
    Declared(
        "PATCH",
        "/persons/{personId}",
        change_person,
        PersonLine,
        Scope.PERSONS_MANAGE,
        ROUTES.tag,
        takes=PersonChange.model_json_schema(),
        refusals=(409,),
    )
)
