"""Renaming, removing, correcting and publishing: whatever leads to an article follows it, and nothing else changes."""

import os

import click
import pytest

from desk.changing import (
    FILES,
    NOW,
    change,
    edges,
    leave_half_done,
    make_site,
    names_in_feeds,
    pages,
    published,
    sources,
    target_of,
)
from support import article, write_site

GLASS = "content/articles/industry/2025/glass-makers.md"
LAW = "content/articles/policy/law.md"
DRAFT = "content/articles/policy/draft.md"


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site")


def lines_of(site, path):
    return (site / path).read_bytes().decode().splitlines(keepends=True)


def changed_lines(site, path):
    """Return the lines of a file that were not there before."""
    before = FILES[path].splitlines(keepends=True)
    return [line for line in lines_of(site, path) if line not in before]


def test_a_moved_article_is_found_from_everywhere_and_keeps_its_address_in_feeds(site):
    before, links, feeds = published(site), edges(site), names_in_feeds(published(site))
    new = "content/articles/policy/glassware.md"
    assert change(site, "mv", "glass-makers", new) == 0
    after = published(site)
    renamed = {GLASS: new}
    assert edges(site) == {
        renamed.get(path, path): [
            renamed.get(target, target) if isinstance(target, str) else target for target in targets
        ]
        for path, targets in links.items()
        if path != LAW
    } | {LAW: edges(site)[LAW]}
    assert edges(site)[LAW].count(new) == links[LAW].count(GLASS) == 12
    assert names_in_feeds(after) == feeds
    assert pages(before) <= pages(after)
    assert target_of(after, "/2025/10/glass-makers/") == "https://gaze.example/news/2025/10/glassware/"


SKLO = "content/articles/policy/sklo.md"


@pytest.mark.parametrize(
    ("written", "moved", "retitled"),
    [
        ("glass-makers # the original", "glassware # the original", "glass-makers # the original"),
        ('"Glass makers: who sells what"', '"Glass makers: who sells what"', '"Glass: a survey"'),
        ("../industry/2025/glass-makers.md", "glassware.md", "../industry/2025/glass-makers.md"),
    ],
    ids=["slug", "title", "path"],
)
def test_a_translation_names_its_original_whatever_that_is_called(site, written, moved, retitled):
    write_site(site, {SKLO: article("Скло", lang="uk", translates=written)})
    assert change(site, "retitle", "glass-makers", "Glass: a survey") == 0
    assert f"translates: {retitled}\n" in (site / SKLO).read_text("utf-8")
    write_site(site, {SKLO: article("Скло", lang="uk", translates=written)})
    assert change(site, "retitle", "glass-makers", "Glass makers: who sells what") == 0
    assert change(site, "mv", "glass-makers", "content/articles/policy/glassware.md") == 0
    assert f"translates: {moved}\n" in (site / SKLO).read_text("utf-8")
    assert edges(site)[SKLO] == ["content/articles/policy/glassware.md"]


@pytest.mark.parametrize(("instead", "left"), [("law", ["content/articles/policy/law.md"]), ("sklo", [])])
def test_a_removed_original_leaves_its_translation_with_what_takes_its_place_or_alone(site, instead, left):
    write_site(site, {SKLO: article("Скло", lang="uk", translates="glass-makers")})
    assert change(site, "rm", "glass-makers", "--redirect", instead) == 0
    assert (f"translates: {instead}\n" in (site / SKLO).read_text("utf-8")) == bool(left)
    assert edges(site)[SKLO] == left


