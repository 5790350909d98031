"""Discover: what is in a site folder, told from real folders with everything that may be in them."""

import inspect
import os
import socket
import sys
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gazepress.digest import digest_bytes
from gazepress.sources import SourceFile, SourceKind
from gazepress.stages.discover import GRAIN, discover


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def write(site, *paths, data=b"x"):
    for path in paths:
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)


def link(site, path, target):
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).symlink_to(target)


def found(site, output="public"):
    checked = discover(site, output=output)
    assert {one.code for one in checked.diagnostics} <= {"file-ignored"}
    return {file.path: str(file.kind) for file in checked.value}


def problems(site, output="public"):
    return [(one.code, one.path) for one in discover(site, output=output).diagnostics]


# ----------------------------------------------------------------------------------------------- what is what


def test_a_file_is_told_by_its_place(site):
    write(site, "content/articles/policy/2026/bill.md", "content/articles/bare.md", "content/articles/a/index.md")
    write(site, "content/articles/a/picture.svg", "content/pages/about.md", "content/pages/legal/terms.md")
    write(site, "content/authors/anna.md", "content/authors/anna.jpg", "content/authors/old/notes.md")
    write(site, "static/css/site.css", "static/readme.md", "templates/article.html", "templates/parts/head.html")
    assert found(site) == {
        "content/articles/a/index.md": "article",
        "content/articles/a/picture.svg": "media",
        "content/articles/bare.md": "article",
        "content/articles/policy/2026/bill.md": "article",
        "content/authors/anna.jpg": "media",
        "content/authors/anna.md": "author",
        "content/authors/old/notes.md": "media",
        "content/pages/about.md": "page",
        "content/pages/legal/terms.md": "page",
        "static/css/site.css": "static",
        "static/readme.md": "static",
        "templates/article.html": "template",
        "templates/parts/head.html": "template",
    }


@pytest.mark.parametrize("name", ["a.md", "a.MD", "a.Md", "a.markdown", "a.MARKDOWN"])
def test_markdown_is_known_by_any_of_its_endings(site, name):
    write(site, f"content/articles/{name}")
    assert found(site) == {f"content/articles/{name}": "article"}


@pytest.mark.parametrize("name", ["a.mdx", "md", "a.md.txt", "a.md~"])
def test_what_only_looks_like_markdown_is_a_file_beside_the_texts(site, name):
    write(site, f"content/articles/{name}")
    assert found(site) == {f"content/articles/{name}": "media"}


def test_a_file_comes_with_the_digest_and_the_size_of_its_bytes(site):
    write(site, "content/pages/a.md", data=b"\xef\xbb\xbf---\r\n\x00")
    (file,) = discover(site, output="public").value
    expected = digest_bytes(b"\xef\xbb\xbf---\r\n\x00")
    assert file == SourceFile("content/pages/a.md", SourceKind.PAGE, expected, 9)


def test_files_outside_the_folders_of_a_site_are_none_of_it(site):
    write(site, "site.yaml", "readme.md", "content/notes.md", "content/drafts/a.md", "public/index.html", "src/x.py")
    assert found(site) == {}


def test_what_stands_in_content_where_nothing_is_read_is_told_unless_it_is_set_aside(site):
    write(site, "content/notes.md", "content/article/a.md", "content/authors/old/b.md", "content/_ideas/c.md", "x.md")
    told = discover(site, output="public").diagnostics
    assert {one.code for one in told} == {"file-ignored"}
    assert [one.path for one in told] == ["content/article", "content/authors/old/b.md", "content/notes.md"]


def test_an_empty_site_folder_is_fine(site):
    assert found(site) == {}


def test_names_are_those_of_the_disk(site):
    write(site, "content/articles/Й й.md", "content/articles/\u0438\u0306.md", "static/100%.txt", "static/a\nb.txt")
    assert set(found(site)) == {
        "content/articles/Й й.md",
        "content/articles/\u0438\u0306.md",
        "static/100%.txt",
        "static/a\nb.txt",
    }


