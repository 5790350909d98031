"""Whatever happens to the cache, the next build is right: at worst it does all the work again, and says so."""

import os
import resource
import shutil
import subprocess
import sys
from random import Random

import pytest

from laws.newsroom import MOMENTS, Newsroom, cached, clean, tree
from support import SETTINGS, Command, article, quick_folder, write_site

NOW = MOMENTS[1]
AT_MOST = 40
"""Files of a cache to damage; of more than these, some are taken by chance."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A site that has been built, and the folder of what a clean build makes of it after an edit."""
    with quick_folder(tmp_path_factory.mktemp("cache")) as folder:
        room = Newsroom(folder / "site")
        assert cached(room, NOW).published
        copy = room.copy(folder / "copy")
        edit(copy)
        assert clean(copy, folder / "expected", NOW).published
        yield room.folder, tree(folder / "expected")


@pytest.fixture
def site(built, quick_path):
    """A copy of that site with its cache and output, to be damaged."""
    copy = quick_path / "site"
    shutil.copytree(built[0], copy)
    assert files_of(copy), "there is no cache"
    return copy


def edit(site):
    with (site / "content/articles/policy/r10.md").open("a", encoding="utf-8") as stream:
        stream.write("\nOne more sentence.\n")


def files_of(site):
    files = sorted(file for file in (site / ".gazepress").rglob("*") if file.is_file())
    return files if len(files) <= AT_MOST else sorted(Random(1).sample(files, AT_MOST))


def check(site, expected, *, said=None):
    """Edit the site, build it, and check the output and how often the cache was said to be rebuilt."""
    edit(site)
    result = cached_at(site)
    assert result.published, result.diagnostics
    assert tree(site / "public") == expected
    notes = [one for one in result.diagnostics if one.code == "cache-rebuilt"]
    assert len(notes) <= 1
    assert all(one.severity == "note" for one in notes)
    assert said is None or len(notes) == said
    again = cached_at(site)
    assert again.published
    assert tree(site / "public") == expected
    assert not [one for one in again.diagnostics if one.code == "cache-rebuilt"], "it was not mended"


def cached_at(site):
    from gazepress.build import BuildOptions, build

    return build(BuildOptions(site=site, now=NOW, jobs=1))