def test_a_moved_article_changes_in_nothing_but_its_paths_and_its_alias(site):
    new = "content/articles/policy/glassware.md"
    assert change(site, "mv", GLASS, new) == 0
    assert [line for line in lines_of(site, new) if line not in FILES[GLASS]] == [
        "  src: ../industry/2025/map.svg\r\n",
        "aliases: [/2025/10/glass-makers/]\r\n",
        'Text. See [about](../../pages/about.md) and ![map](../industry/2025/map.svg "A map").\r\n',
    ]
    assert lines_of(site, new)[0] == "\ufeff---\r\n"
    assert changed_lines(site, LAW) == [
        "  - glassware\n",
        "As The Gaze reported earlier, [glass is sold](glassware.md#numbers). See\n",
        "[[Glass makers: who sells what]], [[glassware|this]], [a path](/2025/10/glassware/?x=1#numbers),\n",
        "- [[policy/glassware.md]]\n",
        "- [glass](glassware)\n",
        '[one]: glassware.md "title"\n',
    ]
    assert changed_lines(site, "content/_front.yaml") == [
        "lead: glassware # today\n",
        "    articles: [law, policy/glassware]\n",
    ]
    assert changed_lines(site, "site.yaml") == ['    url: "/2025/10/glassware/#numbers"\n']


def test_a_slug_renames_the_file_or_the_slug_that_is_given(site):
    assert change(site, "mv", "law", "bill") == 0
    assert (site / "content/articles/policy/bill.md").exists()
    write_site(site, {"content/articles/policy/named.md": article("Named", slug="given")})
    assert change(site, "mv", "given", "other") == 0
    assert "slug: other\n" in lines_of(site, "content/articles/policy/named.md")
    assert {"/2025/11/law/", "/2025/11/bill/", "/2025/10/given/", "/2025/10/other/"} <= pages(published(site))


def test_there_and_back_again_leaves_one_alias(site):
    feeds = names_in_feeds(published(site))
    assert change(site, "mv", "law", "bill") == 0
    assert change(site, "mv", "bill", "law") == 0
    assert changed_lines(site, LAW) == ["aliases: [/2025/11/law/, /2025/11/bill/]\n"]
    assert names_in_feeds(published(site)) == feeds


def test_a_standing_page_moves_too(site):
    before = published(site)
    assert change(site, "mv", "content/pages/about.md", "us") == 0
    after = published(site)
    assert pages(before) <= pages(after)
    assert target_of(after, "/about/") == "https://gaze.example/news/us/"


def test_a_tag_is_spelled_anew_in_all_articles_and_is_there_once(site):
    assert change(site, "mv", "tag:armour-glass", "Steel") == 0
    assert "tags: [steel]\r\n" in lines_of(site, GLASS)
    assert change(site, "mv", "tag:steel", "Steel and iron") == 0
    assert "tags: [Steel and iron]\r\n" in lines_of(site, GLASS)
    assert "[words][one], [one], and [tag](/tags/steel-and-iron/).\n" in lines_of(site, LAW)
    assert changed_lines(site, "site.yaml") == [
        "  - {title: Steel, url: /tags/steel-and-iron/}   # the menu\n",
        "redirects:\n",
        "  moved:\n",
        "    /tags/armour-glass/: /tags/steel/\n",
        "    /tags/steel/: /tags/steel-and-iron/\n",
    ]
    for old in ("/tags/armour-glass/", "/tags/steel/"):
        assert target_of(published(site), old) == "https://gaze.example/news/tags/steel-and-iron/"


def test_a_section_takes_the_texts_of_its_folder_along_and_no_picture(site):
    links = edges(site)
    new = GLASS.replace("industry", "business")
    assert change(site, "mv", "section:industry", "business") == 0
    assert edges(site).keys() == links.keys() - {GLASS} | {new}
    assert "  src: ../../industry/2025/map.svg\r\n" in lines_of(site, new)
    assert "  - slug: business\n" in lines_of(site, "site.yaml")
    assert change(site, "mv", "section:policy", "Law & order") == 0
    assert "section: Law & order\n" in lines_of(site, "content/articles/law-order/law.md")
    assert changed_lines(site, "site.yaml")[-2:] == [
        "    /sections/industry/: /sections/business/\n",
        "    /sections/policy/: /sections/law-order/\n",
    ]
    after = published(site)
    assert b"Law &amp; order" in after["sections/law-order/index.html"]
    assert target_of(after, "/sections/industry/") == "https://gaze.example/news/sections/business/"


