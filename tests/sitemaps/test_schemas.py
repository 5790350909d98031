"""Sitemaps as their schemas have them: that of sitemaps.org, and what Google says of its extensions."""

import os
from pathlib import Path

import pytest
from lxml import etree

from support import SETTINGS, article, read_tree, write_site

HERE = Path(__file__).parent
PROTOCOL = HERE.parents[1] / ".venv/feeds/node_modules/sitemap/schema/sitemap.xsd"
"""The schema of sitemaps.org, as the package `sitemap` of npm brings it along."""
SPACES = {
    "http://www.sitemaps.org/schemas/sitemap/0.9": PROTOCOL,
    "http://www.google.com/schemas/sitemap-image/1.1": HERE / "image.xsd",
    "http://www.google.com/schemas/sitemap-news/0.9": HERE / "news.xsd",
    "http://www.w3.org/1999/xhtml": HERE / "xhtml.xsd",
}
PICTURE = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'/>"
FILES = {
    "site.yaml": SETTINGS + "timezone: Europe/Kyiv\nsections: [{slug: air, name: Air & Space}]\n",
    "content/pages/about.md": "---\ntitle: About\n---\n\nWho we are.\n",
    "content/articles/air/radar.md": article(
        "Radars <delivered> & paid", "![A map](map.svg)", date="2026-01-01 11:59", tags="[steel & glass]"
    ),
    "content/articles/air/map.svg": PICTURE,
    "content/articles/uk.md": article("Радари доставлено", "Їх 12.", lang="uk", translates="radar", date="2026-01-01"),
    "content/articles/mo.md": article("Radarele au sosit", "Sunt 12.", lang="pt-BR", translates="radar"),
    "content/articles/old.md": article("Old contract", "Signed.", updated="2024-07-01", date="2024-05-02"),
}
NOW = "2026-01-01T12:00:00Z"


@pytest.fixture(scope="module")
def schema():
    if not PROTOCOL.exists():
        required = os.environ.get("GAZEPRESS_BROWSER") == "required"
        (pytest.fail if required else pytest.skip)("sitemap of npm is not installed; `make test` does it")
    imports = "".join(f'<import namespace="{name}" schemaLocation="{file.as_uri()}"/>' for name, file in SPACES.items())
    return etree.XMLSchema(etree.fromstring(f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{imports}</schema>'))


@pytest.fixture
def sitemaps(gazepress, tmp_path):
    """Return the sitemaps of a site by their paths."""
    run = gazepress("build", "--now", NOW, cwd=write_site(tmp_path, FILES))
    assert run.returncode == 0, run.stderr
    return {path: data for path, data in read_tree(tmp_path / "public").items() if path.startswith("sitemap")}


def wrong(schema, data):
    document = etree.fromstring(data)
    schema.validate(document)
    return [f"{one.line}: {one.message}" for one in schema.error_log]


def test_every_sitemap_is_as_the_protocol_and_its_extensions_ask(schema, sitemaps):
    index = etree.XMLSchema(etree.parse(HERE / "index.xsd"))
    assert wrong(index, sitemaps.pop("sitemap.xml")) == []
    assert {path: wrong(schema, data) for path, data in sitemaps.items()} == {path: [] for path in sitemaps}
    text = b"".join(sitemaps.values()).decode()
    for part in ("<image:loc>", "<news:title>", 'hreflang="pt-BR"', 'hreflang="x-default"', "<lastmod>"):
        assert part in text


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("<lastmod>", "<lastmod>on "),
        ('hreflang="uk"', 'hreflang="ukrainian"'),
        ("</news:title>", "</news:title><news:x/>"),
    ],
)
def test_the_schemas_see_what_is_wrong(schema, sitemaps, written, instead):
    text = next(text for data in sitemaps.values() if written in (text := data.decode()) and "<urlset" in text)
    assert wrong(schema, text.replace(written, instead).encode())
