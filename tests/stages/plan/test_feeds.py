"""What feed readers get: ids that stay, full addresses, pictures, and texts that stand on their own."""

import time
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from gazepress.documents import Hole, ReadMore, RefKind, Role
from gazepress.feed_formats import FeedFormat
from gazepress.feed_views import Category, Enclosure
from gazepress.located import Located
from gazepress.matter import Kind, PictureMatter
from gazepress.model import ToArticle, ToFile, ToHere, ToSitePath
from gazepress.renditions import PictureFacts
from gazepress.settings import FeedContent, FeedSetting, FeedSettings, NarrowFeedSetting, SectionSetting
from gazepress.stages.compose.body import feed_body
from gazepress.views import Link

PAGE = "https://x.example/news/2025/10/shells/"


def first_item(outputs, url="/feed.xml"):
    return outputs[url].view.items[0]


@pytest.mark.parametrize(
    ("matter", "identity", "is_permalink"),
    [
        ({}, PAGE, True),
        ({"aliases": ("/2024/oldest/", "/2024/later/")}, "https://x.example/news/2024/oldest/", True),
        ({"aliases": ("/2024/oldest",)}, "https://x.example/news/2024/oldest/", True),
        ({"id": "gaze-17", "aliases": ("/2024/oldest/",)}, "gaze-17", False),
    ],
)
def test_an_items_identity_is_its_id_else_its_oldest_address(publication, matter, identity, is_permalink):
    site = publication(url="https://x.example/news/")
    site.article("shells", **matter)
    item = first_item(site.plan())
    assert (item.id, item.is_permalink, item.url) == (identity, is_permalink, PAGE)


def test_a_renamed_article_with_its_old_address_as_alias_keeps_its_identity(publication):
    before, after = publication(), publication()
    before.article("shells")
    after.article("more-shells", aliases=("/2025/10/shells/",))
    assert first_item(before.plan()).id == first_item(after.plan()).id


def test_feeds_hold_the_newest_articles_of_the_site_and_of_each_section(publication):
    sections = (SectionSetting("sea", "At sea"), SectionSetting("land", "On land"))
    site = publication(
        url="https://x.example/news/",
        feeds=FeedSettings(site=FeedSetting(items=2), sections=FeedSetting(items=2)),
        sections=sections,
    )
    for at in range(3):
        site.article(f"a{at}", section="land")
    plan = site.plan()
    whole, land, sea = (plan[url].view for url in ("/feed.xml", "/sections/land/feed.xml", "/sections/sea/feed.xml"))
    assert [item.title for item in whole.items] == [item.title for item in land.items] == ["A2", "A1"]
    assert (land.title, land.url) == ("The Gaze: On land", "https://x.example/news/sections/land/")
    assert land.feed_url == "https://x.example/news/sections/land/feed.xml"
    assert (whole.url, whole.feed_url) == ("https://x.example/news/", "https://x.example/news/feed.xml")
    assert (sea.items, sea.updated) == ((), datetime(1970, 1, 1, tzinfo=UTC))


def test_a_feed_is_as_new_as_the_latest_change_of_its_items(publication):
    site = publication()
    changed = datetime(2026, 3, 1, tzinfo=UTC)
    site.article("fuses", updated=changed)
    site.article("shells")
    feed = site.plan()["/feed.xml"].view
    assert feed.updated == changed
    assert [item.updated == item.published for item in feed.items] == [True, False]


def test_an_item_names_authors_section_and_tags(publication):
    site = publication()
    site.author("anna", name="Anna Prykladna")
    site.article("shells", section="land", tags=("ammo", "steel"), authors=("anna",))
    item = first_item(site.plan())
    assert item.authors == (Link("Anna Prykladna", "https://x.example/authors/anna/"),)
    assert item.categories == (
        Category("https://x.example/sections/", "land", "Land"),
        Category("https://x.example/tags/", "ammo", "Ammo"),
        Category("https://x.example/tags/", "steel", "Steel"),
    )
    assert item.summary == "A summary."


def test_a_summary_feed_carries_no_text(publication):
    site = publication(feeds=FeedSettings(site=FeedSetting(content=FeedContent.SUMMARY)))
    site.article("shells", "<p>Long.</p>")
    assert first_item(site.plan()).content == ""


def test_the_text_of_an_item_leads_to_full_addresses(publication, link):
    site = publication(url="https://x.example/news/")
    other = site.article("fuses")
    site.file("static/a.svg")
    targets = [ToArticle(other, "why"), ToHere("below"), ToSitePath("/a.svg")]
    parts = [*link(0), *link(1), '<img src="', Hole(2, Role.ADDRESS), '" alt="">']
    site.article("shells", *parts, links=[(RefKind.LINK, "x", target) for target in targets])
    assert first_item(site.plan()).content == (
        '<a href="https://x.example/news/2025/10/fuses/#why">words</a>'
        f'<a href="{PAGE}#below">words</a>'
        '<img src="https://x.example/news/a.svg" alt="">'
    )


