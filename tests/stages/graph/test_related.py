"""Which articles are called related, in what order, and that every score can be explained."""

import gc

import pytest

from gazepress.model import Article, Reason, Related
from gazepress.pool import ordered_map
from gazepress.settings import RelatedSettings
from gazepress.stages.graph import related
from gazepress.stages.graph.related import explain_related


def path(name):
    return f"content/articles/{name}.md"


def chosen(graph, name):
    return [one.removeprefix("content/articles/").removesuffix(".md") for one in graph.related[path(name)]]


def crowd(article, count=20, **matter):
    """Return older articles that have nothing in common, so that what the others share is rare."""
    return {f"crowd/{at}.md": article(f"Crowd {at}", "2024-01-01", section=f"s{at}", **matter) for at in range(count)}


def test_what_shares_more_and_rarer_things_comes_first(article, graph):
    found = graph(
        crowd(article, tags=("drones",))
        | {
            "rare.md": article("Rare", "2025-01-01", systems=("Zrazok-2",)),
            "common.md": article("Common", "2025-01-01", tags=("drones",)),
            "both.md": article("Both", "2025-01-01", tags=("drones",), systems=("zrazok‑2",)),
            "new.md": article("New", "2025-02-01", tags=("drones",), systems=("Zrazok-2",)),
        }
    )
    assert chosen(found, "new")[:3] == ["both", "rare", "common"]


def test_of_two_that_share_the_same_the_closer_in_time_comes_first(article, graph):
    found = graph(
        {
            "old.md": article("Old", "2023-01-01", people=("Dr. Nora Muster",)),
            "recent.md": article("Recent", "2025-01-01", people=("Dr. Nora Muster",)),
            "new.md": article("New", "2025-02-01", people=("Dr. Nora Muster",)),
        }
    )
    assert chosen(found, "new") == ["recent", "old"]


@pytest.mark.parametrize("link_stands_in", ["new", "old"])
def test_a_link_between_two_counts_in_either_direction(article, ref, graph, link_stands_in):
    refs = {name: [ref("link", target)] for name, target in (("new", "linked.md"), ("old", "new.md"))}
    found = graph(
        {
            "linked.md": article(
                "Linked", "2025-01-01", *(refs["old"] if link_stands_in == "old" else ()), tags=("x",)
            ),
            "other.md": article("Other", "2025-01-01", tags=("x",)),
            "new.md": article("New", "2025-02-01", *(refs["new"] if link_stands_in == "new" else ()), tags=("x",)),
        }
    )
    assert chosen(found, "new") == ["linked", "other"]
    assert Reason("link", "one refers to the other", 0.3) in explain_related(found, path("new"))[0].reasons


def test_an_article_that_names_everything_is_not_like_everything(article, graph):
    found = graph(
        {
            "list.md": article("List", "2025-01-01", tags=("x", *(f"t {at}" for at in range(30)))),
            "brief.md": article("Brief", "2025-01-01", tags=("x",)),
            "new.md": article("New", "2025-01-02", tags=("x",)),
        }
    )
    assert chosen(found, "new") == ["brief", "list"]


def test_articles_that_share_nothing_are_not_related(article, graph):
    found = graph({"a.md": article("A", "2025-01-01", tags=("x",)), "b.md": article("B", "2025-01-02", tags=("y",))})
    assert found.related == {path("b"): (), path("a"): ()}


def test_newer_articles_are_related_only_if_the_settings_say_so(article, ref, graph):
    documents = {
        "a.md": article("A", "2025-01-01", ref("wiki", "C"), tags=("x",)),
        "b.md": article("B", "2025-01-02", tags=("x",)),
        "c.md": article("C", "2025-01-03", ref("wiki", "A")),
    }
    assert chosen(graph(documents), "a") == []
    assert chosen(graph(documents, related=RelatedSettings(newer=True)), "a") == ["c", "b"]


def test_the_count_of_the_settings_is_kept(article, graph):
    documents = {f"{at}.md": article(str(at), f"2025-01-{at:02}", tags=("x",)) for at in range(1, 20)}
    assert chosen(graph(documents), "19") == ["18", "17", "16", "15"]
    assert chosen(graph(documents, related=RelatedSettings(count=2)), "19") == ["18", "17"]
    assert chosen(graph(documents, related=RelatedSettings(count=0)), "19") == []


def test_the_editors_choice_comes_first_even_if_newer_and_takes_places(article, graph):
    documents = {f"{at}.md": article(str(at), f"2025-01-{at:02}", tags=("x",)) for at in range(1, 6)}
    documents["9.md"] = article("9", "2025-01-09", tags=("y",))
    documents["5.md"] = article("5", "2025-01-05", tags=("x",), related=("9", "2", "9"))
    found = graph(documents)
    assert chosen(found, "5") == ["9", "2", "4", "3"]
    assert explain_related(found, path("5"))[0] == Related(path("9"), 1.0, (Reason("editor", "", 1.0),))
    assert chosen(graph(documents, related=RelatedSettings(count=1)), "5") == ["9", "2"]


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2025-01-10T20:00", "less than a day apart"),
        ("2025-01-11T13:00", "1 day apart"),
        ("2025-02-09T12:00", "30 days apart"),
    ],
)
def test_closeness_in_time_is_told_in_days(article, graph, date, words):
    found = graph({"a.md": article("A", "2025-01-10T12:00", tags=("x",)), "b.md": article("B", date, tags=("x",))})
    assert explain_related(found, path("b"))[0].reasons[-1].value == words


