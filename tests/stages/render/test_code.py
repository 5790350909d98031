"""Templates say what Jinja's own code makes of them, whatever they are built of."""

from datetime import UTC

import pytest
from jinja2 import DictLoader, Environment
from jinja2.filters import do_urlencode

from gazepress.stages.render.environment import make_environment
from gazepress.stages.render.filters import make_filters

PARTS = {
    "base": "<{% block head %}base {{ title }}{% endblock %}|{% block main %}{% endblock %}>{{ self.head() }}",
    "loop": "{% for one in list %}[{% block item scoped %}{{ one }}{% endblock %}]{% else %}none{% endfor %}",
    "part": "({{ title }}{% set inside = 1 %}{{ inside }})",
    "alone": "({{ 1 + 1 }}{% if 1 %}&amp;{% endif %})",
    "macros": "{% macro box(x, y='y') %}<b>{{ x }}{{ y }}</b>{% endmacro %}top",
    "caller": "{% macro call() %}{{ caller() }}{% endmacro %}",
}
WITHIN = {
    "blocks of a child": "{% extends 'base' %}{% block head %}mine, {{ super() }}{% endblock %}not shown",
    "a parent that is chosen": "{% extends parent if parent else 'base' %}{% block main %}{{ list }}{% endblock %}",
    "scoped blocks": "{% extends 'loop' %}{% block item %}{{ one }}!{% endblock %}",
    "an include": "a{% include 'part' %}b{{ title }}",
    "an include within a loop": "{% for one in list %}{% include 'part' %}{{ loop.index }}{% endfor %}",
    "an include without context": "a{% include 'alone' without context %}b",
    "includes that may be missing": "a{% include 'x' ignore missing %}{% include 'x' ignore missing without context %}",
    "the first include of some": "a{% include ['x', 'alone'] ignore missing without context %}b",
    "macros": "{% import 'macros' as m %}{{ m.box('<', y=2) }}{{ m.box(1) }}",
    "a call block": "{% from 'caller' import call %}{% call call() %}{{ title }}{% include 'part' %}{% endcall %}",
    "a module": "{% import 'macros' as m %}{{ m }}{% from 'macros' import box %}{{ box(box(1)) }}",
    "a set block": "{% set x %}a{% include 'part' %}{{ title }}{% endset %}b{{ x }}",
    "a filter block": "{% filter upper %}a{% include 'part' %}{% block b %}{{ title }}{% endblock %}{% endfilter %}",
    "a loop in itself": "{% for one in tree recursive %}{{ one.n }}{{ loop(one.sub) }}{% else %}.{% endfor %}",
    "a switch": "{% autoescape false %}{{ title }}{% include 'part' %}{% endautoescape %}{{ title }}",
}
VIEW = {"title": "<&>", "list": [1, 2], "parent": None, "tree": [{"n": 1, "sub": [{"n": 2, "sub": []}]}]}


def draw(source, view=VIEW):
    templates = {**PARTS, "page": source}
    environment = make_environment(templates, {}, {name: name for name in templates}.get, make_filters("en", UTC))
    return environment.get_template("page").render(view)


@pytest.mark.parametrize("source", WITHIN.values(), ids=WITHIN)
def test_a_template_says_what_jinja_would_make_of_it(source):
    plain = Environment(autoescape=True, loader=DictLoader({**PARTS, "page": source}))
    assert draw(source) == plain.get_template("page").render(VIEW)


@pytest.mark.parametrize(
    "source",
    [
        "{% macro m() %}a{% include 'alone' without context %}b{% endmacro %}<{{ m() }}>",
        "{% set x %}a{% include 'alone' without context %}b{% endset %}<{{ x }}>",
    ],
)
def test_an_include_without_context_stands_where_it_is_written(source):
    assert draw(source) == "<a(2&amp;)b>"


@pytest.mark.parametrize("value", ["", "A b/c?d=é", "A b/c?d=e", 'a~b"c&d\x7f', "plain-text_1.html", {"a b": "ü&"}, 12])
def test_addresses_are_encoded_as_jinja_does(value):
    assert draw("{{ value | urlencode | safe }}", {"value": value}) == do_urlencode(value)
