"""What holds for every site, whatever is in it."""

import random
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from gazepress.matter import Status
from gazepress.settings import RelatedSettings
from gazepress.stages.graph import related
from gazepress.stages.graph.related import explain_related

NOW = datetime(2026, 6, 1, tzinfo=UTC)
PUBLIC_DAYS = ["2025-01-01", "2025-01-02", "2025-06-01", "2026-05-31"]
FUTURE_DAYS = ["2026-06-02", "2026-12-01"]
WORDS = ["radar", "Radar", "drone", "drones", "Air Defense", "air-defense", "РЛС", "C#", "", "!!!"]
TITLES = ["Radar", "«radar»", "A Deal", "The Deal", "a deal", "Contract #7", "x", "About"]
TARGETS = [
    *TITLES,
    "a",
    "b.md",
    "industry/a",
    "../naval/b.md",
    "h0",
    "h1.md",
    "#top",
    "x#top",
    "/about/",
    "p.png",
    "about",
]
KINDS = ["link", "wiki", "read-more", "earlier", "picture"]


def as_bytes(graph):
    """Return all of a graph, the order of its maps included."""
    return msgspec.json.encode(graph)


@pytest.fixture(scope="session")
def sites(article, page, author, ref):
    """Return a strategy of public documents by path, and one of documents that are held back.

    Texts come from a fixed pool of odd ones: to draw each of their parts would take most of the time of a test.
    """
    dice = random.Random(11)

    def some(values, most):
        return tuple(dice.choices(values, k=dice.randint(0, most)))

    def refs():
        return [ref(dice.choice(KINDS), target) for target in some(TARGETS, 4)]

    def text(days, **held):
        return article(
            dice.choice(TITLES),
            dice.choice(days),
            *refs(),
            slug=dice.choice(["", "", "", "a", "x"]),
            section=dice.choice(["", "", "Naval", "air defense", "Air Defense"]),
            tags=some(WORDS, 3),
            authors=some(["Jean Exemple", "jean-exemple", "Zoya", "zoya", "x-y"], 2),
            organizations=some(WORDS, 3),
            countries=some(["Poland", "France"], 2),
            related=some(TARGETS, 2),
            follows=some(TARGETS, 2),
            fragments=some(["top"], 1),
            earlier=some(["As The Gaze reported earlier, a radar deal was near."], 1),
            **held,
        )

    def placed(folders, names, pool):
        paths = [f"content/articles/{folder}{name}.md" for folder in folders for name in names]
        return st.dictionaries(st.sampled_from(paths), st.sampled_from(pool), max_size=8)

    def about(name, **held):
        pool = [page(title, *refs(), **held) for title in TITLES]
        return st.dictionaries(st.just(f"content/pages/{name}.md"), st.sampled_from(pool), max_size=1)

    public = placed(
        ["", "industry/", "naval/", "2025/naval/"], ["a", "b", "x/index"], [text(PUBLIC_DAYS) for _ in range(200)]
    )
    states = [
        lambda: text(FUTURE_DAYS),
        lambda: text(PUBLIC_DAYS, status=Status.DRAFT),
        lambda: text(PUBLIC_DAYS, embargo="2026-07-01"),
        lambda: text(FUTURE_DAYS, embargo="2026-05-01"),
    ]
    held = placed(["", "naval/", "hidden/"], ["h0", "h1", "x/index"], [state() for _ in range(50) for state in states])
    authors = st.just({"content/authors/jean-exemple.md": author("Jean M. Exemple")})
    return _joined(public, about("about"), authors), _joined(held, about("h3", status=Status.DRAFT))


def _joined(*parts):
    return st.tuples(*parts).map(lambda drawn: {path: one for part in drawn for path, one in part.items()})


FILES = ["content/articles/p.png", "content/articles/naval/p.png"]


