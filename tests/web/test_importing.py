"""How does a history come in by the page? Rehearsed first, exactly that recorded, nothing lost."""

from __future__ import annotations

import re
import socket
from html import unescape

import httpx2 as httpx
import pytest
from fastapi.testclient import TestClient

from kvob_domain.actor import Role
from kvob_workflow.http import Api, asgi_app
from kvob_workflow.importing import sample_cases
from kvob_workflow.web import Pages
from kvob_workflow.web.import_content import MOST_ROWS
from kvob_workflow.web.sessions import SessionKeys
from tests.http.serving import served
from tests.importing.workbook_files import AWARD, HEADER, ods_of, ods_text, xlsx_of
from tests.web.conftest import WebWorld

GOOD = (
    "estate;municipality;event;date;source_url;level\r\n"
    "De Linde;Voorbeeldstad;covenant;2019-10-10;https://example.org/a;\r\n"
    "De Linde;Voorbeeldstad;award;2019-11-21;https://example.org/b;Basis Samenwerken\r\n"
)
PARTLY = GOOD + "De Linde;Voorbeeldstad;audit;10-10-2019;https://example.org/c;\r\n"
PERSON = "p-importer"


def importer(world: WebWorld) -> TestClient:
    return world.browser(Role.IMPORTER, person=PERSON)


def offered(
    world: WebWorld,
    content: bytes | str,
    name: str = "lijst.csv",
    path: str = "/import",
    **more: str,
) -> httpx.Response:
    raw = content.encode() if isinstance(content, str) else content
    fields = {"form_token": world.token(Role.IMPORTER, PERSON), **more}
    return importer(world).post(path, data=fields, files={"file": (name, raw)})


def carried(page: str) -> dict[str, str]:
    """The hidden fields of the second form."""
    found = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found}


def confirmed(world: WebWorld, page: str, path: str = "/import/rows") -> httpx.Response:
    return importer(world).post(path, data=carried(page))


def test_the_page_explains_the_columns_and_gives_an_example_that_can_be_brought_in(
    web_world: WebWorld,
) -> None:
    page = importer(web_world).get("/import")
    assert page.status_code == 200
    assert "municipality" in page.text
    example = importer(web_world).get("/import/sample")
    assert example.headers["content-disposition"] == 'attachment; filename="kvob-voorbeeld.csv"'
    looked = offered(web_world, example.content)
    assert "De Voorbeeldhoek" in looked.text
    assert "Geweigerde rijen" not in looked.text


def test_a_file_is_rehearsed_first_and_nothing_is_recorded_by_that(web_world: WebWorld) -> None:
    looked = offered(web_world, GOOD)
    assert looked.status_code == 200
    assert "Nagekeken, nog niets ingevoerd" in looked.text
    assert "21 november 2019" in looked.text
    assert web_world.engine.last_position() == 0


def test_what_was_rehearsed_is_recorded_and_again_does_no_harm(web_world: WebWorld) -> None:
    looked = offered(web_world, GOOD)
    done = confirmed(web_world, looked.text)
    assert done.status_code == 200
    assert "2 rijen vastgelegd" in done.text
    position = web_world.engine.last_position()
    again = confirmed(web_world, looked.text)
    assert "0 rijen vastgelegd" in again.text
    assert web_world.engine.last_position() == position


def test_good_rows_go_in_and_bad_ones_come_back_with_their_reasons(web_world: WebWorld) -> None:
    looked = offered(web_world, PARTLY)
    assert "Een deel van de rijen klopt niet" in looked.text
    assert "Voer alleen de goede rijen in" in looked.text
    assert "10-10-2019" in looked.text
    refused = confirmed(web_world, looked.text, "/import/rejected")
    assert refused.headers["content-type"].startswith("text/csv")
    assert "geweigerd_omdat" in refused.text
    assert "Rij 4" in refused.text
    done = confirmed(web_world, looked.text)
    assert "2 rijen vastgelegd" in done.text
    assert "Niet ingevoerd" in done.text
    mended = refused.text.replace("10-10-2019;https", "2019-10-01;https")
    assert "Voer in" in offered(web_world, mended).text


ODS = ods_of(*("".join(map(ods_text, row)) for row in (HEADER, AWARD)))


@pytest.mark.parametrize("book", [xlsx_of(HEADER, AWARD), ODS])
def test_a_workbook_comes_in_as_well(web_world: WebWorld, book: bytes) -> None:
    looked = offered(web_world, book, "lijst.xlsx")
    assert "De Vendel" in looked.text
    assert "1 rij vastgelegd" in confirmed(web_world, looked.text).text


def test_a_sheet_is_chosen_by_its_name_and_kept_until_it_is_recorded(web_world: WebWorld) -> None:
    unknown = offered(web_world, xlsx_of(HEADER, AWARD), "lijst.xlsx", sheet="Blad 2")
    assert unknown.status_code == 400
    assert "Feiten" in unknown.text
    looked = offered(web_world, xlsx_of(HEADER, AWARD), "lijst.xlsx", sheet="Feiten")
    assert carried(looked.text)["sheet"] == "Feiten"
    assert "1 rij vastgelegd" in confirmed(web_world, looked.text).text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "leeg"),
        (b"naam;plaats\r\nDe Linde;Voorbeeldstad\r\n", "estate"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00", "geen"),
        (b"PK\x03\x04" + b"\x00" * 40, "werk"),
        (GOOD.replace("Linde", "Lindé").encode("cp1252"), "UTF-8"),
        (GOOD.encode("utf-16"), "De Linde"),
    ],
)
def test_a_file_that_cannot_be_read_is_explained_at_its_field(
    web_world: WebWorld, content: bytes, said: str
) -> None:
    answer = offered(web_world, content)
    assert answer.status_code in (200, 400)
    assert said in answer.text
    if answer.status_code == 400:
        assert 'id="file-error"' in answer.text
        assert web_world.engine.last_position() == 0


