"""Do the screens say what they should, in both languages, at any width, in colour and without?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from kvob_workflow.cli import terminal

Kvob = Callable[..., Any]

COLOUR = re.compile(r"\x1b\[[0-9;]*m")
SOEST = "De Soestdijkse Grachten, Soest"
LOOKS = [
    ("board",),
    ("board", "--sort", "-expires_on"),
    ("register", "--on", "2020-01-15"),
    ("due", "--within", "2y", "--on", "2026-11-23"),
    ("estate", SOEST),
    ("history", SOEST),
    ("scheme", "list"),
    ("config", "show"),
    ("doctor",),
]


@pytest.fixture
def look(call: Kvob, sample_store: str) -> Callable[..., str]:
    """The screen that a question to the sample store gives."""

    def look(*arguments: str, lang: str = "nl", env: dict[str, str] | None = None) -> str:
        done = call(*arguments, "--lang", lang, "--store", sample_store, env=env)
        assert (done.code, done.err) == (0, "")
        return str(done.out)

    return look


@pytest.fixture(params=[80, 120])
def width(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The columns of a terminal, as the screens see it."""
    columns: int = request.param
    # In this order: a module that is loaded after the first patch would keep it for good.
    monkeypatch.setattr("kvob_workflow.cli.screens.screen.output_width", lambda: columns)
    monkeypatch.setattr(terminal, "output_width", lambda: columns)
    yield columns


@pytest.mark.parametrize("arguments", LOOKS, ids=" ".join)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_line_is_wider_than_the_terminal(
    arguments: tuple[str, ...], lang: str, width: int, look: Callable[..., str]
) -> None:
    screen = look(*arguments, lang=lang)
    assert max(cell_len(line) for line in screen.splitlines()) <= width


@pytest.mark.parametrize("arguments", LOOKS, ids=" ".join)
def test_a_file_gets_no_colour_no_padding_and_every_row_on_one_line(
    arguments: tuple[str, ...], look: Callable[..., str]
) -> None:
    screen = look(*arguments)
    assert COLOUR.search(screen) is None
    assert [line for line in screen.splitlines() if line != line.rstrip()] == []


def test_a_row_of_the_board_is_one_line_in_a_file(look: Callable[..., str]) -> None:
    row = next(line for line in look("board").splitlines() if "Van der Valk/Binnenbaan" in line)
    assert re.match(r"Van der Valk/Binnenbaan \(part\) +Weststellingwerf +enquête met", row)


def test_the_board_stands_by_step_in_the_order_of_the_lifecycle(look: Callable[..., str]) -> None:
    screen = look("board", "--on", "2026-11-23")
    headings = re.findall(r"^(\S.*) · (\d+)$", screen, re.MULTILINE)
    order = ["Aangemeld", "Startfase", "Veiligheidsanalyse", "Plan van aanpak"]
    assert [name for name, _ in headings][:4] == order
    total = sum(int(count) for _, count in headings)
    assert f"{total} terreinen op 2026-11-23." in screen


def test_the_board_says_until_when_and_marks_what_is_estimated(look: Callable[..., str]) -> None:
    baarn = look("board", "--municipality", "Baarn", "--on", "2026-11-23")
    assert "Geldig t/m 2026-12-31\N{NO-BREAK SPACE}±" in baarn
    assert "± datum geschat" in baarn
    assert "2 terreinen op 2026-11-23." in baarn


def test_a_mark_that_is_not_in_the_table_is_not_explained(look: Callable[..., str]) -> None:
    soest = look("register", "--on", "2022-10-09", "--municipality", "Soest", lang="en")
    assert "Valid to 2022-10-09" in soest
    assert "±" not in soest
    assert "* level" not in soest
    assert "1 estate on 2022-10-09." in soest


def test_a_page_says_of_how_many_it_is(look: Callable[..., str]) -> None:
    screen = look("board", "--limit", "3", lang="en")
    assert re.search(r"^3 estates on \S+ \(of \d{3}\)\.$", screen, re.MULTILINE)


def test_a_sorted_board_names_the_step_of_each_row(look: Callable[..., str]) -> None:
    screen = look("board", "--sort", "estate", "--limit", "3", lang="en")
    assert "Step" in screen.splitlines()[0]
    assert not re.search(r" · \d+$", screen, re.MULTILINE)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_an_empty_answer_says_so_and_what_to_try(
    lang: str, call: Kvob, look: Callable[..., str]
) -> None:
    assert "kvob import" in call("board", "--lang", lang).out
    filtered = look("board", "--text", "bestaat niet", lang=lang)
    assert "--text" in filtered and "kvob import" not in filtered
    assert "--on" in look("register", "--text", "bestaat niet", lang=lang)
    assert "--within" in look("due", "--text", "bestaat niet", lang=lang)
    assert "adopt-plan" in look("measures", lang=lang)


def test_the_history_tells_facts_from_elsewhere_as_facts(look: Callable[..., str]) -> None:
    screen = look("history", SOEST)
    awarded = r"^\d+ +2019-10-10 +Certificaat toegekend +Basis Samenwerken"
    assert re.search(awarded, screen, re.MULTILINE)
    assert "www.zakelijksoest.nl" in screen


def test_the_diary_stands_by_month(look: Callable[..., str]) -> None:
    screen = look("due", "--within", "2y", "--on", "2026-11-23")
    assert re.findall(r"^\w+ 20\d\d$", screen, re.MULTILINE) == ["december 2026", "januari 2027"]
    assert "termijnen t/m 2028-11-23, gezien op 2026-11-23." in screen


def test_colour_is_never_the_only_sign_and_can_be_switched_off(
    look: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = look("board", "--municipality", "Baarn", "--on", "2026-11-23")
    assert "\x1b[32mGeldig t/m 2026-12-31" in coloured
    without = look("board", "--municipality", "Baarn", "--on", "2026-11-23", env={"NO_COLOR": "1"})
    assert "\x1b[32m" not in without
    assert COLOUR.sub("", without) == COLOUR.sub("", coloured)


def test_only_a_terminal_gets_a_progress_bar(
    call: Kvob, sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert call("import", str(sample_file), "--dry-run").err == ""
    monkeypatch.setattr("kvob_workflow.cli.commands.taking_in.on_terminal", lambda: True)
    done = call("import", str(sample_file), "--dry-run", "--lang", "nl")
    assert done.out.startswith("Proefdraai: 198 rijen")


def test_nothing_but_data_stands_on_the_output(call: Kvob, sample_file: Path) -> None:
    call("import", str(sample_file))
    done = call("waive-requirement", "Haagdoorn", "--requirement", "survey", "--reason", "x")
    assert done.code == 0
    assert "approve-act" in done.err
    assert "approve-act" not in done.out


def test_an_old_code_page_gets_question_marks_and_valid_json(kvob: Kvob) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    made = kvob("register-estate", "Súd", "--municipality", "Fryslân", "--json", env=ascii_only)
    assert made.json()["events"][0]["event"]["name"] == "Súd"
    screen = kvob("board", env=ascii_only)
    assert (screen.code, "S?d" in screen.out) == (0, True)
