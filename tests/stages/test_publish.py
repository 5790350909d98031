"""Publishing: what is in the output folder afterwards, and what is never lost, with real folders and real kills."""

import json
import os
import resource
import signal
import stat
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazepress.digest import digest_bytes
from gazepress.published import CopiedFile, Manifest, Published
from gazepress.stages.publish import Stage, check_output, read_part, survey
from gazepress.stages.publish import publish as publish_staged
from gazepress.stages.publish.manifest import read_manifest, write_manifest
from gazepress.stages.publish.places import is_safe

MANIFEST = ".gazepress-manifest"


@pytest.fixture
def output(tmp_path):
    return tmp_path / "site" / "public"


class File(NamedTuple):
    """A file as a build renders it."""

    path: str
    data: bytes


def publish(output, wanted, *, force=False):
    """Publish as a build does: rendered files wait on a stage, in a tree of their own where their folders are new."""
    known = {one.relative_to(output).as_posix() for one in output.rglob("*") if one.is_dir()}
    stage = Stage(output, known)
    checked = publish_staged(
        output, [stage.put(one.path, one.data) if isinstance(one, File) else one for one in wanted], force=force
    )
    if checked.value is None:
        stage.abandon()
    return checked


def files(**texts):
    return [File(path, text.encode()) for path, text in texts.items()]


SMALL = files(**{"index.html": "front", "a/index.html": "a", "a/b.css": "b", "feed.xml": "feed"})


def copies(folder, **texts):
    """Return files that are taken over, from a folder of their own."""
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts.values()):
        (folder / str(number)).write_text(text)
    return [
        CopiedFile(path, str(folder / str(number)), digest_bytes(text.encode()))
        for number, (path, text) in enumerate(texts.items())
    ]


def put(output, rendered, *, force=False):
    """Publish without any problem but files of others."""
    checked = publish(output, rendered, force=force)
    assert isinstance(checked.value, Published), checked.diagnostics
    assert {one.code for one in checked.diagnostics} <= {"output-foreign"}
    return checked.value


def refused(output, rendered, *, force=False):
    checked = publish(output, rendered, force=force)
    assert checked.value is None
    return [(one.code, one.path) for one in checked.diagnostics]


def tree(folder):
    """All that a folder holds: files with their bytes, links with their target, folders that are empty."""
    here = {}
    for place, folders, names in os.walk(folder):
        where = Path(place).relative_to(folder)
        for name in names:
            path = Path(place, name)
            here[str(where / name)] = str(path.readlink()) if path.is_symlink() else path.read_bytes()
        if not folders and not names and where.parts:
            here[f"{where}/"] = None
    return here


def pages(folder):
    return {path: data for path, data in tree(folder).items() if path != MANIFEST}


def expected(rendered):
    return {one.path: one.data for one in rendered}


def age(output):
    """Make all files old, so that a later write shows."""
    for path in output.rglob("*"):
        os.utime(path, (1, 1))


def touched(output):
    return {str(path.relative_to(output)) for path in output.rglob("*") if path.is_file() and path.stat().st_mtime > 2}


# ----------------------------------------------------------------------------------------------- what is there


def test_a_first_build_makes_the_folder_and_everything_in_it(output):
    done = put(output, SMALL)
    assert pages(output) == expected(SMALL)
    assert (done.removed, done.unchanged) == ((), 0)
    assert sorted(done.written) == sorted(expected(SMALL))


def test_what_is_published_lies_in_the_order_assets_pages_feeds(output):
    names = ["z.html", "a.xml", "b.css", "robots.txt", "search.json", "m/pic.svg", "a.html", "sitemap.xml"]
    assert put(output, files(**dict.fromkeys(names, "x"))).written == (
        *("b.css", "m/pic.svg"),
        *("a.html", "search.json", "z.html"),
        *("a.xml", "robots.txt", "sitemap.xml"),
    )


