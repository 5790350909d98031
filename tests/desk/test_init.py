"""A new site: five files that build as they are, recipes for who builds them, and the questions on a terminal."""

import os
import pty
import re
import select
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gazepress.desk.init import Answers, Machine, Recipe, first_wrong, plan_site, title_of, write_files
from gazepress.words import BUILT_IN
from support import NOW, read_newsroom

FILES = [
    "Makefile",
    "content/articles/industry/first-report.md",
    "content/articles/industry/keel.svg",
    "content/articles/newsroom/how-a-report-is-written.md",
    "site.yaml",
]
MACHINE = Machine("/srv/50% off", "/usr/bin/python3")
ANSWERS = Answers("The Courier", "https://courier.example/", "en", "Europe/Kyiv", "Ada Sampleson")


def files_of(folder):
    return sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())


def planned(answers=ANSWERS, *recipes):
    return plan_site(answers, recipes, MACHINE, NOW, in_git=False)


@pytest.fixture
def elsewhere():
    """An environment that says who works here, and where."""
    return {"GIT_AUTHOR_NAME": "Ada Sampleson", "TZ": "Europe/Kyiv", "LC_ALL": "C.UTF-8"}


def test_one_command_gives_five_files_and_make_gives_a_site_without_a_single_remark(tmp_path, gazepress, elsewhere):
    made = gazepress("init", "the-courier", env=elsewhere)
    assert (made.returncode, made.stderr) == (0, "")
    site = tmp_path / "the-courier"
    assert files_of(site) == FILES
    assert all(f"  {path} " in made.stdout for path in FILES)
    assert max(map(len, made.stdout.splitlines()[1:])) <= 80
    program = f"GAZEPRESS={shlex.quote(sys.executable)} -m gazepress"
    built = subprocess.run(["make", "site", program], cwd=site, capture_output=True, text=True, check=False)
    assert (built.returncode, built.stderr) == (0, "")
    assert "2 articles" in built.stdout
    assert "no problems" in built.stdout
    front = (site / "public/index.html").read_text("utf-8")
    assert "<title>The Courier</title>" in front
    assert "Muster Shipyard Lays the Keel" in front
    assert "Read more on The Courier" in (next(site.glob("public/*/*/first-report/index.html"))).read_text("utf-8")


@settings(max_examples=10, deadline=None)
@given(
    title=st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40),
    author=st.text(st.characters(categories=["L"]), min_size=1, max_size=30),
    language=st.sampled_from(["en", "uk", "fr", "de", "pl", "pt-BR"]),
)
def test_whatever_the_publication_is_called_its_site_has_nothing_wrong(tmp_path_factory, title, author, language):
    answers = Answers(title, "https://x.example/news/", language, "America/New_York", author)
    assert first_wrong(answers) is None
    folder = tmp_path_factory.mktemp("site")
    write_files(folder, planned(answers))
    newsroom = read_newsroom(folder)
    assert newsroom.settings.title == title
    assert [one.slug for one in newsroom.graph.articles.values()] == ["first-report", "how-a-report-is-written"]
    first = next(iter(newsroom.graph.articles.values()))
    assert [ref.kind for ref in first.document.refs] == ["link", "read-more", "picture"]
    assert None not in newsroom.graph.targets[first.id]


@pytest.mark.parametrize("language", BUILT_IN)
def test_the_texts_speak_the_language_of_the_site_and_stay_silent_in_a_check(tmp_path, gazepress, language):
    write_files(tmp_path, planned(replace(ANSWERS, language=language)))
    room = read_newsroom(tmp_path)
    first, second = room.graph.articles.values()
    assert {one.document.matter.lang for one in (first, second)} == {""}
    assert [ref.kind for ref in first.document.refs] == ["link", "read-more", "picture"]
    assert first.document.refs[1].target == second.document.matter.title
    checked = gazepress("check", "--now", NOW)
    assert [line.split(": ")[1] for line in checked.stdout.splitlines() if ": note" in line] == ["author-unknown"]
    assert checked.stdout.endswith("\n1 note\n")


def test_a_language_without_texts_of_its_own_gets_english_ones_that_say_so():
    files = planned(replace(ANSWERS, language="es"))
    assert all("\nlang: en\n" in text for path, text in files.items() if path.endswith(".md"))
    regional = planned(replace(ANSWERS, language="de-AT"))
    assert "Muster-Werft" in regional["content/articles/industry/first-report.md"]


def test_nothing_that_is_there_is_written_over(tmp_path, gazepress, elsewhere):
    (tmp_path / "Makefile").write_text("all:\n")
    made = gazepress("init", env=elsewhere)
    assert made.returncode == 2
    assert "there is a Makefile in" in made.stderr
    assert files_of(tmp_path) == ["Makefile"]


def test_a_disk_that_takes_not_all_of_it_is_left_as_it_was(tmp_path, gazepress, elsewhere):
    (tmp_path / "content").write_text("a file where a folder should be")
    made = gazepress("init", env=elsewhere)
    assert made.returncode == 1
    assert "content" in made.stderr
    assert "Traceback" not in made.stderr
    assert files_of(tmp_path) == ["content"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--url", "courier.example"], "'url' cannot be 'courier.example'; write a full address"),
        (["--timezone", "Kyiv"], "'timezone' cannot be 'Kyiv'"),
        (["--language", "Ukrainian"], "'language' cannot be 'Ukrainian'"),
        (["--ci", "jenkins"], "'jenkins' is not one of"),
    ],
)
def test_answers_that_no_site_can_have_are_told_with_the_way_out(tmp_path, gazepress, elsewhere, options, said):
    made = gazepress("init", "x", *options, env=elsewhere)
    assert made.returncode == 2
    assert said in made.stderr
    assert files_of(tmp_path) == []


