"""A newsroom that tells its partners all that it can, built once for all tests of one process."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from stages.conftest import Publication
from support import NOW, Command, article, photograph, read_tree, write_site

SETTINGS = """
title: The Gaze & <Friends>
url: https://gaze.example/news/
publication: The Gaze
timezone: Europe/Kyiv
sections: [{slug: steel, name: Steel & Iron}]
policies: {corrections: /about/, ethics: 'https://council.example/ethics'}
partners: {ninjs: on, items: 4, api: on, oembed: on, terms: Ask us first.}
"""
FILES = {
    "site.yaml": SETTINGS,
    "content/pages/about.md": "---\ntitle: About\n---\nUs.\n",
    "content/authors/anna.md": "---\nname: Anna Kovalenko\n---\nWrites.\n",
    "content/articles/steel/furnace.jpg": photograph((640, 360)),
    "content/articles/steel/rich.md": article(
        "Mills & <more>",
        "See [the first](plain.md) and [the list](#orders).\n\n## Orders\n\n![A furnace](furnace.jpg)\n",
        date="2025-05-01 10:00",
        tags="[steel, R&D]",
        authors="[anna, Bo Li]",
        image="{src: furnace.jpg, alt: A furnace, caption: 'The furnace, lit', credit: Anna Kovalenko}",
        kind="analysis",
        dateline="Dnipro",
        organizations="[Metinvest]",
        people="[Jane Doe]",
        countries="[Ukraine]",
        systems="[Bohdana]",
        sources="[{name: The ministry, url: 'https://mil.example/Ж'}, {name: A worker}]",
    ),
    "content/articles/steel/plain.md": article("Plain report", "Text.", date="2025-04-01", tags="[steel]"),
    "content/articles/steel/corrected.md": article(
        "Prices rise",
        "They rise.",
        date="2025-02-02",
        tags="[steel]",
        corrections="[{date: 2025-05-20 12:00, text: 'It was 5, not 6.'}]",
    ),
    "content/articles/steel/retracted.md": article(
        "Mill to close",
        "SECRET claim.",
        date="2025-01-04",
        tags="[steel]",
        authors="[anna]",
        summary="SECRET summary.",
        people="[SECRET person]",
        corrections="[{date: 2025-05-21, kind: retraction, text: No such decision was made.}]",
    ),
    "content/articles/steel/gone.md": article(
        "SECRET court case", "SECRET.", date="2025-01-03", status="gone", gone="A court has ordered it."
    ),
    "content/articles/steel/held.md": article("HELD", "HELD.", date="2025-01-02", tags="[held-tag]", status="draft"),
    "content/articles/glass/own-id.md": article("Glass", "Text.", date="2025-03-01", id="desk-17", authors="[anna]"),
    "content/articles/glass/skl.md": article("Скло", "Текст.", date="2025-05-05", lang="uk"),
}


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """Return the folder of the newsroom, built."""
    folder = write_site(tmp_path_factory.mktemp("partners"), FILES)
    built = Command(folder)("build", "--now", NOW)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="session")
def tree(site):
    """Return all files of the built newsroom by their paths."""
    return read_tree(site / "public")


@pytest.fixture(scope="session")
def documents(tree):
    """Return all JSON documents for partners by their paths."""
    return {
        path: json.loads(data)
        for path, data in tree.items()
        if path.endswith("ninjs.json") or path.startswith(("api/", "oembed/"))
    }


@pytest.fixture(scope="session")
def ninjs_schema():
    """Return what tells whether a document is ninjs 3.1."""
    schema = json.loads((Path(__file__).parent / "schemas/ninjs-3.1.json").read_bytes())
    return Draft202012Validator(schema, format_checker=FormatChecker())


@pytest.fixture(scope="session")
def publication():
    """Return the class of publications that are built record by record."""
    return Publication
