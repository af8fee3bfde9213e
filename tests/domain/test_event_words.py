"""Do the screens have a title for every event, in both languages?"""

from __future__ import annotations

from kvob_domain.estate.events import ALL_EVENTS
from kvob_domain.estate.events.words import EVENT_WORDS


def test_every_event_has_a_title_and_nothing_else_has_one() -> None:
    assert set(EVENT_WORDS) == set(ALL_EVENTS)


def test_every_title_is_in_both_languages_and_said_once() -> None:
    for language in ("nl", "en"):
        titles = [words.of(language) for words in EVENT_WORDS.values()]
        assert all(title == title.strip() and title for title in titles)
        assert len(set(titles)) == len(titles)
