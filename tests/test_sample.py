"""The repository's own publication, built once: its pages are valid, its feeds are sound, its shapes are all there."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import feedparser
import html5lib
import pytest
from lxml import etree

from feeds.rules import broken_rules
from support import Command, read_tree

ROOT = Path(__file__).parents[1]
CHECKER = ROOT / ".venv/html-checker/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    output = tmp_path_factory.mktemp("sample") / "public"
    built = Command(ROOT)("build", "--output", str(output), "--strict", "--now", "2026-11-24T12:00:00Z")
    assert built.returncode == 0, built.stderr
    assert "content/" not in built.stderr, built.stderr
    return output


@pytest.fixture(scope="module")
def tree(site):
    return read_tree(site)


@pytest.fixture(scope="module")
def pages(tree):
    return {path: data.decode() for path, data in tree.items() if path.endswith(".html")}


def test_it_is_a_real_publication(pages):
    articles = [path for path in pages if re.fullmatch(r"20\d\d/\d\d/[a-z0-9-]+/index\.html", path)]
    canonical = [path for path in articles if 'http-equiv="refresh"' not in pages[path]]
    assert len(canonical) >= 60
    assert len(articles) > len(canonical), "old addresses redirect"
    assert len([path for path in pages if re.fullmatch(r"tags/[a-z-]+/index\.html", path)]) >= 25
    assert all("sample" in page.lower() for path, page in pages.items() if path in canonical)


def test_every_page_parses_without_an_error(pages):
    for path, page in pages.items():
        parser = html5lib.HTMLParser(strict=True)
        try:
            parser.parse(page)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{path}: {error} {parser.errors}")


def test_one_page_of_each_kind_satisfies_the_nu_html_checker(site, pages):
    if not CHECKER.exists() or not shutil.which("java"):
        pytest.skip("the Nu HTML checker needs Java and npm when `make test` installs its tools")
    kinds = {}
    for path, page in sorted(pages.items()):
        kind = re.sub(r"[^/]*\d[^/]*", "N", path)
        if 'http-equiv="refresh"' in page:
            kind = "redirect"
        kinds.setdefault(re.sub(r"(sections|tags|authors|storylines)/[^/]+/", r"\1/X/", kind), path)
    chosen = [site / path for path in {*kinds.values(), *_stress(pages)}]
    run = subprocess.run(
        ["java", "-Xss4m", "-jar", CHECKER, "--format", "json", *map(str, chosen)],
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    messages = [
        one
        for one in json.loads(run.stderr)["messages"]
        if (one.get("subType") == "warning" or one["type"] == "error")
        and "Content Security Policy" not in one["message"]  # of files every address is another site; browsers judge it
    ]
    assert not messages, json.dumps(messages[:10], indent=1)


def _stress(pages):
    """Return pages whose text uses the rarer shapes."""
    for mark in ("<table", "<dl", "footnote", "<pre", "<figure", 'lang="uk"'):
        yield next(path for path, page in pages.items() if mark in page.split("<main", 1)[-1])


def test_no_page_runs_or_loads_anything_from_elsewhere(pages):
    for path, page in pages.items():
        document = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False)
        for script in document.iter("script"):
            if script.get("type") == "application/ld+json":
                json.loads(script.text)
            else:  # searching is the one thing here that a script does
                assert path == "search/index.html"
                assert script.get("src").startswith("/theme/")
                assert script.text is None
        loaded = [element.get("src") or "" for element in document.iter("img", "iframe", "script", "source")]
        loaded += [link.get("href") for link in document.iter("link") if link.get("rel") in ("stylesheet", "icon")]
        assert not [address for address in loaded if urlsplit(address).netloc], path
        handlers = [name for element in document.iter() for name in element.attrib if name.startswith("on")]
        assert not handlers, path


def test_every_reference_in_a_style_sheet_leads_to_a_file(tree):
    sheets = [path for path in tree if path.endswith(".css")]
    found = [(path, url) for path in sheets for url in re.findall(r"url\(([^)]*)\)", tree[path].decode())]
    assert found
    for path, url in found:
        assert urlsplit(urljoin(f"https://gaze.example/{path}", url)).path.lstrip("/") in tree, f"{path}: {url}"


def test_a_new_name_of_the_theme_s_files_is_the_only_one(tree):
    assert not [path for path in tree if path.startswith("theme/") and not re.search(r"\.[0-9a-f]{10}\.", path)]


def test_every_link_inside_the_site_leads_somewhere(pages, tree):
    base = "https://gaze.example"
    for path, page in pages.items():
        document = html5lib.parse(page, treebuilder="lxml", namespaceHTMLElements=False)
        here = f"{base}/{path.removesuffix('index.html')}"
        for element in document.iter("a", "link", "img"):
            address = urljoin(here, element.get("href") or element.get("src") or "")
            if not address.startswith(base + "/"):
                continue
            target = urlsplit(address)
            file = target.path.lstrip("/") + ("index.html" if target.path.endswith("/") else "")
            assert file in tree, f"{path} links to {address}"
            if target.fragment and file in pages:
                assert f'id="{target.fragment}"' in pages[file], f"{path} links to {address}"


def test_every_feed_is_read_by_a_feed_reader_without_complaint(tree):
    feeds = {path: data for path, data in tree.items() if path.endswith(("feed.xml", "atom.xml"))}
    assert len(feeds) > 40
    for path, data in feeds.items():
        feed = feedparser.parse(data)
        assert not feed.bozo, (path, feed.bozo_exception)
        assert 0 < len(feed.entries) <= 30, path
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        dates = [entry.published_parsed for entry in feed.entries]
        assert dates == sorted(dates, reverse=True)
        for entry in feed.entries:
            text = entry.content[0].value if "content" in entry else ""
            relative = re.findall(r'(?:href|src)="(?!https?:|mailto:|tel:)[^"]*"', text)
            assert not relative, (path, entry.link, relative)


def test_no_feed_breaks_a_rule_of_its_standard(tree):
    feeds = {path: data for path, data in tree.items() if path.endswith(("feed.xml", "atom.xml", "feed.json"))}
    assert not {path: wrong for path, data in feeds.items() if (wrong := sorted(set(broken_rules(path, data))))}


def test_the_sitemap_lists_the_pages_and_nothing_else(tree):
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    parts = etree.fromstring(tree["sitemap.xml"]).xpath("//s:loc/text()", namespaces=namespace)
    texts = [tree[part.removeprefix("https://gaze.example/")] for part in parts if not part.endswith("/news.xml")]
    urls = [url for text in texts for url in etree.fromstring(text).xpath("//s:url/s:loc/text()", namespaces=namespace)]
    for url in urls:
        page = tree[url.removeprefix("https://gaze.example/") + "index.html"].decode()
        assert "noindex" not in page
        assert f'<link rel="canonical" href="{url}">' in page
    assert len(urls) == len(set(urls)) > 100


def test_pages_in_several_languages_name_each_other_as_the_sitemaps_do(pages, tree):
    """Each names all of them and itself, with its own language: else search engines believe none of it."""
    link = re.compile(r'<(?:xhtml:)?link rel="alternate" hreflang="([\w-]+)" href="([^"]+)"/?>')
    named = {path: link.findall(page) for path, page in pages.items() if "hreflang" in page}
    assert len(named) >= 2
    sitemaps = b"\n".join(data for path, data in tree.items() if path.startswith("sitemaps/")).decode()
    for path, links in named.items():
        address = f"https://gaze.example/{path.removesuffix('index.html')}"
        (lang,) = (lang for lang, url in links if url == address and lang != "x-default")
        assert f'<html lang="{lang}">' in pages[path]
        assert "x-default" in dict(links)
        assert all(named[url.removeprefix("https://gaze.example/") + "index.html"] == links for _, url in links)
        (entry,) = (line for line in sitemaps.splitlines() if f"<loc>{address}</loc>" in line and "<lastmod>" in line)
        assert link.findall(entry) == links


def test_the_shapes_of_a_newsroom_are_all_in_the_sample():
    texts = [file.read_text("utf-8") for file in (ROOT / "content/articles").rglob("*.md")]
    whole = "\n".join(texts)
    assert len(texts) >= 60
    for shape in (
        "reports this, referring to",
        "As The Gaze reported earlier, [",
        "status: draft",
        "embargo:",
        "aliases:",
        "corrections:",
        "follows:",
        "translates:",
        "Read also:",
        "[[",
    ):
        assert shape in whole, shape
    titles = re.findall(r"^Read more on The Gaze: (.+)$", whole, re.MULTILINE)
    assert any(":" in title for title in titles)
    assert any('"' in title for title in titles)


def test_what_is_held_back_in_the_sample_is_nowhere(tree):
    everything = b"\n".join(tree.values())
    for file in (ROOT / "content/articles").rglob("*.md"):
        text = file.read_text("utf-8")
        if re.search(r"^(status: draft|embargo:)", text, re.MULTILINE):
            title = re.search(r"^title: \"?(.+?)\"?$", text, re.MULTILINE).group(1)
            assert title.encode() not in everything