def test_a_second_build_of_the_same_writes_nothing(output):
    put(output, SMALL)
    age(output)
    assert put(output, SMALL) == Published((), (), 4)
    assert touched(output) == set()


def test_only_what_differs_is_written(output):
    put(output, SMALL)
    age(output)
    done = put(output, [*SMALL[1:], *files(**{"index.html": "FRONT", "new.html": "new"})])
    assert done == Published(("index.html", "new.html"), (), 3)
    assert touched(output) == {"index.html", "new.html", MANIFEST}


def test_a_file_that_was_deleted_or_cut_short_is_written_again(output):
    put(output, SMALL)
    (output / "a/b.css").unlink()
    (output / "index.html").write_bytes(b"")
    assert put(output, SMALL).written == ("a/b.css", "index.html")
    assert pages(output) == expected(SMALL)


def test_what_this_build_does_not_write_any_more_is_removed_with_its_folder(output):
    put(output, files(**{"a.html": "a", "x/y/z/b.html": "b", "x/c.html": "c"}))
    assert put(output, files(**{"a.html": "a", "x/c.html": "c"})) == Published((), ("x/y/z/b.html",), 2)
    assert set(tree(output)) == {"a.html", "x/c.html", MANIFEST}
    put(output, [])
    assert set(tree(output)) == {MANIFEST}


def test_removal_comes_after_all_writing(output):
    put(output, files(**{"old.html": "old"}))
    steps = changes(lambda: put(output, files(**{"new.xml": "new"})), output)
    assert steps.index(("os.rename", "new.xml")) < steps.index(("os.remove", "old.html"))


def test_a_name_that_changes_only_its_case_is_removed_before_the_new_one_is_written(output):
    put(output, files(**{"Logo.svg": "x", "other.svg": "x"}))
    steps = changes(lambda: put(output, files(**{"logo.svg": "y"})), output)
    renamed = steps.index(("os.rename", "logo.svg"))
    assert steps.index(("os.remove", "Logo.svg")) < renamed < steps.index(("os.remove", "other.svg"))


def watch(action, *events):
    """Do ``action`` and return the events of these names, each with the path that it is about."""
    steps = []
    watching = True

    def note(event, arguments):
        if watching and event in events:
            steps.append((event, str(arguments[1 if event == "os.rename" else 0])))

    sys.addaudithook(note)
    action()
    watching = False  # an audit hook cannot be taken away
    return steps


def changes(action, output):
    return [(event, os.path.relpath(path, output)) for event, path in watch(action, "os.rename", "os.remove")]


def test_a_file_may_become_a_folder_and_a_folder_a_file(output):
    put(output, files(**{"a": "file", "b/c/d": "deep", "b/e": "e"}))
    swapped = files(**{"a/x/y": "deep", "b": "file"})
    assert put(output, swapped).removed == ("a", "b/c/d", "b/e")
    assert pages(output) == expected(swapped)
    put(output, files(**{"a": "file", "b/c/d": "deep", "b/e": "e"}))
    assert set(pages(output)) == {"a", "b/c/d", "b/e"}


def test_names_may_hold_anything_that_a_name_can(output):
    odd = files(
        **{
            "a b/é\n- x": "1",
            "%41": "2",
            "Ж/й": "3",
            "- a": "4",
            '"\\n': "5",
            "\r": "6",
            "\u2028": "7",
            "..\n": "8",
            "...": "9",
        }
    )
    put(output, odd)
    assert pages(output) == expected(odd)
    assert put(output, odd) == Published((), (), 9)
    put(output, [])
    assert pages(output) == {}


@pytest.mark.parametrize(
    "path", ["../a", "/etc/x", "a/../b", "a/..", "./a", "a//b", "", ".", "a/", "a\0", MANIFEST, "a/.gazepress-tmp-1"]
)
def test_a_path_that_leads_out_or_takes_our_own_names_is_a_broken_promise(output, path):
    with pytest.raises(AssertionError):
        publish(output, files(**{path: "x"}), force=True)
    assert not output.exists()


