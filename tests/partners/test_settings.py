"""Each of these is off until a publication asks for it."""

import pytest

from gazepress.settings import PartnerSettings

PAGE = "/2025/10/a/"


@pytest.mark.parametrize(
    ("setting", "urls", "named"),
    [
        ({}, set(), set()),
        ({"ninjs": True}, {"/ninjs.json", "/2025/10/a/ninjs.json"}, {"/2025/10/a/ninjs.json"}),
        ({"oembed": True}, {"/oembed/2025/10/a.json"}, {"/oembed/2025/10/a.json"}),
    ],
)
def test_what_is_off_is_not_there_and_pages_do_not_name_it(publication, setting, urls, named):
    site = publication(partners=PartnerSettings(**setting))
    site.article("a")
    plan = site.plan()
    assert {url for url in plan if "ninjs" in url or url.startswith(("/api/", "/oembed/"))} == urls
    head = plan[PAGE].view.head
    assert {head.ninjs, head.oembed} - {""} == {f"https://x.example{url}" for url in named}


def test_servers_let_programs_in_browsers_read_the_api_and_cards(publication):
    site = publication(partners=PartnerSettings(api=True, oembed=True))
    told = site.plan()["/_headers"].text
    assert "/api/*\n  Access-Control-Allow-Origin: *" in told
    assert "/oembed/*\n  Access-Control-Allow-Origin: *" in told
    assert "Access-Control" not in publication().plan()["/_headers"].text