def test_a_read_more_block_becomes_links(publication):
    site = publication(url="https://x.example/news/")
    files = [site.article("fuses", title="Fuses & <more>"), site.article("steel")]
    links = [(RefKind.READ_MORE, "x", ToArticle(file)) for file in files]
    site.article("shells", "<p>a</p>", ReadMore("Read <more>", (0, 1)), links=links)
    assert first_item(site.plan()).content == (
        "<p>a</p>"
        '<p>Read &lt;more&gt;: <a href="https://x.example/news/2025/10/fuses/">Fuses &amp; &lt;more&gt;</a></p>\n'
        '<p>Read &lt;more&gt;: <a href="https://x.example/news/2025/10/steel/">Steel</a></p>\n'
    )


@pytest.mark.parametrize(
    ("html", "full"),
    [
        ('<a href="/about/">', '<a href="https://x.example/about/">'),
        ('<a href="../fuses/?a=1&amp;b=2">', '<a href="https://x.example/news/2025/10/fuses/?a=1&amp;b=2">'),
        ('<a href="#fn1">', f'<a href="{PAGE}#fn1">'),
        ('<a href="//y.example/">', '<a href="https://y.example/">'),
        ('<a href="https://y.example/a b">', '<a href="https://y.example/a b">'),
        ('<a href="https://y.example/?a&copy=1">', '<a href="https://y.example/?a&copy=1">'),
        ('<a href="mailto:desk@x.example">', '<a href="mailto:desk@x.example">'),
        ('<a href="//[y">', '<a href="//[y">'),
        ('<video controls poster="/a.jpg">', '<video controls poster="https://x.example/a.jpg">'),
        ('<q cite="/a/">', '<q cite="https://x.example/a/">'),
        (
            '<img srcset="/a.jpg 1x, b,c.jpg 2x,data:image/png;base64,AA== 3x">',
            f'<img srcset="https://x.example/a.jpg 1x, {PAGE}b,c.jpg 2x, data:image/png;base64,AA== 3x">',
        ),
        ('<a title="see href=" href="/a/">', '<a title="see href=" href="https://x.example/a/">'),
        ('<a title="> href=" href="/a/">', '<a title="> href=" href="https://x.example/a/">'),
        ('<img alt="x src=" title=" onload=x " src="/a">', '<img alt="x src=" title=" onload=x " src="https://x.example/a">'),
        ('<code>&lt;a href="/x"&gt; href="/x"</code>', '<code>&lt;a href="/x"&gt; href="/x"</code>'),
        ('2 &lt; 3 href="/x" > 1', '2 &lt; 3 href="/x" > 1'),
        ('<span data-href="/x">', "<span>"),
        ('<p class="a" id="b" lang="uk">', '<p lang="uk">'),
        ('<th scope="col" class="align-right" colspan="2">', '<th scope="col" colspan="2">'),
        ('<table tabindex="0">', "<table>"),
    ],
)  # fmt: skip
def test_addresses_in_tags_are_made_full_and_only_what_means_something_elsewhere_stays(html, full):
    assert feed_body((html,), PAGE) == full


def test_a_tag_of_any_length_is_read_once():
    tag = "<img " + "a" * 50_000 + ' src="/a">'
    start = time.process_time()
    assert feed_body((tag,), PAGE).endswith(' src="https://x.example/a">')
    assert time.process_time() - start < 2


class _Attributes(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))


ATTRIBUTE = st.tuples(
    st.sampled_from(["href", "src", "alt", "title", "class", "poster"]),
    st.text(
        st.sampled_from("ab/#?=:' <>&;,[]") | st.characters(codec="utf-8", exclude_characters='"\x00\r'), max_size=12
    ),
)


@hypothesis_settings(max_examples=300, deadline=None)
@given(st.lists(ATTRIBUTE, max_size=4, unique_by=lambda attribute: attribute[0]))
def test_making_addresses_full_touches_no_other_attribute_and_drops_only_classes(attributes):
    escaped = [(name, value.replace("&", "&amp;")) for name, value in attributes]
    tag = "<img" + "".join(f' {name}="{value}"' for name, value in escaped) + ">"
    before, after = _Attributes(), _Attributes()
    before.feed(tag)
    after.feed(feed_body((tag,), PAGE))
    ((_, old),), ((_, new),) = before.found, after.found
    kept = [(name, value) for name, value in old if name != "class"]
    assert [name for name, _ in new] == [name for name, _ in kept]
    for (name, was), (_, now) in zip(kept, new, strict=True):
        assert name in ("href", "src", "poster") or now == was