def test_files_are_readable_as_the_umask_says(output):
    previous = os.umask(0o027)
    try:
        put(output, SMALL)
    finally:
        os.umask(previous)
    assert {stat.S_IMODE(path.stat().st_mode) for path in output.rglob("*") if path.is_file()} == {0o640}


def test_the_output_folder_may_be_a_link(output, tmp_path):
    (tmp_path / "disk").mkdir()
    output.parent.mkdir()
    output.symlink_to(tmp_path / "disk")
    assert check_output(output, output.parent, force=False) == ()
    put(output, SMALL)
    assert pages(tmp_path / "disk") == expected(SMALL)


# ------------------------------------------------------------------------------------------------- copied files


def test_a_copied_file_is_read_only_when_it_must_be_written(output, tmp_path):
    source = tmp_path / "logo.svg"
    source.write_bytes(b"<svg/>")
    copied = CopiedFile("images/logo.svg", str(source), digest_bytes(b"<svg/>"))
    put(output, [copied])
    assert pages(output) == {"images/logo.svg": b"<svg/>"}
    opening = ("open", str(source))
    assert opening not in watch(lambda: put(output, [copied]), "open")
    (output / "images/logo.svg").unlink()
    assert opening in watch(lambda: put(output, [copied]), "open")
    assert pages(output) == {"images/logo.svg": b"<svg/>"}


def test_a_copied_file_that_changes_under_the_builds_hands_is_noted_as_what_it_was_when_copied(output, tmp_path):
    source = tmp_path / "logo.svg"
    source.write_bytes(b"new")
    put(output, [CopiedFile("logo.svg", str(source), digest_bytes(b"old"))])
    assert put(output, [CopiedFile("logo.svg", str(source), digest_bytes(b"new"))]).unchanged == 1


def test_a_copied_file_that_is_gone_stops_the_build_before_the_first_change(output, tmp_path):
    put(output, SMALL)
    before = tree(output)
    missing = str(tmp_path / "missing")
    assert refused(output, [CopiedFile("a.css", missing, "0" * 32), *files(n="x")]) == [("output-failed", missing)]
    assert tree(output) == before


# ------------------------------------------------------------------------------------------------- the manifest


def test_the_manifest_lists_what_was_written_and_nothing_of_this_machine(output):
    put(output, files(**{"b.html": "b", "a/c.css": "c"}))
    lines = (output / MANIFEST).read_text().splitlines()
    assert lines == ["gazepress manifest 1", f"{digest_bytes(b'c')} a/c.css", f"{digest_bytes(b'b')} b.html"]


def test_the_manifest_is_the_same_whatever_was_built_before(output, tmp_path):
    put(output, files(**{"b.html": "x", "old/z": "y"}))
    put(output, SMALL)
    put(tmp_path / "other", SMALL[::-1])
    assert tree(output) == tree(tmp_path / "other")


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(st.sampled_from("ab/\n -é"), min_size=1, max_size=6).filter(is_safe),
        st.sampled_from(["", "0" * 32, "f" * 32]),
    )
)
def test_the_manifest_has_a_line_for_each_file_in_their_order_and_says_what_was_written(digests):
    with tempfile.TemporaryDirectory() as root:
        write_manifest(root, digests)
        assert read_manifest(root) == Manifest(digests)
        lines = [f"{digests[path] or '-'} {path}".replace("\n", "\0") for path in sorted(digests)]
        assert Path(root, MANIFEST).read_bytes().decode() == "".join(
            f"{line}\n" for line in ["gazepress manifest 1", *lines]
        )


# ------------------------------------------------------------------------------------------- files of others