def test_files_come_in_the_order_of_their_paths_whatever_the_file_system_says(site, monkeypatch):
    write(site, *(f"static/{name}/{number}.txt" for name in ("b", "a", "a.b", "a-b", "Я") for number in (10, 9)))
    forward = discover(site, output="public").value
    real = os.scandir

    class Backward:
        def __init__(self, place):
            self.entries = list(real(place))[::-1]

        def __enter__(self):
            return iter(self.entries)

        def __exit__(self, *_):
            pass

    monkeypatch.setattr(os, "scandir", Backward)
    assert discover(site, output="public").value == forward
    assert [file.path for file in forward] == sorted(file.path for file in forward)


# --------------------------------------------------------------------------------------------- what is left out


@pytest.mark.parametrize("tree", ["content/articles", "content/pages", "content/authors", "templates"])
def test_hidden_names_and_names_set_aside_are_left_out(site, tree):
    write(site, f"{tree}/.a.md", f"{tree}/_a.md", f"{tree}/.git/a.md", f"{tree}/_old/deep/a.md", f"{tree}/sub/_b.md")
    assert found(site) == {}


def test_static_files_may_start_with_an_underscore_and_be_well_known_but_not_hidden(site):
    write(site, "static/_redirects", "static/_next/a.js", "static/.well-known/security.txt")
    write(site, "static/.htaccess", "static/.git/config", "static/.well-known/.secret", "static/a/.DS_Store")
    assert set(found(site)) == {"static/_redirects", "static/_next/a.js", "static/.well-known/security.txt"}


def test_special_files_are_left_out_and_not_read(site):
    write(site, "static/a.txt")
    os.mkfifo(site / "static/pipe")  # reading it would wait for ever
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(site / "static/socket"))
    listener.close()
    assert set(found(site)) == {"static/a.txt"}


@pytest.mark.parametrize("absolute", [False, True])
def test_what_a_build_wrote_is_no_source(site, absolute):
    write(site, "static/a.txt", "static/out/index.html")
    output = str(site / "static/out") if absolute else "static/out"
    assert set(found(site, output)) == {"static/a.txt"}


# ----------------------------------------------------------------------------------------------- symbolic links


def test_links_to_files_and_folders_of_the_site_are_followed(site):
    write(site, "content/articles/a.md", "shared/logo.svg", "shared/sub/b.svg", data=b"same")
    link(site, "static/logo.svg", "../shared/logo.svg")
    link(site, "static/all", "../shared")
    link(site, "templates", site / "shared")
    link(site, "content/pages", "articles")
    kinds = found(site)
    assert kinds == {
        "content/articles/a.md": "article",
        "content/pages/a.md": "page",
        "static/all/logo.svg": "static",
        "static/all/sub/b.svg": "static",
        "static/logo.svg": "static",
        "templates/logo.svg": "template",
        "templates/sub/b.svg": "template",
    }


def test_the_site_folder_may_itself_be_reached_by_a_link(site, tmp_path):
    write(site, "static/a.txt")
    link(site, "static/b.txt", site / "static/a.txt")
    link(tmp_path, "elsewhere", site)
    assert set(found(tmp_path / "elsewhere")) == {"static/a.txt", "static/b.txt"}


@pytest.mark.parametrize("path", ["content", "content/articles", "static/deep/x", "content/articles/a.md"])
def test_a_link_out_of_the_site_is_an_error_at_its_place(site, tmp_path, path):
    write(tmp_path, "outside/a.md", "site-2/a.md")
    link(site, path, tmp_path / "outside/a.md" if path.endswith(".md") else tmp_path / "outside")
    assert problems(site) == [("outside-site", path)]
    assert discover(site, output="public").value == ()


def test_a_folder_whose_name_only_begins_like_the_site_is_outside(site, tmp_path):
    write(tmp_path, "site-2/a.txt")
    link(site, "static/a.txt", "../../site-2/a.txt")
    assert problems(site) == [("outside-site", "static/a.txt")]


def test_a_link_out_by_way_of_a_link_inside_is_found(site, tmp_path):
    write(tmp_path, "outside/a.txt")
    link(site, "hop", "../outside")
    link(site, "static/a.txt", "../hop/a.txt")
    assert problems(site) == [("outside-site", "static/a.txt")]


