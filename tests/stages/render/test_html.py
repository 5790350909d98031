"""Pages as HTML: what readers and browsers get, and what a publication can change by templates of its own."""

import re
from datetime import timedelta
from html import escape
from itertools import pairwise

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import meta, nodes
from msgspec import Struct
from msgspec.structs import replace

from gazepress.model import Page
from gazepress.page_views import TEMPLATES
from gazepress.stages.render.environment import parse_template
from gazepress.stages.render.html import make_renderer
from gazepress.stages.render.templates import THEME, check_templates, main_closures, read_theme
from gazepress.views import CorrectionView, PagerView

HOSTILE = """<script>alert(1)</script> {{ 7*7 }} {% raw %} "double" 'single' & </title> <!-- x"""
NAME = "{http://www.w3.org/1999/xhtml}"


def draw(view, template="article.html", own=None, language="en"):
    return render_page(view, template, language, own=own).data.decode()


def render_page(view, template="article.html", language="en", own=None, main=None):
    theme = read_theme(own or {})
    render = make_renderer(theme, language, "Europe/Kyiv", mains=main_closures(theme))
    checked = render(Page("/x/", template, view, ("x.md",)), main)
    assert checked.diagnostics == ()
    return checked.value


def parse(html):
    return html5lib.HTMLParser(strict=True).parse(html)


def elements(html, *names):
    return [one for one in parse(html).iter() if not names or str(one.tag).removeprefix(NAME) in names]


def text_of(html):
    body = parse(html).find(f"{NAME}body")
    return re.sub(r"\s+", " ", "".join(body.itertext()))


@pytest.fixture(params=["rich", "bare"])
def views(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=TEMPLATES)
def page(request, views):
    return draw(views[request.param], request.param)


# -------------------------------------------------------------------------------------------------- what holds of all


def test_samples_are_of_the_record_that_each_template_is_promised(views):
    assert {name: type(view) for name, view in views.items()} == TEMPLATES


def test_every_page_is_valid_html(page):
    parse(page)


