"""A build that is killed at any moment leaves every file whole, and the next one ends the work."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from random import Random

from laws.newsroom import clean
from support import NOW, SETTINGS, article, read_tree, write_site

KILLS = int(os.environ.get("GAZEPRESS_SOAK") or 50)
ARTICLES = 300
STATES = 3


def state(number):
    """Return the files of one of three states of a site. Most pages differ between any two."""
    files = {
        f"content/articles/{'steel' if one % 2 else 'glass'}/a{one:03}.md": article(
            f"Report {one}" + f", state {number}" * (one % 10 == number),
            f"Text {one}" + f", as in state {number}." * (one % STATES == number),
            date=f"2025-{one % 12 + 1:02}-{one % 28 + 1:02}",
        )
        for one in range(ARTICLES)
        if one % 50 != number
    }
    return {
        **files,
        "site.yaml": SETTINGS + "per_page: 50\nprecompress: [gzip]\n",
        "static/state.txt": f"State {number}.",
        f"static/only-{number}.txt": "x",
    }


def test_a_killed_build_leaves_every_file_whole(tmp_path):
    random = Random(20251125)
    site = tmp_path / "site"
    states = [state(number) for number in range(STATES)]
    trees = []
    for number, files in enumerate(states):
        built = clean(write_site(tmp_path / f"state-{number}", files), tmp_path / f"clean-{number}", NOW)
        assert built.published
        trees.append(public(tmp_path / f"clean-{number}"))
    move(site, {}, states[0])
    assert build(site).wait() == 0
    now = 0
    move(site, states[0], states[1])
    start = time.monotonic()
    assert build(site).wait() == 0
    takes = time.monotonic() - start
    now, possible, torn = 1, {1}, 0
    for kill in range(1, KILLS + 1):
        before, now = now, (now + 1) % STATES
        possible.add(now)
        move(site, states[before], states[now])
        process = build(site)
        await_moment(site, process, random, takes)
        end(process)
        output = public(site / "public")
        check_whole(output, [trees[one] for one in possible])
        torn += all(output != one for one in trees)
        if kill % 10 == 0 or kill == KILLS:
            assert build(site).wait() == 0
            assert public(site / "public") == trees[now]
            assert not list((site / "public").rglob(".gazepress-tmp*"))
            possible = {now}
    assert torn, "no kill met a build while it wrote"


def check_whole(output, possible):
    """Check that each file is one that a build could have made, and that what all of them made is there."""
    for path, data in output.items():
        assert any(one.get(path) == data for one in possible), f"{path} is of no build"
    assert set.intersection(*map(set, possible)) <= output.keys()


def await_moment(site, process, random, takes):
    """Wait for the moment of a kill: any at all, or one while the output is being written."""
    if random.randrange(3):
        time.sleep(random.uniform(0, takes))
        return
    manifest = site / "public/.gazepress-manifest"
    before = stamp(manifest)
    while process.poll() is None and stamp(manifest) == before:
        time.sleep(0.001)
    time.sleep(random.uniform(0, takes / 8))


def stamp(file):
    try:
        stat = file.stat()
    except FileNotFoundError:
        return None
    return stat.st_mtime_ns, stat.st_ino


def build(site):
    return subprocess.Popen(
        [sys.executable, "-m", "gazepress", "build", "--now", NOW, "--jobs", "2", "--quiet"],
        cwd=site,
        start_new_session=True,
    )


def end(process):
    """Kill a build with all its workers, at once."""
    with suppress(ProcessLookupError):  # it was at its end
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def move(site, before, after):
    """Make a site that has the files of one state have those of another."""
    for path in before.keys() - after.keys():
        (site / path).unlink()
    write_site(site, {path: text for path, text in after.items() if before.get(path) != text})


def public(output):
    return {path: data for path, data in read_tree(output).items() if ".gazepress" not in path}
