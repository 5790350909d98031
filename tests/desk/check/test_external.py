"""Links to other sites: asked politely, remembered with dates, never a reason to fail. The others are real servers."""

import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

import pytest
from msgspec.structs import replace

from gazepress.build import BuildOptions, build
from gazepress.desk.check.asking import Manners, ask
from gazepress.desk.check.external import check_links
from support import NOW, SETTINGS, article, write_site

ONE = "content/articles/one.md"
QUICK = Manners(patience=0.4, deadline=0.8, pause=0, anywhere=True)
STATUSES = {"/fine": 200, "/gone": 404, "/never": 410, "/error": 500, "/refused": 403, "/many": 429}
REDIRECTS = {"/moved": (301, "/fine"), "/elsewhere": (302, "/fine"), "/twice": (308, "/moved"), "/lost": (301, "/gone")}


class Others(BaseHTTPRequestHandler):
    """Another site, which notes what it is asked."""

    def do_HEAD(self):
        self.server.asked[self.command, self.path] += 1
        self.server.times.append(time.monotonic())
        self.server.agents.add(self.headers["User-Agent"])
        self.server.now += 1
        self.server.most = max(self.server.most, self.server.now)
        time.sleep(0.02)
        self.server.now -= 1
        if self.path == "/slow":
            self.server.release.wait(10)
        if self.path == "/drops":
            self.connection.close()
            return
        if self.path == "/drips":
            for byte in b"HTTP/1.1 200 OK\r\n" * 9:
                self.wfile.write(bytes([byte]))
                time.sleep(0.02)
        if self.path == "/no-head":
            self.send_response(404 if self.command == "HEAD" else 200)
        elif self.path in REDIRECTS or self.path == "/round":
            status, to = REDIRECTS.get(self.path, (302, "/round"))
            self.send_response(status)
            self.send_header("Location", to)
        else:
            self.send_response(STATUSES.get(self.path.partition("?")[0], 200))
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815 - the library's own name

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):  # whoever has asked did not wait for the end
        pass


@pytest.fixture
def others(monkeypatch):
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    server = Server(("127.0.0.1", 0), Others)
    server.asked, server.agents, server.now, server.most = Counter(), set(), 0, 0
    server.times, server.release = [], threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


def check(folder, now=NOW, manners=QUICK):
    found = check_links(BuildOptions(site=folder, now=now, jobs=1), manners=manners)
    return [(one.code, one.line, one.column) for one in found]


def write(folder, *links, **matter):
    text = "\n\n".join(f"[words]({link})" for link in links)
    write_site(folder, {"site.yaml": SETTINGS, ONE: article("One", text, **matter)})


# ------------------------------------------------------------------------------------------------------ what is told


@pytest.mark.parametrize(
    ("path", "outcome", "said"),
    [
        ("/fine", "fine", "200 OK"),
        ("/no-head", "fine", "200 OK"),
        ("/refused", "fine", "403 Forbidden"),
        ("/elsewhere", "fine", "200 OK"),
        ("/round", "fine", "302"),
        ("/moved", "moved", "200 OK"),
        ("/twice", "moved", "200 OK"),
        ("/gone", "gone", "404 Not Found"),
        ("/never", "gone", "410 Gone"),
        ("/lost", "gone", "404 Not Found"),
        ("/error", "silent", "500 Internal Server Error"),
        ("/slow", "silent", "0 it takes too long"),
        ("/drips", "silent", "0 no whole answer within 0.8 seconds"),
        ("/drops", "silent", "0 "),
    ],
)
def test_what_another_site_answers_is_one_of_a_few_things(others, path, outcome, said):
    reply = ask(others.url + path, QUICK)
    assert reply.outcome == outcome
    assert f"{reply.status} {reply.said}".startswith(said)
    assert reply.moved_to == (f"{others.url}/fine" if outcome == "moved" else "")


@pytest.mark.parametrize(
    ("address", "outcome"),
    [
        ("http://127.0.0.1:1/", "silent"),
        ("http://nobody.invalid/", "silent"),
        ("http://127.0.0.1:99999/", "silent"),
        ("file:///etc/passwd", "silent"),
    ],
)
def test_an_address_that_leads_nowhere_is_silent(address, outcome):
    assert ask(address, QUICK).outcome == outcome


def test_readers_are_not_led_into_a_private_network_and_nothing_is_asked_there(others):
    reply = ask(f"{others.url}/fine", Manners(patience=0.4, deadline=2))
    assert (reply.outcome, reply.said, others.asked) == ("private", "its host is 127.0.0.1", {})


def test_each_finding_stands_where_the_link_does(tmp_path, others):
    write(
        tmp_path,
        *(f"{others.url}/{name}" for name in ("fine", "gone", "error", "moved#part")),
        sources=f"[{{name: They, url: '{others.url}/never'}}]",
    )
    places = [("link-gone", 4, 29), ("link-gone", 9, 1), ("link-silent", 11, 1), ("link-moved", 13, 1)]
    assert check(tmp_path) == places