@pytest.mark.parametrize("template", [name for name in TEMPLATES if name != "redirect.html"])
def test_every_page_has_one_heading_of_the_first_level_and_leaves_out_no_level_below(views, template):
    html = draw(views[template], template)
    levels = [int(one.tag[-1]) for one in elements(html, "h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_page_runs_scripts_or_has_styles_of_its_own(page):
    for element in elements(page):
        assert not [name for name in element.attrib if name == "style" or name.startswith("on")]
    assert not elements(page, "style")
    scripts = [script for script in elements(page, "script") if script.get("type") != "application/ld+json"]
    assert not [script for script in scripts if script.text or not script.get("src").startswith("/news/theme/search")]


def test_every_picture_has_a_text_in_its_place(page):
    assert all("alt" in picture.attrib for picture in elements(page, "img"))


def test_no_id_stands_twice_and_labels_lead_to_one(page):
    ids = [one.get("id") for one in elements(page) if "id" in one.attrib]
    assert len(set(ids)) == len(ids)
    assert {one.get("aria-labelledby") for one in elements(page) if "aria-labelledby" in one.attrib} <= set(ids)


def test_every_page_says_its_language_and_where_it_is_at_home(page):
    assert elements(page, "html")[0].get("lang") == "en"
    (canonical,) = (one for one in elements(page, "link") if one.get("rel") == "canonical")
    assert canonical.get("href").startswith("https://")


def test_the_first_stop_of_the_keyboard_leads_to_the_text(rich):
    html = draw(rich["article.html"])
    first, (main,) = elements(html, "a")[0], elements(html, "main")
    assert first.get("href") == f"#{main.get('id')}"


def made_hostile(value, name=""):
    if isinstance(value, Struct):
        return type(value)(*(made_hostile(getattr(value, field), field) for field in value.__struct_fields__))
    if isinstance(value, tuple):
        return tuple(made_hostile(one, name) for one in value)
    kept = ("blocks", "body", "json_ld", "kind", "lang", "language", "note")
    return HOSTILE if isinstance(value, str) and value and name not in kept else value


@pytest.mark.parametrize("template", TEMPLATES)
def test_no_text_of_a_view_becomes_active(rich, template):
    hostile, tame = (draw(view, template) for view in (made_hostile(rich[template]), rich[template]))
    assert [one.tag for one in elements(hostile)] == [one.tag for one in elements(tame)]
    assert "{{ 7*7 }}" in hostile
    assert "49" not in text_of(hostile)


def test_half_a_surrogate_pair_does_not_end_the_build(rich):
    view = rich["page.html"]
    assert "A ? B" in draw(replace(view, title="A \ud83d B"), "page.html")


# ------------------------------------------------------------------------------------------------- the kinds of pages


def article_page(rich, **changes):
    view = rich["article.html"]
    return draw(replace(view, article=replace(view.article, **changes)))


def note(rich, kind):
    return CorrectionView(rich["article.html"].article.published, f"The {kind}.", kind)


def kickers(html):
    return ["".join(one.itertext()) for one in elements(html, "p") if one.get("class") == "kicker"]


def test_the_kind_of_an_article_stands_beside_its_section_unless_it_says_the_same(rich):
    sections = {one.title: one for one in rich["article.html"].site.sections}
    assert kickers(article_page(rich, section=sections["Industry"])) == ["IndustryAnalysis"]
    assert kickers(article_page(rich, section=sections["Analysis"])) == ["Analysis"]
    assert kickers(article_page(rich, section=sections["Industry"], kind="report")) == ["Industry"]
    assert kickers(article_page(rich, section=None, kind="report")) == []


@pytest.mark.parametrize("kind", ["correction", "retraction"])
def test_what_was_wrong_stands_above_the_text(rich, kind):
    text = text_of(article_page(rich, corrections=(note(rich, kind),)))
    assert text.index(f"The {kind}.") < text.index("The workshop behind")


@pytest.mark.parametrize("kind", ["clarification", "editors-note", "update"])
def test_other_notes_stand_below_the_text(rich, kind):
    text = text_of(article_page(rich, corrections=(note(rich, kind),)))
    assert text.index(f"The {kind}.") > text.index("What happens next")


def test_a_held_article_says_so_and_why(rich):
    assert "Not published. Embargo until" in text_of(article_page(rich))
    assert "Not published" not in article_page(rich, held="")


def test_read_more_blocks_stand_where_the_text_has_them(rich):
    text = text_of(article_page(rich))
    label, card, after = (text.index(one) for one in ("Read more on The Gaze", "Swarm Logic", "What happens next"))
    assert label < card < after


def test_an_article_names_its_authors_place_sources_and_times(rich):
    html = article_page(rich)
    text = text_of(html)
    for part in (
        "By Iryna Vyhadko, Industry reporter",
        "Kyiv",
        "March 4, 2026",
        "9:30 AM EET",
        "Updated March 5, 2026",
        "Ministry of Samples",
        "has written on factories",
    ):
        assert part in text.replace("\u202f", " ")
    assert '<time datetime="2026-03-04T09:30:00+02:00">' in html


def test_an_article_leads_on_to_its_story_later_coverage_and_neighbors(rich):
    text = text_of(article_page(rich))
    for heading in ("The story so far", "This report", "Later coverage", "Related", "Earlier in Industry"):
        assert heading in text


def test_several_authors_are_joined_as_in_a_sentence(rich):
    (one,) = rich["article.html"].article.authors
    names = [replace(one, name=name, picture=None) for name in "ABC"]
    assert "By A, B and C " in text_of(article_page(rich, authors=tuple(names)))
    assert "By A and B " in text_of(article_page(rich, authors=tuple(names[:2])))


def test_the_head_tells_search_engines_and_shared_links_what_the_page_is(rich):
    html = draw(rich["article.html"])
    tags = {one.get("property") or one.get("name"): one.get("content") for one in elements(html, "meta")}
    assert tags["og:type"] == "article"
    assert tags["og:image:alt"] == "A mast with radar panels"
    assert tags["article:published_time"] == "2026-03-04T09:30:00+02:00"
    assert tags["twitter:card"] == "summary_large_image"
    assert tags["robots"] == "max-image-preview:large"
    feeds = [one.get("href") for one in elements(html, "link") if one.get("type") == "application/rss+xml"]
    assert feeds == ["/news/feed.xml", "/news/sections/industry/feed.xml"]


def test_what_must_not_be_indexed_says_noindex(rich):
    for template in ("404.html", "redirect.html"):
        (robots,) = (one for one in elements(draw(rich[template], template), "meta") if one.get("name") == "robots")
        assert robots.get("content") == "noindex"


def test_a_redirect_sends_browsers_and_search_engines_to_the_full_address(rich):
    html = draw(rich["redirect.html"], "redirect.html")
    address = "https://gaze.example/news/a/?b=c&d"
    assert [one.get("content") for one in elements(html, "meta") if one.get("http-equiv")] == [f"0; url={address}"]
    canonical = [one.get("href") for one in elements(html, "link") if one.get("rel") == "canonical"]
    assert canonical == [one.get("href") for one in elements(html, "a")] == [address]


def test_the_menu_marks_the_section_of_the_page(rich):
    for template in ("article.html", "section.html"):
        view = rich[template]
        trail = (*view.head.trail[:-1], *view.site.menu[:1]) if template == "section.html" else view.head.trail
        html = draw(replace(view, head=replace(view.head, trail=trail)), template)
        marked = [one.text for one in elements(html, "a") if one.get("aria-current")]
        assert marked == ["Industry"]


def test_months_of_the_archive_are_written_out(rich):
    assert "March 2026" in text_of(draw(rich["archive.html"], "archive.html"))
    assert "July 2025" in text_of(draw(rich["directory.html"], "directory.html"))


def test_dates_are_in_the_language_of_the_page(rich):
    view = rich["section.html"]
    assert "28 березня 2026" in draw(replace(view, head=replace(view.head, lang="uk")), "section.html")


def test_lists_lead_to_the_pages_before_and_after(rich):
    drawn = draw(rich["tag.html"], "tag.html")
    links = {one.get("rel"): one.get("href") for one in elements(drawn, "a")}
    assert (links["prev"], links["next"]) == ("/news/x/", "/news/x/page/3/")
    assert 'href="/news/x/page/1/"' in drawn


@pytest.mark.parametrize("template", ["tag.html", "author.html"])
def test_only_the_first_page_of_a_list_says_how_many_articles_there_are(rich, template):
    first = replace(rich[template], pager=PagerView(0, "", "/page/3/", "/page/1/"), count=57)
    older = replace(rich[template], pager=PagerView(2, "/page/3/", "/page/1/"), count=None)
    assert "57 articles" in text_of(draw(first, template))
    shown = text_of(draw(older, template))
    assert "Page 2" in shown
    assert "None" not in shown


# -------------------------------------------------------------------------------------------- a publication's templates


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_gets_the_fields_of_its_record_and_no_others(rich, template):
    own = "{{ [" + ", ".join(TEMPLATES[template].__struct_fields__) + "] | length }}"
    assert draw(rich[template], template, {template: own}) == str(len(TEMPLATES[template].__struct_fields__))
    others = {field for record in TEMPLATES.values() for field in record.__struct_fields__}
    for name in (*(others - set(TEMPLATES[template].__struct_fields__)), "view", "page", "now", "settings", "lipsum"):
        assert draw(rich[template], template, {template: f"{{{{ {name} is defined }}}}"}) == "False"


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_themes_templates_use_only_fields_of_their_record(template):
    theme = read_theme({})

    def names(path, known=frozenset()):
        tree = parse_template(path, theme.templates[path])
        imported = {name for tag in tree.find_all(nodes.FromImport) for name in tag.names}
        own = meta.find_undeclared_variables(tree) - known - imported
        includes = (theme.find(name) for name in meta.find_referenced_templates(tree))
        handed_on = known | {"part", "parts", "held"}  # of loops and `with`, which Jinja hands on to an include
        return own.union(*(names(one, handed_on) for one in includes))

    assert names(THEME + template) <= set(TEMPLATES[template].__struct_fields__)


def test_a_template_of_the_site_takes_the_place_of_the_themes(rich):
    assert draw(rich["page.html"], "page.html", {"page.html": "<p>{{ title }}</p>"}) == "<p>About</p>"


def test_a_template_of_the_site_can_extend_the_one_it_takes_the_place_of(rich):
    own = '{% extends "theme/article.html" %}{% block neighbors %}Subscribe!{% endblock %}'
    html = draw(rich["article.html"], own={"article.html": own})
    assert "Subscribe!" in html
    assert "The story so far" in html
    assert "Earlier in" not in html


def test_nothing_can_hide_the_themes_own_templates(rich):
    own = {"theme/page.html": "hidden", "page.html": '{% extends "theme/page.html" %}'}
    assert "What happens next" in draw(rich["page.html"], "page.html", own)


def test_one_small_part_can_be_changed_for_all_pages(rich):
    own = {"partials/footer-note.html": "<p>Sample, by {{ site.publication }}</p>", "partials/brand.html": "<b>GZ</b>"}
    for template in set(TEMPLATES) - {"redirect.html"}:
        html = draw(rich[template], template, own)
        assert "<p>Sample, by The Gaze</p>" in html
        assert "<b>GZ</b></a>" in html


def test_a_part_of_the_site_can_use_the_themes_own(rich):
    own = '{% from "theme/partials/card.html" import brief %}{% macro card(card, lang) %}<i>{{ brief(card, lang) }}</i>'
    own += "{% endmacro %}{% macro figure() %}{% endmacro %}"
    page = '{% from "partials/card.html" import card %}{{ card(latest[0], "en") }}'
    html = draw(rich["404.html"], "404.html", {"partials/card.html": own, "404.html": page})
    assert html.startswith('<i><a class="headline"')


def test_the_theme_has_nothing_to_complain_of():
    assert check_templates(read_theme({})) == ()


def test_times_in_a_publications_own_data_can_be_written_as_dates(rich):
    view = rich["article.html"]
    own = {"article.html": "{{ article.deals[0].signed | date }}"}
    dated = replace(view, article=replace(view.article, deals=({"signed": "2025-10-27"},)))
    assert draw(dated, own=own) == "October 27, 2025"


def test_a_card_is_drawn_anew_when_anything_in_it_changes(rich):
    view, own = rich["404.html"], '{% from "partials/card.html" import card %}{% for one in latest %}'
    own += "{{ card(one, head.lang) }}{% endfor %}"
    first, *_ = view.latest
    changed = [replace(first, title="Other"), replace(first, date=first.date + timedelta(days=1))]
    cards = draw(replace(view, latest=(first, first, *changed)), "404.html", {"404.html": own})
    one, two, three, four = re.findall("<article.*?</article>", cards, re.DOTALL)
    assert one == two
    assert len({one, three, four}) == 3


@pytest.mark.parametrize("pair", ["1, true", "0, false", "'<', '<'|safe", "site.title, site.title|safe"])
def test_a_macro_keeps_apart_arguments_that_are_equal_but_print_differently(rich, pair):
    first, second = pair.split(", ")
    own = {"m.html": "{% macro show(x) %}{{ x }}|{% endmacro %}"}
    for one, two in ((first, second), (second, first)):
        page = '{% from "m.html" import show %}' + f"{{{{ show({one}) }}}}{{{{ show({two}) }}}}"
        plain = f"{{{{ {one} }}}}|{{{{ {two} }}}}|"
        view = made_hostile(rich["page.html"])
        assert draw(view, "page.html", {**own, "page.html": page}) == draw(view, "page.html", {"page.html": plain})


def test_a_macro_keeps_apart_which_arguments_were_given_by_which_names(rich):
    own = {"m.html": '{% macro show(a="", b="", c="") %}{{ a }},{{ b }},{{ c }}|{% endmacro %}'}
    calls = ("'x'", "b='x'", "c='x'", "'b', 'x'", "'x', 'y'", "'x', c='y'", "b='x', c='y'", "b='y', c='x'")
    page = '{% from "m.html" import show %}' + "".join(f"{{{{ show({call}) }}}}" for call in calls)
    assert draw(rich["page.html"], "page.html", {**own, "page.html": page}) == ("x,,|,x,|,,x|b,x,|x,y,|x,,y|,x,y|,y,x|")


@pytest.mark.parametrize("character", ["&", "<", ">", '"', "'"])
def test_a_character_of_markup_is_escaped_also_where_it_stands_alone_in_a_text(rich, character):
    view = replace(rich["page.html"], title=f"a{character}b")
    assert draw(view, "page.html", {"page.html": "{{ title }}"}) == f"a{escape(character)}b"


def test_a_macro_of_a_pages_own_template_sees_that_page(rich):
    own = "{% macro show() %}{{ article.title }}{% endmacro %}{{ show() }}"
    render = make_renderer(read_theme({"article.html": own}), "en", "UTC")
    view = rich["article.html"]
    other = replace(view, article=replace(view.article, title="Other"))
    drawn = [render(Page("/x/", "article.html", one, ()), None).value.data for one in (view, other)]
    assert drawn == [view.article.title.encode(), b"Other"]


# --------------------------------------------------------------------------------------------------- the block main


def test_a_page_tells_where_its_main_block_stands_in_its_bytes(rich):
    for name, view in rich.items():
        for language in ("en", "uk"):
            page = render_page(view, name, language)
            if name == "redirect.html":
                assert page.main is None
            else:
                start, length = page.main
                main = page.data[start : start + length].decode()
                assert f'<main id="page:main" class="page">\n{main}</main>' in page.data.decode()


LETTERS = st.text(st.sampled_from("ab<–Ї😀\ud800"), max_size=8)


class Around(Struct):
    before: str
    after: str


@given(opening=LETTERS, times=st.sampled_from((1, 20, 120)), before=LETTERS, rest=LETTERS, after=LETTERS)
@settings(deadline=None)
def test_a_main_block_stands_where_its_text_is_first_found_whatever_its_letters(opening, times, before, rest, after):
    view, main = Around(opening * times + before, after), opening * times + rest
    own = {"page.html": "{{ before | safe }}{% block main %}{% endblock %}{{ after | safe }}"}
    page, text = render_page(view, "page.html", own=own, main=main), f"{view.before}{main}{after}"
    assert page.data == text.encode(errors="replace")
    start, length = len(text[: text.find(main)].encode(errors="replace")), len(main.encode(errors="replace"))
    assert page.main == ((start, length) if main else None)


def test_a_main_block_that_is_known_is_not_drawn_but_taken_as_it_is(rich):
    whole = render_page(rich["article.html"])
    page = render_page(rich["article.html"], main="<p>Відомо & відоме</p>")
    assert b"<p>\xd0\x92\xd1\x96\xd0\xb4\xd0\xbe\xd0\xbc\xd0\xbe & " in page.data
    start, length = whole.main
    assert page.data == whole.data[:start] + "<p>Відомо & відоме</p>".encode() + whole.data[start + length :]
    assert page.main == (start, len("<p>Відомо & відоме</p>".encode()))


def test_a_main_block_that_stands_on_a_page_twice_or_nowhere_has_no_place(rich):
    for own in (
        "{% block main %}<p>x</p>{% endblock %}{{ self.main() }}",
        "no block",
        "{% block main %}{% endblock %}",
    ):
        assert render_page(rich["article.html"], own={"article.html": own}).main is None


def test_a_block_may_still_be_put_around_the_one_of_the_template_that_it_extends(rich):
    own = {"article.html": '{% extends "theme/article.html" %}{% block main %}<hr>{{ super() }}{% endblock %}'}
    page, plain = render_page(rich["article.html"], own=own), render_page(rich["article.html"])
    assert page.data.replace(b"<hr>", b"", 1) == plain.data
    assert page.main == (plain.main[0], plain.main[1] + len("<hr>"))
