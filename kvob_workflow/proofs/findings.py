"""What does a verification answer? A verdict, what was found wrong and where, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kvob_domain.words import Text
from kvob_workflow.proofs.verdicts import Kind, Verdict

__all__ = ["Finding", "Kind", "SeenHead", "Verdict", "Verification", "worst"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was found; what does not apply is None."""

    kind: Kind
    estate: str | None = None
    version: int | None = None
    leaf: int | None = None
    position: int | None = None
    size: int | None = None
    number: int | None = None
    detail: str = ""

    @property
    def words(self) -> Text:
        """What it says, in both languages."""
        known = {
            name: "?" if (value := getattr(self, name)) is None else value
            for name in ("estate", "version", "leaf", "position", "size", "number", "detail")
        }
        words = self.kind.words
        return Text(words.nl.format(**known), words.en.format(**known))


class SeenHead(NamedTuple):
    """A head that counts: signed by a key that was given, and with how many witnesses."""

    origin: str
    size: int
    from_outside: bool
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verification:
    """What a verification found. `events` were read; `covered` of them are under a signed head.

    `uncovered` are (estate, version) of the first events behind it, `beyond` how many there are.
    """

    verdict: Verdict
    events: int
    covered: int
    beyond: int
    uncovered: tuple[tuple[str, int], ...]
    heads: tuple[SeenHead, ...]
    findings: tuple[Finding, ...]
    estate: str | None = None

    @property
    def advice(self) -> Text:
        """What to do next."""
        return self.verdict.advice


def worst(findings: tuple[Finding, ...], beyond: int) -> Verdict:
    """The verdict that findings and events without a head leave."""
    order = list(Verdict)
    verdicts = [finding.kind.verdict for finding in findings]
    if beyond:
        verdicts.append(Verdict.NOT_COVERED)
    return min(verdicts, key=order.index, default=Verdict.PROVEN)
