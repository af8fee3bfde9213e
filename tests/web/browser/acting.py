"""How does a person use a page? By the words on it: links, buttons, labels of fields, tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Locator, Page

    from tests.web.browser.watched import Watched

_MAY_BE_EMPTY: Final = r"( \((mag leeg|niet verplicht)\))?"


def said(words: str) -> re.Pattern[str]:
    """Exactly these words, as a label has them, whether or not the field may stay empty."""
    return re.compile(rf"^\s*{re.escape(words)}{_MAY_BE_EMPTY}\s*$")


class Person:
    """Somebody at a page who does what the words on it say."""

    def __init__(self, watched: Watched) -> None:
        """Somebody at this page."""
        self.watched: Final = watched
        self.page: Final[Page] = watched.page

    def follow(self, words: str, *, within: Locator | None = None) -> None:
        """Click the link that says so."""
        self._in(within).get_by_role("link", name=_beginning(words)).first.click()

    def press(self, words: str, *, within: Locator | None = None) -> None:
        """Click the button that says so."""
        self._in(within).get_by_role("button", name=_beginning(words)).first.click()

    def fold_out(self, words: str) -> None:
        """Open what is folded away under these words."""
        self.page.locator("summary").filter(has_text=words).first.click()

    def fill(self, inputs: Mapping[str, str], *, within: Locator | None = None) -> None:
        """Fill in the fields with these labels; of a choice, choose it by its words."""
        for label, text in inputs.items():
            self._fill(label, text, self._in(within))

    def rows(self, title: str, *some: Mapping[str, str]) -> None:
        """Fill in a row of a list for each of these; a row is added where none is left empty."""
        for number, inputs in enumerate(some, start=1):
            row = self.page.get_by_role("group", name=f"{title}, regel {number}", exact=True)
            if not row.count():
                self.press(f"Regel toevoegen: {title}")
                expect(row).to_be_visible()
            self.fill(inputs, within=row)

    def value(self, label: str) -> str:
        """What stands in the field with this label."""
        return self.page.get_by_label(said(label)).first.input_value()

    def check(self) -> None:
        """Ask what the form leads to."""
        self.press("Controleren")

    def confirm(self) -> None:
        """Look at what a form leads to, and do it."""
        self.check()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Klopt dit?")
        self.press("Bevestigen")
        self.sees("Vastgelegd")

    def sees(self, *texts: str) -> None:
        """Assert that the page says all of this, or is about to."""
        for text in texts:
            expect(self.page.get_by_text(text).locator("visible=true").first).to_be_visible()

    def does_not_see(self, *texts: str) -> None:
        """Assert that the page, as it is now, says none of this."""
        shown = self.page.locator("body").inner_text()
        assert [one for one in texts if one in shown] == []

    def _fill(self, label: str, text: str, within: Locator) -> None:
        choice = within.get_by_role("radiogroup", name=said(label))
        if choice.count():
            choice.get_by_role("radio", name=_beginning(text)).first.check()
            return
        field = within.get_by_label(said(label)).first
        if field.evaluate("(one) => one.tagName") == "SELECT":
            field.select_option(label=text)
        else:
            field.fill(text)

    def _in(self, within: Locator | None) -> Locator:
        return self.page.locator("body") if within is None else within


def _beginning(words: str) -> re.Pattern[str]:
    # What only a screen reader says stands apart, with a space before its colon.
    return re.compile(r"^\W*" + re.escape(words).replace(":", r"\s?:").replace("/", r"\/"))
