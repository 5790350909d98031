"""What pages of the sample say to machines: JSON-LD in the vocabulary of schema.org, and Open Graph."""

import json
import re
from pathlib import Path

import pytest

from support import Command, read_tree

ROOT = Path(__file__).parents[1]

# Types and their own properties, of those that pages use, as in version 30.0 of 2026-03-19: https://schema.org/Article
# and so on for each type; the releases are listed at https://schema.org/docs/releases.html. Compared with the types of
# the npm package schema-dts 2.1.0; some steps between a type and its ancestor are left out here.
PARENTS = {
    "CreativeWork": "Thing",
    "Article": "CreativeWork",
    "NewsArticle": "Article",
    "AnalysisNewsArticle": "NewsArticle",
    "BackgroundNewsArticle": "NewsArticle",
    "OpinionNewsArticle": "NewsArticle",
    "CreativeWorkSeries": "CreativeWork",
    "WebSite": "CreativeWork",
    "WebPage": "CreativeWork",
    "CollectionPage": "WebPage",
    "ProfilePage": "WebPage",
    "CorrectionComment": "CreativeWork",
    "ImageObject": "CreativeWork",
    "ItemList": "Thing",
    "BreadcrumbList": "ItemList",
    "ListItem": "Thing",
    "SearchAction": "Action",
    "Action": "Thing",
    "EntryPoint": "Thing",
    "Person": "Thing",
    "Country": "Thing",
    "Organization": "Thing",
    "NewsMediaOrganization": "Organization",
}
PROPERTIES = {
    "Thing": "name url description image sameAs mainEntityOfPage potentialAction",
    "CreativeWork": "headline author publisher datePublished dateModified inLanguage keywords isAccessibleForFree"
    " isPartOf about mentions mainEntity citation correction text creditText translationOfWork workTranslation",
    "Article": "articleSection wordCount backstory",
    "NewsArticle": "dateline",
    "ImageObject": "width height caption",
    "ItemList": "itemListElement",
    "ListItem": "position item",
    "Action": "target",
    "SearchAction": "query-input",  # an annotation of the property `query`: https://schema.org/docs/actions.html
    "EntryPoint": "urlTemplate",
    "Person": "jobTitle",
    "Organization": "logo publishingPrinciples correctionsPolicy ethicsPolicy ownershipFundingInfo unnamedSourcesPolicy"
    " actionableFeedbackPolicy",
    "NewsMediaOrganization": "masthead",
}


def allowed(kind):
    own = set(PROPERTIES.get(kind, "").split())
    return own | allowed(PARENTS[kind]) if kind in PARENTS else own


def strange(thing):
    """Yield each type that the vocabulary does not have, and each property that its type does not."""
    if isinstance(thing, list):
        for one in thing:
            yield from strange(one)
    elif isinstance(thing, dict):
        kind = thing["@type"]
        if kind != "Thing" and kind not in PARENTS:
            yield kind
        yield from (f"{kind}.{name}" for name in thing.keys() - {"@context", "@type", "@id"} - allowed(kind))
        for value in thing.values():
            yield from strange(value)


def identities(thing):
    """Yield what has a name of its own for all pages: its ``@id``, its type, and its title."""
    if isinstance(thing, list):
        for one in thing:
            yield from identities(one)
    elif isinstance(thing, dict):
        if "@id" in thing:
            yield thing["@id"], thing["@type"], thing.get("name")
        for value in thing.values():
            yield from identities(value)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    output = tmp_path_factory.mktemp("sample") / "public"
    built = Command(ROOT)("build", "--output", str(output), "--now", "2026-11-24T12:00:00Z")
    assert built.returncode == 0, built.stderr
    return {path: data.decode() for path, data in read_tree(output).items() if path.endswith(".html")}


@pytest.fixture(scope="module")
def said(pages):
    scripts = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    return {path: [json.loads(found) for found in scripts.findall(page)] for path, page in pages.items()}


def test_each_type_and_property_is_in_the_vocabulary(said):
    assert len([path for path, things in said.items() if things]) > 100
    assert {path: found for path, things in said.items() if (found := list(strange(things)))} == {}


def test_a_property_of_another_type_is_found():
    wrong = {"@type": "Person", "name": "Anna", "worksFor": {"@type": "Newsroom"}, "wordCount": 1}
    assert sorted(strange(wrong)) == ["Newsroom", "Person.wordCount", "Person.worksFor"]


def test_what_several_pages_speak_of_is_the_same_thing_on_each(said):
    known = {}
    for things in said.values():
        for identity, kind, name in identities(things):
            if "#" in identity:
                known.setdefault(identity, set()).add((kind, name))
    assert {"https://gaze.example/#publisher", "https://gaze.example/#website"} < known.keys()
    assert [identity for identity, names in known.items() if len(names) > 1] == []


def test_an_author_is_the_same_as_elsewhere(said):
    profile, _ = said["authors/iryna-vyhadko/index.html"][0]
    assert profile["mainEntity"]["sameAs"] == [
        "https://www.example.org/authors/iryna-vyhadko",
        "https://notebook.example/iryna-vyhadko",
    ]


def test_shared_links_tell_section_authors_tags_and_the_language_with_its_country(pages):
    page = pages["2026/11/border-batteries-lend/index.html"]
    said = re.findall(
        r'<meta (?:property|name)="(author|og:locale|article:(?!.*_time)[a-z]+)" content="([^"]*)">', page
    )
    assert said == [
        ("author", "Taras Prykladnyi, Anna Przykładowa"),
        ("og:locale", "en_US"),
        ("article:section", "Air Defense"),
        ("article:author", "https://gaze.example/authors/taras-prykladnyi/"),
        ("article:author", "https://gaze.example/authors/anna-przykladowa/"),
        ("article:tag", "interceptors"),
        ("article:tag", "missiles"),
        ("article:tag", "EU funds"),
        ("article:tag", "financing"),
    ]
