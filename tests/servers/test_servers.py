"""With the rules that a build writes, each old address answers 301 to the right place, and what is gone 410."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

BASE = "/news"
MOVED = {
    "/before/": "/2025/10/shells/",
    "/shells.and$more(1)/%7Bx%7D/": "/2025/10/shells/",
    "/%D1%81%D0%BD%D0%B0%D1%80%D1%8F%D0%B4%D0%B8/%D0%B9%20%D1%86+/": "/2025/10/shells/",
    "/2025/fuses/": "/2025/10/igniters/",
    "/tags/ammo/": "/tags/ammunition/",
    "/tags/ammo/page/1/": "/tags/ammunition/page/1/",
    "/old.php": "/2025/10/shells/#prices",
    "/2025/10/Shells/": "/2025/10/shells/",  # only in capitals
    "/2025/10/Igniters/": "/2025/10/igniters/",
    "/About/": "/about/",
    "/one/": "/about/",
    "/two/": "/about/",
}
GONE = {"/let-go/": "", "/2025/10/tanks/": "It was wrong."}


def ask(port, path):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", BASE + path)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


@pytest.mark.parametrize("kind", ["nginx", "caddy", "apache"])
def test_old_addresses_lead_to_the_new_ones_and_what_is_gone_is_gone(serve, kind):
    with serve(kind) as port:
        for old, new in MOVED.items():
            status, location, _ = ask(port, old)
            place = urlsplit(location)
            assert (old, status, f"{place.path}{'#' * bool(place.fragment)}{place.fragment}") == (old, 301, BASE + new)
            assert ask(port, new.partition("#")[0])[0] == 200
        assert ask(port, "/away/")[:2] == (301, "https://other.example/a?b=c")
        for old, words in GONE.items():
            status, _, page = ask(port, old)
            assert (old, status, words in page) == (old, 410, True)
        assert ask(port, "/none/")[0] == 404
        assert ask(port, "/.servers/redirects.caddy")[0] == 404


@pytest.mark.parametrize("kind", ["nginx", "caddy", "apache"])
def test_a_server_that_includes_the_rules_starts_before_anything_has_moved(serve, kind):
    with serve(kind, nothing_moved=True) as port:
        assert [fetch(port, path)[0] for path in ("/", "/none/")] == [200, 404]


# ------------------------------------------------------------------------------------ the whole site, as it is deployed


def fetch(port, path, accept="gzip, br"):
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept-Encoding": accept})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


KEPT = {
    "/": "no-cache",
    "/2025/10/shells/": "no-cache",
    "/feed.xml": "public, max-age=300",
    "/atom.xml": "public, max-age=300",
    "/feed.json": "public, max-age=300",
    "/ship.svg": "public, max-age=3600",
    "/sitemap.xml": "no-cache",
}
TYPES = {
    "/": "text/html",
    "/feed.xml": "application/rss+xml",
    "/sections/ammo/feed.xml": "application/rss+xml",
    "/atom.xml": "application/atom+xml",
    "/feed.json": "application/feed+json",
    "/site.webmanifest": "application/manifest+json",
    "/ship.svg": "image/svg+xml",
    "/robots.txt": "text/plain",
    "/feeds.opml": "text/x-opml",
}
ALWAYS = {
    "Content-Security-Policy": "default-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin",
    "Permissions-Policy": "camera=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.mark.parametrize("kind", ["nginx", "caddy", "apache"])
def test_a_server_set_up_as_the_documents_tell_says_what_each_file_is_and_how_long_it_may_be_kept(
    serve, plain_output, kind
):
    files = {f"/{file.relative_to(plain_output).as_posix()}" for file in plain_output.rglob("*") if file.is_file()}
    lasting = next(path for path in files if path.startswith("/theme/style.") and path.endswith(".css"))
    with serve(kind, "deploying.md") as port:
        for path, value in {**KEPT, lasting: "public, max-age=31536000, immutable"}.items():
            status, headers, _ = fetch(port, path)
            assert (path, status, headers.get_all("Cache-Control")) == (path, 200, [value])
        for path, type_ in TYPES.items():
            assert (path, fetch(port, path)[1].get_content_type()) == (path, type_)
        for path in ("/", "/feed.xml", lasting, "/none/"):
            for name, start in ALWAYS.items():
                said = fetch(port, path)[1].get_all(name) or []
                assert (path, name, [start in one for one in said]) == (path, name, [True])
        for path in ("/feed.xml", "/sections/ammo/atom.xml", "/feed.json"):
            told = f'<https://hub.example/>; rel="hub", <https://news.example{path}>; rel="self"'
            assert fetch(port, path)[1].get_all("Link") == [told]
        assert fetch(port, "/")[1]["Link"] is None
        for path in ("/none/", "/_headers", "/.gazepress-manifest"):
            status, headers, page = fetch(port, path, accept="identity")
            assert (path, status, b"Page not found" in page) == (path, 404, True)
            assert headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    ("kind", "encoding", "ending"),
    [
        ("nginx", "gzip", ".gz"),
        ("caddy", "gzip", ".gz"),
        ("caddy", "br", ".br"),
        ("apache", "gzip", ".gz"),
        ("apache", "br", ".br"),
    ],
)
def test_a_server_sends_the_compressed_file_that_was_published_to_who_takes_it(
    serve, plain_output, kind, encoding, ending
):
    with serve(kind, "deploying.md") as port:
        for path in ("index.html", "2025/10/shells/index.html", "feed.xml", "feed.json", "feeds.opml", "robots.txt"):
            url = f"/{path.removesuffix('index.html')}"
            status, headers, data = fetch(port, url, accept=encoding)
            there = (plain_output / f"{path}{ending}").exists()
            assert (path, status, headers["Content-Encoding"]) == (path, 200, encoding if there else None)
            assert data == (plain_output / (f"{path}{ending}" if there else path)).read_bytes()
            assert headers.get_content_type() == TYPES.get(url, "text/html")
            assert not there or headers["Vary"].lower() == "accept-encoding"
        assert fetch(port, "/", accept="identity")[2] == (plain_output / "index.html").read_bytes()
        assert fetch(port, "/none/", accept=encoding)[0] == 404
        status, headers, data = fetch(port, "/own.tar.gz", accept=encoding)  # a file that is nobody's form
        assert (status, headers["Content-Encoding"], data) == (200, None, (plain_output / "own.tar.gz").read_bytes())