def halve(file, _):
    os.truncate(file, file.stat().st_size // 2)


def empty(file, _):
    os.truncate(file, 0)


def cut_a_byte(file, _):
    os.truncate(file, max(0, file.stat().st_size - 1))


def append(file, _):
    file.write_bytes(file.read_bytes() + b"more")


def scribble(file, random):
    data = bytearray(file.read_bytes())
    for _ in range(min(len(data), 20)):
        data[random.randrange(len(data))] = random.randrange(256)
    file.write_bytes(data)


def flip_one_bit(file, random):
    data = bytearray(file.read_bytes())
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    file.write_bytes(data)


def zero_a_stretch(file, random):
    data = bytearray(file.read_bytes())
    start = random.randrange(len(data) or 1)
    data[start : start + 512] = bytes(len(data[start : start + 512]))
    file.write_bytes(data)


def replace_by_noise(file, random):
    file.write_bytes(random.randbytes(file.stat().st_size or 100))


def be_of_another_version(file, random):
    data = bytearray(file.read_bytes())
    for at in range(0, min(100, len(data)), random.randrange(1, 12)):
        data[at] ^= 0x15
    file.write_bytes(data)


def be_a_folder(file, _):
    file.unlink()
    file.mkdir()


def be_a_folder_with_a_file(file, _):
    file.unlink()
    file.mkdir()
    (file / "x").write_bytes(b"x")


def be_a_link_to_nowhere(file, _):
    file.unlink()
    file.symlink_to("nowhere")


def go(file, _):
    file.unlink()


ALWAYS_THE_SAME = (halve, empty, cut_a_byte, append, be_a_folder, be_a_folder_with_a_file, be_a_link_to_nowhere, go)
BY_CHANCE = (scribble, flip_one_bit, zero_a_stretch, replace_by_noise, be_of_another_version)
SEEDS = range(min(20, int(os.environ.get("GAZEPRESS_SOAK") or 2)))
DAMAGES = [(damage, 0) for damage in ALWAYS_THE_SAME] + [(damage, seed) for damage in BY_CHANCE for seed in SEEDS]


@pytest.mark.parametrize(("damage", "seed"), DAMAGES, ids=lambda one: getattr(one, "__name__", str(one)))
def test_a_damaged_file_of_the_cache_does_no_harm(built, site, quick_path, damage, seed):
    names = [file.relative_to(site) for file in files_of(site)]
    for number, name in enumerate(names):
        one = quick_path / str(number)
        shutil.copytree(site, one)
        damage(one / name, Random(seed * 1000 + number))
        check(one, built[1])
        shutil.rmtree(one)


def test_all_files_of_the_cache_damaged_are_said_in_one_line(built, site):
    for file in files_of(site):
        replace_by_noise(file, Random(1))
    check(site, built[1], said=1)


def test_what_another_version_has_left_is_told_of_once_also_in_a_small_site(tmp_path):
    one, two = "content/articles/one.md", "content/articles/two.md"
    write_site(tmp_path, {"site.yaml": SETTINGS, one: article("One"), two: article("Two")})
    assert cached_at(tmp_path).published
    for file in (tmp_path / ".gazepress").glob("*.record"):
        head, _, rest = file.read_bytes().partition(b"\n")
        file.write_bytes(head[:-4] + b"beef\n" + rest)
    told = []
    for title in ("Three", "Four", "Five", "Six"):
        write_site(tmp_path, {one: article(title)})
        told.append([found.code for found in cached_at(tmp_path).diagnostics])
    assert told == [["cache-rebuilt"], [], [], []]


def test_a_cache_that_is_gone_is_no_damage(built, site):
    shutil.rmtree(site / ".gazepress")
    check(site, built[1], said=0)


def test_an_empty_cache_folder_is_no_damage(built, site):
    shutil.rmtree(site / ".gazepress")
    (site / ".gazepress").mkdir()
    check(site, built[1], said=0)


def test_a_file_in_place_of_the_cache_folder_does_no_harm(built, site):
    shutil.rmtree(site / ".gazepress")
    (site / ".gazepress").write_bytes(b"no folder")
    edit(site)
    result = cached_at(site)
    assert result.published, result.diagnostics
    assert tree(site / "public") == built[1]


def test_a_site_read_from_another_path_is_right(built, site, quick_path):
    moved = quick_path / "moved" / "here"
    moved.parent.mkdir()
    site.rename(moved)
    check(moved, built[1], said=0)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_cache_that_cannot_be_written_does_no_harm(built, site):
    for file in [*(site / ".gazepress").rglob("*"), site / ".gazepress"]:
        file.chmod(0o500 if file.is_dir() else 0o400)
    edit(site)
    assert cached_at(site).published
    assert tree(site / "public") == built[1]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
@pytest.mark.parametrize("size", ["4k", "16k", "64k"])
def test_a_full_disk_below_the_cache_does_no_harm(built, site, size):
    cache = site / ".gazepress"
    shutil.rmtree(cache)
    cache.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", cache], check=False)
    if mounted.returncode:
        pytest.skip("this system lets nobody mount")
    try:
        edit(site)
        for _ in range(2):
            done = Command(site)("build", "--now", NOW, "--jobs", "2")
            assert done.returncode == 0, done.stderr
            assert "Traceback" not in done.stderr
            assert tree(site / "public") == built[1]
    finally:
        subprocess.run(["umount", cache], check=True)


@pytest.mark.parametrize("when", ["there is a cache", "there is none yet"])
def test_a_cache_that_outgrows_the_allowed_size_does_no_harm(built, site, when):
    """The system refuses to write files larger than the largest of the output."""
    largest = max(len(data) for data in built[1].values() if data is not None)
    if when == "there is none yet":
        shutil.rmtree(site / ".gazepress")
    edit(site)
    done = subprocess.run(
        [sys.executable, "-m", "gazepress", "build", "--now", NOW, "--jobs", "1"],
        cwd=site,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest + 1, largest + 1)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert tree(site / "public") == built[1]