def test_what_others_put_there_stays_and_is_named_in_one_warning(output):
    put(output, files(**{"index.html": "front", "old/a.html": "a"}))
    (output / "old/mine.txt").write_text("mine")
    (output / "CNAME").write_text("gaze.example")
    (output / "docs/deep").mkdir(parents=True)
    (output / "docs/deep/a.txt").write_text("a")
    (output / "link").symlink_to("/nowhere")
    checked = publish(output, files(**{"index.html": "FRONT"}), force=False)
    (warning,) = checked.diagnostics
    assert (warning.code, warning.path) == ("output-foreign", str(output))
    assert warning.message.endswith(": 'CNAME', 'docs/', 'link', 'old/mine.txt'")
    assert pages(output) == {
        "CNAME": b"gaze.example",
        "docs/deep/a.txt": b"a",
        "index.html": b"FRONT",
        "link": "/nowhere",
        "old/mine.txt": b"mine",
    }


def test_many_files_of_others_are_named_in_part_and_counted(output):
    put(output, [])
    for number in range(13):
        (output / f"{number:02}.txt").touch()
    os.close(os.open(os.fsencode(output) + b"/00\xff\n", os.O_CREAT))
    (warning,) = publish(output, SMALL, force=False).diagnostics
    assert "'00.txt', '00\\udcff\\n', '01.txt'" in warning.message
    assert warning.message.endswith("'08.txt' and 4 more")


def test_a_file_of_others_where_a_folder_must_be_stops_the_build_before_the_first_change(output):
    put(output, SMALL)
    (output / "docs").write_text("mine")
    (output / "images").symlink_to(output.parent)
    before = tree(output)
    wanted = [*SMALL[1:], *files(**{"docs/x.html": "x", "images/y.svg": "y"})]
    assert refused(output, wanted, force=True) == [
        ("output-failed", str(output / "docs")),
        ("output-failed", str(output / "images")),
    ]
    assert tree(output) == before
    assert not (output.parent / "y.svg").exists()


@pytest.mark.parametrize("mine", ["docs/mine.txt", "docs/deep/mine.txt", "docs/empty/"])
def test_a_folder_that_holds_files_of_others_where_a_file_must_be_stops_the_build(output, mine):
    put(output, files(**{"docs/a.html": "a"}))
    if mine.endswith("/"):
        (output / mine).mkdir()
    else:
        (output / mine).parent.mkdir(exist_ok=True)
        (output / mine).touch()
    before = tree(output)
    assert refused(output, files(docs="x")) == [("output-failed", str(output / "docs"))]
    assert tree(output) == before


def test_a_folder_of_ours_that_somebody_replaced_by_a_link_is_not_followed(output, tmp_path):
    put(output, files(**{"a/b.html": "b", "a/c/d.html": "d"}))
    (tmp_path / "precious/c").mkdir(parents=True)
    (tmp_path / "precious/b.html").write_text("precious")
    for path in ("a/c/d.html", "a/b.html"):
        (output / path).unlink()
    (output / "a/c").rmdir()
    (output / "a").rmdir()
    (output / "a").symlink_to(tmp_path / "precious")
    assert put(output, SMALL[:1]).removed == ()
    assert tree(tmp_path / "precious") == {"b.html": b"precious", "c/": None}


def test_a_site_that_wants_a_file_and_a_folder_of_one_name_is_refused(output, tmp_path):
    assert refused(output, copies(tmp_path / "from", **{"a": "x", "a/b": "y"})) == [
        ("output-failed", str(output / "a"))
    ]
    assert not output.exists()


def test_a_file_of_others_at_a_place_of_the_site_is_replaced(output):
    put(output, SMALL[:1])
    (output / "CNAME").write_text("by hand")
    assert put(output, [*SMALL[:1], *files(CNAME="by the site")]).written == ("CNAME",)
    assert (output / "CNAME").read_text() == "by the site"


# ------------------------------------------------------------------------------------------------ whose folder


@pytest.fixture
def site(output):
    for name in ("content/articles", "static", "templates"):
        (output.parent / name).mkdir(parents=True)
    return output.parent


def codes(output, site, *, force=False):
    return [one.code for one in check_output(output, site, force=force)]


