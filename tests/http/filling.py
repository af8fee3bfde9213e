"""What is asked with, where the document leaves it open? Ids, days and bodies, by estate.

A parameter or a body that is not here fails the matrix: whoever adds one says here what it is.
"""

from __future__ import annotations

from typing import Any, Final

from kvob_workflow import Engine
from tests.http.matrix import OBJECTS, Filling
from tests.http.two_regions import SITES

# Parts of a path that are about one estate; `{}` is its mark.
_OF_AN_ESTATE: Final = {"measureId": "m1-{}"}
_EVERYWHERE: Final = {
    "number": "1",
    "version": "4",
    "field": "step",
    "cycle": "1",
    "edition": "kvo-3.1",
}
_QUERIES: Final = {"from": "2021-01-01", "until": "2023-01-01"}
_BODIES: Final[dict[str, Any]] = {}


def filling(engine: Engine) -> Filling:
    """The values of the world of two regions."""
    by_estate = {"estateId": {site: str(site.id) for site in OBJECTS}}
    for name, form in _OF_AN_ESTATE.items():
        by_estate[name] = {site: form.format(site.mark) for site in OBJECTS}
    return Filling(
        by_estate=by_estate,
        fixed=_EVERYWHERE,
        queries=_QUERIES,
        bodies=_BODIES,
        versions={site: engine.state(site.id).version for site in SITES},
    )
