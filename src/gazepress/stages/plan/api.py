"""The addresses of the static API: lists of articles as JSON, what there are lists of, and the description of it all.

Older pages of a list are counted from the oldest article, and none tells of a newer one: so a full page never changes
while its articles stay as they are. The first one has the rest, and at least as many as a full page.
"""

from collections.abc import Iterator, Sequence

import msgspec
from msgspec import Struct

from gazepress.model import Planned
from gazepress.outlines import DataOutline, TextOutline
from gazepress.partner_views import DataForm, Directory, Entry, Root
from gazepress.stages.plan.openapi import API, PER_PAGE, describe_api
from gazepress.stages.plan.site import Site, author_path, section_path, storyline_path, tag_path

_KINDS = ("sections", "tags", "authors", "storylines")


class _Place(Struct, frozen=True):
    """What has a list of articles, newest first: its slug, its name for readers, and the site path of its page."""

    slug: str
    title: str
    page: str
    articles: Sequence[str]


def api_outputs(site: Site) -> Iterator[Planned]:
    """Yield all documents of the API, if the settings ask for it."""
    if not site.settings.partners.api:
        return
    title = site.settings.title
    yield from _list(f"{API}articles", _Place("", title, "/", site.graph.listed))
    for kind in _KINDS:
        places = tuple(place for place in _places(site, kind) if place.articles)
        entries = tuple(_entry(site, kind, place) for place in places)
        yield _text(f"{API}{kind}.json", Directory(site.words.say(kind), entries))
        for place in places:
            yield from _list(f"{API}{kind}/{place.slug}", place)
    full = site.frame.absolute
    names = ("articles", *_KINDS, "openapi")
    addresses = {name: full(f"{API}{name}.json") for name in names}
    yield _text(f"{API}index.json", Root(title, full("/"), site.settings.language, **addresses))
    description = describe_api(title, full("/").rstrip("/"))
    yield Planned(f"{API}openapi.json", TextOutline(description))


def _places(site: Site, kind: str) -> Iterator[_Place]:
    graph = site.graph
    match kind:
        case "sections":
            for term in graph.sections.values():
                yield _Place(term.slug, term.label, section_path(term.slug), term.articles)
        case "tags":
            for term in graph.tags.values():
                yield _Place(term.slug, term.label, tag_path(term.slug), term.articles)
        case "authors":
            for author in graph.authors.values():
                yield _Place(author.slug, author.name, author_path(author), author.articles)
        case "storylines":
            for story in graph.storylines.values():
                yield _Place(story.slug, story.title, storyline_path(story.slug), story.articles[::-1])


def _entry(site: Site, kind: str, place: _Place) -> Entry:
    full = site.frame.absolute
    return Entry(place.slug, place.title, full(place.page), len(place.articles), full(f"{API}{kind}/{place.slug}.json"))


def _list(path: str, place: _Place) -> Iterator[Planned]:
    """Yield the pages of a list: ``path.json`` with the newest articles, then down to ``path/1.json`` with the oldest.

    Only the first says how many articles there are, or all would change with each.
    """
    count = len(place.articles)
    full_pages = max(0, count // PER_PAGE - 1)
    for number in range(full_pages + 1):
        end = count - PER_PAGE * (number - 1) if number else count - PER_PAGE * full_pages
        part = tuple(place.articles[end - PER_PAGE : end] if number else place.articles[:end])
        older = number - 1 if number else full_pages
        outline = DataOutline(
            DataForm.LIST,
            part,
            title=place.title,
            page=place.page,
            count=0 if number else count,
            older=f"{path}/{older}.json" if older else "",
        )
        yield Planned(f"{path}/{number}.json" if number else f"{path}.json", outline)


def _text(url: str, document: Struct) -> Planned:
    return Planned(url, TextOutline(msgspec.json.encode(document).decode() + "\n"))