def test_a_folder_that_is_new_empty_or_ours_can_be_used(output, site):
    assert codes(output, site) == []
    output.mkdir()
    assert codes(output, site) == []
    put(output, SMALL)
    assert codes(output, site) == []
    assert codes(site / "build/deep/public", site) == []
    assert not (site / "build").exists()


def test_a_folder_of_somebody_else_is_refused_unless_forced_and_then_keeps_what_it_holds(output, site):
    output.mkdir()
    (output / "thesis.txt").write_text("years of work")
    (refusal,) = check_output(output, site, force=False)
    assert (refusal.code, refusal.path) == ("output-refused", str(output))
    assert "--force" in refusal.hint
    assert refused(output, SMALL) == [("output-refused", str(output))]
    assert tree(output) == {"thesis.txt": b"years of work"}
    assert codes(output, site, force=True) == []
    put(output, SMALL, force=True)
    assert pages(output) == {"thesis.txt": b"years of work", **expected(SMALL)}
    put(output, [])
    assert pages(output) == {"thesis.txt": b"years of work"}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"gazepress manifest 1",
        b"gazepress manifest 2\n",
        b"gazepress manifest 1\n\n",
        b"gazepress manifest 1\n0123 a.html\n",
        b"gazepress manifest 1\n" + b"0" * 32,
        b"gazepress manifest 1\n" + b"0" * 32 + b" a.ht",
        b"gazepress manifest 1\n" + b"0" * 32 + b" ../../precious\n",
        b"gazepress manifest 1\n" + b"0" * 32 + b" /etc/passwd\n",
        b"gazepress manifest 1\n" + b"0" * 32 + b" a/../precious\n",
        b"gazepress manifest 1\n" + b"0" * 32 + b" a//b.html\n",
        b"gazepress manifest 1\n" + b"0" * 32 + b" a/.gazepress-tmp-stage/b.html\n",
        b"gazepress manifest 1\n- a.html\n- a.html\n",
        b"gazepress manifest 1\n- \xff\n",
        b"\x00" * 99,
    ],
)
def test_a_folder_with_a_damaged_manifest_is_not_ours_and_loses_nothing(output, site, damage):
    put(output, SMALL)
    (output / MANIFEST).write_bytes(damage)
    (site.parent / "precious").write_text("precious")
    before = tree(output)
    (refusal,) = check_output(output, site, force=False)
    assert refusal.code == "output-refused"
    assert "damaged" in refusal.message
    assert "--force" in refusal.hint
    assert refused(output, []) == [("output-refused", str(output))]
    assert tree(output) == before
    put(output, files(**{"new.html": "new"}), force=True)
    assert pages(output) == {**expected(SMALL), "new.html": b"new"}
    assert (site.parent / "precious").exists()


@pytest.mark.parametrize(
    "where", [".", "..", "content", "content/articles/x", "static", "templates/x", "src", "src/x", "../.."]
)
def test_a_folder_that_is_or_holds_or_lies_in_a_folder_of_the_site_is_refused_even_when_forced(site, where):
    before = tree(site)
    assert codes(site / where, site, force=True) == ["output-refused"]
    assert tree(site) == before


def test_a_link_to_a_folder_of_the_site_is_refused(output, site):
    output.symlink_to("static")
    assert codes(output, site, force=True) == ["output-refused"]


def test_a_folder_around_the_place_where_the_content_really_is_is_refused(site):
    (site / "content/articles").rmdir()
    (site / "content").rmdir()
    (site / "shared/texts").mkdir(parents=True)
    (site / "content").symlink_to("shared/texts")
    assert codes(site / "shared", site, force=True) == ["output-refused"]


@pytest.mark.parametrize("below", ["", "deep/er"])
def test_a_file_in_the_place_of_the_folder_or_of_one_above_it_is_refused(output, site, below):
    output.write_text("x")
    (refusal,) = check_output(output / below, site, force=True)
    assert refusal.code == "output-refused"
    assert repr(str(output)) in refusal.message
    assert output.read_text() == "x"


