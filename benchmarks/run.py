"""How long the usual edits take with gazepress, Hugo and Pelican: python benchmarks/run.py [ARTICLES ...].

Each generator gets the same articles (see make_archive.py) and builds them clean, unchanged, and after four kinds of
edit, each time with what its own last build left. The generators take turns. A build whose output is not what the edit
asks for gives no figure. A first round is for the peak of memory and warms the machine up; its times are not counted.
"""

import argparse
import os
import signal
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from check import check
from generators import NAMES, OTHER, OWN_SOURCE, PEERS, Generator, gazepress, peers, source_digest
from make_archive import make_articles, write_sites
from measure import BuildError, Cost, measure
from report import save, table
from results import Figures, Output, Results, Size, machine
from scenarios import CLEAN, SCENARIOS, Edit, Site

HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")  # no generator waits for a disk, or pays for what the one before it has deleted there
LARGE = 10_000  # from so many articles on, looking at the memory of the processes takes long itself


@dataclass
class Runner:
    """A site with the scenarios that it takes part in, what its builds cost, and why some gave no figure."""

    site: Site
    scenarios: list[str]
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of its generator."""
        return self.site.generator.name

    def build(self, scenario: str, number: int) -> None:
        """Let ``scenario`` happen to the site, build, check, and keep what it cost."""
        edit = SCENARIOS[scenario](self.site, number)
        try:
            cost = _build(self.site, edit, sample_memory=number == 0)
        except BuildError as error:
            self.wrong[scenario] = str(error)
            return
        self.costs.setdefault(scenario, []).append(cost)
        _say(f"  {len(self.site.articles)} articles, round {number}: {scenario}: {self.name} {cost.wall:.2f} s")

    def figures(self, scenario: str) -> Figures | None:
        """Return the medians of a scenario, or None if one of its builds was wrong."""
        if {scenario, CLEAN} & set(self.wrong):
            return None
        first, *counted = self.costs[scenario]
        return Figures(
            wall=statistics.median(cost.wall for cost in counted),
            cpu=statistics.median(cost.cpu for cost in counted),
            peak=first.peak,
            walls=[cost.wall for cost in counted],
        )


def run(size: int, generators: dict[Generator, list[str]], rounds: int) -> tuple[Size, list[str]]:
    """Return the figures of an archive of ``size`` articles, and why some are missing.

    ``generators`` maps each to the names of the scenarios that it takes part in.
    """
    with tempfile.TemporaryDirectory(prefix="bench-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        runners = _runners(Path(folder), size, generators)
        for number in range(rounds + 1):
            _round(runners, number)
        figures = {
            name: {runner.name: runner.figures(name) for runner in runners if name in runner.scenarios}
            for name in SCENARIOS
        }
        outputs = {runner.name: _output(runner.site) for runner in runners}
    problems = [f"{size} articles: {one.name}: {name}: {why}" for one in runners for name, why in one.wrong.items()]
    measured = {name: row for name, row in figures.items() if row}
    return Size(rounds, source_digest(), outputs, measured), problems


def _runners(folder: Path, size: int, generators: dict[Generator, list[str]]) -> list[Runner]:
    _say(f"writing {size} articles for each generator")
    articles = make_articles(size)
    sites = [Site(generator, folder / generator.name, list(articles)) for generator in generators]
    write_sites({site.folder: site.generator.form for site in sites}, articles)
    runners = [Runner(site, scenarios) for site, scenarios in zip(sites, generators.values(), strict=True)]
    for runner in runners:
        runner.site.put_edition(0)
        if CLEAN not in runner.scenarios:  # the others need an output to start from
            _build(runner.site, Edit(), sample_memory=False)
    return runners


def _round(runners: list[Runner], number: int) -> None:
    turn = number % len(runners)
    for name in SCENARIOS:
        for runner in runners[turn:] + runners[:turn]:
            # Once a clean build has gone wrong, there is nothing that the next could start from.
            if name in runner.scenarios and not {name, CLEAN} & set(runner.wrong):
                runner.build(name, number)


def _build(site: Site, edit: Edit, *, sample_memory: bool) -> Cost:
    every = 0.05 if len(site.articles) >= LARGE else 0.02
    generator = site.generator
    cost = measure(generator.command, site.folder, generator.environment, sample_every=every if sample_memory else 0.0)
    check(site, edit)
    return cost


def _output(site: Site) -> Output:
    files = [Path(folder, name) for folder, _, names in os.walk(site.output) for name in names]
    return Output(len(files), sum(file.stat().st_size for file in files))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    given = _arguments()
    # As an interrupt from the keyboard does, so that neither a running build nor gigabytes of pages stay behind.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sizes, rounds = ([200], 1) if given.quick else (given.articles or [1_000, 10_000], given.rounds)
    generators = _generators(given)
    results = Results(machine(), {generator.name: generator.version for generator in generators})
    problems: list[str] = []
    for size in sizes:
        wanted = {
            generator: [CLEAN] if generator.name in given.clean_only else given.scenario or list(SCENARIOS)
            for generator in generators
            if generator.name != "pelican" or size <= given.pelican_up_to
        }
        if not wanted:
            continue
        results.sizes[size], found = run(size, wanted, rounds)
        problems += found
        if given.save:  # after each, so that a long run that is interrupted leaves something
            save(results, HERE)
    print(table(results.sizes, OTHER if given.against else "hugo"))
    for problem in problems:
        _say(f"no figure: {problem}")
    return 1 if problems else 0


def _generators(given: argparse.Namespace) -> list[Generator]:
    own = [gazepress(OWN_SOURCE)] if "gazepress" in given.generators else []
    other = [gazepress(given.against.absolute(), OTHER)] if given.against else []
    return own + other + peers([name for name in PEERS if name in given.generators], given.peers.absolute())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Compare gazepress with Hugo and Pelican on the same archive.")
    parser.add_argument("articles", type=int, nargs="*", help="sizes of the archive (default: 1000 and 10000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each build is timed (default: 3)")
    parser.add_argument("--quick", action="store_true", help="200 articles and one round, to see that all of it works")
    parser.add_argument("--generators", nargs="+", choices=NAMES, default=NAMES)
    parser.add_argument("--scenario", action="append", choices=SCENARIOS, help="may be given several times")
    parser.add_argument("--clean-only", nargs="+", choices=NAMES, default=[], help="who does nothing but clean builds")
    parser.add_argument(
        "--pelican-up-to", type=int, default=1_000, metavar="ARTICLES", help="it is slow; default: 1000"
    )
    parser.add_argument("--against", type=Path, metavar="SRC", help="the src/ of another checkout of gazepress")
    parser.add_argument(
        "--peers", type=Path, default=HERE.parent / ".venv/bench", help="where the others are installed"
    )
    parser.add_argument("--save", action="store_true", help="write results.json, results.md and results.svg")
    given = parser.parse_args()
    if given.save and (given.against or given.quick):
        parser.error("--save is for the comparison with the others; --against and --quick give figures to look at")
    if given.rounds < 1:
        parser.error("--rounds must be at least 1")
    return given


if __name__ == "__main__":
    sys.exit(main())
