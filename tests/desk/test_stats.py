"""Figures of a publication: counted, charted in any width, and drawn."""

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from gazepress.desk.stats import Linked, Share, Stats, Story, count_up
from gazepress.desk.stats_svg import draw_stats
from gazepress.desk.stats_text import PLAIN, chart_stats
from support import NOW, SETTINGS, article, read_newsroom, write_site

SITE = {
    "site.yaml": SETTINGS + "timezone: Europe/Kyiv\n",
    "content/articles/industry/first.md": article("First", date="2025-01-31 23:30", authors="[Ada]"),
    "content/articles/industry/second.md": article(
        "Second", "After [[First]].", date="2025-04-01 00:30", authors="[Ada, Tom]", follows="[first]"
    ),
    "content/articles/policy/third.md": article("Third", "See [[First]].", date="2025-04-02 08:00", authors="[Tom]"),
    "content/articles/policy/idea.md": article("Idea", status="draft", authors="[Nobody]"),
}


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path, SITE)


def test_what_is_public_is_counted_in_the_months_of_the_sites_own_clock(site):
    stats = count_up(read_newsroom(site, drafts=False))
    assert stats.articles == 3
    assert stats.months == (Share("2025-01", 1), Share("2025-02", 0), Share("2025-03", 0), Share("2025-04", 2))
    assert stats.sections == (Share("Industry", 2), Share("Policy", 1))
    assert stats.authors == (Share("Ada", 2), Share("Tom", 2))
    assert stats.storylines == (Story("First", 2, "2025-01-31", "2025-04-01"),)
    assert [(one.slug, one.by) for one in stats.linked] == [("first", 2)]
    assert [one.slug for one in stats.orphans] == ["third", "second"]


def test_the_chart_shows_each_month_and_names_its_years():
    months = tuple(Share(f"{month // 12}-{month % 12 + 1:02}", month % 5) for month in range(2024 * 12, 2026 * 12))
    stats = Stats("The Gaze", 48, months, (Share("Industry", 8), Share("Policy", 1)), (), (), (), ())
    lines = chart_stats(stats, 80).splitlines()
    assert lines[0] == "The Gaze: 48 articles from 2024-01 to 2025-12"
    assert lines[2].startswith("4 │")
    assert lines[2].count("██") == 5  # of 24 months with 0, 1, 2, 3, 4 …
    assert lines[8] == "0 └" + "─" * 72
    assert (lines[9].index("2024"), lines[9].index("2025")) == (3, 3 + 12 * 3)
    assert lines[13] == "  Industry  8  " + "█" * 65
    assert lines[14].startswith("  Policy    1  " + "█" * 8 + "▏")


def test_a_terminal_too_narrow_for_all_months_gets_the_last_ones():
    months = tuple(Share(f"{2000 + at // 12}-{at % 12 + 1:02}", at) for at in range(240))
    lines = chart_stats(Stats("The Gaze", 9, months, (), (), (), (), ()), 65).splitlines()
    assert lines[0] == "The Gaze: 9 articles from 2000-01 to 2019-12, here since 2015-01"
    assert lines[8] == "  0 └" + "─" * 60
    assert lines[9] == "     2015        2016        2017        2018        2019"


FIGURES = st.builds(
    Stats,
    site=st.text(min_size=1, max_size=40),
    articles=st.integers(1, 10**6),
    months=st.lists(st.integers(0, 10**5), min_size=1, max_size=300).map(
        lambda counts: tuple(
            Share(f"{2000 + at // 12}-{at % 12 + 1:02}", count + (at == 0)) for at, count in enumerate(counts)
        )
    ),
    sections=st.lists(st.builds(Share, st.text(max_size=60), st.integers(1, 10**6)), max_size=30).map(
        lambda shares: tuple(sorted(shares, key=lambda share: -share.articles))
    ),
    authors=st.just(()),
    storylines=st.just(()),
    linked=st.just(()),
    orphans=st.lists(
        st.builds(Linked, path=st.just(""), slug=st.just("x"), title=st.text(), by=st.just(0)), max_size=12
    ).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(FIGURES, st.integers(30, 160))
def test_no_line_of_a_chart_is_wider_than_the_terminal_and_every_drawing_is_xml(stats, width):
    for text in (chart_stats(stats, width), chart_stats(stats, width, pen=PLAIN)):
        assert all(cell_len(line) <= max(width, 60) for line in text.split("\n"))
    ET.fromstring(draw_stats(stats))


@pytest.mark.usefixtures("site")
def test_the_command_charts_draws_and_counts(gazepress):
    shown = gazepress("stats", "--now", NOW)
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("The Gaze: 3 articles from 2025-01 to 2025-04\n")
    assert "\033" not in shown.stdout
    document = json.loads(gazepress("stats", "--format", "json", "--now", NOW).stdout)
    assert (document["version"], document["articles"], document["sections"][0]["name"]) == (1, 3, "Industry")
    assert ET.fromstring(gazepress("stats", "--format", "svg", "--now", NOW).stdout).tag.endswith("}svg")


@pytest.mark.usefixtures("site")
def test_a_terminal_that_has_no_blocks_gets_others(gazepress):
    shown = gazepress("stats", "--now", NOW, env={"PYTHONIOENCODING": "ascii"})
    assert "|" in shown.stdout
    assert "#" in shown.stdout
    assert "\\u" not in shown.stdout


def test_an_empty_site_has_no_figures(tmp_path, gazepress):
    write_site(tmp_path, {"site.yaml": SETTINGS})
    assert gazepress("stats", "--now", NOW).stdout == "nothing is published yet\n"
    assert ET.fromstring(gazepress("stats", "--format", "svg", "--now", NOW).stdout) is not None