def test_a_link_that_leads_nowhere_is_refused(output, site):
    output.symlink_to("nowhere")
    assert codes(output, site, force=True) == ["output-refused"]


# ---------------------------------------------------------------------------------------------- what goes wrong


def test_a_name_too_long_for_the_disk_is_a_diagnostic_that_names_it(output, tmp_path):
    path = "x" * 300 + ".html"
    assert refused(output, copies(tmp_path / "from", **{path: "x"})) == [("output-failed", str(output / path))]


def test_a_full_disk_is_a_diagnostic_that_names_the_file_and_leaves_the_old_one_whole(output, tmp_path):
    large = copies(tmp_path / "from", **{"a.html": "x" * 20_000, "b.html": "b"})
    put(output, files(**{"a.html": "small", "b.html": "b"}))
    with files_of_at_most(10_000):
        found = refused(output, large)
    assert found == [("output-failed", str(output / "a.html"))]
    assert pages(output) == {"a.html": b"small", "b.html": b"b"}
    put(output, SMALL)
    assert pages(output) == expected(SMALL)


def test_a_page_of_which_the_disk_takes_a_part_is_not_staged(output):
    with files_of_at_most(10_000), pytest.raises(OSError, match="File too large"):
        Stage(output, frozenset()).put("a.html", b"x" * 20_000)


@contextmanager
def files_of_at_most(size):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_folder_that_may_not_be_written_is_a_diagnostic():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        output = Path(name, "closed", "public")
        output.parent.mkdir(0o555)
        try:
            if os.getuid() == 0:  # who may write everywhere, unless he steps down
                os.seteuid(65534)
            assert check_output(output, Path(name, "site"), force=False) == ()
            assert refused(output, []) == [("output-failed", str(output))]
        finally:
            os.seteuid(os.getuid())


# ------------------------------------------------------------------------------------------- builds that are killed

OLD = {"a.html": "old a", "b.css": "same", "x/gone.html": "gone", "turn": "file", "feed.xml": "old"}
NEW = {"a.html": "new a!", "b.css": "same", "y/z/new.css": "n", "turn/in.html": "in", "feed.xml": "new"}

KILLING = """
import json, os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from gazepress.stages.publish import Stage, publish

def publish_until(step, output):
    left = step
    def hook(event, arguments):
        nonlocal left
        if event in ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir") and str(output) in str(arguments):
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    known = {one.relative_to(output).as_posix() for one in output.rglob("*") if one.is_dir()}
    stage = Stage(output, known)
    staged = [stage.put(path, text.encode()) for path, text in json.loads(sys.argv[2]).items()]
    assert publish(output, staged, force=False).value

for step, output in enumerate(sorted(Path(sys.argv[1]).iterdir())):
    child = os.fork()
    if not child:
        publish_until(step, output / "public")
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    if status == 0:
        print(step)
        break
    assert os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
"""


