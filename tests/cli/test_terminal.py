"""Can what is stored, or was typed, give orders to a terminal? It is only ever shown."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from kvob_workflow.cli.screens.table import cell
from kvob_workflow.cli.terminal import harmless

Kvob = Callable[..., Any]


def test_no_control_or_bidi_character_is_left_but_the_line_break() -> None:
    bidi = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    for sign in map(chr, range(0x3000)):
        obeyed = unicodedata.category(sign) == "Cc" or unicodedata.bidirectional(sign) in bidi
        if obeyed and sign not in "\n\t":
            assert harmless(sign) == "", hex(ord(sign))
    assert harmless("De Hoek\t\u200f\nSúd é") == "De Hoek \nSúd é"


def test_a_cell_carries_no_escape() -> None:
    assert cell("\x1b[31mDe\x9b2J \u202eHoek").plain == "[31mDe2J Hoek"


@pytest.mark.parametrize("words", [("estate", "a\x1b[2J"), ("board", "--step", "\x1b]0;x\x07")])
def test_a_message_carries_no_escape(words: tuple[str, ...], call: Kvob) -> None:
    call("register-estate", "De Hoek", "--municipality", "Voorbeeldstad")
    done = call(*words)
    assert done.code
    assert "\x1b" not in done.err
