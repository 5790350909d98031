"""What a build meets on its way: problems, how much work there is and how long it takes, spread over processes."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from heapq import nlargest
from operator import itemgetter
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from gazepress.diagnostics import Checked, Diagnostic, Severity, problem, sort_key
from gazepress.pool import WorkerDiedError, ordered_map

S = TypeVar("S")
T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Told the stage, how many of its items are done, and how many there are."""

_SLOWEST_KEPT = 50
_NEEDS_ALL_TEXTS = ("reference-unknown", "link-broken", "fragment-unknown", "url-lost")


class StageTime(Struct, frozen=True):
    """Seconds that a stage took."""

    stage: str
    seconds: float


class TemplateTime(Struct, frozen=True):
    """How many pages a template drew, the seconds that all of them took, and the slowest one."""

    template: str
    pages: int
    seconds: float
    slowest: float


class Counts(Struct, frozen=True):
    """How much work a build did, and how much there is."""

    articles: int = 0
    pages: int = 0
    outputs: int = 0
    parsed: int = 0
    reused: int = 0  # texts that were known already
    rendered: int = 0
    written: int = 0
    removed: int = 0


class ItemTime(Struct, frozen=True):
    """The seconds that one text took to be parsed, or one output to be made."""

    name: str
    seconds: float


class Log:
    """The problems and times of one build."""

    def __init__(self, *, jobs: int, strict: bool = False, progress: Progress | None = None) -> None:
        self.stages: list[StageTime] = []
        self.templates: dict[str, list[float]] = {}
        self._jobs = jobs
        self._progress = progress
        self._stopping = (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
        self._diagnostics: list[Diagnostic] = []
        self._forgiven: tuple[str, ...] = ()

    def take(self, checked: Checked[T]) -> T:
        """Return a stage's result and keep its problems."""
        self.add(checked.diagnostics)
        return checked.value

    def add(self, found: Iterable[Diagnostic]) -> None:
        """Keep problems."""
        self._diagnostics += [one for one in found if one.code not in self._forgiven]

    def forgive_references(self) -> None:
        """Keep no problems from here on that a text which could not be read may be the reason for."""
        self._forgiven = _NEEDS_ALL_TEXTS

    def set_aside(self, paths: AbstractSet[str]) -> None:
        """Make notes of the problems met so far in texts that are held back: a draft need not be finished."""
        self._diagnostics = [
            replace(one, severity=Severity.NOTE) if one.path in paths else one for one in self._diagnostics
        ]

    def failed(self) -> bool:
        """Tell whether anything met so far stops the build."""
        return any(found.severity in self._stopping for found in self._diagnostics)

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return all problems in the order of their places, each once."""
        return tuple(sorted(dict.fromkeys(self._diagnostics), key=sort_key))

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure a stage."""
        start = time.perf_counter()
        yield
        self.stages.append(StageTime(name, time.perf_counter() - start))

    def map(self, stage: str, work: Callable[[S], T], items: Sequence[S], names: Sequence[str]) -> list[T]:
        """Return ``work`` of each item; none at all, and a problem, when a worker died."""
        report = self._progress

        def progress(done: int) -> None:
            if report is not None:
                report(stage, done, len(items))

        try:
            return ordered_map(work, items, jobs=self._jobs, progress=progress)
        except WorkerDiedError as error:
            self.add(
                problem("worker-died", f"a worker ended during {stage}", path=names[at]) for at in error.items or (0,)
            )
            return []


def slowest(times: Iterable[tuple[str, float]]) -> tuple[ItemTime, ...]:
    """Return of many times (name, seconds) those that are worth a look, the slowest first."""
    return tuple(ItemTime(name, seconds) for name, seconds in nlargest(_SLOWEST_KEPT, times, key=itemgetter(1)))
