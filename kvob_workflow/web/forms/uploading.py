"""What does a file on a form give? Its fingerprint, its size and its kind; it is not kept."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

from starlette.datastructures import UploadFile

from kvob_workflow.documents import media_type_of

if TYPE_CHECKING:
    from starlette.datastructures import FormData

    from kvob_workflow.web.forms.filled import Filled

UPLOAD: Final = "file"
_PIECE: Final = 65_536


def with_upload(form: FormData, filled: Filled) -> Filled:
    """The form with what its file says; without a file as it is. A title that was typed stays."""
    upload = form.get(UPLOAD)
    if not isinstance(upload, UploadFile) or not upload.filename:
        return filled
    digest, size = hashlib.sha256(), 0
    upload.file.seek(0)
    while piece := upload.file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    name = upload.filename.replace("\\", "/").rpartition("/")[2][:300]
    measured = filled.but(
        {
            "sha256": digest.hexdigest(),
            "size_bytes": str(size),
            "media_type": media_type_of(name),
        }
    )
    return measured.only_where_empty({"title": name}, ())
