"""What has happened, for other systems? CloudEvents as a list by position, and as a stream."""

from typing import Annotated
from urllib.parse import urlencode

import orjson
from fastapi import Header, Query, Request, Response

from kvob_domain.mandates import Scope
from kvob_workflow.cloud_events import BATCHED, Detail, batched
from kvob_workflow.cloud_events.streaming import MEDIA_TYPE, EventPage, Feed, position_of
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk, asked_of
from kvob_workflow.http.models.events import CloudEventBatch
from kvob_workflow.http.settings import API_VERSION
from kvob_workflow.http.streaming import EventStream

ROUTES = Routes("events")
DOCUMENT = Routes("documents")

After = Annotated[
    int, Query(ge=0, le=2**53, description="After this position; 0 is from the beginning.")
]
Types = Annotated[
    str | None,
    Query(max_length=2000, description="Only these, with commas, such as covenant-signed."),
]
InFull = Annotated[Detail, Query(description="A reference, or all that the event says.")]
LastEventId = Annotated[
    str | None,
    Header(alias="Last-Event-ID", max_length=20, description="Where the stream was left."),
]


@ROUTES.get("/events", CloudEventBatch, scope=Scope.HISTORY_READ, media=BATCHED)
def list_events(
    request: Request,
    desk: Desk,
    after: After = 0,
    types: Types = None,
    data: InFull = Detail.POOR,
    limit: Annotated[int, Query(ge=1, le=1000, description="Events in the answer.")] = 100,
) -> Response:
    """The events of estates within reach after a position, oldest first; Link leads on.

    The link to the next part is always there: at the end it leads to what is still to come.
    """
    page = desk.cloud_events(after, types=_named(types), limit=limit, detail=data)
    message = batched(event for _, event in page.items)
    asked = {**request.query_params, "after": str(page.position)}
    headers = {**message.headers, "Link": f'<?{urlencode(asked)}>; rel="next"'}
    return Response(message.body, headers=headers)


@ROUTES.get("/events/stream", None, scope=Scope.HISTORY_READ, media=MEDIA_TYPE)
def stream_events(
    request: Request,
    desk: Desk,
    after: After = 0,
    types: Types = None,
    data: InFull = Detail.POOR,
    last_event_id: LastEventId = None,
) -> Response:
    """The same as server-sent events, without end; Last-Event-ID goes on where it was left."""
    begin = after if last_event_id is None else position_of(last_event_id)
    named, asked = _named(types), asked_of(request)

    def ask(position: int) -> EventPage:
        if not desk.wait_for_events(position, 0.0):  # a look in vain is no look at any estate
            return EventPage((), position, is_end=True)
        return desk.cloud_events(position, types=named, detail=data)

    desk.cloud_events(begin, types=named, detail=data)  # refused before the answer begins
    return EventStream(asked.engine, Feed(ask, begin), asked.api.stream_seconds)


@DOCUMENT.get("/events/asyncapi.json", None, scope=None)
def asyncapi_document() -> Response:
    """What goes out, as an AsyncAPI 3.0 document: every event, by webhook and by stream."""
    from kvob_workflow.cloud_events.asyncapi import asyncapi_document as made

    return Response(orjson.dumps(made(API_VERSION)), media_type="application/json")


def _named(types: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in (types or "").split(",") if one.strip())