def test_an_author_gets_another_slug_or_another_name(site):
    assert change(site, "mv", "author:iryna", "ivy") == 0
    assert "authors: [ivy, Tom Placeholder]\r\n" in lines_of(site, GLASS)
    assert change(site, "mv", "author:tom placeholder", "Thomas P.") == 0
    assert change(site, "mv", "author:ivy", "Ivy Vyhadko") == 0
    assert "authors: [ivy, Thomas P.]\r\n" in lines_of(site, GLASS)
    assert "name: Ivy Vyhadko\n" in lines_of(site, "content/authors/ivy.md")
    assert changed_lines(site, "site.yaml")[2:] == [
        "    /authors/iryna/: /authors/ivy/\n",
        "    /authors/tom-placeholder/: /authors/thomas-p/\n",
    ]
    after = published(site)
    assert b"Ivy Vyhadko" in after["authors/ivy/index.html"]
    assert target_of(after, "/authors/tom-placeholder/") == "https://gaze.example/news/authors/thomas-p/"


def test_retracted_articles_are_renamed_along_for_their_feeds_to_tell_where_readers_are_now(site):
    wrong, note = "content/articles/policy/wrong.md", "[{date: 2025-11-02, kind: retraction, text: No.}]"
    matter = {"tags": "[steel]", "authors": "[Tom Placeholder]", "section": "Industry", "corrections": note}
    write_site(site, {wrong: article("Wrong", **matter)})
    for old, new in (("tag:steel", "Iron"), ("section:industry", "business"), ("author:tom placeholder", "Thomas P.")):
        assert change(site, "mv", old, new) == 0
    assert {"tags: [Iron]\n", "authors: [Thomas P.]\n", "section: business\n"} <= set(lines_of(site, wrong))


def test_a_new_headline_is_named_wherever_the_old_one_was(site):
    links = edges(site)
    assert change(site, "retitle", "glass-makers", "Glass [makers] & *stars*: #2") == 0
    assert edges(site) == links
    assert 'title: "Glass [makers] & *stars*: #2"   # short\r\n' in lines_of(site, GLASS)
    assert changed_lines(site, LAW) == [
        '  - "Glass [makers] & *stars*: #2"\n',
        "[[Glass [makers] & *stars*: #2]], [[glass-makers|this]], [a path](/2025/10/glass-makers/?x=1#numbers),\n",
        r"Read more on The Gaze: Glass \[makers\] & \*stars\*: #2" + "\n",
        r"- Glass \[makers\] & \*stars\*: #2" + "\n",
    ]
    published(site)


def test_the_spaces_that_an_editor_types_stay(site):
    links = edges(site)
    assert change(site, "retitle", "glass-makers", "«\u00a0Verre\u00a0» ou\n rien") == 0
    assert edges(site) == links
    assert 'title: "«\u00a0Verre\u00a0» ou rien"   # short\r\n' in lines_of(site, GLASS)
    assert "Read more on The Gaze: «\u00a0Verre\u00a0» ou rien\n" in changed_lines(site, LAW)
    assert change(site, "correct", "law", "--text", "12\u00a0000, not\n13\u202f000") == 0
    assert "    text: 12\u00a0000, not 13\u202f000\n" in changed_lines(site, LAW)
    assert change(site, "rm", "glass-makers", "--retract", "Faux\u00a0!") == 0
    assert "gone: Faux\u00a0!\r\n" in lines_of(site, GLASS)
    published(site)


def test_a_headline_that_another_article_has_is_named_so_that_one_is_meant(site):
    write_site(site, {"content/articles/policy/other.md": article("Other", "See [[The law]].")})
    links = edges(site)
    assert change(site, "retitle", "glass-makers", "The law") == 0
    assert edges(site) == links
    assert "See [[law]].\n" in lines_of(site, "content/articles/policy/other.md")


