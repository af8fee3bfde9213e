"""How does a dry run know what an earlier chunk would have written? It remembers the keys.

Within a chunk the engine itself finds the repeats. What is kept here is one number per fact and
one id per estate.
"""

from kvob_domain.estate.fact_keys import fact_key
from kvob_domain.estate.values import PastFact
from kvob_domain.estate_names import normal_name
from kvob_domain.ids import EstateId
from kvob_workflow.engine.facts import FactItem, FactOutcome


class Rehearsal:
    """The estates, facts and remarks that a dry run has answered for."""

    def __init__(self) -> None:
        """Nothing was answered for."""
        self._estates: dict[tuple[str, str], EstateId] = {}
        # Hashes, not keys: with 64 bits, 600,000 facts give a false repeat once in 10^8 runs.
        self._seen: set[int] = set()

    def outcome(self, item: FactItem, answered: FactOutcome) -> FactOutcome:
        """What a real import would have answered, given the chunks before."""
        if answered.estate is None:
            return answered
        estate = self._estate(item, answered.estate)
        key = hash((estate, _content_key(item)))
        repeated = key in self._seen
        self._seen.add(key)
        return answered._replace(estate=estate, kind="duplicate" if repeated else answered.kind)

    def _estate(self, item: FactItem, answered: EstateId) -> EstateId:
        """The id that the first chunk gave; a later one knows nothing of it and makes another."""
        name = normal_name(item.name)
        names = [(normal_name(place), name) for place in item.municipalities]
        known = (self._estates[one] for one in names if one in self._estates)
        estate = next(known, answered)
        for one in names:
            self._estates.setdefault(one, estate)
        return estate


def _content_key(item: FactItem) -> tuple[object, ...]:
    content = item.content
    if isinstance(content, PastFact):
        return fact_key(content)
    return content.subject, content.on.text, content.text, content.provenance.source
