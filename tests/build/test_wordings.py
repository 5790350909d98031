"""What is remembered of the words of published articles: whether they have changed and nobody was told."""

import pytest

from gazepress.build import BuildOptions, build, read_site
from support import NOW, SETTINGS, article, write_site

ONE = "content/articles/one.md"
TEXT = "A plant makes five hulls a year, as its [owner](https://owner.example/) said."
LATER = '"2025-10-28 09:00"'


def write(folder, text, **matter):
    write_site(folder, {"site.yaml": SETTINGS, ONE: article("One", text, summary="Short.", **matter)})


def run(folder, **options):
    return build(BuildOptions(site=folder, now=options.pop("now", NOW), jobs=1, **options))


def silent(folder):
    return read_site(BuildOptions(site=folder, now=NOW, jobs=1, drafts=True)).value.changed_silently


@pytest.fixture
def published(tmp_path):
    write(tmp_path, TEXT)
    run(tmp_path)
    return tmp_path


def test_what_has_not_been_published_may_change(tmp_path):
    write(tmp_path, TEXT)
    assert silent(tmp_path) == set()
    write(tmp_path, TEXT.replace("five", "six"))
    assert silent(tmp_path) == set()


def test_published_words_that_change_are_known_before_and_after_the_next_build(published):
    assert silent(published) == set()
    write(published, TEXT.replace("five", "six"))
    assert silent(published) == {ONE}
    run(published)
    assert silent(published) == {ONE}
    write(published, TEXT)
    assert silent(published) == set()


@pytest.mark.parametrize("text", [TEXT.replace("five", "*five*"), TEXT.replace("owner.e", "new-owner.e")])
def test_markup_and_addresses_are_no_words(published, text):
    write(published, text)
    assert silent(published) == set()


@pytest.mark.parametrize("told", [{"updated": LATER}, {"corrections": f"[{{date: {LATER}, text: Six.}}]"}])
def test_a_change_that_readers_are_told_is_not_silent_and_the_next_one_is(published, told):
    write(published, TEXT.replace("five", "six"), **told)
    assert silent(published) == set()
    run(published)
    write(published, TEXT.replace("five", "seven"), **told)
    assert silent(published) == {ONE}


@pytest.mark.parametrize("elsewhere", [{"drafts": True}, {"output": "elsewhere"}])
def test_what_only_editors_see_is_not_published(tmp_path, elsewhere):
    write(tmp_path, TEXT)
    run(tmp_path, **{key: tmp_path / one if key == "output" else one for key, one in elsewhere.items()})
    write(tmp_path, TEXT.replace("five", "six"))
    run(tmp_path)
    assert silent(tmp_path) == set()


def test_an_embargoed_article_may_change_until_it_is_published(tmp_path):
    write(tmp_path, TEXT, embargo='"2026-01-02T09:00+02:00"')
    run(tmp_path)
    write(tmp_path, TEXT.replace("five", "six"), embargo='"2026-01-02T09:00+02:00"')
    run(tmp_path)
    run(tmp_path, now="2026-01-03T12:00:00+00:00")
    assert silent(tmp_path) == set()


def test_other_phrases_in_the_settings_change_no_article(published):
    write_site(published, {"site.yaml": SETTINGS + "phrases: {en: {read_more: [More]}}\n"})
    assert silent(published) == set()
