"""What does the API tell of its own refusals and words?"""

from __future__ import annotations

from kvob_workflow.http.answers import Model


class ProblemType(Model):
    """A refusal: where its sentences name a field in braces, `fields` of the problem holds it."""

    code: str
    status: int
    about: str
    nl: str
    en: str
    fields: tuple[str, ...]


class ProblemTypes(Model):
    """Every refusal that there is."""

    items: tuple[ProblemType, ...]


class GlossaryWord(Model):
    """An English word of this API with its Dutch one. `code` is how it stands in JSON."""

    kind: str
    code: str
    en: str
    nl: str


class Glossary(Model):
    """Every word."""

    items: tuple[GlossaryWord, ...]
