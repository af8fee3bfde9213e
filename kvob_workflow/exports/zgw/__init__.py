"""How does a case system of a municipality read an estate? As ZGW: a zaak per cycle.

Field names, lengths and codes are those of the public specifications of the APIs Zaken (1.5.1)
and Besluiten (1.0.2). Only this direction is there: nothing is read back. Read next: `case` (one
cycle as a zaak with all that hangs on it), `audit_trail` (who did what, when).
"""

from kvob_workflow.exports.zgw.audit_trail import audit_trail
from kvob_workflow.exports.zgw.document import zgw_document, zgw_documents
from kvob_workflow.exports.zgw.identity import RsinMalformed, check_rsin

__all__ = ["RsinMalformed", "audit_trail", "check_rsin", "zgw_document", "zgw_documents"]
