"""What a publication is told when its own templates are wrong: where, which page, and what was probably meant."""

import pytest
from msgspec.structs import replace

from gazepress.model import Page, Rendered
from gazepress.stages.render.html import make_renderer
from gazepress.stages.render.templates import check_templates, main_closures, read_theme


def check(**templates):
    found = check_templates(read_theme({name.replace("__", "/") + ".html": text for name, text in templates.items()}))
    return [(one.path, one.line, one.code) for one in found]


def failure(rich, source, template="article.html", **others):
    """Return the one problem of drawing the article with a template of the site's own."""
    own = {template: source, **{name + ".html": text for name, text in others.items()}}
    theme = read_theme(own)
    render = make_renderer(theme, "en", "UTC", mains=main_closures(theme))
    checked = render(Page("/2026/03/x/", template, rich[template], ("content/articles/x.md",)), None)
    assert checked.value is None
    (found,) = checked.diagnostics
    assert found.code == "template-failed"
    return found


# ------------------------------------------------------------------------------------------- before any page is drawn


def test_all_broken_templates_are_told_of_at_once():
    found = check(
        article="{% block main %}\n{{ title",
        page="{% if title %}\n\n{% endfor %}",
        tag="one\n{{ title | uper }}",
        partials__x="{% include %}",
    )
    assert found == [
        ("templates/article.html", 2, "template-syntax"),
        ("templates/page.html", 3, "template-syntax"),
        ("templates/partials/x.html", 1, "template-syntax"),
        ("templates/tag.html", 2, "template-syntax"),
    ]


@pytest.mark.parametrize(
    ("tag", "hint"),
    [
        ('{% extends "bsae.html" %}', "'base.html'"),
        ('{% include "partials/pagr.html" %}', "'partials/pager.html'"),
        ('{% import "partials/cards.html" as cards %}', "'partials/card.html'"),
        ('{% from "theme/partial/card.html" import card %}', "'theme/partials/card.html'"),
        ('{% include ["partials/pagr.html", "b.html"] %}', "'partials/pager.html'"),
    ],
)
def test_a_name_of_no_template_is_told_of_with_the_nearest(tag, hint):
    (found,) = check_templates(read_theme({"page.html": "\n" + tag}))
    assert (found.code, found.path, found.line) == ("template-missing", "templates/page.html", 2)
    assert hint in found.hint


@pytest.mark.parametrize(
    "tag",
    [
        '{% include "nothing.html" ignore missing %}',
        '{% include ["nothing.html", "base.html"] %}',
        '{% include "partials/" ~ title ~ ".html" %}',
        '{% include "page.html" %}',
    ],
)
def test_a_template_that_may_be_missing_or_is_not_known_yet_is_no_problem(tag):
    assert check(page=tag) == []


def test_a_template_that_extends_itself_is_told_how_to_extend_the_themes():
    (found,) = check_templates(read_theme({"article.html": '{% extends "article.html" %}'}))
    assert (found.code, found.path, found.line) == ("template-syntax", "templates/article.html", 1)
    assert 'extends "theme/article.html"' in found.hint


def test_templates_that_extend_each_other_in_a_circle_are_each_told_of():
    found = check(a='{% extends "b.html" %}', b='{% extends "c.html" %}', c='{% extends "b.html" %}')
    assert [path for path, _, _ in found] == ["templates/b.html", "templates/c.html"]


@pytest.mark.parametrize("source", ["{{ " + "(" * 5000, "{{ " + "-" * 3000 + "1 }}", "{% if x %}" * 2000])
def test_a_template_far_too_deep_is_a_problem_and_no_traceback(source):
    assert [code for _, _, code in check(page=source)] == ["template-syntax"]


# ------------------------------------------------------------------------------------------------ while a page is drawn


