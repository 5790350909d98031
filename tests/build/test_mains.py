"""What of a page is not drawn anew although a template around it has changed."""

import re

import pytest

from gazepress.build import BuildOptions, build, mains
from support import NOW, SETTINGS, article, read_tree, write_site

COUNT = 12
NOTE = "templates/partials/footer-note.html"
TEXTS = {
    "site.yaml": SETTINGS,
    NOTE: "<p>Note 1</p>",
    **{f"content/articles/a{n}.md": article(f"Report {n}", f"Слова {n}.\n\nMore words.") for n in range(COUNT)},
}


@pytest.fixture
def site(tmp_path):
    return write_site(tmp_path / "site", TEXTS)


@pytest.fixture
def made(site, monkeypatch):
    """Return what builds the site with changes to its files, and returns the pages whose blocks were taken over."""
    taken = []

    def read_part(output, path, *place):
        part = read(output, path, *place)
        if part is not None:
            taken.append(path)
        return part

    read = mains.read_part
    monkeypatch.setattr(mains, "_WORTH_KNOWING", COUNT)
    monkeypatch.setattr(mains, "read_part", read_part)

    def run(files, **options):
        taken.clear()
        write_site(site, files)
        result = build(BuildOptions(site=site, now=NOW, jobs=1, **options))
        assert result.published is not None, result.diagnostics
        return sorted(taken)

    return run


def pages_of_articles(taken):
    return [path for path in taken if re.match(r"2025/10/a\d", path)]


def assert_as_a_clean_build(site, tmp_path):
    build(BuildOptions(site=site, now=NOW, jobs=1, cache=False, output=tmp_path / "clean"))
    assert read_tree(site / "public") == read_tree(tmp_path / "clean")


def test_a_note_in_the_foot_leaves_the_main_block_of_every_page(site, made, tmp_path):
    assert made({}) == []
    for number in (2, 3):
        taken = made({NOTE: f"<p>Note {number}</p>"})
        assert len(pages_of_articles(taken)) == COUNT
        assert {"index.html", "404.html"} <= set(taken)
        assert b"<p>Note %d</p>" % number in (site / "public/2025/10/a1/index.html").read_bytes()
    assert_as_a_clean_build(site, tmp_path)


def test_a_template_that_the_block_uses_makes_it_anew(site, made, tmp_path):
    made({})
    taken = made({"templates/partials/byline.html": "<p>By somebody</p>"})
    assert pages_of_articles(taken) == []
    assert "index.html" not in taken  # which was not drawn at all
    taken = made({"templates/base.html": '{% extends "theme/base.html" %}{% block head %}<!-- x -->{% endblock %}'})
    assert taken == []
    assert_as_a_clean_build(site, tmp_path)


def test_an_article_that_was_edited_at_the_same_time_is_drawn_whole(site, made, tmp_path):
    made({})
    edited = {"content/articles/a3.md": article("Report 3", "Other words."), NOTE: "<p>Note 2</p>"}
    assert set(pages_of_articles(made({}))) == set()
    taken = pages_of_articles(made(edited))
    assert len(taken) == COUNT - 1
    assert "2025/10/a3/index.html" not in taken
    assert_as_a_clean_build(site, tmp_path)


def test_an_article_edited_since_is_drawn_whole_until_it_is_known_again(site, made, tmp_path):
    made({})
    made({"content/articles/a3.md": article("Report 3", "Other words.")})
    assert len(pages_of_articles(made({NOTE: "<p>Note 2</p>"}))) == COUNT - 1
    assert len(pages_of_articles(made({NOTE: "<p>Note 3</p>"}))) == COUNT
    assert_as_a_clean_build(site, tmp_path)


def test_a_page_changed_by_hand_gives_nothing(site, made, tmp_path):
    made({})
    page = site / "public/2025/10/a3/index.html"
    page.write_bytes(page.read_bytes().replace(b"More words", b"Less words"))
    taken = pages_of_articles(made({NOTE: "<p>Note 2</p>"}))
    assert len(taken) == COUNT - 1
    assert_as_a_clean_build(site, tmp_path)


def test_a_page_changed_while_the_site_is_built_gives_nothing(site, made, tmp_path, monkeypatch):
    made({})
    page, read = "2025/10/a3/index.html", mains.read_part

    def changed_just_now(output, path, *place):
        if path == page:
            (output / path).write_bytes((output / path).read_bytes().replace(b"More words", b"Less words"))
        return read(output, path, *place)

    monkeypatch.setattr(mains, "read_part", changed_just_now)
    assert page not in made({NOTE: "<p>Note 2</p>"})
    assert_as_a_clean_build(site, tmp_path)


def test_a_record_that_is_damaged_costs_only_time(site, made, tmp_path):
    made({})
    (record,) = (site / ".gazepress").glob("mains-*")
    record.write_bytes(record.read_bytes()[:-9])
    assert made({NOTE: "<p>Note 2</p>"}) == []
    assert len(pages_of_articles(made({NOTE: "<p>Note 3</p>"}))) == COUNT
    assert_as_a_clean_build(site, tmp_path)


def test_a_block_that_has_moved_in_a_page_since_is_not_looked_for_where_it_was(site, made, tmp_path):
    own = '{% extends "theme/home.html" %}{% block head %}{% include "extra.html" %}{% endblock %}'
    made({"templates/home.html": own, "templates/extra.html": "<!-- x -->"})
    assert made({"templates/extra.html": "<!-- longer -->"}) == []  # a page alone is not worth it
    taken = made({NOTE: "<p>Note 2</p>"})
    assert len(pages_of_articles(taken)) == COUNT
    assert "index.html" not in taken
    assert_as_a_clean_build(site, tmp_path)