@given(st.data())
@settings(deadline=None)
def test_the_order_of_the_documents_does_not_matter(sites, build, data):
    public, held = sites
    documents = data.draw(held) | data.draw(public)
    shuffled = data.draw(st.permutations(list(documents.items())))
    show_held = data.draw(st.booleans())
    one = build(documents, files=FILES, show_held=show_held)
    other = build(dict(shuffled), files=FILES[::-1], show_held=show_held)
    assert as_bytes(one) == as_bytes(other)


@given(st.data())
@settings(deadline=None, max_examples=300)
def test_what_is_held_back_changes_nothing_but_the_list_of_it(sites, build, data):
    public, held = sites
    documents, hidden = data.draw(public), data.draw(held)
    hidden = {path: one for path, one in hidden.items() if path not in documents}
    newer = data.draw(st.booleans())
    options = {"files": FILES, "related": RelatedSettings(newer=newer)}
    alone = build(documents, **options).value
    together = build(documents | hidden, **options).value
    assert {one.path for one in together.held} == set(hidden)
    assert as_bytes(replace(together, held=(), next_change=None)) == as_bytes(replace(alone, next_change=None))


@given(st.data())
@settings(deadline=None)
def test_problems_of_public_texts_never_show_a_held_title(sites, article, build, data):
    public, _ = sites
    title = "Zxqv Unseen"
    hidden = {"content/articles/h0.md": article(title, status=Status.DRAFT, tags=("radar",), summary="A radar deal.")}
    checked = build(data.draw(public) | hidden, files=FILES)
    assert all(title not in one.message + one.hint for one in checked.diagnostics)


@given(st.data())
@settings(deadline=None)
def test_every_reference_of_every_text_has_its_place_and_every_id_exists(sites, build, data):
    public, held = sites
    graph = build(
        data.draw(held) | data.draw(public),
        files=FILES,
        show_held=True,
        related=RelatedSettings(newer=data.draw(st.booleans())),
    ).value
    documents = {one.id: one.document for one in (*graph.articles.values(), *graph.pages.values())}
    documents |= {one.id: one.document for one in graph.authors.values() if one.id}
    assert {path: len(found) for path, found in graph.targets.items()} == {
        path: len(document.refs) for path, document in documents.items()
    }
    assert set(graph.related) == set(graph.neighbors) == set(graph.articles)
    terms = (*graph.sections.values(), *graph.tags.values(), *graph.authors.values(), *graph.storylines.values())
    lists = [*(term.articles for term in terms), *graph.backlinks.values()]
    assert {one for found in lists for one in found} <= set(graph.articles)
    for article in graph.articles.values():
        assert set(article.tags) <= set(graph.tags)
        assert set(article.authors) <= set(graph.authors)
        assert article.section in {"", *graph.sections}
        assert article.id not in graph.related[article.id]
        explained = explain_related(graph, article.id)
        assert tuple(one.id for one in explained) == graph.related[article.id]
        for one in explained:
            assert sum(reason.weight for reason in one.reasons) == pytest.approx(one.score)


def test_a_new_report_changes_nothing_that_is_related_to_old_ones(article, build):
    dice = random.Random(7)

    def report(at):
        topics = {key: tuple(dice.sample("abcdefgh", 3)) for key in ("tags", "organizations", "countries")}
        return article(f"Report {at}", f"2025-{at // 28 + 1:02}-{at % 28 + 1:02}", **topics)

    archive = {f"{at}.md": report(at) for at in range(100)}
    before = build(archive).value
    after = build(archive | {f"{at}.md": report(at) for at in range(100, 130)}).value
    assert {one: after.related[one] for one in before.related} == before.related


def choices(graph):
    """Return what a graph chose as related, by key, as a build remembers it."""
    return {key: graph.related[article] for article, key in graph.related_keys.items()}


@given(st.data())
@settings(deadline=None)
def test_what_earlier_builds_chose_changes_nothing(sites, build, data):
    """Texts come and go, move, and change their dates and words between builds; so do the settings."""
    known = {}
    for _ in range(3):
        documents = data.draw(sites[1]) | data.draw(sites[0])
        options = {
            "files": FILES,
            "show_held": data.draw(st.booleans()),
            "related": RelatedSettings(count=data.draw(st.sampled_from([1, 2, 4])), newer=data.draw(st.booleans())),
        }
        fresh = build(documents, **options)
        assert as_bytes(build(documents, known_related=known, **options)) == as_bytes(fresh)
        known |= choices(fresh.value)


