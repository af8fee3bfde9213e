"""Do numbers sort as their texts do, however many come in between?"""

from __future__ import annotations

import random

import numpy
import pytest

from kvob_workflow.board_index.building import SortedTexts
from kvob_workflow.board_index.orders import Order
from kvob_workflow.board_index.refusal import NotIndexable


def order_of(texts: list[str]) -> tuple[Order, SortedTexts]:
    """The order of these texts."""
    kept = SortedTexts()
    for text in sorted(texts, key=str.encode):
        kept.append(text.encode())
    return Order(kept), kept


@pytest.mark.parametrize(
    "later",
    [
        [f"b{number:05}" for number in range(400)],
        [f"b{number:05}" for number in reversed(range(400))],
        random.Random(1).sample([f"b{number:05}" for number in range(5_000)], 400),
        ["", "zz", "é", "Ω", "\U0001d4a6", "a", "b", "c", "aa"],
    ],
    ids=["rising", "falling", "at random", "at the ends"],
)
def test_texts_that_come_later_find_their_places(later: list[str]) -> None:
    order, _ = order_of(["a", "b", "c", "d"])
    column = numpy.array([order.number(text.encode(), numpy.empty(0, "int32")) for text in "abcd"])
    column = numpy.concatenate((column, numpy.zeros(len(later)))).astype(numpy.int32)
    for place, text in enumerate(later, start=4):
        column[place] = order.number(text.encode(), column)
    texts = [*"abcd", *later]
    by_number = sorted(zip(column.tolist(), texts, strict=True))
    assert [text for _, text in by_number] == sorted(texts, key=str.encode)
    assert len(set(column.tolist())) == len(set(texts))


def test_equal_texts_have_one_number() -> None:
    order, _ = order_of(["a", "c"])
    column = numpy.zeros(4, dtype=numpy.int32)
    assert order.number(b"b", column) == order.number(b"b", column)
    assert order.number(b"a", column) == 0


def test_more_texts_than_there_is_room_for_are_refused() -> None:
    order, _ = order_of([f"{number:07}" for number in range(900_000)])
    column = numpy.zeros(1, dtype=numpy.int32)
    with pytest.raises(NotIndexable):
        for number in range(order.step + 1):
            order.number(f"0000000{number:05}".encode(), column)
