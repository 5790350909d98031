"""The rules find what is wrong: each is broken once. And no text that an editor may write breaks one."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feeds.rules import broken_rules
from gazepress.feed_formats import FeedFormat
from gazepress.feed_views import Category, Enclosure, FeedItem, FeedPicture, FeedView
from gazepress.stages.render.feed import render_feed
from gazepress.stages.render.json_feed import render_json_feed
from gazepress.views import Link

KYIV = ZoneInfo("Europe/Kyiv")
NAMES = {FeedFormat.RSS: "feed.xml", FeedFormat.ATOM: "atom.xml", FeedFormat.JSON: "feed.json"}


def render(view):
    return render_json_feed(view) if view.format is FeedFormat.JSON else render_feed(view)


def feed(form, **words):
    """Return a feed of two articles with everything in it; ``words`` stand wherever there is text."""
    said = {"title": "Mills", "summary": "They open.", "content": "<p>They open.</p>", "label": "Steel"} | words
    item = FeedItem(
        id=said.get("id", "https://gaze.example/2025/a/"),
        is_permalink="id" not in said,
        url="https://gaze.example/2025/a/",
        title=said["title"],
        summary=said["summary"],
        content=said["content"],
        published=datetime(2025, 10, 9, 8, 5, tzinfo=KYIV),
        updated=datetime(2025, 10, 10, 8, 5, tzinfo=KYIV),
        authors=(Link(said["label"], "https://gaze.example/authors/a/"),),
        categories=(Category("https://gaze.example/tags/", "a", said["label"]),),
        language="uk",
        picture=FeedPicture("https://gaze.example/a.jpg", said["title"], said["label"], "image/jpeg", 16, 9),
        enclosure=Enclosure("https://gaze.example/a.jpg", 17, "image/jpeg"),
    )
    other = FeedItem("b", False, "https://gaze.example/b/", "B", "", "", item.published, item.published)  # noqa: FBT003 - is no address
    return FeedView(
        format=form,
        title=said["title"],
        description=said["summary"],
        language="en",
        publisher=said["label"],
        url="https://gaze.example/",
        feed_url=f"https://gaze.example/{NAMES[form]}",
        updated=item.updated,
        items=(item, other),
        hub="https://hub.example/",
        current="https://gaze.example/current",
        older="https://gaze.example/1",
        newer="https://gaze.example/3",
    )


BROKEN = {
    FeedFormat.RSS: [
        (b'version="2.0"', b'version="0.92"', "rss: version 2.0, and one channel"),
        (b"<docs>", b"<doc/><docs>", "channel: RSS has no ['doc']"),
        (b"<language>en</language>", b"<language>English!</language>", "channel: a language"),
        (b'rel="self"', b'rel="via"', "channel: one atom:link to itself, with its type"),
        (b"</item>\n  </channel>", b"</item>\n<docs>https://a.example</docs></channel>", "channel: nothing after"),
        (b"<title>B</title>", b"", "item: one title"),
        (b'<guid isPermaLink="false">b</guid>', b"<guid>https://gaze.example/2025/a/</guid>", "item: no guid twice"),
        (b"2025-10-10T", b"10 October T", "atom:updated: RFC 3339"),
        (b"Thu, 09 Oct 2025", b"Thu, 09 Oct 25", "date: RFC 822"),
        (b'length="17"', b'length="big"', "enclosure: url, length and type"),
        (b'domain="https://gaze.example/tags/"', b"", "category: a domain"),
        (b"<dc:creator>", b"<author>x</author><dc:creator>", "item: author is an e-mail address"),
        (b"<description>They open.</description>\n      <c", b"<c", "item: a description before content:encoded"),
        (b"&lt;p&gt;", b"&lt;p class='a'&gt;", "html: no attribute class"),
        (b"&lt;p&gt;", b"&lt;script&gt;&lt;/script&gt;&lt;p&gt;", "html: no <script>"),
        (b"&lt;p&gt;", b"&lt;a href='/a/'&gt;", "html: a full address: /a/"),
        (b"<title>Mills</title>", b"<title>Mills &amp; Co</title>", "plain text: markup characters"),
        (b"<title>B</title>", b"<title>B</title><category/>", "nothing empty: category"),
        (b"<link>https://gaze.example/b/</link>", b"<link>/b/</link>", "link: a full address: /b/"),
        (b'medium="image"', b"", "media:content: medium"),
    ],
    FeedFormat.ATOM: [
        (b'xmlns="http://www.w3.org/2005/Atom"', b"", "feed: in the namespace of Atom"),
        (b"<updated>", b"<modified/><updated>", "feed: Atom has no ['modified']"),
        (b'xml:lang="en"', b"", "feed: a language"),
        (b'rel="self"', b'rel="via"', "feed: a link to itself, with its type"),
        (b"<id>urn:uuid:", b"<id>", "id: an IRI"),
        (b'rel="enclosure" type="image/jpeg"', b'rel="alternate" type="text/html"', "link: no two alternates"),
        (b' length="17"', b"", "enclosure: length and type"),
        (b"2025-10-10T08:05:00+03:00", b"2025-10-10", "updated: RFC 3339"),
        (b"2025-10-10T", b"2025-10-01T", "updated: not before published"),
        (b"<name>Steel</name>", b"<name> </name>", "author: a name"),
        (b'<content type="html">', b"<content>", "content: escaped, and called html"),
        (b'scheme="https://gaze.example/tags/"', b"", "category: a term and a scheme"),
        (b"<fh:archive/>", b"", "archive: fh:archive and a link to the current feed"),
        (b"<title>B</title>", b"", "entry: one title"),
        (b"</feed>", b"<subtitle>late</subtitle></feed>", "feed: entries last"),
    ],
    FeedFormat.JSON: [
        (b"version/1.1", b"version/1", "version: that of JSON Feed 1.1"),
        (b'"hubs"', b'"hub"', "feed: JSON Feed has no ['hub']"),
        (b'"language": "en"', b'"language": "!"', "feed: a language"),
        (b'"id": "b"', b'"id": 17', "item: an id, and none twice"),
        (b'"id": "b"', b'"id": "https://gaze.example/2025/a/"', "item: an id, and none twice"),
        (b'"content_text"', b'"_text"', "item: content_html or content_text"),
        (b'"url": "https://gaze.example/b/"', b'"url": "/b/"', "url: a full address"),
        (b'"date_published": "2025-10-09T08:05:00+03:00"', b'"date_published": "9.10."', "date_published: RFC 3339"),
        (b'"size_in_bytes": 17', b'"size_in_bytes": "17"', "attachment: its size is a number"),
        (b'"image/jpeg"', b'"jpeg"', "attachment: url and mime_type"),
        (b'"WebSub",', b'"WebSub", "x": 1,', "hubs: type and url"),
        (b"<p>They", b"<p id='a'>They", "html: no attribute id"),
        (b"version/1.1", b"version/1", "schema: $.version: "),
        (b'"hubs"', b'"hub"', "schema: $: 'hub' does not match"),
        (b'"content_text"', b'"_text"', "schema: $.items[1]: "),
        (b'"url": "https://gaze.example/b/"', b'"url": "/b /"', "schema: $.items[1].url: "),
        (b'"date_published": "2025-10-09T08:05:00+03:00"', b'"date_published": "9.10."', "schema: $.items[0].date_"),
        (b'"size_in_bytes": 17', b'"size_in_bytes": "17"', "schema: $.items[0].attachments[0].size_in_bytes: "),
    ],
}


@pytest.mark.parametrize("form", list(FeedFormat))
def test_a_feed_with_everything_in_it_breaks_no_rule(form):
    assert not list(broken_rules(NAMES[form], render(feed(form))))


@pytest.mark.parametrize(
    ("form", "good", "bad", "rule"), [(form, *case) for form, cases in BROKEN.items() for case in cases]
)
def test_what_breaks_a_rule_is_found(form, good, bad, rule):
    data = render(feed(form))
    assert good in data, data.decode()
    found = list(broken_rules(NAMES[form], data.replace(good, bad)))
    assert any(one.startswith(rule) for one in found), found


ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=20)
CONTENTS = st.sampled_from(["", "<p>They open.</p>", "<p>&lt;script&gt; ]]&gt;</p>"])


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(list(FeedFormat)), ANY, ANY, ANY, CONTENTS, ANY.filter(str.strip))
@example(FeedFormat.RSS, "", "", "0\r", "", "0")  # a carriage return, which XML writes as a reference
def test_no_title_summary_name_or_id_breaks_a_rule(form, title, summary, label, content, identity):
    view = feed(form, title=title, summary=summary, label=label, content=content, id="x" + identity)
    assert not list(broken_rules(NAMES[form], render(view)))
