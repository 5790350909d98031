"""Search: an index for each year and language, made anew only where its articles have changed."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from random import Random

import pytest

from gazepress.build import BuildOptions, build
from support import NOW, SETTINGS, article, environment, read_tree, write_site

pytest.importorskip("pagefind_bin", reason="Pagefind has no package for this platform")

SECRET = "Zephyrquill"
FILES = {
    "site.yaml": SETTINGS + "search: on\nreferences: warning\nsections: [{slug: air, name: Air & Space}]\n",
    "content/articles/air/new.md": article("Radars delivered", "See [[Old contract]] & <b>more</b>.\n\n> Quoted\n"),
    "content/articles/air/second.md": article("Radars seen", "Something else.", authors="[Ann Lee, Bo Li]"),
    "content/articles/old.md": article("Old contract", "Contracts, signed.", date="2024-05-02"),
    "content/articles/uk.md": article("Заводи чекають", "Про безпілотники.", lang="uk", date="2024-05-03"),
    "content/articles/wordless.md": article("…", "—", date="2024-05-04"),
    "content/articles/held.md": article(SECRET, f"Words of {SECRET}.", status="draft"),
}


@pytest.fixture
def site(tmp_path):
    """Return the folder of a site with search that was not built yet."""
    return write_site(tmp_path / "site", FILES)


def built(gazepress, site, *options):
    """Build the site; return what its output folder holds."""
    run = gazepress("build", "--now", NOW, *options, cwd=site)
    assert run.returncode == 0, run.stderr
    return read_tree(site / "public")


def indexes(tree):
    """Return the files below ``/pagefind/``; what Pagefind has compressed is opened."""
    files = {path: data for path, data in tree.items() if path.startswith("pagefind/")}
    return {path: gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data for path, data in files.items()}


def results(tree):
    """Return what a search can show, by title."""
    fragments = (data for path, data in indexes(tree).items() if path.endswith(".pf_fragment"))
    found = [json.loads(data[data.index(b"{") :]) for data in fragments]
    return {one["meta"]["title"]: one for one in found}


def test_each_year_has_an_index_in_each_of_its_languages(gazepress, site):
    tree = built(gazepress, site)
    assert {path.split("/")[1] for path in indexes(tree)} == {"2025-en", "2024-en", "2024-uk"}
    page = tree["search/index.html"].decode()
    places = [page.index(f'"/pagefind/{one}/"') for one in ("2025-en", "2024-en", "2024-uk")]
    assert places == sorted(places)


def test_a_result_has_what_its_line_shows_and_its_text_is_that_of_the_article(gazepress, site):
    new, second = (results(built(gazepress, site))[title] for title in ("Radars delivered", "Radars seen"))
    shown = {"title": "Radars delivered", "url": "/2025/10/new/", "date": "2025-10-27", "section": "Air & Space"}
    assert new["meta"] == shown
    assert new["content"].split() == "See Old contract & more. Quoted.".split()
    assert second["meta"]["authors"] == "Ann Lee, Bo Li"


def test_a_search_can_be_narrowed_to_a_section_and_to_an_author(gazepress, site):
    found = results(built(gazepress, site))
    assert found["Radars seen"]["filters"] == {"section": ["Air & Space"], "author": ["Ann Lee", "Bo Li"]}
    assert "author" not in found["Radars delivered"]["filters"]


def test_nobody_chooses_among_sections_or_authors_where_there_are_none(gazepress, site):
    page = built(gazepress, site)["search/index.html"].decode()
    assert 'name="section"' in page
    assert 'name="author"' in page
    plain = {"site.yaml": SETTINGS + "search: on\n", "content/articles/a.md": article("A", "Text.")}
    page = built(gazepress, write_site(site.parent / "plain", plain))["search/index.html"].decode()
    assert 'name="section"' not in page
    assert 'name="author"' not in page


def test_only_the_search_page_loads_a_script_and_every_page_leads_to_it(gazepress, site):
    pages = {path: data.decode() for path, data in built(gazepress, site).items() if path.endswith(".html")}
    assert [path for path, page in pages.items() if '<script type="module" src="/theme/search.' in page] == [
        "search/index.html"
    ]
    assert 'name="robots" content="noindex"' in pages["search/index.html"]
    assert all('href="/search/"' in page for page in pages.values())


def test_a_held_article_leaves_no_word_in_any_index(gazepress, site):
    tree = built(gazepress, site)
    (site / "content/articles/held.md").unlink()
    assert built(gazepress, site, "--no-cache") == tree
    assert SECRET.lower() not in b"".join(indexes(tree).values()).decode(errors="replace").lower()
    assert len(results(tree)) == 5


def test_a_build_of_drafts_finds_them(gazepress, site):
    run = gazepress("build", "--drafts", "--now", NOW, cwd=site)
    assert run.returncode == 0, run.stderr
    assert SECRET in results(read_tree(site / "public-drafts"))


def test_an_edit_makes_the_index_of_its_year_anew_and_no_other(gazepress, site):
    before = built(gazepress, site)
    write_site(site, {"content/articles/old.md": article("Old contract", "Something quite new.", date="2024-05-02")})
    after = built(gazepress, site)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert {path.split("/")[1] for path in changed if path.startswith("pagefind/")} == {"2024-en"}
    assert after == built(gazepress, site, "--no-cache", "--jobs", "1")


def test_equal_articles_give_equal_bytes_in_whatever_order_their_files_were_written(gazepress, tmp_path):
    files = FILES | {
        f"content/articles/s{number % 7}/more-{number}.md": article(
            f"More {number}", f"Text of {number}, and radars.", authors=f"[Author {number % 9}, Author {number % 5}]"
        )
        for number in range(30)
    }
    trees = []
    for seed in range(3):
        paths = sorted(files)
        Random(seed).shuffle(paths)
        site = write_site(tmp_path / str(seed), {path: files[path] for path in paths})
        trees.append(built(gazepress, site, "--jobs", str(seed % 2 + 1)))
    assert trees[0] == trees[1] == trees[2]


def test_a_file_of_an_index_that_was_removed_comes_back(gazepress, site):
    tree = built(gazepress, site)
    next((site / "public/pagefind/2024-en/fragment").iterdir()).unlink()
    assert built(gazepress, site) == tree


def test_an_index_goes_when_search_is_switched_off_or_its_last_article_does(gazepress, site):
    built(gazepress, site)
    (site / "content/articles/uk.md").unlink()
    assert {path.split("/")[1] for path in indexes(built(gazepress, site))} == {"2025-en", "2024-en"}
    write_site(site, {"site.yaml": FILES["site.yaml"].replace("search: on", "search: off")})
    tree = built(gazepress, site)
    assert not any(path.startswith(("pagefind/", "search/")) for path in tree)
    assert not any(b"/search/" in data for path, data in tree.items() if path.endswith(".html"))


def test_who_cannot_wait_keeps_the_old_index_and_the_next_build_makes_the_new_one(gazepress, site):
    before = built(gazepress, site)
    write_site(
        site, {"content/articles/uk.md": article("Заводи чекають", "Про щось нове.", lang="uk", date="2024-05-03")}
    )
    options = BuildOptions(site=site, now=NOW, jobs=1, old_search=True)
    assert build(options).counts.rendered
    assert indexes(read_tree(site / "public")) == indexes(before)
    assert build(options).counts.written == 0
    after = built(gazepress, site)
    assert indexes(after) != indexes(before)
    assert after == built(gazepress, site, "--no-cache")


ANOTHER_FORM = """
    mkdir index && cd index
    echo '{"languages": {"en": {"hash": "en_1", "page_count": 1}}}' >pagefind-entry.json
    printf pagefind_dcd | gzip >pagefind.en_1.pf_meta
