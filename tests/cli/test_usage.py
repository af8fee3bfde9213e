"""What does `kvob` say when it is called wrongly? In both languages, with the next thing to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Kvob = Callable[..., Any]


@pytest.mark.parametrize(
    ("words", "nl", "en"),
    [
        (
            "bord",
            "De opdracht 'bord' bestaat niet. Bedoelt u board?",
            "There is no command 'bord'.",
        ),
        ("board --stap x", "De optie --stap bestaat hier niet.", "There is no option --stap here."),
        ("board --limit", "Na --limit ontbreekt een waarde.", "A value is missing after --limit."),
        (
            "board --limit veel",
            "--limit: 'veel' kan niet; nodig is een geheel getal.",
            "--limit: 'veel' is not possible; it takes a whole number.",
        ),
        (
            "board --on 2026-02-30",
            "nodig is een dag zoals 2026-12-31",
            "it takes a day such as 2026-12-31",
        ),
        ("board --limit 1 --limit 2", "--limit is meer dan eens gegeven.", "more than once."),
        ("board --json=x", "nodig is geen waarde", "it takes no value"),
        ("estate", "TERREIN ontbreekt.", "ESTATE is missing."),
        ("import", "Geef één BESTAND", "Give one FILE"),
        ("estate De Hoek", "Te veel woorden: 'Hoek'.", "Too many words: 'Hoek'."),
        ("board --step lunch", "'lunch' bestaat niet als --step.", "'lunch' is no --step."),
        ("board --sort moon", "Sorteren op 'moon' kan niet.", "Cannot sort by 'moon'."),
        ("due --within soon", "--within: 'soon' kan niet.", "--within: 'soon' is not possible."),
        ("board --store ftp://x", "geen adres van een opslag", "not the address of a store"),
        ("board --lang fy", "--lang: 'fy' kan niet.", "--lang: 'fy' is not possible."),
        ("board --role chef", "--role: 'chef' kan niet.", "--role: 'chef' is not possible."),
        ("scheme migrate", "Geef --to SCHEMAVERSIE of --revert", "Give --to EDITION or --revert"),
        ("scheme migrate --to kvo-4.0 --apply", "Geef met --reason", "Give the reason with"),
        ("completion csh", "Voor de shell 'csh'", "no completion for the shell 'csh'"),
    ],
)
def test_a_wrong_call_is_explained_in_both_languages(
    words: str, nl: str, en: str, call: Kvob
) -> None:
    for language, told in (("nl", nl), ("en", en)):
        # As a variable, because one of the calls is wrong in its --lang.
        done = call(*words.split(), env={"LANG": f"{language}_NL.UTF-8"})
        assert (done.code, done.out) == (2, "")
        assert told in done.err
        assert "Traceback" not in done.err


def test_an_unknown_option_points_to_the_explanation_of_its_command(call: Kvob) -> None:
    assert "kvob scheme show --help" in call("scheme", "show", "--x", "--lang", "en").err


@pytest.mark.parametrize(
    ("words", "usage"),
    [
        ("projection rebuild", "projection rebuild [NAME...] [OPTIONS]"),
        ("projection status", "projection status [NAME] [OPTIONS]"),
        ("projection retry", "projection retry NAME [OPTIONS]"),
        ("events schema", "events schema [EVENT] [OPTIONS]"),
        ("sign-covenant", "sign-covenant ESTATE [OPTIONS]"),
    ],
)
def test_an_argument_that_may_be_left_out_stands_in_brackets(
    words: str, usage: str, call: Kvob
) -> None:
    assert call(*words.split(), "--help", "--lang", "en").out.startswith(f"Usage: kvob {usage}\n")


@pytest.mark.parametrize("words", ["", "--help", "scheme", "config", "scheme --help"])
def test_without_a_command_the_help_page_comes(words: str, call: Kvob) -> None:
    done = call(*words.split(), "--lang", "nl")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("Gebruik: kvob")


def test_the_main_page_lists_every_command_and_what_all_of_them_take(call: Kvob) -> None:
    page = call("--help", "--lang", "en").out
    for word in ("board", "sign-covenant", "do", "--store TEXT", "KVOB_STORE", "--json", "--help"):
        assert word in page
    assert max(len(line) for line in page.splitlines()) <= 100


@pytest.mark.parametrize("words", ["", "scheme", "--lang nl"])
def test_a_program_that_names_no_command_gets_an_error_document(words: str, call: Kvob) -> None:
    done = call("--json", *words.split())
    assert done.code == 2
    assert done.error()["code"] == "usage-invalid"


@pytest.mark.parametrize(
    "words",
    [
        ("estate", "\udcff"),
        ("board", "--organisation", "\udcff"),
        ("register-estate", "A", "--municipality", "B", "--command-id", "\udcff"),
    ],
)
def test_an_argument_that_is_no_text_is_refused_whichever_it_is(
    words: tuple[str, ...], call: Kvob
) -> None:
    done = call(*words, "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert f"Argument {words.index(chr(0xDCFF)) + 1} ('\\udcff') is not valid text" in done.err
