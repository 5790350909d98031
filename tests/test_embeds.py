"""Addresses of videos, posts and documents: the shapes that are known, and nothing like them."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazepress.embeds import PLAYERS, EmbedKind, embed_kind, is_own_pdf, player

HOSTS = {
    EmbedKind.YOUTUBE: {"youtube.com", "www.youtube.com", "m.youtube.com", "youtu.be"},
    EmbedKind.VIMEO: {"vimeo.com", "www.vimeo.com"},
    EmbedKind.X: {"x.com", "www.x.com", "mobile.x.com", "twitter.com", "www.twitter.com", "mobile.twitter.com"},
    EmbedKind.TELEGRAM: {"t.me"},
}
ID = "aB3-_xYz890"


@pytest.mark.parametrize(
    ("address", "kind", "plays_at"),
    [
        (f"https://www.youtube.com/watch?v={ID}", "youtube", f"https://www.youtube-nocookie.com/embed/{ID}"),
        (
            f"https://m.youtube.com/watch?app=x&v={ID}&t=90s",
            "youtube",
            f"https://www.youtube-nocookie.com/embed/{ID}?start=90",
        ),
        (f"https://youtu.be/{ID}?si=x", "youtube", f"https://www.youtube-nocookie.com/embed/{ID}"),
        (f"https://youtube.com/shorts/{ID}", "youtube", f"https://www.youtube-nocookie.com/embed/{ID}"),
        (f"https://www.youtube.com/live/{ID}?t=5", "youtube", f"https://www.youtube-nocookie.com/embed/{ID}?start=5"),
        ("https://vimeo.com/123456789", "vimeo", "https://player.vimeo.com/video/123456789?dnt=1"),
        (
            "https://vimeo.com/123456789/0a1b2c3d4e",
            "vimeo",
            "https://player.vimeo.com/video/123456789?dnt=1&h=0a1b2c3d4e",
        ),
        ("https://x.com/example/status/1234567890", "x", ""),
        ("https://twitter.com/example/status/1234567890?s=20", "x", ""),
        ("https://t.me/example_channel/123", "telegram", ""),
        ("https://t.me/s/example_channel/123", "telegram", ""),
        ("https://example.org/a/paper.pdf", "pdf", ""),
        ("https://example.org:8443/PAPER.PDF?page=2#x", "pdf", ""),
    ],
)
def test_a_known_shape_has_its_kind_and_a_video_its_player(address, kind, plays_at):
    assert embed_kind(address) == kind
    assert player(address) == plays_at


@pytest.mark.parametrize(
    "address",
    [
        f"http://www.youtube.com/watch?v={ID}",
        f"https://www.youtube.com.example.org/watch?v={ID}",
        f"https://evil-youtube.com/watch?v={ID}",
        f"https://user@www.youtube.com/watch?v={ID}",
        f"https://www.youtube.com:8443/watch?v={ID}",
        f"https://www.youtube.com@example.org/watch?v={ID}",
        f"https://example.org/?u=https://youtu.be/{ID}",
        f"https://www.youtube.com/watch?v={ID}x",
        f"https://www.youtube.com/watch?list=x#v={ID}",
        'https://www.youtube.com/watch?v="><script>',
        f"https://www.youtube.com/redirect?q=https://example.org&v={ID}",
        "https://www.youtube.com/@channel",
        "https://vimeo.com/channels/staffpicks",
        "https://vimeo.com/12345/../../x",
        "https://x.com/example",
        "https://x.com/i/redirect?url=https://example.org",
        "https://t.me/example_channel",
        "https://t.me/c/12345/6",
        "https://t.me/+invitation",
        "https://example.org/paper.pdf.exe",
        "https://example.org/?file=paper.pdf",
        "https://user@example.org/paper.pdf",
        "http://example.org/paper.pdf",
        "javascript:alert(1)//paper.pdf",
        "/paper.pdf",
    ],
)
def test_whatever_only_looks_like_it_is_a_link(address):
    assert embed_kind(address) is None
    assert player(address) == ""


PIECES = st.sampled_from(
    [
        *"https:// http:// www. m. youtube.com youtu.be vimeo.com x.com twitter.com t.me example.org".split(),
        *'@ : / // \\ ? # & = v= . .pdf %2e watch shorts/ status/ name 123456789 0a1b2c3d " <'.split(),
        *("javascript:", " ", "\n", ID),
    ]
)


@given(st.lists(PIECES, max_size=10).map("".join))
def test_nothing_but_the_known_hosts_over_https_becomes_a_card(address):
    kind = embed_kind(address)
    if kind is not None:
        parts = urlsplit(address)
        assert (parts.scheme, parts.username, parts.password) == ("https", None, None)
        assert parts.path.lower().endswith(".pdf") if kind is EmbedKind.PDF else parts.netloc in HOSTS[kind]
    if player(address):
        assert player(address).startswith(tuple(f"{host}/" for host in PLAYERS))
        assert not set(player(address)) & set("\"'<>\\ \n")


@pytest.mark.parametrize(
    ("path", "is_pdf"),
    [
        ("paper.pdf", True),
        ("../x/Paper.PDF#page=2", True),
        ("/x.pdf?y", True),
        ("pdf", False),
        ("x.pdf/y", False),
        ("a?b.pdf", False),
    ],
)
def test_a_document_of_this_site_is_known_by_the_end_of_its_path(path, is_pdf):
    assert is_own_pdf(path) == is_pdf
