"""Pages run and load nothing but the site's own files, and say so; servers are told the same, and what to keep."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from gazepress.policy import content_policy
from support import SETTINGS, Command, article, read_tree, write_site

ROOT = Path(__file__).parents[1]
STRICT = (
    "default-src 'self'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "base-uri 'none'; object-src 'none'; form-action 'self'"
)
SEARCHING = STRICT.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")


class Page(HTMLParser):
    """What a page says of itself, and all in it that its policy forbids."""

    def __init__(self, html):
        super().__init__()
        self.policies, self.forbidden = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.forbidden += [(tag, name) for name in values if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and not values.get("src") and values.get("type") != "application/ld+json"
        ):
            self.forbidden.append((tag, values))
        address = values.get("src") or (
            values.get("href") if tag == "link" and values.get("rel") == "stylesheet" else ""
        )
        if address and not address.startswith(("/", "data:")):
            self.forbidden.append((tag, address))
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(values["content"])


@pytest.fixture
def build(tmp_path, gazepress):
    def build(files=(), settings=""):
        write_site(tmp_path, {"site.yaml": SETTINGS + settings, **dict(files)})
        built = gazepress("build")
        assert built.returncode == 0, built.stderr
        return {path: data.decode(errors="replace") for path, data in read_tree(tmp_path / "public").items()}, built

    return build


def test_no_page_of_the_sample_holds_what_its_policy_forbids(tmp_path):
    built = Command(ROOT)("build", "--output", str(tmp_path / "public"), "--now", "2026-11-24T12:00:00Z")
    assert built.returncode == 0, built.stderr
    pages = {path: data for path, data in read_tree(tmp_path / "public").items() if path.endswith(".html")}
    assert len(pages) > 100
    for path, data in pages.items():
        page = Page(data.decode())
        assert page.forbidden == [], path
        expected = SEARCHING if path == "search/index.html" else STRICT
        assert page.policies == [expected], path


def test_the_parser_of_this_test_finds_what_is_forbidden():
    page = Page('<p style="x" onclick="y"><style></style><script>z</script><img src="https://a.example/b.png">')
    assert [what for what, _ in page.forbidden] == ["p", "p", "style", "script", "img"]


def test_a_page_says_what_it_may_load_and_so_does_an_old_address(build):
    tree, _ = build({"content/articles/one.md": article("One", aliases="[/old/]")})
    assert all(Page(html).policies == [STRICT] for path, html in tree.items() if path.endswith(".html"))
    assert Page(tree["old/index.html"]).policies == [STRICT]


def test_a_publication_may_leave_the_policy_to_its_server(build):
    tree, _ = build({"content/articles/one.md": article("One")}, "security: {policy_meta: false}\n")
    assert not any(Page(html).policies for path, html in tree.items() if path.endswith(".html"))
    assert "Content-Security-Policy: default-src 'self'" in tree["_headers"]


def test_players_are_the_only_frames_and_only_where_videos_play(build):
    tree, _ = build({"content/articles/one.md": article("One")}, "embeds: frame\n")
    frames = "frame-src https://player.vimeo.com https://www.youtube-nocookie.com;"
    assert frames in Page(tree["2025/10/one/index.html"]).policies[0]
    assert frames in tree["_headers"]
    assert "frame-src" not in content_policy(players=False, search=False, in_page=True)


def test_only_the_search_page_may_run_what_searching_needs(build):
    tree, _ = build({"content/articles/one.md": article("One")}, "search: on\n")
    assert Page(tree["search/index.html"]).policies == [SEARCHING]
    assert Page(tree["2025/10/one/index.html"]).policies == [STRICT]
    assert "script-src 'self' 'wasm-unsafe-eval';" in tree["_headers"]


def test_only_what_searching_needs_may_be_run_besides_scripts_of_the_site():
    assert "script-src 'self' 'wasm-unsafe-eval';" in content_policy(players=False, search=True, in_page=True)
    assert "unsafe" not in content_policy(players=True, search=False, in_page=False)


def test_servers_are_told_what_pages_may_load_and_what_browsers_may_keep(build):
    tree, _ = build({"content/articles/one.md": article("One")}, "")
    rules = {rule.splitlines()[0]: rule.splitlines()[1:] for rule in tree["_headers"].strip().split("\n\n")}
    whole = [f"{page}{file}" for page in ("/", "/sections/:section/") for file in ("feed.xml", "atom.xml", "feed.json")]
    feeds = [*whole, "/tags/:tag/feed.xml", "/authors/:author/feed.xml", "/storylines/:storyline/feed.xml"]
    assert list(rules)[:11] == ["/*", "/media/*", *feeds]
    policy = STRICT.replace("base-uri", "frame-ancestors 'self'; base-uri")
    assert rules["/*"][0] == f"  Content-Security-Policy: {policy}"
    assert [line.split(":")[0].strip() for line in rules["/*"][1:]] == [
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Permissions-Policy",
        "Cross-Origin-Opener-Policy",
    ]
    for_good = [
        path for path, said in rules.items() if said == ["  Cache-Control: public, max-age=31536000, immutable"]
    ]
    assert for_good == [f"/{path}" for path in sorted(tree) if path.startswith("theme/")]
    assert rules["/feed.xml"] == ["  Cache-Control: public, max-age=300", "  Content-Type: application/rss+xml"]
    assert "_headers" not in tree["sitemap.xml"]


def test_no_file_meets_two_rules_that_speak_of_caching(build):
    tree, _ = build()
    caching = [rule.split("\n")[0] for rule in tree["_headers"].split("\n\n") if "Cache-Control" in rule]
    prefixes = [path.partition("*")[0].partition(":")[0] for path in caching]
    assert not any(one != other and one.startswith(other) for one in prefixes for other in prefixes)


def test_rules_stand_below_the_path_of_the_site(tmp_path, gazepress):
    write_site(tmp_path, {"site.yaml": "title: The Gaze\nurl: https://gaze.example/news/\n"})
    assert gazepress("build").returncode == 0
    text = (tmp_path / "public/_headers").read_text()
    paths = [line for line in text.splitlines() if line.startswith("/")]
    assert paths[:2] == ["/news/*", "/news/media/*"]
    assert all(path.startswith("/news/") for path in paths)


def test_only_files_whose_names_say_what_is_in_them_may_be_kept_for_good(build):
    own = {"static/css/own.css": "p {}", "static/theme/badge.txt": "Ours."}
    tree, _ = build(own, "theme: {css: /css/own.css}\n")
    for_good = [rule.partition("\n")[0] for rule in tree["_headers"].split("\n\n") if "immutable" in rule]
    (sheet,) = (f"/{path}" for path in tree if path.startswith("css/own.") and path != "css/own.css")
    assert sheet in for_good
    assert "theme/badge.txt" in tree
    assert "/theme/badge.txt" not in for_good
    assert "/favicon.ico" not in for_good


def test_the_publications_own_rules_take_the_place_of_ours(build):
    tree, _ = build({"static/_headers": "/*\n  X-Own: yes\n"})
    assert tree["_headers"] == "/*\n  X-Own: yes\n"


def test_pictures_from_elsewhere_are_told_with_their_place(build):
    one = article("One", "![A ship](https://pictures.example/a.jpg)", image="{src: 'https://b.example/b.jpg', alt: B}")
    two = article("Two", 'Words <img src="https://c.example/c.png" alt="C"> and more.')
    tree, built = build({"content/articles/one.md": one, "content/articles/two.md": two})
    assert [line for line in built.stderr.splitlines() if "picture-elsewhere" in line] == [
        f"content/articles/{place}: picture-elsewhere: warning: "
        f"browsers will not show this picture, since it comes from {host}"
        for place, host in (
            ("one.md:4:14", "b.example"),
            ("one.md:7:1", "pictures.example"),
            ("two.md:6:7", "c.example"),
        )
    ]
    assert "pictures.example" not in tree["_headers"]
