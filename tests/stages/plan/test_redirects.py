"""One table of redirects: straight to where they end, with what stands below, and never in a circle."""

import json

import pytest

from gazepress.located import Located
from gazepress.outlines import RedirectOutline
from gazepress.settings import RedirectSettings, RuleFormat, SectionSetting
from gazepress.url_lock import Recorded

LAND = (SectionSetting("land", "Land"),)


def moved(formats=("cloudflare",), **steps):
    places = {old: Located(new, 7, 3) for old, new in steps.pop("steps", {}).items()}
    return RedirectSettings(moved=places, formats=tuple(map(RuleFormat, formats)))


def site_of(publication, steps, **settings):
    site = publication(redirects=moved(steps=steps), sections=LAND, **settings)
    site.article("shells", section="land", tags=("ammo",), aliases=("/old/",))
    return site


def rules(site):
    return dict(line.split(" ")[:2] for line in site.plan()["/_redirects"].text.splitlines())


def stubs(site):
    return {
        one.url: one.outline for one in site.checked_plan().value.outputs if isinstance(one.outline, RedirectOutline)
    }


def test_a_chain_is_one_step(publication):
    site = site_of(publication, {"/a/": "/b/", "/b": "/old/"})
    assert rules(site) == {"/a/": "/2025/10/shells/", "/b/": "/2025/10/shells/", "/old/": "/2025/10/shells/"}
    assert {one.target for one in stubs(site).values()} == {"https://x.example/2025/10/shells/"}
    assert {one.title for one in stubs(site).values()} == {"Shells"}


@pytest.mark.parametrize("steps", [{"/a/": "/b/", "/b/": "/c/", "/c/": "/a/"}, {"/a/": "/a/"}])
def test_a_circle_is_an_error_at_its_place(publication, steps):
    problems = site_of(publication, steps).problems()
    assert {(one.code, one.path, one.line, one.column) for one in problems} == {("redirect-loop", "site.yaml", 7, 3)}
    assert len(problems) == len(steps)


def test_a_redirect_to_nowhere_is_an_error_at_its_place(publication):
    (problem,) = site_of(publication, {"/a/": "/nothing/"}).problems()
    assert (problem.code, problem.path, problem.line) == ("link-broken", "site.yaml", 7)


def test_with_a_list_move_its_older_pages_and_feeds(publication):
    site = site_of(publication, {"/sections/ground/": "/sections/land/"}, per_page=1)
    for name in ("tanks", "fuses"):
        site.article(name, section="land")
    found = rules(site)
    assert found["/sections/ground/"] == "/sections/land/"
    assert found["/sections/ground/page/1/"] == "/sections/land/page/1/"
    assert found["/sections/ground/feed.xml"] == "/sections/land/feed.xml"
    assert "/sections/ground/page/1/" in stubs(site)
    assert "/sections/ground/feed.xml" not in stubs(site)  # a page is no feed


def test_a_redirect_may_leave_the_site_or_lead_to_a_place(publication):
    site = site_of(publication, {"/shop/": "https://shop.example/a b", "/prices.php": "/2025/10/shells/#prices"})
    found = rules(site)
    assert found["/shop/"] == "https://shop.example/a%20b"
    assert found["/prices.php"] == "/2025/10/shells/#prices"
    assert "/prices.php" not in stubs(site)


@pytest.mark.parametrize("old", ["/2025/10/shells/", "/feed.xml"])
def test_what_the_site_answers_itself_cannot_lead_elsewhere(publication, old):
    assert {one.code for one in site_of(publication, {old: "/tags/ammo/"}).problems()} == {"url-collision"}


def test_a_list_that_has_articles_again_answers_itself_and_the_editor_is_told(publication):
    site = site_of(publication, {"/tags/ammo/": "/tags/", "/a/": "/tags/ammo/"})
    (problem,) = site.problems()
    assert (problem.code, problem.severity, problem.path, problem.line) == ("redirect-unused", "note", "site.yaml", 7)
    assert {url: one.target for url, one in stubs(site).items()} == {
        "/old/": "https://x.example/2025/10/shells/",
        "/a/": "https://x.example/tags/ammo/",
    }


def test_an_empty_list_leads_to_the_overview_above_it_and_nothing_else_does(publication):
    assert rules(site_of(publication, {"/tags/guns/": "/tags/"})).keys() == {"/tags/guns/", "/old/"}


def test_what_was_published_where_something_else_stands_now_is_no_redirect(publication):
    site = site_of(publication, {})
    site.recorded = [
        Recorded("/TAGS/ammo/", "2025-01-01T00:00:00Z", "x.md", "x", line=3),  # the same to some disks and servers
        Recorded("/old/", "2025-01-01T00:00:00Z", "y.md", "y", line=4),
    ]
    assert rules(site) == {"/old/": "/2025/10/shells/"}


