"""Every kind of page in a real browser: anybody can use it, nothing is refused, nothing is asked of other hosts."""

import pytest

KINDS = (
    "home; second page; article; article without picture; article in Ukrainian; section; tag; author; storyline; "
    "sections; tags; authors; storylines; archive; archive year; archive month; standing page; not found; search; "
    "feeds; redirect"
).split("; ")
OPTIONAL = {"search"}
"""Kinds that a publication may do without."""
STRESS = ["/", "/sections/empty/", "/2025/10/everything/", "/2025/10/arabic/", "/authors/jonas-beispiel/"]


@pytest.fixture(params=KINDS)
def path(request, kinds):
    if request.param in OPTIONAL and request.param not in kinds:
        pytest.skip(f"the sample has no page of this kind: {request.param}")
    return kinds[request.param]


def test_no_page_breaks_a_rule_of_accessibility_by_day_or_night_on_phone_or_desk(path, window):
    assert window.broken_rules(path) == []


@pytest.mark.parametrize("path", STRESS)
def test_nor_does_one_in_which_everything_is_too_much(path, stress_window):
    assert stress_window.broken_rules(path) == []


def test_a_page_loads_all_it_needs_from_its_own_site_and_has_nothing_to_complain_of(path, window):
    window.open(path)
    window.page.evaluate("scrollTo(0, document.body.scrollHeight)")
    window.page.wait_for_load_state("networkidle")
    assert window.said == []
    assert window.failed == []
    assert window.foreign == []
    assert window.refused() == []
    scripts = [request.url for request in window.loaded if request.resource_type == "script"]
    assert path.startswith("/search/") or not scripts


def test_the_watch_notices_what_is_refused_missing_or_foreign(window):
    window.open("/")
    window.page.evaluate(
        """() => {
          document.body.insertAdjacentHTML("beforeend", "<p style='color: red'>a</p><img src='/none.png'>");
          document.body.insertAdjacentHTML("beforeend", "<img src='https://other.example/a.png'>");
          document.body.append(Object.assign(document.createElement("script"), {textContent: "1"}));
        }"""
    )
    window.page.wait_for_load_state("networkidle")
    window.page.wait_for_timeout(200)
    assert {one.split()[0] for one in window.refused()} == {"style-src-attr", "script-src-elem", "img-src"}
    assert [one.split()[0] for one in window.failed] == ["404"]
    assert window.said
