"""Whatever was edited since the last build: a build with the cache ends as a clean one does, byte for byte."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from gazepress.build import Memory
from laws.newsroom import (
    EDITS,
    MOMENTS,
    Newsroom,
    add_article,
    cached,
    change_title_and_references,
    clean,
    edit_body,
    edit_body_and_keep_size_and_time,
    edit_settings,
    edit_template,
    hold_back,
    said,
    tamper,
    tree,
)

SOAK = int(os.environ.get("GAZEPRESS_SOAK") or 0)
"""How many examples a long run tries; without it, the few that fit into a minute."""

SEEDS = st.integers(0, 2**16).map(Random)


class IncrementalBuilds(RuleBasedStateMachine):
    """An editor's day: edits, hours that pass, accidents; and after each a build."""

    folder: Path  # given by the test

    def __init__(self):
        super().__init__()
        self.place = self.folder / str(len(list(self.folder.iterdir())))
        self.room = Newsroom(self.place / "site")
        self.now = MOMENTS[1]
        self.options = {}
        self.memory = Memory()
        self.goes_on = False
        self.good = [self.room.sources()]  # the states that could be built
        self.failures = 0
        self.checks = 0

    @rule(edit=st.sampled_from(EDITS), random=SEEDS)
    @precondition(lambda self: self.failures < 2)
    def edit_something(self, edit, random):
        edit(self.room, random)

    @rule(edits=st.lists(st.tuples(st.sampled_from(EDITS), SEEDS), min_size=2, max_size=5))
    @precondition(lambda self: self.failures < 2)
    def edit_much(self, edits):
        for edit, random in edits:
            edit(self.room, random)

    @rule(which=st.integers(1, 4))
    def go_back_to_an_earlier_state(self, which):
        self.room.restore(self.good[-min(which, len(self.good))])

    @rule(moment=st.sampled_from(MOMENTS))
    def wait_until(self, moment):
        self.now = moment

    @rule(random=SEEDS)
    def change_the_output_by_hand(self, random):
        tamper(self.room, random)

    @rule(strict=st.booleans(), jobs=st.sampled_from([1, 2]))
    def build_otherwise(self, strict, jobs):
        self.options = {"strict": strict, "jobs": jobs}

    @rule(goes_on=st.booleans())
    def build_by_a_program_that_goes_on(self, goes_on):
        self.goes_on = goes_on

    @rule()
    def look_at_drafts(self):
        self._compare("public-drafts", drafts=True)

    @rule()
    def build_to_another_folder(self):
        self._compare("public-elsewhere", output=self.room.folder / "public-elsewhere")

    @invariant()
    def the_output_is_that_of_a_clean_build(self):
        failed = self._compare("public", **self.options)
        if failed:
            self.failures += 1
        else:
            self.failures = 0
            self.good.append(self.room.sources())

    def _compare(self, folder, **options):
        self.checks += 1
        jobs = 2 if self.checks % 4 == 0 else 1
        memory = self.memory if self.goes_on else None
        return compare(self.room, self.now, folder, clean_jobs=jobs, memory=memory, **options)

    def teardown(self):
        shutil.rmtree(self.place)


def compare(room, now, folder="public", *, clean_jobs=1, memory=None, **options):
    """Build the site, and a copy of it without a cache: both must end alike. Return whether they failed."""
    before = tree(room.folder / folder)
    incremental = cached(room, now, memory, **options)
    copy = room.copy(room.folder.parent / f"checkout {room.new()}")  # nothing kept in this process fits it
    target = room.folder.parent / "clean"
    pure = clean(copy, now=now, **{**options, "jobs": clean_jobs, "output": target})
    assert (incremental.published is None) == (pure.published is None), (incremental.diagnostics, pure.diagnostics)
    assert said(incremental) == said(pure)
    assert tree(room.folder / folder) == (before if pure.published is None else tree(target))
    shutil.rmtree(copy)
    shutil.rmtree(target, ignore_errors=True)
    return pure.published is None


def test_after_any_edits_the_output_is_that_of_a_clean_build(quick_path):
    IncrementalBuilds.folder = quick_path
    examples, steps = (SOAK, 40) if SOAK else (4, 8)
    run_state_machine_as_test(
        IncrementalBuilds,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.mark.parametrize("seed", range(SOAK or 1))
def test_after_each_kind_of_edit_the_output_is_that_of_a_clean_build(quick_path, seed):
    room = Newsroom(quick_path / "site")
    assert not compare(room, MOMENTS[1])
    random, memory = Random(seed), Memory()
    edits = [*EDITS, *[edit_body_and_keep_size_and_time] * 2, *[edit_settings] * 5, *[edit_template] * 3]
    for edit in random.sample(edits, len(edits)):
        before = room.sources()
        edit(room, random)
        if compare(room, MOMENTS[1], memory=memory if random.random() < 0.7 else None):  # others build it, too
            room.restore(before)
    assert not compare(room, MOMENTS[1])


def test_with_search_the_output_is_that_of_a_clean_build(quick_path):
    pytest.importorskip("pagefind_bin", reason="Pagefind has no package for this platform")
    room, random = Newsroom(quick_path / "site"), Random(1)
    room.write("site.yaml", room.read("site.yaml") + "search: on\nreferences: warning\n")
    assert not compare(room, MOMENTS[1])
    for edit in (edit_body, change_title_and_references, add_article, hold_back):
        edit(room, random)
        assert not compare(room, MOMENTS[1])


def test_each_hour_gives_the_output_of_a_clean_build(quick_path):
    room = Newsroom(quick_path / "site")
    held = set()
    for moment in [*MOMENTS, *MOMENTS[::-1]]:
        assert not compare(room, moment)
        held.add(len(cached(room, moment).held))
    assert len(held) > 2


@pytest.mark.parametrize("seed", range(SOAK or 1))
def test_neither_hash_seed_nor_timezone_nor_place_gets_into_the_cache(quick_path, seed):
    room = Newsroom(quick_path / "site")
    random = Random(seed)
    built = 0
    for step in range(4):
        before = room.sources()
        for edit in random.choices(EDITS, k=2 if step else 0):
            edit(room, random)
        now = random.choice(MOMENTS[:3])
        here = {"PYTHONHASHSEED": str(step), "TZ": "Pacific/Kiritimati", "LC_ALL": "C"}
        there = {"PYTHONHASHSEED": str(step + 100), "TZ": "America/Adak", "LANG": "tr_TR.UTF-8"}
        copy = room.copy(quick_path / f"checkout {step}")
        output = tree(room.folder / "public")
        running = [
            start(room.folder, here, "--now", now),
            start(copy, there, "--now", now, "--jobs", "2", "--no-cache"),
        ]
        (said_here, said_there) = [process.communicate(timeout=60)[1] for process in running]
        assert running[0].returncode == running[1].returncode, (said_here, said_there)
        assert not (copy / ".gazepress").exists()
        if running[0].returncode:
            assert tree(room.folder / "public") == output
            room.restore(before)
        else:
            built += 1
            assert tree(room.folder / "public") == tree(copy / "public")
    assert built > 1


def start(folder, env, *arguments):
    known = {key: value for key, value in os.environ.items() if key not in ("SOURCE_DATE_EPOCH", "NO_COLOR")}
    return subprocess.Popen(
        [sys.executable, "-m", "gazepress", "build", *arguments],
        cwd=folder,
        env={**known, **env},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
