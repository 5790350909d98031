"""Feeds: what a feed reader gets, whatever the newsroom wrote."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from msgspec.structs import replace

from gazepress.feed_formats import FeedFormat
from gazepress.feed_views import Category, Enclosure, FeedItem, FeedView
from gazepress.stages.render.feed import render_feed
from gazepress.views import Link

KYIV = ZoneInfo("Europe/Kyiv")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PREFIXES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


def named(*names):
    return tuple(Link(name, f"https://gaze.example/authors/{at}/") for at, name in enumerate(names))


def filed(*labels):
    return tuple(Category("https://gaze.example/tags/", f"tag-{at}", label) for at, label in enumerate(labels))


def item(**changes):
    shells = FeedItem(
        id="https://gaze.example/2025/shells/",
        is_permalink=True,
        url="https://gaze.example/2025/10/shells/",
        title="Shell makers double their output",
        summary="Two plants now work in three shifts.",
        content='<p>Two plants <a href="https://gaze.example/2025/09/plants/">now</a> work in three shifts.</p>',
        published=datetime(2025, 10, 9, 8, 5, tzinfo=KYIV),
        updated=datetime(2025, 10, 9, 12, 0, tzinfo=KYIV),
        authors=named("Anna Przykładowa", "Тарас Прикладний"),
        categories=filed("Industry", "ammunition"),
        enclosure=Enclosure("https://gaze.example/images/line.jpg?w=9&h=9", 48211, "image/jpeg"),
    )
    return replace(shells, **changes)


def feed(*items, **changes):
    view = FeedView(
        format=FeedFormat.RSS,
        title="The Gaze",
        description="Reporting on defense industry.",
        language="en",
        publisher="The Gaze",
        url="https://gaze.example/",
        feed_url="https://gaze.example/feed.xml",
        updated=max((one.updated for one in items), default=EPOCH),
        items=items,
    )
    return replace(view, **changes)


def channel(view):
    return etree.fromstring(render_feed(view))[0]


def texts(place, name):
    return [element.text for element in place.findall(name, PREFIXES)]


def names(place):
    return [etree.QName(element).localname for element in place]


# ------------------------------------------------------------------------------------------------- the channel


def test_the_channel_names_the_site_its_page_and_itself():
    here = channel(feed(item()))
    assert texts(here, "title") == ["The Gaze"]
    assert texts(here, "link") == ["https://gaze.example/"]
    assert texts(here, "description") == ["Reporting on defense industry."]
    assert texts(here, "language") == ["en"]
    assert texts(here, "generator") == ["gazepress"]
    (self_link,) = here.findall("atom:link", PREFIXES)
    assert dict(self_link.attrib) == {
        "href": "https://gaze.example/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }


@pytest.mark.parametrize("blank", ["", "  ", "\x00"])
def test_a_channel_without_a_description_is_described_by_its_title(blank):
    assert texts(channel(feed(description=blank)), "description") == ["The Gaze"]


def test_the_channel_is_as_new_as_its_articles():
    early = item(published=datetime(2025, 1, 1, tzinfo=KYIV), updated=datetime(2025, 11, 1, 7, 0, tzinfo=KYIV))
    here = channel(feed(item(), early))
    assert texts(here, "lastBuildDate") == ["Sat, 01 Nov 2025 07:00:00 +0200"]
    assert texts(here, "pubDate") == ["Thu, 09 Oct 2025 08:05:00 +0300"]


def test_a_feed_without_articles_is_whole_and_has_no_date():
    here = channel(feed())
    assert names(here) == ["title", "link", "description", "link", "docs", "generator", "language"]


# -------------------------------------------------------------------------------------------------- the items


def test_items_come_in_the_order_given():
    here = channel(feed(*(item(title=f"Report {number}") for number in (3, 1, 2))))
    assert [one.findtext("title") for one in here.iterfind("item")] == ["Report 3", "Report 1", "Report 2"]


def test_the_elements_of_an_item_are_in_a_fixed_order_with_the_description_before_the_content():
    (one,) = channel(feed(item())).iterfind("item")
    assert names(one) == [
        *("title", "link", "description", "encoded", "guid", "category", "category"),
        *("enclosure", "creator", "creator", "pubDate", "updated"),
    ]


def test_an_item_links_to_its_article_and_not_to_its_picture():
    (one,) = channel(feed(item())).iterfind("item")
    assert texts(one, "link") == ["https://gaze.example/2025/10/shells/"]


@pytest.mark.parametrize(("is_permalink", "written"), [(True, "true"), (False, "false")])
def test_a_guid_says_whether_it_is_an_address(is_permalink, written):
    (guid,) = channel(feed(item(id="desk-4711", is_permalink=is_permalink))).iterfind("item/guid")
    assert (guid.text, dict(guid.attrib)) == ("desk-4711", {"isPermaLink": written})


def test_each_author_and_each_category_has_an_element_of_its_own():
    (one,) = channel(feed(item(authors=named("Anna Przykładowa", "", "Тарас Прикладний")))).iterfind("item")
    assert texts(one, "dc:creator") == ["Anna Przykładowa", "Тарас Прикладний"]
    assert texts(one, "category") == ["Industry", "ammunition"]
    assert one.find("author") is None  # RSS wants an e-mail address there


def test_an_enclosure_has_address_length_and_type():
    (one,) = channel(feed(item())).iterfind("item/enclosure")
    assert dict(one.attrib) == {
        "url": "https://gaze.example/images/line.jpg?w=9&h=9",
        "length": "48211",
        "type": "image/jpeg",
    }


def test_a_bare_item_has_no_empty_elements():
    bare = item(summary="", content="", authors=(), categories=filed("", "\x07"), enclosure=None)
    (one,) = channel(feed(bare)).iterfind("item")
    assert names(one) == ["title", "link", "guid", "pubDate", "updated"]


def test_a_summary_alone_is_the_description():
    (one,) = channel(feed(item(content=""))).iterfind("item")
    assert texts(one, "description") == ["Two plants now work in three shifts."]
    assert one.find("content:encoded", PREFIXES) is None


def test_content_without_a_summary_is_the_description():
    (one,) = channel(feed(item(summary=""))).iterfind("item")
    assert texts(one, "description") == [item().content]
    assert one.find("content:encoded", PREFIXES) is None


def test_an_item_whose_title_is_blank_shows_its_address():
    (one,) = channel(feed(item(title="\x00 "))).iterfind("item")
    assert texts(one, "title") == [item().url]


# ----------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(2025, 7, 1, 9, 0, tzinfo=KYIV), "Tue, 01 Jul 2025 09:00:00 +0300"),
        (datetime(2025, 1, 1, 9, 0, tzinfo=UTC), "Wed, 01 Jan 2025 09:00:00 +0000"),
        (datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=-3, minutes=-30))), "Wed, 01 Jan 2025 00:00:00 -0330"),
        (datetime(2, 3, 4, tzinfo=UTC), "Mon, 04 Mar 0002 00:00:00 +0000"),
        (datetime(1900, 1, 1, 12, 0, tzinfo=KYIV), "Mon, 01 Jan 1900 09:57:56 +0000"),
    ],
    ids=["summer", "utc", "half an hour", "four digits", "local mean time"],
)
def test_dates_have_four_digits_for_the_year_and_an_offset_of_hours_and_minutes(moment, written):
    (one,) = channel(feed(item(published=moment))).iterfind("item")
    assert texts(one, "pubDate") == [written]
    if moment.year >= 1000:  # Python reads earlier years as two digits
        assert parsedate_to_datetime(written) == moment


def test_the_bytes_do_not_depend_on_hour_timezone_locale_or_hash_seed():
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import test_feed as t;"
        "sys.stdout.buffer.write(t.render_feed(t.feed(t.item(), t.item(title='B'))) + t.render_feed(t.feed()))"
    )
    seen = set()
    for zone, seed in (("UTC", "1"), ("Asia/Tokyo", "2"), ("America/St_Johns", "3")):
        environment = {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8", "PYTHONPATH": ":".join(sys.path)}
        command = [sys.executable, "-c", program, str(Path(__file__).parent)]
        seen.add(subprocess.run(command, env=environment, capture_output=True, check=True).stdout)
    assert len(seen) == 1
    assert b"<rss" in seen.pop()


def test_the_hour_of_the_build_is_nowhere_in_a_feed(monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(1999, 9, 9, tzinfo=tz)

    monkeypatch.setattr("feedgen.feed.datetime", Clock)
    monkeypatch.setattr("feedgen.entry.datetime", Clock)
    for view in (feed(item()), feed()):
        assert b"1999" not in render_feed(view)


# ----------------------------------------------------------------------------------- text that means mischief


def test_plain_text_never_becomes_markup_for_a_reader_that_draws_descriptions_as_html():
    (one,) = channel(feed(item(summary="5 < 6 & <script>alert(1)</script>"))).iterfind("item")
    assert one.findtext("description") == "5 &lt; 6 &amp; &lt;script&gt;alert(1)&lt;/script&gt;"


def test_the_end_of_a_cdata_section_inside_content_is_only_text():
    content = "<p>if (a[b[0]]>1) ]]></p><!-- ]]> --><![CDATA[x]]>"
    (one,) = channel(feed(item(content=content))).iterfind("item")
    assert one.findtext("content:encoded", namespaces=PREFIXES) == content


def test_markup_characters_of_plain_text_are_hexadecimal_references():
    data = render_feed(feed(item(title="AT&T <b>", categories=filed("R&D"), authors=named("A & B")), title="Q&A"))
    assert b"<title>Q&#x26;A</title>" in data
    assert b"<title>AT&#x26;T &#x3C;b&#x3E;</title>" in data
    assert b">R&#x26;D</category>" in data
    assert b"<dc:creator>A &#x26; B</dc:creator>" in data


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=30)


def kept(text):
    """What XML 1.0 can hold of a text, said by the numbers of its section 2.2."""
    return "".join(
        letter
        for letter in text
        if ord(letter) in (0x9, 0xA, 0xD)
        or 0x20 <= ord(letter) <= 0xD7FF
        or 0xE000 <= ord(letter) <= 0xFFFD
        or ord(letter) >= 0x10000
    )


def shown(*words):
    return [kept(text) for text in words if kept(text).strip()]


@settings(max_examples=200, deadline=None)
@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, st.lists(ANY_TEXT, max_size=3))
def test_any_text_survives_but_for_the_characters_that_xml_forbids(title, summary, content, guid, link, labels):
    article = item(
        id="id:" + guid,
        url="https://x.example/" + link,
        title=title,
        summary=summary,
        content=content,
        authors=named(*labels),
        categories=filed(*labels),
        enclosure=Enclosure("https://x.example/" + link, 1, "image/png"),
    )
    here = channel(feed(article, title=title, description=summary, url="https://x.example/" + link))
    (one,) = here.iterfind("item")
    address = kept("https://x.example/" + link)
    assert texts(here, "title") == texts(one, "title") == (shown(title) or [address])
    assert texts(here, "link") == texts(one, "link") == [one.find("enclosure").get("url")] == [address]
    assert [unescape_once(text) for text in texts(here, "description")] == (shown(summary) or shown(title) or [address])
    assert texts(one, "guid") == [kept("id:" + guid)]
    assert texts(one, "dc:creator") == texts(one, "category") == shown(*labels)
    if shown(summary):
        assert [unescape_once(text) for text in texts(one, "description")] == shown(summary)
        assert texts(one, "content:encoded") == shown(content)
    else:
        assert texts(one, "description") == shown(content)


def unescape_once(text):
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


# ------------------------------------------------------------------------------------------- what readers read


def test_a_feed_reader_takes_it_without_complaint():
    story = item(title="AT&T <buys>", summary="5 < 6", updated=datetime(2026, 1, 1, tzinfo=UTC))
    read = feedparser.parse(render_feed(feed(story, item(id="desk-1", is_permalink=False, authors=named("A")))))
    assert not read.bozo, read.get("bozo_exception")
    assert (read.version, read.encoding) == ("rss20", "utf-8")
    assert (read.feed.title, read.feed.link, read.feed.language) == ("The Gaze", "https://gaze.example/", "en")
    first, second = read.entries
    assert unescape(first.summary) == "5 < 6"
    assert first.content[0].value == item().content
    assert (first.link, first.id, first.guidislink) == (item().url, item().id, False)
    assert [one.name for one in first.authors] == ["Anna Przykładowa", "Тарас Прикладний"]
    assert [one.term for one in first.tags] == ["Industry", "ammunition"]
    assert [(one.href, one.length, one.type) for one in first.enclosures] == [
        ("https://gaze.example/images/line.jpg?w=9&h=9", "48211", "image/jpeg")
    ]
    assert first.published_parsed[:5] == (2025, 10, 9, 5, 5)
    assert (second.id, second.author) == ("desk-1", "A")


def test_the_rules_of_the_rss_best_practices_profile_hold():
    root = etree.fromstring(render_feed(feed(item(), item(summary=""), item(content="", enclosure=None))))
    (here,) = root
    assert root.attrib == {"version": "2.0"}
    for name in ("title", "link", "description", "language", "generator", "docs", "lastBuildDate", "pubDate"):
        assert len(here.findall(name)) == 1, name
    elements = [etree.QName(one).localname for one in here]
    assert elements[elements.index("item") :] == ["item"] * 3  # no channel element after the first item
    addresses = [*root.xpath("//link/text()"), *root.xpath("//enclosure/@url"), *root.xpath("//*[@href]/@href")]
    assert all(urlsplit(address).scheme == "https" for address in addresses)
    for one in here.iterfind("item"):
        inside = names(one)
        assert len(one.findall("enclosure")) <= 1
        assert len(one.findall("guid")) == len(one.findall("link")) == len(one.findall("pubDate")) == 1
        assert "encoded" not in inside or inside.index("description") < inside.index("encoded")
    assert all((element.text or "").strip() or element.attrib or len(element) for element in root.iter())


def test_namespaces_are_declared_once_at_the_top():
    data = render_feed(feed(item(), item()))
    assert [data.count(f'xmlns:{prefix}="{name}"'.encode()) for prefix, name in PREFIXES.items()] == [1] * 4
    assert data.count(b"xmlns") == 4
    assert data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<rss ")