# -------------------------------------------------------------------------------------------------------- politeness


def test_one_host_is_asked_one_question_at_a_time_and_no_address_twice(tmp_path, others):
    write(tmp_path, *[f"{others.url}/fine?{number}" for number in (1, 2, 3, 1)], f"{others.url}/fine?1#part")
    assert check(tmp_path, manners=replace(QUICK, pause=0.1)) == []
    assert others.asked == {("HEAD", f"/fine?{number}"): 1 for number in (1, 2, 3)}
    assert others.most == 1
    assert all(later - before > 0.1 for before, later in pairwise(others.times))
    (agent,) = others.agents
    assert agent.startswith("gazepress/")
    assert "https://gaze.example/" in agent


def test_a_host_that_is_asked_too_much_is_left_alone(tmp_path, others):
    write(tmp_path, *(f"{others.url}/{name}" for name in ("many", "nn", "oo")))
    check(tmp_path)
    assert {path for _, path in others.asked} == {"/many"}


def test_what_is_held_back_is_asked_of_nobody(tmp_path, others):
    write(tmp_path, f"{others.url}/gone", status="draft")
    write_site(tmp_path, {"content/articles/two.md": article("Two", f"<{others.url}/gone>", date="2026-02-01 09:00")})
    assert (check(tmp_path), others.asked) == ([], {})


# ---------------------------------------------------------------------------------------------------- what is known


def test_what_was_answered_is_asked_again_after_days_and_sooner_where_it_was_bad(tmp_path, others):
    write(tmp_path, *(f"{others.url}/{name}" for name in ("fine", "gone", "error")))

    def asked_on(day):
        others.asked.clear()
        found = check(tmp_path, now=f"2026-{day}T12:00:00+00:00")
        assert [code for code, _, _ in found] == ["link-gone", "link-silent"]
        return {path for _, path in others.asked}

    assert asked_on("01-01") == {"/fine", "/gone", "/error"}
    assert asked_on("01-01") == set()
    assert asked_on("01-02") == {"/error"}
    assert asked_on("01-09") == {"/gone", "/error"}
    assert asked_on("02-01") == {"/fine", "/gone", "/error"}


def test_interrupted_it_keeps_what_it_has_heard(tmp_path, others):
    write(tmp_path, f"{others.url}/a", f"{others.url}/b")

    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(BuildOptions(site=tmp_path, now=NOW, jobs=1), interrupt, QUICK)
    while len(others.asked) < 2:  # the question that was on its way
        time.sleep(0.01)
    others.asked.clear()
    check(tmp_path)
    assert {path for _, path in others.asked} == {"/b"}


def test_it_is_told_since_when_a_page_does_not_answer(tmp_path, others):
    write(tmp_path, f"{others.url}/error")
    check(tmp_path)
    (found,) = check_links(BuildOptions(site=tmp_path, now="2026-01-05T12:00:00+00:00", jobs=1), manners=QUICK)
    assert "has not answered well since 2026-01-01: 500 Internal Server Error" in found.message


def test_without_a_network_one_note_says_so_and_nothing_is_remembered(tmp_path, others):
    write(tmp_path, "http://127.0.0.1:1/", "http://127.0.0.2:1/")
    assert check(tmp_path) == [("link-silent", 0, 0)]
    write(tmp_path, "http://127.0.0.1:1/", "http://127.0.0.2:1/", f"{others.url}/fine")
    assert len(check(tmp_path)) == 2


def test_others_can_build_the_site_while_links_are_asked_for(tmp_path, others):
    write(tmp_path, f"{others.url}/slow")
    patient = replace(QUICK, patience=9, deadline=9)
    checking = threading.Thread(target=check, args=(tmp_path,), kwargs={"manners": patient})
    checking.start()
    while not others.asked:
        time.sleep(0.01)
    assert build(BuildOptions(site=tmp_path, now=NOW, jobs=1, wait=False)).published is not None
    assert checking.is_alive()
    others.release.set()
    checking.join()


# ------------------------------------------------------------------------------------------------------- the command


def test_links_never_fail_a_check_and_are_weighed_as_other_findings_are(tmp_path, others, gazepress):
    write(tmp_path, f"{others.url}/gone", kind="opinion", summary="Short.")
    run = gazepress("check", "--now", NOW, "--external", "--fail-on", "note")
    assert run.returncode == 1, "link-insecure is a note of the check itself"
    assert "link-private: warning" in run.stdout
    write_site(tmp_path, {"site.yaml": SETTINGS + "checks: {severity: {link-insecure: off, link-private: error}}\n"})
    run = gazepress("check", "--now", NOW, "--external", "--fail-on", "note")
    assert run.returncode == 0, run.stdout
    assert "link-private" in run.stdout
    write(tmp_path, f"{others.url}/gone", kind="opinion", summary="Short.", ignore="[link-private, link-insecure]")
    assert "link-" not in gazepress("check", "--now", NOW, "--external").stdout
