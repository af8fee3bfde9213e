"""Is a text found by every part of its words, and by nothing else?"""

from __future__ import annotations

import random

from kvob_workflow.board_index.words import WordList, Words

_LETTERS = "abe \nß\U0001d4a6"


def texts(dice: random.Random, count: int) -> list[str]:
    """Short texts of few letters, so that words are often parts of others."""
    return ["".join(dice.choices(_LETTERS, k=dice.randrange(9))) for _ in range(count)]


def words_of(known: list[str]) -> Words:
    """The dictionary of these texts."""
    listed = WordList()
    listed.add(known)
    return listed.done()


def test_whatever_is_looked_for_is_found_as_by_looking_at_each_text() -> None:
    dice = random.Random(37)
    known = texts(dice, 300)
    words = words_of(known)
    words.remember_letters(lambda: None)
    for _ in range(300):
        wanted = " ".join(texts(dice, dice.choice((1, 2)))).split()
        if wanted:
            expected = [all(word in text for word in wanted) for text in known]
            assert words.holding(wanted, len(known)).tolist() == expected, wanted


def test_texts_that_changed_or_came_later_are_found_as_they_are_now() -> None:
    words = words_of(["haven noord", "haven zuid"])
    words.changed[0] = "park"
    words.changed[2] = "nieuwe haven"
    assert words.holding(["haven"], 3).tolist() == [False, True, True]
    assert words.holding(["park"], 3).tolist() == [True, False, False]


def test_no_texts_hold_no_words() -> None:
    assert words_of([]).holding(["a"], 0).tolist() == []


def test_what_was_looked_for_is_kept_within_bounds_whatever_it_was() -> None:
    words = words_of(["haven noord", "haven zuid"])
    words.remember_letters(lambda: None)
    for number in range(300):
        words.holding([chr(0x4E00 + number)], 2)
    kept = words.nbytes
    for number in range(300):
        words.holding([chr(0x5E00 + number), f"w{number}"], 2)
    assert words.nbytes == kept
    assert words.holding(["haven", "z"], 2).tolist() == [False, True]