"""


def stub(folder, script):
    """Put a Pagefind in front of the real one that does what a few lines of shell say; return the environment."""
    program = write_site(folder, {"pagefind": f"#!/bin/sh\n{script}\n"}) / "pagefind"
    program.chmod(0o755)
    write_site(folder, {"pagefind_bin.py": f"def get_executable():\n    return {str(program)!r}\n"})
    return {"PYTHONPATH": ":".join([str(folder), *filter(None, sys.path)])}


def test_nothing_is_indexed_when_no_article_has_changed(gazepress, site, tmp_path):
    tree = built(gazepress, site)
    broken = stub(tmp_path / "stub", "exit 1")
    settings = FILES["site.yaml"] + "menu: [{title: New, url: /archive/}]\n"
    write_site(site, {"site.yaml": settings, "content/pages/about.md": "---\ntitle: About\n---\nText.\n"})
    run = gazepress("build", "--now", NOW, cwd=site, env=broken)
    assert run.returncode == 0, run.stderr
    assert indexes(read_tree(site / "public")) == indexes(tree)


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("echo out of wind >&2; exit 3", "stopped with status 3: out of wind"),
        ("exit 0", "left no index that can be read"),
        (ANOTHER_FORM, "not in the form of Pagefind 1.5"),
        ("kill -9 $$", "stopped with status -9"),
    ],
)
def test_when_pagefind_fails_the_build_says_why_and_the_site_stays_as_it_was(gazepress, site, tmp_path, script, said):
    before = built(gazepress, site)
    write_site(site, {"content/articles/old.md": article("Old contract", "Changed.", date="2024-05-02")})
    run = gazepress("build", "--now", NOW, cwd=site, env=stub(tmp_path / "stub", script))
    assert run.returncode == 1
    assert "site.yaml: search-failed: " in run.stderr + run.stdout
    assert said in run.stderr + run.stdout
    assert "search: off" in run.stderr + run.stdout
    assert read_tree(site / "public") == before


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(("number", "of_all"), [(signal.SIGINT, True), (signal.SIGTERM, True), (signal.SIGTERM, False)])
def test_pagefind_ends_with_a_build_that_is_ended_and_leaves_nothing(gazepress, site, tmp_path, jobs, number, of_all):
    before = built(gazepress, site)
    many = {f"content/articles/n{one}.md": article(f"N{one}", date="2024-05-03") for one in range(80)}
    write_site(site, many)
    scratch, started = tmp_path / "scratch", tmp_path / "started"
    scratch.mkdir()
    slow = stub(tmp_path / "stub", f"trap '' INT; echo $$ >{started}.new; mv {started}.new {started}; exec sleep 60")
    command = [sys.executable, "-m", "gazepress", "build", "--now", NOW, "--jobs", jobs]
    env = environment({**slow, "TMPDIR": str(scratch)})
    with subprocess.Popen(command, cwd=site, env=env, stderr=subprocess.PIPE, start_new_session=True) as build:
        wait_until(started.exists)
        assert {one.name[:17] for one in scratch.iterdir()} == {"gazepress-search-"}
        (os.killpg if of_all else os.kill)(build.pid, number)
        _, said = build.communicate(timeout=20)
    assert build.returncode == (130 if number == signal.SIGINT else 128 + number), said
    assert b"Traceback" not in said
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)
    assert list(scratch.iterdir()) == []
    assert read_tree(site / "public") == before


def wait_until(holds):
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_where_pagefind_is_not_installed_the_build_says_what_to_do(gazepress, site, tmp_path):
    missing = stub(tmp_path / "stub", "")
    write_site(tmp_path / "stub", {"pagefind_bin.py": "raise ImportError\n"})
    run = gazepress("build", "--now", NOW, cwd=site, env=missing)
    assert run.returncode == 1
    assert "pip install 'gazepress[search]', or set `search: off` in site.yaml" in run.stderr + run.stdout
    assert not (site / "public").exists()


def test_nothing_else_can_lie_where_the_indexes_do(gazepress, site):
    write_site(site, {"static/pagefind/2025-en/own.txt": "Ours."})
    run = gazepress("build", "--now", NOW, cwd=site)
    assert run.returncode == 1
    assert "static/pagefind/2025-en/own.txt: url-collision: " in run.stderr + run.stdout
