"""The articles that fit what is asked for, and how a list is told."""

import csv
import json
from io import StringIO

import pytest
from rich.cells import cell_len

from gazepress.build import WrongUseError
from gazepress.desk.listing import Asked, format_list, list_articles
from gazepress.matter import Kind
from support import NOW, SETTINGS, article, read_newsroom, write_site

SITE = {
    "site.yaml": SETTINGS
    + "timezone: Europe/Kyiv\nsections: [{slug: industry, name: Industry}, {slug: air-defense, name: Air Defense}]\n",
    "content/authors/iryna-vyhadko.md": "---\nname: Iryna Vyhadko\n---\n",
    "content/articles/industry/steel.md": article(
        "Steel, “Cheap” Again", date="2025-03-01 08:00", tags="[steel, Black Sea]", authors="[iryna-vyhadko, Tom]"
    ),
    "content/articles/industry/hulls.md": article("Hulls", date="2025-03-09 23:30", tags="[steel]", kind="analysis"),
    "content/articles/air-defense/radar.md": article("Radar", date="2025-03-10", authors="[Tom]", slug="radar-2"),
    "content/articles/air-defense/next.md": article("Next", date="2025-04-01", embargo="2026-05-01 09:00 +03:00"),
    "content/articles/idea.md": article("Idea", date="2025-05-01", status="draft"),
}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory):
    return read_newsroom(write_site(tmp_path_factory.mktemp("site"), SITE))


def slugs(newsroom, **asked):
    return [row.slug for row in list_articles(newsroom, Asked(**asked))]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["idea", "next", "radar-2", "hulls", "steel"]),
        ({"sections": ("industry",)}, ["hulls", "steel"]),
        ({"sections": ("AIR DEFENSE",)}, ["next", "radar-2"]),
        ({"tags": ("black sea",)}, ["steel"]),
        ({"tags": ("black-sea", "steel")}, ["hulls", "steel"]),
        ({"tags": ("steel",), "authors": ("Tom",)}, ["steel"]),
        ({"authors": ("Iryna  Vyhadko",)}, ["steel"]),
        ({"kinds": (Kind.ANALYSIS,)}, ["hulls"]),
        ({"held": True}, ["idea", "next"]),
        ({"held": False}, ["radar-2", "hulls", "steel"]),
        ({"since": "2025-03-09", "until": "2025-03-09"}, ["hulls"]),
        ({"since": "2025-03-09T21:30:00+00:00", "until": "2025-03-10 00:00"}, ["hulls"]),
        ({"until": "2025-02-28"}, []),
    ],
)
def test_articles_fit_by_one_of_each_that_is_asked_for_newest_first(newsroom, asked, expected):
    assert slugs(newsroom, **asked) == expected


def test_what_the_site_does_not_have_is_wrong_use_with_what_was_meant(newsroom):
    with pytest.raises(WrongUseError, match=r"there is no tag .steal.; did you mean steel\?"):
        slugs(newsroom, tags=("steal",))
    with pytest.raises(WrongUseError, match=r"there is no section 'sport'$"):
        slugs(newsroom, sections=("sport",))
    with pytest.raises(WrongUseError, match="cannot be a time"):
        slugs(newsroom, since="yesterday")


def test_a_table_fits_the_terminal_by_cutting_headlines_and_shows_no_empty_column(newsroom):
    lines = format_list(list_articles(newsroom, Asked(held=False)), "table", width=56).splitlines()
    assert lines[0].split() == ["date", "section", "article", "title"]
    assert lines[-1] == "2025-03-01  industry     steel    Steel, “Cheap” Again"
    assert max(map(cell_len, format_list(list_articles(newsroom, Asked()), "table", width=60).splitlines())) <= 60
    assert "Again" in format_list(list_articles(newsroom, Asked()), "table")


def test_programs_get_everything_and_pipes_get_paths(newsroom):
    rows = list_articles(newsroom, Asked())
    found = json.loads(format_list(rows, "json"))["articles"]
    assert found[1] | {"until": "2026-05-01T09:00:00+03:00", "held": "embargo"} == found[1]
    assert found[-1]["url"] == "https://gaze.example/2025/03/steel/"
    assert found[-1]["authors"] == ["Iryna Vyhadko", "Tom"]
    sheet = list(csv.DictReader(StringIO(format_list(rows, "csv"), newline="")))
    assert sheet[-1]["title"] == "Steel, “Cheap” Again"
    assert sheet[-1]["tags"] == "steel; Black Sea"
    assert (sheet[0]["held"], sheet[0]["until"]) == ("draft", "")
    assert format_list(rows, "paths").splitlines()[-1] == "content/articles/industry/steel.md"


def test_a_headline_is_no_formula_in_a_spreadsheet(tmp_path):
    site = write_site(tmp_path, {"site.yaml": SETTINGS, "content/articles/a.md": article("=SUM(A1)", "Text.")})
    table = format_list(list_articles(read_newsroom(site), Asked()), "csv")
    assert next(csv.DictReader(StringIO(table)))["title"] == "'=SUM(A1)"


def test_the_command_lists_and_says_when_nothing_fits(tmp_path, gazepress):
    write_site(tmp_path, SITE)
    options = ("--section", "industry", "--kind", "analysis", "--format", "paths", "--now", NOW)
    assert gazepress("list", *options).stdout == "content/articles/industry/hulls.md\n"
    nothing = gazepress("list", "--until", "2001-01-01", "--now", NOW)
    assert (nothing.returncode, nothing.stdout, nothing.stderr) == (0, "", "no article fits\n")
    wrong = gazepress("list", "--author", "Nobody", "--now", NOW)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "there is no author 'Nobody'" in wrong.stderr