def test_a_link_into_the_output_folder_is_an_error(site):
    write(site, "public/index.html")
    link(site, "static/old", "../public")
    assert problems(site) == [("outside-site", "static/old")]


@pytest.mark.parametrize("target", [".", "..", "../..", "../../static", "self", "nowhere"])
def test_links_that_go_round_or_lead_nowhere_are_reported_and_the_rest_is_read(site, target):
    write(site, "static/deep/a.txt")
    link(site, "static/deep/self", target)
    assert problems(site) == [("unreadable", "static/deep/self")]
    assert [file.path for file in discover(site, output="public").value] == ["static/deep/a.txt"]


def test_folders_that_lead_to_each_other_are_read_once_from_each_side(site):
    write(site, "static/a/1.txt", "static/b/2.txt")
    link(site, "static/a/to-b", "../b")
    link(site, "static/b/to-a", "../a")
    assert problems(site) == [("unreadable", "static/a/to-b/to-a"), ("unreadable", "static/b/to-a/to-b")]
    paths = [file.path for file in discover(site, output="public").value]
    assert paths == ["static/a/1.txt", "static/a/to-b/2.txt", "static/b/2.txt", "static/b/to-a/1.txt"]


# --------------------------------------------------------------------------------------- what cannot be read


def test_a_name_that_is_not_utf8_is_an_error_with_the_name_escaped(site):
    write(site, "static/good.txt")
    (site / "static" / os.fsdecode(b"caf\xe9")).mkdir()
    write(site, os.fsdecode(b"static/\xff.txt"), os.fsdecode(b"\xff.txt"))  # the second is none of the site's
    assert problems(site) == [("encoding", "static/\\xff.txt"), ("encoding", "static/caf\\xe9")]
    assert [file.path for file in discover(site, output="public").value] == ["static/good.txt"]


@pytest.mark.parametrize("path", ["static", "content", "content/authors"])
def test_a_file_where_a_folder_should_be_is_an_error(site, path):
    write(site, path)
    assert problems(site) == [("unreadable", path)]


def test_a_site_folder_that_is_not_there_is_an_error(tmp_path):
    assert [one.code for one in discover(tmp_path / "nowhere", output="public").diagnostics] == ["unreadable"]


def test_what_may_not_be_read_is_reported_and_the_rest_is_read():
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        site.chmod(0o755)
        write(site, "static/closed/a.txt", "static/secret.txt", "static/open.txt")
        (site / "static/closed").chmod(0)
        (site / "static/secret.txt").chmod(0)
        try:
            if os.getuid() == 0:  # who may read everything, unless he steps down
                os.seteuid(65534)
            checked = discover(site, output="public")
        finally:
            os.seteuid(os.getuid())
            (site / "static/closed").chmod(0o755)
    assert [(one.code, one.path) for one in checked.diagnostics] == [
        ("unreadable", "static/closed"),
        ("unreadable", "static/secret.txt"),
    ]
    assert [file.path for file in checked.value] == ["static/open.txt"]


def test_folders_nested_deeper_than_pythons_stack_are_read(site):
    write(site, "static/" + "d/" * 300 + "a.txt")
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 150)
    try:
        paths = list(found(site))
    finally:
        sys.setrecursionlimit(limit)
    assert paths == ["static/" + "d/" * 300 + "a.txt"]


NAME = st.text(st.sampled_from("ab._-й \n%"), min_size=1, max_size=4).filter(lambda name: name not in (".", ".."))
PATHS = st.lists(st.lists(NAME, min_size=1, max_size=4).map("/".join), max_size=12)


@settings(max_examples=60, deadline=None)
@given(PATHS)
def test_exactly_the_files_that_are_there_and_not_left_out_are_found(paths):
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        expected = set()
        for path in paths:
            place = site / "templates" / path
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(b"")
            except OSError:  # a name that is both file and folder
                continue
            if not any(part.startswith((".", "_")) for part in path.split("/")):
                expected.add(f"templates/{path}")
        assert set(found(site)) == expected


