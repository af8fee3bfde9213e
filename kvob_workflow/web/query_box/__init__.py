"""What does a clerk ask of the list of estates? One line of text, read into filters and back.

    stap:convenant gemeente:oss te-laat status:geldig niveau:"Basis Samenwerken" mist:enquête
    vervalt<2027-03 termijn<90d hoek

Words in Dutch and in English, without regard to case and accents; codes of the interface too.
`asked` reads, `text_of` writes, `standard_views` are the lists that everybody has. Pure: it knows
no clock and no store. Read next: `scanning` (where a word begins and ends), `vocabulary` (which
words there are), `reading`.
"""

from kvob_workflow.web.query_box.asked import Asked, Chip, Problem
from kvob_workflow.web.query_box.reading import asked
from kvob_workflow.web.query_box.saved import SavedView, standard_views
from kvob_workflow.web.query_box.writing import text_of

__all__ = ["Asked", "Chip", "Problem", "SavedView", "asked", "standard_views", "text_of"]
