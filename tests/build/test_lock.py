"""The lock on a site: one builder at a time, and no lock of whoever is gone."""

import os
import signal
import subprocess
import sys
import time

import pytest

from gazepress.build.lock import BusyError, only_builder

HOLD = """
import sys, os, time
from pathlib import Path
from gazepress.build.lock import only_builder
with only_builder(Path(sys.argv[1]), wait=True, waiting=lambda: None):
    if len(sys.argv) > 2 and not os.fork():  # a worker that lives on
        time.sleep(30)
        os._exit(0)
    print("held", flush=True)
    time.sleep(30)
"""


def holder(folder, *more):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), *more], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def end(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()


def test_a_second_builder_is_told_and_leaves_no_file(tmp_path):
    first = holder(tmp_path)
    try:
        with pytest.raises(BusyError), only_builder(tmp_path, wait=False, waiting=lambda: None):
            pass
    finally:
        end(first)
    assert not list(tmp_path.iterdir())


def test_a_second_builder_waits_until_the_first_is_gone(tmp_path):
    first, told = holder(tmp_path), []

    def waiting():
        told.append(time.monotonic())
        end(first)

    with only_builder(tmp_path, wait=True, waiting=waiting):
        assert len(told) == 1


def test_a_worker_that_outlives_a_killed_build_holds_no_lock(tmp_path):
    first = holder(tmp_path, "with a worker")
    first.kill()
    first.wait()
    with only_builder(tmp_path, wait=False, waiting=lambda: None):
        pass
    end(first)


def test_two_sites_do_not_wait_for_each_other(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = holder(tmp_path / "a")
    with only_builder(tmp_path / "b", wait=False, waiting=lambda: None):
        pass
    end(first)