def test_a_repository_is_told_what_to_leave_out(tmp_path, gazepress, elsewhere):
    (tmp_path / ".git").mkdir()
    assert gazepress("init", "site", env=elsewhere).returncode == 0
    assert (tmp_path / "site/.gitignore").read_text() == "/public/\n/public-drafts/\n/.gazepress/\n"


def test_the_recipes_of_hosts_build_publish_and_remember():
    files = planned(ANSWERS, Recipe.GITHUB, Recipe.GITLAB)
    github = yaml.safe_load(files[".github/workflows/site.yml"])
    steps = github["jobs"]["site"]["steps"]
    assert [step["run"] for step in steps if "run" in step] == ['pip install "$GAZEPRESS"', "gazepress build"]
    assert github["jobs"]["site"]["environment"]["url"] == "${{ steps.deploy.outputs.page_url }}"
    assert github[True]["schedule"]  # YAML 1.1 reads `on` as true
    gitlab = yaml.safe_load(files[".gitlab-ci.yml"])
    assert gitlab["pages"]["artifacts"]["paths"] == ["public"]
    assert gitlab["pages"]["rules"] == [{"if": "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH"}]
    assert gitlab["variables"] == github["env"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_finds_nothing_wrong_with_its_units(tmp_path):
    site = tmp_path / "50% off"
    site.mkdir()
    machine = Machine(str(site), sys.executable)
    write_files(site, plan_site(ANSWERS, [Recipe.SYSTEMD], machine, NOW, in_git=False))
    units = [str(site / "deploy/gazepress.service"), str(site / "deploy/gazepress.timer")]
    env = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    found = subprocess.run(
        ["systemd-analyze", "verify", "--user", *units], capture_output=True, text=True, check=False, env=env
    )
    assert "gazepress." not in found.stderr
    assert "50%% off" in Path(units[0]).read_text("utf-8")


def test_cron_builds_where_the_site_is(tmp_path, gazepress, elsewhere):
    assert gazepress("init", "50% off", "--ci", "cron", env=elsewhere).returncode == 0
    line = (tmp_path / "50% off/deploy/crontab").read_text("utf-8").splitlines()[-1]
    assert line.startswith("*/5 * * * *  cd ")
    command = line.partition("  ")[2]
    assert re.search(r"(?<!\\)%", command) is None
    run = subprocess.run(
        ["sh", "-c", command.replace(r"\%", "%")], check=False, cwd="/", capture_output=True, text=True
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert (tmp_path / "50% off/public/index.html").is_file()


def test_on_a_terminal_it_asks_and_asks_again_what_cannot_be(tmp_path, elsewhere):
    said = at_the_terminal(
        tmp_path, elsewhere, ["Кур’єр", "courier.example", "https://courier.example", "uk", "", "Ада Зразкова"]
    )
    assert "Name of the publication [News Desk]: " in said
    assert "'url' cannot be 'courier.example'; write a full address" in said
    assert said.count("Its address [https://www.example.com/]: ") == 2, "what cannot be is not offered again"
    assert "Its timezone [Europe/Kyiv]: " in said
    assert "Your name, for the bylines [Ada Sampleson]: " in said
    newsroom = read_newsroom(tmp_path / "news-desk", now="2100-01-01")
    assert newsroom.settings.title == "Кур’єр"
    assert (newsroom.settings.language, newsroom.settings.timezone) == ("uk", "Europe/Kyiv")
    assert [author.name for author in newsroom.graph.authors.values()] == ["Ада Зразкова"]


def test_what_the_options_say_is_not_asked(tmp_path, elsewhere):
    said = at_the_terminal(tmp_path, elsewhere, [], "--yes")
    assert "[" not in said
    assert files_of(tmp_path / "news-desk") == FILES


def at_the_terminal(folder, env, answers, *options):
    """Answer the questions of ``gazepress init news-desk`` on a pseudo-terminal, and return all that it shows."""
    screen, terminal = pty.openpty()
    command = [sys.executable, "-m", "gazepress", "init", "news-desk", *options]
    streams = {"stdin": terminal, "stdout": terminal, "stderr": terminal}
    running = subprocess.Popen(command, cwd=folder, env={**os.environ, **env}, **streams)
    os.close(terminal)
    shown, waiting = "", list(answers)
    while select.select([screen], [], [], 30)[0]:
        try:
            shown += os.read(screen, 65536).decode()
        except OSError:  # Linux: the other end is closed
            break
        if waiting and shown.endswith("]: "):
            os.write(screen, f"{waiting.pop(0)}\n".encode())
    os.close(screen)
    assert running.wait(30) == 0
    assert not waiting
    return shown


@pytest.mark.parametrize(
    ("folder", "title"), [("the-courier", "The Courier"), ("кур_єр", "Кур Єр"), ("x.example", "X Example")]
)
def test_a_publication_is_called_after_its_folder(folder, title):
    assert title_of(Path("/srv") / folder) == title
