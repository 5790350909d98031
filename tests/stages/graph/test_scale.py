"""That twice the archive is twice the work, whatever its shape. Work is counted in lines of Python, not in seconds."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from gazepress.folding import fold
from gazepress.matter import Status
from gazepress.settings import RelatedSettings
from gazepress.stages.graph import terms
from gazepress.urls import slugify
from support import lines_run

START = datetime(2015, 1, 1, tzinfo=UTC)
TWICE = 2.3
SMALL = 400


def day(at):
    return START + timedelta(hours=at)


def a_tag_on_half_the_archive(make, count):
    return {f"{at}.md": make.article(f"T {at}", day(at), tags=("x",) if at % 2 else ()) for at in range(count)}


def a_section_for_all(make, count):
    return {f"naval/{at}.md": make.article(f"T {at}", day(at)) for at in range(count)}


def one_referred_to_by_all(make, count):
    return {
        f"{at}.md": make.article(f"T {at}", day(at), make.ref("wiki", "T 0"), related=("0",)) for at in range(1, count)
    } | {"0.md": make.article("T 0", day(0))}


def one_that_refers_to_all(make, count):
    documents = {f"{at}.md": make.article(f"T {at}", day(at)) for at in range(count)}
    refs = [make.ref("wiki", f"T {at}") for at in range(count)]
    return documents | {"all.md": make.article("All", day(count), *refs, related=[str(at) for at in range(count)])}


def a_long_storyline(make, count):
    documents = {f"{at}.md": make.article(f"T {at}", day(at), follows=(f"{at - 1}",)) for at in range(1, count)}
    return documents | {"0.md": make.article("T 0", day(0))}


def a_storyline_of_many_circles(make, count):
    """Each part follows the one before, and the first one follows them all."""
    documents = {f"{at}.md": make.article(f"T {at}", day(at), follows=(f"{at - 1}",)) for at in range(1, count)}
    return documents | {"0.md": make.article("T 0", day(0), follows=[str(at) for at in range(1, count)])}


def storylines_of_one_name(make, count):
    parts = {f"{at}/x.md": make.article(f"T {at}", day(at)) for at in range(count // 2)}
    return parts | {
        f"{at}/y.md": make.article(f"U {at}", day(at) + timedelta(minutes=1), follows=("x.md",))
        for at in range(count // 2)
    }


def a_tag_for_each(make, count):
    return {f"{at}.md": make.article(f"T {at}", day(at), tags=(f"radar subject {at}",)) for at in range(count)}


def one_author_for_all(make, count):
    return {f"{at}.md": make.article(f"T {at}", day(at), authors=("Jean Exemple",)) for at in range(count)}


def an_author_for_each(make, count):
    return {f"{at}.md": make.article(f"T {at}", day(at), authors=(f"Jean Exemple {at}",)) for at in range(count)}


def titles_that_begin_alike(make, count):
    title = "Exemplar Dynamics Opens a Shell Line in Lviv:"
    return {
        f"{at}.md": make.article(f"{title} {at}", day(at), make.ref("read-more", f"{title} {at // 2}"))
        for at in range(1, count)
    } | {"0.md": make.article(f"{title} 0", day(0))}


def titles_that_are_the_same(make, count):
    return {f"{at}.md": make.article("The Deal", day(at), make.ref("wiki", "the deal")) for at in range(count)}


def a_slug_that_fits_all_and_a_file_beside_each(make, count):
    return {
        f"{at}/{name}.md": make.article(f"T {at}", day(at), make.ref("wiki", "x"), slug=slug)
        for at in range(count // 2)
        for name, slug in (("x", f"y{at}"), ("y", "x"))
    }


def references_that_lead_nowhere(make, count):
    return {
        f"{at}.md": make.article(f"T {at}", day(at), make.ref("wiki", f"Gone {at}"), make.ref("link", f"gone{at}.md#a"))
        for at in range(count)
    }


def references_to_what_is_held_back(make, count):
    documents = {
        f"{at}.md": make.article(f"T {at}", day(at), make.ref("wiki", "Held"), tags=("x",)) for at in range(count)
    }
    return documents | {"held.md": make.article("Held", day(1), status=Status.DRAFT)}


def sentences_without_a_link(make, count):
    sentence = "As The Gaze reported earlier, Exemplar Dynamics opened a shell line."
    title = "Exemplar Dynamics Opens a Shell Line"
    return {f"{at}.md": make.article(f"{title} {at}", day(at), earlier=(sentence,)) for at in range(count)}


SHAPES = [
    a_tag_on_half_the_archive,
    a_section_for_all,
    one_referred_to_by_all,
    one_that_refers_to_all,
    a_long_storyline,
    a_storyline_of_many_circles,
    storylines_of_one_name,
    a_tag_for_each,
    one_author_for_all,
    an_author_for_each,
    titles_that_begin_alike,
    titles_that_are_the_same,
    a_slug_that_fits_all_and_a_file_beside_each,
    references_that_lead_nowhere,
    references_to_what_is_held_back,
    sentences_without_a_link,
]


@pytest.fixture(scope="module")
def make(article, ref):
    """Return what shapes are made with."""
    return SimpleNamespace(article=article, ref=ref)


def forget():
    """Empty what pure functions remember, so that the second of two builds has no help from the first."""
    for function in (fold, slugify, terms._one_line, terms._folder_label):
        function.cache_clear()


@pytest.mark.parametrize("newer", [False, True], ids=["older", "newer"])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_twice_the_archive_is_twice_the_work(make, build, shape, newer):
    work = []
    for count in (SMALL, 2 * SMALL):
        documents = shape(make, count)
        options = {"references": "warning", "related": RelatedSettings(newer=newer)}
        forget()
        work.append(lines_run(lambda documents=documents, options=options: build(documents, **options)))
    assert work[1] <= TWICE * work[0], work


@pytest.mark.parametrize("shape", [a_long_storyline, a_storyline_of_many_circles, one_referred_to_by_all])
def test_nothing_recurses(make, build, shape):
    documents = shape(make, 5000)
    assert len(build(documents, references="warning").value.articles) == 5000
