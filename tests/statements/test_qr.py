"""Does the QR code hold the address of the certificate's page, and nothing from elsewhere?"""

from __future__ import annotations

import sys
from xml.etree import ElementTree

import pytest
import segno

from kvob_workflow.statements.errors import RegisterAddressInvalid
from kvob_workflow.statements.qr import (
    Picture,
    QrCodesNotInstalled,
    page_of,
    qr_code,
    text_alternative,
)

HOME = "https://register.example"
CERTIFICATE = f"{'0' * 31}1-2"
PAGE = f"{HOME}/v1/certificates/{CERTIFICATE}/status"
SVG = "{http://www.w3.org/2000/svg}"


def test_it_leads_to_the_page_of_the_certificate() -> None:
    assert page_of(HOME, CERTIFICATE) == page_of(f"{HOME}/", CERTIFICATE) == PAGE
    drawn = ElementTree.fromstring(qr_code(HOME, CERTIFICATE, Picture.SVG))
    size = segno.make_qr(PAGE, error="m").symbol_size(scale=8)[0]
    assert drawn.attrib["width"] == drawn.attrib["height"] == str(size)


def test_the_drawing_says_in_words_what_it_is_and_fetches_nothing() -> None:
    svg = qr_code(HOME, CERTIFICATE, Picture.SVG, "en")
    drawn = ElementTree.fromstring(svg)
    title, words = drawn.findtext(f"{SVG}title"), drawn.findtext(f"{SVG}desc")
    assert title == f"QR code: certificate {CERTIFICATE}"
    assert words == text_alternative(HOME, CERTIFICATE, "en")
    assert PAGE in (words or "")
    known = {f"{SVG}{name}" for name in ("svg", "title", "desc", "g", "path")}
    assert {one.tag for one in drawn.iter()} == known
    assert b"href" not in svg and b"<style" not in svg and b"script" not in svg


def test_a_png_is_a_png_and_the_same_each_time() -> None:
    first, second = (qr_code(HOME, CERTIFICATE, Picture.PNG) for _ in range(2))
    assert first == second
    assert first.startswith(b"\x89PNG\r\n")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "register.example",
        "javascript:alert(1)",
        "ftp://register.example",
        "https://",
        "https://register.example?x=1",
        "https://register.example?",
        "https://register.example#top",
        "https://somebody:secret@register.example",
        "https://register.example/a b",
        "https://register.example/é",
        "https://[",
        "https://register.example:99999",
        "https://register.example/" + "a" * 300,
    ],
)
def test_an_address_that_leads_to_no_page_is_refused(address: str) -> None:
    with pytest.raises(RegisterAddressInvalid):
        qr_code(address, CERTIFICATE, Picture.SVG)


def test_without_the_extra_the_refusal_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "segno", None)
    with pytest.raises(QrCodesNotInstalled, match=r"kvob_workflow\[web\]"):
        qr_code(HOME, CERTIFICATE, Picture.SVG)
