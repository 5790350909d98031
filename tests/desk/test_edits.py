"""Files change by a command: what it would do is shown first, and then all of it is done, or nothing."""

import subprocess
import time
from multiprocessing import get_context
from random import Random

import pytest

from gazepress.desk.edits import Change, ChangeError, Create, Edit, Move, carry_out, edited, preview
from gazepress.digest import digest_bytes
from gazepress.journal import finish_rewrites
from support import read_tree, write_site

FILES = {
    "site.yaml": "title: x\n",
    "content/a.md": "\ufeffOne\r\ntwo\r\n",
    "content/b.md": "Beta",
    "content/c.md": "Gamma\n",
}
CHANGE = Change(
    edits=(Edit("content/a.md", 1, 4, "Uno"), Edit("content/b.md", 4, 4, "!"), Edit("content/a.md", 6, 9, "due")),
    moves=(Move("content/a.md", "content/new/a.md"),),
    creates=(Create("content/d.md", "Delta\n"),),
    removes=("content/c.md",),
)
AFTER = {
    "site.yaml": b"title: x\n",
    "content/new/a.md": "\ufeffUno\r\ndue\r\n".encode(),
    "content/b.md": b"Beta!",
    "content/d.md": b"Delta\n",
}


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path / "site", FILES)


def sources(site):
    return {path: data for path, data in read_tree(site).items() if not path.startswith((".gazepress", ".git"))}


def test_a_change_edits_moves_makes_and_removes_files(site):
    assert carry_out(site, CHANGE) == ()
    assert sources(site) == AFTER
    assert not list((site / ".gazepress").iterdir())


def test_what_is_shown_is_what_git_would_apply(site):
    shown = preview(site, CHANGE)
    assert "rename from content/a.md\nrename to content/new/a.md\n" in shown
    assert sources(site) == {path: text.encode() for path, text in FILES.items()}
    subprocess.run(["git", "apply", "--whitespace=nowarn"], cwd=site, input=shown.encode(), check=True)
    assert sources(site) == AFTER


def test_two_files_can_change_their_places(site):
    change = Change(moves=(Move("content/b.md", "content/c.md"), Move("content/c.md", "content/b.md")))
    assert carry_out(site, change) == ()
    assert sources(site)["content/b.md"] == b"Gamma\n"
    assert sources(site)["content/c.md"] == b"Beta"


def test_permissions_and_symbolic_links_stay(site):
    (site / "content/b.md").chmod(0o640)
    (site / "content/link.md").symlink_to("b.md")
    assert carry_out(site, Change(edits=(Edit("content/link.md", 0, 4, "Zeta"),))) == ()
    assert (site / "content/link.md").is_symlink()
    assert (site / "content/b.md").read_text() == "Zeta"
    assert (site / "content/b.md").stat().st_mode & 0o777 == 0o640


def test_edits_that_overlap_are_refused_and_the_same_one_is_made_once():
    assert edited("abc", [Edit("", 1, 2, "x"), Edit("", 1, 2, "x")]) == "axc"
    with pytest.raises(ValueError, match="overlap"):
        edited("abc", [Edit("", 0, 2, "x"), Edit("", 1, 3, "y")])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (Change(moves=(Move("content/a.md", "content/b.md"),)), "file-exists"),
        (Change(moves=(Move("content/a.md", "../b.md"),)), "outside-site"),
        (Change(creates=(Create("content/b.md", ""),)), "file-exists"),
        (Change(edits=(Edit("content/none.md", 0, 0, "x"),)), "unreadable"),
        (Change(removes=("content/c.md",), seen={"content/c.md": digest_bytes(b"Older")}), "file-changed"),
    ],
)
def test_a_change_that_does_not_fit_changes_nothing(site, change, code):
    whole = Change((Edit("content/b.md", 0, 0, "x"), *change.edits), change.moves, change.creates, change.removes)
    whole = Change(whole.edits, whole.moves, whole.creates, whole.removes, change.seen)
    assert [one.code for one in carry_out(site, whole)] == [code]
    assert sources(site) == {path: text.encode() for path, text in FILES.items()}
    with pytest.raises(ChangeError):
        preview(site, whole)


def test_a_disk_that_takes_no_more_leaves_all_as_it_was(site, monkeypatch):
    from gazepress import journal

    put, calls = journal._put, []

    def full(site, one, data):
        calls.append(one.path)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")
        put(site, one, data)

    monkeypatch.setattr(journal, "_put", full)
    (found,) = carry_out(site, CHANGE)
    assert (found.code, "No space left" in found.message) == ("unwritable", True)
    assert sources(site) == {path: text.encode() for path, text in FILES.items()}


def test_what_a_person_has_saved_meanwhile_is_not_written_over(site, monkeypatch):
    from gazepress import journal

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(journal, "_put", killed)
    with pytest.raises(KeyboardInterrupt):
        carry_out(site, CHANGE)
    monkeypatch.undo()
    assert sources(site) == {path: text.encode() for path, text in FILES.items()}
    (site / ".gazepress").mkdir(exist_ok=True)
    begin(site)
    (site / "content/b.md").write_text("Saved by a person")
    assert finish_rewrites(site) == ("content/b.md",)
    assert sources(site) == {**AFTER, "content/b.md": b"Saved by a person"}
    assert finish_rewrites(site) == ()


def begin(site):
    """Leave a journal as a program does that is killed before its first file."""
    import msgspec

    from gazepress.desk.edits import _rewrites

    (site / ".gazepress/changes.journal").write_bytes(msgspec.msgpack.encode(_rewrites(site, CHANGE)))


def test_a_killed_change_is_done_or_not_begun_once_the_next_command_has_run(quick_path):
    names = [f"content/{number}.md" for number in range(150)]
    moves = tuple(Move(name, f"{name}.moved.md") for name in names[::3])
    change = Change(tuple(Edit(name, 0, 3, "new") for name in names), moves)
    old = dict.fromkeys(names, b"old")
    new = dict.fromkeys((f"{name}.moved.md" if at % 3 == 0 else name for at, name in enumerate(names)), b"new")
    chance, torn, done = Random(7), 0, 0
    for kill in range(6):
        site = write_site(quick_path / f"site-{kill}", old)
        program = get_context("fork").Process(target=carry_out, args=(site, change))
        program.start()
        while program.is_alive() and not (site / ".gazepress/changes.journal").exists():
            time.sleep(0.0005)
        time.sleep(chance.uniform(0, 0.02))
        program.kill()
        program.join()
        torn += sources(site) not in (old, new)
        assert finish_rewrites(site) == ()
        assert sources(site) in (old, new)
        done += sources(site) == new
    assert torn, "no kill met the change while it was made"
    assert done
