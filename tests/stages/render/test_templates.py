"""The templates of a site as a whole: what is known of one is not found out again when another changes."""

from msgspec.structs import replace

from gazepress.stages.render.templates import check_templates, closures, read_theme

SITE = {"article.html": '{% include "side.html" %}', "side.html": "<p>Side</p>"}


def test_what_was_found_out_of_a_template_is_taken_as_it_was():
    named = read_theme({"article.html": '{% include "nowhere.html" %}'}).examined()["templates/article.html"]
    theme = read_theme(SITE, {"templates/article.html": named})
    assert [one.message for one in check_templates(theme)] == ["there is no template 'nowhere.html'"]


def test_templates_that_are_known_lead_where_they_lead_when_they_are_read():
    anew = read_theme(SITE)
    edited = replace(anew, templates={**anew.templates, "templates/side.html": '{% include "partials/held.html" %}'})
    kept = {path: one for path, one in anew.examined().items() if path != "templates/side.html"}
    assert closures(replace(edited, known=kept)) == closures(edited)
    assert "theme:partials/held.html" in closures(edited)["article.html"]


def test_a_template_that_cannot_be_read_is_told_of_when_it_is_known_as_when_it_is_not():
    anew = read_theme({"article.html": "{% if %}", "page.html": '{% extends "page.html" %}'})
    found = check_templates(anew)
    assert [one.code for one in found] == ["template-syntax", "template-syntax"]
    assert check_templates(replace(anew, known=anew.examined())) == found
