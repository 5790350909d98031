"""A new article: where it goes, what stands above it, and who writes it."""

import os
import pty
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gazepress.build import WrongUseError
from gazepress.desk.new import Asked, plan_article
from gazepress.desk.person import Person
from gazepress.matter import Status
from support import NOW, SETTINGS, article, read_newsroom, write_site

SITE = {
    "site.yaml": SETTINGS + "timezone: Europe/Kyiv\nsections: [{slug: industry, name: Heavy Industry}]\n",
    "content/authors/iryna-vyhadko.md": "---\nname: Iryna Vyhadko\nlinks: [{name: Mail, url: mailto:iv@x.example}]\n"
    "---\n",
    "content/articles/industry/2024/11/old.md": article("Old", date="2024-11-01"),
    "content/articles/industry/2025/03/steel/index.md": article("Steel", date="2025-03-01", authors="[Tom Tester]"),
    "content/articles/letters/one.md": article("Letter", date="2025-01-01", section="From Readers"),
}
NOBODY = Person()


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path, SITE)


def plan(site, person=NOBODY, title="A Plant Opens", **asked):
    return plan_article(read_newsroom(site), Asked(title, **asked), person)


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({}, "content/articles/a-plant-opens.md"),
        ({"section": "industry"}, "content/articles/industry/2026/01/a-plant-opens.md"),
        ({"section": "heavy industry", "date": "2025-03-09"}, "content/articles/industry/2025/03/a-plant-opens.md"),
        ({"section": "From Readers"}, "content/articles/letters/a-plant-opens.md"),
        ({"slug": "plant"}, "content/articles/plant.md"),
        ({"title": "Завод у Львові"}, "content/articles/zavod-u-lvovi.md"),
    ],
)
def test_an_article_goes_where_the_newest_of_its_section_lies(site, asked, path):
    assert plan(site, **asked).path == path


def test_a_section_opens_where_the_settings_name_none(tmp_path):
    write_site(tmp_path, {"site.yaml": SETTINGS})
    assert plan(tmp_path, section="Air Defense").path == "content/articles/air-defense/a-plant-opens.md"


@pytest.mark.parametrize(
    ("person", "asked", "byline"),
    [
        (Person("iryna  VYHADKO"), {}, "iryna-vyhadko"),
        (Person("somebody", "IV@x.example"), {}, "iryna-vyhadko"),
        (Person("Tom Tester"), {}, "Tom Tester"),
        (Person("Stranger", "s@x.example"), {}, ""),
        (Person("Stranger"), {"author": "Iryna Vyhadko"}, "iryna-vyhadko"),
        (Person("Stranger"), {"author": "A. Guest"}, "A. Guest"),
    ],
)
def test_the_author_is_who_is_asked_for_else_who_works_here_if_the_site_knows_them(site, person, asked, byline):
    found = plan(site, person, **asked)
    assert found.byline == byline
    assert ("authors: []" in found.text) == (not byline)


def test_the_first_author_of_a_site_needs_no_page(tmp_path):
    write_site(tmp_path, {"site.yaml": SETTINGS})
    assert plan(tmp_path, Person("Ada Sampleson")).byline == "Ada Sampleson"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"title": " \n "}, "needs a headline"),
        ({"title": "A\x1b[2J"}, "needs a headline"),
        ({"title": "№"}, None),
        ({"title": "!!!"}, "no address can be made of this headline; give one with --slug"),
        ({"slug": "Ä"}, "a slug cannot be 'Ä'"),
        ({"title": "Steel"}, "the slug 'steel' is that of content/articles/industry/2025/03/steel/index.md"),
        ({"section": "industri"}, "there is no section 'industri'; did you mean industry?"),
        ({"date": "tomorrow"}, "'tomorrow' cannot be the date of an article"),
    ],
)
def test_what_cannot_be_is_told_with_the_way_out(site, asked, said):
    if said is None:
        assert plan(site, **asked).slug
        return
    with pytest.raises(WrongUseError) as error:
        plan(site, **asked)
    assert said in str(error.value)


def test_the_spaces_of_a_headline_stay(site):
    assert 'title: "«\u00a0Verre\u00a0» ou rien"\n' in plan(site, title="«\u00a0Verre\u00a0» ou\n rien").text


