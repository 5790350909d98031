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
