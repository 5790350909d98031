"""Addresses are recorded by the build that publishes them, before anybody can read them, and by no other."""

import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest

from gazepress.build import BuildOptions, build, making
from gazepress.build import addresses as recording
from gazepress.cli import main
from support import SETTINGS, article, read_tree, write_site

FUTURE = "2999-01-01T00:00:00Z"


@pytest.fixture
def site(tmp_path):
    return write_site(
        tmp_path,
        {
            "site.yaml": SETTINGS + "pictures: {share: off}\n",
            "content/articles/a.md": article("A"),
            "content/articles/draft.md": article("Draft", status="draft"),
            "content/articles/later.md": article("Later", embargo=f'"{FUTURE}"'),
        },
    )


@pytest.fixture
def command(site, monkeypatch, capsys):
    """Run the command in this process, since that is faster; return its exit status and what it said."""
    monkeypatch.chdir(site)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)

    def run(*arguments):
        monkeypatch.setattr("sys.argv", ["gazepress", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return end.value.code, said.out + said.err

    return run


def published(site, **options):
    now = datetime.now(UTC).isoformat()
    return build(BuildOptions(**{"site": site, "now": now, "jobs": 1, "record": True, **options}))


def recorded(site):
    lock = site / "urls.lock"
    return [line.split(" ")[0] for line in lock.read_text("utf-8").splitlines()[2:]] if lock.exists() else []


def test_a_build_records_what_it_publishes_and_nothing_that_is_held_back(site, command):
    assert command("build")[0] == 0
    assert recorded(site) == ["/2025/10/a/"]
    before = (site / "urls.lock").read_bytes()
    assert "0 written, 0 removed" in command("build")[1]
    assert (site / "urls.lock").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (["--now", FUTURE], {}),
        (["--now", "2025-12-01"], {}),
        (["--drafts"], {}),
        ([], {"SOURCE_DATE_EPOCH": str(int(time.time()) + 10**9)}),
    ],
    ids=["the future", "the past", "drafts", "a clock ahead"],
)
def test_a_look_at_another_hour_or_at_drafts_records_nothing(site, command, monkeypatch, arguments, env):
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    assert command("build", *arguments)[0] == 0
    assert recorded(site) == []
    assert published(site).published
    assert recorded(site) == ["/2025/10/a/"]


def test_what_a_build_did_not_record_the_next_one_does_without_making_a_page_anew(site):
    first = published(site, record=False)
    assert first.counts.rendered > 0
    second = published(site)
    assert recorded(site) == ["/2025/10/a/"]
    assert (second.counts.rendered, second.counts.written) == (0, 0)


def test_the_lock_is_an_input_and_changes_no_byte_of_a_site_on_which_nothing_has_moved(site):
    published(site)
    tree = read_tree(site / "public")
    (site / "urls.lock").unlink()
    published(site, cache=False)
    assert {path: data for path, data in read_tree(site / "public").items() if "gazepress" not in path} == {
        path: data for path, data in tree.items() if "gazepress" not in path
    }


def test_an_address_that_would_be_lost_stops_the_build_until_it_is_let_go(site, command):
    published(site)
    (site / "content/articles/a.md").unlink()
    write_site(site, {"content/articles/b.md": article("B")})
    status, said = command("build")
    assert status == 1
    assert "urls.lock:3:1: url-lost: /2025/10/a/ would be lost: content/articles/a.md is gone" in said
    assert (site / "public/2025/10/a/index.html").exists()
    assert recorded(site) == ["/2025/10/a/"]
    assert command("build", "--accept-lost", "https://gaze.example/2025/10/a/")[0] == 0
    assert not (site / "public/2025/10/a").exists()
    assert (site / "urls.lock").read_text("utf-8").splitlines()[2].endswith(" given-up")
    assert "0 written, 0 removed" in command("build")[1]
    assert published(site, cache=False).published


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["/none/"], "/none/ cannot be given up: it is not in urls.lock"),
        (["/2025/10/a/", "--drafts"], "--accept-lost is for the build that publishes"),
        (["/2025/10/a/", "--now", "2026-01-01"], "--accept-lost is for the build that publishes"),
    ],
)
def test_letting_go_of_what_was_never_published_is_wrong_use(command, arguments, words):
    status, said = command("build", "--accept-lost", *arguments)
    assert status == 2
    assert words in said


def test_a_build_that_is_killed_between_the_lock_and_the_site_has_lost_nothing(site, monkeypatch):
    def die(*_arguments, **_options):
        assert recorded(site) == ["/2025/10/a/"]
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "publish", die)
    with pytest.raises(KeyboardInterrupt):
        published(site)
    monkeypatch.undo()
    assert recorded(site) == ["/2025/10/a/"]
    assert published(site).published
    assert recorded(site) == ["/2025/10/a/"]


def test_as_soon_as_readers_can_see_a_page_its_address_is_recorded_whoever_kills_the_build_then(site):
    published(site)
    for kill in range(2):
        write_site(site, {f"content/articles/k{kill}-{at}.md": article(f"K {kill} {at}") for at in range(12)})
        process = subprocess.Popen([sys.executable, "-m", "gazepress", "build", "--jobs", "1"], cwd=site)
        while process.poll() is None and not (site / f"public/2025/10/k{kill}-0").exists():
            time.sleep(0.001)
        process.kill()
        process.wait()
        seen = {f"/{file.parent.relative_to(site / 'public')}/" for file in site.glob("public/2025/10/*/index.html")}
        assert len(seen) > 1 + 12 * kill
        assert seen <= set(recorded(site))
    assert published(site).published
    assert len(recorded(site)) == 1 + 2 * 12


def test_what_could_not_be_published_is_not_recorded(site):
    published(site)
    before = (site / "urls.lock").read_bytes()
    write_site(site, {"content/articles/b.md": article("B"), "public/2025/10/b/index.html/mine.txt": "Mine."})
    assert published(site).published is None
    assert (site / "urls.lock").read_bytes() == before


def test_a_lock_that_cannot_be_written_is_a_warning_and_tried_again(site, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recording, "_put", full)
    result = published(site)
    assert result.published
    assert [one.code for one in result.diagnostics if one.severity == "warning"] == ["lock-unwritten"]
    monkeypatch.undo()
    assert published(site).published
    assert recorded(site) == ["/2025/10/a/"]


def test_no_temporary_file_stays_in_the_site(site):
    published(site)
    assert [file.name for file in site.iterdir() if "lock" in file.name] == ["urls.lock"]


def test_a_list_that_may_have_got_another_name_by_hand_is_asked_for_once(site):
    def asked():
        return [(one.path, one.message, one.hint) for one in published(site).diagnostics if one.code == "list-gone"]

    path = "content/articles/a.md"
    write_site(site, {path: article("A", tags="[radar, ships]", authors="Ann"), "content/articles/b.md": article("B")})
    assert asked() == []
    write_site(site, {path: article("A", tags="[radars, ships]")})
    hint = "if that is its name now, write `redirects: {moved: {/tags/radar/: /tags/radars/}}` in site.yaml"
    assert asked() == [("site.yaml", "/tags/radar/ is no longer there, and /tags/radars/ is new", hint)]
    assert asked() == []
    moved = "redirects: {moved: {/tags/radars/: /tags/radio/}}\n"
    write_site(site, {path: article("A", tags="[radio, ships]"), "site.yaml": SETTINGS + moved})
    assert asked() == []
    write_site(site, {path: article("A", tags="[radio]")})
    assert asked() == [], "nothing is new"
