"""What does a document look like from outside? Hash, size, media type, title, address."""

from typing import Annotated

from pydantic import Field, StringConstraints

# One line of text: control characters could forge a line in a list or move a cursor.
LINE = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029]+$"

Sha256Field = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of the whole file, as 64 lower-case hexadecimal digits. Source: FIPS 180-4."""

SizeField = Annotated[int, Field(ge=1, le=2**53)]
"""Bytes; an empty file proves nothing. The bound is the largest whole number JSON keeps."""

MediaTypeField = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$"),
]
"""A media type without parameters. Source: RFC 6838 section 4.2."""

LineField = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=LINE)]
AddressField = Annotated[str, StringConstraints(min_length=1, max_length=2000, pattern=LINE)]
