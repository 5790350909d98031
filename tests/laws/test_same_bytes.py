"""The same site gives the same bytes, whatever the machine, the moment and the number of workers."""

import os
import shutil
from pathlib import Path

import pytest

from support import Command, read_tree

SAMPLE = Path(__file__).parents[2]
NOW = "2026-11-24T12:00:00+00:00"


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sample") / "site"
    folder.mkdir()
    for name in ("content", "templates", "static"):
        shutil.copytree(SAMPLE / name, folder / name)
    shutil.copy(SAMPLE / "site.yaml", folder)
    with (folder / "site.yaml").open("a") as settings:
        settings.write("\nprecompress: [gzip, brotli]\n")
    return folder


@pytest.fixture(scope="module")
def expected(sample, tmp_path_factory):
    output = tmp_path_factory.mktemp("expected") / "public"
    built = Command(sample)("build", "--output", str(output), "--now", NOW, "--jobs", "1")
    assert built.returncode == 0, built.stderr
    tree = read_tree(output)
    assert len(tree) > 150
    assert {"index.html.gz", "index.html.br"} <= tree.keys()
    return tree


@pytest.mark.parametrize("jobs", ["2", "4"])
def test_any_number_of_workers_gives_the_same_bytes(sample, expected, gazepress, tmp_path, jobs):
    output = tmp_path / "public"
    assert gazepress("build", "--output", str(output), "--now", NOW, "--jobs", jobs, cwd=sample).returncode == 0
    assert read_tree(output) == expected


@pytest.mark.parametrize(
    "env",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "LANG": "tr_TR.UTF-8"},
    ],
    ids=["east-C", "west-UTF-8"],
)
def test_hash_seed_timezone_and_locale_do_not_matter(sample, expected, gazepress, tmp_path, env):
    output = tmp_path / "public"
    built = gazepress("build", "--output", str(output), "--now", NOW, cwd=sample, env=env)
    assert built.returncode == 0, built.stderr
    assert read_tree(output) == expected


def test_checkout_path_and_order_of_creation_do_not_matter(sample, expected, gazepress, tmp_path):
    copy = tmp_path / "elsewhere with a space"
    files = sorted((file for file in sample.rglob("*") if file.is_file()), reverse=True)
    for file in files:
        target = copy / file.relative_to(sample)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(file, target)
        os.utime(target, (1, 1))
    output = tmp_path / "public"
    assert gazepress("build", "--output", str(output), "--now", NOW, cwd=copy).returncode == 0
    assert read_tree(output) == expected


def test_an_hour_in_which_nothing_is_due_changes_nothing(sample, expected, gazepress, tmp_path):
    output = tmp_path / "public"
    built = gazepress("build", "--output", str(output), "--now", "2026-11-24T13:00:00+00:00", cwd=sample)
    assert built.returncode == 0
    assert read_tree(output) == expected


def test_a_second_build_writes_nothing(sample, expected, gazepress, tmp_path):
    output = tmp_path / "public"
    for _ in range(2):
        built = gazepress("build", "--output", str(output), "--now", NOW, cwd=sample)
    assert "0 written, 0 removed" in built.stdout
    assert read_tree(output) == expected