def archive_of(count):
    """Return articles with topics, links and an editor's choice, and many of the same moment."""
    dice = random.Random(3)

    def report(at):
        topics = {key: tuple(dice.sample("abcdefgh", 3)) for key in ("tags", "organizations", "people", "systems")}
        links = [f"{dice.randrange(count)}.md" for _ in range(dice.randint(0, 2))]
        chosen = tuple(f"{dice.randrange(count)}.md" for _ in range(dice.choice([0, 0, 0, 1])))
        return f"{at}.md", (f"Report {at}", f"2025-{at // 10 + 1:02}-{at % 5 + 1:02}", links, topics, chosen)

    return dict(report(at) for at in range(count))


def written(article, ref, reports):
    return {
        path: article(title, date, *(ref("link", target) for target in links), **topics, related=chosen)
        for path, (title, date, links, topics, chosen) in reports.items()
    }


EDITS = {
    "date": lambda title, _, links, topics, chosen: (title, "2025-06-03", links, topics, chosen),
    "tags": lambda title, date, links, topics, chosen: (title, date, links, topics | {"tags": ("a", "z")}, chosen),
    "people": lambda title, date, links, topics, chosen: (title, date, links, topics | {"people": ("h",)}, chosen),
    "section": lambda title, date, links, topics, chosen: (title, date, links, topics | {"section": "S"}, chosen),
    "links": lambda title, date, _, topics, chosen: (title, date, ["3.md", "77.md"], topics, chosen),
    "editors": lambda title, date, links, topics, _: (title, date, links, topics, ("5.md", "70.md")),
    "nothing": lambda *parts: parts,
}


@given(st.lists(st.tuples(st.sampled_from(["remove", "add", *EDITS]), st.integers(0, 89)), min_size=1, max_size=4))
@settings(deadline=None, max_examples=40)
def test_an_edited_archive_is_chosen_from_as_if_for_the_first_time(article, ref, build, edits):
    reports = archive_of(90)
    known = {}
    for newer in (False, True):
        options = {"references": "warning", "related": RelatedSettings(newer=newer)}
        known |= choices(build(written(article, ref, reports), **options).value)
    for edit, at in edits:
        path = f"{at}.md"
        if edit == "remove":
            reports.pop(path, None)
        elif edit == "add":
            reports[f"new-{at}.md"] = archive_of(90)[path]
        elif path in reports:
            reports[path] = EDITS[edit](*reports[path])
    documents = written(article, ref, reports)
    for newer in (False, True):
        options = {"references": "warning", "related": RelatedSettings(newer=newer)}
        fresh = build(documents, **options).value
        again = build(documents, known_related=known, **options).value
        assert as_bytes(again) == as_bytes(fresh)


def test_only_what_an_edit_can_change_is_chosen_anew(article, ref, build):
    reports = archive_of(90)
    before = build(written(article, ref, reports), references="warning").value
    by_age = list(before.articles)[::-1]
    edited = by_age[60].removeprefix("content/articles/")
    title, date, links, topics, chosen = reports[edited]
    reports[edited] = ("Another Title", date, links, topics, chosen)
    assert build(written(article, ref, reports), references="warning").value.related_keys == before.related_keys
    reports[edited] = (title, date, links, topics | {"tags": ("z",)}, chosen)
    after = build(written(article, ref, reports), references="warning").value
    changed = [one for one in by_age if after.related_keys[one] != before.related_keys[one]]
    assert changed == by_age[60:]


def test_what_is_known_is_not_weighed_again(article, ref, build, monkeypatch):
    documents = written(article, ref, archive_of(90))
    first = build(documents, references="warning").value
    monkeypatch.setattr(related, "_Archive", None)
    assert as_bytes(build(documents, references="warning", known_related=choices(first)).value) == as_bytes(first)
