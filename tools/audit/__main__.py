"""Measures a built site against the targets for pages, prints one table, and exits with 1 when a target is missed.

``python -m audit`` builds the sample of this repository; ``python -m audit FOLDER`` looks at a site that was built.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from audit import places
from audit.chrome import chromium, visit
from audit.lighthouse import scores
from audit.pages import all_pages, page_kinds
from audit.server import served
from audit.weight import weigh

NOW = "2026-11-24T12:00:00Z"
KILO = 1000


class Result(NamedTuple):
    """A figure, the target that it has to meet, whether it does, and what stands behind it."""

    what: str
    figure: str
    target: str
    met: bool
    details: Sequence[str] = ()


def main() -> int:
    """Measure, print, and return the exit status."""
    parser = argparse.ArgumentParser(prog="audit", description=__doc__)
    parser.add_argument("site", nargs="?", type=Path, help="the folder of a built site")
    parser.add_argument("--quick", action="store_true", help="without Lighthouse, which takes minutes")
    options = parser.parse_args()
    if reason := places.missing():
        raise SystemExit(reason)
    with tempfile.TemporaryDirectory() as temporary:
        site = options.site or _sample(Path(temporary) / "public")
        results = list(_results(site.resolve(), quick=options.quick))
    _print(results)
    return 0 if all(result.met for result in results) else 1


def _sample(output: Path) -> Path:
    command = [sys.executable, "-m", "gazepress", "build", "--quiet", "--output", str(output), "--now", NOW]
    subprocess.run(command, cwd=places.ROOT, check=True)
    return output


def _results(site: Path, *, quick: bool) -> Iterator[Result]:
    pages = all_pages(site)
    kinds = page_kinds(pages)
    yield _accessibility(site, list(pages))
    yield _html(site, kinds)
    with served(site) as home:
        yield from _weights(home, kinds)
        if not quick:
            for kind in ("home", "article"):
                yield from _lighthouse(home, kind, kinds[kind])


def _accessibility(site: Path, paths: list[str]) -> Result:
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        shares = pool.map(_broken_rules, [site] * workers, [paths[at::workers] for at in range(workers)])
        broken = [one for share in shares for one in share]
    rules = Counter(one.split(": ")[1] for one in broken)
    details = [f"{rule}: {times} times" for rule, times in rules.most_common()]
    seen: set[str] = set()
    for one in broken:
        rule = one.split(": ")[1]
        if rule not in seen:
            seen.add(rule)
            details.append(f"such as {one}")
    return Result(f"axe-core, {len(paths)} pages × 2 sizes × 2 schemes", str(len(broken)), "0", not broken, details)


def _broken_rules(site: Path, paths: list[str]) -> list[str]:
    with served(site) as home, chromium() as browser, visit(browser, home) as window:
        return [one for path in paths for one in window.as_new().broken_rules(path)]


def _html(site: Path, kinds: dict[str, str]) -> Result:
    what = f"Nu HTML checker, {len(kinds)} kinds of page"
    files = [
        site / f"{path.strip('/')}/index.html" if path.endswith("/") else site / path[1:] for path in kinds.values()
    ]
    command = ["java", "-Xss4m", "-jar", str(places.HTML_CHECKER), "--format", "json", *map(str, files)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if not run.stderr.startswith("{"):
        return Result(what, "not run", "0", met=False, details=[run.stderr[:200]])
    # It reads files, to which every address is another site; whether the policy lets pages work, browsers tell.
    messages = [m for m in json.loads(run.stderr)["messages"] if "Content Security Policy" not in m["message"]]
    told = [m for m in messages if m["type"] == "error" or m.get("subType") == "warning"]
    details = [f"{Path(m['url']).relative_to('file:' + str(site))}: {m['message']}" for m in told[:20]]
    return Result(what, str(len(told)), "0", not told, details)


def _weights(home: str, kinds: dict[str, str]) -> Iterator[Result]:
    with chromium() as browser:
        front = weigh(browser, home, kinds["home"])
        article = weigh(browser, home, kinds["article"])
    yield _weight("front page, first view on a phone", front.whole, 300, front.by_kind)
    text = article.whole - article.by_kind["Image"]
    yield _weight("article, without its pictures", text, 120, article.by_kind)
    yield _weight("style sheets, compressed", front.by_kind["Stylesheet"], 20)
    yield _weight("JavaScript to read", front.by_kind["Script"] + article.by_kind["Script"], 0)
    foreign = front.foreign + article.foreign
    yield Result("requests to other hosts", str(foreign), "0", not foreign)


def _weight(what: str, size: int, most: int, parts: Counter[str] | None = None) -> Result:
    details = [f"{kind}: {part / KILO:.1f} kB" for kind, part in (parts or Counter()).most_common()]
    return Result(what, f"{size / KILO:.1f} kB", f"≤ {most} kB", size <= most * KILO, details)


def _lighthouse(home: str, kind: str, path: str) -> Iterator[Result]:
    found, lost = scores(home + path)
    for category, score in found.items():
        least = 99 if category == "performance" else 100
        details = lost if score < least else []
        yield Result(f"Lighthouse, {kind}: {category}", str(score), f"≥ {least}", score >= least, details)


def _print(results: list[Result]) -> None:
    for result in results:
        print(f"{'ok    ' if result.met else 'MISSED'}  {result.what:<50} {result.figure:>10}   target {result.target}")
    for result in results:
        if result.details and not result.met:
            print(f"\n{result.what}:", *result.details, sep="\n  ")


if __name__ == "__main__":
    sys.exit(main())