def kill_at_each_step(folder, texts, before=None):
    """Publish in a process of its own that is killed before its first change, another before its second, and so on.

    Return the output folders that they leave, the last one by a process that lived to the end.
    """
    for step in range(60):
        (folder / f"{step:02}").mkdir()
        if before is not None:
            put(folder / f"{step:02}" / "public", files(**before))
    command = [sys.executable, "-c", KILLING, str(folder), json.dumps(texts)]
    environment = {"PYTHONPATH": ":".join(sys.path)}
    steps = int(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    assert steps > 10
    return [folder / f"{step:02}" / "public" for step in range(steps + 1)]


def test_a_build_killed_at_any_step_leaves_whole_files_and_any_next_one_finishes(tmp_path):
    whole = {(path, text.encode()) for path, text in (*OLD.items(), *NEW.items())}
    outputs = kill_at_each_step(tmp_path, NEW, before=OLD)
    seen = set()
    for step, output in enumerate(outputs):
        here = {path: data for path, data in pages(output).items() if ".gazepress-tmp-" not in path}
        seen.add(frozenset(here))
        assert {(path, data) for path, data in here.items() if data is not None} <= whole
        assert {"a.html", "b.css", "feed.xml"} <= set(here)
        (output / "mine.txt").write_text("mine")
        following = NEW if step % 2 else OLD
        put(output, files(**following))
        assert pages(output) == {"mine.txt": b"mine", **expected(files(**following))}
    assert len(seen) > 4  # the kills met the folder in many states


def test_a_first_build_killed_at_any_step_leaves_a_folder_that_is_ours(tmp_path):
    for output in kill_at_each_step(tmp_path, NEW):
        assert check_output(output, tmp_path / "site", force=False) == ()
        here = set(pages(output)) if output.exists() else set()
        assert "feed.xml" not in here or {"a.html", "turn/in.html", "y/z/new.css"} <= here
        put(output, files(**OLD))
        assert pages(output) == expected(files(**OLD))


def test_leftovers_of_a_killed_build_are_removed_even_when_nothing_else_changes(output):
    put(output, SMALL)
    (output / ".gazepress-tmp-1").write_text("half")
    (output / ".gazepress-tmp-stage/1/a").mkdir(parents=True)
    (output / ".gazepress-tmp-stage/1/a/index.html").write_text("whole, but not yet to be seen")
    assert publish(output, SMALL, force=False).diagnostics == ()
    assert pages(output) == expected(SMALL)


# ---------------------------------------------------------------------------------------------- any sequence

PATHS = ["a", "a/b", "a/b/c", "a/d.xml", "b", "b/a", "c.html", "d/e/f", "d/e/g", "d"]
SITES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from([b"", b"1", b"22", b"333"])).map(
    lambda texts: {path: data for path, data in texts.items() if not any(one.startswith(path + "/") for one in texts)}
)
STEPS = st.one_of(
    SITES,
    st.tuples(st.just("foreign"), st.sampled_from(["m", "a/m", "a/b/m", "d/m", "d/e/m/n", "c.html/m"])),
    st.tuples(st.just("delete"), st.sampled_from(PATHS)),
    st.tuples(st.just("cut"), st.sampled_from(PATHS)),
)


@settings(max_examples=100, deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_after_any_sequence_the_folder_is_the_last_build_and_the_files_of_others(steps):
    with tempfile.TemporaryDirectory() as name:
        output = Path(name, "public")
        put(output, [])
        foreign, current = {}, {}
        for step in steps:
            if isinstance(step, dict):
                before = tree(output)
                checked = publish(output, [File(path, data) for path, data in step.items()], force=False)
                if any(clash(one, other) for one in step for other in foreign):
                    assert (checked.value, tree(output)) == (None, before)
                    continue
                current = step
                assert pages(output) == {**current, **foreign}
                named = {one.code for one in checked.diagnostics}
                assert named == ({"output-foreign"} if foreign else set())
                again = publish(output, [File(path, data) for path, data in step.items()], force=False)
                assert again.value == Published((), (), len(step))
                continue
            action, path = step
            place = output / path
            if action == "foreign" and not any(clash(path, one) for one in current) and path not in foreign:
                if any(folder.is_file() for folder in place.parents) or place.exists():
                    continue
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(b"mine")
                foreign[path] = b"mine"
            elif path in current and place.is_file():
                place.unlink() if action == "delete" else place.write_bytes(b"a longer text")


def clash(one, other):
    return one.startswith(other + "/") or other.startswith(one + "/")


def test_a_part_of_a_file_is_read_whole_or_not_at_all(tmp_path):
    (tmp_path / "a").write_bytes(b"0123456789")
    stamp = survey(tmp_path, ["a"])["a"]
    assert read_part(tmp_path, "a", 3, 7, stamp) == b"3456789"
    assert read_part(tmp_path, "a", 3, 8, stamp) is None
    assert read_part(tmp_path, "b", 3, 7, stamp) is None
    (tmp_path / "a").write_bytes(b"more than there was")
    assert read_part(tmp_path, "a", 3, 7, stamp) is None
