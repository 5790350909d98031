"""Work shared among processes comes to the same as work done by one."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import suppress

import pytest

from gazepress.pool import WorkerDiedError, alongside, available_cores, ordered_map

MANY = range(200)  # more than what is worth a process


class OddError(Exception):
    """An exception that cannot be unpickled: it is made of two parts and keeps one."""

    def __init__(self, item, why):
        super().__init__(why)
        self.item = item


@pytest.fixture(autouse=True)
def no_process_and_no_thread_is_left():
    threads = threading.active_count()
    yield
    assert multiprocessing.active_children() == []
    assert threading.active_count() == threads


def test_the_results_are_the_same_and_in_order_for_every_number_of_jobs():
    expected = [str(item) for item in MANY]
    for jobs in (0, 1, 2, 4, 7):
        assert ordered_map(str, MANY, jobs=jobs) == expected


def test_no_items_have_no_results():
    assert ordered_map(str, [], jobs=4) == []


def test_slow_items_do_not_change_the_order():
    def work(item):
        time.sleep(0.002 if item < 20 else 0)
        return item

    assert ordered_map(work, MANY, jobs=4) == list(MANY)


def test_many_items_go_to_several_processes_and_few_to_none():
    def work(_):
        time.sleep(0.001)
        return os.getpid()

    assert set(ordered_map(work, range(10), jobs=4)) == {os.getpid()}
    workers = set(ordered_map(work, MANY, jobs=2))
    assert len(workers) == 2
    assert os.getpid() not in workers


def test_a_worker_that_has_done_much_makes_room_for_a_new_one(monkeypatch):
    def work(item):
        time.sleep(0.001)
        return item, os.getpid()

    monkeypatch.setattr("gazepress.pool._ITEMS_A_LIFE", 20)
    results = ordered_map(work, MANY, jobs=2)
    assert [item for item, _ in results] == list(MANY)
    lives = Counter(worker for _, worker in results)
    assert len(lives) > 4
    assert max(lives.values()) < len(MANY) / 2


def test_no_worker_goes_shortly_before_the_end(monkeypatch):
    def work(_):
        time.sleep(0.001)
        return os.getpid()

    monkeypatch.setattr("gazepress.pool._ITEMS_A_LIFE", len(MANY) // 3)
    assert len(set(ordered_map(work, MANY, jobs=2))) == 2


def test_work_and_items_need_not_be_picklable():
    items = [lambda at=at: at for at in MANY]
    assert ordered_map(lambda item: item(), items, jobs=2) == list(MANY)


def test_results_that_cannot_travel_are_made_here():
    results = ordered_map(lambda item: lambda: item, MANY, jobs=2)
    assert [result() for result in results] == list(MANY)


def test_large_results_travel():
    assert ordered_map(lambda item: b"x" * 100_000 * (item % 3), MANY, jobs=2)[5] == b"x" * 200_000


@pytest.mark.parametrize("jobs", [1, 2, 4])
def test_an_exception_is_that_of_the_first_item_that_fails_and_whole(jobs):
    def work(item):
        if item in (50, 51, 150):
            raise OddError(item, "no good")
        return item

    with pytest.raises(OddError, match="no good") as caught:
        ordered_map(work, MANY, jobs=jobs)
    assert caught.value.item == 50


def test_after_an_exception_no_more_work_is_begun():
    done = multiprocessing.RawArray("b", 2000)

    def work(item):
        if item == 0:
            raise OddError(item, "no good")
        done[item] = True
        time.sleep(0.001)

    with pytest.raises(OddError):
        ordered_map(work, range(2000), jobs=2)
    assert sum(done) < 1000


@pytest.mark.parametrize("jobs", [1, 2])
def test_progress_tells_how_many_items_are_done_and_ends_with_all(jobs):
    told = []
    ordered_map(str, MANY, jobs=jobs, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == len(MANY)


def test_progress_that_raises_ends_the_workers():
    def progress(_):
        raise OddError(0, "stop")

    with pytest.raises(OddError):
        ordered_map(lambda _: time.sleep(0.001), MANY, jobs=2, progress=progress)


@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: os._exit(0)])
def test_a_worker_that_ends_too_early_is_an_error_that_names_the_item(end):
    def work(item):
        if item == 123:
            end()
        return item

    with pytest.raises(WorkerDiedError) as caught:
        ordered_map(work, MANY, jobs=2)
    assert caught.value.items == (123,)


def test_no_thread_runs_while_workers_are_made_since_forking_would_not_be_safe():
    before = threading.active_count()
    counts = []
    ordered_map(str, MANY, jobs=2, progress=lambda _: counts.append(threading.active_count()))
    assert set(counts) == {before}


def test_an_interrupt_is_for_the_parent_and_nothing_to_a_worker():
    def work(item):
        os.kill(os.getpid(), signal.SIGINT)
        return item

    assert ordered_map(work, MANY, jobs=2) == list(MANY)


def test_an_interrupt_reaches_this_process_again_afterwards():
    ordered_map(str, MANY, jobs=2)
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_worker_that_is_told_to_end_twice_cleans_up_in_peace(tmp_path, monkeypatch):
    monkeypatch.setattr("gazepress.pool._PATIENCE", 60)  # on a machine that has much to do

    def work(item):
        if item == 0:
            return
        begun = tmp_path / f"begun-{os.getpid()}"
        try:
            begun.touch()
            time.sleep(60)
        finally:
            os.kill(os.getpid(), signal.SIGTERM)  # as does who ends all processes of a build
            begun.unlink()

    def progress(_):
        while not list(tmp_path.iterdir()):
            time.sleep(0.01)
        raise OddError(0, "stop")  # the parent ends its workers

    monkeypatch.setattr("gazepress.pool._CHUNK_AT_MOST", 1)
    with pytest.raises(OddError):
        ordered_map(work, MANY, jobs=2, progress=progress)
    assert list(tmp_path.iterdir()) == []


SLOW = """
import os, time
from gazepress.pool import ordered_map

