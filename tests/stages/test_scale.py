"""That twice the archive is twice the work for plan, keys and views, whatever its shape, and a plan twice as large."""

import msgspec
import pytest

from gazepress.build.packed import pack
from gazepress.build.prints import fingerprints
from gazepress.documents import RefKind
from gazepress.model import ToArticle, ToSitePath
from gazepress.page_views import TEMPLATES
from gazepress.stages.plan import make_plan
from support import lines_run

TWICE = 2.3
SMALL = 250


def a_tag_and_an_author_on_half_the_archive(site, count):
    for at in range(count):
        site.article(f"a{at}", tags=("ammo",) if at % 2 else (), authors=("anna",) if at % 2 else ())


def a_section_for_all(site, count):
    for at in range(count):
        site.article(f"a{at}", section="land")


def one_referred_to_by_all(site, count):
    first = site.article("first")
    link = (RefKind.WIKI, "first", ToArticle(first))
    site.backlinks[first] = tuple(site.article(f"a{at}", links=(link,)) for at in range(count))[::-1]


def one_that_refers_to_all(site, count):
    others = [site.article(f"a{at}") for at in range(count)]
    last = site.article("last", links=[(RefKind.WIKI, file, ToArticle(file)) for file in others])
    site.backlinks |= dict.fromkeys(others, (last,))


def a_storyline_of_all(site, count):
    site.storyline("first", *(site.article(f"a{at}") for at in range(count)))


def a_storyline_for_every_two(site, count):
    for at in range(count // 2):
        site.storyline(f"s{at}", site.article(f"a{at}"), site.article(f"b{at}"))


def a_tag_for_each(site, count):
    for at in range(count):
        site.article(f"a{at}", tags=(f"t{at}",))


def all_tags_on_one(site, count):
    site.article("first", tags=[f"t{at}" for at in range(count)])


def an_author_for_each(site, count):
    for at in range(count):
        site.author(f"author{at}")
        site.article(f"a{at}", authors=(f"author{at}",))


def pictures_for_each(site, count):
    for at in range(count):
        site.file(f"static/images/{at}.jpg")
        site.article(f"a{at}", links=((RefKind.PICTURE, f"/images/{at}.jpg", ToSitePath(f"/images/{at}.jpg")),))


def aliases_for_each(site, count):
    for at in range(count):
        site.article(f"a{at}", aliases=(f"/old/{at}/",))


def links_that_lead_nowhere(site, count):
    for at in range(count):
        site.article(f"a{at}", links=((RefKind.LINK, f"/gone/{at}/", ToSitePath(f"/gone/{at}/")),))


SHAPES = [
    a_tag_and_an_author_on_half_the_archive,
    a_section_for_all,
    one_referred_to_by_all,
    one_that_refers_to_all,
    a_storyline_of_all,
    a_storyline_for_every_two,
    a_tag_for_each,
    all_tags_on_one,
    an_author_for_each,
    pictures_for_each,
    aliases_for_each,
    links_that_lead_nowhere,
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_twice_the_archive_is_twice_the_work(publication, shape):
    once, twice = (_work(publication, shape, count) for count in (SMALL, 2 * SMALL))
    assert all(twice[step] <= TWICE * once[step] for step in once), (once, twice)


def _work(publication, shape, count):
    """Return the lines that each step runs, and the size of the plan in bytes."""
    site = publication(per_page=5)
    shape(site, count)
    graph = site.graph()
    plan = make_plan(graph, site.settings, site.files, site.facts, site.sheets).value
    return {
        "plan": lines_run(lambda: make_plan(graph, site.settings, site.files, site.facts, site.sheets)),
        "keys": lines_run(lambda: _make_keys(plan, graph)),
        "compose": lines_run(lambda: site.composed(plan)),
        "size": len(msgspec.msgpack.encode(plan)),
    }


def _make_keys(plan, graph):
    texts = dict.fromkeys(graph.targets, "key")
    assert fingerprints(pack(plan)[1], texts, dict.fromkeys(TEMPLATES, "key"))
