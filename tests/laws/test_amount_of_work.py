"""A build does as much as has changed, and no more."""

import io
import json
import os
import shutil
import sys
from contextlib import redirect_stderr, redirect_stdout

import pytest

from gazepress import theme
from gazepress.cli import main
from laws.newsroom import tree, with_key
from support import NOW, article, write_site

SETTINGS = """
title: The Gaze
url: https://gaze.example/
per_page: 3
feeds: {site: {formats: [rss], items: 3}, sections: {formats: [rss], items: 3}}
related: {count: 2}
pictures: {share: off}
"""


def files():
    """Return twelve articles, a month apart, in two sections by turns; a07 refers to a05, and a09 follows a05."""
    texts = {7: "What 7 says.\n\nRead more: Report 5"}
    matter = {9: {"follows": "[a05]"}, 5: {"aliases": "[/old/5/]"}}
    articles = {
        f"content/articles/{'steel' if number % 2 else 'glass'}/a{number:02}.md": article(
            f"Report {number}",
            texts.get(number, f"What {number} says."),
            date=f"2024-{number:02}-01",
            **matter.get(number, {}),
        )
        for number in range(1, 13)
    }
    return {
        **articles,
        "site.yaml": SETTINGS,
        "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
        "static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    }


A05 = "content/articles/steel/a05.md"
A07 = "content/articles/steel/a07.md"
A12 = "content/articles/glass/a12.md"
SHOW_A05 = {
    "2024/05/a05/index.html",  # itself
    "2024/03/a03/index.html",  # the next in its section
    "2024/07/a07/index.html",  # the one before in its section, and its read-more line
    "2024/09/a09/index.html",  # follows it
    "page/2/index.html",  # 12 to 10, and from the oldest: 1 to 3, 4 to 6, 7 to 9
    "sections/steel/page/1/index.html",  # 11, 9, 7, then 1, 3, 5
    "archive/2024/page/2/index.html",
    "archive/2024/05/index.html",
    "storylines/index.html",  # by its first report
    "storylines/a05/index.html",
    "storylines/a05/feed.xml",
    "feeds/index.html",  # names the storyline
    "feeds.opml",
    "old/5/index.html",  # its alias
    "index.html",  # among the newest of its section
    "sections/steel/feed.xml",  # the full text of 7, with its read-more line
}


class Site:
    def __init__(self, folder):
        self.folder = folder

    def build(self, *arguments):
        """Build, and return the counts of it."""
        said = io.StringIO()
        before, sys.argv = sys.argv, ["gazepress", "build", "--site", str(self.folder), "--now", NOW, "--jobs", "1"]
        sys.argv += ["--format", "json", *arguments]
        try:
            with redirect_stdout(said), redirect_stderr(io.StringIO()) as wrong, pytest.raises(SystemExit) as ended:
                main()
        finally:
            sys.argv = before
        assert ended.value.code == 0, said.getvalue() + wrong.getvalue()
        self.document = json.loads(said.getvalue())
        return self.document["counts"]

    def after(self, **edits):
        """Build after files were written, each given by its path; return the counts, and the paths that differ now."""
        before = self.tree()
        write_site(self.folder, edits)
        counts = self.build()
        after = self.tree()
        differing = {path for path in after if after[path] != before.get(path) and after[path] is not None}
        assert counts["written"] == len(differing)
        return counts, differing

    def tree(self):
        return tree(self.folder / "public")

    def read(self, path):
        return (self.folder / path).read_text("utf-8")


@pytest.fixture
def site(tmp_path):
    site = Site(write_site(tmp_path / "site", files()))
    counts = site.build()
    assert (counts["parsed"], counts["articles"], counts["written"]) == (13, 12, counts["outputs"])
    return site


def work(counts):
    return counts["parsed"], counts["rendered"], counts["written"], counts["removed"]


def test_nothing_changed_is_no_work(site):
    counts = site.build()
    assert work(counts) == (0, 0, 0, 0)
    assert counts["reused"] == 13


def test_the_body_of_an_old_article_is_one_page(site):
    counts, differing = site.after(**{A05: f"{site.read(A05)}\nMore.\n"})
    assert differing == {"2024/05/a05/index.html"}
    assert work(counts) == (1, 1, 1, 0)
    assert counts["reused"] == 12


def test_a_body_whose_lines_move_is_no_news_to_other_texts(site):
    text = site.read(A07)
    counts, differing = site.after(**{A07: text.replace("Read more", "Another line.\n\nRead more")})
    assert differing == {"2024/07/a07/index.html", "sections/steel/feed.xml"}
    assert work(counts) == (1, 2, 2, 0)
    assert "graph" not in {stage["stage"] for stage in site.document["stages"]}


def test_a_message_names_the_line_to_which_a_reference_has_moved(site):
    """Though all that other texts may know of the text is as it was."""

    def lines():
        return [one["line"] for one in site.document["diagnostics"] if one["code"] == "reference-unknown"]

    text = site.read(A07).replace("Read more", "[[Nowhere]]\n\nRead more")
    site.after(**{A07: text, "site.yaml": f"{SETTINGS}references: warning\n"})
    (before,) = lines()
    site.after(**{A07: text.replace("[[Nowhere]]", "A line.\n\nAnother.\n\n[[Nowhere]]")})
    assert lines() == [before + 4]
    site.after(**{A05: f"{site.read(A05)}\nMore.\n"})
    assert lines() == [before + 4]


def test_the_body_of_a_new_article_is_its_page_and_its_feeds(site):
    counts, differing = site.after(**{A12: f"{site.read(A12)}\nMore.\n"})
    assert differing == {"2024/12/a12/index.html", "feed.xml", "sections/glass/feed.xml"}
    assert work(counts) == (1, 3, 3, 0)


def test_a_title_is_every_page_that_shows_it_and_no_other(site):
    edits = {A05: with_key(site.read(A05), "title", "Five"), A07: site.read(A07).replace("Report 5", "Five")}
    counts, differing = site.after(**edits)
    assert differing == SHOW_A05
    assert work(counts) == (2, len(differing), len(differing), 0)


def test_a_translation_is_the_pages_in_all_its_languages_and_their_sitemaps(site):
    a02, a05 = "content/articles/glass/a02.md", A05
    site.after(**{a02: with_key(site.read(a02), "lang", "uk"), a05: with_key(site.read(a05), "lang", "de")})
    counts, differing = site.after(**{a02: with_key(site.read(a02), "translates", "a04")})
    assert differing == {"2024/02/a02/index.html", "2024/04/a04/index.html", "sitemaps/2024/glass.xml"}
    assert work(counts) == (1, 3, 3, 0)
    counts, differing = site.after(**{a05: with_key(site.read(a05), "translates", "a04")})
    pages = {f"2024/{number:02}/a{number:02}/index.html" for number in (2, 4, 5)}
    assert differing == {*pages, "sitemaps/2024/glass.xml", "sitemaps/2024/steel.xml"}
    assert work(counts) == (1, 5, 5, 0)


def test_a_new_article_is_what_lists_it(site):
    counts, differing = site.after(
        **{"content/articles/glass/a13.md": article("Report 13", "What 13 says.", date="2024-12-24")}
    )
    assert counts["parsed"] == 1
    assert counts["rendered"] == len(differing)
    assert {path for path in differing if path.startswith("2024/")} == {
        "2024/12/a13/index.html",
        "2024/12/a12/index.html",  # has a newer neighbour
    }
    assert {"index.html", "feed.xml", "sections/glass/feed.xml", "404.html", "sitemaps/2024/glass.xml"} <= differing
    assert "sections/steel/feed.xml" not in differing
    assert "about/index.html" not in differing


def test_a_new_article_is_the_two_newest_pages_of_each_list_with_it(tmp_path):
    def report(number):
        shared = {"tags": "[steel]", "authors": "[Anna Kovalenko]", "date": f"2024-05-{number:02}"}
        return {f"content/articles/steel/a{number:02}.md": article(f"Report {number}", **shared)}

    reports = {path: text for number in range(1, 15) for path, text in report(number).items()}
    site = Site(write_site(tmp_path / "site", {"site.yaml": SETTINGS, **reports}))
    site.build()
    counts, differing = site.after(**report(15))
    lists = ("", "sections/steel/", "tags/steel/", "authors/anna-kovalenko/", "archive/2024/", "archive/2024/05/")
    assert (
        differing
        == {
            *(f"{path}{page}index.html" for path in lists for page in ("", "page/4/")),  # 14 were 3, and 3, 3, 3, 2
            *(f"{path}/index.html" for path in ("sections", "tags", "authors", "archive")),  # count them
            *(f"{path}feed.xml" for path in lists[:4]),
            *("sitemaps/2024/steel.xml", "404.html"),
            *("2024/05/a15/index.html", "2024/05/a14/index.html"),  # itself, and the one before it
        }
    )
    assert work(counts) == (1, len(differing), len(differing), 0)


def test_a_new_article_is_of_archived_feeds_the_newest_and_now_and_then_one_more_archive(tmp_path):
    def report(number):
        return {f"content/articles/a{number:02}.md": article(f"Report {number}", date=f"2024-05-{number:02}")}

    feeds = "{site: {formats: [atom], items: 3, archive: on}}"
    reports = {path: text for number in range(1, 12) for path, text in report(number).items()}
    settings = f"title: The Gaze\nurl: https://gaze.example/\npictures: {{share: off}}\nfeeds: {feeds}\n"
    site = Site(write_site(tmp_path / "site", {"site.yaml": settings, **reports}))
    site.build()
    changed = [{path for path in site.after(**report(number))[1] if path.startswith("atom")} for number in (12, 13, 14)]
    assert changed == [
        {"atom.xml"},
        {"atom.xml", "atom/3.xml", "atom/4.xml"},
        {"atom.xml"},
    ]  # 3 tells now that 4 comes after it


def test_an_article_taken_away_is_what_listed_it(site):
    (site.folder / "content/articles/glass/a02.md").unlink()
    counts, differing = site.after()
    assert counts["parsed"] == 0
    assert counts["removed"] == 2  # its page and its month
    assert counts["rendered"] == len(differing)
    assert "2024/04/a04/index.html" in differing
    assert not any(path.startswith("2024/1") for path in differing)


def test_a_partial_of_all_pages_is_all_pages_and_no_feed(site):
    counts, differing = site.after(**{"templates/partials/footer-note.html": "<p>Founded in 1911.</p>"})
    assert counts["parsed"] == 0
    assert counts["rendered"] == len(differing) == counts["pages"]
    assert all(path.endswith(".html") for path in differing)


def test_a_partial_of_lists_is_all_lists_and_no_article(site):
    pager = (theme.TEMPLATES / "partials/pager.html").read_text("utf-8")
    counts, differing = site.after(**{"templates/partials/pager.html": f"{pager}<!-- pager -->"})
    with_lists = sum(drawn["pages"] for drawn in site.document["templates"] if drawn["template"] in LISTS)
    assert counts["parsed"] == 0
    assert counts["rendered"] == with_lists
    assert counts["pages"] > with_lists >= len(differing) > 10
    assert not any(path.startswith("2024/") for path in differing)


LISTS = ("home.html", "section.html", "tag.html", "archive.html", "latest.html", "author.html")


def test_a_template_that_no_page_uses_is_no_work(site):
    counts, _ = site.after(**{"templates/unused.html": "Nothing."})
    assert work(counts) == (0, 0, 0, 0)


def test_a_static_file_is_that_file(site):
    counts, differing = site.after(**{"static/logo.svg": "<svg xmlns='http://www.w3.org/2000/svg'><g/></svg>"})
    assert differing == {"logo.svg"}
    assert work(counts) == (0, 0, 1, 0)


def test_the_number_of_entries_in_feeds_is_the_feeds(site):
    counts, differing = site.after(**{"site.yaml": SETTINGS.replace("items: 3", "items: 2")})
    assert differing == {"feed.xml", "sections/glass/feed.xml", "sections/steel/feed.xml"}
    assert work(counts) == (0, 3, 3, 0)


def test_touched_files_are_no_work(site):
    for file in site.folder.rglob("*"):
        if not any(part.startswith(".gazepress") for part in file.parts):
            os.utime(file, (1, 1))
    assert work(site.build()) == (0, 0, 0, 0)
    assert not {"output-mended", "cache-rebuilt"} & {one["code"] for one in site.document["diagnostics"]}


def test_an_edit_taken_back_is_only_written_again(site):
    text = site.read(A05)
    site.after(**{A05: f"{text}\nMore.\n"})
    counts, differing = site.after(**{A05: text})
    assert differing == {"2024/05/a05/index.html"}
    assert counts["written"] == 1


def test_a_copy_of_the_whole_site_elsewhere_is_no_work(site, tmp_path):
    """As ``cp -r`` does it, so that all times are new ones."""
    copy = Site(tmp_path / "another place" / "site")
    shutil.copytree(site.folder, copy.folder, copy_function=shutil.copyfile)
    counts = copy.build()
    assert work(counts) == (0, 0, 0, 0)
    assert copy.tree() == site.tree()
    assert not {"output-mended", "cache-rebuilt"} & {one["code"] for one in copy.document["diagnostics"]}


def test_without_the_cache_all_is_done_and_nothing_kept(site, tmp_path):
    bare = Site(write_site(tmp_path / "bare", files()))
    for built in (bare, bare, site):
        counts = built.build("--no-cache")
        assert counts["parsed"] == 13
        assert counts["reused"] == 0
        assert counts["rendered"] > 30
    assert not (bare.folder / ".gazepress").exists()


def test_without_the_cache_the_cache_is_left_as_it_was(site):
    before = {file: file.read_bytes() for file in (site.folder / ".gazepress").rglob("*") if file.is_file()}
    assert before
    write_site(site.folder, {A05: f"{site.read(A05)}\nMore.\n"})
    site.build("--no-cache")
    assert {file: file.read_bytes() for file in (site.folder / ".gazepress").rglob("*") if file.is_file()} == before


@pytest.mark.parametrize("how", ["changed", "as long as before", "removed"])
def test_what_was_done_to_the_output_by_hand_is_mended_and_said(site, how):
    expected = site.tree()
    file = site.folder / "public/2024/05/a05/index.html"
    data = file.read_bytes()
    if how == "removed":
        file.unlink()
    else:
        file.write_bytes(b"By hand." if how == "changed" else data.replace(b"What 5", b"What 6"))
        os.utime(file, (1, 1))
    counts = site.build()
    assert site.tree() == expected
    assert counts["written"] == 1
    mended = [one for one in site.document["diagnostics"] if one["code"] == "output-mended"]
    assert [one["severity"] for one in mended] == ["note"]
    assert "a05" in json.dumps(mended)
    site.build()
    assert not [one for one in site.document["diagnostics"] if one["code"] == "output-mended"]


def test_verify_finds_what_neither_size_nor_time_gives_away(site):
    expected = site.tree()
    file = site.folder / "public/2024/05/a05/index.html"
    stat = file.stat()
    file.write_bytes(file.read_bytes().replace(b"What 5", b"What 6"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    site.build("--verify")
    assert site.tree() == expected
    assert "output-mended" in {one["code"] for one in site.document["diagnostics"]}