def test_the_name_of_a_sheet_is_kept_where_the_file_is_refused(web_world: WebWorld) -> None:
    answer = offered(web_world, b"", sheet="Blad 2")
    assert 'value="Blad 2"' in answer.text


def test_without_a_file_the_form_asks_for_one(web_world: WebWorld) -> None:
    token = web_world.token(Role.IMPORTER, PERSON)
    answer = importer(web_world).post("/import", data={"form_token": token})
    assert answer.status_code == 400
    assert "Kies eerst een bestand" in answer.text


def test_a_script_in_a_name_is_shown_as_text(web_world: WebWorld) -> None:
    name = "<script>alert(1)</script>"
    looked = offered(web_world, GOOD.replace("De Linde", name), f"{name}.csv")
    assert "<script>alert" not in looked.text
    assert "&lt;script&gt;alert(1)" in looked.text


def test_another_file_than_was_rehearsed_is_not_recorded(web_world: WebWorld) -> None:
    fields = carried(offered(web_world, GOOD).text)
    other = carried(offered(web_world, PARTLY).text)["content"]
    answer = importer(web_world).post("/import/rows", data={**fields, "content": other})
    assert answer.status_code == 400
    assert web_world.engine.last_position() == 0


def test_the_samples_come_in_whole(web_world: WebWorld) -> None:
    with sample_cases() as path:
        looked = offered(web_world, path.read_bytes())
    assert ">198<" in looked.text
    assert "Ingevoerd" in confirmed(web_world, looked.text).text


@pytest.mark.parametrize("role", [Role.GUIDE, Role.OPERATOR, Role.AUDITOR, Role.MUNICIPALITY])
def test_only_who_may_record_the_past_sees_the_page(web_world: WebWorld, role: Role) -> None:
    assert web_world.browser(role).get("/import").status_code == 403


def test_an_estate_out_of_reach_is_refused_row_by_row(web_world: WebWorld) -> None:
    browser = web_world.browser(Role.IMPORTER, None, ["Elders"], person=PERSON)
    token = web_world.token(Role.IMPORTER, PERSON)
    looked = browser.post("/import", data={"form_token": token}, files={"file": ("a.csv", GOOD)})
    assert "Er is geen rij die ingevoerd kan worden" in looked.text


def test_the_pages_are_there_in_english(web_world: WebWorld) -> None:
    page = importer(web_world).get("/import?lang=en").text
    assert "Bring in a history" in page
    looked = offered(web_world, PARTLY, path="/import?lang=en").text
    assert "Record the right rows only" in looked
    assert "Geweigerd" not in looked


def test_the_size_that_the_pages_take_is_that_of_their_settings(web_world: WebWorld) -> None:
    pages = Pages(login=web_world.people, keys=SessionKeys(), upload_bytes=2_500_000)
    app = asgi_app(web_world.engine, Api(a_minute=None, stream_seconds=0.0), pages=pages)
    world = WebWorld(web_world.engine, web_world.clock, web_world.people)
    world.app, world.pages = app, pages
    line = "De Linde;Voorbeeldstad;covenant;2019-10-10;https://example.org/a;\r\n"
    looked = offered(world, GOOD + line * (2_400_000 // len(line)))
    assert looked.status_code == 200
    assert confirmed(world, looked.text).status_code == 200
    assert offered(world, "x" * 2_600_000).status_code == 413


def test_a_file_of_20_megabytes_is_refused_and_the_sender_hears_why(web_world: WebWorld) -> None:
    with served(web_world.app) as port:
        body = b"x" * 20_000_000
        with socket.create_connection(("127.0.0.1", port), 20) as wire:
            wire.sendall(
                b"POST /import HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                b"Content-Type: multipart/form-data; boundary=b\r\n"
                b"Content-Length: %d\r\n\r\n" % len(body)
            )
            wire.sendall(body)  # a browser sends all of it before it listens
            answer = b""
            while part := wire.recv(65_536):
                answer += part
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"groter dan 2 MB" in answer


def test_a_body_that_does_not_say_how_long_it_is_is_bounded_too(web_world: WebWorld) -> None:
    head = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    parts = (head, *([b"x" * 100_000] * 60))
    answer = importer(web_world).post(
        "/import",
        content=iter(parts),
        headers={"content-type": "multipart/form-data; boundary=b"},
    )
    assert answer.status_code == 413
    assert "groter dan 2 MB" in answer.text


def test_who_is_not_logged_in_any_more_is_told_to_choose_the_file_again(
    web_world: WebWorld,
) -> None:
    looked = offered(web_world, GOOD)
    browser = importer(web_world)
    web_world.people.forget()
    lost = browser.post("/import", data={"form_token": "x"}, files={"file": ("a.csv", GOOD)})
    assert "Kies het bestand straks opnieuw" in lost.text
    kept = browser.post("/import/rows", data=carried(looked.text))
    assert carried(looked.text)["content"] in kept.text
    assert web_world.engine.last_position() == 0


def test_a_small_file_with_very_many_rows_is_refused_before_each_is_judged(
    web_world: WebWorld,
) -> None:
    answer = offered(web_world, GOOD + "x\n" * MOST_ROWS)
    assert answer.status_code == 400
    assert f"meer dan {MOST_ROWS} rijen" in unescape(answer.text)
