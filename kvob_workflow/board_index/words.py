"""Which estates hold these words? A dictionary of all words, and for each the estates it is in.

A word that is looked for may be a part of one: it is looked for in all distinct words at once,
which are a megabyte or so. No word holds a space, so a text holds it if one of its words does.
"""

from __future__ import annotations

from array import array
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Final

import numpy

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

_APART: Final = b"\n"
# From so many estates on, a word is looked up by itself; the others all at once.
_MANY: Final = 500
# So many letters of a word are compared with all letters, the others where these were found.
_COMPARED_WHOLE: Final = 3
# What was looked for last, at a bit for each text.
_KEPT: Final = 100


class WordList:
    """Collects the words of texts; texts are numbered as they come."""

    def __init__(self) -> None:
        """No text yet."""
        self._numbers: dict[str, int] = {}
        self._words = array("i")
        self._texts = array("i")
        self._count = 0

    def add(self, texts: Iterable[str]) -> None:
        """Add texts, in order."""
        numbers = self._numbers
        for text in texts:
            words = [numbers.setdefault(word, len(numbers)) for word in text.split()]
            self._words.extend(words)
            self._texts.extend([self._count] * len(words))
            self._count += 1

    def done(self) -> Words:
        """The dictionary."""
        return Words(tuple(self._numbers), self._words, self._texts)


class Words:
    """Where each word occurs. What changed since the beginning is kept as text."""

    def __init__(self, words: Sequence[str], numbers: array[int], texts: array[int]) -> None:
        """`numbers` are words of the texts beside them."""
        pairs = numpy.frombuffer(numbers, dtype=numpy.int32).astype(numpy.int64)
        pairs <<= 32
        pairs |= numpy.frombuffer(texts, dtype=numpy.int32)
        pairs.sort()  # by word, then by text
        self._estates: NDArray[numpy.int32] = pairs.astype(numpy.int32)
        pairs >>= 32
        counts = numpy.bincount(pairs, minlength=len(words))
        self._ends: NDArray[numpy.int64] = numpy.cumsum(counts)
        self._counts: NDArray[numpy.int64] = counts
        encoded = [word.encode() for word in words]
        self._letters: NDArray[numpy.uint8] = numpy.frombuffer(
            _APART.join(encoded) + _APART, dtype=numpy.uint8
        )
        lengths = numpy.array([len(word) + 1 for word in encoded], dtype=numpy.int64)
        self._word_ends: NDArray[numpy.int64] = numpy.cumsum(lengths)
        self._texts = max(texts, default=-1) + 1
        self._known: dict[str, NDArray[numpy.uint8]] = {}
        self.changed: dict[int, str] = {}

    def remember_letters(self, go_on: Callable[[], None]) -> None:
        """Look for the usual letters by themselves: they are in most words, which takes longest."""
        for letter in ascii_lowercase + digits:
            self._in_texts(letter)
            go_on()

    @property
    def nbytes(self) -> int:
        """How much memory the arrays take."""
        arrays = (self._estates, self._ends, self._counts, self._letters, self._word_ends)
        return sum(one.nbytes for one in arrays) + sum(one.nbytes for one in self._known.values())

    def holding(self, words: Sequence[str], count: int) -> NDArray[numpy.bool_]:
        """For the first `count` texts, whether each word occurs in them."""
        found = numpy.zeros(count, dtype=numpy.bool_)
        # Who holds "haven" holds "a".
        longest = [one for one in set(words) if not any(one in other != one for other in words)]
        of_the_beginning = found[: self._texts]
        of_the_beginning[:] = True
        for word in longest:
            of_the_beginning &= self._in_texts(word)
        for number, text in self.changed.items():
            found[number] = all(word in text for word in words)
        return found

    def _in_texts(self, word: str) -> NDArray[numpy.bool_]:
        """In which texts of the beginning, which do not change, a word occurs."""
        known = self._known.pop(word, None)
        if known is None:
            marks = numpy.zeros(self._texts, dtype=numpy.bool_)
            self._mark(self._with(word.encode()), marks)
            known = numpy.packbits(marks)
            if len(self._known) >= _KEPT:
                oldest = next(iter(self._known))
                self._known.pop(next((one for one in self._known if len(one) > 1), oldest))
        self._known[word] = known
        return numpy.unpackbits(known, count=self._texts).view(numpy.bool_)

    def _with(self, part: bytes) -> NDArray[numpy.int64]:
        """The numbers of the words that hold `part`."""
        letters = self._letters
        last = len(letters) - len(part) + 1
        if last <= 0:
            return numpy.empty(0, dtype=numpy.int64)
        here = letters[:last] == part[0]
        for offset in range(1, min(len(part), _COMPARED_WHOLE)):
            here &= letters[offset : last + offset] == part[offset]
        places = numpy.flatnonzero(here)
        for offset in range(_COMPARED_WHOLE, len(part)):
            places = places[letters.take(places + offset) == part[offset]]
        hits = numpy.searchsorted(self._word_ends, places, side="right")
        return hits[numpy.diff(hits, prepend=-1) > 0]

    def _mark(self, words: NDArray[numpy.int64], marks: NDArray[numpy.bool_]) -> None:
        counts = self._counts.take(words)
        often = counts >= _MANY
        for word in words[often].tolist():
            end = self._ends[word]
            marks[self._estates[end - self._counts[word] : end]] = True
        words, counts = words[~often], counts[~often]
        if not len(words):
            return
        # The places of all their estates: runs of numbers, each with another beginning.
        begins = self._ends.take(words) - counts
        before = numpy.cumsum(counts) - counts
        places = numpy.repeat(begins - before, counts)
        places += numpy.arange(len(places))
        marks[self._estates.take(places)] = True