def test_an_article_that_takes_the_place_of_another_has_its_addresses_and_links_and_stays_itself(site):
    before = published(site)
    assert change(site, "mv", "glass-makers", "glassware") == 0
    names = {name for name in names_in_feeds(before) if "law" in name}
    write_site(
        site,
        {
            GLASS.replace("glass-makers", "third"): article(
                "Third", tags="[steel, armour glass]", authors="Tom Placeholder"
            )
        },
    )
    assert change(site, "rm", "glassware", "--redirect", "law") == 0
    after = published(site)
    for old in ("/2025/10/glass-makers/", "/2025/10/glassware/"):
        assert target_of(after, old) == "https://gaze.example/news/2025/11/law/"
    assert names <= names_in_feeds(after)
    assert edges(site)["content/authors/iryna.md"] == [LAW]
    text = (site / LAW).read_text()
    assert "this, [a path](/2025/11/law/?x=1),\nwords, one, and" in text
    assert "glass is sold. See\nGlass makers: who sells what, this" in text
    assert "Read more" not in text
    assert "related" not in text


def test_where_no_address_was_recorded_an_article_that_gets_an_alias_is_given_its_name_in_feeds(site):
    feeds = names_in_feeds(published(site))
    (site / "urls.lock").unlink()
    assert change(site, "rm", "glass-makers", "--redirect", "law") == 0
    assert "id: https://gaze.example/news/2025/11/law/\n" in lines_of(site, LAW)
    assert names_in_feeds(published(site)) < feeds


def test_a_published_article_does_not_go_without_a_word(site, gazepress):
    done = gazepress("rm", "law", "--site", str(site), "--now", NOW)
    assert (done.returncode, sources(site)) == (2, {path: text.encode() for path, text in FILES.items()})
    assert "--retract TEXT, or --redirect ARTICLE" in done.stderr
    assert change(site, "rm", "law", "--retract", "The law was never passed.") == 0
    assert changed_lines(site, LAW) == ["status: gone\n", "gone: The law was never passed.\n"]
    page = published(site)["2025/11/law/index.html"]
    assert b"The law was never passed." in page
    assert b"glass is sold" not in page


def test_a_draft_goes_and_links_to_it_become_words(site):
    write_site(site, {"content/articles/policy/more.md": article("More", "See [[A draft|this]].", status="draft")})
    assert change(site, "rm", "A draft") == 0
    assert not (site / DRAFT).exists()
    assert "See this.\n" in lines_of(site, "content/articles/policy/more.md")
    published(site)


def test_where_only_drafts_are_left_in_a_list_its_readers_are_sent_on_until_one_of_them_is_published(site):
    sole = "content/articles/new/sole.md"
    write_site(site, {sole: article("Sole", date="2025-09-01", tags="[radar]", authors="Olena")})
    waiting = article("Waiting", date="2025-09-02", tags="[radar]", authors="Olena", section="new", status="draft")
    write_site(site, {"content/articles/waiting.md": waiting})
    lists = ("/archive/2025/09/", "/tags/radar/", "/sections/new/", "/authors/olena/")
    published(site)
    assert change(site, "rm", "sole", "--redirect", "law") == 0
    after = published(site)
    assert [target_of(after, one).removeprefix("https://gaze.example/news") for one in lists] == [
        "/archive/",
        "/tags/",
        "/sections/",
        "/authors/",
    ]
    write_site(site, {"content/articles/waiting.md": waiting.replace("status: draft", "status: ready")})
    assert all(b"Waiting" in published(site)[f"{one[1:]}index.html"] for one in lists)


def test_a_correction_is_put_on_record_and_feeds_are_told(site):
    assert change(site, "correct", "law", "--text", "It said: five.", "--date", "2025-12-01 09:00") == 0
    assert change(site, "correct", "law", "--text", "Two", "--kind", "update") == 0
    assert changed_lines(site, LAW) == [
        "updated: 2026-01-01 10:00+00:00\n",
        "corrections:\n",
        "  - date: 2025-12-01 09:00+00:00\n",
        "    kind: correction\n",
        "    text: 'It said: five.'\n",
        "  - date: 2026-01-01 10:00+00:00\n",
        "    kind: update\n",
        "    text: Two\n",
    ]
    assert b"It said: five." in published(site)["2025/11/law/index.html"]


