"""What the standards ask of feeds, as rules that name what breaks them.

RSS 2.0 and the RSS Best Practices Profile of the RSS Advisory Board, Atom (RFC 4287) with RFC 5005, and JSON Feed 1.1,
the last by a JSON Schema as well.
"""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import html5lib
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
DC = "{http://purl.org/dc/elements/1.1/}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
MEDIA = "{http://search.yahoo.com/mrss/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_RFC_822 = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
_RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MARKUP = re.compile(r"</?[a-zA-Z][^>]*>")
_CHANNEL = {"title", "link", "description", "language", "docs", "generator", "lastBuildDate", "pubDate", "item"}
_ITEM = {"title", "link", "description", "guid", "category", "enclosure", "pubDate"}
_ATOM_FEED = {"id", "title", "updated", "author", "link", "generator", "subtitle", "entry"}
_ATOM_ENTRY = {"id", "title", "updated", "published", "author", "link", "category", "summary", "content"}
_SCHEMA = Draft202012Validator(
    json.loads((Path(__file__).parent / "schemas/json-feed-1.1.json").read_bytes()), format_checker=FormatChecker()
)
_PLACES = ("href", "src", "poster", "cite")


def broken_rules(path, data):
    """Yield what breaks a rule in a feed, by the name of its file."""
    if path.endswith(".json"):
        yield from json_feed(data)
    else:
        yield from rss(data) if etree.fromstring(data).tag == "rss" else atom(data)


# --------------------------------------------------------------------------------------------------------- RSS


def rss(data):
    root = etree.fromstring(data)
    if root.attrib != {"version": "2.0"} or [one.tag for one in root] != ["channel"]:
        yield "rss: version 2.0, and one channel"
    yield from _channel(root[0])
    for item in root.iter("item"):
        yield from _rss_item(item)
        yield from _rss_extras(item)
    for date in (*root.iter("pubDate"), *root.iter("lastBuildDate")):
        if not (_RFC_822.fullmatch(date.text or "") and parsedate_to_datetime(date.text)):
            yield f"date: RFC 822 with four digits for the year: {date.text}"
    yield from _addresses(root, ("link", "docs"))
    yield from _nothing_empty(root)
    yield from _media(root)
    plain = b"".join(re.findall(rb"<(?:title|category|dc:creator)[^>]*>([^<]*)<", data))
    if re.search(rb"&(?!#x[0-9A-F]+;|gt;|quot;|apos;)", plain):
        yield "plain text: markup characters as hexadecimal references"


def _channel(channel):
    names = [one.tag for one in channel]
    yield from _once("channel", channel, ("title", "link", "description"), ("language", "pubDate", "lastBuildDate"))
    if unknown := {name for name in names if not name.startswith("{")} - _CHANNEL:
        yield f"channel: RSS has no {sorted(unknown)}"
    if "item" in names and set(names[names.index("item") :]) != {"item"}:
        yield "channel: nothing after the first item but items"
    own = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != "application/rss+xml":
        yield "channel: one atom:link to itself, with its type"
    if not _LANGUAGE.fullmatch(channel.findtext("language", "")):
        yield "channel: a language"
    guids = [item.findtext("guid") for item in channel.findall("item")]
    if len(set(guids)) != len(guids):
        yield "item: no guid twice"


def _rss_item(item):
    names = [one.tag for one in item]
    if unknown := {name for name in names if not name.startswith("{")} - _ITEM:
        yield f"item: RSS has no {sorted(unknown)}"
    yield from _once("item", item, ("title", "guid", "pubDate", "link"), ("description", "enclosure"))
    if f"{CONTENT}encoded" in names and (
        "description" not in names or names.index("description") > names.index(f"{CONTENT}encoded")
    ):
        yield "item: a description before content:encoded"
    guid = item.find("guid")
    if guid is not None and guid.get("isPermaLink") == "true" and not _is_address(guid.text):
        yield "guid: a permanent link is an address"
    if "author" in names:
        yield "item: author is an e-mail address, names are dc:creator"
    yield from _html(item.findtext("description") or "")
    yield from _html(item.findtext(f"{CONTENT}encoded") or "")


def _rss_extras(item):
    for enclosure in item.findall("enclosure"):
        if not (enclosure.get("length", "").isdigit() and _MEDIA_TYPE.fullmatch(enclosure.get("type", ""))):
            yield "enclosure: url, length and type"
        if not _is_address(enclosure.get("url")):
            yield "enclosure: a full address"
    for category in item.findall("category"):
        if not _is_address(category.get("domain")):
            yield "category: a domain"
    for updated in item.findall(f"{ATOM}updated"):
        if not _RFC_3339.fullmatch(updated.text or ""):
            yield "atom:updated: RFC 3339"


