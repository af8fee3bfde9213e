"""What does the API answer to everything that its document allows, and to what it does not?

Schemathesis makes the requests out of the OpenAPI document and judges the answers by it: no
failure of the server, no status, header, media type or field that is not documented, nothing
malformed taken for well-formed. The requests are asked in process.
"""

from __future__ import annotations

import contextlib
import copy
import importlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any, Final, cast

import requests
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.transport import Response as Judged

from tests.http.callers import Caller
from tests.http.document import Document, document_of
from tests.http.in_process import Answer, InProcess

# Their types are partly unknown to a strict checker.
_CHECKING: Final[Any] = importlib.import_module("schemathesis.checks")
_CONFIGURING: Final[Any] = importlib.import_module("schemathesis.config")

# A request may be well-formed and yet be refused: by rights, by the rules, by the estate's version.
_REFUSED: Final = [401, 403, 404, 409, 412, 413, 414, 415, 428, 429, 503]
_CHECKS: Final = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "positive_data_acceptance",
)
_CONFIG: Final = {
    "checks": {
        "negative_data_rejection": {"expected-statuses": [400, 405, 406, 431, *_REFUSED]},
        "positive_data_acceptance": {"expected-statuses": ["2xx", "3xx", 400, *_REFUSED]},
    },
}
_MODES: Final = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
_ALL_CHECKS: Final = cast("list[HealthCheck]", list(HealthCheck))
_BASE: Final = "http://testserver/v1"
_NOT_SHRUNK: Final = (Phase.generate,)


@dataclass
class Found:
    """What a run of requests found. A problem is told once, with the first request that had it."""

    requests: int = 0
    answers: Counter[tuple[str, int]] = field(default_factory=Counter[tuple[str, int]])
    problems: dict[str, str] = field(default_factory=dict[str, str])

    def statuses(self) -> Counter[int]:
        """How many requests were answered with each status."""
        counted: Counter[int] = Counter()
        for (_, status), count in self.answers.items():
            counted[status] += count
        return counted


class Fuzz:
    """An application, the callers, and the values that parameters in paths may have."""

    def __init__(
        self,
        app: FastAPI,
        callers: Sequence[Caller],
        values: Mapping[str, Sequence[str]],
        *,
        at_once: int | None = None,
        only: str | None = None,
    ) -> None:
        """Read the document. Each request is asked by `at_once` callers in turn, or by all.

        With `only` nothing but the operations of this path is asked.
        """
        _CHECKING.load_all_checks()
        document = seeded(document_of(app), values)
        config = _CONFIGURING.SchemathesisConfig.from_dict(_CONFIG)
        self._app = app
        self._at_once = at_once or len(callers)
        self._callers = cycle(callers)
        schema: Any = schemathesis.openapi.from_dict(document, config=config)
        self._schema: Any = schema.include(path=only) if only else schema
        self._checks: list[Any] = _CHECKING.CHECKS.get_by_names(_CHECKS)

    def run(self, each: int, number: int) -> Found:
        """Ask each operation so often well-formed, and so often malformed, from one seed."""
        found = Found()
        with InProcess(self._app) as asking:
            for operation in self._schema.get_all_operations():
                for mode in _MODES:
                    self._fuzz(operation.ok(), mode, each, number, found, asking)
        return found

    def _fuzz(
        self,
        operation: Any,
        mode: GenerationMode,
        each: int,
        number: int,
        found: Found,
        asking: InProcess,
    ) -> None:
        @seed(number)
        @settings(
            max_examples=each,
            deadline=None,
            database=None,
            phases=_NOT_SHRUNK,
            suppress_health_check=_ALL_CHECKS,
        )
        @given(operation.as_strategy(generation_mode=mode))
        def ask(case: Any) -> None:
            # Making a case takes longer than asking it: several ask each.
            for caller in islice(self._callers, self._at_once):
                self._ask(case, caller, found, asking)

        # What takes nothing cannot be asked wrongly.
        with contextlib.suppress(Unsatisfiable):
            ask()

    def _ask(self, case: Any, caller: Caller, found: Found, asking: InProcess) -> None:
        case.headers = {**(case.headers or {}), **caller.headers}
        request = requests.Request(**case.as_transport_kwargs(_BASE)).prepare()
        answer = asking.ask(str(request.method), request.path_url, _sent(request), _body(request))
        label = case.operation.label
        found.requests += 1
        found.answers[label, answer.status] += 1
        try:
            case.validate_response(_judged(request, answer), checks=self._checks)
        except (Failure, FailureGroup) as failure:
            several = failure.exceptions if isinstance(failure, FailureGroup) else (failure,)
            for one in several:
                _note(found, label, caller, one, request, answer)


def seeded(document: Document, values: Mapping[str, Sequence[str]]) -> Document:
    """The document with values that exist for parameters in paths, so that not all is unknown."""
    given: Document = copy.deepcopy(document)
    known: list[dict[str, Any]] = [*given.get("components", {}).get("parameters", {}).values()]
    for item in given["paths"].values():
        for operation in item.values():
            known += operation.get("parameters", ())
    for parameter in known:
        if parameter.get("in") == "path" and parameter["name"] in values:
            parameter["schema"] = {"type": "string", "enum": list(values[parameter["name"]])}
    return given


def _sent(request: requests.PreparedRequest) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else value.decode("latin-1")
        for name, value in request.headers.items()
    }


def _body(request: requests.PreparedRequest) -> bytes:
    body = request.body or b""
    return body.encode() if isinstance(body, str) else cast("bytes", body)


def _judged(request: requests.PreparedRequest, answer: Answer) -> Judged:
    return Judged(
        status_code=answer.status,
        headers={name: [value] for name, value in answer.headers.items()},
        content=answer.body,
        request=request,
        elapsed=0.0,
        verify=True,
    )


def _note(
    found: Found,
    label: str,
    caller: Caller,
    failure: Exception,
    request: requests.PreparedRequest,
    answer: Answer,
) -> None:
    kind = f"{label}: {getattr(failure, 'title', type(failure).__name__)}"
    told = getattr(failure, "message", str(failure))
    asked = f"{caller.name}: {request.method} {request.path_url} {_body(request)[:400]!r}"
    found.problems.setdefault(
        kind, f"{kind}\n{told[:600]}\n{asked}\n{answer.status} {answer.body[:400]!r}"
    )
