"""The graph as other programs and the command line see it."""

import json
import re
import shutil
import subprocess
from datetime import UTC, datetime

import pytest
from lxml import etree

from gazepress.desk.related import describe_article
from gazepress.documents import Document, Ref, RefKind
from gazepress.graph_export import export_graph, find_article
from gazepress.matter import FrontMatter, Status
from gazepress.settings import Settings
from gazepress.stages.graph import build_graph
from gazepress.stages.graph.related import explain_related

ODD = 'Back\\slash at the end, "quotes" & <b>tags</b>\u0001\nнова лінія\\'
A, B, C, D = (f"content/articles/industry/{name}.md" for name in "abcd")
EDGES = [
    (D, A, "link"),
    (D, B, "read-more"),
    (C, B, "follows"),
    (C, A, "related-by-editor"),
    (B, A, "earlier"),
    (B, A, "link"),
]


def article(title, day, *refs, **matter):
    date = datetime(2025, 1, day, 9, 30, tzinfo=UTC)
    found = tuple(Ref(RefKind(kind), target, 1, 1) for kind, target in refs)
    return Document(FrontMatter(title=title, date=date, **matter), found)


def graph_of(documents, **options):
    settings = Settings(title="The Gaze", url="https://gaze.example/", publication="The Gaze")
    return build_graph(documents, settings, datetime(2026, 6, 1, tzinfo=UTC), files=(), **options).value


@pytest.fixture
def graph():
    return graph_of(
        {
            D: article("Fourth", 4, ("link", "a.md"), ("wiki", "a"), ("read-more", "Second"), status=Status.DRAFT),
            C: article("Third", 3, ("follows", "b"), ("related", "a"), ("wiki", "Third"), tags=("radar",)),
            B: article("Second", 2, ("earlier", "a.md"), ("wiki", "a"), ("link", "gone.md"), tags=("radar",)),
            A: article(ODD, 1, tags=("radar", "Lviv")),
        },
        show_held=True,
    )


def test_json_has_each_article_and_each_kind_of_reference_once(graph):
    found = json.loads(export_graph(graph, "json"))
    assert [one["id"] for one in found["articles"]] == [D, C, B, A]
    assert found["articles"][0] == {
        "id": D,
        "title": "Fourth",
        "date": "2025-01-04T09:30:00+00:00",
        "section": "Industry",
        "held": "draft",
    }
    assert found["articles"][3]["title"] == ODD
    assert [(one["source"], one["target"], one["kind"]) for one in found["edges"]] == EDGES


def test_graphml_says_the_same_and_is_well_formed(graph):
    root = etree.fromstring(export_graph(graph, "graphml").encode())
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    keys = {(one.get("for"), one.get("id")) for one in root.iterfind("g:key", space)}
    paths, titles = {}, {}
    for node in root.iterfind("g:graph/g:node", space):
        data = {one.get("key"): one.text for one in node}
        assert {("node", key) for key in data} <= keys
        assert re.fullmatch(r"[\w.:-]+", node.get("id"))
        paths[node.get("id")], titles[data["path"]] = data["path"], data["title"]
    edges = [
        (paths[one.get("source")], paths[one.get("target")], one.findtext("g:data[@key='kind']", namespaces=space))
        for one in root.iterfind("g:graph/g:edge", space)
    ]
    assert edges == EDGES
    assert titles[A] == ODD.replace("\u0001", "")


def read_dot(text):
    """Read the part of the DOT language that is used, strictly: (names, attributes) of each statement."""
    quoted = r'"(?:[^"\\]|\\.)*"'
    attributes = rf"(?:\w+={quoted})(?:, \w+={quoted})*"
    line = re.compile(rf"  ({quoted})(?: -> ({quoted}))? \[({attributes})\];\n", re.DOTALL)
    head, tail = "digraph articles {\n  node [shape=box];\n", "}\n"
    assert text.startswith(head)
    at, statements = len(head), []
    while match := line.match(text, at):
        names = tuple(plain_dot(one) for one in match.groups()[:2] if one)
        found = re.findall(rf"(\w+)=({quoted})", match[3], re.DOTALL)
        statements.append((names, {name: plain_dot(value) for name, value in found}))
        at = match.end()
    assert text[at:] == tail
    return statements


def plain_dot(quoted):
    return re.sub(r"\\(.)", r"\1", quoted[1:-1])


def test_dot_says_the_same_with_every_name_quoted(graph):
    statements = read_dot(export_graph(graph, "dot"))
    nodes = {names[0]: attributes for names, attributes in statements if len(names) == 1}
    assert nodes[A]["label"] == nodes[A]["title"] == ODD.replace("\u0001", "")
    assert nodes[C] == {
        "label": "Third",
        "title": "Third",
        "date": "2025-01-03T09:30:00+00:00",
        "section": "Industry",
    }
    assert [(*names, attributes["kind"]) for names, attributes in statements if len(names) == 2] == EDGES


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_graphviz_reads_the_dot(graph):
    done = subprocess.run(
        ["dot", "-Tplain"], input=export_graph(graph, "dot").encode(), capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("format_", ["json", "dot", "graphml"])
def test_an_empty_graph_is_exported_too(format_):
    assert export_graph(graph_of({}), format_)


@pytest.mark.parametrize("written", ["b", "Second", "«second»", "industry/b.md", B, f"./{B}"])
def test_an_article_is_found_by_slug_title_or_path(graph, written):
    found = find_article(graph, written)
    assert (found.value, found.diagnostics) == (B, ())


def test_what_is_not_found_is_told_the_nearest(graph):
    found = find_article(graph, "Secnd")
    (problem,) = found.diagnostics
    assert found.value is None
    assert (problem.code, problem.message) == ("reference-unknown", "there is no article 'Secnd'")
    assert problem.hint == f"did you mean “Second” ({B})?"


def test_what_fits_several_is_told_all():
    graph = graph_of({A: article("Review", 1), B: article("Review", 2)})
    found = find_article(graph, "review")
    assert found.value is None
    assert found.diagnostics[0].message == f"'review' fits 2 articles: {A}, {B}"


def test_one_article_is_described_with_its_edges_story_and_every_reason(graph):
    text = describe_article(graph, C, zone=UTC, why=True)
    found = explain_related(graph, C)[1]
    score, (tag, section, *_, date) = found.score, found.reasons
    odd = '“Back\\slash at the end, "quotes" & <b>tags</b> нова лінія\\”'
    assert text.splitlines() == [
        "Third",
        C,
        "2025-01-03 09:30; section Industry; tags radar",
        "",
        "Refers to",
        "  follows: “Second”",
        f"      {B}",
        f"  related-by-editor: {odd}",
        f"      {A}",
        "",
        "Storyline",
        f"  {odd}, part 3 of 3",
        "",
        "Related",
        f"  1.0000 {odd}",
        f"      {A}",
        "    1.0000 chosen by the editor",
        f"  {score:.4f} “Second”",
        f"      {B}",
        f"    {tag.weight:.4f} tag “radar”",
        f"    {section.weight:.4f} section “Industry”",
        "    0.3000 one refers to the other",
        f"    {date.weight:.4f} 1 day apart",
    ]


def test_a_description_names_what_refers_to_the_article_and_that_it_is_held(graph):
    text = describe_article(graph, B, zone=UTC, why=False)
    assert f"Is referred to by\n  read-more: “Fourth”\n      {D}\n  follows: “Third”\n      {C}\n" in text
    assert "held back: draft" in describe_article(graph, D, zone=UTC, why=False)