@pytest.mark.parametrize(
    ("src", "file", "enclosure"),
    [
        ("map.svg", "content/articles/map.svg", ("media/articles/map.svg", "image/svg+xml")),
        ("/a b.JPG", "static/a b.JPG", ("a%20b.JPG", "image/jpeg")),
        ("/a.webp", "static/a.webp", ("a.webp", "image/webp")),
    ],
)  # fmt: skip
def test_the_lead_picture_is_an_enclosure_with_its_length_and_type(publication, src, file, enclosure):
    site = publication(url="https://x.example/news/")
    kind = file.rpartition(".")[2].lower()
    site.file(file, 1000, PictureFacts(kind, 640, 360, "123", size=77))  # less than the file: it is cleaned
    target = ToSitePath(src) if src.startswith("/") else ToFile(file)
    links = [(RefKind.PICTURE, src, target)]
    site.article("shells", links=links, image=PictureMatter(Located(src, 4, 8), "A map"))
    address, media_type = enclosure
    assert first_item(site.plan()).enclosure == Enclosure(f"https://x.example/news/{address}", 77, media_type)


def test_a_picture_of_another_site_is_no_enclosure(publication):
    site = publication()
    site.article("shells", image=PictureMatter(Located("https://cdn.example/a.jpg", 4, 8), "A map"))
    assert first_item(site.plan()).enclosure is None


def test_two_articles_with_one_id_are_an_error_that_names_both(publication):
    site = publication()
    site.article("first", id="tag:x.example,2025:1")
    site.article("second", id="tag:x.example,2025:1")
    site.article("third")
    (found,) = site.problems()
    assert found.code == "id-taken"
    assert "content/articles/first.md" in found.message
    assert "content/articles/second.md" in found.message


# ------------------------------------------------------------------------------------ what the settings leave out


def titles(outputs, url="/feed.xml"):
    return [item.title for item in outputs[url].view.items]


def test_a_feed_leaves_out_the_kinds_that_it_is_to_leave_out(publication):
    site = publication(feeds=FeedSettings(site=FeedSetting(items=2, without=("opinion", "live"))))
    for name, kind in (("a", "report"), ("b", "opinion"), ("c", "analysis"), ("d", "live"), ("e", "report")):
        site.article(name, kind=Kind(kind), section="land")
    plan = site.plan()
    assert titles(plan) == ["E", "C"]
    assert titles(plan, "/sections/land/feed.xml") == ["E", "D", "C", "B", "A"]


def test_a_feed_of_one_language_holds_no_other_and_says_so(publication):
    site = publication(feeds=FeedSettings(site=FeedSetting(language="uk"), sections=FeedSetting()))
    site.article("a", section="land")
    site.article("b", section="land", lang="uk")
    plan = site.plan()
    assert titles(plan) == ["B"]
    assert plan["/feed.xml"].view.language == "uk"
    assert [item.language for item in plan["/feed.xml"].view.items] == [""]
    assert [item.language for item in plan["/sections/land/feed.xml"].view.items] == ["uk", ""]


def test_where_no_kind_of_feed_has_a_format_nothing_speaks_of_feeds(publication):
    none, narrow = FeedSetting(formats=()), NarrowFeedSetting(formats=())
    site = publication(feeds=FeedSettings(none, none, narrow, narrow, narrow))
    site.article("a", section="land", tags=("steel",))
    plan = site.plan()
    assert not [url for url in plan if "feed" in url or "atom" in url]
    assert (plan["/"].view.site.feed, plan["/"].view.site.subscribe, plan["/"].view.head.feeds) == ("", "", ())
    assert plan["/2025/10/a/"].view.head.feeds == ()


@pytest.mark.parametrize(("articles", "archives"), [(0, 0), (2, 0), (3, 1), (4, 1), (5, 2)])
def test_archives_are_full_and_with_the_feed_hold_all_articles(publication, articles, archives):
    site = publication(feeds=FeedSettings(site=FeedSetting(formats=(FeedFormat.ATOM,), items=2, archive=True)))
    for number in range(articles):
        site.article(f"a{number}")
    plan = site.plan()
    found = [titles(plan, url) for url in plan if url.startswith("/atom/")]
    assert found == [[f"A{2 * at + 1}", f"A{2 * at}"] for at in range(archives)]
    held = {*titles(plan, "/atom.xml"), *(title for archive in found for title in archive)}
    assert held == {f"A{number}" for number in range(articles)}
