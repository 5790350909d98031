"""Two builds of one site do not meet: the second waits, or says that the site is busy."""

import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from laws.newsroom import tree
from support import NOW, SETTINGS, Command, article, write_site


def many(count):
    files = {
        f"content/articles/{'steel' if one % 3 else 'glass'}/a{one:04}.md": article(
            f"Report {one}",
            f"Text {one}. " + (f"See [[Report {one - 1}]]." if one % 5 == 0 and one else ""),
            date=f"2025-{one % 12 + 1:02}-{one % 28 + 1:02}",
            tags=f"[tag {one % 7}]",
        )
        for one in range(count)
    }
    return {**files, "site.yaml": SETTINGS}


def start(site, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "gazepress", "build", "--now", NOW, "--jobs", "1", *arguments],
        cwd=site,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


@pytest.fixture
def busy(tmp_path):
    """A site, and a build of it that has begun and been stopped in the middle, so that no test depends on its speed."""
    site = write_site(tmp_path / "site", many(600))
    process = start(site)
    until = time.monotonic() + 20
    while not (site / ".gazepress").exists() and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGSTOP)
    assert process.poll() is None, "the first build is over too soon"
    yield site, process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def test_the_second_build_waits_and_says_so(busy):
    site, first = busy
    second = start(site)
    assert "wait" in second.stderr.readline().lower()
    assert second.poll() is None
    first.send_signal(signal.SIGCONT)
    said = first.communicate(timeout=60)[1] + second.communicate(timeout=60)[1]
    assert (first.returncode, second.returncode) == (0, 0), said
    assert "wait" not in said.lower()
    assert len(tree(site / "public")) > 600


def test_the_second_build_with_no_wait_ends_at_once(busy):
    site, first = busy
    second = start(site, "--no-wait")
    _, said = second.communicate(timeout=60)
    assert second.returncode == 1, said
    assert "site-busy" in said
    first.send_signal(signal.SIGCONT)
    assert first.wait(timeout=60) == 0


def test_a_killed_build_keeps_nobody_waiting(busy):
    site, first = busy
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    done = Command(site)("build", "--now", NOW, "--no-wait", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "wait" not in done.stderr.lower()


@pytest.mark.usefixtures("busy")
def test_builds_of_two_sites_do_not_wait_for_each_other(tmp_path):
    other = write_site(tmp_path / "other", many(3))
    done = Command(other)("build", "--now", NOW, "--no-wait")
    assert done.returncode == 0, done.stderr


def test_every_number_of_jobs_gives_the_same_bytes_clean_and_incremental(tmp_path):
    files = many(220)
    edited = {
        **files,
        "site.yaml": f"{SETTINGS}description: Steel.\n",  # on every page, so that processes are worth it
        "content/articles/steel/a0001.md": article("Another", "Text."),
        "content/articles/steel/a0221.md": article("New", "Text."),
    }
    results = {}
    for jobs in (1, 2, 4):
        site = write_site(tmp_path / f"site-{jobs}", files)
        for step, changes in enumerate(({}, edited)):
            write_site(site, changes)
            # the cache is written with one number of workers, and read with another
            done = Command(site)("build", "--now", NOW, "--jobs", str(jobs if step == 0 else 5 - jobs))
            assert done.returncode == 0, done.stderr
            results[jobs, f"step {step}"] = tree(site / "public")
    shutil.rmtree(tmp_path / "site-1/public")
    assert Command(tmp_path / "site-1")("build", "--now", NOW, "--jobs", "1", "--no-cache").returncode == 0
    expected = tree(tmp_path / "site-1/public")
    first = results[1, "step 0"]
    assert len(first) > 400
    assert first != expected
    assert all(results[jobs, "step 0"] == first for jobs in (2, 4))
    assert all(results[jobs, "step 1"] == expected for jobs in (1, 2, 4))
