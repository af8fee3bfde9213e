"""How does somebody take the dossier of an estate along? One zip, to read and to check elsewhere.

It is written to a file without a name first, and sent from there: a piece at a time is in memory.
"""

import tempfile
from collections.abc import Iterator
from typing import IO

from fastapi import Request, Response
from starlette.responses import StreamingResponse
from starlette.types import Receive, Send
from starlette.types import Scope as AsgiScope

from kvob_domain.mandates import Scope
from kvob_workflow.dossier import DossierQuery, dossier_from
from kvob_workflow.http.declaring import Routes
from kvob_workflow.http.entrance import Desk, asked_of
from kvob_workflow.http.parameters import EstatePath, On

ROUTES = Routes("proofs")
_ZIP = "application/zip"
_PIECE = 1 << 18
_IN_MEMORY = 1 << 20


@ROUTES.get("/estates/{estateId}/dossier", None, scope=Scope.PROOFS_READ, media=_ZIP)
def estate_dossier(request: Request, desk: Desk, estate_id: EstatePath, on: On = None) -> Response:
    """The dossier of an estate: its history in plain language, the stored bytes with proofs.

    It takes history:read and persons:read as well: the bytes hold everything, and a person in them
    cannot be hidden without breaking the proofs. Names of persons, documents and a PDF are only in
    the file of `kvob dossier`. The same events under the same head give the same bytes.
    """
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  # closed when sent
    try:
        query = DossierQuery(estate_id, asked_of(request).language, on)
        report = dossier_from(desk, query, file)
        length = file.seek(0, 2)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    headers = {
        "Content-Length": str(length),
        "Content-Disposition": f'attachment; filename="dossier-{estate_id}.zip"',
        "ETag": f'"{report.manifest_sha256}"',
        "Vary": "Accept-Language",
    }
    if request.method == "HEAD":
        file.close()
        return Response(headers=headers, media_type=_ZIP)
    return _FromFile(file, headers)


class _FromFile(StreamingResponse):
    """Sends a file and closes it, also when whoever asked has gone."""

    def __init__(self, file: IO[bytes], headers: dict[str, str]) -> None:
        super().__init__(_pieces(file), headers=headers, media_type=_ZIP)
        self._file = file

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._file.close()


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    while piece := file.read(_PIECE):
        yield piece