def test_a_draft_is_published_at_an_hour_with_its_offset(site):
    (site / "site.yaml").write_text(FILES["site.yaml"] + "timezone: Europe/Kyiv\n")
    assert change(site, "publish", "A draft", "--at", "2026-03-29 09:00") == 0
    assert changed_lines(site, DRAFT) == [
        "date: 2026-03-29 09:00\n",
        "embargo: 2026-03-29 09:00+03:00\n",
        "status: ready\n",
    ]
    assert change(site, "publish", "A draft") == 0
    assert changed_lines(site, DRAFT) == ["date: 2026-01-01 12:00\n", "status: ready\n"]
    assert "/2026/01/draft/" in pages(published(site))
    assert change(site, "publish", "A draft") == 1


def test_a_draft_that_would_break_the_site_is_not_published(site, capsys):
    write_site(site, {DRAFT: FILES[DRAFT].replace("glass-makers", "nobody")})
    assert change(site, "publish", "A draft") == 1
    assert "nobody" in capsys.readouterr().err
    assert "status: draft\n" in lines_of(site, DRAFT)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["mv", "glass-makers", "content/articles/policy/law.md"], "there is a file of this name already"),
        (["mv", "glass-makers", "law.txt"], "a slug cannot be"),
        (["mv", "glass-makers", "content/pages/x.md"], "no place for this text"),
        (["mv", "glass-makers", "_x.md"], "no place for this text"),
        (["mv", "tag:stel", "iron"], "did you mean steel?"),
        (["retitle", "glass-makers", " "], "a headline needs words"),
        (["rm", "law", "--redirect", "law"], "cannot lead to itself"),
        (["correct", "A draft", "--text", "x"], "is not published"),
        (["publish", "A draft", "--at", "2025-01-01"], "is past"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(site, capsys, arguments, said):
    assert change(site, *arguments) == 1
    assert said in capsys.readouterr().err
    assert sources(site) == {path: text.encode() for path, text in FILES.items()}


def test_two_articles_of_one_address_are_refused(site, capsys):
    write_site(site, {"content/articles/policy/2025/bill.md": article("Other", date="2025-11-02")})
    assert change(site, "mv", "law", "bill") == 1
    assert "/2025/11/bill/" in capsys.readouterr().err


def test_nothing_is_changed_without_a_yes_or_in_a_folder_that_is_no_site(site, gazepress, tmp_path):
    shown = gazepress("mv", "law", "bill", "--site", str(site), "--now", NOW, stdin=0)
    assert shown.returncode == 2
    assert "rename from content/articles/policy/law.md\n" in shown.stdout
    assert "--yes" in shown.stderr
    assert sources(site) == {path: text.encode() for path, text in FILES.items()}
    for words in ("mv a b", "publish a", "rm a", "retitle a b", "correct a --text b"):
        with pytest.raises(click.UsageError, match=r"there is no site\.yaml"):
            change(tmp_path, *words.split())


def test_what_a_killed_command_has_left_is_ended_by_the_next(site):
    leave_half_done(site, "law", "bill")
    assert (site / LAW).exists()
    assert "/2025/11/bill/" in pages(published(site))
    assert not (site / LAW).exists()


def test_a_text_that_cannot_be_read_stops_what_needs_all_of_them_but_no_correction(site, capsys):
    write_site(site, {"content/articles/policy/broken.md": "---\ntitle: [\n---\n"})
    assert change(site, "mv", "law", "bill") == 1
    assert "broken.md" in capsys.readouterr().err
    assert change(site, "correct", "law", "--text", "Five.") == 0


def test_a_folder_that_cannot_be_written_is_named(site, capsys, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, _mode, **_: not str(path).endswith("/policy"))
    assert change(site, "mv", "law", "bill") == 1
    assert "files in this folder cannot be changed" in capsys.readouterr().err
