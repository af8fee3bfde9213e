"""In which text is an event compared? JSON with sorted keys, no spaces, absent values left out."""

import json

from kvob_domain.estate.events import Event


def canonical(value: object) -> str:
    """The one text of a JSON value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def business(event: Event) -> dict[str, object]:
    """What is stored of an event itself."""
    return event.model_dump(mode="json", exclude_none=True)
