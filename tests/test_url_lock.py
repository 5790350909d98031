"""The lock of addresses: what is written is read again, git can join two versions, and what it cannot is told."""

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazepress.sources import LOCK_FILE
from gazepress.url_lock import Recorded, joined, read_lock, write_lock

EARLY, LATE = "2025-10-09T12:00:00Z", "2026-10-09T12:00:00Z"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
lines = st.builds(
    Recorded,
    url=texts.map(lambda text: f"/{text}/"),
    since=st.sampled_from([EARLY, LATE]),
    file=texts,
    id=texts,
    given_up=st.booleans(),
)


def line(url, since=EARLY, **more):
    return Recorded(url, since, f"content/articles{url.rstrip('/')}.md", f"https://x.example{url}", **more)


def said(lock):
    return {(one.url, one.since, one.file, one.id, one.given_up) for one in lock}


@settings(max_examples=60)
@given(st.lists(lines, max_size=5, unique_by=lambda one: one.url))
def test_what_is_written_is_read_again_and_stands_on_lines_of_its_own(recorded):
    data = write_lock(recorded)
    lock = read_lock(data)
    assert lock.diagnostics == ()
    assert said(lock.value) == said(recorded)
    assert len(data.decode().splitlines()) == len(recorded) + 2
    assert write_lock(reversed(recorded)) == data


def test_a_line_is_for_people_to_read():
    data = write_lock([line("/2025/10/x/"), line("/ж/", given_up=True)])
    assert data.decode().splitlines()[2:] == [
        "/2025/10/x/ 2025-10-09T12:00:00Z content/articles/2025/10/x.md https://x.example/2025/10/x/",
        "/ж/ 2025-10-09T12:00:00Z content/articles/ж.md https://x.example/ж/ given-up",
    ]


def test_lines_are_sorted_by_the_last_step_so_that_the_reports_of_a_month_do_not_stand_together():
    data = write_lock([line("/2025/11/a/"), line("/2025/10/b/"), line("/2024/01/a/")])
    assert [text.split(" ")[0] for text in data.decode().splitlines()[2:]] == [
        "/2024/01/a/",
        "/2025/11/a/",
        "/2025/10/b/",
    ]


@pytest.mark.parametrize("change", [lambda data: data.replace(b"\n", b"\r\n"), lambda data: b"\xef\xbb\xbf" + data])
def test_line_ends_and_marks_of_other_editors_are_read(change):
    assert said(read_lock(change(write_lock([line("/a/")]))).value) == said([line("/a/")])


def test_of_two_lines_for_one_address_the_older_holds_and_it_is_given_up_only_if_both_say_so():
    twice = write_lock([line("/a/", LATE, given_up=True)]) + write_lock([line("/a/", EARLY)])
    assert said(read_lock(twice).value) == said([line("/a/", EARLY)])


def test_changes_keep_the_first_date_of_an_address_and_give_new_ones_theirs():
    changes = [Recorded("/a/", EARLY, "moved.md", "id"), Recorded("/b/", "", "b.md", "id")]
    lock = joined([line("/a/"), line("/c/")], changes, LATE)
    assert [(one.url, one.since, one.file) for one in lock.values()] == [
        ("/a/", EARLY, "moved.md"),
        ("/c/", EARLY, "content/articles/c.md"),
        ("/b/", LATE, "b.md"),
    ]


def test_marks_of_a_merge_that_failed_are_told_with_their_lines():
    data = b"<<<<<<< HEAD\n" + write_lock([line("/a/")]) + b"=======\n" + write_lock([line("/b/")]) + b">>>>>>> two\n"
    lock = read_lock(data)
    assert [(one.code, one.path, one.line) for one in lock.diagnostics] == [
        ("lock-damaged", LOCK_FILE, 1),
        ("lock-damaged", LOCK_FILE, 5),
        ("lock-damaged", LOCK_FILE, 9),
    ]
    assert "git could not join" in lock.diagnostics[0].message
    assert "keep the lines of both" in lock.diagnostics[0].hint


@pytest.mark.parametrize("text", ["/a/", "/a/ yesterday f i", f"a/ {EARLY} f i", f"/a/ {EARLY} f i lost", "nonsense"])
def test_a_damaged_line_is_told(text):
    lock = read_lock(write_lock([line("/b/")]) + f"{text}\n".encode())
    assert [(one.code, one.line) for one in lock.diagnostics] == [("lock-damaged", 4)]


def test_bytes_that_are_no_text_are_told():
    assert [one.code for one in read_lock(b"\xff/a/\n").diagnostics] == ["encoding"]


def test_git_joins_what_two_branches_have_recorded(tmp_path):
    def git(*arguments):
        name = ["-c", "user.name=x", "-c", "user.email=x@x.example", "-c", "init.defaultBranch=main"]
        subprocess.run(["git", *name, *arguments], cwd=tmp_path, check=True, capture_output=True)

    known = [line(f"/2025/10/{name}/") for name in ("bridges", "drones", "fuses", "shells", "tanks")]
    news = {"one": line("/2026/01/cargo/"), "two": line("/2026/01/radar/")}

    def commit(lock):
        (tmp_path / LOCK_FILE).write_bytes(write_lock(lock))
        git("add", LOCK_FILE)
        git("commit", "-m", "x")

    git("init")
    commit(known)
    for branch, new in news.items():
        git("checkout", "-b", branch, "main")
        commit([*known, new])
    git("merge", "one")
    merged = (tmp_path / LOCK_FILE).read_bytes()
    assert merged == write_lock([*known, *news.values()])
