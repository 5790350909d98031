"""A player is not even asked for before the reader opens it, and the policy of the site lets it in then."""

from urllib.parse import urlsplit

from previewing import previewed
from support import SETTINGS, article, write_site

VIDEOS = """[The launch](https://www.youtube.com/watch?v=abcdefghijk)

[The landing](https://vimeo.com/123456789)

[What the yard says](https://t.me/example_yard/12)
"""
FILES = {"site.yaml": f"{SETTINGS}embeds: frame\n", "content/articles/one.md": article("One", VIDEOS)}


def test_a_player_is_loaded_when_it_is_opened_and_not_before(browser, visit, tmp_path):  # noqa: ARG001 - no browser, no preview
    with previewed(write_site(tmp_path, FILES), "--port", "0") as preview:  # it says what `_headers` asks hosts to say
        window = visit(preview.home.rstrip("/"))

        def asked_elsewhere():
            window.page.wait_for_timeout(500)
            return {urlsplit(one.url).netloc for one in window.loaded} - {urlsplit(preview.home).netloc}

        window.open("/2025/10/one/")
        window.page.keyboard.press("End")
        assert asked_elsewhere() == set()
        window.page.locator("summary", has_text="The launch").click()
        assert asked_elsewhere() == {"www.youtube-nocookie.com"}
        window.page.locator("summary", has_text="The landing").press("Enter")
        assert asked_elsewhere() == {"www.youtube-nocookie.com", "player.vimeo.com"}
        assert window.refused() == []
