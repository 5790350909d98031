"""Outlines: whatever they name is declared, so that no change of it can be missed."""

import shutil
from pathlib import Path

import msgspec
import pytest

from gazepress.build import BuildOptions, build
from gazepress.build.packed import KnownPlan, unpack
from gazepress.outlines import CopyOutline, PageOutline, shows, template_of
from gazepress.page_views import TEMPLATES

SAMPLE = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """Return the plan of the sample publication, as it is remembered."""
    site = tmp_path_factory.mktemp("sample")
    for name in ("content", "static", "templates"):
        shutil.copytree(SAMPLE / name, site / name)
    shutil.copy(SAMPLE / "site.yaml", site)
    assert build(BuildOptions(site=site, now="2026-11-24T12:00:00Z", jobs=1)).published is not None
    (record,) = (site / ".gazepress").glob("plan-*.record")
    return unpack(msgspec.msgpack.decode(record.read_bytes().split(b"\n", 2)[2], type=KnownPlan).plan)


def named(value, known):
    if isinstance(value, str):
        return {value} & known
    if isinstance(value, dict):
        return {one for part in value.values() for one in named(part, known)}
    if isinstance(value, msgspec.Struct):
        return named(msgspec.structs.astuple(value), known)
    return {one for part in value for one in named(part, known)} if isinstance(value, list | tuple) else set()


def test_every_article_and_author_that_an_outline_names_is_declared(plan):
    articles, authors = set(plan.cards), set(plan.bylines)
    for planned in plan.outputs:
        if isinstance(planned.outline, CopyOutline):
            continue
        shown, fields = shows(planned.outline), msgspec.structs.asdict(planned.outline)
        assert named(fields, articles) <= {*shown.cards, *shown.texts}
        slugs = {key: value for key, value in fields.items() if key in ("authors", "slug")}
        assert named(slugs, authors) <= set(shown.bylines)


def test_every_page_has_a_template_with_a_view(plan):
    used = {template_of(one.outline) for one in plan.outputs if isinstance(one.outline, PageOutline)}
    assert used <= TEMPLATES.keys()
    assert len(used) > 8
