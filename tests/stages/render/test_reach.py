"""What the block ``main`` of a page can depend on."""

import pytest

from gazepress.stages.render.templates import main_closures, read_theme

BASE = "{% from 'foot.html' import foot %}{% block head %}{% endblock %}{% block main %}{% endblock %}{{ foot() }}"
FOOT = "{% macro foot() %}{% include 'note.html' %}{% endmacro %}"


def reach(article, base=BASE, **others):
    """Return the site's templates that ``main`` of an article can depend on; None where nothing can be said."""
    own = {"article.html": article, "base.html": base, "foot.html": FOOT, "note.html": "<p>note</p>"}
    theme = read_theme(own | {f"{name}.html": text for name, text in others.items()})
    found = main_closures(theme).get("article.html")
    return found and {path.removeprefix("templates/").removesuffix(".html") for path in found}


def page(main, top=""):
    return "{% extends 'base.html' %}" + top + "{% block main %}" + main + "{% endblock %}"


def test_main_depends_on_the_templates_that_extend_each_other_and_not_on_the_foot():
    assert reach(page("{{ article.title }}")) == {"article", "base"}


@pytest.mark.parametrize(
    "main",
    [
        "{% include 'x.html' %}",
        "{% from 'x.html' import y %}{{ y() }}",
        "{% import 'x.html' as y %}{{ y.z() }}",
        "{% block inner %}{% include 'x.html' %}{% endblock %}",
        "{% for one in article.tags %}{% include ['x.html', 'z.html'] ignore missing %}{% endfor %}",
    ],
)
def test_main_depends_on_what_is_named_in_it_and_what_that_names(main):
    assert reach(page(main), x="{% include 'deep.html' %}", deep="") == {"article", "base", "x", "deep"}


@pytest.mark.parametrize(
    ("top", "main"),
    [
        ("{% from 'x.html' import y %}", "{{ y() }}"),
        ("{% from 'x.html' import y as z %}", "{{ z() }}"),
        ("{% import 'x.html' as y %}", "{% call y.z() %}{% endcall %}"),
        ("{% if head.index %}{% import 'x.html' as y with context %}{% endif %}", "{{ y.z() }}"),
        ("{% macro y() %}{% include 'x.html' %}{% endmacro %}", "{{ y() }}"),
        ("{% from 'x.html' import y %}{% macro z() %}{{ y() }}{% endmacro %}", "{{ z() }}"),
    ],
)
def test_main_depends_on_what_is_imported_or_defined_at_the_top_if_it_uses_that(top, main):
    assert reach(page(main, top), x="") == {"article", "base", "x"}
    assert reach(page("calm", top), x="") == {"article", "base"}


def test_names_that_a_template_between_imports_are_known_in_main_too():
    assert reach(page("{{ foot() }}")) == {"article", "base", "foot", "note"}
    assert reach(page("{% include 'x.html' %}"), x="{{ foot() }}") == {"article", "base", "foot", "note", "x"}


def test_a_block_inside_main_counts_wherever_it_is_filled():
    middle = "{% extends 'base.html' %}{% block main %}{% block inner %}{% endblock %}{% endblock %}"
    own = "{% extends 'middle.html' %}{% block inner %}{% include 'x.html' %}{% endblock %}"
    assert reach(own, middle=middle, x="") == {"article", "middle", "base", "x"}


def test_a_block_beside_main_does_not_count():
    assert reach(page("calm") + "{% block head %}{% include 'x.html' %}{% endblock %}", x="") == {"article", "base"}


@pytest.mark.parametrize(
    ("top", "main"),
    [
        ("{% set n = namespace(count=0) %}", "{% set n.count = 1 %}"),
        ("{% set titles = article.tags | map(attribute='title') %}", "{{ titles | join }}"),
        ("{% set y %}text{% endset %}", "{{ y }}"),
        ("{% if head.index %}{% set y, z = 1, 2 %}{% endif %}", "{% include 'x.html' %}"),
        ("", "{{ self.head() }}"),
    ],
)
def test_nothing_is_said_of_a_main_block_that_knows_what_is_set_outside_of_it(top, main):
    assert reach(page(main, top), x="{{ z }}") is None


@pytest.mark.parametrize("around", ["{% for y in (1, 2) %}", "{% with y = 1 %}"])
def test_nothing_is_said_of_a_main_block_inside_what_gives_it_a_name(around):
    end = "{% endfor %}" if "for" in around else "{% endwith %}"
    base = around + "{% block main scoped %}{% endblock %}" + end
    assert reach(page("{{ y }}"), base=base) is None
    assert reach(page("calm"), base=base) == {"article", "base"}


def test_nothing_is_said_of_a_block_that_must_be_filled():
    assert reach(page("calm"), base="{% block main required %}{% endblock %}") is None


def test_values_that_are_set_inside_main_are_its_own():
    assert reach(page("{% set y = namespace(z=1) %}{% set y.z = 2 %}{{ y.z }}")) == {"article", "base"}


def test_where_a_name_is_only_known_when_a_page_is_drawn_main_may_depend_on_all_templates():
    everything = reach(page("{% include article.kind ~ '.html' %}"), x="")
    assert {"article", "base", "foot", "note", "x"} < everything
    assert reach("{% extends head.kind ~ '.html' %}") is None


def test_nothing_is_said_of_a_page_without_the_block():
    assert reach("<p>{{ article.title }}</p>{{ self.main() }}") is None
