"""One function applied to many things, in order, by several processes or by this one: the only concurrency there is."""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
from ctypes import c_bool
from multiprocessing.sharedctypes import RawArray
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_WORTH_A_PROCESS = 64
_CHUNKS_A_WORKER = 8


class WorkerDiedError(Exception):
    """A worker process ended before its work was done. ``items`` are the positions of what may have caused it."""

    def __init__(self, items: tuple[int, ...]) -> None:
        super().__init__(f"a worker died at items {items}")
        self.items = items


def available_cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def ordered_map(
    work: Callable[[T], R], items: Sequence[T], *, jobs: int, progress: Callable[[int], None] | None = None
) -> list[R]:
    """Return ``work`` of each item, in their order; the same for every number of ``jobs``.

    Workers are forks that inherit ``work`` and ``items``, so that only results travel. Few items, or a system without
    fork, need no process at all. ``progress`` is told how many items are done. Raises WorkerDiedError.
    """
    report = progress or _ignore
    if jobs < 2 or len(items) < _WORTH_A_PROCESS or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004
        results = []
        for item in items:
            results.append(work(item))
            report(len(results))
        return results
    return _Crew(work, items).run(min(jobs, len(items)), report)


class _Crew(Generic[T, R]):
    """Forked workers over one sequence of items, and shared marks of what each item has come to."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T]) -> None:
        self.work = work
        self.items = items
        self.started = RawArray(c_bool, len(items))
        self.done = RawArray(c_bool, len(items))

    def run(self, jobs: int, report: Callable[[int], None]) -> list[R]:
        global _crew  # noqa: PLW0603 - forks inherit it: what cannot be pickled need not be
        _crew = self
        size = max(1, len(self.items) // (jobs * _CHUNKS_A_WORKER))
        chunks = [range(at, min(at + size, len(self.items))) for at in range(0, len(self.items), size)]
        context = multiprocessing.get_context("fork")
        executor = ProcessPoolExecutor(jobs, mp_context=context, initializer=_ignore_interrupts)
        results: list[R] = []
        try:
            for chunk in executor.map(_work_on, chunks):
                results += chunk
                report(len(results))
        except BrokenProcessPool as error:
            unfinished = (at for at, started in enumerate(self.started) if started and not self.done[at])
            raise WorkerDiedError(tuple(unfinished)) from error
        except KeyboardInterrupt:
            for process in multiprocessing.active_children():
                process.terminate()
            raise
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
            _crew = None
        return results


_crew: _Crew[Any, Any] | None = None


def _work_on(chunk: range) -> list[Any]:
    crew = _crew
    assert crew is not None
    results = []
    for at in chunk:
        crew.started[at] = True
        results.append(crew.work(crew.items[at]))
        crew.done[at] = True
    return results


def _ignore_interrupts() -> None:
    """Leave Ctrl-C to the parent, which ends its workers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _ignore(_: int) -> None:
    pass
