"""How does Hypothesis fill the fields of a pydantic model? By annotation, with values that meet.

Texts and ids come from a small stock, so that a measure that is updated is often one of the plan.
"""

import types
from decimal import Decimal
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import BaseModel, StringConstraints
from pydantic.fields import FieldInfo

Strategy = st.SearchStrategy[Any]
Special = dict[object, Strategy]

_STOCK = st.sampled_from(["A", "B", "m1", "m2", "f1", "g1", "act-2", "act-3", "Kiwa"])
_ESTATES = st.sampled_from(["0" * 31 + digit for digit in "123"])
_HASHES = st.sampled_from([digit * 64 for digit in "0ab"])
_MEDIA_TYPES = st.sampled_from(["application/pdf", "image/jpeg"])
_SIMPLE: dict[object, Strategy] = {
    str: _STOCK,
    bool: st.booleans(),
    int: st.integers(0, 30),
    Decimal: st.decimals(0, 10, places=1),
    types.NoneType: st.none(),
}


def field_values(model: type[BaseModel], special: Special) -> dict[str, Strategy]:
    """A strategy for every field of a model; `special` wins over what the annotation gives."""
    return {name: _field(field, special) for name, field in model.model_fields.items()}


def _field(field: FieldInfo, special: Special) -> Strategy:
    annotation = field.annotation
    if annotation is int:
        low = next((int(str(one.ge)) for one in field.metadata if isinstance(one, Ge)), 0)
        most = next((int(str(one.le)) for one in field.metadata if isinstance(one, Le)), low + 30)
        return st.integers(low, min(most, low + 30))
    return _constrained(annotation, field.metadata, special)


def _constrained(annotation: object, metadata: list[Any], special: Special) -> Strategy:
    for one in metadata:
        pattern = str(one.pattern) if isinstance(one, StringConstraints) else ""
        if "{64}" in pattern:
            return _HASHES
        if "0-9a-f" in pattern:
            return _ESTATES
        if "/" in pattern:
            return _MEDIA_TYPES
    return _value(annotation, special)


def _value(annotation: object, special: Special) -> Strategy:
    if annotation in special:
        return special[annotation]
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if isinstance(annotation, type):
        return _of_class(annotation, special)
    if supertype := getattr(annotation, "__supertype__", None):
        return _value(supertype, special)
    return _composed(annotation, special)


def _of_class(one: type, special: Special) -> Strategy:
    if issubclass(one, Enum):
        return st.sampled_from(one)
    if issubclass(one, BaseModel):
        return st.builds(one, **field_values(one, special))
    message = f"no values for {one}"
    raise TypeError(message)


def _composed(annotation: object, special: Special) -> Strategy:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return st.sampled_from(inner)
    if origin is tuple:
        return st.lists(_value(inner[0], special), max_size=3).map(tuple)
    if origin in (Union, types.UnionType):
        return st.one_of(*(_value(one, special) for one in inner))
    return _constrained(inner[0], list(getattr(annotation, "__metadata__", ())), special)
