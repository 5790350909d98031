"""One function applied to many things, in order, by several processes or by this one: the only concurrency there is."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.reduction import ForkingPickler
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
    """Return ``work`` of each item, in their order; the same for every number of ``jobs``, as are its exceptions.

    Workers are forks that inherit ``work`` and ``items``, so that only results travel. Few items, or a system without
    fork, need no process at all. ``progress`` is told how many items are done. Raises WorkerDiedError.
    """
    report = progress or _ignore
    if jobs < 2 or len(items) < _WORTH_A_PROCESS or "fork" not in multiprocessing.get_all_start_methods():  # noqa: PLR2004 - two workers make a pool
        results = []
        for item in items:
            results.append(work(item))
            report(len(results))
        return results
    return _Crew(work, items, jobs).run(report)


class _Crew(Generic[T, R]):
    """Forked workers that take chunk after chunk of the items, and send each chunk's results through a pipe of theirs.

    There are no threads, so that forking is safe, and no queue: a worker whose parent is gone cannot send, and ends.
    """

    def __init__(self, work: Callable[[T], R], items: Sequence[T], jobs: int) -> None:
        self.work = work
        self.items = items
        jobs = min(jobs, len(items))
        size = max(1, len(items) // (jobs * _CHUNKS_A_WORKER))
        self.chunks = [range(at, min(at + size, len(items))) for at in range(0, len(items), size)]
        self.context = multiprocessing.get_context("fork")
        self.taken = self.context.Value("q", 0)  # how many chunks have been handed out
        self.at = self.context.RawArray("q", [-1] * jobs)  # the item that each worker has come to

    def run(self, report: Callable[[int], None]) -> list[R]:
        workers: dict[Connection, Any] = {}
        try:
            # Ctrl-C is for the parent, which ends its workers; they inherit that it is kept from them.
            with _interrupts_held_back():
                for number in range(len(self.at)):
                    receiver, sender = self.context.Pipe(duplex=False)
                    process = self.context.Process(target=self._labour, args=(number, sender, [*workers, receiver]))
                    process.start()
                    sender.close()
                    workers[receiver] = process
            done = self._collect(list(workers), report)
        except BaseException:
            for process in workers.values():
                process.kill()
            raise
        finally:
            for receiver, process in workers.items():
                process.join()
                receiver.close()
        # A chunk that failed is done again here: that raises its exception whole, and of several the first in order.
        return [result for chunk in self.chunks for result in done.get(chunk.start) or self._again(chunk)]

    def _again(self, chunk: range) -> list[R]:
        return [self.work(self.items[at]) for at in chunk]

    def _collect(self, receivers: list[Connection], report: Callable[[int], None]) -> dict[int, list[R]]:
        """Return the results of each chunk by its start, once all workers have said that they are at the end."""
        done: dict[int, list[R]] = {}
        busy = dict(enumerate(receivers))
        count = 0
        while busy:
            ready = wait(list(busy.values()))
            for number in [number for number, receiver in busy.items() if receiver in ready]:
                try:
                    message = busy[number].recv()
                except (EOFError, OSError) as error:
                    at = self.at[number]
                    raise WorkerDiedError((at,) if at >= 0 else ()) from error
                if message is None:
                    del busy[number]
                    continue
                start, results = message
                done[start] = results
                count += len(results)
                report(count)
        return done

    def _labour(self, number: int, sender: Connection, inherited: list[Connection]) -> None:
        """Be a worker: do chunks until none is left or one fails. ``inherited`` are the parent's ends of the pipes."""
        for receiver in inherited:
            receiver.close()
        gc.freeze()  # what was inherited is not looked through again, which would copy its memory
        with suppress(BrokenPipeError):  # the parent is gone
            for chunk in iter(self._take, None):
                try:
                    message = ForkingPickler.dumps((chunk.start, [self._do(at, number) for at in chunk]))
                except Exception:  # noqa: BLE001 - the parent does the chunk again, and meets the exception itself
                    self.taken.value = len(self.chunks)
                    break
                sender.send_bytes(message)
            sender.send(None)

    def _take(self) -> range | None:
        with self.taken.get_lock():
            number = self.taken.value
            self.taken.value = number + 1
        return self.chunks[number] if number < len(self.chunks) else None

    def _do(self, at: int, worker: int) -> R:
        self.at[worker] = at
        return self.work(self.items[at])


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _ignore(_: int) -> None:
    pass
