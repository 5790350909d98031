"""One function applied to many things, in order, by several processes or by this one: the only concurrency there is."""

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Generic, NoReturn, TypeVar

if TYPE_CHECKING:
    from multiprocessing.connection import Connection  # a build that forks nothing does not load it

T = TypeVar("T")
R = TypeVar("R")

_WORTH_A_PROCESS = 64
_CHUNKS_A_WORKER = 8
_CHUNK_AT_MOST = 64  # items: when one worker finds nothing more to do, the other is soon at its end as well
_ITEMS_A_LIFE = 3_500
"""After so many items a worker goes and a new one takes its place: whatever a worker looks at of what it inherited
becomes its own copy, since Python counts references in the things themselves. A fork takes milliseconds, and the copies
of what is looked at most a tenth of a second; so all lives are of one length, and none is much shorter than this.
"""
_PATIENCE = 2.0
"""Seconds in which a worker that is to end may end what it has begun: programs, folders for a while."""

_WAS_LAST, _GOES = "was last", "goes"


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
    if jobs < 2 or len(items) < _WORTH_A_PROCESS or not hasattr(os, "fork"):  # noqa: PLR2004 - two workers make a pool
        results = []
        for item in items:
            results.append(work(item))
            report(len(results))
        return results
    return _Crew(work, items, jobs).run(report)


@contextmanager
def alongside(work: Callable[[], bytes], *, jobs: int) -> Iterator[Callable[[], bytes]]:
    """Begin ``work`` in a process of its own, a fork, and give the function that waits for what it returns.

    With one job, without fork, and when that process ends without a result, ``work`` is done by who asks for it. So it
    must change nothing.
    """
    if jobs < 2 or not hasattr(os, "fork"):  # noqa: PLR2004 - the other is this process
        yield work
        return
    receiver, sender = os.pipe()
    with _interrupts_held_back():
        child = os.fork()
        if not child:
            _answer(work, sender)
    os.close(sender)
    stream = open(receiver, "rb")  # noqa: PTH123, SIM115 - a descriptor, and closed below
    is_there = True

    def wait() -> bytes:
        nonlocal is_there
        result = stream.read()
        _, status = os.waitpid(child, 0)
        is_there = False
        return work() if status else result

    try:
        yield wait
    finally:
        stream.close()
        if is_there:
            os.kill(child, signal.SIGKILL)  # nobody wants to know any longer
            os.waitpid(child, 0)


def _answer(work: Callable[[], bytes], sender: int) -> NoReturn:
    """Be the process alongside. Nothing that its parent has begun may be ended here, so it goes without a word."""
    try:
        with open(sender, "wb") as stream:
            stream.write(work())
        os._exit(0)
    finally:
        os._exit(1)


class _Crew(Generic[T, R]):
    """Forked workers that take chunk after chunk of the items, and send each chunk's results through a pipe of theirs.

    There are no threads, so that forking is safe, and no queue: a worker whose parent is gone cannot send, and ends.
    """

    def __init__(self, work: Callable[[T], R], items: Sequence[T], jobs: int) -> None:
        self.work = work
        self.items = items
        jobs = min(jobs, len(items))
        size = max(1, min(len(items) // (jobs * _CHUNKS_A_WORKER), _CHUNK_AT_MOST))
        self.chunks = [range(at, min(at + size, len(items))) for at in range(0, len(items), size)]
        self.life = len(items) / jobs / max(1, len(items) // (jobs * _ITEMS_A_LIFE))  # in items
        import multiprocessing

        self.context = multiprocessing.get_context("fork")
        self.taken = self.context.Value("q", 0)  # how many chunks have been handed out
        self.at = self.context.RawArray("q", [-1] * jobs)  # the item that each worker has come to
        self.workers: dict[int, tuple[Connection, Any]] = {}  # by number: where its results arrive, and its process

    def run(self, report: Callable[[int], None]) -> list[R]:
        try:
            for number in range(len(self.at)):
                self._hire(number)
            done = self._collect(report)
        except BaseException:
            processes = [process for _, process in self.workers.values()]
            for process in processes:
                process.terminate()
            for process in processes:
                process.join(_PATIENCE)
                process.kill()
            raise
        finally:
            for number in list(self.workers):
                self._dismiss(number)
        # A chunk that failed is done again here: that raises its exception whole, and of several the first in order.
        return [result for chunk in self.chunks for result in done.get(chunk.start) or self._again(chunk)]

    def _hire(self, number: int) -> None:
        # Ctrl-C is for the parent, which ends its workers; they inherit that it is kept from them.
        self.at[number] = -1
        with _interrupts_held_back():
            receiver, sender = self.context.Pipe(duplex=False)
            inherited = [receiver, *(other for other, _ in self.workers.values())]
            process = self.context.Process(target=self._labour, args=(number, sender, inherited))
            process.start()
            sender.close()
            self.workers[number] = receiver, process

    def _dismiss(self, number: int) -> None:
        receiver, process = self.workers.pop(number)
        process.join()
        receiver.close()

    def _again(self, chunk: range) -> list[R]:
        return [self.work(self.items[at]) for at in chunk]

    def _collect(self, report: Callable[[int], None]) -> dict[int, list[R]]:
        """Return the results of each chunk by its start, once all workers have said that they are at the end."""
        from multiprocessing.connection import wait

        done: dict[int, list[R]] = {}
        count = 0
        while self.workers:
            ready = wait([receiver for receiver, _ in self.workers.values()])
            for number in [number for number, (receiver, _) in self.workers.items() if receiver in ready]:
                try:
                    message = self.workers[number][0].recv()
                except (EOFError, OSError) as error:
                    at = self.at[number]
                    raise WorkerDiedError((at,) if at >= 0 else ()) from error
                match message:
                    case str():
                        self._dismiss(number)
                        if message == _GOES:
                            self._hire(number)
                    case start, results:
                        done[start] = results
                        count += len(results)
                        report(count)
        return done

    def _labour(self, number: int, sender: "Connection", inherited: "list[Connection]") -> None:
        """Be a worker: do chunks until none is left, one fails, or it is time to go.

        ``inherited`` are the parent's ends of the pipes.
        """
        from multiprocessing.reduction import ForkingPickler

        done = 0
        signal.signal(signal.SIGTERM, _end)
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
                done += len(chunk)
                if done >= self.life and self._left() > self.life:
                    sender.send(_GOES)
                    return
            sender.send(_WAS_LAST)

    def _take(self) -> range | None:
        with self.taken.get_lock():
            number = self.taken.value
            self.taken.value = number + 1
        return self.chunks[number] if number < len(self.chunks) else None

    def _left(self) -> int:
        """Return about how many items nobody has taken."""
        taken: int = self.taken.value
        return (len(self.chunks) - taken) * len(self.chunks[0])

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


def _end(*_: object) -> NoReturn:
    # Who ends all processes of a build tells a worker twice, since its parent does so too: from now on it cleans up.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise SystemExit(0)


def _ignore(_: int) -> None:
    pass
