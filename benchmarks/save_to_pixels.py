"""How long from a save until the new text is seen in a browser: python benchmarks/save_to_pixels.py [ARTICLES ...].

The previews of gazepress and of Hugo, the latter with its fast rendering and without, each show the article that is
edited in a Chromium of its own. The clock runs from before the file is written until two frames have been drawn since
the page holds the new text. The servers take turns. A first round warms up and is not counted.

Playwright is needed and finds Chromium as the tests do; everything else is as for run.py, whose archive this is.
"""

import argparse
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from generators import OWN_SOURCE, Generator, gazepress, peers
from make_archive import make_articles, write_sites
from scenarios import SCENARIOS, Edit, Site

sys.path.insert(0, str(OWN_SOURCE.parent / "tools"))
from audit.chrome import Browser, Page, chromium

EDITS = ("one body edit", "one title edit")
PATIENCE = 600  # seconds for a server to have built its site, or for an edit to be seen
WATCH = """
const look = () => {
  const wanted = sessionStorage.wanted;
  if (wanted && !window.seen && document.body?.textContent.includes(wanted)) {
    requestAnimationFrame(() => requestAnimationFrame(() => {
      window.seen = [wanted, performance.timeOrigin + performance.now()];
    }));
  }
  requestAnimationFrame(look);
};
if (window === top) look();
"""


@dataclass
class Runner:
    """A preview that runs, the window that shows it, and the milliseconds that each edit took to be seen."""

    name: str
    site: Site
    home: str
    page: Page
    taken: dict[str, list[float]] = field(default_factory=dict)

    def edit(self, name: str, number: int) -> float:
        """Let an edit happen to the article that is shown; return the milliseconds until it was seen."""
        article = self._what_changes(name, number)
        self.page.goto(f"{self.home}/{self.site.articles[article].address}", wait_until="load")
        time.sleep(1.0)  # until the page listens, and the server is at rest
        before = self.site.articles[article]
        start = time.time() * 1000
        SCENARIOS[name](self.site, number)
        after = self.site.articles[article]
        wanted = after.order if after.order != before.order else after.title
        end = time.monotonic() + PATIENCE
        self._evaluate("wanted => { sessionStorage.wanted = wanted; }", wanted)
        while time.monotonic() < end:
            seen = self._evaluate("() => window.seen")
            if seen and seen[0] == wanted:
                return float(seen[1]) - start
            time.sleep(0.02)
        raise SystemExit(f"{self.name} did not show {wanted!r}")

    def _what_changes(self, name: str, number: int) -> int:
        """Return the article that an edit of that number will change; it is tried on a copy that writes nothing."""
        tried = _Trial(self.site.generator, self.site.folder, list(self.site.articles))
        edit: Edit = SCENARIOS[name](tried, number)
        return edit.articles[0]

    def _evaluate(self, script: str, value: object = None) -> list[object] | None:
        from playwright.sync_api import Error

        for _ in range(100):
            try:
                return self.page.evaluate(script, value)
            except Error:  # the page is just being loaded anew
                time.sleep(0.01)
        raise SystemExit(f"the page of {self.name} does not come to rest")


class _Trial(Site):
    """A site in which edits happen on paper only."""

    def put(self, article: object) -> None:
        """Write nothing."""


def previews() -> dict[str, tuple[Generator, Callable[[int], list[str]]]]:
    """Return each preview's generator, and its command for a port."""
    own = gazepress(OWN_SOURCE)
    (hugo,) = peers(["hugo"], Path(tempfile.gettempdir()) / "gazepress-bench-peers")
    server = [hugo.command[0], "server", "--bind", "127.0.0.1", "--port"]
    return {
        "gazepress serve": (own, lambda port: [sys.executable, "-m", "gazepress", "serve", "--port", str(port)]),
        "hugo server": (hugo, lambda port: [*server, str(port)]),
        "hugo server --disableFastRender": (hugo, lambda port: [*server, str(port), "--disableFastRender"]),
    }


@contextmanager
def running(command: list[str], site: Site, log: Path) -> Iterator[None]:
    """Run a preview until the end of the block."""
    environment = {**os.environ, **site.generator.environment}
    with log.open("wb") as stream:
        process = subprocess.Popen(command, cwd=site.folder, env=environment, stdout=stream, stderr=stream)
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def wait_for(home: str, path: str) -> None:
    """Wait until a page is there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        connection = HTTPConnection(re.sub("^http://", "", home), timeout=PATIENCE)
        try:
            connection.request("GET", f"/{path}")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.2)
    raise SystemExit(f"{home} did not start")


def measure(size: int, rounds: int, browser: Browser) -> list[Runner]:
    """Return the previews of an archive of ``size`` articles with what their edits took."""
    with tempfile.TemporaryDirectory(prefix="pixels-") as folder, ExitStack() as opened:
        articles = make_articles(size)
        known = previews()
        sites = {
            name: Site(one, Path(folder, str(at)), list(articles)) for at, (name, (one, _)) in enumerate(known.items())
        }
        write_sites({site.folder: site.generator.form for site in sites.values()}, articles)
        runners = []
        for name, site in sites.items():
            site.put_edition(0)
            port = _free_port()
            opened.enter_context(running(known[name][1](port), site, Path(folder, f"{port}.log")))
            home = f"http://127.0.0.1:{port}"
            wait_for(home, articles[-1].address)
            context = opened.enter_context(browser.new_context())
            context.add_init_script(WATCH)
            runners.append(Runner(name, site, home, context.new_page()))
            print(f"{size} articles: {name} runs", file=sys.stderr)
        for number in range(rounds + 1):
            turn = number % len(runners)
            for edit in EDITS:
                for runner in runners[turn:] + runners[:turn]:
                    taken = runner.edit(edit, number)
                    print(f"  round {number}: {edit}: {runner.name} {taken:.0f} ms", file=sys.stderr)
                    if number:
                        runner.taken.setdefault(edit, []).append(taken)
        return runners


def table(results: dict[int, list[Runner]]) -> str:
    """Return the medians, with the slowest of the rounds, as a Markdown table."""
    names = [runner.name for runner in next(iter(results.values()))]
    lines = [f"| articles | edit | {' | '.join(names)} |", f"| ---: | --- |{' ---: |' * len(names)}"]
    for size, runners in results.items():
        for edit in EDITS:
            cells = (f"{statistics.median(one.taken[edit]):.0f} ms ({max(one.taken[edit]):.0f})" for one in runners)
            lines.append(f"| {size:,} | {edit} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", nargs="*", type=int, help="sizes of the archive (default: 1000 10000)")
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    with chromium() as browser:
        results = {size: measure(size, given.rounds, browser) for size in given.articles or [1_000, 10_000]}
    print(table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
