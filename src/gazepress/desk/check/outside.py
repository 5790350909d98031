"""Where do texts lead to other sites? Every such address that readers can see, with its place."""

from collections.abc import Iterator
from urllib.parse import urldefrag

from msgspec import Struct

from gazepress.build.newsroom import Newsroom
from gazepress.desk.check.text import Place, Text, read
from gazepress.documents import Document
from gazepress.matter import AuthorMatter, FrontMatter
from gazepress.stages.parse.addresses import Where, classify

_SCHEMES = ("http://", "https://")


class Outside(Struct, frozen=True):
    """A link to another site: its address without the place in its page, and where it stands."""

    address: str
    path: str
    place: Place


def find_outside(newsroom: Newsroom) -> Iterator[Outside]:
    """Yield the links to other sites in the order of their files.

    What is held back is left out: nobody out there is to learn from our questions what we are about to publish.
    """
    graph = newsroom.graph
    held = {one.path for one in graph.held}
    for path, document in _documents(newsroom).items():
        data = (newsroom.site / path).read_bytes()
        if path not in held and b"http" in data.lower():
            text = read(data, document, newsroom.library.options)
            for address, place in _addresses(text):
                yield Outside(address, path, place)


def _documents(newsroom: Newsroom) -> dict[str, Document]:
    graph = newsroom.graph
    texts = {one.id: one.document for one in graph.articles.values()}
    texts |= {one.id: one.document for one in graph.pages.values()}
    texts |= {one.id: one.document for one in graph.authors.values() if one.document is not None}
    return dict(sorted(texts.items()))


def _addresses(text: Text) -> Iterator[tuple[str, Place]]:
    matter = text.document.matter
    sources = matter.sources if isinstance(matter, FrontMatter) else ()
    links = matter.links if isinstance(matter, AuthorMatter) else ()
    for key, named in (("sources", sources), ("links", links)):
        for number, one in enumerate(named):
            if address := _outside(one.url):
                yield address, text.place_of(key, number, "url")
    for passage in text.passages:
        for link in passage.links:
            if address := _outside(link.address):
                yield address, link.place


def _outside(written: str) -> str:
    """Return the address of another site as it is asked for; empty for any other."""
    where, address = classify(written)
    is_web = where is Where.ELSEWHERE and address.lower().startswith(_SCHEMES)
    return urldefrag(address).url if is_web else ""
