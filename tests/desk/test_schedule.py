"""What the hour will change, told in each format, and read again by what it is for."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from rich.cells import cell_len

from gazepress.desk.schedule import Event, Schedule, Turn, make_schedule
from gazepress.desk.schedule_formats import format_schedule
from support import NOW, SETTINGS, article, read_newsroom, write_site

ODD = "Comma, semicolon; back\\slash: „Броня“ 100 % of a headline that is far too long for one line of a calendar"
SITE = {
    "site.yaml": SETTINGS + "timezone: Europe/Kyiv\n",
    "content/articles/open.md": article(
        "Open",
        lead="true",
        until="2026-01-01 18:00 +02:00",
        corrections="[{date: 2025-12-25 10:00, text: It was two.}]",
    ),
    "content/articles/secret.md": article("Secret", embargo="2026-01-02 09:00 +02:00"),
    "content/articles/later.md": article(ODD.replace("\\", "\\\\"), date="2026-07-01 12:00:30"),
    "content/articles/idea.md": article("An Idea", status="draft"),
    "content/pages/about.md": "---\ntitle: About\nstatus: draft\n---\n\nText.\n",
}


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path, SITE)


def test_what_is_held_back_is_told_with_its_hour_the_next_thing_first(site, gazepress):
    said = gazepress("schedule", "--now", NOW, cwd=site)
    assert said.returncode == 0
    assert said.stdout.startswith("next change by the hour: 2026-01-01 18:00 +0200, in 4 hours\n")
    for line in (
        "  2026-01-01 18:00 +0200  leaves the top  Open\n    content/articles/open.md\n",
        "  2026-01-02 09:00 +0200  appears  Secret\n    content/articles/secret.md (embargo)\n",
        "    content/articles/later.md (future date)\n",
        "\n  articles that leave the sitemap for news: 2\n    from 2026-01-04 09:00 +0200 on\n",
        "  corrections that are no longer told of in lists: 1\n    from 2026-01-08 10:00 +0200 on\n",
        "  An Idea\n    content/articles/idea.md\n  About\n    content/pages/about.md\n",
    ):
        assert line in said.stdout
    assert said.stdout.index("Open") < said.stdout.index("Secret") < said.stdout.index("later.md")


def test_the_hours_are_those_at_which_a_build_says_that_the_site_will_change(site):
    schedule, hours = make_schedule(read_newsroom(site)), []
    while (due := read_newsroom(site, hours[-1].isoformat() if hours else NOW).graph.next_change) is not None:
        hours.append(due)
    assert list(schedule.hours) == hours


def test_programs_get_each_turn_and_each_draft(site, gazepress):
    schedule = json.loads(gazepress("schedule", "--format", "json", "--now", NOW, "--site", str(site)).stdout)
    assert schedule["next_change"] == schedule["turns"][0]["at"] == "2026-01-01T18:00:00+02:00"
    assert [one["event"] for one in schedule["turns"]] == [
        "leaves the top",
        "appears",
        "leaves the news",
        "loses its mark",
        "appears",
        "leaves the news",
    ]
    assert [one["path"] for one in schedule["drafts"]] == ["content/articles/idea.md", "content/pages/about.md"]


def test_nothing_to_come_is_told_in_one_line_and_gives_files_that_can_still_be_read(tmp_path):
    write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/one.md": article("One")})
    schedule = make_schedule(read_newsroom(tmp_path))
    nothing = "nothing is held back, and the hour alone will change nothing\n"
    assert format_schedule(schedule, "text", build="") == nothing
    assert format_schedule(schedule, "systemd", build="").endswith("\n[Timer]\n")
    assert not Calendar.from_ical(format_schedule(schedule, "ics", build="")).events


def test_on_a_terminal_headlines_are_cut_and_names_of_files_are_not(site):
    lines = format_schedule(make_schedule(read_newsroom(site)), "text", build="", width=60).splitlines()
    assert any(re.fullmatch(r"  2026-07-01 12:00 \+0300  appears  Comma, .+…", line) for line in lines)
    assert max(map(cell_len, lines[2:])) == 60
    assert "    content/articles/later.md (future date)" in lines


def test_cron_builds_at_each_hour_in_the_timezone_of_the_machine(site, gazepress):
    said = gazepress("schedule", "--format", "cron", "--now", NOW, env={"TZ": "America/New_York"}).stdout
    lines = [line for line in said.splitlines() if line and not line.startswith("#")]
    assert [line.split("  ")[0] for line in lines] == [
        "0 11 1 1 *",
        "0 2 2 1 *",
        "0 2 4 1 *",
        "0 3 8 1 *",
        "1 5 1 7 *",  # 05:00:30 is not over at 05:00
        "1 5 3 7 *",
    ]
    command = lines[0].partition("  ")[2]
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, cwd="/")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (site / "public/index.html").is_file()


def test_cron_takes_a_percent_sign_for_a_line_end_unless_it_is_told(site):
    said = format_schedule(make_schedule(read_newsroom(site)), "cron", build="cd '/50% off' && build")
    assert "cd '/50\\% off' && build\n" in said


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_takes_the_hours_for_hours(site):
    said = format_schedule(make_schedule(read_newsroom(site)), "systemd", build="")
    hours = re.findall(r"^OnCalendar=(.+)$", said, re.MULTILINE)
    assert hours[:2] == ["2026-01-01 16:00:00 UTC", "2026-01-02 07:00:00 UTC"]
    assert hours[4:] == ["2026-07-01 09:00:30 UTC", "2026-07-03 09:00:30 UTC"]
    subprocess.run(["systemd-analyze", "calendar", *hours], check=True, capture_output=True)


def test_a_calendar_has_each_turn_and_its_name_stays_when_the_hour_moves(site):
    def events():
        said = format_schedule(make_schedule(read_newsroom(site)), "ics", build="")
        return {str(one["SUMMARY"]): one for one in Calendar.from_ical(said).events}

    before = events()
    assert set(before) == {"Leaves the top: Open", "Appears: Secret", f"Appears: {ODD}"}
    assert before["Appears: Secret"].start == datetime(2026, 1, 2, 7, tzinfo=UTC)
    assert before["Appears: Secret"]["URL"] == "https://gaze.example/2025/10/secret/"
    write_site(site, {"content/articles/secret.md": article("Secret", embargo="2026-01-05 09:00 +02:00")})
    after = events()
    assert after["Appears: Secret"].start == datetime(2026, 1, 5, 7, tzinfo=UTC)
    assert {name: one["UID"] for name, one in after.items()} == {name: one["UID"] for name, one in before.items()}
    assert len({one["UID"] for one in after.values()}) == 3


@settings(max_examples=60, deadline=None)
@example([("x" * 100 + "Ж" * 60, 0), ("Ж" * 99, 1)])
@given(st.lists(st.tuples(st.text(max_size=200), st.integers(0, 10**9)), max_size=3))
def test_any_headline_comes_out_of_the_calendar_as_it_was_in_lines_that_are_short(given_turns):
    start = datetime(2026, 1, 1, tzinfo=UTC)
    turns = tuple(
        Turn(start + timedelta(microseconds=later), Event.APPEARS, f"{at}.md", title, "https://gaze.example/x/")
        for at, (title, later) in enumerate(given_turns)
    )
    text = format_schedule(Schedule("The Gaze", start, turns, ()), "ics", build="")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert not set(re.sub("\r\n", "", text)) & {"\r", "\n"}
    for turn, event in zip(turns, Calendar.from_ical(text).events, strict=True):
        shown = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", turn.title)
        assert str(event["SUMMARY"]) == "Appears: " + re.sub("\r\n?", "\n", shown)
        assert timedelta(0) <= event.start - turn.at < timedelta(seconds=1)


def test_a_site_with_errors_tells_what_it_knows_and_the_error(site, gazepress):
    write_site(site, {"content/articles/broken.md": "---\ntitle: [\n---\n"})
    said = gazepress("schedule", "--now", NOW)
    assert said.returncode == 1
    assert "content/articles/broken.md:2" in said.stderr
    assert "Secret" in said.stdout
