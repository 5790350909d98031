"""The preview without a browser: what its server answers, and what it makes of whatever happens to the files."""

import shutil
import signal
import socket
import subprocess
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazepress.serve.answers import FileAnswer, answer, byte_range
from gazepress.serve.headers import headers_for
from previewing import previewed, wait_for
from support import NOW, SETTINGS, article, read_tree, write_site

FILES = {
    "site.yaml": SETTINGS,
    "content/articles/2025/one.md": article("One", aliases="[/old/]"),
    "content/articles/2025/held.md": article("Held", "A secret.", status="draft"),
    "static/film.mp4": bytes(range(256)) * 40,
    "static/.well-known/security.txt": "Contact: mailto:desk@gaze.example\n",
}


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """A preview that tests only look at."""
    with previewed(write_site(tmp_path_factory.mktemp("site"), FILES)) as preview:
        yield preview


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path / "site", FILES)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A preview of a site that tests write in, each in files of its own."""
    with previewed(write_site(tmp_path_factory.mktemp("desk"), FILES)) as preview:
        yield preview


@pytest.fixture
def write(desk):
    """Write files of the desk's site."""
    return lambda files: write_site(desk.folder, files)


# ------------------------------------------------------------------------------------------------------- answers


def test_a_page_comes_with_its_type_and_is_never_kept(shown):
    status, headers, body = shown.get("/")
    assert (status, headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert headers["Cache-Control"] == "no-store"
    assert b"/.gazepress/preview.js" in body


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/film.mp4", "video/mp4"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8"),
    ],
)
def test_files_come_as_they_are_with_the_type_that_a_server_gives(shown, path, kind):
    status, headers, body = shown.get(path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert body == (shown.folder / ".gazepress/preview" / path[1:]).read_bytes()


def test_a_missing_page_is_the_sites_own_with_the_status_404(shown):
    status, _, body = shown.get("/no/such/page/")
    assert status == 404
    assert b"Page not found" in body


def test_a_folder_without_its_slash_leads_to_the_one_with_it(shown):
    status, headers, _ = shown.get("/2025/10/one?page=2")
    assert (status, headers["Location"]) == (301, "./one/?page=2")


def test_pages_come_with_what_the_site_asks_hosts_to_say(shown):
    _, headers, _ = shown.get("/2025/10/one/")
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_rules_for_hosts_are_read_as_hosts_read_them(tmp_path):
    rules = "# ours\n/*\n  A: 1\n  cache-control: x\n/:section/feed.xml\n  A: 2\n  B: b:c\nnonsense\n  nothing\n"
    write_site(tmp_path, {"_headers": rules})
    assert headers_for(tmp_path, "/air/feed.xml") == {"A": "1, 2", "B": "b:c"}
    assert headers_for(tmp_path, "/a/b/feed.xml") == {"A": "1"}
    assert headers_for(tmp_path / "none", "/") == {}


def test_an_old_address_leads_on_within_the_preview(shown):
    status, headers, _ = shown.get("/old/")
    assert (status, headers["Location"]) == (302, "/2025/10/one/")


def test_what_is_held_back_is_shown_and_marked(shown):
    assert b"Not published" in shown.get("/2025/10/held/")[2]


@pytest.mark.parametrize(
    ("wanted", "status", "told", "length"),
    [
        ("bytes=0-9", 206, "bytes 0-9/10240", 10),
        ("bytes=10000-", 206, "bytes 10000-10239/10240", 240),
        ("bytes=-40", 206, "bytes 10200-10239/10240", 40),
        ("bytes=0-99999", 206, "bytes 0-10239/10240", 10240),
        ("bytes=10240-", 416, "bytes */10240", 0),
        ("bytes=9-3", 200, None, 10240),
        ("bytes=0-1,4-5", 200, None, 10240),
        ("lines=1-2", 200, None, 10240),
    ],
)
def test_a_part_of_a_film_can_be_asked_for(shown, wanted, status, told, length):
    found, headers, body = shown.get("/film.mp4", Range=wanted)
    assert (found, headers["Content-Range"], len(body)) == (status, told, length)


def test_head_says_what_get_would_and_sends_nothing(shown):
    status, headers, body = shown.get("/film.mp4", method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, "10240", b"")


def test_nothing_can_be_sent_to_it(shown):
    assert shown.get("/", method="POST")[0] == 501


@given(st.integers(0, 50), st.builds("bytes={}-{}".format, *2 * [st.integers(0, 60) | st.just("")]))
@settings(max_examples=50, deadline=None)
def test_a_range_never_leaves_the_file(size, header):
    found = byte_range(header, size)
    assert found is None or set(found) <= set(range(size))


@pytest.mark.parametrize(
    "path",
    [
        "/../site.yaml",
        "/%2e%2e/%2e%2e/site.yaml",
        "/tags/../../../site.yaml",
        "//etc/passwd",
        "/..%2f..%2fsite.yaml",
        "/.gazepress-manifest",
        "/robots.txt%00.html",
        "/link.txt",
    ],
)
def test_no_address_leads_out_of_the_site(shown, path):
    link = shown.folder / ".gazepress/preview/link.txt"
    if not link.is_symlink():
        link.symlink_to(shown.folder / "site.yaml")
    status, _, body = shown.get(path)
    assert status == 404
    assert b"title: The Gaze" not in body


@given(st.lists(st.sampled_from(["..", ".", "%2e%2e", "a", "", "%2f", "\\", "%5c", "etc", "\0"]), max_size=6))
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_for_a_file_below_the_folder_answers(tmp_path_factory, parts):
    folder = tmp_path_factory.getbasetemp() / "answers/public"
    if not folder.exists():
        write_site(folder.parent, {"index.html": "out", "etc": "out", "public/a/index.html": "", "public/404.html": ""})
    found = answer(folder, "https://gaze.example/", "/" + "/".join(parts))
    assert not isinstance(found, FileAnswer) or found.file.is_relative_to(folder)


def test_another_name_for_this_machine_gets_nothing(shown):
    assert shown.get("/", Host="evil.example")[0] == 421
    assert shown.get("/", Host="localhost:1234")[0] == 200


def test_a_site_below_a_path_is_served_below_it(site):
    write_site(site, {"site.yaml": "title: The Gaze\nurl: https://gaze.example/news/\n"})
    with previewed(site) as preview:
        assert preview.home.endswith("/news/")
        assert preview.get("/")[1]["Location"] == "/news/"
        assert preview.get("/news/2025/10/one/")[0] == 200
        assert preview.get("/news/old/")[1]["Location"] == "/news/2025/10/one/"
        assert preview.get("/2025/10/one/")[0] == 404


# ---------------------------------------------------------------------------------------------------- where and how


def test_a_port_that_is_taken_is_left_for_the_next_one(shown, site):
    with previewed(site, "--port", str(shown.port)) as other:
        assert other.port > shown.port


def test_nothing_of_the_preview_lands_in_the_output_folder(site, gazepress):
    assert gazepress("build", "--now", NOW, cwd=site).returncode == 0
    before = read_tree(site / "public")
    with previewed(site) as preview:
        write_site(site, {"content/articles/2025/two.md": article("Two")})
        wait_for(lambda: preview.get("/2025/10/two/")[0] == 200)
    assert read_tree(site / "public") == before
    assert sorted(path.name for path in site.iterdir()) == [".gazepress", "content", "public", "site.yaml", "static"]
    done = gazepress("build", "--now", NOW, cwd=site)
    assert "damaged" not in done.stderr
    assert (site / ".gazepress/preview").is_dir()


def test_two_previews_of_one_site_do_not_meet(site):
    with previewed(site) as one, previewed(site, "--port", "0", "--no-drafts") as other:
        assert one.get("/2025/10/held/")[0] == 200
        assert other.get("/2025/10/held/")[0] == 404


def test_a_future_hour_shows_what_will_then_be_out(site):
    write_site(site, {"content/articles/2025/later.md": article("Later", date="2099-03-02 09:00")})
    write_site(site, {"content/articles/2025/even-later.md": article("Even later", date="2099-03-02 09:01")})
    with previewed(site, "--port", "0", "--no-drafts", "--now", "2099-03-02 09:00") as preview:
        assert preview.get("/2099/03/later/")[0] == 200
        assert preview.get("/2099/03/even-later/")[0] == 404


def test_what_the_hour_brings_is_shown_when_it_comes(site):
    soon = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + 4))
    write_site(site, {"content/articles/2025/soon.md": article("Soon", embargo=f'"{soon}"')})
    with previewed(site, "--port", "0", "--no-drafts") as preview:
        wait_for(lambda: preview.get("/2025/10/soon/")[0] == 200)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_when_it_ends_nothing_of_it_runs_on(site, how):
    with previewed(site) as preview:
        status = preview.end(how)
        assert status == (0 if how != signal.SIGKILL else -signal.SIGKILL)

        def is_free():
            with socket.socket() as probe:
                return probe.connect_ex(("127.0.0.1", preview.port)) != 0

        wait_for(is_free)
        assert not any("Traceback" in line for line in preview.lines)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--site", "."], "there is no site.yaml"),
        (["--now", "Monday"], "cannot be the time of a build"),
        (["--host", "no.such.host.invalid"], "cannot be listened at"),
    ],
)
def test_what_it_cannot_show_is_wrong_use(tmp_path, gazepress, arguments, told):
    if arguments[0] != "--site":
        write_site(tmp_path, {"site.yaml": SETTINGS})
    done = gazepress("serve", "--port", "0", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr


def test_the_site_is_opened_in_the_browser_of_the_user(site):
    browser = write_site(site.parent, {"browser": '#!/bin/sh\necho "$1" > "$0.opened"\n'}) / "browser"
    browser.chmod(0o755)
    with previewed(site, "--port", "0", "--open", env={"BROWSER": f"{browser} %s"}) as preview:
        opened = browser.with_name("browser.opened")
        wait_for(lambda: opened.exists() and opened.read_text("utf-8").strip() == preview.home)


def test_the_folder_of_the_site_itself_may_go_and_come_back(site):
    with previewed(site) as preview:
        site.rename(site.with_name("elsewhere"))
        wait_for(lambda: any("not built" in line for line in preview.lines))
        write_site(site, FILES | {"content/articles/2025/one.md": article("One", "Somewhere new.")})
        wait_for(lambda: b"Somewhere new." in preview.get("/2025/10/one/")[2])


def test_a_site_may_be_named_by_a_link(site, tmp_path):
    (tmp_path / "link").symlink_to(site)
    with previewed(tmp_path, "--site", "link", "--port", "0") as preview:
        write_site(site, {"content/articles/2025/one.md": article("One", "Through a link.")})
        wait_for(lambda: b"Through a link." in preview.get("/2025/10/one/")[2])


def test_who_listens_to_the_network_is_warned(site):
    with previewed(site, "--port", "0", "--host", "0.0.0.0") as preview:
        assert any("everybody on the network can see it" in line for line in preview.lines)


# ------------------------------------------------------------------------------------------------ what happens to files


def test_a_change_of_branch_is_one_rebuild(site):
    def git(*words):
        who = ["-c", "user.name=Desk", "-c", "user.email=desk@gaze.example"]
        subprocess.run(["git", *who, *words], cwd=site, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "content", "site.yaml", "static")
    git("commit", "-qm", "One")
    git("switch", "-qc", "other")
    write_site(site, {f"content/articles/2025/many-{at}.md": article(f"Many {at}") for at in range(500)})
    git("add", "content")
    git("commit", "-qm", "Many")
    git("switch", "-q", "main")
    with previewed(site) as preview:
        before = preview.settled()
        git("switch", "-q", "other")
        wait_for(lambda: preview.builds() > before and preview.get("/2025/10/many-499/")[0] == 200)
        assert preview.settled() == before + 1


def test_a_storm_of_saves_loses_none(desk, write):
    before = desk.builds()
    for at in range(60):
        write({"content/articles/2025/storm.md": article("Storm", f"Save {at}.")})
        time.sleep(0.01)
    wait_for(lambda: b"Save 59." in desk.get("/2025/10/storm/")[2])
    assert desk.builds() - before < 40


def test_editors_may_leave_files_of_theirs_and_put_a_new_file_in_the_old_ones_place(desk, write):
    write({"content/articles/2025/vim.md": article("Vim")})
    wait_for(lambda: desk.get("/2025/10/vim/")[0] == 200)
    before, folder = desk.settled(), desk.folder / "content/articles/2025"
    for name in (".vim.md.swp", "#vim.md#", ".#vim.md", "vim.md~"):
        (folder / name).write_text("x", "utf-8")
    assert desk.settled() == before
    (folder / "4913").write_text("", "utf-8")  # Vim looks whether it may write here
    (folder / "4913").unlink()
    (folder / "vim.md").replace(folder / "vim.md~")
    write({"content/articles/2025/vim.md": article("Vim", "Written by Vim.")})
    (folder / "vim.md~").unlink()
    wait_for(lambda: b"Written by Vim." in desk.get("/2025/10/vim/")[2])
    assert desk.settled() == before + 1


def test_folders_may_go_and_come_back(desk, write):
    shutil.rmtree(desk.folder / "content")
    wait_for(lambda: desk.get("/2025/10/one/")[0] == 404)
    write(FILES)
    wait_for(lambda: desk.get("/2025/10/one/")[0] == 200)
    write({"content/articles/2025/one.md": article("One", "And changed.")})
    wait_for(lambda: b"And changed." in desk.get("/2025/10/one/")[2])
    write({"templates/404.html": "<p>Ours.</p>"})
    wait_for(lambda: b"Ours." in desk.get("/none")[2])
    write({"templates/404.html": "<p>Ours, and better.</p>"})
    wait_for(lambda: b"and better." in desk.get("/none")[2])


def test_what_is_remembered_may_vanish_while_it_runs(desk, write):
    desk.settled()
    shutil.rmtree(desk.folder / ".gazepress")
    write({"content/articles/2025/lost.md": article("Lost", "Still here.")})
    wait_for(lambda: b"Still here." in desk.get("/2025/10/lost/")[2])


def test_another_build_may_come_in_between(desk, write, gazepress):
    for at in range(2):
        write({"content/articles/2025/turn.md": article("Turn", f"Turn {at}.")})
        assert gazepress("build", "--now", NOW, cwd=desk.folder).returncode == 0
        wait_for(lambda at=at: f"Turn {at}.".encode() in desk.get("/2025/10/turn/")[2])
    assert not any("damaged" in line for line in desk.lines)


def test_settings_that_are_broken_or_gone_leave_the_last_site(desk, write):
    told = desk.events()
    next(told)
    write({"site.yaml": "title: ["})
    assert next(told)["problems"]["shown"][0]["place"].startswith("site.yaml:1:")
    assert desk.get("/2025/10/one/")[0] == 200
    (desk.folder / "site.yaml").unlink()
    wait_for(lambda: "there is no site.yaml" in next(told)["problems"]["shown"][0]["message"])
    write({"site.yaml": SETTINGS})
    wait_for(lambda: not next(told)["problems"]["shown"])


def test_the_record_of_addresses_is_watched_and_never_written(desk, write):
    lock = desk.folder / "urls.lock"
    assert not lock.exists()
    told = desk.events()
    next(told)
    write({"urls.lock": "no lock\n"})
    assert next(told)["problems"]["shown"][0]["place"].startswith("urls.lock:1")
    lock.unlink()
    wait_for(lambda: not next(told)["problems"]["shown"])
    assert not lock.exists()


def test_a_problem_comes_with_the_lines_around_its_place(desk, write):
    told = desk.events()
    next(told)
    write({"content/articles/2025/lines.md": article("Lines", "Before.\n\nSee [[No Such Title]].\n\nAfter.")})
    (found,) = next(told)["problems"]["shown"]
    assert found["place"] == "content/articles/2025/lines.md:8:5"
    assert found["source"][2] == {"number": 8, "text": "See [[No Such Title]]."}
    assert [one["number"] for one in found["source"]] == [6, 7, 8, 9, 10]
    (desk.folder / "content/articles/2025/lines.md").unlink()
    wait_for(lambda: not next(told)["problems"]["shown"])


def test_a_page_is_told_whether_it_has_changed(desk, write):
    before = desk.settled()
    write({"content/articles/2025/held.md": article("Held", "As it was.", status="draft", summary="Same.")})
    wait_for(lambda: desk.builds() > before)
    paths = ("/2025/10/one/", "/2025/10/held/")
    shown = [next(desk.events(path)) for path in paths]
    one, held = (desk.events(path, now["page"], now["style"]) for path, now in zip(paths, shown, strict=True))
    assert [next(page)["is_new"] for page in (one, held)] == [False, False]
    write({"content/articles/2025/held.md": article("Held", "Changed.", status="draft", summary="Same.")})
    assert not next(one)["is_new"]
    assert next(held)["is_new"]
