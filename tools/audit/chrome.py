"""Opens pages in a real browser and tells what they load, say, may not do, and which rules they break."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, Response, Route, ViewportSize, sync_playwright

from audit import places

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
FLAGS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)
COLOR_RULES = ("color-contrast", "link-in-text-block")
"""What may differ between the color schemes."""
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")

_WATCH = """
window.refused = []; window.shift = 0;
addEventListener("securitypolicyviolation", e => refused.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) shift += e.value; })
  .observe({type: "layout-shift", buffered: true});
"""
_AXE = """async only => {
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"]});
  return found.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(" ")} (${v.help})`));
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium of this machine, which asks no other host for anything."""
    flags = [*FLAGS.split(), "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=places.chromium(), chromium_sandbox=os.getuid() != 0, args=flags
        )
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visit:
    """A window on a site, and what was seen of the page that was opened in it last."""

    home: str
    page: Page
    said: list[str] = field(default_factory=list)
    loaded: list[Request] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def as_new(self) -> "Visit":
        """Give the window the size and the color scheme that it had at first, and return it."""
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light", media="screen")
        return self

    def open(self, path: str) -> None:
        """Go to an address of the site, with nothing seen yet, and wait until all that it needs is there."""
        for seen in (self.said, self.loaded, self.failed, self.foreign):
            seen.clear()
        self.page.goto(self.home + path, wait_until="load")

    def refused(self) -> list[str]:
        """Return what the content security policy has refused."""
        return list(self.page.evaluate("window.refused"))

    def shift(self) -> float:
        """Return how far things have moved while the page was loading (CLS)."""
        self.page.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 150)))")
        return float(self.page.evaluate("window.shift"))

    def broken_rules(self, path: str) -> list[str]:
        """Return what axe-core says of a page, on a phone and a desk, by day and by night."""
        self.open(path)
        self.page.evaluate(_axe_source())
        found = []
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            for scheme, kind, rules in (("light", "tag", RULES), ("dark", "rule", COLOR_RULES)):
                self.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                told = self.page.evaluate(_AXE, {"type": kind, "values": list(rules)})
                found += [f"{path} {scheme} {size['width']}: {one}" for one in told]
        return found


@contextmanager
def visit(browser: Browser, home: str, *, scripts: bool = True, **options: Any) -> Iterator[Visit]:  # noqa: ANN401 - Playwright's
    """Open a window with nothing remembered. Addresses outside of the site are noted and never asked for."""
    options = {"viewport": DESK, **options}
    context = browser.new_context(java_script_enabled=scripts, service_workers="block", **options)
    try:
        yield _watched(context, home)
    finally:
        context.close()


def _watched(context: BrowserContext, home: str) -> Visit:
    context.add_init_script(_WATCH)
    seen = Visit(home, context.new_page())

    def elsewhere(route: Route) -> None:
        # A page that has moved leads on by itself, to the address that the publication has in the world.
        if not route.request.is_navigation_request():
            seen.foreign.append(route.request.url)
        route.abort("aborted")

    def failed(request: Request) -> None:
        # What the page before was still loading ends when the next is opened, and is no fault of that one.
        if request in seen.loaded and request.url.startswith(home) and request.failure != "net::ERR_ABORTED":
            seen.failed.append(request.url)

    def answered(response: Response) -> None:
        if response.status >= 400 and response.request in seen.loaded:
            seen.failed.append(f"{response.status} {response.url}")

    context.route(lambda url: urlsplit(url).netloc != urlsplit(home).netloc, elsewhere)
    seen.page.on("console", lambda message: seen.said.append(f"{message.type}: {message.text}"))
    seen.page.on("pageerror", lambda error: seen.said.append(f"error: {error}"))
    seen.page.on("request", lambda one: seen.loaded.append(one))  # noqa: PLW0108 - it must be a function in Python
    seen.page.on("requestfailed", failed)
    seen.page.on("response", answered)
    return seen


@cache
def _axe_source() -> str:
    return places.AXE.read_text("utf-8")