def test_a_file_that_is_there_is_left_alone(site):
    write_site(site, {"content/articles/a-plant-opens.md": "not an article\n"})
    with pytest.raises(WrongUseError, match=r"there is a file .* already; choose another name"):
        plan(site)


def test_an_hour_that_comes_twice_is_written_with_its_offset(site):
    assert "date: 2025-10-26 03:30\n" in plan(site, date="2025-10-26T00:30:00Z").text
    assert "date: 2025-10-26 03:30:00+02:00\n" in plan(site, date="2025-10-26T01:30:00Z").text


@settings(max_examples=25, deadline=None)
@given(title=st.text(min_size=1, max_size=80), name=st.text(max_size=30))
@example(title="A Plant Opens", name="Iryna \x1b")
def test_whatever_the_headline_the_file_says_it_and_is_held_back(tmp_path_factory, title, name):
    site = write_site(tmp_path_factory.mktemp("site"), {"site.yaml": SETTINGS})
    try:
        found = plan(site, title=title, author=name, slug="x")
    except WrongUseError:
        return
    write_site(site, {found.path: found.text})
    newsroom = read_newsroom(site)
    (made,) = newsroom.graph.articles.values()
    assert made.matter.title == " ".join(title.split())
    assert made.matter.status is Status.DRAFT
    assert made.matter.date == datetime(2026, 1, 1, 12, tzinfo=UTC)
    assert all(author.isprintable() and author.strip() == author for author in made.matter.authors)


def test_the_command_writes_the_file_and_says_where_it_is(site, gazepress):
    env = {"GIT_AUTHOR_NAME": "Iryna Vyhadko", "EDITOR": "false"}
    made = gazepress("new", "A Plant Opens", "--section", "industry", "--now", NOW, env=env, cwd=site)
    assert (made.returncode, made.stdout) == (0, "content/articles/industry/2026/01/a-plant-opens.md\n")
    assert made.stderr == "a draft; when it is ready: gazepress publish a-plant-opens\n"
    assert (site / made.stdout.strip()).read_text("utf-8") == (
        '---\ntitle: "A Plant Opens"\ndate: 2026-01-01 14:00\nslug: a-plant-opens\nauthors: [iryna-vyhadko]\n'
        'tags: []\nsummary: ""\nsources: []\nstatus: draft\n---\n\n'
    )
    assert gazepress("build", "--now", NOW).returncode == 0
    assert gazepress("new", "A Plant Opens", "--now", NOW).returncode == 2


def test_git_is_asked_who_works_here(site, gazepress):
    subprocess.run(["git", "init", "-q", "."], cwd=site, check=True)
    subprocess.run(["git", "config", "user.email", "iv@x.example"], cwd=site, check=True)
    made = gazepress("new", "A Plant Opens", "--now", NOW)
    assert "authors: [iryna-vyhadko]" in (site / made.stdout.strip()).read_text("utf-8")


def test_what_the_disk_does_not_take_and_a_folder_that_is_no_site_are_told_in_words(site, gazepress):
    (site / "content/articles/industry/2026").symlink_to("nowhere/at/all")
    made = gazepress("new", "X", "--section", "industry", "--now", NOW)
    assert made.returncode == 1
    assert "content/articles/industry/2026/01/x.md" in made.stderr
    outside = gazepress("new", "X", "--now", NOW, cwd=site / "content")
    assert outside.returncode == 2
    assert "there is no site.yaml" in outside.stderr


def test_on_a_terminal_the_file_is_opened_in_the_editor(site):
    write_site(site, {"editor": '#!/bin/sh\nprintf "Written in the editor.\\n" >> "$2"\n'})
    (site / "editor").chmod(0o755)
    screen, terminal = pty.openpty()
    env = {**os.environ, "EDITOR": f"'{site}/editor' --wait"}
    env.pop("VISUAL", None)
    command = [sys.executable, "-m", "gazepress", "new", "A Plant Opens", "--now", NOW]
    done = subprocess.run(command, cwd=site, stdin=terminal, stdout=terminal, stderr=terminal, env=env, check=False)
    os.close(terminal)
    os.close(screen)
    assert done.returncode == 0
    assert (site / "content/articles/a-plant-opens.md").read_text("utf-8").endswith("---\n\nWritten in the editor.\n")
