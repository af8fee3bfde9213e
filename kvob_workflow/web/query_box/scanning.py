"""Where does a word of the box begin and end? At spaces, unless they stand between quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

QUOTES: Final = '"\u201c\u201d\u201e'
"""What keyboards and typographers write; an apostrophe is part of a name."""
OPERATORS: Final = ("<=", ">=", "<", ">", ":", "=")
"""What stands between a key and its value; of two that fit, the longer."""


class Word(NamedTuple):
    """One word of the box.

    `key` and `operator` are None for a word of the name. `value` has no quotes any more;
    `source` is the word as it stands, `position` its first character. `is_quoted`: a part of it
    stands between quotes. `is_closed`: every quote that opens also closes.
    """

    source: str
    position: int
    key: str | None
    operator: str | None
    value: str
    is_quoted: bool
    is_closed: bool


class _Letter(NamedTuple):
    letter: str
    is_quoted: bool


def words_of(text: str) -> Iterator[Word]:
    """The words of a box, in order."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        letters, end, is_closed = _letters(text, place)
        yield _word(text[place:end], place, letters, is_closed)
        place = end


def quoted(value: str) -> str:
    """A value as the box takes it whole."""
    doubled = "".join(letter * 2 if letter in QUOTES else letter for letter in value)
    return f'"{doubled}"'


def is_plain(value: str) -> bool:
    """Whether a value needs no quotes behind a key."""
    return bool(value) and not any(letter.isspace() or letter in QUOTES for letter in value)


def has_operator(text: str) -> bool:
    """Whether a word without quotes would be read as a key with a value."""
    return any(mark in text for mark in OPERATORS)


def _letters(text: str, begin: int) -> tuple[list[_Letter], int, bool]:
    """The letters of the word that begins there, where it ends, and whether its quotes close."""
    letters: list[_Letter] = []
    place, inside = begin, False
    while place < len(text):
        letter = text[place]
        if inside and letter in QUOTES and text[place + 1 : place + 2] == letter:
            letters.append(_Letter(letter, is_quoted=True))
            place += 1
        elif letter in QUOTES:
            inside = not inside
        elif not inside and letter.isspace():
            break
        else:
            letters.append(_Letter(letter, is_quoted=inside))
        place += 1
    return letters, place, not inside


def _word(source: str, position: int, letters: list[_Letter], is_closed: bool) -> Word:
    whole = "".join(one.letter for one in letters)
    is_quoted = any(letter in QUOTES for letter in source)
    # A quoted operator is part of a name, and so is one that nothing stands in front of.
    bare = "".join("\0" if one.is_quoted else one.letter for one in letters)
    found = [(bare.find(mark), -len(mark), mark) for mark in OPERATORS if mark in bare]
    begin, _, operator = min(found, default=(0, 0, ""))
    if begin == 0 or "\0" in bare[:begin]:
        return Word(source, position, None, None, whole, is_quoted, is_closed)
    value = whole[begin + len(operator) :]
    return Word(source, position, whole[:begin], operator, value, is_quoted, is_closed)