def work(item):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep({seconds})
    return b"x" * 100_000

ordered_map(work, range(1000), jobs=2)
"""


@pytest.mark.parametrize(("sign", "seconds"), [(signal.SIGINT, 60), (signal.SIGTERM, 0.01), (signal.SIGKILL, 0.01)])
def test_a_program_that_is_stopped_leaves_no_worker_behind(sign, seconds):
    with start(SLOW.format(seconds=seconds)) as program:
        try:
            workers = set()
            while len(workers) < 2:
                workers.add(program.stdout.readline())
            if sign == signal.SIGINT:
                os.killpg(program.pid, sign)  # as a terminal does
            else:
                program.send_signal(sign)
            _, errors = program.communicate(timeout=10)  # ends when the last of them has closed its output
        finally:
            with suppress(ProcessLookupError):
                os.killpg(program.pid, signal.SIGKILL)
    assert program.returncode == -sign
    assert errors.count(b"Traceback") == (1 if sign == signal.SIGINT else 0)  # the parent's own, not the workers'


def start(code):
    path = os.pathsep.join(sys.path)
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def test_there_is_at_least_one_core():
    assert available_cores() >= 1


# --------------------------------------------------------------------------------------------------- one alongside


def own_number():
    return str(os.getpid()).encode()


def test_what_is_done_alongside_is_done_by_another_process_and_with_one_job_by_this_one():
    with alongside(own_number, jobs=2) as answer:
        assert answer() != own_number()
    with alongside(own_number, jobs=1) as answer:
        assert answer() == own_number()


def test_more_than_a_pipe_holds_arrives_whole():
    with alongside(lambda: b"x" * 3_000_000, jobs=2) as answer:
        assert answer() == b"x" * 3_000_000


@pytest.mark.parametrize("end", [lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: 1 / 0, lambda: sys.exit(0)])
def test_what_a_process_alongside_did_not_bring_to_its_end_is_done_here(end):
    here = os.getpid()

    def work():
        if os.getpid() != here:
            end()
        return b"done"

    with alongside(work, jobs=2) as answer:
        assert answer() == b"done"


def test_a_process_alongside_is_gone_when_nobody_wants_its_result():
    with pytest.raises(KeyError), alongside(lambda: time.sleep(60) or b"", jobs=2):
        raise KeyError
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
