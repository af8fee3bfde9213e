"""How does a page load, and how does it look? Shifts of its layout, its weight, a photograph."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

from tests.web.browser.watched import told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from playwright.sync_api import Page


class Wire(Protocol):
    """What is used of a session with the browser's debugger."""

    def on(self, event: str, f: Callable[[dict[str, Any]], None]) -> None: ...
    def send(self, method: str, params: dict[str, Any] | None = None) -> object: ...
    def detach(self) -> None: ...


_ROOT: Final = Path(__file__).parents[3]
_SHIFTS: Final = """
() => new Promise((resolve) => {
    let sum = 0;
    const add = (list) => list.forEach((one) => { sum += one.hadRecentInput ? 0 : one.value; });
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: "layout-shift", buffered: true });
    document.fonts.ready.then(() => requestAnimationFrame(() => requestAnimationFrame(() =>
        setTimeout(() => { add(observer.takeRecords()); resolve(sum); }))));
})
"""


def check_no_layout_shift(page: Page, *, most: float = 0.01) -> None:
    """Assert that nothing moves while the page is loaded once more; `most` is a sum of shifts."""
    page.goto(page.url, wait_until="load")
    shifted: float = page.evaluate(_SHIFTS)
    assert shifted < most, f"{page.url} shifts by {shifted:.3f} while it loads, at most {most}"


def check_weight(page: Page, *, most: int = 150_000) -> int:
    """Assert how many bytes go over the line when the page is loaded with nothing kept; the sum."""
    each = _weighed(page, page.context.new_cdp_session(page))
    total = sum(size for size, _ in each)
    lines = [f"{size:>9,} {url[:120]}" for size, url in sorted(each, reverse=True)]
    assert total <= most, told(f"{page.url} weighs {total:,} bytes, at most {most:,}", lines)
    return total


def _weighed(page: Page, wire: Wire) -> list[tuple[int, str]]:
    """The bytes that came with each answer, head and body as they were sent, and its address."""
    bytes_of: defaultdict[str, int] = defaultdict(int)
    urls: dict[str, str] = {}

    def asked(event: Mapping[str, Any]) -> None:
        urls[event["requestId"]] = event["request"]["url"]

    def answered(event: Mapping[str, Any]) -> None:
        bytes_of[event["requestId"]] += int(event["response"]["encodedDataLength"])

    def came(event: Mapping[str, Any]) -> None:
        bytes_of[event["requestId"]] += int(event["encodedDataLength"])

    def whole(event: Mapping[str, Any]) -> None:
        # The sum of the others, and surer; a stream that stays open never comes to this.
        bytes_of[event["requestId"]] = int(event["encodedDataLength"])

    wire.on("Network.requestWillBeSent", asked)
    wire.on("Network.responseReceived", answered)
    wire.on("Network.dataReceived", came)
    wire.on("Network.loadingFinished", whole)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.goto(page.url, wait_until="load")
    page.evaluate("() => document.fonts.ready.then(() => 0)")
    wire.detach()
    return [(bytes_of[one], url) for one, url in urls.items()]


def photograph(page: Page, name: str) -> Path:
    """The whole page as `<name>.png` in `.bench/screens`, or where `KVOB_SCREENS` says."""
    folder = Path(os.environ.get("KVOB_SCREENS") or _ROOT / ".bench/screens")
    file = folder / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file, full_page=True, animations="disabled")
    print(f"photographed: {file}")
    return file