def test_equals_come_newest_first_then_by_path(article, graph):
    found = graph(
        {
            "b.md": article("B", "2025-01-01", tags=("x",)),
            "a.md": article("A", "2025-01-01", tags=("x",)),
            "c.md": article("C", "2025-01-01", tags=("x",)),
            "new.md": article("New", "2025-01-02", tags=("x",)),
        }
    )
    assert chosen(found, "new") == ["a", "b", "c"]


def test_every_reason_has_its_part_in_the_score(article, ref, graph):
    found = graph(
        {
            "industry/a.md": article(
                "A",
                "2025-01-01",
                tags=("Radar",),
                organizations=("Exemplar Dynamics",),
                people=("Marta Fikcyjna",),
                countries=("Poland",),
                systems=("Zrazok-2",),
            ),
            "industry/b.md": article(
                "B",
                "2025-01-11",
                ref("wiki", "A"),
                tags=("radar", "x"),
                organizations=("EXEMPLAR DYNAMICS",),
                people=("Marta Fikcyjna",),
                countries=("Poland",),
                systems=("Zrazok–2",),
            ),
        }
    )
    (one,) = explain_related(found, path("industry/b"))
    assert [(reason.kind, reason.value) for reason in one.reasons] == [
        ("tag", "Radar"),
        ("organization", "EXEMPLAR DYNAMICS"),
        ("person", "Marta Fikcyjna"),
        ("system", "Zrazok–2"),
        ("country", "Poland"),
        ("section", "Industry"),
        ("link", "one refers to the other"),
        ("date", "10 days apart"),
    ]
    assert sum(reason.weight for reason in one.reasons) == pytest.approx(one.score)


@pytest.mark.parametrize(("count", "newer"), [(10_000, False), (2_000, True)])
def test_a_tag_on_thousands_of_articles_leads_each_to_a_few(article, graph, monkeypatch, count, newer):
    looked_at = []
    shared = related._Archive._shared

    def counted(self, at):
        found = shared(self, at)
        looked_at.append(len(found))
        return found

    monkeypatch.setattr(related._Archive, "_shared", counted)
    documents = {
        f"{at}.md": article(str(at), f"20{at // 1000 + 10}-01-01T00:{at // 60 % 60:02}:{at % 60:02}", tags=("x",))
        for at in range(count)
    }
    found = graph(documents, related=RelatedSettings(newer=newer))
    assert all(len(one) == 4 for one in list(found.related.values())[:-4])
    assert sum(looked_at) < 50 * len(documents)


@pytest.mark.parametrize("chosen_by_editor", [False, True])
def test_what_has_a_card_in_the_text_leaves_its_place_to_another_unless_the_editor_wants_it(
    chosen_by_editor, article, ref, graph
):
    documents = {f"{at}.md": article(str(at), f"2025-01-{at:02}", tags=("x",)) for at in range(1, 6)}
    kept = {"related": ("5",)} if chosen_by_editor else {}
    documents["9.md"] = article("9", "2025-01-09", ref("read-more", "5.md"), tags=("x",), **kept)
    found = graph(documents, related=RelatedSettings(count=3))
    assert chosen(found, "9") == (["5", "4", "3"] if chosen_by_editor else ["4", "3", "2"])
    assert [one.id for one in explain_related(found, path("9"))] == list(found.related[path("9")])


def test_several_processes_choose_the_same_and_only_what_is_not_known(article, graph):
    asked = []

    def by_processes(choose, articles):
        asked.append(len(articles))
        return ordered_map(choose, articles, jobs=2)

    older = {f"{at}.md": article(str(at), f"2025-01-01T{at // 60:02}:{at % 60:02}", tags=("x",)) for at in range(200)}
    documents = older | {"new.md": article("New", "2025-01-02", tags=("x",))}
    before, whole = graph(older), graph(documents)
    assert graph(documents, choose=by_processes).related == whole.related
    known = {key: before.related[one] for one, key in before.related_keys.items()}
    assert graph(documents, choose=by_processes, known_related=known).related == whole.related
    assert asked == [len(documents), 1]


def test_what_was_compared_is_given_back_without_the_garbage_collector(article, graph):
    gc.collect()
    gc.disable()  # as in a build
    try:
        graph(crowd(article, tags=("x",)))
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        left = [one for one in gc.garbage if isinstance(one, Article)]
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
    assert not left
