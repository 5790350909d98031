"""Under which names the theme's files stand, and what follows them there."""

import re

import pytest

from gazepress.located import Located
from gazepress.outlines import CopyOutline
from gazepress.page_views import HomePage
from gazepress.settings import FontSettings, MenuItem, ThemeSettings, Typeface
from gazepress.urls import encode_path

SERIF = "theme:fonts/serif-latin.woff2"
HASHED = r"\.[0-9a-z ]{10}\."


def with_theme(publication, css="", **settings):
    site = publication(**settings)
    site.file(SERIF)
    site.file("theme:favicon.svg")
    site.file("theme:style.css", text=css)
    return site


def home(plan):
    assert isinstance(plan["/"].view, HomePage)
    return plan["/"].view.site


def named(plan, stem, suffix):
    (found,) = (url for url in plan if re.fullmatch(re.escape(stem) + HASHED + suffix, url))
    return found


def test_a_file_of_the_theme_has_a_name_that_follows_from_its_bytes(publication):
    plan = with_theme(publication).plan()
    assert plan[named(plan, "/theme/fonts/serif-latin", "woff2")] == CopyOutline(SERIF, f"digest of {SERIF}")
    assert "/theme/style.css" not in plan


def test_pages_load_files_by_those_names_below_the_path_of_the_site(publication):
    plan = with_theme(publication, url="https://x.example/news/").plan()
    site = home(plan)
    assert site.styles == ("/news" + named(plan, "/theme/style", "css"),)
    assert site.icon == encode_path("/news" + named(plan, "/theme/favicon", "svg"))
    assert site.preloads == (encode_path("/news" + named(plan, "/theme/fonts/serif-latin", "woff2")),)


def test_the_typefaces_that_a_publication_chooses_are_a_style_sheet_and_the_only_ones_loaded_early(publication):
    plan = with_theme(publication, theme=ThemeSettings(fonts=FontSettings(Typeface.SANS, Typeface.SYSTEM))).plan()
    sheet = named(plan, "/theme/choices", "css")
    assert plan[sheet].text == ':root{--serif:var(--franklin);--sans:system-ui,Roboto,"Noto Sans",sans-serif}\n'
    assert home(plan).styles == (named(plan, "/theme/style", "css"), sheet)
    assert home(plan).preloads == ()


@pytest.mark.parametrize(
    "written",
    [
        "url(fonts/serif-latin.woff2)",
        "url('fonts/serif-latin.woff2')",
        'URL( "./fonts/../fonts/serif-latin.woff2" )',
        "url(fonts/serif-latin.woff2?#iefix)",
    ],
)
def test_a_reference_in_a_style_sheet_follows_the_file_that_it_names(publication, written):
    plan = with_theme(publication, f"@font-face {{ src: {written} }}").plan()
    font = named(plan, "/theme/fonts/serif-latin", "woff2").rpartition("/")[2]
    text = plan[named(plan, "/theme/style", "css")].text
    assert text == f"@font-face {{ src: {written.replace('serif-latin.woff2', font)} }}"


@pytest.mark.parametrize("written", ["url(x.png)", "url(/theme/favicon.svg)", "url(data:image/svg+xml;x)", "url(#a)"])
def test_any_other_reference_stays_as_it_is(publication, written):
    plan = with_theme(publication, f"a {{ mask: {written} }}").plan()
    assert plan[named(plan, "/theme/style", "css")].text == f"a {{ mask: {written} }}"


def test_a_changed_font_changes_the_name_of_the_style_sheet_as_well(publication):
    before, after = (with_theme(publication, "a { src: url(fonts/serif-latin.woff2) }") for _ in range(2))
    after.files[0] = type(after.files[0])(SERIF, after.files[0].kind, "another digest", 10)
    assert home(before.plan()).styles != home(after.plan()).styles


def test_the_site_s_own_file_takes_the_place_of_the_theme_s_and_is_named_alike(publication):
    site = with_theme(publication, "theme")
    site.file("static/theme/style.css", text="own")
    plan = site.plan()
    assert plan[named(plan, "/theme/style", "css")].text == "own"


def test_the_publication_s_style_sheet_comes_last_and_keeps_its_own_address_too(publication):
    site = with_theme(publication, theme=ThemeSettings(css=Located("/looks/custom.css")))
    own = site.file("static/looks/custom.css", text="@import url(../theme/fonts/serif-latin.woff2)")
    plan = site.plan()
    lasting = named(plan, "/looks/custom", "css")
    assert home(plan).styles == (named(plan, "/theme/style", "css"), lasting)
    assert named(plan, "/theme/fonts/serif-latin", "woff2") in plan[lasting].text.replace("..", "")
    assert plan["/looks/custom.css"].source == own


def test_logo_and_links_have_addresses_below_the_path_of_the_site(publication):
    links = (MenuItem("Ethics", Located("/about/#ethics")), MenuItem("Mail", Located("mailto:a@x.example")))
    theme = ThemeSettings(logo=Located("/images/logo.svg"), links=links)
    site = with_theme(publication, url="https://x.example/news/", theme=theme)
    site.file("static/images/logo.svg")
    site.page("about", headings=["ethics"])
    view = home(site.plan())
    assert view.logo == "/news/images/logo.svg"
    assert [link.url for link in view.links] == ["/news/about/#ethics", "mailto:a@x.example"]


def test_a_logo_that_is_not_there_and_a_link_to_nowhere_are_told(publication):
    links = (MenuItem("Ethics", Located("/ethics/", 5, 9)),)
    site = with_theme(publication, theme=ThemeSettings(logo=Located("/logo.svg", 3, 9), links=links))
    found = {(one.line, one.message) for one in site.problems()}
    assert found == {
        (3, "the logo '/logo.svg' is not there"),
        (5, "the foot of the page leads to '/ethics/', which this site does not have"),
    }


def test_a_style_sheet_that_is_not_there_is_told_with_one_that_is(publication):
    site = with_theme(publication, theme=ThemeSettings(css=Located("/costum.css", 3, 8)))
    site.file("static/custom.css")
    (found,) = site.problems()
    assert (found.code, found.path, found.line, found.hint) == (
        "link-broken",
        "site.yaml",
        3,
        "did you mean /custom.css?",
    )
