"""Which browser looks at the pages? A Chromium of this machine, driven by Playwright.

`KVOB_CHROMIUM` names an executable; else it is found on the path. `.ci/browser` installs one.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Playwright, sync_playwright

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS: Final = (
    "--no-sandbox",  # root has none
    "--disable-dev-shm-usage",
    "--disable-gpu",
    # What a page asks of another host, or the browser for itself, never leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


class NotInstalled(Exception):
    """What looks at the pages is not on this machine."""


def executable() -> Path:
    """The browser to start.

    Raises:
        NotInstalled: there is none, or the one that the environment names cannot be run.
    """
    given = os.environ.get("KVOB_CHROMIUM")
    for name in (given,) if given else _NAMES:
        if found := shutil.which(name):
            return Path(found)
    if given:
        raise NotInstalled(f"KVOB_CHROMIUM names '{given}', which cannot be run")
    raise NotInstalled("no Chromium on the path: .ci/browser, or name it with KVOB_CHROMIUM")


class Chromium:
    """A browser that is started when it is first asked for, and may be closed at any time.

    As long as it runs, its thread has a running event loop: no other test may call `asyncio.run`.
    """

    def __init__(self) -> None:
        self._driver: Playwright | None = None
        self._browser: Browser | None = None

    def started(self) -> Browser:
        """The browser; the same one until it is closed.

        Raises:
            NotInstalled: there is none.
        """
        if self._browser is None:
            found = executable()
            self._driver = sync_playwright().start()
            self._browser = self._driver.chromium.launch(
                executable_path=found, args=list(_ARGUMENTS)
            )
        return self._browser

    def close(self) -> None:
        """Stop it, if it runs."""
        browser, self._browser = self._browser, None
        driver, self._driver = self._driver, None
        if browser is not None:
            browser.close()
        if driver is not None:
            driver.stop()
