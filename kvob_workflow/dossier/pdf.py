"""How does a dossier become a PDF that lasts? PDF/A-2a, laid out by typst from JSON.

Only fonts that typst brings are used and no clock is asked, so the bytes are the same on every
machine with the same release of typst. Conformance is typst's own claim.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from importlib.resources import files
from typing import TYPE_CHECKING

from kvob_workflow.dossier.errors import PdfNotInstalled
from kvob_workflow.dossier.words import HEADINGS

if TYPE_CHECKING:
    from kvob_workflow.dossier.content import Content


def pdf(content: Content) -> bytes:
    """The dossier as PDF/A-2a.

    Raises:
        PdfNotInstalled: without the extra `pdf`.
    """
    try:
        import typst
    except ModuleNotFoundError as error:
        raise PdfNotInstalled from error
    template = files("kvob_workflow.dossier").joinpath("pdf.typ").read_bytes()
    return typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"content": json.dumps(_told(content), ensure_ascii=False, sort_keys=True)},
        pdf_standards=["a-2a"],
        timestamp=0,
    )


def _told(content: Content) -> dict[str, object]:
    told = asdict(content)
    told["entries"] = [
        {
            "day": day.day,
            "number": entry.number,
            "told": entry.told,
            "mark": entry.mark,
            "who": entry.who + (f" ({_late(content)} {entry.recorded})" if entry.recorded else ""),
        }
        for day in content.days
        for entry in day.entries
    ]
    told.pop("days")
    told["day"] = [content.day.year, content.day.month, content.day.day]
    told["words"] = {name: words.of(content.language) for name, words in HEADINGS.items()}
    told["title"] = f"{HEADINGS['dossier'].of(content.language)} {content.name}, {content.place}"
    return told


def _late(content: Content) -> str:
    return HEADINGS["recorded"].of(content.language)
