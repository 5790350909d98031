"""A build that ends in an error, or is interrupted, leaves the previous output as it was."""

import os
import re
import resource
import signal
import subprocess
import sys
import time

import pytest

from support import NOW, SETTINGS, article, read_tree, write_site

GOOD = {
    "site.yaml": SETTINGS,
    "content/articles/one.md": article("One"),
    "content/articles/two.md": article("Two", "See [[One]]."),
}
BREAKS = {
    "front matter": {"content/articles/two.md": "---\ntitle: Two\n---\n"},
    "a reference": {"content/articles/two.md": article("Two", "See [[Nothing]].")},
    "settings": {"site.yaml": "title: The Gaze\n"},
    "a template that cannot be read": {"templates/article.html": "{% if %}"},
    "a template that fails on one page": {
        "templates/article.html": '{% extends "theme/article.html" %}{% block main %}'
        "{% if article.title == 'Two' %}{{ article.nothing }}{% endif %}{% endblock %}"
    },
    "two outputs for one address": {"static/2025/10/one/index.html": "x"},
}


@pytest.mark.parametrize("broken", BREAKS.values(), ids=BREAKS.keys())
def test_an_error_leaves_the_output_as_it_was(tmp_path, gazepress, broken):
    write_site(tmp_path, GOOD)
    assert gazepress("build", "--now", NOW).returncode == 0
    before = read_tree(tmp_path / "public")
    times = {file: file.stat().st_mtime_ns for file in (tmp_path / "public").rglob("*")}
    write_site(tmp_path, {**broken, "content/articles/one.md": article("One", "Changed.")})
    failed = gazepress("build", "--now", NOW)
    assert failed.returncode == 1
    assert "not built" in failed.stderr
    assert read_tree(tmp_path / "public") == before
    assert {file: file.stat().st_mtime_ns for file in (tmp_path / "public").rglob("*")} == times


def test_a_disk_that_is_full_is_one_problem_and_leaves_the_output_as_it_was(tmp_path, gazepress):
    def few_bytes_a_file():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    many = {f"content/articles/n{number}.md": article(f"N{number}") for number in range(80)}
    write_site(tmp_path, {**GOOD, **many})
    assert gazepress("build", "--now", NOW).returncode == 0
    before = read_tree(tmp_path / "public")
    long = {path: article(path, "Words. " * 5000) for path in many}
    write_site(tmp_path, long)
    failed = gazepress("build", "--now", NOW, preexec_fn=few_bytes_a_file)
    assert failed.returncode == 1
    assert len(re.findall(r"^.*: output-failed: .*$", failed.stderr, re.MULTILINE)) == 1
    assert "more of the same" in failed.stderr
    assert "Traceback" not in failed.stderr
    assert read_tree(tmp_path / "public") == before
    assert gazepress("build", "--now", NOW).returncode == 0


def test_an_output_folder_that_cannot_be_made_is_one_problem(tmp_path, gazepress):
    write_site(tmp_path, GOOD)
    failed = gazepress("build", "--now", NOW, "--output", "/proc/none/public")
    assert failed.returncode == 1
    assert len(re.findall(r"^/proc/none/public: output-(failed|refused): .*$", failed.stderr, re.MULTILINE)) == 1


def test_a_warning_stops_only_a_strict_build(tmp_path, gazepress):
    write_site(tmp_path, {**GOOD, "content/articles/two.md": article("Two", "Text.", mood="good")})
    assert gazepress("build", "--strict", "--now", NOW).returncode == 1
    assert not (tmp_path / "public").exists()
    built = gazepress("build", "--now", NOW)
    assert built.returncode == 0
    assert "1 warning" in built.stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_at_once_and_leaves_the_output_and_no_process(tmp_path, gazepress, jobs):
    write_site(tmp_path, GOOD)
    assert gazepress("build", "--now", NOW).returncode == 0
    before = read_tree(tmp_path / "public")
    many = {f"content/articles/n{number}.md": article(f"N{number}", "Words. " * 2000) for number in range(1500)}
    write_site(tmp_path, many)
    build = subprocess.Popen(
        [sys.executable, "-m", "gazepress", "build", "--now", NOW, "--jobs", jobs],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    time.sleep(1.5)
    os.killpg(build.pid, signal.SIGINT)
    _, said = build.communicate(timeout=20)
    assert build.returncode == 130, said
    assert "interrupted" in said
    assert "Traceback" not in said
    assert read_tree(tmp_path / "public") == before
    assert _ends(build.pid), "workers are left"


def _ends(group):
    """Tell whether all processes of a group end within five seconds."""
    for _ in range(50):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