def test_an_address_in_other_capitals_has_a_rule_and_no_page_that_would_lie_over_the_right_one(publication):
    site = site_of(publication, {"/TAGS/ammo/": "/tags/ammo/"})
    site.article("fuses", aliases=("/2025/10/Fuses/",))
    site.recorded = [Recorded("/2025/10/SHELLS/", "2025-01-01T00:00:00Z", "x.md", "y", line=3)]
    site.recorded += [Recorded("/old/", "2025-01-01T00:00:00Z", "y.md", "y", line=4)]
    assert rules(site) == {
        "/2025/10/Fuses/": "/2025/10/fuses/",
        "/2025/10/SHELLS/": "/2025/10/shells/",
        "/TAGS/ammo/": "/tags/ammo/",
        "/TAGS/ammo/feed.xml": "/tags/ammo/feed.xml",
        "/old/": "/2025/10/shells/",
    }
    assert stubs(site).keys() == {"/old/"}
    netlify = publication(redirects=moved(["netlify"], steps={"/TAGS/": "/tags/", "/a/": "/tags/"}))
    netlify.article("shells", tags=("ammo",))
    assert rules(netlify).keys() == {"/a/", "/a/ammo/", "/a/ammo/feed.xml"}


def test_where_nothing_has_moved_there_are_no_rules(publication):
    site = publication()
    site.article("shells")
    assert "/_redirects" not in site.plan()


def test_a_file_of_rules_of_the_publications_own_takes_the_place_of_ours(publication):
    site = site_of(publication, {})
    site.file("static/_redirects")
    assert type(site.plan()["/_redirects"]).__name__ == "CopyOutline"


def texts_of(publication, formats, url="https://x.example/news/"):
    site = publication(url=url, redirects=moved(formats, steps={"/a.b/c*/": "/old/"}))
    site.article("shells", aliases=("/old/",))
    site.recorded = [Recorded("/gone/", "2025-01-01T00:00:00Z", "x.md", "x", given_up=True, line=3)]
    plan = site.plan()
    return {url: plan[url].text for url in plan if url == "/_redirects" or url.startswith("/.servers/")}


def test_cloudflare_gets_plain_rules_and_netlify_those_that_go_before_files(publication):
    assert texts_of(publication, ["cloudflare"])["/_redirects"].splitlines() == [
        "/news/a.b/c%2A/ /news/2025/10/shells/ 301",
        "/news/old/ /news/2025/10/shells/ 301",
    ]
    assert texts_of(publication, ["netlify"])["/_redirects"].splitlines() == [
        "/news/a.b/c%2A/ /news/2025/10/shells/ 301!",
        "/news/gone/ /news/404.html 410!",
        "/news/old/ /news/2025/10/shells/ 301!",
    ]


def test_other_servers_get_a_file_each_in_a_hidden_folder(publication):
    texts = texts_of(publication, ["nginx", "apache", "caddy", "s3"])
    assert {url.rpartition("/")[2] for url in texts} == {
        "redirects.nginx.conf",
        "redirects.apache.conf",
        "redirects.caddy",
        "redirects.s3.json",
    }
    assert r'    "~^/news/a\x2eb/c\x2a/$" "/news/2025/10/shells/";' in texts["/.servers/redirects.nginx.conf"]
    assert '    "/news/gone/" "1";' in texts["/.servers/redirects.nginx.conf"]
    assert (
        r'RedirectMatch 301 "^/news/a\x2eb/c\x2a/$" "/news/2025/10/shells/"' in texts["/.servers/redirects.apache.conf"]
    )
    assert 'RedirectMatch 410 "^/news/gone/$"' in texts["/.servers/redirects.apache.conf"]
    rules = json.loads(texts["/.servers/redirects.s3.json"])["RoutingRules"]
    assert rules[1] == {
        "Condition": {"KeyPrefixEquals": "news/old/"},
        "Redirect": {"ReplaceKeyWith": "news/2025/10/shells/", "HttpRedirectCode": "301"},
    }


@pytest.mark.parametrize(("formats", "count"), [(["cloudflare"], 2001), (["s3"], 51)])
def test_more_rules_than_a_host_takes_are_told(publication, formats, count):
    site = publication(redirects=moved(formats))
    site.article("shells", aliases=tuple(f"/old/{number}/" for number in range(count)))
    assert [(one.code, one.severity) for one in site.problems()] == [("redirects-many", "note")]
    site = publication(redirects=moved(formats))
    site.article("shells", aliases=tuple(f"/old/{number}/" for number in range(count - 1)))
    assert site.problems() == ()