@pytest.mark.parametrize(
    ("source", "line", "column", "message", "hint"),
    [
        ("{{ article.titel }}", 1, 4, "'article.titel' is not known", "did you mean 'title'?"),
        ("\n  {% if article.updatd %}{% endif %}", 2, 9, "'article.updatd' is not known", "did you mean 'updated'?"),
        ("{{ artcle.title }}", 1, 4, "'artcle' is not known", "did you mean 'article'?"),
        ("{{ article.tags[0].label }}", 1, 4, "'article.tags[0].label' is not known", "known: title, url"),
        ("{{ article.extra.desc }}", 1, 4, "'article.extra.desc' is not known", "did you mean 'desk'?"),
        ("{{ article.titel | upper }}", 1, 4, "'article.titel' is not known", "did you mean 'title'?"),
        ("{{ article.published.yaer }}", 1, 4, "'article.published.yaer' is not known", ""),
        ("{{ article.tags[99].title }}", 1, 0, "there is no entry [99]", "the list is shorter"),
        ("{{ article.title + 1 }}", 1, 0, "TypeError", ""),
        ("{{ article.older() }}", 1, 0, "TypeError", ""),
        ("{{ 1 // (article.words - article.words) }}", 1, 0, "ZeroDivisionError", ""),
        ("{{ article.words | date }}", 1, 0, "`date` needs a time, not 840", ""),
        ("{{ site.title | date }}", 1, 0, "ValueError: not a date or time", ""),
        ("{% include article.kind %}", 1, 0, "there is no template 'analysis'", "known: "),
        ("{% macro f() %}{% endmacro %}\n{{ f(1) }}", 2, 0, "takes not more than 0 argument", ""),
        ("{{ super() }}", 1, 4, "'super' is not known", ""),
    ],
)
def test_a_failing_template_is_a_problem_with_its_place(rich, source, line, column, message, hint):
    found = failure(rich, source)
    assert (found.path, found.line, found.column) == ("templates/article.html", line, column)
    assert message in found.message
    assert found.hint.startswith(hint)


def test_the_problem_names_the_page_and_the_file_that_it_is_made_from(rich):
    found = failure(rich, "{{ article.titel }}")
    assert found.message.endswith("(while drawing /2026/03/x/, made from content/articles/x.md)")


def test_a_page_that_is_made_from_no_single_file_is_named_alone(rich):
    render = make_renderer(read_theme({"redirect.html": "{{ targt.url }}"}), "en", "UTC")
    (found,) = render(Page("/old/", "redirect.html", rich["redirect.html"], ()), None).diagnostics
    assert found.message == "'targt' is not known (while drawing /old/)"
    assert found.hint == "did you mean 'target'?"


def test_the_place_is_that_of_the_innermost_template(rich):
    part = "\n\n{{ article.sumary }}"
    found = failure(
        rich, '{% extends "theme/article.html" %}{% block rail %}{% include "part.html" %}{% endblock %}', part=part
    )
    assert (found.path, found.line, found.hint) == ("templates/part.html", 3, "did you mean 'summary'?")


def test_a_failure_in_a_macro_is_placed_in_the_macro(rich):
    part = "{% macro show(card) %}\n{{ card.headline }}\n{% endmacro %}"
    found = failure(rich, '{% from "m.html" import show %}{{ show(article.older) }}', m=part)
    assert (found.path, found.line, found.column) == ("templates/m.html", 2, 4)


def test_a_template_of_the_theme_is_named_as_such(rich):
    found = failure(rich, '{% include "theme/partials/pager.html" %}')
    assert (found.path, found.hint) == ("theme:partials/pager.html", "known: site, head, article")


@pytest.mark.parametrize(
    "source",
    [
        '{% include "article.html" %}',
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        '{% extends "article.html" %}',
        '{% extends "theme/article.html" %}{% block main %}{{ self.main() }}{% endblock %}',
    ],
)
def test_templates_that_call_each_other_without_end_are_a_problem(rich, source):
    found = failure(rich, source)
    assert found.path == "templates/article.html"
    assert "without end" in found.message


def test_a_template_with_a_syntax_error_fails_at_its_line_also_when_it_was_not_checked(rich):
    found = failure(rich, "{% include 'b.html' %}", b="\n{{ 1 +")
    assert (found.path, found.line) == ("templates/b.html", 2)


def test_one_failing_page_does_not_keep_others_from_being_drawn(rich):
    render = make_renderer(read_theme({"article.html": "{{ article.tags[0].title }}"}), "en", "UTC")
    view = rich["article.html"]
    failing = replace(view, article=replace(view.article, tags=()))
    pages = [Page("/x/", "article.html", one, ()) for one in (failing, view)]
    assert [render(page, None).value for page in pages] == [None, Rendered(b"missiles")]


def test_asking_whether_a_name_is_there_is_no_failure(rich):
    source = "{% if article.extra.mood is defined %}x{% endif %}{{ article.extra.mood | default('calm') }}"
    render = make_renderer(read_theme({"article.html": source}), "en", "UTC")
    assert render(Page("/x/", "article.html", rich["article.html"], ()), None).value.data == b"calm"


def test_a_block_main_that_must_be_filled_and_is_not_is_a_problem(rich):
    found = failure(rich, "{% extends 'own.html' %}", own="{% block main required %}{% endblock %}")
    assert "Required block 'main' not found" in found.message
