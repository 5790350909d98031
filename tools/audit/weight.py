"""Weighs what a phone receives before anybody touches it, compressed, as it comes over the wire."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser

from audit.chrome import PHONE, visit


@dataclass(frozen=True)
class Weight:
    """Bytes by kind of resource (``Document``, ``Stylesheet``, ``Font``, ``Image``, ``Script`` …), and other hosts."""

    by_kind: Counter[str]
    foreign: int

    @property
    def whole(self) -> int:
        """Return all bytes."""
        return self.by_kind.total()


def weigh(browser: Browser, home: str, path: str) -> Weight:
    """Open a page on a phone with an empty cache, and weigh what its first view needs."""
    kinds: dict[str, str] = {}
    bytes_of: Counter[str] = Counter()

    def answered(event: dict[str, Any]) -> None:
        kinds[event["requestId"]] = event["type"]

    def loaded(event: dict[str, Any]) -> None:
        bytes_of[kinds[event["requestId"]]] += int(event["encodedDataLength"])

    with visit(browser, home, viewport=PHONE, device_scale_factor=2, is_mobile=True) as window:
        wire = window.page.context.new_cdp_session(window.page)
        wire.on("Network.responseReceived", answered)
        wire.on("Network.loadingFinished", loaded)
        wire.send("Network.enable")
        window.open(path)
        window.page.wait_for_load_state("networkidle")
        return Weight(bytes_of, len(window.foreign))
