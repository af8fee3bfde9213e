"""How does the API describe itself? An OpenAPI 3.1 document, made of what is declared.

FastAPI writes the parameters and models; what it cannot know (headers, refusals, scopes) is added
by `operations`, and what it writes otherwise than the NLGov API Design Rules ask is put right by
`schemas`. Read next: `document`.
"""

from kvob_workflow.http.openapi.document import document

__all__ = ["document"]