# -------------------------------------------------------------------------------------------------------- Atom


def atom(data):
    feed = etree.fromstring(data)
    if feed.tag != f"{ATOM}feed":
        yield "feed: in the namespace of Atom"
    yield from _once("feed", feed, (f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated"), (f"{ATOM}subtitle",))
    names = [etree.QName(one).localname for one in feed if one.tag.startswith(ATOM)]
    if unknown := set(names) - _ATOM_FEED:
        yield f"feed: Atom has no {sorted(unknown)}"
    if "entry" in names and set(names[names.index("entry") :]) != {"entry"}:
        yield "feed: entries last, for readers that stop there"
    if not _LANGUAGE.fullmatch(feed.get(LANG, "")):
        yield "feed: a language"
    entries = feed.findall(f"{ATOM}entry")
    if feed.find(f"{ATOM}author") is None and not all(one.find(f"{ATOM}author") is not None for one in entries):
        yield "feed: an author here or in every entry"
    own = [link for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != "application/atom+xml":
        yield "feed: a link to itself, with its type"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    if len(set(ids)) != len(ids):
        yield "entry: no id twice"
    for place in (feed, *entries):
        yield from _atom_place(place)
    for entry in entries:
        yield from _atom_entry(entry)
    yield from _addresses(feed, ())
    yield from _nothing_empty(feed)
    yield from _media(feed)
    yield from _archive(feed)


def _atom_place(place):
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", place.findtext(f"{ATOM}id") or ""):
        yield "id: an IRI"
    alternates = [link for link in place.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]
    if len({(link.get("type"), link.get("hreflang")) for link in alternates}) != len(alternates):
        yield "link: no two alternates of one type and language"
    for name in ("updated", "published"):
        for date in place.findall(f"{ATOM}{name}"):
            if not (_RFC_3339.fullmatch(date.text or "") and datetime.fromisoformat(date.text)):
                yield f"{name}: RFC 3339"
    for author in place.findall(f"{ATOM}author"):
        if not (author.findtext(f"{ATOM}name") or "").strip():
            yield "author: a name"
        if author.find(f"{ATOM}uri") is not None and not _is_address(author.findtext(f"{ATOM}uri")):
            yield "author: the uri is an address"


def _atom_entry(entry):
    required = (f"{ATOM}id", f"{ATOM}title", f"{ATOM}updated")
    yield from _once("entry", entry, required, (f"{ATOM}published", f"{ATOM}summary", f"{ATOM}content"))
    names = {etree.QName(one).localname for one in entry if one.tag.startswith(ATOM)}
    if unknown := names - _ATOM_ENTRY:
        yield f"entry: Atom has no {sorted(unknown)}"
    relations = [link.get("rel") for link in entry.findall(f"{ATOM}link")]
    if "content" not in names and "alternate" not in relations:
        yield "entry: a link to the page where there is no content"
    for link in entry.findall(f"{ATOM}link"):
        if link.get("rel") == "enclosure" and not (link.get("length", "").isdigit() and link.get("type")):
            yield "enclosure: length and type"
    dates = [entry.findtext(f"{ATOM}{name}") or "" for name in ("published", "updated")]
    if all(map(_RFC_3339.fullmatch, dates)) and datetime.fromisoformat(dates[1]) < datetime.fromisoformat(dates[0]):
        yield "updated: not before published"
    for category in entry.findall(f"{ATOM}category"):
        if not category.get("term") or not _is_address(category.get("scheme")):
            yield "category: a term and a scheme"
    content = entry.find(f"{ATOM}content")
    if content is not None:
        if content.get("type") != "html" or len(content):
            yield "content: escaped, and called html"
        yield from _html(content.text or "")


def _archive(feed):
    """RFC 5005, section 4."""
    relations = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    is_archive = feed.find(f"{HISTORY}archive") is not None
    if is_archive != ("current" in relations):
        yield "archive: fh:archive and a link to the current feed"
    if "next-archive" in relations and not is_archive:
        yield "archive: only an archive has a next one"


# --------------------------------------------------------------------------------------------------- JSON Feed


def json_feed(data):
    feed = json.loads(data.decode("utf-8"))
    yield from (f"schema: {error.json_path}: {error.message}" for error in _SCHEMA.iter_errors(feed))
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "version: that of JSON Feed 1.1"
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        yield "feed: title and items"
    known = "version title home_page_url feed_url description next_url icon favicon authors language hubs items"
    if unknown := {name for name in feed if not name.startswith("_")} - set(known.split()):
        yield f"feed: JSON Feed has no {sorted(unknown)}"
    for name in ("home_page_url", "feed_url", "next_url"):
        if name in feed and not _is_address(feed[name]):
            yield f"{name}: a full address"
    if not _LANGUAGE.fullmatch(feed.get("language", "")):
        yield "feed: a language"
    if any(set(hub) != {"type", "url"} for hub in feed.get("hubs", ())):
        yield "hubs: type and url"
    yield from _json_authors(feed)
    ids = [item.get("id") for item in feed["items"]]
    if len(set(ids)) != len(ids) or not all(isinstance(one, str) and one for one in ids):
        yield "item: an id, and none twice"
    for item in feed["items"]:
        yield from _json_item(item)


def _json_item(item):
    known = "id url external_url title content_html content_text summary image banner_image date_published"
    known += " date_modified authors tags language attachments"
    if unknown := {name for name in item if not name.startswith("_")} - set(known.split()):
        yield f"item: JSON Feed has no {sorted(unknown)}"
    if not (item.get("content_html") or item.get("content_text")):
        yield "item: content_html or content_text"
    for name in ("url", "image"):
        if name in item and not _is_address(item[name]):
            yield f"{name}: a full address"
    for name in ("date_published", "date_modified"):
        if name in item and not _RFC_3339.fullmatch(item[name]):
            yield f"{name}: RFC 3339"
    if any(value in ("", [], None) for value in item.values()):
        yield "item: nothing empty"
    yield from _json_authors(item)
    yield from _json_extras(item)
    yield from _html(item.get("content_html", ""))


def _json_extras(item):
    if any(not isinstance(tag, str) or not tag.strip() for tag in item.get("tags", ())):
        yield "tags: texts"
    for attachment in item.get("attachments", ()):
        if not _is_address(attachment.get("url")) or not _MEDIA_TYPE.fullmatch(attachment.get("mime_type", "")):
            yield "attachment: url and mime_type"
        if not isinstance(attachment.get("size_in_bytes"), int):
            yield "attachment: its size is a number"


def _json_authors(place):
    for author in place.get("authors", ()):
        if not author.get("name") or ("url" in author and not _is_address(author["url"])):
            yield "authors: a name, and a full address"


# ------------------------------------------------------------------------------------------------------ common


def _once(what, place, required, optional):
    for name in required:
        if len(place.findall(name)) != 1:
            yield f"{what}: one {etree.QName(name).localname}"
    for name in optional:
        if len(place.findall(name)) > 1:
            yield f"{what}: at most one {etree.QName(name).localname}"


def _addresses(root, elements):
    for name in elements:
        for one in root.iter(name):
            if not _is_address(one.text):
                yield f"{name}: a full address: {one.text}"
    for one in root.iter():
        for name in ("href", "url"):
            if name in one.attrib and not _is_address(one.get(name)):
                yield f"{name}: a full address: {one.get(name)}"


def _nothing_empty(root):
    for one in root.iter():
        if not (one.text or "").strip() and not one.attrib and not len(one) and one.tag != f"{HISTORY}archive":
            yield f"nothing empty: {one.tag}"
    for title in (*root.iter("title"), *root.iter(f"{ATOM}title")):
        if len(title):
            yield "title: no markup"


def _media(root):
    for content in root.iter(f"{MEDIA}content"):
        if content.get("medium") != "image" or any(
            not content.get(name, "1").isdigit() for name in ("width", "height", "fileSize")
        ):
            yield "media:content: medium, and sizes in numbers"
        if unknown := {one.tag for one in content} - {f"{MEDIA}description", f"{MEDIA}credit"}:
            yield f"media:content: no {sorted(unknown)}"
        for words in content:
            if _MARKUP.search(words.text or ""):
                yield "media: plain text"


def _html(text):
    """What readers must not meet in a text: addresses that lead nowhere, and what only the page knows or may run."""
    if not text:
        return
    tree = html5lib.parseFragment(text, treebuilder="lxml", namespaceHTMLElements=False)
    for one in (element for top in tree if not isinstance(top, str) for element in top.iter()):
        if one.tag in ("script", "style", "iframe", "object", "embed", "form", "link", "meta", "base"):
            yield f"html: no <{one.tag}>"
        for name in one.attrib:
            if name in ("class", "id", "style") or name.startswith("on"):
                yield f"html: no attribute {name}"
        for name in _PLACES:
            value = one.get(name)
            if value and not urlsplit(value).scheme:
                yield f"html: a full address: {value}"


def _is_address(text):
    try:
        address = urlsplit(text or "")
    except ValueError:
        return False
    return address.scheme in ("http", "https") and bool(address.netloc) and not re.search(r"\s", text)