# ------------------------------------------------------------------------------------------- what need not be read

LATER = 10 * GRAIN


def look(site, *known, clock):
    return discover(site, output="public", clock=clock, known={file.path: file for file in known}).value


def test_a_file_whose_stamp_is_the_same_is_not_read_again(site):
    write(site, "content/articles/a.md")
    (file,) = look(site, clock=time.time_ns() + LATER)
    believed = replace(file, digest="what was found before")
    assert look(site, believed, clock=time.time_ns() + LATER) == (believed,)


def test_what_is_to_be_said_of_a_file_is_said_again_when_it_is_known(site):
    write(site, "content/authors/old/notes.md", "content/authors/anna.md", "content/elsewhere.md", "urls.lock/a")
    first = discover(site, output="public", clock=time.time_ns() + LATER)
    assert {(one.code, one.path) for one in first.diagnostics} == {
        ("file-ignored", "content/authors/old/notes.md"),
        ("file-ignored", "content/elsewhere.md"),
        ("unreadable", "urls.lock"),
    }
    known = {file.path: file for file in first.value}
    assert discover(site, output="public", clock=time.time_ns() + LATER, known=known) == first


def test_a_known_file_that_is_now_the_output_or_leads_elsewhere_is_no_source(site):
    write(site, "static/a.txt", "static/b.txt", "static/c.txt")
    known = {file.path: file for file in look(site, clock=time.time_ns() + LATER)}
    (site / "static/b.txt").rename(site / "b.txt")
    link(site, "static/b.txt", "../b.txt")
    link(site, "static/d.txt", "/etc/hostname")
    again = discover(site, output="static/a.txt", clock=time.time_ns() + LATER, known=known)
    assert [file.path for file in again.value] == ["static/b.txt", "static/c.txt"]
    assert [(one.code, one.path) for one in again.diagnostics] == [("outside-site", "static/d.txt")]


def test_new_files_are_sorted_among_known_ones_and_those_that_are_gone_are_left_out(site):
    write(site, "static/b.txt", "static/d.txt", "static/f.txt")
    known = look(site, clock=time.time_ns() + LATER)
    write(site, "static/a.txt", "static/e.txt", "static/z.txt")
    (site / "static/d.txt").unlink()
    names = [file.path[-5] for file in look(site, *known, clock=time.time_ns() + LATER)]
    assert names == ["a", "b", "e", "f", "z"]


def test_a_young_file_is_read_again_since_it_could_change_unseen(site):
    write(site, "content/articles/a.md")
    (file,) = look(site, clock=time.time_ns())
    assert file.stamp is None
    assert look(site, replace(file, digest="what was found before"), clock=time.time_ns() + LATER)[0].digest == (
        digest_bytes(b"x")
    )


def test_an_edit_that_keeps_size_and_modification_time_is_found(site):
    write(site, "content/articles/a.md")
    path = site / "content/articles/a.md"
    before = path.stat()
    known = look(site, clock=time.time_ns() + LATER)
    time.sleep(0.02)  # the clock of the file system goes in small steps
    path.write_bytes(b"y")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert look(site, *known, clock=time.time_ns() + LATER)[0].digest == digest_bytes(b"y")


def test_another_file_in_the_place_of_a_known_one_is_found(site):
    write(site, "content/articles/a.md", "content/articles/b.md")
    times = (1, 1)
    (site / "content/articles/b.md").write_bytes(b"y")
    for name in "ab":
        os.utime(site / f"content/articles/{name}.md", ns=times)
    known = look(site, clock=time.time_ns() + LATER)
    (site / "content/articles/b.md").rename(site / "content/articles/a.md")
    assert look(site, *known, clock=time.time_ns() + LATER)[0].digest == digest_bytes(b"y")


def test_a_touched_file_has_the_digest_that_it_had(site):
    write(site, "content/articles/a.md")
    known = look(site, clock=time.time_ns() + LATER)
    os.utime(site / "content/articles/a.md", ns=(5, 5))
    (file,) = look(site, *known, clock=time.time_ns() + LATER)
    assert (file.digest, file.stamp.modified) == (known[0].digest, 5)
